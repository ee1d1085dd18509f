/* SPDX-License-Identifier: LGPL-2.1-or-later */

/* The terms of a score that depend on the cut before: how the one shot ends and
 * the other begins. What editors look for there is in Murch's rule of six ("In
 * the Blink of an Eye", 1995): eye-trace, and the plane of the screen. */

#include <math.h>

#include "planscore.h"
#include "planview.h"

#define POINTS_DIRECTION 8.0
#define POINTS_POSITION 6.0
#define POINTS_LIGHT 10.0
#define POINTS_COLOR 4.0
#define POINTS_MATCH 24.0
#define POINTS_INVISIBLE 16.0
#define POINTS_SIZE 6.0
#define POINTS_VARIETY 5.0
#define POINTS_JUMP 24.0
/* How much size and variety count, by shot_variation_priority. */
static const gdouble priorities[] = {0.2, 1.0, 1.8};
#define MOST_PRIORITY 1.8
/* Showing a source again after 1, 2, 3 cuts. */
static const gdouble points_source[MONTAGE_SCORE_LAGS] = {12.0, 5.0, 2.0};

#define JUMP_GAP (5 * GST_SECOND)
#define JUMP_LIKENESS 0.75f
#define MATCH_LIKENESS 0.6f
/* Off the downbeat. */
#define WEAK_MATCH 0.6
/* The eye finds what it looks for within this part of the picture's width. */
#define EYE_REACH 0.4
/* Light may jump by this, and is a shock by so much more. */
#define LIGHT_STEP 0.2
#define LIGHT_SHOCK 0.4
/* Movement in which a cut can hide. */
#define LITTLE_MOTION 0.3
#define MUCH_MOTION 0.7
/* How well it hides it, of a whip 1. */
#define HIDING_MOTION 0.8
/* The mean distance of colours (of 1 between black and white) at which they
 * neither go together nor contrast, and that at which they contrast fully. */
#define COLOR_NEUTRAL 0.14
/* Light has a term of its own. */
#define LUMA_SHARE 0.35
#define PALETTE_SIZE 5
/* The matrix of pairs takes 12 n^2 bytes. */
#define MAX_MATRIX 1024

/* ---- pairs of spans ---- */

/* In four sums, so that the compiler may use vectors without reordering a
 * single one. */
gfloat
montage_span_likeness (const MontageSpan *a, const MontageSpan *b)
{
  const gfloat *x, *y;
  gfloat sum[4] = {0};

  if (!a->has_signature || !b->has_signature)
    return MONTAGE_UNKNOWN_LIKENESS;
  x = a->signature + MONTAGE_SIGNATURE_SIZE;
  y = b->signature;
  for (guint i = 0; i < MONTAGE_SIGNATURE_SIZE; i += 4) {
    for (guint k = 0; k < 4; k++)
      sum[k] += x[i + k] * y[i + k];
  }

  return sum[0] + sum[1] + sum[2] + sum[3];
}

/* The most frequent colours as luma and two differences, 0..1. */
typedef struct
{
  guint n;
  gfloat values[PALETTE_SIZE][3];
} Palette;

static Palette
read_palette (const MontageSpan *span)
{
  const GArray *colors = span->info->palette;
  Palette palette = {.n = MIN (colors->len, PALETTE_SIZE)};

  for (guint i = 0; i < palette.n; i++) {
    guint color = g_array_index (colors, guint, i);
    gfloat red = (gfloat) (color >> 16 & 0xff) / 255;
    gfloat green = (gfloat) (color >> 8 & 0xff) / 255;
    gfloat blue = (gfloat) (color & 0xff) / 255;
    gfloat luma = 0.299f * red + 0.587f * green + 0.114f * blue;

    palette.values[i][0] = (gfloat) LUMA_SHARE * luma;
    palette.values[i][1] = blue - luma;
    palette.values[i][2] = red - luma;
  }

  return palette;
}

/* How far the colours of @a are from the nearest of @b, the frequent ones
 * counting more. */
static gdouble
one_way (const Palette *a, const Palette *b)
{
  gdouble sum = 0.0, weights = 0.0;

  for (guint i = 0; i < a->n; i++) {
    gfloat nearest = G_MAXFLOAT;
    for (guint k = 0; k < b->n; k++) {
      gfloat y = a->values[i][0] - b->values[k][0];
      gfloat u = a->values[i][1] - b->values[k][1];
      gfloat v = a->values[i][2] - b->values[k][2];
      nearest = MIN (nearest, y * y + u * u + v * v);
    }
    sum += sqrt (nearest) / (i + 1);
    weights += 1.0 / (i + 1);
  }

  return sum / weights;
}

