/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <gst/montage/montage.h>

G_BEGIN_DECLS

/**
 * PlanStream:
 *
 * What goes out of cutplanner: plans in the form that downstream asks for. Only
 * the task of the pad uses it.
 */
typedef struct
{
  GstPad *pad;      /* borrowed */
  gboolean started; /* stream-start has been sent */
} PlanStream;

/* Sends @event (taken) and the document of @plan; an error where that cannot be
 * written. */
GstFlowReturn plan_stream_push (PlanStream *self, const GstMontagePlan *plan,
    GstEvent *event, GError **error);

G_END_DECLS
