/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <gst/montage/montage.h>

G_BEGIN_DECLS

/**
 * ShownFrame:
 *
 * What a plan asks for at one frame of the film.
 */
typedef struct
{
  GstClockTime time; /* of the film: begin and end of the frame */
  GstClockTime end;
  guint cut; /* the one that holds @time */
  /* CUT, or the transition from @incoming - 1 to @incoming that it lies in */
  GstMontageTransition transition;
  guint incoming;
  gdouble weight; /* how far the transition is, 0..1 */
} ShownFrame;

/* FALSE past the end. Frame j of the D frames of a transition, from 0 on, has
 * the weight (j + 0.5) / D: linear, and the same read from either side. */
gboolean
shown_frame_find (const GstMontagePlan *plan, guint64 frame, ShownFrame *shown);
/* Whether two cuts are seen at once. */
gboolean shown_frame_overlaps (const ShownFrame *shown);
/* The frame that is on the screen at @time. */
guint64 shown_frame_number (const GstMontageOutput *output, GstClockTime time);
/* Which time of its source @cut shows at film time @time; also before its
 * start and after its end, where a transition needs it. */
GstClockTime
shown_frame_source_time (const GstMontageCut *cut, GstClockTime time);

G_END_DECLS
