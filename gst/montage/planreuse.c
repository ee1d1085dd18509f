/* SPDX-License-Identifier: LGPL-2.1-or-later */

/* The terms of a score that depend on what the film has shown before: the same
 * pictures again, the first sight of a clip. */

#include "planquality.h"
#include "planscore.h"

/* Showing the same pictures again, at once and from this many cuts on. */
#define POINTS_REPEAT 100.0
#define POINTS_REPEAT_FAR 20.0
#define POINTS_REPEAT_AT_ONCE 40.0
#define POINTS_SAME_SPAN 6.0
#define FAR_APART 12
/* A new source is worth this, once. */
#define POINTS_COVERAGE 30.0

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
    gdouble far = self->once ? POINTS_REPEAT : POINTS_REPEAT_FAR;
    gdouble near = POINTS_REPEAT
        - (POINTS_REPEAT - far) * (distance - 1) / (FAR_APART - 1);
    points -= overlap * (distance < FAR_APART ? near : far);
    if (distance == 1)
      points -= overlap * POINTS_REPEAT_AT_ONCE;
  }

  return montage_scorer_weight (self, GST_MONTAGE_TERM_REPEAT) * points;
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
montage_score_coverage_most (const MontageScorer *self)
{
  return self->coverage_most;
}

gdouble
montage_score_coverage (const MontageScorer *self, guint source)
{
  return self->coverage[source];
}
