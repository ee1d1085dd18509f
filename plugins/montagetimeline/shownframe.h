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
  guint cut;       /* the one that holds @time */
  gboolean fading; /* within a crossfade from @incoming - 1 to @incoming */
  guint incoming;
  gdouble weight; /* of the incoming cut, 0..1 */
} ShownFrame;

/* FALSE past the end. Frame j of the D frames of a crossfade, from 0 on, shows
 * the incoming cut with weight (j + 0.5) / D: linear, and the same read from
 * either side. */
gboolean
shown_frame_find (const GstMontagePlan *plan, guint64 frame, ShownFrame *shown);
/* The frame that is on the screen at @time. */
guint64 shown_frame_number (const GstMontageOutput *output, GstClockTime time);
/* Which time of its source @cut shows at film time @time; also before its
 * start and after its end, where a crossfade needs it. */
GstClockTime
shown_frame_source_time (const GstMontageCut *cut, GstClockTime time);

G_END_DECLS
