/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gst/montage/beatgrid.h>

/* What the analyzer takes: mono sound of this rate. */
#define BEAT_ANALYZER_RATE 44100

/**
 * BeatSettings:
 * @tempo_min: lowest tempo that is searched for, BPM
 * @tempo_max: highest, BPM
 * @tempo: what the user says it is, BPM; 0 to find out
 * @beats_per_bar: what the user says; 0 to find out
 * @first_downbeat: time of any downbeat that the user knows, s; negative to
 *     find out
 * @offset: s that all beats are moved by
 * @lookahead: s that a live beat may be told later for the sake of accuracy
 * @live_only: keep nothing for a grid of the whole
 */
typedef struct
{
  gdouble tempo_min;
  gdouble tempo_max;
  gdouble tempo;
  guint beats_per_bar;
  gdouble first_downbeat;
  gdouble offset;
  gdouble lookahead;
  gboolean live_only;
} BeatSettings;

/**
 * LiveBeat:
 * @time: s
 * @period: s to the next beat
 * @position: in the bar, 1 is the downbeat, 0 is unknown
 * @energy: 0..1, loudness of the last beat among all so far
 * @strength: 0..1, of the onsets at the last beats
 * @confidence: 0..1
 *
 * A beat that is foretold.
 */
typedef struct
{
  gdouble time;
  gdouble period;
  guint position;
  gdouble energy;
  gdouble strength;
  gdouble confidence;
} LiveBeat;

#define BEAT_SETTINGS_INIT                                                     \
  {                                                                            \
    .tempo_min = 40.0, .tempo_max = 215.0, .first_downbeat = -1.0              \
  }

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
