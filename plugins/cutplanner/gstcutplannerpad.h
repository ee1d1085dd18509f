/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <gst/montage/montage.h>

G_BEGIN_DECLS

typedef enum
{
  GST_CUT_PLANNER_PAD_DIRECTOR,
  GST_CUT_PLANNER_PAD_MUSIC,
  GST_CUT_PLANNER_PAD_CLIP
} GstCutPlannerPadKind;

#define GST_TYPE_CUT_PLANNER_PAD (gst_cut_planner_pad_get_type ())
GType gst_cut_planner_pad_get_type (void);
#define GST_CUT_PLANNER_PAD(object)                                            \
  (G_TYPE_CHECK_INSTANCE_CAST ((object), GST_TYPE_CUT_PLANNER_PAD,             \
      GstCutPlannerPad))

/**
 * GstCutPlannerPad:
 *
 * A branch of cutplanner, and what it has brought so far. Has no lock of its
 * own: that of the #PlanAgenda protects it.
 */
typedef struct _GstCutPlannerPad GstCutPlannerPad;
struct _GstCutPlannerPad
{
  GstPad parent;

  GstCutPlannerPadKind kind; /* fixed */
  guint number;              /* fixed: of a clip */
  gboolean is_document;      /* the caps are a document's */
  GString *text;             /* of a document that is not complete */
  gboolean eos;
  /* One of them, by kind. */
  GstMontageInstructions *instructions;
  GstMontageBeatGrid *beats;
  GstMontageShotList *shots;
};

typedef struct
{
  GstPadClass parent;
} GstCutPlannerPadClass;

G_DEFINE_AUTOPTR_CLEANUP_FUNC (GstCutPlannerPad, gst_object_unref)

/* Forgets all that came; at a flush and when the element stops. */
void gst_cut_planner_pad_reset (GstCutPlannerPad *self);
void gst_cut_planner_pad_set_caps (GstCutPlannerPad *self, const GstCaps *caps);
gboolean gst_cut_planner_pad_has_document (GstCutPlannerPad *self);

/* Takes what a custom event holds. Returns FALSE with an error where that is
 * broken; other events are no error. */
gboolean gst_cut_planner_pad_take_event (GstCutPlannerPad *self,
    GstEvent *event, GError **error);
/* Takes a piece of a stored document; a director's is read once it is whole. */
gboolean gst_cut_planner_pad_take_buffer (GstCutPlannerPad *self,
    GstBuffer *buffer, GError **error);
/* At EOS: reads the stored document; an error where the branch has brought
 * nothing. */
gboolean gst_cut_planner_pad_finish (GstCutPlannerPad *self, GError **error);
/* Names the file, where @uri is not NULL and the document does not. */
void gst_cut_planner_pad_set_uri (GstCutPlannerPad *self, const gchar *uri);

G_END_DECLS
