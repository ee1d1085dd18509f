/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "activation.h"

/* Which pulse of the music is the beat? @pulse (frames, of gdouble, evenly
 * placed in musical time) is one that repeats strongly, but people may tap at
 * its half, its double or two of its thirds, or between its marks. Returns the
 * frames of the beats (of gdouble) over the same stretch, with a tempo between
 * @bpm_min and @bpm_max. */
GArray *
beat_level_choose (const OnsetFrame *frames, const Activation *activation,
    const GArray *pulse, gdouble bpm_min, gdouble bpm_max);
