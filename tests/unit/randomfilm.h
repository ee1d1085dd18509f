/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/* Requests to the planner that no human would make up, from a seed. */

#include <gst/montage/montage.h>

typedef struct
{
  GstMontageInstructions *instructions;
  GstMontageBeatGrid *song;
  GPtrArray *clips; /* of GstMontageShotList */
  GstMontageClipRules *rules;
  GstMontageRequest request;
  guint64 state;
} RandomFilm;

void random_film_init (RandomFilm *self, guint64 seed);
/* Other instructions than before, for the same song and clips. */
void random_film_change_mind (RandomFilm *self);
void random_film_clear (RandomFilm *self);
/* The next number in [0, 1). */
gdouble random_film_draw (RandomFilm *self);
