/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include <math.h>

#include "planchoices.h"
#include "planrandom.h"

/* Points by which a seed shifts what a span is worth in a slot: enough to swap
 * near equals, against the 50 points of the energy. */
#define JITTER 3.0
/* With very much footage only the best spans of each slot are compared: at
 * least this many, and twice as many as there are slots, so that none has to
 * be shown twice for want of others. */
#define MIN_CHOICES 256
#define MAX_CHOICES 1024
#define ALL_CHOICES 600000
#define FEWEST_CHOICES 48
/* The matrix of what pairs may be worth takes 4 n^2 bytes. */
#define MAX_MATRIX 1024
/* Its values are never too small. */
#define ROUNDING 1e-4
/* Further in-points that are tried in a span that is used already. */
#define N_TILES 8
#define N_GAPS 8u
/* Where a choice has such an in-point, others are not looked for. */
#define TILE_POINTS 1.0

static guint
max_choices (guint n_slots)
{
  guint most = CLAMP (2 * n_slots, MIN_CHOICES, MAX_CHOICES);

  return MAX (MIN (most, ALL_CHOICES / n_slots), FEWEST_CHOICES);
}

static gint
compare_worth (gconstpointer a, gconstpointer b)
{
  const MontageChoice *x = a, *y = b;

  if (x->alone != y->alone)
    return x->alone > y->alone ? -1 : 1;
  return (x->span > y->span) - (x->span < y->span);
}

static gint
compare_span (gconstpointer a, gconstpointer b)
{
  const MontageChoice *x = a, *y = b;

  return (x->span > y->span) - (x->span < y->span);
}

/* Leaves the @most best and the best of each source. */
static void
prune (const MontageScorer *scorer, GArray *choices, guint most)
{
  g_autofree gboolean *seen = g_new0 (gboolean, scorer->material->n_sources);
  guint kept = 0;

  if (choices->len <= most)
    return;
  g_array_sort (choices, compare_worth);
  for (guint i = 0; i < choices->len; i++) {
    MontageChoice choice = g_array_index (choices, MontageChoice, i);
    guint source = g_array_index (scorer->material->spans, MontageSpan,
        choice.span)
                       .source;
    if (i < most || !seen[source])
      g_array_index (choices, MontageChoice, kept++) = choice;
    seen[source] = TRUE;
  }
  g_array_set_size (choices, kept);
  g_array_sort (choices, compare_span);
}

static gdouble
jitter (const MontageScorer *scorer, guint slot, guint span)
{
  return JITTER * (2 * montage_random (scorer->seed, slot, span) - 1);
}

/* The spans that are long enough for a slot, of those that @rules allow. */
static void
add_choices (const MontageScorer *scorer, guint slot, const MontageRules *rules,
    GArray *choices)
{
  const GArray *spans = scorer->material->spans;
  guint64 n_frames = montage_slot_material (
      &g_array_index (scorer->slots, MontageSlot, slot));

  for (guint i = 0; i < spans->len; i++) {
    GstMontageScore score = {0};
    MontageChoice choice = {.span = i};
    if (!montage_rules_allow (rules, slot, i)
        || montage_material_span_frames (scorer->material,
               &g_array_index (spans, MontageSpan, i))
            < n_frames)
      continue;
    choice.alone = montage_score_alone (scorer, slot, i, &score)
        + jitter (scorer, slot, i);
    g_array_append_val (choices, choice);
  }
}

/* Leaves out what nobody wants to see where there is anything else. */
static void
drop_flawed (const MontageScorer *scorer, guint slot, GArray *choices)
{
  guint kept = 0;

  for (guint i = 0; i < choices->len; i++) {
    MontageChoice choice = g_array_index (choices, MontageChoice, i);
    const MontageSpan *span = montage_scorer_span (scorer, choice.span);
    if (span->flaw == MONTAGE_FLAW_NONE
        || montage_rules_is_pinned (scorer->rules, slot, span->source))
      g_array_index (choices, MontageChoice, kept++) = choice;
  }
  if (kept > 0)
    g_array_set_size (choices, kept);
}

