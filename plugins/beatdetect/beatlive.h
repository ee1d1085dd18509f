/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "beatsettings.h"
#include "onsetfront.h"

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

/**
 * BeatLive:
 *
 * Foretells beats from what was heard so far. With a lookahead, each is told
 * that much later, and from that much more. Memory is constant.
 */
typedef struct _BeatLive BeatLive;

BeatLive *beat_live_new (const BeatSettings *settings);
void beat_live_free (BeatLive *self);
void beat_live_push (BeatLive *self, const OnsetFrame *frame);
/* Tells what the lookahead still holds back, up to the end of what was pushed
 * and LIVE_LEAD beyond. */
void beat_live_catch_up (BeatLive *self);
/* The next beat, if one was told. */
gboolean beat_live_pop (BeatLive *self, LiveBeat *beat);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (BeatLive, beat_live_free)
