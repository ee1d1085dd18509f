/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "gstcutplanner.h"
#include "planagenda.h"
#include "planstream.h"

GST_DEBUG_CATEGORY_EXTERN (cutplanner_debug);
#define GST_CAT_DEFAULT cutplanner_debug

G_BEGIN_DECLS

struct _GstCutPlanner
{
  GstElement parent;

  GstPad *src_pad;

  /* Protected by the object lock. */
  PlanSettings settings;
  gchar *plan_text; /* of the last plan */

  PlanAgenda agenda; /* has its own lock */

  /* Used by the task of the src pad, or while it stands. */
  PlanStream stream;
};

/* Posts the first failure; then there is silence until the element restarts. */
void gst_cut_planner_fail (GstCutPlanner *self, const gchar *text);

/* The sink pads: how they come, are fed and go. */
GstPad *gst_cut_planner_branches_request (GstElement *element,
    GstPadTemplate *template, const gchar *name, const GstCaps *caps);
void gst_cut_planner_branches_release (GstElement *element, GstPad *pad);
void gst_cut_planner_branches_child_proxy_init (gpointer iface, gpointer data);

G_END_DECLS