/* Where it begins is settled: FALSE if it is not. */
static gboolean
fix_point (const MontageScorer *scorer, guint slot, MontageChoice *choice,
    MontageTake *point)
{
  GstClockTime in_point;

  if (!montage_rules_is_pinned (scorer->rules, slot,
          g_array_index (scorer->material->spans, MontageSpan, choice->span)
              .source)
      || !montage_rules_in_point (scorer->rules, slot, &in_point))
    return FALSE;
  montage_score_take (scorer, slot, choice->span, in_point, point);
  choice->n_points = 1;
  choice->fixed = TRUE;

  return TRUE;
}

static GArray *
slot_choices (MontageChoices *self, guint slot)
{
  const MontageScorer *scorer = self->scorer;
  GArray *choices = g_array_new (FALSE, FALSE, sizeof (MontageChoice));

  add_choices (scorer, slot, scorer->rules, choices);
  /* Rather something else than nothing; montage_rules_check() says it. */
  if (choices->len == 0)
    add_choices (scorer, slot, NULL, choices);
  drop_flawed (scorer, slot, choices);
  prune (scorer, choices, max_choices (self->n_slots));

  for (guint i = 0; i < choices->len; i++) {
    MontageChoice *choice = &g_array_index (choices, MontageChoice, i);
    MontageTake points[MONTAGE_MAX_POINTS];
    if (!fix_point (scorer, slot, choice, points))
      choice->n_points = montage_score_points (scorer, slot, choice->span,
          points);
    choice->most = choice->alone + points[0].moment;
    choice->first_point = self->points->len;
    choice->number = self->n_choices++;
    g_array_append_vals (self->points, points, choice->n_points);
  }

  return choices;
}

static gint
compare_most (gconstpointer a, gconstpointer b, gpointer data)
{
  const GArray *choices = data;
  const MontageChoice *x = &g_array_index (choices, MontageChoice,
      *(const guint *) a);
  const MontageChoice *y = &g_array_index (choices, MontageChoice,
      *(const guint *) b);

  if (x->most != y->most)
    return x->most > y->most ? -1 : 1;
  return (x->span > y->span) - (x->span < y->span);
}

static GArray *
order_by_worth (GArray *choices)
{
  GArray *order = g_array_sized_new (FALSE, FALSE, sizeof (guint),
      choices->len);

  for (guint i = 0; i < choices->len; i++)
    g_array_append_val (order, i);
  g_array_sort_with_data (order, compare_most, choices);

  return order;
}

static void
bound_pairs (MontageChoices *self)
{
  guint n = self->n_spans;

  self->after_most = g_new (gfloat, n + 1);
  self->before_most = g_new (gfloat, n + 1);
  for (guint i = 0; i < n; i++)
    self->after_most[i] = self->before_most[i] = n > MAX_MATRIX
        ? (gfloat) montage_score_any_pair_most (self->scorer)
        : -G_MAXFLOAT;
  if (n > MAX_MATRIX)
    return;

  self->pair_most = g_new (gfloat, (gsize) n * n + 1);
  for (guint a = 0; a < n; a++) {
    for (guint b = 0; b < n; b++) {
      gfloat most = (gfloat) (montage_score_pair_most (self->scorer, a, b)
          + ROUNDING);
      self->pair_most[(gsize) a * n + b] = most;
      self->after_most[a] = MAX (self->after_most[a], most);
      self->before_most[b] = MAX (self->before_most[b], most);
    }
  }
}

MontageChoices *
montage_choices_new (const MontageScorer *scorer, guint from)
{
  MontageChoices *self = g_new0 (MontageChoices, 1);

  self->scorer = scorer;
  self->n_slots = scorer->slots->len;
  self->n_spans = scorer->material->spans->len;
  self->points = g_array_new (FALSE, FALSE, sizeof (MontageTake));
  self->slots = g_new0 (GArray *, self->n_slots);
  self->by_worth = g_new0 (GArray *, self->n_slots);
  for (guint i = from; i < self->n_slots; i++) {
    self->slots[i] = slot_choices (self, i);
    self->by_worth[i] = order_by_worth (self->slots[i]);
  }
  self->tiles = g_array_new (FALSE, FALSE, sizeof (MontageTake));
  self->first_tile = g_new0 (guint, self->n_choices + 1);
  bound_pairs (self);

  return self;
}

