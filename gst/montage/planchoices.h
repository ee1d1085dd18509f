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
  gboolean fixed; /* no other in-point than the first is wanted */
  gdouble alone;  /* points, with the seed's jitter */
  gdouble most;   /* with the best in-point */
  guint first_point;
  guint n_points;
  guint number; /* of all choices of all slots */
} MontageChoice;

/**
 * MontageChoices:
 *
 * For each slot the spans that fit and are worth considering. The last three
 * bound what a pair of neighbours can be worth, so that a search need not look
 * at what cannot win.
 */
typedef struct
{
  const MontageScorer *scorer;
  guint n_slots;
  guint n_spans;
  GArray **slots;      /* of MontageChoice, by span; n_slots of them */
  GArray **by_worth;   /* of guint: the same, those with the most first */
  GArray *points;      /* of MontageTake, best first per choice */
  guint n_choices;     /* of all slots */
  GArray *tiles;       /* of MontageTake: further in-points, as needed */
  guint *first_tile;   /* per choice: of them, 1-based; 0: not needed yet */
  gfloat *pair_most;   /* [before * n_spans + after]; NULL where too many */
  gfloat *after_most;  /* [before]: of all that may follow */
  gfloat *before_most; /* [after]: of all that may come before */
} MontageChoices;

/**
 * MontageOffer:
 *
 * An in-point, with the points of its moment and of the reuse.
 */
typedef struct
{
  MontageTake take;
  gdouble points;
} MontageOffer;

#define MONTAGE_MAX_OFFERS 32

/* An earlier or later use of a span, or of one that looks the same: in times of
 * this one. */
typedef struct
{
  guint slot;
  GstClockTime in_point;
} MontageUse;

/* @from: slots before it are settled and have no choices. */
MontageChoices *montage_choices_new (const MontageScorer *scorer, guint from);
void montage_choices_free (MontageChoices *self);

/* The points by which the seed shifts what a span is worth in a slot: enough to
 * swap near equals. */
gdouble
montage_choices_jitter (const MontageChoices *self, guint slot, guint span);
/* The choice of @span in a slot; %NULL if it is not among them. */
const MontageChoice *
montage_choices_find (const MontageChoices *self, guint slot, guint span);
/* The in-points of a choice that may be best next to other @uses of the span
 * and have more than @least points; at most MONTAGE_MAX_OFFERS. Returns how
 * many. */
guint montage_choices_offer (const MontageChoices *self, guint slot,
    const MontageChoice *choice, const MontageUse *uses, guint n_uses,
    gdouble least, MontageOffer *offers);
/* Only the best of them by its own points; FALSE if none has more than @least.
 */
gboolean montage_choices_best (const MontageChoices *self, guint slot,
    const MontageChoice *choice, const MontageUse *uses, guint n_uses,
    gdouble least, MontageOffer *offer);
/* As montage_choices_best() from nothing on; returns its points. */
gdouble montage_choices_pick (const MontageChoices *self, guint slot,
    const MontageChoice *choice, const MontageUse *uses, guint n_uses,
    MontageTake *take);

static inline gdouble
montage_choices_pair_most (const MontageChoices *self, guint before,
    guint after)
{
  return self->pair_most != NULL
      ? self->pair_most[(gsize) before * self->n_spans + after]
      : MIN (self->after_most[before], self->before_most[after]);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (MontageChoices, montage_choices_free)

G_END_DECLS
