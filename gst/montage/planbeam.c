/* SPDX-License-Identifier: LGPL-2.1-or-later */

/* Layer by layer the best extensions of all partial films. What cannot be among
 * them is not looked at: choices come with the most worth first. */

#include <math.h>

#include "planlooks.h"
#include "planbeam.h"
#include "planrandom.h"

#define NONE G_MAXUINT
/* A beam as wide as this has room for it. */
#define FINE_WIDTH 128
/* What compares with so many other uses counts as another evaluation. */
#define USES_PER_EFFORT 2

/* A partial film: its last cut, and the one before it. */
typedef struct
{
  gdouble value;
  guint parent;   /* entry of the slot before, or NONE */
  guint same_use; /* entry of the use of the same look before, or NONE */
  guint slot;
  MontageTake take;
  guint64 key; /* of the set of spans used */
} Entry;

typedef struct
{
  gdouble value;
  guint parent; /* in the layer before */
  MontageTake take;
  guint64 key;
} Proposal;

struct _MontageBeam
{
  const MontageChoices *choices;
  const MontageScorer *scorer;
  guint n_spans;
  guint n_sources;
  guint n_slots;
  guint width;
  gboolean fine; /* films that differ in their in-points alone differ */

  /* What is filled, and what is around it. */
  const GArray *takes;
  guint from;
  guint to;
  guint *first_use; /* per look: a slot outside that shows it, or NONE */
  guint *next_use;  /* per slot outside: another one */
  guint8 *shown;    /* sources that are shown outside */

  GArray *entries; /* of Entry, of all slots */
  guint first;     /* entry of the layer */
  guint n_members;
  /* Per partial film: the last use of each span inside, the sources inside. */
  guint *uses;
  guint *next_uses;
  guint8 *seen;
  guint8 *next_seen;

  Proposal *pool; /* the next layer, best first */
  guint n_pool;
  MontageUse *scratch;
  guint effort;
};

static Entry *
get_entry (const MontageBeam *self, guint index)
{
  return &g_array_index (self->entries, Entry, index);
}

static guint
get_source (const MontageBeam *self, guint span)
{
  return g_array_index (self->scorer->material->spans, MontageSpan, span)
      .source;
}

MontageBeam *
montage_beam_new (const MontageChoices *choices, guint width)
{
  MontageBeam *self = g_new0 (MontageBeam, 1);

  self->choices = choices;
  self->scorer = choices->scorer;
  self->n_spans = choices->n_spans;
  self->n_sources = self->scorer->material->n_sources;
  self->n_slots = choices->n_slots;
  self->width = width;
  self->fine = width >= FINE_WIDTH;
  self->first_use = g_new (guint, self->n_spans + 1);
  self->next_use = g_new (guint, self->n_slots + 1);
  self->shown = g_new (guint8, self->n_sources + 1);
  self->entries = g_array_new (FALSE, FALSE, sizeof (Entry));
  self->uses = g_new (guint, (gsize) width * self->n_spans + 1);
  self->next_uses = g_new (guint, (gsize) width * self->n_spans + 1);
  self->seen = g_new (guint8, (gsize) width * self->n_sources + 1);
  self->next_seen = g_new (guint8, (gsize) width * self->n_sources + 1);
  self->pool = g_new (Proposal, width);
  self->scratch = g_new (MontageUse, self->n_slots + 1);

  return self;
}

void
montage_beam_free (MontageBeam *self)
{
  g_free (self->first_use);
  g_free (self->next_use);
  g_free (self->shown);
  g_array_unref (self->entries);
  g_free (self->uses);
  g_free (self->next_uses);
  g_free (self->seen);
  g_free (self->next_seen);
  g_free (self->pool);
  g_free (self->scratch);
  g_free (self);
}

static guint
get_look (const MontageBeam *self, guint span)
{
  return montage_looks_get (self->scorer->material, span);
}

/* The in-point of @take in times of @span, which looks the same. */
static GstClockTime
same_time (const MontageBeam *self, const MontageTake *take, guint span)
{
  return montage_looks_time (self->scorer->material, take->span, take->in_point,
      span);
}

static void
start (MontageBeam *self, const GArray *takes, guint from, guint to)
{
  self->takes = takes;
  self->from = from;
  self->to = to;
  for (guint i = 0; i < self->n_spans; i++)
    self->first_use[i] = self->uses[i] = NONE;
  memset (self->shown, 0, self->n_sources);
  memset (self->seen, 0, self->n_sources);
  for (guint i = 0; i < takes->len; i++) {
    guint span = g_array_index (takes, MontageTake, i).span;
    if ((from <= i && i < to) || span == MONTAGE_NO_SPAN)
      continue;
    self->next_use[i] = self->first_use[get_look (self, span)];
    self->first_use[get_look (self, span)] = i;
    self->shown[get_source (self, span)] = 1;
  }
  g_array_set_size (self->entries, 0);
  self->n_members = 1;
  self->n_pool = 0;
  self->effort = 0;
}

