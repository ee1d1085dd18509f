/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "activation.h"

/**
 * BeatPulse:
 * @marks: frames (of gdouble), evenly placed in musical time
 * @steady: whether they are at one distance
 * @strength: how strongly the pulse repeats, about 0..1
 */
typedef struct
{
  GArray *marks;
  gboolean steady;
  gdouble strength;
} BeatPulse;

/* The pulse that repeats most strongly between @bpm_min and @bpm_max, over the
 * whole song. It is some level of the music, not always the beat. */
BeatPulse beat_pulse_find (const Activation *activation, gdouble bpm_min,
    gdouble bpm_max);
void beat_pulse_clear (BeatPulse *self);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (BeatPulse, beat_pulse_clear)
