/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <gst/gst.h>

G_BEGIN_DECLS

#define GST_TYPE_CUT_PLANNER (gst_cut_planner_get_type ())
G_DECLARE_FINAL_TYPE (GstCutPlanner, gst_cut_planner, GST, CUT_PLANNER,
    GstElement)

GST_ELEMENT_REGISTER_DECLARE (cutplanner)

G_END_DECLS