void
montage_choices_free (MontageChoices *self)
{
  for (guint i = 0; i < self->n_slots; i++) {
    g_clear_pointer (&self->slots[i], g_array_unref);
    g_clear_pointer (&self->by_worth[i], g_array_unref);
  }
  g_free (self->slots);
  g_free (self->by_worth);
  g_free (self->pair_most);
  g_free (self->after_most);
  g_free (self->before_most);
  g_array_unref (self->points);
  g_array_unref (self->tiles);
  g_free (self->first_tile);
  g_free (self);
}

gdouble
montage_choices_jitter (const MontageChoices *self, guint slot, guint span)
{
  return jitter (self->scorer, slot, span);
}

const MontageChoice *
montage_choices_find (const MontageChoices *self, guint slot, guint span)
{
  const GArray *choices = self->slots[slot];
  guint low = 0, high = choices->len;

  while (low < high) {
    guint middle = (low + high) / 2;
    if (g_array_index (choices, MontageChoice, middle).span < span)
      low = middle + 1;
    else
      high = middle;
  }
  if (low == choices->len
      || g_array_index (choices, MontageChoice, low).span != span)
    return NULL;

  return &g_array_index (choices, MontageChoice, low);
}

/* @in_point as near as the span allows. */
static MontageTake
place (const MontageChoices *self, guint slot, guint index,
    GstClockTime in_point, GstClockTime earliest, GstClockTime latest)
{
  const MontageScorer *scorer = self->scorer;
  const MontageSpan *span = &g_array_index (scorer->material->spans,
      MontageSpan, index);
  guint64 n_frames = montage_slot_material (
      &g_array_index (scorer->slots, MontageSlot, slot));
  MontageTake take;

  montage_score_take (scorer, slot, index,
      montage_material_snap (scorer->material, span,
          CLAMP (in_point, earliest, latest), n_frames),
      &take);

  return take;
}

/* Tile @i of [earliest, latest]: they cover it evenly, in an order of their own
 * per slot so that uses of a long take spread over it. */
static MontageTake
tile (const MontageChoices *self, guint slot, guint index, guint i,
    GstClockTime earliest, GstClockTime latest)
{
  gdouble at = (i + montage_random (self->scorer->seed, slot, G_MAXUINT32 + i))
      / N_TILES;

  return place (self, slot, index,
      earliest + (GstClockTime) (at * (gdouble) (latest - earliest)), earliest,
      latest);
}

/* What lies directly before or after another use of the span. */
static MontageTake
beside (const MontageChoices *self, guint slot, guint index,
    const MontageUse *use, gboolean after, GstClockTime earliest,
    GstClockTime latest)
{
  const MontageScorer *scorer = self->scorer;
  GstClockTime frame = gst_montage_output_frame_time (&scorer->film->output, 1);
  GstClockTime way = scorer->lengths[after ? use->slot : slot] + frame;
  GstClockTime in_point = after ? use->in_point + way
      : use->in_point > way     ? use->in_point - way
                                : 0;

  return place (self, slot, index, in_point, earliest, latest);
}

G_STATIC_ASSERT (
    MONTAGE_MAX_POINTS + N_TILES + 2 * N_GAPS <= MONTAGE_MAX_OFFERS);

typedef struct
{
  const MontageChoices *choices;
  guint slot;
  const MontageUse *uses;
  guint n_uses;
  gboolean only_best;
  gdouble least;
  gdouble best;
  MontageOffer *offers;
  guint n_offers;
} Offers;

/* What is left of @points with the reuse; the sum stops where it is too little.
 */