static guint
distance (guint a, guint b)
{
  return a > b ? a - b : b - a;
}

static guint
gather_uses (MontageBeam *self, guint member, guint span, guint slot)
{
  guint look = get_look (self, span), n = 0;

  for (guint at = self->first_use[look]; at != NONE; at = self->next_use[at]) {
    if (distance (slot, at) > MONTAGE_REUSE_REACH)
      continue;
    self->scratch[n].slot = at;
    self->scratch[n++].in_point = same_time (self,
        &g_array_index (self->takes, MontageTake, at), span);
  }
  for (guint at = self->uses[(gsize) member * self->n_spans + look];
       at != NONE;) {
    const Entry *entry = get_entry (self, at);
    if (slot - entry->slot > MONTAGE_REUSE_REACH)
      break;
    self->scratch[n].slot = entry->slot;
    self->scratch[n++].in_point = same_time (self, &entry->take, span);
    at = entry->same_use;
  }

  return n;
}

/* Of films that used the same shots and end alike, the best is kept. */
static gboolean
make_room (MontageBeam *self, const Proposal *proposal)
{
  for (guint i = 0; i < self->n_pool; i++) {
    if (self->pool[i].key != proposal->key
        || self->pool[i].take.span != proposal->take.span)
      continue;
    if (self->pool[i].value >= proposal->value)
      return FALSE;
    self->n_pool--;
    memmove (&self->pool[i], &self->pool[i + 1],
        (self->n_pool - i) * sizeof (Proposal));
    return TRUE;
  }
  if (self->n_pool == self->width)
    self->n_pool--;

  return TRUE;
}

static void
propose (MontageBeam *self, const Proposal *proposal)
{
  guint at;

  if (!make_room (self, proposal))
    return;
  for (at = self->n_pool; at > 0; at--) {
    if (self->pool[at - 1].value >= proposal->value)
      break;
    self->pool[at] = self->pool[at - 1];
  }
  self->pool[at] = *proposal;
  self->n_pool++;
}

static gdouble
worst (const MontageBeam *self)
{
  return self->n_pool == self->width ? self->pool[self->n_pool - 1].value
                                     : -INFINITY;
}

/* What is next to a slot: up to MONTAGE_SCORE_LAGS cuts on both sides, those
 * after it only where they are settled. */
typedef struct
{
  MontageTake before[MONTAGE_SCORE_LAGS];
  MontageTake after[MONTAGE_SCORE_LAGS];
  gdouble most; /* what all pairs with them are worth at most */
} Neighbours;

static void
find_neighbours (const MontageBeam *self, guint member, guint slot,
    Neighbours *near)
{
  guint entry = slot > self->from ? self->first + member : NONE;

  for (guint lag = 1; lag <= MONTAGE_SCORE_LAGS; lag++) {
    near->before[lag - 1].span = near->after[lag - 1].span = MONTAGE_NO_SPAN;
    if (slot + lag >= self->to && slot + lag < self->n_slots)
      near->after[lag - 1] = g_array_index (self->takes, MontageTake,
          slot + lag);
    if (entry != NONE) {
      near->before[lag - 1] = get_entry (self, entry)->take;
      entry = get_entry (self, entry)->parent;
    } else if (slot >= lag) {
      near->before[lag - 1] = g_array_index (self->takes, MontageTake,
          slot - lag);
    }
  }
  near->most = 0.0;
  if (near->before[0].span != MONTAGE_NO_SPAN)
    near->most += self->choices->after_most[near->before[0].span];
  if (near->after[0].span != MONTAGE_NO_SPAN)
    near->most += self->choices->before_most[near->after[0].span];
}

static gdouble
pairs_most (const MontageBeam *self, const Neighbours *near, guint span)
{
  gdouble most = 0.0;

  if (near->before[0].span != MONTAGE_NO_SPAN)
    most += montage_choices_pair_most (self->choices, near->before[0].span,
        span);
  if (near->after[0].span != MONTAGE_NO_SPAN)
    most += montage_choices_pair_most (self->choices, span,
        near->after[0].span);

  return most;
}

static gdouble
pairs (const MontageBeam *self, const Neighbours *near, guint slot,
    const MontageTake *take)
{
  gdouble points = 0.0;

  for (guint lag = 1; lag <= MONTAGE_SCORE_LAGS; lag++) {
    if (near->before[lag - 1].span != MONTAGE_NO_SPAN)
      points += montage_score_pair (self->scorer, slot, lag,
          &near->before[lag - 1], take, NULL);
    if (near->after[lag - 1].span != MONTAGE_NO_SPAN)
      points += montage_score_pair (self->scorer, slot + lag, lag, take,
          &near->after[lag - 1], NULL);
  }

  return points;
}

