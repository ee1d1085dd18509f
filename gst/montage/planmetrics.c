/* SPDX-License-Identifier: LGPL-2.1-or-later */

/* The figures of a plan: here those of its cuts alone; those that depend on the
 * music and on the pictures are in files of their own. */

#include <math.h>

#include "planmetrics.h"
#include "planstatistics.h"

static const GstMontageCut *
get_cut (const GstMontagePlan *plan, guint index)
{
  return &g_array_index (plan->cuts, GstMontageCut, index);
}

static void
compute_lengths (const GstMontagePlan *plan, GstMontageMetrics *metrics)
{
  g_autoptr (GArray) lengths = g_array_new (FALSE, FALSE, sizeof (gdouble));
  guint n = plan->cuts->len;
  gdouble mean = (gdouble) plan->duration / GST_SECOND / n, squares = 0.0;

  for (guint i = 0; i < n; i++) {
    gdouble sec = (gdouble) get_cut (plan, i)->duration / GST_SECOND;

    g_array_append_val (lengths, sec);
    squares += (sec - mean) * (sec - mean);
  }
  metrics->mean_clip_sec = mean;
  metrics->median_clip_sec = montage_median (lengths);
  metrics->clip_variation = sqrt (squares / n) / mean;
  metrics->cuts_per_minute = 60.0 / mean;
}

/* The film's start is no cut between shots, so it has no transition. */
static void
compute_transitions (const GstMontagePlan *plan, GstMontageMetrics *metrics)
{
  guint n = 0;

  for (guint i = 1; i < plan->cuts->len; i++)
    n += get_cut (plan, i)->transition != GST_MONTAGE_TRANSITION_CUT;
  metrics->crossfades = (gdouble) n / MAX (plan->cuts->len - 1, 1);
}

void
montage_metrics_compute (const GstMontagePlan *plan,
    const MontageMaterial *material, GstMontageMetrics *metrics)
{
  g_return_if_fail (plan->cuts->len > 0);

  metrics->total_score = 0.0;
  for (guint i = 0; i < plan->cuts->len; i++)
    metrics->total_score += get_cut (plan, i)->score.total;
  compute_lengths (plan, metrics);
  compute_transitions (plan, metrics);
  montage_metrics_compute_music (plan, metrics);
  montage_metrics_compute_pictures (plan, material, metrics);
}
