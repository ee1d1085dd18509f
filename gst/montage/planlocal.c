/* SPDX-License-Identifier: LGPL-2.1-or-later */

/* Local search. Every move is judged by what changes in the sum of points; what
 * cannot gain is not looked at. Small moves first (another take, a swap, a take
 * from another slot that then gets a new one), then whole stretches are chosen
 * anew by a narrow beam next to all that stays: large neighbourhood search (Shaw
 * 1998). */

#include "planlocal.h"
#include "planlocalmoves.h"

/* Swaps are tried between slots this near. */
#define SWAP_REACH 200

static gboolean
improve_with (MontageLocal *self, guint move,
    gboolean (*act) (MontageLocal *, guint))
{
  gboolean better = FALSE;

  for (guint i = self->from; i < self->n_slots && self->effort > 0; i++) {
    if (self->changed[i] <= self->tried[move][i])
      continue;
    self->tried[move][i] = self->now;
    better |= act (self, i);
  }

  return better;
}

static gboolean
improve_with_swaps (MontageLocal *self)
{
  gboolean better = FALSE;

  for (guint a = self->from; a < self->n_slots && self->effort > 0; a++) {
    guint last = MIN (a + SWAP_REACH, self->n_slots - 1);
    guint since = self->tried[MONTAGE_LOCAL_SWAP][a];

    self->tried[MONTAGE_LOCAL_SWAP][a] = self->now;
    for (guint b = a + 1; b <= last && self->effort > 0; b++) {
      if (MAX (self->changed[a], self->changed[b]) > since)
        better |= montage_local_swap (self, a, b);
    }
  }

  return better;
}

static gboolean
improve_takes (MontageLocal *self)
{
  gboolean better = improve_with (self, MONTAGE_LOCAL_REPLACE,
      montage_local_replace);

  better |= improve_with_swaps (self);
  better |= improve_with (self, MONTAGE_LOCAL_CHAIN, montage_local_chain);

  return better;
}

static gboolean
is_due (const MontageLocal *self, guint from, guint to)
{
  for (guint i = from; i < to; i++) {
    if (self->changed[i] > self->tried[MONTAGE_LOCAL_ANEW][from])
      return TRUE;
  }

  return FALSE;
}

/* Stretches lie across the borders of each other. */
static gboolean
improve_stretches (MontageLocal *self)
{
  gboolean better = FALSE;

  for (guint from = self->from; from < self->n_slots && self->effort > 0;
       from += MONTAGE_LOCAL_STRETCH / 2) {
    guint to = MIN (from + MONTAGE_LOCAL_STRETCH, self->n_slots);
    if (!is_due (self, from, to))
      continue;
    self->tried[MONTAGE_LOCAL_ANEW][from] = self->now;
    better |= montage_local_choose_anew (self, from, to);
  }

  return better;
}

void
montage_local_improve (const MontageChoices *choices, GArray *takes, guint from,
    guint effort)
{
  MontageLocal self = {.choices = choices,
      .scorer = choices->scorer,
      .takes = takes,
      .from = from,
      .n_slots = takes->len,
      .effort = effort};

  if (effort == 0 || from >= takes->len)
    return;
  montage_local_init (&self);
  do {
    while (improve_takes (&self))
      continue;
  } while (improve_stretches (&self));
  montage_local_clear (&self);
}

gdouble
montage_local_total (const MontageChoices *choices, const GArray *takes,
    guint from)
{
  const MontageScorer *scorer = choices->scorer;
  g_autofree gboolean *seen = g_new0 (gboolean,
      scorer->material->n_sources + 1);
  gdouble total = 0.0;

  for (guint i = 0; i < takes->len; i++) {
    const MontageTake *take = &g_array_index (takes, MontageTake, i);
    guint source;

    if (take->span == MONTAGE_NO_SPAN)
      continue;
    source =
        g_array_index (scorer->material->spans, MontageSpan, take->span).source;
    if (i >= from) {
      total += montage_choices_find (choices, i, take->span)->alone
          + take->moment
          + (seen[source] ? 0.0 : montage_score_coverage (scorer, source));
      for (guint lag = 1; lag <= MIN (i, MONTAGE_SCORE_LAGS); lag++)
        total += montage_score_pair (scorer, i, lag,
            &g_array_index (takes, MontageTake, i - lag), take, NULL);
      for (guint k = i > MONTAGE_REUSE_REACH ? i - MONTAGE_REUSE_REACH : 0;
           k < i; k++) {
        const MontageTake *other = &g_array_index (takes, MontageTake, k);
        total += montage_score_again (scorer, k, other, i, take);
      }
    }
    seen[source] = TRUE;
  }

  return total;
}
