/* SPDX-License-Identifier: LGPL-2.1-or-later */

/* The terms of a score. The scale is the one that users know: the difference
 * of energy up to 50 points, a wide shot 20, high action 30. */

#include <math.h>

#include "planrandom.h"
#include "planscore.h"

#define POINTS_ENERGY 50.0
#define ENERGY_RANK_SHARE 0.5
#define POINTS_WIDE 20.0
#define POINTS_ACTION 30.0
#define POINTS_QUALITY 15.0
/* "More of the sea" is as much as a wide shot where one is wanted: more of it,
 * not nothing else. "No cars" outweighs every term but repeats, "fewer cars" a
 * quarter of that. */
#define POINTS_WANTED 20.0
#define POINTS_AVOIDED 60.0
/* Per step that a shot is to be cut faster or slower than its slot is. */
#define POINTS_SPEED_STEP 20.0
#define POINTS_MOOD 8.0
/* A clip that is shown across its own cuts. */
#define POINTS_ACROSS 15.0
#define POINTS_PAN 8.0
#define POINTS_LIGHT 10.0
#define POINTS_MATCH 20.0
#define POINTS_INVISIBLE 10.0
#define POINTS_SIZE 6.0
#define POINTS_BAND 5.0
#define POINTS_JUMP 24.0
/* Showing a source again after 1, 2, 3 cuts. */
static const gdouble points_source[MONTAGE_SCORE_LAGS] = {12.0, 5.0, 2.0};
/* Showing the same pictures again, at once and from this many cuts on. */
#define POINTS_REPEAT 100.0
#define POINTS_REPEAT_FAR 20.0
#define POINTS_REPEAT_AT_ONCE 40.0
#define POINTS_SAME_SPAN 6.0
#define FAR_APART 12

#define JUMP_GAP (5 * GST_SECOND)
#define JUMP_LIKENESS 0.75
#define MATCH_LIKENESS 0.6
#define SLOW_PAN 0.05
/* The matrix of likenesses takes 4 n^2 bytes. */
#define MAX_MATRIX 1024

static const MontageSpan *
get_span (const MontageScorer *self, guint span)
{
  return &g_array_index (self->material->spans, MontageSpan, span);
}

static const MontageSlot *
get_slot (const MontageScorer *self, guint slot)
{
  return &g_array_index (self->slots, MontageSlot, slot);
}

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

static gint
compare_energy (gconstpointer a, gconstpointer b, gpointer data)
{
  const MontageScorer *self = data;
  guint x = *(const guint *) a, y = *(const guint *) b;
  gdouble p = get_slot (self, x)->energy, q = get_slot (self, y)->energy;

  if (p != q)
    return p < q ? -1 : 1;
  return (x > y) - (x < y);
}

/* Motion is mostly a rank, a share of the footage; so half of the energy is
 * one too, a share of the film. Then there is as much footage for an energy as
 * the film needs, and none is shown twice while other footage is not. */
static void
compare_energies (MontageScorer *self)
{
  gdouble amplification =
      self->instructions->energy_mapping.energy_amplification;
  guint n = self->slots->len;
  g_autofree guint *order = g_new (guint, n + 1);
  gdouble total = 0.0, below = 0.0;

  for (guint i = 0; i < n; i++) {
    order[i] = i;
    total += (gdouble) get_slot (self, i)->n_frames;
  }
  g_qsort_with_data (order, n, sizeof (guint), compare_energy, self);

  for (guint i = 0; i < n;) {
    gdouble energy = get_slot (self, order[i])->energy, equal = 0.0, rank;
    guint end = i;

    for (; end < n && get_slot (self, order[end])->energy == energy; end++)
      equal += (gdouble) get_slot (self, order[end])->n_frames;
    rank = (below + equal / 2) / total;
    below += equal;
    for (; i < end; i++)
      self->energies[order[i]] = montage_energy_amplify (ENERGY_RANK_SHARE
                  * rank
              + (1.0 - ENERGY_RANK_SHARE) * energy,
          amplification);
  }
}

void
montage_scorer_init (MontageScorer *self)
{
  guint n = self->material->spans->len;

  self->n_usable = 0;
  for (guint i = 0; i < self->material->n_sources; i++)
    self->n_usable += g_array_index (self->material->source_frames, guint64, i)
        > 0;
  self->lengths = g_new (GstClockTime, self->slots->len + 1);
  montage_scorer_update (self);
  self->energies = g_new (gdouble, self->slots->len + 1);
  compare_energies (self);
  self->likeness = NULL;
  if (n > MAX_MATRIX)
    return;

  self->likeness = g_new (gfloat, (gsize) n * n + 1);
  for (guint a = 0; a < n; a++) {
    for (guint b = 0; b < n; b++)
      self->likeness[(gsize) a * n + b] = montage_span_likeness (get_span (self,
                                                                     a),
          get_span (self, b));
  }
}

