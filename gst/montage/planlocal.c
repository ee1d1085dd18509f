/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include <math.h>

#include "planlocal.h"

/* Swaps are tried between slots this near. */
#define SWAP_REACH 200
#define MAX_ROUNDS 30
#define EPSILON 1e-6

typedef struct
{
  const MontageChoices *choices;
  const MontageScorer *scorer;
  GArray *takes;
  guint from;
  guint n_slots;
  guint *span_count;
  guint *source_count;
  MontageUse *scratch;
  gint64 effort; /* evaluations left */
} Local;

static MontageTake *
get_take (const Local *self, guint slot)
{
  return &g_array_index (self->takes, MontageTake, slot);
}

static guint
get_source (const Local *self, guint span)
{
  return g_array_index (self->scorer->material->spans, MontageSpan, span)
      .source;
}

static void
count (Local *self, guint slot, gint by)
{
  guint span = get_take (self, slot)->span;

  if (span == MONTAGE_NO_SPAN)
    return;
  self->span_count[span] += by;
  self->source_count[get_source (self, span)] += by;
}

static void
put (Local *self, guint slot, const MontageTake *take)
{
  count (self, slot, -1);
  *get_take (self, slot) = *take;
  count (self, slot, 1);
}

/* Uses of @span in other slots than @slot. */
static guint
gather_uses (Local *self, guint slot, guint span)
{
  guint first = slot > MONTAGE_REUSE_REACH ? slot - MONTAGE_REUSE_REACH : 0;
  guint last = MIN (slot + MONTAGE_REUSE_REACH + 1, self->n_slots), n = 0;

  if (self->span_count[span] == (get_take (self, slot)->span == span))
    return 0;
  for (guint i = first; i < last; i++) {
    if (i == slot || get_take (self, i)->span != span)
      continue;
    self->scratch[n].slot = i;
    self->scratch[n++].in_point = get_take (self, i)->in_point;
  }

  return n;
}

/* All that depends on what stands next to a slot. */
static gdouble
neighbours (const Local *self, guint slot, const MontageTake *take)
{
  gdouble points = 0.0;

  for (guint lag = 1; lag <= MONTAGE_SCORE_LAGS; lag++) {
    if (slot >= lag)
      points += montage_score_pair (self->scorer, slot, lag,
          get_take (self, slot - lag), take, NULL);
    if (slot + lag < self->n_slots)
      points += montage_score_pair (self->scorer, slot + lag, lag, take,
          get_take (self, slot + lag), NULL);
  }

  return points;
}

static gdouble
coverage (const Local *self, guint slot, guint span)
{
  guint source = get_source (self, span);
  guint own = get_take (self, slot)->span;
  guint others = self->source_count[source];

  if (own != MONTAGE_NO_SPAN && get_source (self, own) == source)
    others--;
  return others == 0 ? MONTAGE_COVERAGE_POINTS : 0.0;
}

/* What the film gains from the take that is in @slot. */
static gdouble
worth_of_take (Local *self, guint slot)
{
  const MontageTake *take = get_take (self, slot);
  const MontageChoice *choice = montage_choices_find (self->choices, slot,
      take->span);
  guint n_uses = gather_uses (self, slot, take->span);
  gdouble points = choice->alone + take->moment;

  for (guint i = 0; i < n_uses; i++) {
    guint other = self->scratch[i].slot;
    GstClockTime in_point = self->scratch[i].in_point;
    points += other < slot ? montage_score_reuse (self->scorer, other, in_point,
                  slot, take->in_point)
                           : montage_score_reuse (self->scorer, slot,
                               take->in_point, other, in_point);
  }

  return points + coverage (self, slot, take->span)
      + neighbours (self, slot, take);
}

/* What it would gain from the best take of @choice there. */
static gdouble
worth_of_choice (Local *self, guint slot, const MontageChoice *choice,
    MontageTake *take)
{
  guint n_uses = gather_uses (self, slot, choice->span);
  gdouble points = choice->alone
      + montage_choices_pick (self->choices, slot, choice, self->scratch,
          n_uses, take);

  self->effort--;
  return points + coverage (self, slot, choice->span)
      + neighbours (self, slot, take);
}

/* Other material, or another in-point in the same. */
static gboolean
replace (Local *self, guint slot)
{
  const GArray *choices = self->choices->slots[slot];
  gdouble best = worth_of_take (self, slot) + EPSILON;
  MontageTake take = {0}, winner = {0};
  gboolean better = FALSE;

  for (guint i = 0; i < choices->len; i++) {
    gdouble worth = worth_of_choice (self, slot,
        &g_array_index (choices, MontageChoice, i), &take);
    if (worth > best) {
      best = worth;
      winner = take;
      better = TRUE;
    }
  }
  if (better)
    put (self, slot, &winner);

  return better;
}

