/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include <math.h>

#include "planmetrics.h"

#define JUMP_GAP (5 * GST_SECOND)
/* A few frames in common are not seen as a repeat. */
#define REPEATED_SHARE 0.2

static const GstMontageCut *
get_cut (const GstMontagePlan *plan, guint index)
{
  return &g_array_index (plan->cuts, GstMontageCut, index);
}

static void
compute_beats (const GstMontagePlan *plan, GstMontageMetrics *metrics)
{
  guint on_beat = 0, on_downbeat = 0;
  gdouble error = 0.0;

  for (guint i = 0; i < plan->cuts->len; i++) {
    const GstMontageCut *cut = get_cut (plan, i);
    const GstMontageBeat *beat;

    if (cut->beat < 0 || (guint) cut->beat >= plan->music.beats->len)
      continue;
    beat = &g_array_index (plan->music.beats, GstMontageBeat, cut->beat);
    on_beat++;
    on_downbeat += beat->position == 1;
    error += (gdouble) ABS (
        GST_CLOCK_DIFF (beat->time, plan->music.start + cut->start));
  }
  metrics->cuts_on_beat = (gdouble) on_beat / plan->cuts->len;
  metrics->cuts_on_downbeat = (gdouble) on_downbeat / plan->cuts->len;
  metrics->cut_beat_error_ms = on_beat > 0 ? error / on_beat / GST_MSECOND
                                           : 0.0;
}

static void
compute_sources (const GstMontagePlan *plan, GstMontageMetrics *metrics)
{
  guint n = plan->sources->len, used = 0;
  gdouble entropy = 0.0;

  for (guint i = 0; i < n; i++) {
    guint n_cuts = g_array_index (plan->sources, GstMontageSource, i).n_cuts;
    gdouble share = (gdouble) n_cuts / plan->cuts->len;
    if (n_cuts == 0)
      continue;
    used++;
    entropy -= share * log (share);
  }
  metrics->source_coverage = (gdouble) used / n;
  metrics->source_diversity = n > 1 ? CLAMP (entropy / log (n), 0.0, 1.0) : 0.0;
}

gboolean
montage_metrics_is_repeat (const GstMontageCut *a, const GstMontageCut *b)
{
  GstClockTime from = MAX (a->in_point, b->in_point);
  GstClockTime to = MIN (a->in_point + a->duration, b->in_point + b->duration);

  return a->source == b->source && to > from
      && to - from > REPEATED_SHARE * MIN (a->duration, b->duration);
}

static void
compute_repeats (const GstMontagePlan *plan, GstMontageMetrics *metrics)
{
  metrics->repeats = 0;
  metrics->min_repeat_distance = 0;
  for (guint i = 1; i < plan->cuts->len; i++) {
    const GstMontageCut *cut = get_cut (plan, i);
    for (guint k = i; k-- > 0;) {
      const GstMontageCut *other = get_cut (plan, k);
      if (!montage_metrics_is_repeat (other, cut))
        continue;
      metrics->repeats++;
      if (metrics->min_repeat_distance == 0
          || i - k < metrics->min_repeat_distance)
        metrics->min_repeat_distance = i - k;
      break;
    }
  }
}

/* Neighbours from one shot, or from the same place in one source. */
static void
compute_jump_cuts (const GstMontagePlan *plan, GstMontageMetrics *metrics)
{
  metrics->jump_cuts = 0;
  for (guint i = 1; i < plan->cuts->len; i++) {
    const GstMontageCut *a = get_cut (plan, i - 1), *b = get_cut (plan, i);
    GstClockTimeDiff gap = GST_CLOCK_DIFF (a->in_point + a->duration,
        b->in_point);
    metrics->jump_cuts += a->source == b->source && a->shot == b->shot
        && ABS (gap) < (gint64) JUMP_GAP;
  }
}

typedef struct
{
  gdouble value;
  guint index;
} Ranked;

static gint
compare_ranked (gconstpointer a, gconstpointer b)
{
  const Ranked *x = a, *y = b;

  return (x->value > y->value) - (x->value < y->value);
}

/* Replaces values by their ranks; equal values share theirs. */
static void
rank (gdouble *values, guint n)
{
  g_autofree Ranked *order = g_new (Ranked, n);

  for (guint i = 0; i < n; i++)
    order[i] = (Ranked){values[i], i};
  qsort (order, n, sizeof (Ranked), compare_ranked);
  for (guint i = 0; i < n;) {
    guint end = i;
    gdouble mean;

    while (end < n && order[end].value == order[i].value)
      end++;
    mean = (i + end - 1) / 2.0;
    for (; i < end; i++)
      values[order[i].index] = mean;
  }
}

/* Spearman: Pearson's correlation of the ranks; 0 where one does not vary. */
static gdouble
correlate_ranks (gdouble *x, gdouble *y, guint n)
{
  gdouble mean = (n - 1) / 2.0, xy = 0, xx = 0, yy = 0;

  rank (x, n);
  rank (y, n);
  for (guint i = 0; i < n; i++) {
    xy += (x[i] - mean) * (y[i] - mean);
    xx += (x[i] - mean) * (x[i] - mean);
    yy += (y[i] - mean) * (y[i] - mean);
  }

  return xx > 0 && yy > 0 ? CLAMP (xy / sqrt (xx * yy), -1.0, 1.0) : 0.0;
}

void
montage_metrics_compute (const GstMontagePlan *plan,
    const GstMontageShotList *const *sources, GstMontageMetrics *metrics)
{
  guint n = plan->cuts->len;
  g_autofree gdouble *energy = g_new (gdouble, n + 1);
  g_autofree gdouble *motion = g_new (gdouble, n + 1);

  metrics->total_score = 0.0;
  for (guint i = 0; i < n; i++) {
    const GstMontageCut *cut = get_cut (plan, i);
    energy[i] = cut->energy;
    motion[i] = g_array_index (sources[cut->source]->shots, GstMontageShot,
        cut->shot)
                    .motion;
    metrics->total_score += cut->score.total;
  }
  metrics->energy_correlation = correlate_ranks (energy, motion, n);
  metrics->mean_clip_sec = (gdouble) plan->duration / GST_SECOND / n;
  compute_beats (plan, metrics);
  compute_sources (plan, metrics);
  compute_repeats (plan, metrics);
  compute_jump_cuts (plan, metrics);
}
