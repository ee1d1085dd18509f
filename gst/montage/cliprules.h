/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <gst/montage/enums.h>

G_BEGIN_DECLS

/**
 * GstMontagePin:
 * @at_sec: of the film; the cut that holds this time shows the clip
 * @in_sec: of the clip, where that cut begins; -1: chosen
 * @duration_sec: that the cut lasts; 0: as the music has it
 */
typedef struct
{
  gdouble at_sec;
  gdouble in_sec;
  gdouble duration_sec;
} GstMontagePin;

/**
 * GstMontageClipRule:
 * @clip: which clip: its URI, its path, the end of that ("day1/a.mp4") or its
 *     file name, also with * and ?
 * @skip: it is not shown
 * @first: the film begins with it
 * @last: the film ends with it
 * @order: 1, 2, …: clips with a number are shown in its order, each in its own
 *     part of the film; 0: anywhere
 * @weight: how readily it is shown, 0..4; 1 is usual, 0 is only where nothing
 *     else is left
 * @from_sec: of the clip; nothing before is shown
 * @to_sec: of the clip; nothing from there on is shown; 0: up to its end
 * @pins: of #GstMontagePin
 * @given: a bit per name of the document that it held, see
 *     gst_montage_clip_rule_give()
 *
 * What the user wants of a clip.
 */
typedef struct
{
  gchar *clip;
  gboolean skip;
  gboolean first;
  gboolean last;
  guint order;
  gdouble weight;
  gdouble from_sec;
  gdouble to_sec;
  GArray *pins;
  guint given;
} GstMontageClipRule;

/**
 * GstMontageClipRules:
 * @rules: of #GstMontageClipRule; of two that hold for a clip, what the later
 *     one says wins
 *
 * What the user wants of the clips (document "gst-montage/clips"). People write
 * it by hand, so its times are in seconds.
 */
typedef struct _GstMontageClipRules GstMontageClipRules;
struct _GstMontageClipRules
{
  GArray *rules;
};

#define GST_TYPE_MONTAGE_CLIP_RULES (gst_montage_clip_rules_get_type ())
GST_MONTAGE_API GType gst_montage_clip_rules_get_type (void);

GST_MONTAGE_API GstMontageClipRules *gst_montage_clip_rules_new (void);
/* Appends a rule with defaults; valid until the next append. */
GST_MONTAGE_API GstMontageClipRule *
gst_montage_clip_rules_append (GstMontageClipRules *self, const gchar *clip);
GST_MONTAGE_API GstMontageClipRules *
gst_montage_clip_rules_copy (const GstMontageClipRules *self);
GST_MONTAGE_API void gst_montage_clip_rules_free (GstMontageClipRules *self);
GST_MONTAGE_API GstMontageClipRules *
gst_montage_clip_rules_from_json (const gchar *text, gssize length,
    const gchar *origin, GError **error);
/* The same from a file, or from a text that begins with "{". */
GST_MONTAGE_API GstMontageClipRules *
gst_montage_clip_rules_load (const gchar *file_or_text, GError **error);
GST_MONTAGE_API gchar *
gst_montage_clip_rules_to_json (const GstMontageClipRules *self);
/* Appends copies of the rules of @other, which win. */
GST_MONTAGE_API void gst_montage_clip_rules_merge (GstMontageClipRules *self,
    const GstMontageClipRules *other);
/* Whether @rule is about the clip at @uri. */
GST_MONTAGE_API gboolean
gst_montage_clip_rule_holds (const GstMontageClipRule *rule, const gchar *uri);
/* All that holds for the clip at @uri in one rule; clear it with
 * gst_montage_clip_rule_clear(). */
GST_MONTAGE_API void
gst_montage_clip_rules_find (const GstMontageClipRules *self, const gchar *uri,
    GstMontageClipRule *rule);
GST_MONTAGE_API void gst_montage_clip_rule_init (GstMontageClipRule *rule);
/* What @self says in @field wins, though it is the default. */
GST_MONTAGE_API void
gst_montage_clip_rule_give (GstMontageClipRule *self, const gchar *field);
GST_MONTAGE_API void gst_montage_clip_rule_clear (GstMontageClipRule *rule);
/* What @self says wins over what @known says. */
GST_MONTAGE_API void
gst_montage_clip_rule_apply (const GstMontageClipRule *self,
    GstMontageClipRule *known);

/* How people say it, see cliprulestext.c. */
GST_MONTAGE_API gboolean
gst_montage_clip_rules_add_text (GstMontageClipRules *self, const gchar *kind,
    const gchar *text, GError **error);
GST_MONTAGE_API gboolean gst_montage_pins_from_text (GArray *pins,
    const gchar *text, GError **error);
GST_MONTAGE_API gboolean
gst_montage_clip_rules_check (const GstMontageClipRules *self,
    const gchar *const *uris, guint n_uris, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (GstMontageClipRules, gst_montage_clip_rules_free)

G_END_DECLS
