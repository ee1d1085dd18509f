/* SPDX-License-Identifier: LGPL-2.1-or-later */

/* The terms of a score that depend on what the film has shown before: the same
 * pictures again, the first sight of a clip. */

#include "planlooks.h"
#include "planquality.h"
#include "planscore.h"

/* Showing the same pictures again, at once and from this many cuts on. */
#define POINTS_REPEAT 100.0
#define POINTS_REPEAT_FAR 20.0
#define POINTS_REPEAT_AT_ONCE 40.0
#define POINTS_SAME_SPAN 6.0
/* Other pictures, but what viewers take for the same view. */
#define POINTS_SAME_VIEW 60.0
#define FAR_APART 12
/* Correlations of pictures. */
#define SAME_VIEW 0.9
#define OTHER_VIEW 0.5
/* A new source is worth this, once. */
#define POINTS_COVERAGE 50.0

/* How much two parts of @span, @gap apart, look the same: 0..1. */
static gdouble
sameness (const MontageSpan *span, GstClockTimeDiff gap)
{
  gdouble likeness = 1.0 - span->fading * (gdouble) ABS (gap);

  return CLAMP ((likeness - OTHER_VIEW) / (SAME_VIEW - OTHER_VIEW), 0.0, 1.0);
}

gdouble
montage_score_reuse (const MontageScorer *self, guint span, guint a,
    GstClockTime in_a, guint b, GstClockTime in_b)
{
  guint distance = b - a;
  GstClockTime length_a = self->lengths[a], length_b = self->lengths[b];
  GstClockTime from = MAX (in_a, in_b);
  GstClockTime to = MIN (in_a + length_a, in_b + length_b);
  gdouble far = self->once ? POINTS_REPEAT : POINTS_REPEAT_FAR;
  gdouble near = POINTS_REPEAT
      - (POINTS_REPEAT - far) * (distance - 1) / (FAR_APART - 1);
  gdouble overlap = 0.0, points = 0.0;

  if (distance > MONTAGE_REUSE_REACH)
    return 0.0;
  if (to > from)
    overlap = (gdouble) (to - from) / MIN (length_a, length_b);
  points -= overlap * (distance < FAR_APART ? near : far);
  if (distance == 1)
    points -= overlap * POINTS_REPEAT_AT_ONCE;
  if (distance < FAR_APART)
    points -= POINTS_SAME_SPAN * (FAR_APART - distance) / FAR_APART
        + (1.0 - overlap) * POINTS_SAME_VIEW * (FAR_APART - distance)
            / FAR_APART
            * sameness (montage_scorer_span (self, span),
                GST_CLOCK_DIFF (in_a, in_b));

  return montage_scorer_weight (self, GST_MONTAGE_TERM_REPEAT) * points;
}

gdouble
montage_score_again (const MontageScorer *self, guint a,
    const MontageTake *before, guint b, const MontageTake *take)
{
  if (before->span == MONTAGE_NO_SPAN
      || montage_looks_get (self->material, before->span)
          != montage_looks_get (self->material, take->span))
    return 0.0;

  return montage_score_reuse (self, take->span, a,
      montage_looks_time (self->material, before->span, before->in_point,
          take->span),
      b, take->in_point);
}

gdouble *
montage_coverage_new (const MontageScorer *self)
{
  const MontageMaterial *material = self->material;
  gdouble *points = g_new0 (gdouble, material->n_sources + 1);

  for (guint i = 0; i < material->n_sources; i++) {
    gdouble weight = material->rules != NULL ? material->rules[i].weight : 1.0;
    if (g_array_index (material->source_frames, guint64, i) > 0
        && montage_quality_source_flaw (material, i) == MONTAGE_FLAW_NONE)
      points[i] = montage_scorer_weight (self, GST_MONTAGE_TERM_COVERAGE)
          * POINTS_COVERAGE * MIN (weight, 1.0);
  }

  return points;
}

gdouble
montage_score_repeat_least (const MontageScorer *self)
{
  return montage_scorer_weight (self, GST_MONTAGE_TERM_REPEAT)
      * (self->once ? POINTS_REPEAT : POINTS_REPEAT_FAR);
}

gdouble
montage_score_coverage_most (const MontageScorer *self)
{
  return self->coverage_most;
}

gdouble
montage_score_coverage (const MontageScorer *self, guint source)
{
  return self->coverage[source];
}