static gdouble
with_reuse (const Offers *self, const MontageTake *take, gdouble points)
{
  const MontageScorer *scorer = self->choices->scorer;

  for (guint i = 0; i < self->n_uses && points > self->least; i++) {
    const MontageUse *use = &self->uses[i];
    points += use->slot < self->slot
        ? montage_score_reuse (scorer, take->span, use->slot, use->in_point,
            self->slot, take->in_point)
        : montage_score_reuse (scorer, take->span, self->slot, take->in_point,
            use->slot, use->in_point);
  }

  return points;
}

static void
add_offer (Offers *self, const MontageTake *take)
{
  gdouble points = with_reuse (self, take, take->moment);

  self->best = MAX (self->best, points);
  if (points <= self->least)
    return;
  if (self->only_best) {
    self->least = points;
    self->n_offers = 0;
  }
  self->offers[self->n_offers++] = (MontageOffer){*take, points};
}

/* The tiles of a choice, which are made when they are needed first. */
static guint
find_tiles (const Offers *self, const MontageChoice *choice)
{
  const MontageChoices *choices = self->choices;
  guint *first = &choices->first_tile[choice->number];
  GstClockTime earliest, latest;

  if (*first > 0)
    return *first - 1;
  *first = choices->tiles->len + 1;
  montage_score_range (choices->scorer, self->slot, choice->span, &earliest,
      &latest);
  for (guint i = 0; i < N_TILES; i++) {
    MontageTake take = tile (choices, self->slot, choice->span, i, earliest,
        latest);
    take.moment = MIN (take.moment, choice->most - choice->alone);
    g_array_append_val (choices->tiles, take);
  }

  return *first - 1;
}

static void
add_tiles (Offers *self, const MontageChoice *choice)
{
  guint first = find_tiles (self, choice);

  for (guint i = 0; i < N_TILES && self->best < TILE_POINTS; i++)
    add_offer (self,
        &g_array_index (self->choices->tiles, MontageTake, first + i));
}

static void
add_besides (Offers *self, const MontageChoice *choice)
{
  GstClockTime earliest, latest;

  montage_score_range (self->choices->scorer, self->slot, choice->span,
      &earliest, &latest);
  for (guint i = 0;
       i < 2 * MIN (self->n_uses, N_GAPS) && self->best < TILE_POINTS; i++) {
    MontageTake take = beside (self->choices, self->slot, choice->span,
        &self->uses[i / 2], i % 2, earliest, latest);
    take.moment = MIN (take.moment, choice->most - choice->alone);
    add_offer (self, &take);
  }
}

static void
collect (Offers *self, const MontageChoice *choice)
{
  const MontageTake *points = &g_array_index (self->choices->points,
      MontageTake, choice->first_point);

  for (guint i = 0; i < choice->n_points && points[i].moment > self->least; i++)
    add_offer (self, &points[i]);
  /* Reuse only takes points away, so less than the best is no use. */
  if (self->n_uses == 0 || choice->fixed)
    return;
  if (MAX (self->best, self->least) < TILE_POINTS)
    add_tiles (self, choice);
  if (MAX (self->best, self->least) < TILE_POINTS)
    add_besides (self, choice);
}

guint
montage_choices_offer (const MontageChoices *self, guint slot,
    const MontageChoice *choice, const MontageUse *uses, guint n_uses,
    gdouble least, MontageOffer *offers)
{
  Offers all = {self, slot, uses, n_uses, FALSE, least, -INFINITY, offers, 0};

  collect (&all, choice);
  return all.n_offers;
}

gboolean
montage_choices_best (const MontageChoices *self, guint slot,
    const MontageChoice *choice, const MontageUse *uses, guint n_uses,
    gdouble least, MontageOffer *offer)
{
  Offers all = {self, slot, uses, n_uses, TRUE, least, -INFINITY, offer, 0};

  collect (&all, choice);
  return all.n_offers > 0;
}

gdouble
montage_choices_pick (const MontageChoices *self, guint slot,
    const MontageChoice *choice, const MontageUse *uses, guint n_uses,
    MontageTake *take)
{
  MontageOffer offer;

  montage_choices_best (self, slot, choice, uses, n_uses, -INFINITY, &offer);
  *take = offer.take;

  return offer.points;
}
