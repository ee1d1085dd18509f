/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "shownframe.h"

#include <math.h>

/* Whether @frame lies in the transition into @incoming. */
static gboolean
find_transition (const GstMontagePlan *plan, guint64 frame, guint incoming,
    ShownFrame *shown)
{
  const GstMontageCut *cut;
  guint64 start, half;

  if (incoming == 0 || incoming >= plan->cuts->len)
    return FALSE;
  cut = &g_array_index (plan->cuts, GstMontageCut, incoming);
  if (cut->transition == GST_MONTAGE_TRANSITION_CUT)
    return FALSE;
  start = gst_montage_output_frame_at (&plan->output, cut->start);
  half = gst_montage_output_frame_at (&plan->output,
             cut->start + cut->transition_duration / 2)
      - start;
  if (half == 0 || frame + half < start || frame >= start + half)
    return FALSE;
  shown->transition = cut->transition;
  shown->incoming = incoming;
  shown->weight = (frame + half - start + 0.5) / (2 * half);
  return TRUE;
}

gboolean
shown_frame_find (const GstMontagePlan *plan, guint64 frame, ShownFrame *shown)
{
  if (frame >= gst_montage_plan_n_frames (plan))
    return FALSE;
  shown->time = gst_montage_output_frame_time (&plan->output, frame);
  shown->end = gst_montage_output_frame_time (&plan->output, frame + 1);
  if (gst_montage_plan_cut_at (plan, shown->time, &shown->cut) == NULL)
    return FALSE;
  shown->transition = GST_MONTAGE_TRANSITION_CUT;
  shown->incoming = 0;
  shown->weight = 1.0;
  if (!find_transition (plan, frame, shown->cut, shown))
    find_transition (plan, frame, shown->cut + 1, shown);
  return TRUE;
}

gboolean
shown_frame_overlaps (const ShownFrame *shown)
{
  return shown->transition != GST_MONTAGE_TRANSITION_CUT
      && shown->transition != GST_MONTAGE_TRANSITION_DIP_BLACK
      && shown->transition != GST_MONTAGE_TRANSITION_DIP_WHITE;
}

guint64
shown_frame_number (const GstMontageOutput *output, GstClockTime time)
{
  guint64 frame = gst_montage_output_frame_at (output, time);

  if (frame > 0 && gst_montage_output_frame_time (output, frame) > time)
    frame--;
  return frame;
}

GstClockTime
shown_frame_source_time (const GstMontageCut *cut, GstClockTime time)
{
  GstClockTimeDiff offset = GST_CLOCK_DIFF (cut->start, time);

  if (cut->speed != 1.0)
    offset = llround (offset * cut->speed);
  if (offset < 0)
    return cut->in_point - MIN ((GstClockTime) -offset, cut->in_point);
  return cut->in_point + offset;
}
