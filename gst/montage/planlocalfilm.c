/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include <math.h>

#include "planlocalfilm.h"

/* What compares with so many other uses counts as another evaluation. */
#define USES_PER_EFFORT 2

static void
add (MontageLocal *self, guint slot)
{
  guint span = montage_local_take (self, slot)->span;

  if (span == MONTAGE_NO_SPAN)
    return;
  self->source_count[montage_local_source (self, span)]++;
  self->next_use[slot] = self->first_use[montage_local_look (self, span)];
  self->first_use[montage_local_look (self, span)] = slot;
}

static void
take_away (MontageLocal *self, guint slot)
{
  guint span = montage_local_take (self, slot)->span;
  guint *at;

  if (span == MONTAGE_NO_SPAN)
    return;
  self->source_count[montage_local_source (self, span)]--;
  for (at = &self->first_use[montage_local_look (self, span)]; *at != slot;)
    at = &self->next_use[*at];
  *at = self->next_use[slot];
}

/* What the takes around @slot and those of its span are worth is not known any
 * more. */
static void
forget (MontageLocal *self, guint slot)
{
  guint span = montage_local_take (self, slot)->span;
  guint first = slot > MONTAGE_SCORE_LAGS ? slot - MONTAGE_SCORE_LAGS : 0;
  guint last = MIN (slot + MONTAGE_SCORE_LAGS, self->n_slots - 1);

  for (guint i = first; i <= last; i++)
    self->worth[i] = NAN;
  if (span == MONTAGE_NO_SPAN)
    return;
  for (guint i = self->first_use[montage_local_look (self, span)];
       i != MONTAGE_NO_SLOT; i = self->next_use[i])
    self->worth[i] = NAN;
}

void
montage_local_put (MontageLocal *self, guint slot, const MontageTake *take)
{
  forget (self, slot);
  take_away (self, slot);
  *montage_local_take (self, slot) = *take;
  add (self, slot);
  forget (self, slot);
}

static void
mark_uses (MontageLocal *self, guint span)
{
  for (guint i = self->first_use[montage_local_look (self, span)];
       i != MONTAGE_NO_SLOT; i = self->next_use[i])
    self->changed[i] = self->now;
}

void
montage_local_mark (MontageLocal *self, guint slot, const MontageTake *old)
{
  guint first = slot > MONTAGE_SCORE_LAGS ? slot - MONTAGE_SCORE_LAGS : 0;
  guint last = MIN (slot + MONTAGE_SCORE_LAGS, self->n_slots - 1);

  self->now++;
  for (guint i = first; i <= last; i++)
    self->changed[i] = self->now;
  mark_uses (self, old->span);
  mark_uses (self, montage_local_take (self, slot)->span);
}

guint
montage_local_gather_uses (MontageLocal *self, guint slot, guint span)
{
  guint n = 0;

  for (guint i = self->first_use[montage_local_look (self, span)];
       i != MONTAGE_NO_SLOT; i = self->next_use[i]) {
    if (i == slot || MAX (i, slot) - MIN (i, slot) > MONTAGE_REUSE_REACH)
      continue;
    self->scratch[n].slot = i;
    self->scratch[n++].in_point = montage_looks_time (self->scorer->material,
        montage_local_take (self, i)->span,
        montage_local_take (self, i)->in_point, span);
  }

  return n;
}

/* All that depends on what stands next to a slot. */
static gdouble
neighbours (const MontageLocal *self, guint slot, const MontageTake *take)
{
  gdouble points = 0.0;

  for (guint lag = 1; lag <= MONTAGE_SCORE_LAGS; lag++) {
    if (slot >= lag)
      points += montage_score_pair (self->scorer, slot, lag,
          montage_local_take (self, slot - lag), take, NULL);
    if (slot + lag < self->n_slots)
      points += montage_score_pair (self->scorer, slot + lag, lag, take,
          montage_local_take (self, slot + lag), NULL);
  }

  return points;
}

gdouble
montage_local_neighbours_most (const MontageLocal *self, guint slot, guint span)
{
  guint before = slot > 0 ? montage_local_take (self, slot - 1)->span
                          : MONTAGE_NO_SPAN;
  guint after = slot + 1 < self->n_slots
      ? montage_local_take (self, slot + 1)->span
      : MONTAGE_NO_SPAN;
  gdouble most = 0.0;

  if (before != MONTAGE_NO_SPAN)
    most += span == MONTAGE_NO_SPAN
        ? self->choices->after_most[before]
        : montage_choices_pair_most (self->choices, before, span);
  if (after != MONTAGE_NO_SPAN)
    most += span == MONTAGE_NO_SPAN
        ? self->choices->before_most[after]
        : montage_choices_pair_most (self->choices, span, after);

  return most;
}

