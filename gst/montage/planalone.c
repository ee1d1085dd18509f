/* SPDX-License-Identifier: LGPL-2.1-or-later */

/* The terms of a score that depend on the slot and the shot alone. */

#include <math.h>

#include "planscore.h"

#define POINTS_ENERGY 50.0
/* So steeply they fall with the difference: half of the scale apart, a shot is
 * hardly better than any other. */
#define ENERGY_SLOPE 1.4
#define POINTS_WIDE 20.0
#define POINTS_ACTION 30.0
/* Times the share of the pictures that is missing: at half speed, half. */
#define POINTS_STUTTER 40.0
#define POINTS_QUALITY 15.0
/* "More of the sea" is as much as a wide shot where one is wanted: more of it,
 * not nothing else. "No cars" outweighs every term but repeats, "fewer cars" a
 * quarter of that. */
#define POINTS_WANTED 20.0
#define POINTS_AVOIDED 60.0
/* Per step that a shot is to be cut faster or slower than its slot is. */
#define POINTS_SPEED_STEP 20.0
#define POINTS_MOOD 8.0
/* Times by how much the clip's weight differs from 1. */
#define POINTS_PREFERRED 15.0
/* A clip that is shown across its own cuts. */
#define POINTS_ACROSS 15.0
/* One of the best shots at the climax, and as much less before it, times how
 * intense the climax is to be. */
#define POINTS_RESERVE 12.0

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
        * ABS (montage_scorer_slot (self, slot)->speed_step - span->speed_step);
  if (scene != NULL && mood != GST_MONTAGE_MOOD_NEUTRAL && scene->mood == mood)
    points += POINTS_MOOD;

  return points;
}

static gdouble
quality_points (const MontageScorer *self, const MontageSpan *span)
{
  gdouble points = span->across ? -POINTS_ACROSS : 0.0;

  if (span->quality < 0)
    return points;
  points += POINTS_QUALITY * span->quality;
  /* What is stabilised may shake. */
  if (self->instructions->effects.stabilization)
    points += POINTS_QUALITY * 0.1 * span->info->shake;

  return points;
}

/* Slow motion shows pictures twice where a clip has no more of them. */
static gdouble
slow_points (const MontageScorer *self, guint slot, const MontageSpan *span)
{
  const GstMontageShotList *source = self->material->sources[span->source];
  const GstMontageOutput *output = &self->film->output;
  gdouble slow = montage_scorer_slot (self, slot)->slow, rate;

  if (slow <= 0 || span->still || source->fps_n <= 0 || source->fps_d <= 0)
    return 0.0;
  rate = (gdouble) source->fps_n * output->fps_d
      / ((gdouble) source->fps_d * output->fps_n);
  return -POINTS_STUTTER * MAX (1.0 - rate * (1.0 - slow), 0.0);
}

static gdouble
wide_points (const MontageScorer *self, const MontageSpan *span)
{
  return self->instructions->cinematography.prefer_wide_shots
          && span->shot_size == GST_MONTAGE_SHOT_SIZE_WIDE
      ? POINTS_WIDE
      : 0.0;
}

/* More where the music has the energy for it: the best action is not spent on a
 * quiet intro. */
static gdouble
action_points (const MontageScorer *self, guint slot, const MontageSpan *span)
{
  return self->instructions->cinematography.prefer_high_action
      ? POINTS_ACTION * action_share (span)
          * (0.3 + 0.7 * montage_score_energy (self, slot))
      : 0.0;
}

/* A clip that the user prefers, or hardly wants. */
static gdouble
clip_points (const MontageSpan *span)
{
  return span->weight > 0 ? POINTS_PREFERRED * (span->weight - 1)
                          : -POINTS_AVOIDED;
}

static gdouble
reserve_points (const MontageScorer *self, guint slot, const MontageSpan *span)
{
  gdouble points = POINTS_RESERVE * self->instructions->pacing.climax_intensity;

  if (!span->best || slot >= self->n_before_climax)
    return 0.0;
  return montage_scorer_is_climax (self, slot) ? points : -points;
}

gdouble
montage_score_alone (const MontageScorer *self, guint slot, guint index,
    GstMontageScore *score)
{
  static const GstMontageTerm set[] = {GST_MONTAGE_TERM_ENERGY,
      GST_MONTAGE_TERM_WIDE, GST_MONTAGE_TERM_ACTION, GST_MONTAGE_TERM_QUALITY,
      GST_MONTAGE_TERM_SCENE, GST_MONTAGE_TERM_CLIP, GST_MONTAGE_TERM_RESERVE,
      GST_MONTAGE_TERM_TAKE};
  const MontageSpan *span = montage_scorer_span (self, index);
  gdouble *terms = score->terms, sum = 0.0;

  terms[GST_MONTAGE_TERM_ENERGY] = POINTS_ENERGY
      * (1.0
          - ENERGY_SLOPE
              * fabs (montage_score_energy (self, slot) - span->motion));
  terms[GST_MONTAGE_TERM_WIDE] = wide_points (self, span);
  terms[GST_MONTAGE_TERM_ACTION] = action_points (self, slot, span);
  terms[GST_MONTAGE_TERM_QUALITY] = quality_points (self, span)
      + slow_points (self, slot, span);
  terms[GST_MONTAGE_TERM_SCENE] = scene_points (self, slot, span);
  terms[GST_MONTAGE_TERM_CLIP] = clip_points (span);
  terms[GST_MONTAGE_TERM_RESERVE] = reserve_points (self, slot, span);
  terms[GST_MONTAGE_TERM_TAKE] = self->taken != NULL
      ? self->taken[(gsize) slot * self->material->spans->len + index]
      : 0.0;
  for (guint i = 0; i < G_N_ELEMENTS (set); i++) {
    terms[set[i]] *= montage_scorer_weight (self, set[i]);
    sum += terms[set[i]];
  }

  return sum;
}
