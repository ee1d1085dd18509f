/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "planarc.h"

G_BEGIN_DECLS

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
  GstClockTime start; /* of the film, in song time */
  GstClockTime end;
  gdouble min_sec;
  gdouble max_sec;
  gboolean by_section;
  MontagePhrases phrases;
  MontageLevels levels;
  MontageArc arc;
  GArray *changes; /* of MontagePaceChange, rising */
} MontagePace;

void montage_pace_init (MontagePace *self,
    const GstMontageInstructions *instructions, const GstMontageBeatGrid *music,
    const MontageEnergy *energy, GstClockTime start, GstClockTime end);
void montage_pace_clear (MontagePace *self);

/* Seconds that a shot starting at @time should last, between min and max. */
gdouble montage_pace_target (const MontagePace *self, GstClockTime time);
/* The change of pace that holds at @time; 0: none. */
gint montage_pace_step_at (const MontagePace *self, GstClockTime time);
/* Whether the Fibonacci series around a climax rules at @time. */
gboolean montage_pace_in_series (const MontagePace *self, GstClockTime time);

G_END_DECLS
