/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "activation.h"

/* Counts the beats (seconds, of gdouble) into bars of three or four: the
 * downbeat is where harmony and bass change most. Returns beats per bar, or 0
 * where nothing speaks for a count; @positions, as many as beats, get 1 at the
 * downbeat or 0 where it is not known. */
guint beat_bars (const OnsetFrame *frames, guint n,
    const Activation *activation, const GArray *times, guint *positions);
