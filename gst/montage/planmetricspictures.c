/* SPDX-License-Identifier: LGPL-2.1-or-later */

/* What the cuts show, and how they follow each other. */

#include <math.h>

#include "planmetrics.h"
#include "planquality.h"
#include "planstatistics.h"

/* A few frames in common are not seen as a repeat. */
#define REPEATED_SHARE 0.2
/* Pictures are neither too like nor too unlike each other where half of what
 * their correlation lacks to 1 is between these. */
#define LEAST_UNLIKE 0.3
#define MOST_UNLIKE 0.7

static const GstMontageCut *
get_cut (const GstMontagePlan *plan, guint index)
{
  return &g_array_index (plan->cuts, GstMontageCut, index);
}

GstClockTime
montage_metrics_shown (const GstMontageCut *cut)
{
  return (GstClockTime) (cut->duration * cut->speed);
}

/* ---- sources ---- */

/* Long enough, and somebody wants to see it. */
static gboolean
can_be_used (const MontageMaterial *material, guint source)
{
  return g_array_index (material->source_frames, guint64, source) > 0
      && montage_quality_source_flaw (material, source) == MONTAGE_FLAW_NONE;
}

static void
compute_sources (const GstMontagePlan *plan, const MontageMaterial *material,
    GstMontageMetrics *metrics)
{
  guint n = 0, used = 0;
  gdouble entropy = 0.0;

  for (guint i = 0; i < plan->sources->len; i++) {
    guint n_cuts = g_array_index (plan->sources, GstMontageSource, i).n_cuts;
    gdouble share = (gdouble) n_cuts / plan->cuts->len;

    n += n_cuts > 0 || can_be_used (material, i);
    if (n_cuts == 0)
      continue;
    used++;
    entropy -= share * log (share);
  }
  metrics->source_coverage = (gdouble) used / MAX (n, 1);
  metrics->source_diversity = n > 1 ? CLAMP (entropy / log (n), 0.0, 1.0) : 0.0;
}

static gint
compare_places (gconstpointer a, gconstpointer b)
{
  const GstMontageCut *x = *(const GstMontageCut *const *) a;
  const GstMontageCut *y = *(const GstMontageCut *const *) b;

  if (x->source != y->source)
    return x->source < y->source ? -1 : 1;
  return (x->in_point > y->in_point) - (x->in_point < y->in_point);
}

/* Time of the sources that the film shows, what is shown twice once. */
static gdouble
shown_time (const GstMontagePlan *plan)
{
  g_autoptr (GPtrArray) cuts = g_ptr_array_new ();
  GstClockTime end = 0;
  gdouble total = 0.0;

  for (guint i = 0; i < plan->cuts->len; i++) {
    const GstMontageCut *cut = get_cut (plan, i);

    if (!g_array_index (plan->sources, GstMontageSource, cut->source).still)
      g_ptr_array_add (cuts, (gpointer) cut);
  }
  g_ptr_array_sort (cuts, compare_places);
  for (guint i = 0; i < cuts->len; i++) {
    const GstMontageCut *cut = g_ptr_array_index (cuts, i);
    const GstMontageCut *before = i > 0 ? g_ptr_array_index (cuts, i - 1)
                                        : NULL;
    GstClockTime to = cut->in_point + montage_metrics_shown (cut);

    if (before == NULL || before->source != cut->source)
      end = 0;
    if (to > MAX (end, cut->in_point))
      total += (gdouble) (to - MAX (end, cut->in_point));
    end = MAX (end, to);
  }

  return total;
}

static void
compute_footage (const GstMontagePlan *plan, const MontageMaterial *material,
    GstMontageMetrics *metrics)
{
  g_autoptr (GArray)
      spread = g_array_new (FALSE, FALSE, sizeof (MontageWeighted));
  gdouble total = 0.0;

  for (guint i = 0; i < material->spans->len; i++) {
    const MontageSpan *span = &g_array_index (material->spans, MontageSpan, i);
    GstClockTime length = gst_montage_output_frame_time (&plan->output,
        montage_material_span_frames (material, span));
    MontageWeighted part = {span->info->motion, (gdouble) length};

    if (g_array_index (plan->sources, GstMontageSource, span->source).still)
      continue;
    total += (gdouble) length;
    g_array_append_val (spread, part);
  }
  metrics->footage_coverage = total > 0 ? MIN (shown_time (plan) / total, 1.0)
                                        : 0.0;
  metrics->motion_range = montage_spread (spread);
}

/* ---- repeats ---- */

gboolean
montage_metrics_is_repeat (const GstMontageCut *a, const GstMontageCut *b)
{
  GstClockTime length_a = montage_metrics_shown (a);
  GstClockTime length_b = montage_metrics_shown (b);
  GstClockTime from = MAX (a->in_point, b->in_point);
  GstClockTime to = MIN (a->in_point + length_a, b->in_point + length_b);

  return a->source == b->source && to > from
      && to - from > REPEATED_SHARE * MIN (length_a, length_b);
}