static gboolean
swap (Local *self, guint a, guint b)
{
  MontageTake take_a = *get_take (self, a), take_b = *get_take (self, b);
  MontageTake new_a, new_b;
  const MontageChoice *for_a, *for_b;
  gdouble gain;

  if (take_a.span == take_b.span)
    return FALSE;
  for_a = montage_choices_find (self->choices, a, take_b.span);
  for_b = montage_choices_find (self->choices, b, take_a.span);
  if (for_a == NULL || for_b == NULL)
    return FALSE;

  gain = -worth_of_take (self, a);
  gain += worth_of_choice (self, a, for_a, &new_a);
  put (self, a, &new_a);
  gain -= worth_of_take (self, b);
  gain += worth_of_choice (self, b, for_b, &new_b);
  if (gain > EPSILON) {
    put (self, b, &new_b);
    return TRUE;
  }
  put (self, a, &take_a);

  return FALSE;
}

static gboolean
improve_round (Local *self)
{
  gboolean better = FALSE;

  for (guint i = self->from; i < self->n_slots && self->effort > 0; i++)
    better |= replace (self, i);
  for (guint a = self->from; a < self->n_slots && self->effort > 0; a++) {
    guint last = MIN (a + SWAP_REACH, self->n_slots - 1);
    for (guint b = a + 1; b <= last && self->effort > 0; b++)
      better |= swap (self, a, b);
  }

  return better;
}

static gboolean
is_unwanted (const Local *self, guint span)
{
  return g_array_index (self->scorer->material->spans, MontageSpan, span).wish
      < 0;
}

/* Puts @source where it costs least without another one vanishing; but nothing
 * that was to be avoided. */
static void
insert_source (Local *self, guint source)
{
  gdouble least = -INFINITY;
  MontageTake winner = {0};
  guint where = self->n_slots;

  for (guint slot = self->from; slot < self->n_slots; slot++) {
    const GArray *choices = self->choices->slots[slot];
    guint own = get_take (self, slot)->span;
    gdouble now = NAN;

    if (self->source_count[get_source (self, own)] < 2)
      continue;
    for (guint i = 0; i < choices->len; i++) {
      const MontageChoice *choice = &g_array_index (choices, MontageChoice, i);
      MontageTake take;
      gdouble gain;

      if (get_source (self, choice->span) != source
          || is_unwanted (self, choice->span))
        continue;
      if (isnan (now))
        now = worth_of_take (self, slot);
      gain = worth_of_choice (self, slot, choice, &take) - now;
      if (gain > least) {
        least = gain;
        winner = take;
        where = slot;
      }
    }
  }
  if (where < self->n_slots)
    put (self, where, &winner);
}

void
montage_local_improve (const MontageChoices *choices, GArray *takes, guint from,
    guint effort)
{
  const MontageMaterial *material = choices->scorer->material;
  Local self = {.choices = choices,
      .scorer = choices->scorer,
      .takes = takes,
      .from = from,
      .n_slots = takes->len,
      .effort = effort};

  self.span_count = g_new0 (guint, material->spans->len + 1);
  self.source_count = g_new0 (guint, material->n_sources + 1);
  self.scratch = g_new (MontageUse, takes->len + 1);
  for (guint i = 0; i < takes->len; i++)
    count (&self, i, 1);

  for (guint round = 0; round < MAX_ROUNDS && self.effort > 0; round++) {
    if (!improve_round (&self))
      break;
  }
  for (guint source = 0; effort > 0 && source < material->n_sources; source++) {
    if (self.source_count[source] == 0
        && g_array_index (material->source_frames, guint64, source) > 0)
      insert_source (&self, source);
  }

  g_free (self.span_count);
  g_free (self.source_count);
  g_free (self.scratch);
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
          + take->moment + (seen[source] ? 0 : MONTAGE_COVERAGE_POINTS);
      for (guint lag = 1; lag <= MIN (i, MONTAGE_SCORE_LAGS); lag++)
        total += montage_score_pair (scorer, i, lag,
            &g_array_index (takes, MontageTake, i - lag), take, NULL);
      for (guint k = i > MONTAGE_REUSE_REACH ? i - MONTAGE_REUSE_REACH : 0;
           k < i; k++) {
        const MontageTake *other = &g_array_index (takes, MontageTake, k);
        if (other->span == take->span)
          total += montage_score_reuse (scorer, k, other->in_point, i,
              take->in_point);
      }
    }
    seen[source] = TRUE;
  }

  return total;
}
