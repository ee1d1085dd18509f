/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <gst/montage/plan.h>
#include <gst/montage/shotlist.h>

G_BEGIN_DECLS

/* The material that every style is shown with. */
typedef struct
{
  GstMontageBeatGrid *song;
  GPtrArray *clips; /* of GstMontageShotList */
} StyleFilm;

void style_film_init (StyleFilm *self);
/* Leaves only the first @n_clips. */
void style_film_shorten (StyleFilm *self, guint n_clips);
void style_film_clear (StyleFilm *self);
/* The film that @instructions make of it: (transfer full), never %NULL. */
GstMontagePlan *style_film_plan (const StyleFilm *self,
    const GstMontageInstructions *instructions, guint64 seed);

G_END_DECLS