static gfloat
compute_harmony (const Palette *a, const Palette *b)
{
  gdouble distance;

  if (a->n == 0 || b->n == 0)
    return 0;
  distance = (one_way (a, b) + one_way (b, a)) / 2;

  return (gfloat) CLAMP (1.0 - distance / COLOR_NEUTRAL, -1.0, 1.0);
}

/* Another distance to the subject; other pictures than before, but not without
 * any relation: a distance around 0.55 is what editors choose. */
static void
usual_points (const MontageScorer *self, const MontageSpan *a,
    const MontageSpan *b, gfloat likeness, gdouble *size, gdouble *variety)
{
  gdouble priority =
      priorities[self->instructions->cinematography.shot_variation_priority];

  *size = *variety = 0.0;
  if (a->shot_size != GST_MONTAGE_SHOT_SIZE_UNKNOWN
      && b->shot_size != GST_MONTAGE_SHOT_SIZE_UNKNOWN
      && a->shot_size != b->shot_size)
    *size = montage_scorer_weight (self, GST_MONTAGE_TERM_SIZE) * POINTS_SIZE
        * priority;
  if (likeness != MONTAGE_UNKNOWN_LIKENESS) {
    gdouble x = ((1.0 - likeness) / 2 - 0.55) / 0.2;
    *variety = montage_scorer_weight (self, GST_MONTAGE_TERM_VARIETY)
        * POINTS_VARIETY * priority * exp (-x * x);
  }
}

static MontagePairing
make_pairing (const MontageScorer *self, guint a, guint b,
    const Palette *palette_a, const Palette *palette_b)
{
  const MontageSpan *x = montage_scorer_span (self, a);
  const MontageSpan *y = montage_scorer_span (self, b);
  MontagePairing pairing = {.likeness = montage_span_likeness (x, y),
      .harmony = compute_harmony (palette_a, palette_b)};
  gdouble size, variety;

  usual_points (self, x, y, pairing.likeness, &size, &variety);
  pairing.usual = (gfloat) (size + variety);

  return pairing;
}

MontagePairing *
montage_pairings_new (const MontageScorer *self)
{
  guint n = self->material->spans->len;
  g_autofree Palette *palettes = NULL;
  MontagePairing *pairings;

  if (n > MAX_MATRIX)
    return NULL;
  palettes = g_new (Palette, n + 1);
  pairings = g_new (MontagePairing, (gsize) n * n + 1);
  for (guint i = 0; i < n; i++)
    palettes[i] = read_palette (montage_scorer_span (self, i));
  for (guint a = 0; a < n; a++) {
    for (guint b = 0; b < n; b++)
      pairings[(gsize) a * n + b] = make_pairing (self, a, b, &palettes[a],
          &palettes[b]);
  }

  return pairings;
}

static MontagePairing
get_pairing (const MontageScorer *self, guint a, guint b)
{
  Palette x, y;

  if (self->pairings != NULL)
    return self->pairings[(gsize) a * self->material->spans->len + b];
  x = read_palette (montage_scorer_span (self, a));
  y = read_palette (montage_scorer_span (self, b));
  return make_pairing (self, a, b, &x, &y);
}

/* ---- a cut ---- */

/* A join of two takes. */
typedef struct
{
  const MontageScorer *scorer;
  guint slot; /* of the second */
  const MontageTake *before;
  const MontageTake *take;
  const MontageSpan *a;
  const MontageSpan *b;
  const MontageView *out; /* the last picture of the one */
  const MontageView *in;  /* the first of the other */
  MontagePairing pairing;
} Join;

static gboolean
match_cuts (const MontageScorer *self)
{
  return self->instructions->cinematography.match_cuts_enabled;
}

static gboolean
invisible_cuts (const MontageScorer *self)
{
  return self->instructions->cinematography.invisible_cuts_enabled;
}

/* Movement goes on in its direction. */
static gdouble
direction_points (const Join *join)
{
  return POINTS_DIRECTION
      * (join->out->way_x * join->in->way_x
          + join->out->way_y * join->in->way_y);
}

static gdouble
position_value (gdouble x, gdouble y)
{
  return MAX (1.0 - (x * x + y * y) / (EYE_REACH * EYE_REACH), 0.0);
}

/* The eye stays where it is: eye-trace. */
static gdouble
position_points (const Join *join)
{
  gdouble x, y;

  if (!join->out->has_focus || !join->in->has_focus)
    return 0.0;
  x = join->out->focus_x - join->in->focus_x;
  y = join->out->focus_y - join->in->focus_y;

  return POINTS_POSITION * position_value (x, y);
}

/* The light does not jump within a part of the song. */
static gdouble
light_points (const Join *join, const MontageSlot *slot)
{
  gdouble step = fabsf (join->out->brightness - join->in->brightness);

  if (slot->section_start || join->out->brightness < 0
      || join->in->brightness < 0)
    return 0.0;
  return -POINTS_LIGHT * CLAMP ((step - LIGHT_STEP) / LIGHT_SHOCK, 0.0, 1.0);
}

