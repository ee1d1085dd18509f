/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include <math.h>

#include "planlocalmoves.h"

/* Gains below it are noise of sums in another order. */
#define EPSILON 1e-6
/* Wishes of a slot that are followed to where they are shown now. */
#define N_WISHES 6
#define N_WISHED_POINTS 3u

/* ---- other material, or another in-point in the same ---- */

static gboolean
best_take (MontageLocal *self, guint slot, gdouble least, MontageTake *winner)
{
  const GArray *choices = self->choices->slots[slot];
  const GArray *order = self->choices->by_worth[slot];
  gdouble most = montage_local_neighbours_most (self, slot, MONTAGE_NO_SPAN)
      + montage_score_coverage_most (self->scorer);
  gboolean better = FALSE;

  for (guint i = 0; i < order->len; i++) {
    const MontageChoice *choice = &g_array_index (choices, MontageChoice,
        g_array_index (order, guint, i));
    MontageTake take = {0};
    gdouble worth;

    if (choice->most + most <= least)
      break;
    worth = montage_local_worth_of_choice (self, slot, choice, least, &take);
    if (worth > least) {
      least = worth;
      *winner = take;
      better = TRUE;
    }
  }

  return better;
}

gboolean
montage_local_replace (MontageLocal *self, guint slot)
{
  MontageTake old = *montage_local_take (self, slot), winner;

  if (!best_take (self, slot, montage_local_worth (self, slot) + EPSILON,
          &winner))
    return FALSE;
  montage_local_put (self, slot, &winner);
  montage_local_mark (self, slot, &old);

  return TRUE;
}

/* ---- swaps ---- */

gboolean
montage_local_swap (MontageLocal *self, guint a, guint b)
{
  MontageTake take_a = *montage_local_take (self, a),
              take_b = *montage_local_take (self, b);
  MontageTake new_a, new_b;
  const MontageChoice *for_a, *for_b;
  gdouble gain;

  if (take_a.span == take_b.span)
    return FALSE;
  for_a = montage_choices_find (self->choices, a, take_b.span);
  for_b = montage_choices_find (self->choices, b, take_a.span);
  if (for_a == NULL || for_b == NULL)
    return FALSE;
  /* Neighbours see each other change, so bounds do not hold for them. */
  if (b - a > MONTAGE_SCORE_LAGS
      && for_a->most + montage_local_neighbours_most (self, a, take_b.span)
              + for_b->most
              + montage_local_neighbours_most (self, b, take_a.span)
          <= montage_local_worth_uncovered (self, a)
              + montage_local_worth_uncovered (self, b) + EPSILON)
    return FALSE;

  gain = -montage_local_worth (self, a);
  gain += montage_local_worth_of_choice (self, a, for_a, -INFINITY, &new_a);
  montage_local_put (self, a, &new_a);
  gain -= montage_local_worth (self, b);
  gain += montage_local_worth_of_choice (self, b, for_b, -INFINITY, &new_b);
  if (gain > EPSILON) {
    montage_local_put (self, b, &new_b);
    montage_local_mark (self, a, &take_a);
    montage_local_mark (self, b, &take_b);
    return TRUE;
  }
  montage_local_put (self, a, &take_a);

  return FALSE;
}

/* ---- chains: a take from elsewhere, which then gets another one ---- */

typedef struct
{
  const MontageChoice *choice;
  gdouble most;
} Wish;

static void
keep_wish (Wish *wishes, guint *n, const MontageChoice *choice, gdouble most)
{
  guint at;

  if (*n == N_WISHES && wishes[*n - 1].most >= most)
    return;
  if (*n < N_WISHES)
    (*n)++;
  for (at = *n - 1; at > 0 && wishes[at - 1].most < most; at--)
    wishes[at] = wishes[at - 1];
  wishes[at] = (Wish){choice, most};
}

/* What would be better in @slot if it were not shown elsewhere. */
static guint
find_wishes (MontageLocal *self, guint slot, gdouble now, Wish *wishes)
{
  const GArray *choices = self->choices->slots[slot];
  const GArray *order = self->choices->by_worth[slot];
  gdouble any = montage_local_neighbours_most (self, slot, MONTAGE_NO_SPAN);
  guint n = 0;

  for (guint i = 0; i < order->len; i++) {
    const MontageChoice *choice = &g_array_index (choices, MontageChoice,
        g_array_index (order, guint, i));
    gdouble most;

    if (choice->most + any <= now)
      break;
    if (self->first_use[montage_local_look (self, choice->span)]
        == MONTAGE_NO_SLOT)
      continue;
    most = choice->most
        + montage_local_neighbours_most (self, slot, choice->span);
    if (most > now)
      keep_wish (wishes, &n, choice, most);
  }

  return n;
}

