/* SPDX-License-Identifier: LGPL-2.1-or-later */

/* A Lagrangian relaxation (Fisher 1981). What couples all cuts is paid for by
 * prices: a use of a span costs lambda, a use of a source earns mu, and for any
 * prices the best film of the relaxed problem plus
 *
 *   sum over spans of max over k of (lambda k - reuse (k))
 *   + sum over sources of (coverage - mu)
 *
 * is a bound. reuse (k) is what showing a span k times costs at least: k cuts
 * of the shortest length m in L seconds overlap least where they lie evenly, k m
 * / L of them over each other. Neighbours further apart than one cut, and how
 * far apart repeats are, only take points away and are left out.
 *
 * Good prices are found by the subgradient method (Held, Wolfe, Crowder 1974),
 * first with every pair shared out between its two cuts, which needs no path,
 * then with the pairs as they are, by dynamic programming. */

#include <math.h>

#include "planbound.h"
#include "planlocal.h"

#define ROUNDS_APART 40
#define ROUNDS_PATH 2
/* Rounds without progress after which steps become shorter. */
#define PATIENCE 5

/* A choice of a slot. */
typedef struct
{
  guint span;
  guint source;
  gdouble worth; /* alone and its best moment */
  gdouble value; /* with prices; in a path: of the best film up to here */
  guint before;  /* choice of the slot before on the best path */
} Node;

typedef struct
{
  const MontageChoices *choices;
  const MontageScorer *scorer;
  const GArray *takes;
  guint from;
  guint n_slots;
  guint n_spans;
  guint n_sources;
  GArray **nodes; /* of Node, per slot */
  gdouble *lambda;
  gdouble *mu;
  gdouble *earned; /* what the first cut of each source earns */
  gdouble *room;   /* per span: L / m */
  gdouble repeat;  /* what a full overlap costs at least */
  guint *uses;     /* per span, in the relaxed film */
  guint *shows;    /* per source */
} Bound;

static Node *
get_node (const Bound *self, guint slot, guint index)
{
  return &g_array_index (self->nodes[slot], Node, index);
}

static guint
get_source (const Bound *self, guint span)
{
  return montage_scorer_span (self->scorer, span)->source;
}

/* ---- what a span costs that is shown @k times ---- */

/* Pairs in a pile of @depth, between whole numbers by line. */
static gdouble
pairs_in_pile (gdouble depth)
{
  gdouble low = floor (depth);

  return low * (low - 1) / 2 + (depth - low) * low;
}

static gdouble
cost_of_uses (const Bound *self, guint span, guint k)
{
  gdouble room = self->room[span];

  return self->repeat * room * pairs_in_pile (k / room);
}

/* The number of uses that the price of a span is worth most for. */
static guint
best_uses (const Bound *self, guint span, gdouble *gain)
{
  guint most = self->n_slots - self->from, k = 0;

  *gain = 0.0;
  while (k < most) {
    gdouble next = self->lambda[span] * (k + 1)
        - cost_of_uses (self, span, k + 1);
    if (next < *gain)
      break;
    *gain = next;
    k++;
  }

  return k;
}

/* ---- set up ---- */

static void
add_nodes (Bound *self, guint slot)
{
  const GArray *choices = self->choices->slots[slot];
  const MontageTake *take = &g_array_index (self->takes, MontageTake, slot);

  self->nodes[slot] = g_array_sized_new (FALSE, FALSE, sizeof (Node),
      choices->len);
  for (guint i = 0; i < choices->len; i++) {
    const MontageChoice *choice = &g_array_index (choices, MontageChoice, i);
    Node node = {.span = choice->span,
        .source = get_source (self, choice->span)};
    gdouble moment = choice->most - choice->alone;

    /* In-points that only the search has made count as well. */
    if (choice->span == take->span)
      moment = MAX (moment, take->moment);
    node.worth = choice->alone + moment
        - montage_choices_jitter (self->choices, slot, choice->span);
    g_array_append_val (self->nodes[slot], node);
  }
}

static void
find_rooms (Bound *self)
{
  GstClockTime shortest = GST_CLOCK_TIME_NONE;
  GstClockTime frame =
      gst_montage_output_frame_time (&self->scorer->film->output, 1);

  for (guint i = self->from; i < self->n_slots; i++)
    shortest = MIN (shortest, self->scorer->lengths[i]);
  for (guint i = 0; i < self->n_spans; i++) {
    const MontageSpan *span = montage_scorer_span (self->scorer, i);
    gdouble length = (gdouble) (span->last - span->first + 2 * frame);

    /* A still has room for any number; repeats that are very far apart cost
     * nothing. */
    self->room[i] = span->still || self->n_slots > MONTAGE_REUSE_REACH
        ? self->n_slots
        : MAX (length / (gdouble) MAX (shortest, 1), 1.0);
  }
}