void
montage_scorer_clear (MontageScorer *self)
{
  g_clear_pointer (&self->likeness, g_free);
  g_clear_pointer (&self->lengths, g_free);
  g_clear_pointer (&self->energies, g_free);
}

void
montage_scorer_update (MontageScorer *self)
{
  for (guint i = 0; i < self->slots->len; i++)
    self->lengths[i] = gst_montage_output_frame_time (&self->film->output,
        montage_slot_material (get_slot (self, i)));
}

static gfloat
get_likeness (const MontageScorer *self, guint a, guint b)
{
  if (self->likeness != NULL)
    return self->likeness[(gsize) a * self->material->spans->len + b];
  return montage_span_likeness (get_span (self, a), get_span (self, b));
}

gdouble
montage_score_energy (const MontageScorer *self, guint slot)
{
  return self->energies[slot];
}

static gdouble
slot_sec (const MontageScorer *self, guint slot)
{
  return (gdouble) get_slot (self, slot)->n_frames * self->film->output.fps_d
      / self->film->output.fps_n;
}

guint64
montage_score_handle (const MontageScorer *self, guint slot)
{
  gdouble wanted = self->instructions->transitions.crossfade_duration_sec;
  gdouble most = 0.0;

  switch (self->instructions->transitions.type) {
    case GST_MONTAGE_TRANSITIONS_CROSSFADE:
    case GST_MONTAGE_TRANSITIONS_MIXED:
      most = 0.3;
      break;
    case GST_MONTAGE_TRANSITIONS_ENERGY_AWARE:
      if (get_slot (self, slot)->energy < 0.3
          || (slot + 1 < self->slots->len
              && get_slot (self, slot + 1)->energy < 0.3))
        most = 0.2;
      break;
    default:
      break;
  }

  return (guint64) (MIN (wanted, most * slot_sec (self, slot)) / 2
      * self->film->output.fps_n / self->film->output.fps_d);
}

void
montage_score_sum (GstMontageScore *score)
{
  score->total = 0.0;
  for (guint i = 0; i < GST_MONTAGE_N_TERMS; i++)
    score->total += score->terms[i];
}

/* How much action there is, 0..1: the faster half of what moves, and what
 * somebody sees who has looked. */
static gdouble
action_share (const MontageSpan *span)
{
  gdouble moves = CLAMP (2 * span->motion - 1, 0.0, 1.0);
  const GstMontageScene *scene = span->info->scene;

  if (scene == NULL)
    return moves;
  return (moves + (gdouble) scene->action / GST_MONTAGE_ACTION_LEVEL_HIGH) / 2;
}

static gdouble
scene_points (const MontageScorer *self, guint slot, const MontageSpan *span)
{
  GstMontageMood mood = self->instructions->style.mood;
  const GstMontageScene *scene = span->info->scene;
  gdouble points = span->wish > 0 ? POINTS_WANTED * span->wish
                                  : -POINTS_AVOIDED * span->wish * span->wish;

  if (self->has_changes)
    points -= POINTS_SPEED_STEP
        * ABS (get_slot (self, slot)->speed_step - span->speed_step);
  if (scene != NULL && mood != GST_MONTAGE_MOOD_NEUTRAL && scene->mood == mood)
    points += POINTS_MOOD;

  return points;
}

