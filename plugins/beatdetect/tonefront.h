/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

/* Semitones from E1 on: the lowest string of a bass, up to 2.1 kHz. */
#define TONE_SEMITONES 68

/* A frame covers this many samples of 44.1 kHz: 21.5 a second. */
#define TONE_HOP 2048

/**
 * ToneFrame:
 * @level: log10 (1 + 1000 * amplitude) of each semitone
 * @power: mean square of the samples of the hop, K-weighted
 *
 * What sounds, by pitch: a longer window than that of the onsets, so that the
 * notes of a bass are told apart.
 */
typedef struct
{
  gfloat level[TONE_SEMITONES];
  gfloat power;
} ToneFrame;

typedef struct _ToneFront ToneFront;

/* Mono sound of 44.1 kHz, in pieces of any size. */
ToneFront *tone_front_new (void);
void tone_front_free (ToneFront *self);
void tone_front_push (ToneFront *self, const gfloat *samples, gsize n);
/* Pads half a window, so that the last frame's centre is at the end. */
void tone_front_finish (ToneFront *self);
const ToneFrame *tone_front_frames (const ToneFront *self, guint *n_frames);
/* Mean level of the frames whose centres lie in [from, to) s, at least one. */
void tone_front_mean (const ToneFront *self, gdouble from, gdouble to,
    ToneFrame *mean);
/* Loudness of [from, to) s, LUFS; silence has -70. */
gdouble tone_front_loudness (const ToneFront *self, gdouble from, gdouble to);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ToneFront, tone_front_free)
