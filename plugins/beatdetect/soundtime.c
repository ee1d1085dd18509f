/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "soundtime.h"

#include <gst/montage/beatedit.h>

GST_DEBUG_CATEGORY_EXTERN (beatdetect_debug);
#define GST_CAT_DEFAULT beatdetect_debug

/* Time stamps that are off by less are taken for rounding. */
#define TOLERANCE (20 * GST_MSECOND)
/* A jump over more than this is no pause in a song. */
#define LONGEST_GAP (G_GUINT64_CONSTANT (3600) * GST_SECOND)

/* Stream time of @position; NONE outside the segment, and where a hostile
 * segment puts it where no document could say it. */
static GstClockTime
stream_time (const GstSegment *segment, GstClockTime position)
{
  GstClockTime time = gst_segment_to_stream_time (segment, GST_FORMAT_TIME,
      position);

  return time < G_MAXINT64 / 2 ? time : GST_CLOCK_TIME_NONE;
}

/* So much is a jump, where live beats are all that is wanted. */
#define LIVE_JUMP ((GstClockTimeDiff) (5 * GST_SECOND))

void
sound_time_reset (SoundTime *self)
{
  *self = (SoundTime){.rate = self->rate, .follow = self->follow};
}

static guint64
to_frames (const SoundTime *self, GstClockTime duration)
{
  return gst_util_uint64_scale_round (duration, self->rate, GST_SECOND);
}

static void
begin (SoundTime *self, GstClockTime origin)
{
  if (self->begun)
    return;
  self->begun = TRUE;
  self->origin = origin;
  self->next = origin;
}

/* Frames up to stream time @time, if that is later than what was heard. */
static guint64
fill_gap (SoundTime *self, GstClockTime time)
{
  GstClockTime gap = time > self->next ? time - self->next : 0;

  if (gap <= (self->resync ? 0 : TOLERANCE))
    return 0;
  if (gap > LONGEST_GAP) {
    GST_WARNING ("ignoring a jump by %" GST_TIME_FORMAT, GST_TIME_ARGS (gap));
    return 0;
  }
  self->next = time;
  return to_frames (self, gap);
}

gboolean
sound_time_jumps (const SoundTime *self, const GstSegment *segment,
    GstBuffer *buffer)
{
  GstClockTime time;

  if (!self->follow || !self->begun || segment->format != GST_FORMAT_TIME
      || segment->rate < 0.0)
    return FALSE;
  if (!GST_BUFFER_PTS_IS_VALID (buffer))
    return FALSE;
  time = stream_time (segment, GST_BUFFER_PTS (buffer));
  return GST_CLOCK_TIME_IS_VALID (time)
      && ABS (GST_CLOCK_DIFF (self->next, time)) > LIVE_JUMP;
}

gboolean
sound_time_repeats (const SoundTime *self, const GstSegment *segment,
    GstBuffer *buffer, GstClockTime *start)
{
  GstClockTime time;

  if (!self->begun || segment->format != GST_FORMAT_TIME || segment->rate < 0.0
      || !GST_BUFFER_PTS_IS_VALID (buffer))
    return FALSE;
  time = stream_time (segment, GST_BUFFER_PTS (buffer));
  if (!GST_CLOCK_TIME_IS_VALID (time) || time < self->origin
      || time + TOLERANCE >= self->next)
    return FALSE;
  *start = time - self->origin;
  return TRUE;
}

gboolean
sound_time_place (SoundTime *self, const GstSegment *segment, GstBuffer *buffer,
    guint64 *silence, gsize *from, gsize *n)
{
  GstClockTime pts = GST_BUFFER_PTS (buffer), start, stop, time;

  *silence = 0;
  *from = 0;
  if (GST_BUFFER_IS_DISCONT (buffer))
    self->resync = TRUE;
  if (segment->format != GST_FORMAT_TIME || !GST_CLOCK_TIME_IS_VALID (pts)) {
    begin (self, 0);
    return *n > 0;
  }
  if (segment->rate < 0.0
      || !gst_segment_clip (segment, GST_FORMAT_TIME, pts,
          pts + gst_util_uint64_scale (*n, GST_SECOND, self->rate), &start,
          &stop))
    return FALSE;
  *from = MIN (*n, to_frames (self, start - pts));
  *n = MIN (*n, to_frames (self, stop - pts)) - *from;
  time = stream_time (segment, start);
  if (!GST_CLOCK_TIME_IS_VALID (time))
    return FALSE;
  begin (self, time);
  *silence = fill_gap (self, time);
  if (time + (self->resync ? 0 : TOLERANCE) < self->next) {
    gsize heard = (gsize) MIN (*n, to_frames (self, self->next - time));

    GST_DEBUG ("skipping %" G_GSIZE_FORMAT " frames", heard);
    *from += heard;
    *n -= heard;
    self->resync = TRUE;
  }
  return *n > 0;
}

void
sound_time_advance (SoundTime *self, gsize frames)
{
  self->next += gst_util_uint64_scale_round (frames, GST_SECOND, self->rate);
  self->resync = FALSE;
}

guint64
sound_time_gap (SoundTime *self, const GstSegment *segment, GstClockTime start,
    GstClockTime duration)
{
  GstClockTime time;

  if (self->rate == 0 || segment->format != GST_FORMAT_TIME
      || segment->rate < 0.0 || !GST_CLOCK_TIME_IS_VALID (duration))
    return 0;
  time = stream_time (segment, start);
  if (!GST_CLOCK_TIME_IS_VALID (time))
    return 0;
  begin (self, time);
  return fill_gap (self, time + MIN (duration, G_MAXINT64));
}

static void
prepend_silence (GArray *values, GstClockTime silence, GstClockTime interval)
{
  guint n = (guint) gst_util_uint64_scale_round (1, MIN (silence, LONGEST_GAP),
      interval);
  g_autofree gdouble *zeros = g_new0 (gdouble, n + 1);

  g_array_prepend_vals (values, zeros, n);
}

void
sound_time_move_grid (const SoundTime *self, GstMontageBeatGrid *grid)
{
  GstClockTime origin = self->origin;

  grid->duration += origin;
  gst_montage_beat_grid_shift (grid, (GstClockTimeDiff) origin);
  prepend_silence (grid->envelope, origin, grid->envelope_interval);
  if (grid->onset_interval > 0)
    prepend_silence (grid->onsets, origin, grid->onset_interval);
}