static gdouble
coverage (const MontageLocal *self, guint slot, guint span)
{
  guint source = montage_local_source (self, span);
  guint own = montage_local_take (self, slot)->span;
  guint others = self->source_count[source];

  if (own != MONTAGE_NO_SPAN && montage_local_source (self, own) == source)
    others--;
  return others == 0 ? montage_score_coverage (self->scorer, source) : 0.0;
}

gdouble
montage_local_reuse (const MontageLocal *self, guint slot,
    const MontageTake *take, const MontageUse *use)
{
  return use->slot < slot ? montage_score_reuse (self->scorer, take->span,
             use->slot, use->in_point, slot, take->in_point)
                          : montage_score_reuse (self->scorer, take->span, slot,
                              take->in_point, use->slot, use->in_point);
}

gdouble
montage_local_worth_uncovered (MontageLocal *self, guint slot)
{
  const MontageTake *take = montage_local_take (self, slot);
  const MontageChoice *choice;
  gdouble points;
  guint n_uses;

  if (!isnan (self->worth[slot]))
    return self->worth[slot];
  choice = montage_choices_find (self->choices, slot, take->span);
  n_uses = montage_local_gather_uses (self, slot, take->span);
  points = choice->alone + take->moment + neighbours (self, slot, take);
  for (guint i = 0; i < n_uses; i++)
    points += montage_local_reuse (self, slot, take, &self->scratch[i]);
  self->worth[slot] = points;

  return points;
}

gdouble
montage_local_worth (MontageLocal *self, guint slot)
{
  return montage_local_worth_uncovered (self, slot)
      + coverage (self, slot, montage_local_take (self, slot)->span);
}

gdouble
montage_local_worth_of_choice (MontageLocal *self, guint slot,
    const MontageChoice *choice, gdouble least, MontageTake *take)
{
  MontageOffer offers[MONTAGE_MAX_OFFERS];
  gdouble base = choice->alone + coverage (self, slot, choice->span);
  gdouble most = montage_local_neighbours_most (self, slot, choice->span),
          best = -INFINITY;
  guint n_uses, n;

  if (choice->most - choice->alone + base + most <= least)
    return -INFINITY;
  n_uses = montage_local_gather_uses (self, slot, choice->span);
  n = montage_choices_offer (self->choices, slot, choice, self->scratch, n_uses,
      least - base - most, offers);
  self->effort -= 1 + n_uses / USES_PER_EFFORT;
  for (guint i = 0; i < n; i++) {
    gdouble worth = base + offers[i].points;
    if (worth + most <= MAX (least, best))
      continue;
    worth += neighbours (self, slot, &offers[i].take);
    if (worth > best) {
      best = worth;
      *take = offers[i].take;
    }
  }

  return best;
}

void
montage_local_init (MontageLocal *self)
{
  const MontageMaterial *material = self->scorer->material;

  self->source_count = g_new0 (guint, material->n_sources + 1);
  self->first_use = g_new (guint, material->spans->len + 1);
  self->next_use = g_new (guint, self->n_slots + 1);
  self->scratch = g_new (MontageUse, self->n_slots + 1);
  self->worth = g_new (gdouble, self->n_slots + 1);
  self->changed = g_new (guint, self->n_slots + 1);
  for (guint i = 0; i < MONTAGE_LOCAL_N_MOVES; i++)
    self->tried[i] = g_new0 (guint, self->n_slots + 1);
  self->now = 1;
  self->beam = montage_beam_new (self->choices, MONTAGE_LOCAL_BEAM);
  for (guint i = 0; i < material->spans->len; i++)
    self->first_use[i] = MONTAGE_NO_SLOT;
  for (guint i = 0; i < self->n_slots; i++) {
    self->worth[i] = NAN;
    self->changed[i] = self->now;
    add (self, i);
  }
}

void
montage_local_clear (MontageLocal *self)
{
  g_free (self->source_count);
  g_free (self->first_use);
  g_free (self->next_use);
  g_free (self->scratch);
  g_free (self->worth);
  g_free (self->changed);
  for (guint i = 0; i < MONTAGE_LOCAL_N_MOVES; i++)
    g_free (self->tried[i]);
  montage_beam_free (self->beam);
}