/* The other use that @slot's take clashes with most, or G_MAXUINT. */
static guint
find_rival (MontageLocal *self, guint slot)
{
  const MontageTake *take = montage_local_take (self, slot);
  guint n_uses = montage_local_gather_uses (self, slot, take->span),
        rival = G_MAXUINT;
  gdouble least = 0.0;

  for (guint i = 0; i < n_uses; i++) {
    gdouble points = montage_local_reuse (self, slot, take, &self->scratch[i]);
    if (points < least && self->scratch[i].slot >= self->from) {
      least = points;
      rival = self->scratch[i].slot;
    }
  }

  return rival;
}

static gboolean
follow_wish (MontageLocal *self, guint slot, const MontageTake *take)
{
  MontageTake old = *montage_local_take (self, slot), winner;
  gdouble gain = -montage_local_worth (self, slot);
  guint rival;

  montage_local_put (self, slot, take);
  gain += montage_local_worth (self, slot);
  rival = find_rival (self, slot);
  if (rival != G_MAXUINT
      && best_take (self, rival,
          montage_local_worth (self, rival) - gain + EPSILON, &winner)) {
    MontageTake lost = *montage_local_take (self, rival);
    montage_local_put (self, rival, &winner);
    montage_local_mark (self, slot, &old);
    montage_local_mark (self, rival, &lost);
    return TRUE;
  }
  montage_local_put (self, slot, &old);

  return FALSE;
}

gboolean
montage_local_chain (MontageLocal *self, guint slot)
{
  Wish wishes[N_WISHES];
  guint n = find_wishes (self, slot, montage_local_worth (self, slot), wishes);

  for (guint i = 0; i < n; i++) {
    const MontageChoice *choice = wishes[i].choice;
    for (guint k = 0; k < MIN (choice->n_points, N_WISHED_POINTS); k++) {
      if (follow_wish (self, slot,
              &g_array_index (self->choices->points, MontageTake,
                  choice->first_point + k)))
        return TRUE;
    }
  }

  return FALSE;
}

/* ---- stretches ---- */

/* Whether @slot is the only place in the film before @to that shows its source.
 */
static gboolean
is_new_in (const MontageLocal *self, guint slot, guint from, guint to)
{
  guint source = montage_local_source (self,
      montage_local_take (self, slot)->span);
  guint inside = 0;

  for (guint i = from; i < to; i++) {
    if (montage_local_source (self, montage_local_take (self, i)->span)
        != source)
      continue;
    if (i < slot)
      return FALSE;
    inside++;
  }

  return self->source_count[source] == inside;
}

/* All that depends on the takes of [@from, @to). */
static gdouble
worth_of_stretch (MontageLocal *self, guint from, guint to)
{
  guint end = MIN (to + MONTAGE_SCORE_LAGS, self->n_slots);
  gdouble points = 0.0;

  for (guint i = from; i < end; i++) {
    const MontageTake *take = montage_local_take (self, i);
    for (guint lag = 1; lag <= MIN (i, MONTAGE_SCORE_LAGS); lag++) {
      if (i < to || (i - lag >= from && i - lag < to))
        points += montage_score_pair (self->scorer, i, lag,
            montage_local_take (self, i - lag), take, NULL);
    }
  }
  for (guint i = from; i < to; i++) {
    const MontageTake *take = montage_local_take (self, i);
    guint n_uses = montage_local_gather_uses (self, i, take->span);
    points += montage_choices_find (self->choices, i, take->span)->alone
        + take->moment;
    if (is_new_in (self, i, from, to))
      points += montage_score_coverage (self->scorer,
          montage_local_source (self, take->span));
    for (guint k = 0; k < n_uses; k++) {
      if (self->scratch[k].slot < i || self->scratch[k].slot >= to)
        points += montage_local_reuse (self, i, take, &self->scratch[k]);
    }
  }

  return points;
}

gboolean
montage_local_choose_anew (MontageLocal *self, guint from, guint to)
{
  g_autoptr (GArray) takes = g_array_copy (self->takes);
  MontageTake old[MONTAGE_LOCAL_STRETCH];
  gdouble before = worth_of_stretch (self, from, to);

  self->effort -= montage_beam_fill (self->beam, takes, from, to);
  for (guint i = from; i < to; i++) {
    old[i - from] = *montage_local_take (self, i);
    montage_local_put (self, i, &g_array_index (takes, MontageTake, i));
  }
  if (worth_of_stretch (self, from, to) > before + EPSILON) {
    for (guint i = from; i < to; i++)
      montage_local_mark (self, i, &old[i - from]);
    return TRUE;
  }
  for (guint i = from; i < to; i++)
    montage_local_put (self, i, &old[i - from]);

  return FALSE;
}
