/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gst/montage/beatgrid.h>

#include "beatlive.h"

/* What the analyzer takes: mono sound of this rate. */
#define BEAT_ANALYZER_RATE 44100

/**
 * BeatAnalyzer:
 *
 * From sound to the beat grid. Sound is pushed in pieces of any size, the
 * result does not depend on them. Memory grows by less than 16 kB per second, or,
 * where only live beats are wanted, not at all.
 */
typedef struct _BeatAnalyzer BeatAnalyzer;

BeatAnalyzer *beat_analyzer_new (const BeatSettings *settings);
void beat_analyzer_free (BeatAnalyzer *self);
void beat_analyzer_push (BeatAnalyzer *self, const gfloat *samples, gsize n);
/* The grid of all that was pushed; nothing can be pushed afterwards. */
GstMontageBeatGrid *beat_analyzer_finish (BeatAnalyzer *self);

/* Beats as they come, foretold from what was pushed before: the next one, or
 * FALSE. To be called after each push until it returns FALSE; they are heard
 * from the first call on. */
gboolean beat_analyzer_next_live (BeatAnalyzer *self, LiveBeat *beat);
/* No more sound comes soon: tells what the lookahead holds back. */
void beat_analyzer_catch_up (BeatAnalyzer *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (BeatAnalyzer, beat_analyzer_free)
