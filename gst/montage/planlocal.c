/* SPDX-License-Identifier: LGPL-2.1-or-later */

/* Local search. Every move is judged by what changes in the sum of points; what
 * cannot gain is not looked at. Small moves first (another take, a swap, a take
 * from another slot that then gets a new one), then whole stretches are chosen
 * anew by a narrow beam next to all that stays: large neighbourhood search (Shaw
 * 1998). */

#include <math.h>

#include "planlooks.h"
#include "planbeam.h"
#include "planlocal.h"

/* Swaps are tried between slots this near. */
#define SWAP_REACH 200
#define EPSILON 1e-6
/* Wishes of a slot that are followed to where they are shown now. */
#define N_WISHES 6
#define N_WISHED_POINTS 3u
/* Stretches that are chosen anew: their length and the width of the beam. */
#define STRETCH 8
#define STRETCH_BEAM 12

#define NONE G_MAXUINT
/* What compares with so many other uses counts as another evaluation. */
#define USES_PER_EFFORT 2

/* Don't-look bits (Bentley 1992): a move is tried again only where something
 * has changed since. */
enum
{
  REPLACE,
  SWAP,
  CHAIN,
  ANEW,
  N_MOVES
};

typedef struct
{
  const MontageChoices *choices;
  const MontageScorer *scorer;
  GArray *takes;
  guint from;
  guint n_slots;
  guint *source_count;
  guint *first_use; /* per look: a slot that shows it, or NONE */
  guint *next_use;  /* per slot: another one */
  MontageUse *scratch;
  gdouble *worth; /* of the takes without coverage; NAN where not known */
  MontageBeam *beam;
  guint *changed;        /* per slot: when, in steps */
  guint *tried[N_MOVES]; /* per slot: when */
  guint now;
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

static guint
get_look (const Local *self, guint span)
{
  return montage_looks_get (self->scorer->material, span);
}

static void
add (Local *self, guint slot)
{
  guint span = get_take (self, slot)->span;

  if (span == MONTAGE_NO_SPAN)
    return;
  self->source_count[get_source (self, span)]++;
  self->next_use[slot] = self->first_use[get_look (self, span)];
  self->first_use[get_look (self, span)] = slot;
}

static void
take_away (Local *self, guint slot)
{
  guint span = get_take (self, slot)->span;
  guint *at;

  if (span == MONTAGE_NO_SPAN)
    return;
  self->source_count[get_source (self, span)]--;
  for (at = &self->first_use[get_look (self, span)]; *at != slot;)
    at = &self->next_use[*at];
  *at = self->next_use[slot];
}

/* What the takes around @slot and those of its span are worth is not known any
 * more. */
static void
forget (Local *self, guint slot)
{
  guint span = get_take (self, slot)->span;
  guint first = slot > MONTAGE_SCORE_LAGS ? slot - MONTAGE_SCORE_LAGS : 0;
  guint last = MIN (slot + MONTAGE_SCORE_LAGS, self->n_slots - 1);

  for (guint i = first; i <= last; i++)
    self->worth[i] = NAN;
  if (span == MONTAGE_NO_SPAN)
    return;
  for (guint i = self->first_use[get_look (self, span)]; i != NONE;
       i = self->next_use[i])
    self->worth[i] = NAN;
}

static void
put (Local *self, guint slot, const MontageTake *take)
{
  forget (self, slot);
  take_away (self, slot);
  *get_take (self, slot) = *take;
  add (self, slot);
  forget (self, slot);
}

static void
mark_uses (Local *self, guint span)
{
  for (guint i = self->first_use[get_look (self, span)]; i != NONE;
       i = self->next_use[i])
    self->changed[i] = self->now;
}

/* @slot, where @old was, has another take to stay. */
static void
mark (Local *self, guint slot, const MontageTake *old)
{
  guint first = slot > MONTAGE_SCORE_LAGS ? slot - MONTAGE_SCORE_LAGS : 0;
  guint last = MIN (slot + MONTAGE_SCORE_LAGS, self->n_slots - 1);

  self->now++;
  for (guint i = first; i <= last; i++)
    self->changed[i] = self->now;
  mark_uses (self, old->span);
  mark_uses (self, get_take (self, slot)->span);
}

/* Uses of @span in other slots than @slot. */
static guint
gather_uses (Local *self, guint slot, guint span)
{
  guint n = 0;

  for (guint i = self->first_use[get_look (self, span)]; i != NONE;
       i = self->next_use[i]) {
    if (i == slot || MAX (i, slot) - MIN (i, slot) > MONTAGE_REUSE_REACH)
      continue;
    self->scratch[n].slot = i;
    self->scratch[n++].in_point = montage_looks_time (self->scorer->material,
        get_take (self, i)->span, get_take (self, i)->in_point, span);
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

/* The most that it can be for any take of a span, and for any span. */
static gdouble
neighbours_most (const Local *self, guint slot, guint span)
{
  guint before = slot > 0 ? get_take (self, slot - 1)->span : MONTAGE_NO_SPAN;
  guint after = slot + 1 < self->n_slots ? get_take (self, slot + 1)->span
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
coverage (const Local *self, guint slot, guint span)
{
  guint source = get_source (self, span);
  guint own = get_take (self, slot)->span;
  guint others = self->source_count[source];

  if (own != MONTAGE_NO_SPAN && get_source (self, own) == source)
    others--;
  return others == 0 ? montage_score_coverage (self->scorer, source) : 0.0;
}

static gdouble
reuse (const Local *self, guint slot, const MontageTake *take,
    const MontageUse *use)
{
  return use->slot < slot ? montage_score_reuse (self->scorer, take->span,
             use->slot, use->in_point, slot, take->in_point)
                          : montage_score_reuse (self->scorer, take->span, slot,
                              take->in_point, use->slot, use->in_point);
}

/* What the film gains from the take that is in @slot, but for its coverage. */
static gdouble
worth_uncovered (Local *self, guint slot)
{
  const MontageTake *take = get_take (self, slot);
  const MontageChoice *choice;
  gdouble points;
  guint n_uses;

  if (!isnan (self->worth[slot]))
    return self->worth[slot];
  choice = montage_choices_find (self->choices, slot, take->span);
  n_uses = gather_uses (self, slot, take->span);
  points = choice->alone + take->moment + neighbours (self, slot, take);
  for (guint i = 0; i < n_uses; i++)
    points += reuse (self, slot, take, &self->scratch[i]);
  self->worth[slot] = points;

  return points;
}

static gdouble
worth_of_take (Local *self, guint slot)
{
  return worth_uncovered (self, slot)
      + coverage (self, slot, get_take (self, slot)->span);
}

/* What it would gain from the best take of @choice there, if that is more than
 * @least; else less than that. */
static gdouble
worth_of_choice (Local *self, guint slot, const MontageChoice *choice,
    gdouble least, MontageTake *take)
{
  MontageOffer offers[MONTAGE_MAX_OFFERS];
  gdouble base = choice->alone + coverage (self, slot, choice->span);
  gdouble most = neighbours_most (self, slot, choice->span), best = -INFINITY;
  guint n_uses, n;

  if (choice->most - choice->alone + base + most <= least)
    return -INFINITY;
  n_uses = gather_uses (self, slot, choice->span);
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

/* ---- other material, or another in-point in the same ---- */

static gboolean
best_take (Local *self, guint slot, gdouble least, MontageTake *winner)
{
  const GArray *choices = self->choices->slots[slot];
  const GArray *order = self->choices->by_worth[slot];
  gdouble most = neighbours_most (self, slot, MONTAGE_NO_SPAN)
      + montage_score_coverage_most (self->scorer);
  gboolean better = FALSE;

  for (guint i = 0; i < order->len; i++) {
    const MontageChoice *choice = &g_array_index (choices, MontageChoice,
        g_array_index (order, guint, i));
    MontageTake take = {0};
    gdouble worth;

    if (choice->most + most <= least)
      break;
    worth = worth_of_choice (self, slot, choice, least, &take);
    if (worth > least) {
      least = worth;
      *winner = take;
      better = TRUE;
    }
  }

  return better;
}

static gboolean
replace (Local *self, guint slot)
{
  MontageTake old = *get_take (self, slot), winner;

  if (!best_take (self, slot, worth_of_take (self, slot) + EPSILON, &winner))
    return FALSE;
  put (self, slot, &winner);
  mark (self, slot, &old);

  return TRUE;
}

/* ---- swaps ---- */

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
  /* Neighbours see each other change, so bounds do not hold for them. */
  if (b - a > MONTAGE_SCORE_LAGS
      && for_a->most + neighbours_most (self, a, take_b.span) + for_b->most
              + neighbours_most (self, b, take_a.span)
          <= worth_uncovered (self, a) + worth_uncovered (self, b) + EPSILON)
    return FALSE;

  gain = -worth_of_take (self, a);
  gain += worth_of_choice (self, a, for_a, -INFINITY, &new_a);
  put (self, a, &new_a);
  gain -= worth_of_take (self, b);
  gain += worth_of_choice (self, b, for_b, -INFINITY, &new_b);
  if (gain > EPSILON) {
    put (self, b, &new_b);
    mark (self, a, &take_a);
    mark (self, b, &take_b);
    return TRUE;
  }
  put (self, a, &take_a);

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
find_wishes (Local *self, guint slot, gdouble now, Wish *wishes)
{
  const GArray *choices = self->choices->slots[slot];
  const GArray *order = self->choices->by_worth[slot];
  gdouble any = neighbours_most (self, slot, MONTAGE_NO_SPAN);
  guint n = 0;

  for (guint i = 0; i < order->len; i++) {
    const MontageChoice *choice = &g_array_index (choices, MontageChoice,
        g_array_index (order, guint, i));
    gdouble most;

    if (choice->most + any <= now)
      break;
    if (self->first_use[get_look (self, choice->span)] == NONE)
      continue;
    most = choice->most + neighbours_most (self, slot, choice->span);
    if (most > now)
      keep_wish (wishes, &n, choice, most);
  }

  return n;
}

/* The other use that @slot's take clashes with most, or G_MAXUINT. */
static guint
find_rival (Local *self, guint slot)
{
  const MontageTake *take = get_take (self, slot);
  guint n_uses = gather_uses (self, slot, take->span), rival = G_MAXUINT;
  gdouble least = 0.0;

  for (guint i = 0; i < n_uses; i++) {
    gdouble points = reuse (self, slot, take, &self->scratch[i]);
    if (points < least && self->scratch[i].slot >= self->from) {
      least = points;
      rival = self->scratch[i].slot;
    }
  }

  return rival;
}

static gboolean
follow_wish (Local *self, guint slot, const MontageTake *take)
{
  MontageTake old = *get_take (self, slot), winner;
  gdouble gain = -worth_of_take (self, slot);
  guint rival;

  put (self, slot, take);
  gain += worth_of_take (self, slot);
  rival = find_rival (self, slot);
  if (rival != G_MAXUINT
      && best_take (self, rival, worth_of_take (self, rival) - gain + EPSILON,
          &winner)) {
    MontageTake lost = *get_take (self, rival);
    put (self, rival, &winner);
    mark (self, slot, &old);
    mark (self, rival, &lost);
    return TRUE;
  }
  put (self, slot, &old);

  return FALSE;
}

static gboolean
chain (Local *self, guint slot)
{
  Wish wishes[N_WISHES];
  guint n = find_wishes (self, slot, worth_of_take (self, slot), wishes);

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
is_new_in (const Local *self, guint slot, guint from, guint to)
{
  guint source = get_source (self, get_take (self, slot)->span);
  guint inside = 0;

  for (guint i = from; i < to; i++) {
    if (get_source (self, get_take (self, i)->span) != source)
      continue;
    if (i < slot)
      return FALSE;
    inside++;
  }

  return self->source_count[source] == inside;
}

/* All that depends on the takes of [@from, @to). */
static gdouble
worth_of_stretch (Local *self, guint from, guint to)
{
  guint end = MIN (to + MONTAGE_SCORE_LAGS, self->n_slots);
  gdouble points = 0.0;

  for (guint i = from; i < end; i++) {
    const MontageTake *take = get_take (self, i);
    for (guint lag = 1; lag <= MIN (i, MONTAGE_SCORE_LAGS); lag++) {
      if (i < to || (i - lag >= from && i - lag < to))
        points += montage_score_pair (self->scorer, i, lag,
            get_take (self, i - lag), take, NULL);
    }
  }
  for (guint i = from; i < to; i++) {
    const MontageTake *take = get_take (self, i);
    guint n_uses = gather_uses (self, i, take->span);
    points += montage_choices_find (self->choices, i, take->span)->alone
        + take->moment;
    if (is_new_in (self, i, from, to))
      points += montage_score_coverage (self->scorer,
          get_source (self, take->span));
    for (guint k = 0; k < n_uses; k++) {
      if (self->scratch[k].slot < i || self->scratch[k].slot >= to)
        points += reuse (self, i, take, &self->scratch[k]);
    }
  }

  return points;
}

static gboolean
choose_anew (Local *self, guint from, guint to)
{
  g_autoptr (GArray) takes = g_array_copy (self->takes);
  MontageTake old[STRETCH];
  gdouble before = worth_of_stretch (self, from, to);

  self->effort -= montage_beam_fill (self->beam, takes, from, to);
  for (guint i = from; i < to; i++) {
    old[i - from] = *get_take (self, i);
    put (self, i, &g_array_index (takes, MontageTake, i));
  }
  if (worth_of_stretch (self, from, to) > before + EPSILON) {
    for (guint i = from; i < to; i++)
      mark (self, i, &old[i - from]);
    return TRUE;
  }
  for (guint i = from; i < to; i++)
    put (self, i, &old[i - from]);

  return FALSE;
}

/* ---- rounds ---- */

static gboolean
improve_with (Local *self, guint move, gboolean (*act) (Local *, guint))
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
improve_with_swaps (Local *self)
{
  gboolean better = FALSE;

  for (guint a = self->from; a < self->n_slots && self->effort > 0; a++) {
    guint last = MIN (a + SWAP_REACH, self->n_slots - 1);
    guint since = self->tried[SWAP][a];

    self->tried[SWAP][a] = self->now;
    for (guint b = a + 1; b <= last && self->effort > 0; b++) {
      if (MAX (self->changed[a], self->changed[b]) > since)
        better |= swap (self, a, b);
    }
  }

  return better;
}

static gboolean
improve_takes (Local *self)
{
  gboolean better = improve_with (self, REPLACE, replace);

  better |= improve_with_swaps (self);
  better |= improve_with (self, CHAIN, chain);

  return better;
}

static gboolean
is_due (const Local *self, guint from, guint to)
{
  for (guint i = from; i < to; i++) {
    if (self->changed[i] > self->tried[ANEW][from])
      return TRUE;
  }

  return FALSE;
}

/* Stretches lie across the borders of each other. */
static gboolean
improve_stretches (Local *self)
{
  gboolean better = FALSE;

  for (guint from = self->from; from < self->n_slots && self->effort > 0;
       from += STRETCH / 2) {
    guint to = MIN (from + STRETCH, self->n_slots);
    if (!is_due (self, from, to))
      continue;
    self->tried[ANEW][from] = self->now;
    better |= choose_anew (self, from, to);
  }

  return better;
}

static void
local_init (Local *self)
{
  const MontageMaterial *material = self->scorer->material;

  self->source_count = g_new0 (guint, material->n_sources + 1);
  self->first_use = g_new (guint, material->spans->len + 1);
  self->next_use = g_new (guint, self->n_slots + 1);
  self->scratch = g_new (MontageUse, self->n_slots + 1);
  self->worth = g_new (gdouble, self->n_slots + 1);
  self->changed = g_new (guint, self->n_slots + 1);
  for (guint i = 0; i < N_MOVES; i++)
    self->tried[i] = g_new0 (guint, self->n_slots + 1);
  self->now = 1;
  self->beam = montage_beam_new (self->choices, STRETCH_BEAM);
  for (guint i = 0; i < material->spans->len; i++)
    self->first_use[i] = NONE;
  for (guint i = 0; i < self->n_slots; i++) {
    self->worth[i] = NAN;
    self->changed[i] = self->now;
    add (self, i);
  }
}

static void
local_clear (Local *self)
{
  g_free (self->source_count);
  g_free (self->first_use);
  g_free (self->next_use);
  g_free (self->scratch);
  g_free (self->worth);
  g_free (self->changed);
  for (guint i = 0; i < N_MOVES; i++)
    g_free (self->tried[i]);
  montage_beam_free (self->beam);
}

void
montage_local_improve (const MontageChoices *choices, GArray *takes, guint from,
    guint effort)
{
  Local self = {.choices = choices,
      .scorer = choices->scorer,
      .takes = takes,
      .from = from,
      .n_slots = takes->len,
      .effort = effort};

  if (effort == 0 || from >= takes->len)
    return;
  local_init (&self);
  do {
    while (improve_takes (&self))
      continue;
  } while (improve_stretches (&self));
  local_clear (&self);
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
