/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "activation.h"
#include "beatsettings.h"

/* Equal parts of a beat (seconds, of gdouble): 3 where onsets lie on its thirds,
 * as in 6/8 or a shuffle, 2 where they lie on its half or quarters, 0 where
 * neither can be told. */
guint beat_subdivisions (const Activation *activation, const GArray *times);

/* Counts the beats into bars of two, three or four, or as the settings say, by
 * the rows of bar_evidence(). Bars may be cut short. Returns the most frequent
 * beats per bar, or 0 where nothing speaks for a count; @positions, as many as
 * beats, get 1 at the downbeat or 0 where it is not known. */
guint beat_bars (const gfloat *evidence, const GArray *times,
    guint subdivisions, const BeatSettings *settings, guint *positions);

/* How much better these bars explain the beats than chance does, nats per beat. */
gdouble
beat_bars_fit (const gfloat *evidence, const GArray *times, guint subdivisions);
/* Log-odds of each position in a bar of @beats against chance, from a row of
 * evidence: a multinomial regression; of a metre that was not fitted, only the
 * downbeat is told from the rest. */
void beat_bars_observe (const gfloat *row, guint beats, gdouble *out);