gdouble
montage_score_alone (const MontageScorer *self, guint slot, guint index,
    GstMontageScore *score)
{
  const MontageSpan *span = get_span (self, index);
  gdouble energy = montage_score_energy (self, slot);

  score->terms[GST_MONTAGE_TERM_ENERGY] = POINTS_ENERGY
      * (1.0 - fabs (energy - span->motion));
  score->terms[GST_MONTAGE_TERM_WIDE] = 0.0;
  if (self->instructions->cinematography.prefer_wide_shots
      && span->shot_size == GST_MONTAGE_SHOT_SIZE_WIDE)
    score->terms[GST_MONTAGE_TERM_WIDE] = POINTS_WIDE;
  /* More where the music has the energy for it: the best action is not spent
   * on a quiet intro. */
  score->terms[GST_MONTAGE_TERM_ACTION] = 0.0;
  if (self->instructions->cinematography.prefer_high_action)
    score->terms[GST_MONTAGE_TERM_ACTION] = POINTS_ACTION * action_share (span)
        * (0.3 + 0.7 * energy);
  score->terms[GST_MONTAGE_TERM_QUALITY] = span->across ? -POINTS_ACROSS : 0.0;
  if (span->quality >= 0)
    score->terms[GST_MONTAGE_TERM_QUALITY] += POINTS_QUALITY * span->quality;
  if (span->quality >= 0 && self->instructions->effects.stabilization)
    score->terms[GST_MONTAGE_TERM_QUALITY] += POINTS_QUALITY * 0.1
        * span->info->shake;
  score->terms[GST_MONTAGE_TERM_SCENE] = scene_points (self, slot, span);

  return score->terms[GST_MONTAGE_TERM_ENERGY]
      + score->terms[GST_MONTAGE_TERM_WIDE]
      + score->terms[GST_MONTAGE_TERM_ACTION]
      + score->terms[GST_MONTAGE_TERM_QUALITY]
      + score->terms[GST_MONTAGE_TERM_SCENE];
}

static gdouble
colour_distance (const GstMontageShot *a, const GstMontageShot *b)
{
  guint x, y;
  gdouble sum = 0;

  if (a->palette->len == 0 || b->palette->len == 0)
    return 0.3;
  x = g_array_index (a->palette, guint, 0);
  y = g_array_index (b->palette, guint, 0);
  for (guint shift = 0; shift < 24; shift += 8) {
    gdouble d = ((gint) (x >> shift & 0xff) - (gint) (y >> shift & 0xff))
        / 255.;
    sum += d * d;
  }

  return sqrt (sum / 3);
}

/* Movement goes on in its direction; the light does not jump within a part of
 * the song. */
static gdouble
continuity (const MontageSlot *slot, const GstMontageShot *a,
    const GstMontageShot *b)
{
  gdouble x = hypot (a->pan_x, a->pan_y), y = hypot (b->pan_x, b->pan_y);
  gdouble points = 0.0;

  if (x > SLOW_PAN && y > SLOW_PAN)
    points += POINTS_PAN * (a->pan_x * b->pan_x + a->pan_y * b->pan_y)
        / (x * y);
  if (!slot->section_start && a->exposure > 0 && b->exposure > 0)
    points -= POINTS_LIGHT
        * CLAMP ((fabs (a->brightness - b->brightness) - 0.25) / 0.4, 0.0, 1.0);

  return points;
}

/* The signature shows the shot's first and last picture: the nearer the cut is
 * to them, the more they say. */
