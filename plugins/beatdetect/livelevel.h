/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "livecurves.h"

/**
 * LiveGrid:
 * @beats: frames (of gdouble), the latest last
 * @period: frames to the next one; 0 while there are no beats
 *
 * Where the beats lie, as it looks now.
 */
typedef struct
{
  GArray *beats;
  gdouble period;
} LiveGrid;

/* Which level of @pulse, the latest marks first, @period frames before the next,
 * is the beat? Puts its beats into @grid, whose last choice counts, as does
 * @last, the frame of the beat told last, unless it is negative. */
void live_level_choose (const LiveCurves *curves, const guint *pulse, guint n,
    gdouble period, gdouble bpm_min, gdouble bpm_max, gdouble last,
    LiveGrid *grid);
