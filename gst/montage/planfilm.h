/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <gst/montage/plan.h>

#include "planpace.h"

G_BEGIN_DECLS

/**
 * MontageSlotLimit:
 * @frame: of the film; the limit is for the slot that holds it
 * @starts: the slot starts with @frame
 * @shortest: frames that it lasts at least; 0: as the pace has it
 * @longest: frames that it lasts at most; 0: as the pace has it
 *
 * What the user, or the clip that is to be shown, asks of a slot. Equal
 * @shortest and @longest fix its length, also outside the pace's limits.
 */
typedef struct
{
  guint64 frame;
  gboolean starts;
  guint64 shortest;
  guint64 longest;
} MontageSlotLimit;

/**
 * MontageFilmGrid:
 *
 * How song time and the frames of the film belong together. Borrowed pointers.
 */
typedef struct
{
  const GstMontageBeatGrid *music;
  const MontageEnergy *energy;
  GstMontageOutput output;
  GstClockTime music_start; /* song time of frame 0 */
  guint64 n_frames;         /* of the film */
  const GArray *limits;     /* nullable; of MontageSlotLimit, frames rising */
} MontageFilmGrid;

/* The frame nearest to song time @time; may lie outside the film. */
gint64 montage_film_frame_at (const MontageFilmGrid *film, GstClockTime time);
/* Song time of a frame. */
GstClockTime
montage_film_song_time (const MontageFilmGrid *film, guint64 frame);
/* The shortest and longest shot in frames: the seconds, give or take what
 * rounding both ends to frames can do. */
void montage_film_limits (const MontageFilmGrid *film, const MontagePace *pace,
    guint64 *shortest, guint64 *longest);

G_END_DECLS