/* Colours that go together; those that contrast where a part begins. */
static gdouble
color_points (const Join *join, const MontageSlot *slot)
{
  return POINTS_COLOR * (slot->section_start ? -1 : 1) * join->pairing.harmony;
}

static gdouble
match_value (gdouble likeness)
{
  return (likeness - MATCH_LIKENESS) / (1.0 - MATCH_LIKENESS);
}

/* The signature shows the shot's first and last picture: they say as much of
 * the cut as the view has stayed the same since. */
static gdouble
match_points (const Join *join, const MontageSlot *slot)
{
  gdouble likeness = join->pairing.likeness, a, b;
  GstClockTime out;

  if (likeness <= MATCH_LIKENESS || join->a->source == join->b->source
      || !match_cuts (join->scorer))
    return 0.0;
  out = join->before->in_point + join->scorer->lengths[join->slot - 1];
  a = (gdouble) (join->a->last > out ? join->a->last - out : 0);
  b = (gdouble) (join->take->in_point - join->b->first);
  likeness *= MAX (1.0 - join->a->fading * a, 0.0)
      * MAX (1.0 - join->b->fading * b, 0.0);

  return POINTS_MATCH * MAX (match_value (likeness), 0.0)
      * (slot->downbeat ? 1.0 : WEAK_MATCH);
}

static gdouble
strength (gdouble motion)
{
  return CLAMP ((motion - LITTLE_MOTION) / (MUCH_MOTION - LITTLE_MOTION), 0.0,
      1.0);
}

/* A whip into a whip, a cut on movement, or pictures of one light, movement and
 * colour. */
static gdouble
invisible_points (const Join *join)
{
  const MontageView *out = join->out, *in = join->in;
  gdouble together = out->way_x * in->way_x + out->way_y * in->way_y;
  gdouble whip, moving, alike = 0.0;

  if (!invisible_cuts (join->scorer) || join->a->source == join->b->source)
    return 0.0;
  whip = MIN (out->whip, in->whip) * MAX (together, 0.0);
  moving = HIDING_MOTION * MIN (strength (out->motion), strength (in->motion))
      * MIN (1.0 + together, 1.0);
  if (out->brightness >= 0 && in->brightness >= 0)
    alike = MAX (1.0 - 3 * fabsf (out->brightness - in->brightness), 0.0)
        * MAX (1.0 - 2 * fabsf (out->motion - in->motion), 0.0)
        * MAX (join->pairing.harmony, 0.0f);

  return POINTS_INVISIBLE * MAX (MAX (whip, moving), alike);
}

gboolean
montage_span_jumps (const MontageSpan *a, const MontageSpan *b,
    GstClockTimeDiff gap, gfloat likeness)
{
  if (a->source != b->source || ABS (gap) >= (gint64) JUMP_GAP)
    return FALSE;

  return a == b || likeness == MONTAGE_UNKNOWN_LIKENESS
      || likeness > JUMP_LIKENESS;
}

static gboolean
is_jump_cut (const Join *join)
{
  GstClockTime out = join->before->in_point
      + join->scorer->lengths[join->slot - 1];

  return montage_span_jumps (join->a, join->b,
      GST_CLOCK_DIFF (out, join->take->in_point), join->pairing.likeness);
}

static void
add_usual (const Join *join, GstMontageScore *score)
{
  gdouble size, variety;

  usual_points (join->scorer, join->a, join->b, join->pairing.likeness, &size,
      &variety);
  score->terms[GST_MONTAGE_TERM_SIZE] += size;
  score->terms[GST_MONTAGE_TERM_VARIETY] += variety;
}

static gdouble
source_points (const MontageScorer *self, const MontageSpan *a,
    const MontageSpan *b, guint lag)
{
  if (a->source != b->source || self->n_usable <= 1)
    return 0.0;
  return -montage_scorer_weight (self, GST_MONTAGE_TERM_SOURCE)
      * points_source[lag - 1];
}

/* All of a cut but the source. */
static gdouble
join_points (const Join *join, GstMontageScore *score)
{
  static const GstMontageTerm set[] = {GST_MONTAGE_TERM_DIRECTION,
      GST_MONTAGE_TERM_POSITION, GST_MONTAGE_TERM_LIGHT, GST_MONTAGE_TERM_COLOR,
      GST_MONTAGE_TERM_MATCH, GST_MONTAGE_TERM_INVISIBLE,
      GST_MONTAGE_TERM_JUMP};
  const MontageSlot *slot = montage_scorer_slot (join->scorer, join->slot);
  const gdouble points[G_N_ELEMENTS (set)] = {direction_points (join),
      position_points (join), light_points (join, slot),
      color_points (join, slot), match_points (join, slot),
      invisible_points (join), is_jump_cut (join) ? -POINTS_JUMP : 0.0};
  gdouble sum = join->pairing.usual;

  for (guint i = 0; i < G_N_ELEMENTS (set); i++) {
    gdouble weighted = montage_scorer_weight (join->scorer, set[i]) * points[i];
    sum += weighted;
    if (score != NULL)
      score->terms[set[i]] += weighted;
  }
  if (score != NULL)
    add_usual (join, score);

  return sum;
}

