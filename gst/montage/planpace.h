/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <gst/montage/beatgrid.h>
#include <gst/montage/instructions.h>

#include "planenergy.h"

G_BEGIN_DECLS

/* After this many cuts the patterns of a variation start again. */
#define MONTAGE_PACE_STEPS 8

/**
 * MontagePaceChange:
 *
 * A part of the song, [start, end), where it is cut faster than the music and
 * the instructions alone ask for: by @step steps of GstMontageSpeed.
 */
typedef struct
{
  GstClockTime start;
  GstClockTime end;
  gint step;
} MontagePaceChange;

/**
 * MontagePace:
 *
 * How long a shot should last, anywhere in the song. Borrowed pointers.
 */
typedef struct
{
  const GstMontageInstructions *instructions;
  const GstMontageBeatGrid *music;
  const MontageEnergy *energy;
  GstClockTime start; /* of the film, in song time */
  GstClockTime end;
  gdouble min_sec;
  gdouble max_sec;
  /* Seconds of the beat that is counted: the grid's, brought to a usual tempo
   * by octaves, so that a wrong octave changes nothing; 0.5 without beats. */
  gdouble beat_sec;
  gdouble octave; /* counted beat / beat of the grid: ..., 0.5, 1, 2, ... */
  guint beats_per_bar;
  gboolean has_beats;
  gboolean by_section;
  GArray *climaxes; /* of GstClockTime, rising */
  GArray *changes;  /* of MontagePaceChange, rising */
} MontagePace;

void montage_pace_init (MontagePace *self,
    const GstMontageInstructions *instructions, const GstMontageBeatGrid *music,
    const MontageEnergy *energy, GstClockTime start, GstClockTime end);
void montage_pace_clear (MontagePace *self);

/* Seconds of the counted beat around @time. */
gdouble montage_pace_beat_sec (const MontagePace *self, GstClockTime time);
/* Seconds that a shot starting at @time should last, between min and max;
 * @step counts the cuts, modulo MONTAGE_PACE_STEPS. */
gdouble
montage_pace_target (const MontagePace *self, GstClockTime time, guint step);
/* The change of pace that holds at @time; 0: none. */
gint montage_pace_step_at (const MontagePace *self, GstClockTime time);
/* Whether the Fibonacci series around a climax rules at @time. */
gboolean montage_pace_in_series (const MontagePace *self, GstClockTime time);

G_END_DECLS
