/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gst/audio/audio.h>
#include <gst/montage/beatgrid.h>

/**
 * SoundTime:
 * @rate: frames per second
 * @begun: whether there was any sound
 * @origin: stream time of the first sound
 * @next: stream time behind what was heard
 * @follow: a jump back or a long one forward begins anew, rather than being
 *     skipped or silence
 *
 * Where the pieces of a stream lie in stream time. What was heard is one piece
 * without holes: what is missing is silence, what comes twice counts once.
 */
typedef struct
{
  gint rate;
  gboolean begun;
  GstClockTime origin;
  GstClockTime next;
  gboolean follow;
  gboolean resync; /* the time stamps of the next sound count to the frame */
} SoundTime;

void sound_time_reset (SoundTime *self);
/* Has what comes with @buffer nothing to do with what was heard? Only if
 * @follow. */
gboolean sound_time_jumps (const SoundTime *self, const GstSegment *segment,
    GstBuffer *buffer);
/* Was the beginning of @buffer heard before? Then it is @start behind the
 * first sound. */
gboolean sound_time_repeats (const SoundTime *self, const GstSegment *segment,
    GstBuffer *buffer, GstClockTime *start);
/* Which of the @n frames of @buffer lie in the segment and were not heard yet:
 * [@from, @from + @n), @silence frames behind what was heard. FALSE where there
 * are none. */
gboolean sound_time_place (SoundTime *self, const GstSegment *segment,
    GstBuffer *buffer, guint64 *silence, gsize *from, gsize *n);
/* @frames were heard. */
void sound_time_advance (SoundTime *self, gsize frames);
/* A gap in the sound: the frames of silence that it is. */
guint64 sound_time_gap (SoundTime *self, const GstSegment *segment,
    GstClockTime start, GstClockTime duration);
/* Moves what was found from the first sound on to stream time. */
void sound_time_move_grid (const SoundTime *self, GstMontageBeatGrid *grid);
