/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "planscore.h"

G_BEGIN_DECLS

/**
 * MontageChoice:
 *
 * A span for a slot, with what it is worth there alone.
 */
typedef struct
{
  guint span;
  gdouble alone; /* points, with the seed's jitter */
  guint first_point;
  guint n_points;
} MontageChoice;

/**
 * MontageChoices:
 *
 * For each slot the spans that fit and are worth considering, by span.
 */
typedef struct
{
  const MontageScorer *scorer;
  guint n_slots;
  GArray **slots; /* of MontageChoice, n_slots of them */
  GArray *points; /* of MontageTake, best first per choice */
} MontageChoices;

/* An earlier or later use of a span. */
typedef struct
{
  guint slot;
  GstClockTime in_point;
} MontageUse;

/* @from: slots before it are settled and have no choices. */
MontageChoices *montage_choices_new (const MontageScorer *scorer, guint from);
void montage_choices_free (MontageChoices *self);

/* The choice of @span in a slot; %NULL if it is not among them. */
const MontageChoice *
montage_choices_find (const MontageChoices *self, guint slot, guint span);
/* The in-point of a choice that is best next to other @uses of the span;
 * returns its points (the moment's and those of the reuse). */
gdouble montage_choices_pick (const MontageChoices *self, guint slot,
    const MontageChoice *choice, const MontageUse *uses, guint n_uses,
    MontageTake *take);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (MontageChoices, montage_choices_free)

G_END_DECLS
