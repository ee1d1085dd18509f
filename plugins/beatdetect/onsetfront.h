/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "chroma.h"

#define ONSET_CHROMA CHROMA_BINS
/* Parts of a frame in which the attack is timed. */
#define ONSET_PARTS 9

/**
 * OnsetFrame:
 * @flux: SuperFlux over all bands
 * @low: the same below 150 Hz
 * @high: the same from 1.5 to 8 kHz
 * @power: mean square of the samples of the hop, a full-scale sine has 0.5
 * @low_power: sum of the log bands below 150 Hz
 * @brightness: centre of the log spectrum, 0 is the lowest band, 1 the highest
 * @chroma: log spectrum per semitone, from 200 Hz to 4 kHz
 * @attack: loudness of the third of a hop that ends with each ninth of this one,
 *     in nepers, three bands summed
 *
 * What is kept of 10 ms of sound.
 */
typedef struct
{
  gfloat flux;
  gfloat low;
  gfloat high;
  gfloat power;
  gfloat low_power;
  gfloat brightness;
  gfloat chroma[ONSET_CHROMA];
  gfloat attack[ONSET_PARTS];
} OnsetFrame;

typedef struct _OnsetFront OnsetFront;

/* Cuts mono sound of 44.1 kHz into frames of 10 ms and measures each. The
 * result depends on the samples only, not on how they are cut into pushes. */
OnsetFront *onset_front_new (void);
void onset_front_free (OnsetFront *self);
void onset_front_push (OnsetFront *self, const gfloat *samples, gsize n);
/* Pads the last hop and the half window behind it with silence. */
void onset_front_finish (OnsetFront *self);
/* Drops the frames so far; the next one is frame 0. */
void onset_front_forget (OnsetFront *self);
/* Frames so far; frame i is about time (i + 1) * 10 ms less the delay. */
const OnsetFrame *onset_front_frames (const OnsetFront *self, guint *n_frames);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (OnsetFront, onset_front_free)