/* Proposes the best in-point of @choice, or in a fine search each of them.
 * @proposal: what is the same for all, its value without in-point and pairs */
static void
propose_takes (MontageBeam *self, guint slot, const MontageChoice *choice,
    const Neighbours *near, guint n_uses, gdouble bound,
    const Proposal *proposal)
{
  MontageOffer offers[MONTAGE_MAX_OFFERS];
  guint n = montage_choices_offer (self->choices, slot, choice, self->scratch,
      n_uses, worst (self) - proposal->value - bound, offers);
  Proposal best = {.value = -INFINITY};

  for (guint i = 0; i < n; i++) {
    Proposal one = *proposal;

    one.value += offers[i].points;
    if (one.value + bound <= MAX (worst (self), best.value))
      continue;
    one.value += pairs (self, near, slot, &offers[i].take);
    one.take = offers[i].take;
    if (self->fine) {
      one.key += montage_hash (one.take.in_point);
      if (one.value > worst (self))
        propose (self, &one);
    } else if (one.value > best.value) {
      best = one;
    }
  }
  if (best.value > worst (self))
    propose (self, &best);
}

static void
extend (MontageBeam *self, guint member, guint slot)
{
  const GArray *choices = self->choices->slots[slot];
  const GArray *order = self->choices->by_worth[slot];
  guint parent = slot > self->from ? self->first + member : NONE;
  gdouble value = parent != NONE ? get_entry (self, parent)->value : 0.0;
  guint64 key = parent != NONE ? get_entry (self, parent)->key : 0;
  const guint8 *seen = self->seen + (gsize) member * self->n_sources;
  Neighbours near;

  find_neighbours (self, member, slot, &near);
  for (guint i = 0; i < order->len; i++) {
    const MontageChoice *choice = &g_array_index (choices, MontageChoice,
        g_array_index (order, guint, i));
    guint source = get_source (self, choice->span);
    gdouble most = value + choice->most, base = value + choice->alone;
    gdouble bound = pairs_most (self, &near, choice->span);
    Proposal proposal = {.parent = member};
    guint n_uses;

    if (most + near.most + montage_score_coverage_most (self->scorer)
        <= worst (self))
      break;
    if (!self->shown[source] && !seen[source])
      base += montage_score_coverage (self->scorer, source);
    if (base + choice->most - choice->alone + bound <= worst (self))
      continue;

    n_uses = gather_uses (self, member, choice->span, slot);
    self->effort += 1 + n_uses / USES_PER_EFFORT;
    proposal.value = base;
    proposal.key = key + montage_hash (choice->span);
    propose_takes (self, slot, choice, &near, n_uses, bound, &proposal);
  }
}

static void
swap_states (MontageBeam *self)
{
  guint *uses = self->uses;
  guint8 *seen = self->seen;

  self->uses = self->next_uses;
  self->next_uses = uses;
  self->seen = self->next_seen;
  self->next_seen = seen;
}

/* The pool becomes the next layer. */
static void
advance (MontageBeam *self, guint slot)
{
  guint first = self->entries->len;

  for (guint i = 0; i < self->n_pool; i++) {
    const Proposal *proposal = &self->pool[i];
    guint span = proposal->take.span;
    guint *uses = self->next_uses + (gsize) i * self->n_spans;
    guint8 *seen = self->next_seen + (gsize) i * self->n_sources;
    Entry entry = {.value = proposal->value,
        .parent = slot > self->from ? self->first + proposal->parent : NONE,
        .slot = slot,
        .take = proposal->take,
        .key = proposal->key};

    memcpy (uses, self->uses + (gsize) proposal->parent * self->n_spans,
        self->n_spans * sizeof (guint));
    memcpy (seen, self->seen + (gsize) proposal->parent * self->n_sources,
        self->n_sources);
    entry.same_use = uses[get_look (self, span)];
    uses[get_look (self, span)] = first + i;
    seen[get_source (self, span)] = 1;
    g_array_append_val (self->entries, entry);
  }
  swap_states (self);
  self->first = first;
  self->n_members = self->n_pool;
  self->n_pool = 0;
}

guint
montage_beam_fill (MontageBeam *self, GArray *takes, guint from, guint to)
{
  guint at;

  if (from >= to)
    return 0;
  start (self, takes, from, to);
  for (guint slot = from; slot < to; slot++) {
    for (guint member = 0; member < self->n_members; member++)
      extend (self, member, slot);
    advance (self, slot);
  }

  at = self->first;
  for (guint i = 1; i < self->n_members; i++) {
    if (get_entry (self, self->first + i)->value > get_entry (self, at)->value)
      at = self->first + i;
  }
  for (; at != NONE; at = get_entry (self, at)->parent)
    g_array_index (takes, MontageTake,
        get_entry (self, at)->slot) = get_entry (self, at)->take;

  return self->effort;
}
