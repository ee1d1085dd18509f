/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "planchoices.h"

G_BEGIN_DECLS

/**
 * MontageFilmTakes:
 *
 * A film whose takes are settled, as far as it has been written down. All is
 * borrowed.
 */
typedef struct
{
  const MontageChoices *choices;
  const MontageScorer *scorer;
  const GArray *takes; /* of MontageTake */
  gboolean *seen;      /* sources, before the slot that is asked for */
  MontageUse *uses;    /* room for one per take */
} MontageFilmTakes;

/* All terms of @take in @slot, after the cuts before it. */
void montage_film_score (const MontageFilmTakes *self, guint slot,
    const MontageTake *take, GstMontageScore *score);

/* Appends the best of what else could have been in @slot to @best (of
 * GstMontageRunnerUp), each with what it lacked against what is there, which
 * has @score. */
void montage_runners_find (const MontageFilmTakes *self, guint slot,
    const GstMontageScore *score, GArray *best);

G_END_DECLS
