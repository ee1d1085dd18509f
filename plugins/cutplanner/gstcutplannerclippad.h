/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "gstcutplannerpad.h"

G_BEGIN_DECLS

#define GST_TYPE_CUT_PLANNER_CLIP_PAD (gst_cut_planner_clip_pad_get_type ())
G_DECLARE_FINAL_TYPE (GstCutPlannerClipPad, gst_cut_planner_clip_pad, GST,
    CUT_PLANNER_CLIP_PAD, GstCutPlannerPad)

/* What is wanted of its clip; %NULL with an error where its pins cannot be
 * read. */
GstMontageClipRules *
gst_cut_planner_clip_pad_get_rules (GstCutPlannerClipPad *self, GError **error);

G_END_DECLS
