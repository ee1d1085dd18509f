/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/* Films to be searched for: songs and footage with the spread of real ones, of
 * any size, from a seed. */

#include <gst/montage/planchoices.h>
#include <gst/montage/plandraft.h>

typedef struct
{
  guint64 seed;
  gdouble film_sec;
  gdouble bpm;
  gdouble longest_sec; /* cut; 0: as the style has it */
  guint n_clips;
  guint n_shots;    /* per clip */
  gdouble shot_sec; /* in the mean; some are many times longer */
} FilmInstanceSize;

typedef struct
{
  GstMontageInstructions *instructions;
  GstMontageBeatGrid *song;
  GPtrArray *clips; /* of GstMontageShotList */
  GstMontageRequest request;
  MontageDraft draft;
  MontageScorer scorer;
  MontageChoices *choices;
} FilmInstance;

/* Takes @instructions; %NULL: the defaults, fast. */
void film_instance_init (FilmInstance *self, const FilmInstanceSize *size,
    GstMontageInstructions *instructions);
void film_instance_choose (FilmInstance *self);
void film_instance_clear (FilmInstance *self);

/* A song of @sec seconds with sections and energies that go with them. */
GstMontageBeatGrid *film_instance_song (guint64 seed, gdouble bpm, gdouble sec);
/* A clip whose shots look related, with curves, peaks and signatures. */
GstMontageShotList *film_instance_clip (guint64 seed, guint number,
    guint n_shots, gdouble shot_sec);
