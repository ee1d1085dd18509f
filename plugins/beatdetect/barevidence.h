/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "activation.h"
#include "tonefront.h"

/* What may tell a downbeat from other beats. */
typedef enum
{
  BAR_HARMONY_1, /* change of chroma against the beat before */
  BAR_HARMONY_2, /* of two beats against the two before */
  BAR_BASS_1,    /* change of what the bass plays */
  BAR_BASS_2,
  BAR_ONSET, /* attack on the beat: all bands, kick, snare */
  BAR_KICK,
  BAR_SNARE,
  BAR_HALF_ONSET, /* the same half a beat later */
  BAR_HALF_KICK,
  BAR_HALF_SNARE,
  BAR_LOUDNESS,
  BAR_DENSITY,  /* onsets of the whole beat */
  BAR_COLOUR_1, /* change of everything */
  BAR_COLOUR_4,
  BAR_COLOUR_8,
  N_BAR_EVIDENCE
} BarEvidence;

/* Deviations below which a value does not speak of the music: about the least
 * of 79 songs. A track of clicks stays below them. */
extern const gfloat bar_evidence_least[N_BAR_EVIDENCE];

/* A row of N_BAR_EVIDENCE values per beat (seconds, of gdouble), each value
 * less its mean of the beats around, in deviations over the song. */
gfloat *bar_evidence (const OnsetFrame *frames, guint n,
    const Activation *activation, const ToneFront *tones, const GArray *times);
