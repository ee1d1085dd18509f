/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "planbeam.h"
#include "planlooks.h"

G_BEGIN_DECLS

/* Stretches that are chosen anew: their length and the width of the beam. */
#define MONTAGE_LOCAL_STRETCH 8
#define MONTAGE_LOCAL_BEAM 12

#define MONTAGE_NO_SLOT G_MAXUINT

/* Don't-look bits (Bentley 1992): a move is tried again only where something
 * has changed since. */
enum
{
  MONTAGE_LOCAL_REPLACE,
  MONTAGE_LOCAL_SWAP,
  MONTAGE_LOCAL_CHAIN,
  MONTAGE_LOCAL_ANEW,
  MONTAGE_LOCAL_N_MOVES
};

/**
 * MontageLocal:
 *
 * A film that is being improved: what each slot shows, who else shows the same,
 * and what each take is worth to the film.
 */
typedef struct
{
  const MontageChoices *choices;
  const MontageScorer *scorer;
  GArray *takes;
  guint from;
  guint n_slots;
  guint *source_count;
  guint *first_use; /* per look: a slot that shows it, or MONTAGE_NO_SLOT */
  guint *next_use;  /* per slot: another one */
  MontageUse *scratch;
  gdouble *worth; /* of the takes without coverage; NAN where not known */
  MontageBeam *beam;
  guint *changed;                      /* per slot: when, in steps */
  guint *tried[MONTAGE_LOCAL_N_MOVES]; /* per slot: when */
  guint now;
  gint64 effort; /* evaluations left */
} MontageLocal;

/* For @choices, @takes, @from and @effort, which are set. */
void montage_local_init (MontageLocal *self);
void montage_local_clear (MontageLocal *self);

static inline MontageTake *
montage_local_take (const MontageLocal *self, guint slot)
{
  return &g_array_index (self->takes, MontageTake, slot);
}

static inline guint
montage_local_source (const MontageLocal *self, guint span)
{
  return g_array_index (self->scorer->material->spans, MontageSpan, span)
      .source;
}

static inline guint
montage_local_look (const MontageLocal *self, guint span)
{
  return montage_looks_get (self->scorer->material, span);
}

void
montage_local_put (MontageLocal *self, guint slot, const MontageTake *take);
/* @slot, where @old was, has another take to stay. */
void
montage_local_mark (MontageLocal *self, guint slot, const MontageTake *old);

/* Into the scratch: uses of @span in other slots than @slot. */
guint montage_local_gather_uses (MontageLocal *self, guint slot, guint span);
gdouble montage_local_reuse (const MontageLocal *self, guint slot,
    const MontageTake *take, const MontageUse *use);
/* The most that the takes next to @slot can bring for any take of @span, or for
 * any at all. */
gdouble montage_local_neighbours_most (const MontageLocal *self, guint slot,
    guint span);

/* What the film gains from the take that is in @slot; the first one without
 * being its source's only one. */
gdouble montage_local_worth_uncovered (MontageLocal *self, guint slot);
gdouble montage_local_worth (MontageLocal *self, guint slot);
/* What it would gain from the best take of @choice there, if that is more than
 * @least; else less than that. */
gdouble montage_local_worth_of_choice (MontageLocal *self, guint slot,
    const MontageChoice *choice, gdouble least, MontageTake *take);

G_END_DECLS