static void
find_earnings (Bound *self)
{
  for (guint i = 0; i < self->n_sources; i++)
    self->earned[i] = montage_score_coverage (self->scorer, i);
  for (guint i = 0; i < self->from; i++) {
    guint span = g_array_index (self->takes, MontageTake, i).span;
    if (span != MONTAGE_NO_SPAN)
      self->earned[get_source (self, span)] = 0.0;
  }
}

static void
bound_init (Bound *self)
{
  self->nodes = g_new0 (GArray *, self->n_slots + 1);
  self->lambda = g_new0 (gdouble, self->n_spans + 1);
  self->mu = g_new0 (gdouble, self->n_sources + 1);
  self->earned = g_new0 (gdouble, self->n_sources + 1);
  self->room = g_new0 (gdouble, self->n_spans + 1);
  self->uses = g_new0 (guint, self->n_spans + 1);
  self->shows = g_new0 (guint, self->n_sources + 1);
  self->repeat = montage_score_repeat_least (self->scorer);
  for (guint i = self->from; i < self->n_slots; i++)
    add_nodes (self, i);
  find_rooms (self);
  find_earnings (self);
}

static void
bound_clear (Bound *self)
{
  for (guint i = self->from; i < self->n_slots; i++)
    g_array_unref (self->nodes[i]);
  g_free (self->nodes);
  g_free (self->lambda);
  g_free (self->mu);
  g_free (self->earned);
  g_free (self->room);
  g_free (self->uses);
  g_free (self->shows);
}

/* ---- the relaxed film ---- */

static gdouble
priced (const Bound *self, const Node *node)
{
  return node->worth - self->lambda[node->span] + self->mu[node->source];
}

static void
count (Bound *self, const Node *node)
{
  self->uses[node->span]++;
  self->shows[node->source]++;
}

/* Half of what a pair can be worth at most belongs to each of its cuts. */
static gdouble
best_apart (Bound *self)
{
  gdouble total = 0.0;

  for (guint slot = self->from; slot < self->n_slots; slot++) {
    const Node *winner = NULL;
    gdouble best = -INFINITY;

    for (guint i = 0; i < self->nodes[slot]->len; i++) {
      const Node *node = get_node (self, slot, i);
      gdouble value = priced (self, node);
      if (slot > 0)
        value += self->choices->before_most[node->span] / 2;
      if (slot + 1 < self->n_slots)
        value += self->choices->after_most[node->span] / 2;
      if (value > best) {
        best = value;
        winner = node;
      }
    }
    total += best;
    count (self, winner);
  }
  /* The settled cut before has given its half to nobody. */
  if (self->from > 0)
    total += MAX (montage_score_any_pair_most (self->scorer), 0.0) / 2;

  return total;
}

static gint
compare_value (gconstpointer a, gconstpointer b, gpointer data)
{
  const Node *nodes = data;
  guint i = *(const guint *) a, j = *(const guint *) b;

  if (nodes[i].value != nodes[j].value)
    return nodes[i].value > nodes[j].value ? -1 : 1;
  return (i > j) - (i < j);
}

/* The best way to each choice of @slot from those of the slot before, the most
 * promising ones first. */
static void
extend (const Bound *self, guint slot, guint *order)
{
  const Node *last = (const Node *) self->nodes[slot - 1]->data;
  guint n = self->nodes[slot - 1]->len;

  for (guint i = 0; i < n; i++)
    order[i] = i;
  g_qsort_with_data (order, n, sizeof (guint), compare_value, (gpointer) last);
  for (guint i = 0; i < self->nodes[slot]->len; i++) {
    Node *node = get_node (self, slot, i);
    gdouble most = self->choices->before_most[node->span], best = -INFINITY;

    for (guint k = 0; k < n && last[order[k]].value + most > best; k++) {
      gdouble value = last[order[k]].value
          + montage_choices_pair_most (self->choices, last[order[k]].span,
              node->span);
      if (value > best) {
        best = value;
        node->before = order[k];
      }
    }
    node->value = best + priced (self, node);
  }
}