static void
compute_repeats (const GstMontagePlan *plan, GstMontageMetrics *metrics)
{
  g_autoptr (GArray) distances = g_array_new (FALSE, FALSE, sizeof (gdouble));

  for (guint i = 1; i < plan->cuts->len; i++) {
    gdouble distance = get_cut (plan, i)->seen;

    if (distance > 0)
      g_array_append_val (distances, distance);
  }
  metrics->repeats = distances->len;
  metrics->median_repeat_distance = montage_median (distances);
  metrics->min_repeat_distance = distances->len > 0
      ? (guint) g_array_index (distances, gdouble, 0)
      : 0;
}

/* ---- neighbours ---- */

static void
compute_neighbours (const GstMontagePlan *plan, const MontageMaterial *material,
    GstMontageMetrics *metrics)
{
  guint n = 0, inside = 0;

  metrics->jump_cuts = 0;
  for (guint i = 1; i < plan->cuts->len; i++) {
    const GstMontageCut *a = get_cut (plan, i - 1), *b = get_cut (plan, i);
    gint before = montage_material_find (material, a->source, a->in_point);
    gint after = montage_material_find (material, b->source, b->in_point);
    GstClockTimeDiff gap = GST_CLOCK_DIFF (a->in_point
            + montage_metrics_shown (a),
        b->in_point);
    const MontageSpan *x, *y;
    gfloat likeness;

    /* A clip of an earlier revision that can be shown no more. */
    if (before < 0 || after < 0)
      continue;
    x = &g_array_index (material->spans, MontageSpan, before);
    y = &g_array_index (material->spans, MontageSpan, after);
    likeness = montage_span_likeness (x, y);
    metrics->jump_cuts += montage_span_jumps (x, y, gap, likeness);
    if (likeness == MONTAGE_UNKNOWN_LIKENESS)
      continue;
    n++;
    inside += (1 - likeness) / 2 >= LEAST_UNLIKE
        && (1 - likeness) / 2 <= MOST_UNLIKE;
  }
  metrics->continuity = n > 0 ? (gdouble) inside / n : 0.0;
}

/* ---- motion and shot sizes ---- */

/* Sum over [from, to) of the motion of @shot, in ns. */
static gdouble
sum_motion (const GstMontageShot *shot, GstClockTime step, GstClockTime from,
    GstClockTime to)
{
  const GArray *curve = shot->curves.motion;
  gdouble sum = 0.0;
  guint first;

  if (step == 0 || curve == NULL || curve->len == 0)
    return shot->motion * (to - from);
  /* The last value holds to the end of the shot. */
  first = (guint) MIN ((from - shot->start) / step, curve->len - 1);
  for (guint i = first; i < curve->len && from < to; i++) {
    GstClockTime end = i + 1 < curve->len
        ? MIN (shot->start + (i + 1) * step, to)
        : to;

    sum += g_array_index (curve, gint, i) / 1000.0 * (end - from);
    from = end;
  }

  return sum;
}

gdouble
montage_metrics_motion (const GstMontageShotList *source, GstClockTime from,
    GstClockTime length)
{
  gdouble sum = 0.0, total = 0.0;

  for (guint i = 0; i < source->shots->len; i++) {
    const GstMontageShot *shot = &g_array_index (source->shots, GstMontageShot,
        i);
    GstClockTime start = MAX (shot->start, from);
    GstClockTime end = MIN (shot->end, from + length);

    if (end <= start)
      continue;
    sum += sum_motion (shot, source->curve_step, start, end);
    total += (gdouble) (end - start);
  }

  return total > 0 ? CLAMP (sum / total, 0.0, 1.0) : 0.0;
}

static void
compute_looks (const GstMontagePlan *plan, const MontageMaterial *material,
    GstMontageMetrics *metrics)
{
  gdouble motion = 0.0, known = 0.0, wide = 0.0;

  for (guint i = 0; i < plan->cuts->len; i++) {
    const GstMontageCut *cut = get_cut (plan, i);
    gint span = montage_material_find (material, cut->source, cut->in_point);
    GstMontageShotSize size = span < 0
        ? GST_MONTAGE_SHOT_SIZE_UNKNOWN
        : g_array_index (material->spans, MontageSpan, span).shot_size;

    motion += cut->motion * cut->duration;
    if (size == GST_MONTAGE_SHOT_SIZE_UNKNOWN)
      continue;
    known += (gdouble) cut->duration;
    wide += size == GST_MONTAGE_SHOT_SIZE_WIDE ? (gdouble) cut->duration : 0.0;
  }
  metrics->mean_motion = motion / plan->duration;
  metrics->wide_shots = known > 0 ? wide / known : 0.0;
}

void
montage_metrics_compute_pictures (const GstMontagePlan *plan,
    const MontageMaterial *material, GstMontageMetrics *metrics)
{
  compute_sources (plan, material, metrics);
  compute_footage (plan, material, metrics);
  compute_repeats (plan, metrics);
  compute_neighbours (plan, material, metrics);
  compute_looks (plan, material, metrics);
}
