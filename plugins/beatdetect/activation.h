/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "onsetfront.h"

/**
 * Activation:
 *
 * The onset curves of a song, one value 0..1 per frame, made comparable over
 * loud and soft parts.
 */
typedef struct
{
  guint n;
  gfloat *all;  /* every band */
  gfloat *low;  /* kick and bass */
  gfloat *high; /* snare and hi-hat */
  gfloat *beat; /* the mix that beats are tracked on */
} Activation;

Activation *activation_new (const OnsetFrame *frames, guint n);
/* Appends the most of each ACTIVATION_CURVE_FRAMES frames (of gdouble), from time 0
 * on, up to @seconds. */
void activation_curve (const Activation *self, gdouble seconds, GArray *curve);
void activation_free (Activation *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Activation, activation_free)
