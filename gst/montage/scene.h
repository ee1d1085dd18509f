/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <gst/montage/enums.h>

/* What is to be seen in a shot, in a closed vocabulary. */

G_BEGIN_DECLS

/**
 * GstMontageScene:
 * @tags: (nullable): what is seen, each one of gst_montage_scene_tags()
 * @action: how much happens
 * @shot_size: how near the subject is
 * @mood: what the picture feels like
 * @focus_x: where the subject is, 0 (left) to 1; 0: not known
 * @focus_y: the same, from the top; 0: not known
 * @rules: (nullable): of the rules that were asked about, those that hold, in
 *   the user's words
 * @model: (nullable): who looked
 *
 * What a language model saw in one picture of a shot.
 */
typedef struct
{
  GStrv tags;
  GstMontageActionLevel action;
  GstMontageShotSize shot_size;
  GstMontageMood mood;
  gdouble focus_x;
  gdouble focus_y;
  GStrv rules;
  gchar *model;
} GstMontageScene;

GST_MONTAGE_API GstMontageScene *gst_montage_scene_new (void);
GST_MONTAGE_API GstMontageScene *
gst_montage_scene_copy (const GstMontageScene *self);
GST_MONTAGE_API void gst_montage_scene_free (GstMontageScene *self);

/* The vocabulary, %NULL-terminated. */
GST_MONTAGE_API const gchar *const *gst_montage_scene_tags (void);

/**
 * gst_montage_scene_shows:
 * @when: a few words, English or German: "people arguing", "Autos"
 *
 * Returns: whether the model said so of @when, or else the tags do: each word
 *   that is not a mere "the" or "shots" names one of them; of words around
 *   "and" or "or" those on one side are enough
 */
GST_MONTAGE_API gboolean gst_montage_scene_shows (const GstMontageScene *self,
    const gchar *when);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (GstMontageScene, gst_montage_scene_free)

G_END_DECLS
