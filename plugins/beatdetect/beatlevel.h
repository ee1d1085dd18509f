/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "activation.h"
#include "tonefront.h"

/**
 * BeatLevel:
 * @beats: frames (of gdouble)
 * @probability: 0..1, that this is the beat and no other level of the pulse
 * @even: whether the beats lie alike on the pulse over the whole song
 * @other: the most likely length at another tempo, in beats; 0 if none
 */
typedef struct
{
  GArray *beats;
  gdouble probability;
  gboolean even;
  gdouble other;
} BeatLevel;

/* Which level of the music is the beat? @pulse (frames, of gdouble, evenly
 * placed in musical time) repeats strongly, but people may tap at its half, its
 * double or two of its thirds, or between its marks. The beats cover the same
 * stretch, with a tempo between @bpm_min and @bpm_max; there are none where no
 * level lies between them. */
BeatLevel beat_level_choose (const OnsetFrame *frames,
    const Activation *activation, const ToneFront *tones, const GArray *pulse,
    gdouble bpm_min, gdouble bpm_max);
void beat_level_clear (BeatLevel *self);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (BeatLevel, beat_level_clear)