static gdouble
match (const MontageScorer *self, guint slot, const MontageTake *before,
    const MontageTake *take, const MontageSpan *a, const MontageSpan *b,
    gdouble likeness)
{
  const MontageSlot *at = get_slot (self, slot);
  GstClockTime out = before->in_point
      + montage_material_reach (self->material,
          montage_slot_material (get_slot (self, slot - 1)));
  gdouble points = 0.0;

  if (a->source == b->source)
    return 0.0;
  if (self->instructions->cinematography.match_cuts_enabled
      && likeness > MATCH_LIKENESS) {
    gdouble away = (gdouble) (a->last > out ? a->last - out : 0)
        + (gdouble) (take->in_point - b->first);
    points += POINTS_MATCH * (likeness - MATCH_LIKENESS)
        / (1.0 - MATCH_LIKENESS) * (at->downbeat ? 1.0 : 0.6)
        / (1.0 + away / GST_SECOND);
  }
  if (self->instructions->cinematography.invisible_cuts_enabled
      && a->info->exposure > 0 && b->info->exposure > 0)
    points += POINTS_INVISIBLE
        * MAX (1.0 - 3 * fabs (a->info->brightness - b->info->brightness), 0.0)
        * MAX (1.0 - 2 * fabs (a->info->motion - b->info->motion), 0.0)
        * MAX (1.0 - 3 * colour_distance (a->info, b->info), 0.0);

  return points;
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

gboolean
montage_score_is_jump_cut (const MontageScorer *self, guint slot,
    const MontageTake *before, const MontageTake *take)
{
  const MontageSpan *a, *b;
  GstClockTime out;

  if (before->span == MONTAGE_NO_SPAN || take->span == MONTAGE_NO_SPAN)
    return FALSE;
  a = get_span (self, before->span);
  b = get_span (self, take->span);
  out = before->in_point
      + gst_montage_output_frame_time (&self->film->output,
          get_slot (self, slot - 1)->n_frames);
  return montage_span_jumps (a, b, GST_CLOCK_DIFF (out, take->in_point),
      get_likeness (self, before->span, take->span));
}

/* Other pictures than before, but not without any relation (a distance around
 * 0.55 is what editors choose), and another distance to the subject. */
static gdouble
variety (const MontageScorer *self, guint slot, const MontageTake *before,
    const MontageTake *take, const MontageSpan *a, const MontageSpan *b,
    gdouble likeness)
{
  static const gdouble weights[] = {0.5, 1.0, 1.5};
  gdouble weight =
      weights[self->instructions->cinematography.shot_variation_priority];
  gdouble points = 0.0;

  if (likeness > -1.5) {
    gdouble x = ((1.0 - likeness) / 2 - 0.55) / 0.2;
    points += POINTS_BAND * exp (-x * x);
  }
  if (a->shot_size != GST_MONTAGE_SHOT_SIZE_UNKNOWN
      && b->shot_size != GST_MONTAGE_SHOT_SIZE_UNKNOWN
      && a->shot_size != b->shot_size)
    points += POINTS_SIZE * weight;
  if (montage_score_is_jump_cut (self, slot, before, take))
    points -= POINTS_JUMP;

  return points;
}

gdouble
montage_score_pair (const MontageScorer *self, guint slot, guint lag,
    const MontageTake *before, const MontageTake *take, GstMontageScore *score)
{
  const MontageSpan *a, *b;
  gdouble light = 0.0, matching = 0.0, other = 0.0;

  if (before->span == MONTAGE_NO_SPAN || take->span == MONTAGE_NO_SPAN)
    return 0.0;
  a = get_span (self, before->span);
  b = get_span (self, take->span);
  if (a->source == b->source && self->n_usable > 1)
    other -= points_source[lag - 1];
  if (lag == 1) {
    gdouble likeness = get_likeness (self, before->span, take->span);
    light = continuity (get_slot (self, slot), a->info, b->info);
    matching = match (self, slot, before, take, a, b, likeness);
    other += variety (self, slot, before, take, a, b, likeness);
  }
  if (score != NULL) {
    score->terms[GST_MONTAGE_TERM_DIRECTION] += light;
    score->terms[GST_MONTAGE_TERM_MATCH] += matching;
    score->terms[GST_MONTAGE_TERM_VARIETY] += other;
  }

  return light + matching + other;
}

gdouble
montage_score_pair_most (const MontageScorer *self, guint before, guint after)
{
  const MontageSpan *a = get_span (self, before), *b = get_span (self, after);
  gdouble likeness = get_likeness (self, before, after);
  gdouble points = 0.0;

  if (hypot (a->info->pan_x, a->info->pan_y) > SLOW_PAN
      && hypot (b->info->pan_x, b->info->pan_y) > SLOW_PAN)
    points += POINTS_PAN;
  if (a->source == b->source)
    points -= self->n_usable > 1 ? points_source[0] : 0.0;
  else
    points += POINTS_MATCH * MAX (likeness - MATCH_LIKENESS, 0.0)
            / (1.0 - MATCH_LIKENESS)
        + POINTS_INVISIBLE;
  if (likeness > -1.5) {
    gdouble x = ((1.0 - likeness) / 2 - 0.55) / 0.2;
    points += POINTS_BAND * exp (-x * x);
  }
  if (a->shot_size != b->shot_size)
    points += 1.5 * POINTS_SIZE;

  return points;
}

gdouble
montage_score_reuse (const MontageScorer *self, guint a, GstClockTime in_a,
    guint b, GstClockTime in_b)
{
  guint distance = b - a;
  GstClockTime length_a = self->lengths[a], length_b = self->lengths[b];
  GstClockTime from = MAX (in_a, in_b);
  GstClockTime to = MIN (in_a + length_a, in_b + length_b);
  gdouble points = 0.0;

  if (distance > MONTAGE_REUSE_REACH)
    return 0.0;
  if (distance < FAR_APART)
    points -= POINTS_SAME_SPAN * (FAR_APART - distance) / FAR_APART;
  if (to > from) {
    gdouble overlap = (gdouble) (to - from) / MIN (length_a, length_b);
    gdouble far = POINTS_REPEAT_FAR;
    gdouble near = POINTS_REPEAT
        - (POINTS_REPEAT - POINTS_REPEAT_FAR) * (distance - 1)
            / (FAR_APART - 1);
    points -= overlap * (distance < FAR_APART ? near : far);
    if (distance == 1)
      points -= overlap * POINTS_REPEAT_AT_ONCE;
  }

  return points;
}
