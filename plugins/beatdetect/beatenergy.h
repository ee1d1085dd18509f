/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "activation.h"
#include "tonefront.h"

/* Energy of each beat relative to the song, 0..1 (of gdouble, as many as
 * @times, seconds): momentary loudness, density of onsets, bass and brightness, each from
 * its 5th to its 95th percentile, smoothed over a bar. */
GArray *beat_energy (const OnsetFrame *frames, guint n, const ToneFront *tones,
    const GArray *times, gdouble end, guint beats_per_bar);
/* Onset strength at a beat, 0..1. */
gdouble beat_strength (const Activation *activation, gdouble seconds);
