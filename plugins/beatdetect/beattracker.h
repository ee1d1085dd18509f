/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

/* The best beat sequence of a whole song: a Viterbi search over every
 * beat at every frame with every period around @periods (frames per beat,
 * wanted at each frame). Covers the song from end to end. Returns the frames
 * of the beats (of guint). */
GArray *
beat_tracker_run (const gfloat *activation, guint n, const gdouble *periods);