static gdouble
best_path (Bound *self)
{
  g_autofree guint *order = g_new (guint, self->n_spans + 1);
  guint at = 0, slot = self->from;
  gdouble best = -INFINITY;

  for (guint i = 0; i < self->nodes[slot]->len; i++) {
    Node *node = get_node (self, slot, i);
    node->value = priced (self, node);
    if (slot > 0)
      node->value += self->choices->before_most[node->span];
  }
  while (++slot < self->n_slots)
    extend (self, slot, order);
  slot--;
  for (guint i = 0; i < self->nodes[slot]->len; i++) {
    if (get_node (self, slot, i)->value > best) {
      best = get_node (self, slot, i)->value;
      at = i;
    }
  }
  for (;; slot--) {
    const Node *node = get_node (self, slot, at);
    count (self, node);
    at = node->before;
    if (slot == self->from)
      break;
  }

  return best;
}

/* ---- prices ---- */

/* What the prices give back. */
static gdouble
refund (const Bound *self)
{
  gdouble points = 0.0, gain;

  for (guint i = 0; i < self->n_spans; i++) {
    best_uses (self, i, &gain);
    points += gain;
  }
  for (guint i = 0; i < self->n_sources; i++)
    points += self->earned[i] - self->mu[i];

  return points;
}

/* A step of @length against the subgradient. */
static void
move_prices (Bound *self, gdouble length)
{
  gdouble gain, norm = 1e-9;

  for (guint i = 0; i < self->n_spans; i++) {
    gdouble slope = (gdouble) self->uses[i] - best_uses (self, i, &gain);
    norm += slope * slope;
  }
  for (guint i = 0; i < self->n_sources; i++) {
    gdouble slope = (gdouble) self->shows[i] - 1;
    norm += slope * slope;
  }
  for (guint i = 0; i < self->n_spans; i++) {
    gdouble slope = (gdouble) self->uses[i] - best_uses (self, i, &gain);
    self->lambda[i] = MAX (self->lambda[i] + length / norm * slope, 0.0);
  }
  for (guint i = 0; i < self->n_sources; i++) {
    gdouble slope = 1 - (gdouble) self->shows[i];
    self->mu[i] = CLAMP (self->mu[i] + length / norm * slope, 0.0,
        self->earned[i]);
  }
}

/* The least bound of some rounds; steps lead towards @target, which a film
 * has. The prices of the best round stay. */
static gdouble
lower (Bound *self, gdouble (*relaxed) (Bound *), guint n_rounds,
    gdouble target)
{
  g_autofree gdouble *lambda = g_new (gdouble, self->n_spans + 1);
  g_autofree gdouble *mu = g_new (gdouble, self->n_sources + 1);
  gdouble least = INFINITY, pace = 1.0;
  guint idle = 0;

  for (guint round = 0; round < n_rounds; round++) {
    gdouble bound;

    memset (self->uses, 0, self->n_spans * sizeof (guint));
    memset (self->shows, 0, self->n_sources * sizeof (guint));
    bound = relaxed (self) + refund (self);
    if (bound < least) {
      least = bound;
      idle = 0;
      memcpy (lambda, self->lambda, self->n_spans * sizeof (gdouble));
      memcpy (mu, self->mu, self->n_sources * sizeof (gdouble));
    } else if (++idle == PATIENCE) {
      pace /= 2;
      idle = 0;
    }
    move_prices (self, pace * MAX (bound - target, 1.0));
  }
  memcpy (self->lambda, lambda, self->n_spans * sizeof (gdouble));
  memcpy (self->mu, mu, self->n_sources * sizeof (gdouble));

  return least;
}

gdouble
montage_bound_compute (const MontageChoices *choices, const GArray *takes,
    guint from)
{
  Bound self = {.choices = choices,
      .scorer = choices->scorer,
      .takes = takes,
      .from = from,
      .n_slots = choices->n_slots,
      .n_spans = choices->n_spans,
      .n_sources = choices->scorer->material->n_sources};
  gdouble bound, target;

  if (from >= choices->n_slots)
    return 0.0;
  bound_init (&self);
  target = montage_local_total (choices, takes, from);
  bound = lower (&self, best_apart, ROUNDS_APART, target);
  if (choices->pair_most != NULL)
    bound = MIN (bound, lower (&self, best_path, ROUNDS_PATH, target));
  bound_clear (&self);

  return bound;
}
