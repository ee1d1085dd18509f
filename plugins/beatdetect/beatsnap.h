/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "activation.h"

/* Places the beats @beats (frames, of gdouble) on the attacks near them, and
 * each on a robust line through its neighbours; where @steady, all on one line.
 * Goes on at both ends as far as @first and @last (seconds), where the music
 * begins and ends; drops what lies outside. Returns seconds (of gdouble). */
GArray *beat_snap (const OnsetFrame *frames, const Activation *activation,
    const GArray *beats, gboolean steady, gdouble first, gdouble last);

/* Seconds of frame @frame's onset, its delay removed, and back. */
gdouble beat_frame_to_seconds (gdouble frame);
gdouble beat_seconds_to_frame (gdouble seconds);