gdouble
montage_score_pair (const MontageScorer *self, guint slot, guint lag,
    const MontageTake *before, const MontageTake *take, GstMontageScore *score)
{
  const MontageSpan *a, *b;
  gdouble points;

  if (before->span == MONTAGE_NO_SPAN || take->span == MONTAGE_NO_SPAN)
    return 0.0;
  a = montage_scorer_span (self, before->span);
  b = montage_scorer_span (self, take->span);
  points = source_points (self, a, b, lag);
  if (score != NULL)
    score->terms[GST_MONTAGE_TERM_SOURCE] += points;
  if (lag == 1) {
    Join join = {self, slot, before, take, a, b,
        montage_views_get (self->material, before->end),
        montage_views_get (self->material, take->begin),
        get_pairing (self, before->span, take->span)};
    points += join_points (&join, score);
  }

  return points;
}

static gdouble
most (const MontageScorer *self, GstMontageTerm term, gdouble points)
{
  return montage_scorer_weight (self, term) * points;
}

/* The smallest distance of a value in [@a, @b] from one in [@c, @d]. */
static gdouble
least_distance (gdouble a, gdouble b, gdouble c, gdouble d)
{
  return MAX (MAX (c - b, a - d), 0.0);
}

static gdouble
position_most (const MontageViewRange *a, const MontageViewRange *b)
{
  gdouble x, y;

  if (!a->has_focus || !b->has_focus)
    return 0.0;
  x = least_distance (a->left, a->right, b->left, b->right);
  y = least_distance (a->top, a->bottom, b->top, b->bottom);

  return position_value (x, y);
}

static gdouble
invisible_most (const MontageViewRange *a, const MontageViewRange *b,
    const MontagePairing *pairing)
{
  gdouble step = least_distance (a->dark, a->bright, b->dark, b->bright);
  gdouble whip = MIN (a->whip, b->whip) * a->way * b->way;
  gdouble moving = HIDING_MOTION
      * MIN (strength (a->motion), strength (b->motion));
  gdouble alike = MAX (1.0 - 3 * step, 0.0) * MAX (pairing->harmony, 0.0f);

  return MAX (MAX (whip, moving), alike);
}

gdouble
montage_score_pair_most (const MontageScorer *self, guint before, guint after)
{
  const MontageSpan *a = montage_scorer_span (self, before);
  const MontageSpan *b = montage_scorer_span (self, after);
  MontagePairing pairing = get_pairing (self, before, after);
  gdouble points = source_points (self, a, b, 1) + pairing.usual
      + most (self, GST_MONTAGE_TERM_COLOR, POINTS_COLOR)
          * fabsf (pairing.harmony)
      + most (self, GST_MONTAGE_TERM_DIRECTION, POINTS_DIRECTION) * a->range.way
          * b->range.way
      + most (self, GST_MONTAGE_TERM_POSITION, POINTS_POSITION)
          * position_most (&a->range, &b->range);

  if (a->source == b->source)
    return points;
  if (pairing.likeness > MATCH_LIKENESS && match_cuts (self))
    points += most (self, GST_MONTAGE_TERM_MATCH, POINTS_MATCH)
        * match_value (pairing.likeness);
  if (invisible_cuts (self))
    points += most (self, GST_MONTAGE_TERM_INVISIBLE, POINTS_INVISIBLE)
        * invisible_most (&a->range, &b->range, &pairing);

  return points;
}

gdouble
montage_score_any_pair_most (const MontageScorer *self)
{
  return most (self, GST_MONTAGE_TERM_COLOR, POINTS_COLOR)
      + most (self, GST_MONTAGE_TERM_DIRECTION, POINTS_DIRECTION)
      + most (self, GST_MONTAGE_TERM_POSITION, POINTS_POSITION)
      + most (self, GST_MONTAGE_TERM_MATCH, POINTS_MATCH)
      + most (self, GST_MONTAGE_TERM_INVISIBLE, POINTS_INVISIBLE)
      + most (self, GST_MONTAGE_TERM_SIZE, MOST_PRIORITY * POINTS_SIZE)
      + most (self, GST_MONTAGE_TERM_VARIETY, MOST_PRIORITY * POINTS_VARIETY);
}
