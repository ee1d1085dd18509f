/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include <math.h>

#include "planmoment.h"

/* How far a cut may leave its beat, in beats and at most in seconds. */
#define REACH_BEATS 0.4
#define REACH_SEC 0.3
/* A cut is best just after an action has ended, and a little before the next
 * one begins. */
#define AFTER_PEAK (120.0 * GST_MSECOND)
#define BEFORE_PEAK (300.0 * GST_MSECOND)
#define TOLERANCE (100.0 * GST_MSECOND)
#define COST_OF_REACH 0.3
/* An action has ended where it rests now and did not a moment ago; a cut on
 * movement begins within it. Curves that never leave the ground say nothing. */
#define MOMENT (200 * GST_MSECOND)
#define BEFORE_MOMENT (500 * GST_MSECOND)
#define LEAST_ACTION 0.05

typedef struct
{
  const MontageScorer *scorer;
  const MontageSpan *a;
  const MontageSpan *b;
  MontageSlot *left;
  MontageSlot *right;
  MontageTake *before;
  MontageTake *after;
} Join;

/* 1 where a peak of @span lies @distance after @time, less around it. */
static gdouble
peak_value (const MontageSpan *span, GstClockTime time, gdouble distance)
{
  const GArray *peaks = span->info->action_peaks;
  gdouble best = 0.0;

  if (span->across)
    return 0.0;
  for (guint i = 0; i < peaks->len; i++) {
    gdouble x = ((gdouble) g_array_index (peaks, GstClockTime, i)
                    - (gdouble) time - distance)
        / TOLERANCE;
    best = MAX (best, exp (-x * x));
  }

  return best;
}

/* The mean action of @span over [from, to) of its source. */
static gdouble
action_mean (const Join *join, const MontageSpan *span, gint64 from, gint64 to)
{
  GstClockTime step = join->scorer->material->sources[span->source]->curve_step;
  const GArray *curve = span->info->curves.action;
  gint64 start = (gint64) span->info->start;
  gint64 first, last;
  gdouble sum = 0;

  if (step == 0 || curve->len == 0)
    return 0;
  first = CLAMP ((from - start) / (gint64) step, 0, (gint64) curve->len - 1);
  last = CLAMP ((to - start) / (gint64) step, first, (gint64) curve->len - 1);
  for (gint64 i = first; i <= last; i++)
    sum += g_array_index (curve, gint, i) / 1000.0;

  return sum / (last - first + 1);
}

/* -1..1: how much the action before @time, where the shot is left, has come to
 * rest. */
static gdouble
rest_value (const Join *join, gint64 time)
{
  gint64 moment = (gint64) MOMENT;
  gdouble before, now;

  if (join->a->across)
    return 0;
  before = action_mean (join, join->a, time - (gint64) BEFORE_MOMENT,
      time - moment);
  now = action_mean (join, join->a, time - moment, time);

  return (before - now) / MAX (MAX (before, now), LEAST_ACTION);
}

/* 0..1: how much moves in the first moment of the shot that comes, against what
 * else it could begin with. */
static gdouble
movement_value (const Join *join, gint64 time)
{
  gint64 reach = (gint64) (REACH_SEC * GST_SECOND);
  gint64 moment = (gint64) MOMENT;
  gdouble most = LEAST_ACTION;

  if (join->b->across)
    return 0;
  for (gint64 t = -reach; t <= reach; t += moment / 2)
    most = MAX (most, action_mean (join, join->b, time + t, time + t + moment));

  return action_mean (join, join->b, time, time + moment) / most;
}

/* The in-point when the cut comes @shift frames later: what is seen at any time
 * after it stays the same. */
static gint64
shifted_in (const Join *join, gint shift)
{
  const GstMontageOutput *output = &join->scorer->film->output;
  GstClockTime time = gst_montage_output_frame_time (output, ABS (shift));

  if (join->b->still)
    return (gint64) join->after->in_point;
  time = (GstClockTime) ((gdouble) time * (1.0 - join->right->slow));
  return (gint64) join->after->in_point
      + (shift < 0 ? -(gint64) time : (gint64) time);
}

/* The last picture before the cut when it comes @shift frames later. */
static GstClockTime
out_point (const Join *join, gint shift)
{
  MontageSlot left = *join->left;

  left.n_frames += shift;
  return join->before->in_point
      + (join->a->still ? 0
                        : montage_material_reach (join->scorer->material,
                            montage_slot_material (&left)));
}

static gboolean
is_possible (const Join *join, gint shift, guint64 shortest, guint64 longest)
{
  gint64 left = (gint64) join->left->n_frames + shift;
  gint64 right = (gint64) join->right->n_frames - shift;

  if (MIN (left, right) < (gint64) shortest
      || MAX (left, right) > (gint64) longest)
    return FALSE;
  return out_point (join, shift) <= join->a->last
      && shifted_in (join, shift) >= (gint64) join->b->first;
}

static gint
best_shift (const Join *join, gint reach, guint64 shortest, guint64 longest)
{
  gdouble highest = -INFINITY;
  gint best = 0;

  for (gint i = 0; i <= 2 * reach; i++) {
    /* 0, 1, -1, 2, -2, …: of equals the smallest shift wins. */
    gint shift = i % 2 ? (i + 1) / 2 : -i / 2;
    GstClockTime out;
    gdouble value;

    if (!is_possible (join, shift, shortest, longest))
      continue;
    out = out_point (join, shift);
    value = peak_value (join->a, out, -AFTER_PEAK)
        + peak_value (join->b, (GstClockTime) shifted_in (join, shift),
            BEFORE_PEAK)
        + rest_value (join, (gint64) out)
        + movement_value (join, shifted_in (join, shift))
        - COST_OF_REACH * ABS (shift) / MAX (reach, 1);
    if (value > highest + 1e-9) {
      highest = value;
      best = shift;
    }
  }

  return best;
}

static void
move (const Join *join, gint shift)
{
  const MontageScorer *scorer = join->scorer;
  GstClockTime in_point = (GstClockTime) shifted_in (join, shift);

  join->left->n_frames += shift;
  join->right->first_frame += shift;
  join->right->n_frames -= shift;
  montage_slot_describe (scorer->film, join->left);
  montage_slot_describe (scorer->film, join->right);
  join->after->in_point = montage_material_snap (scorer->material, join->b,
      in_point, montage_slot_material (join->right));
  montage_take_look (join->before, scorer->material,
      montage_slot_material (join->left));
  montage_take_look (join->after, scorer->material,
      montage_slot_material (join->right));
}

void
montage_moments_apply (const MontageScorer *scorer, const MontagePace *pace,
    GArray *slots, GArray *takes, guint from)
{
  guint64 shortest, longest;
  gdouble fps = (gdouble) scorer->film->output.fps_n
      / scorer->film->output.fps_d;
  gint reach = (gint) (MIN (REACH_BEATS * pace->phrases.beat_sec, REACH_SEC)
      * fps);

  montage_film_limits (scorer->film, pace, &shortest, &longest);
  for (guint i = from + 1; i < slots->len; i++) {
    Join join = {.scorer = scorer,
        .left = &g_array_index (slots, MontageSlot, i - 1),
        .right = &g_array_index (slots, MontageSlot, i),
        .before = &g_array_index (takes, MontageTake, i - 1),
        .after = &g_array_index (takes, MontageTake, i)};
    gint shift;

    /* Where the song changes everybody hears it. */
    if (join.left->fixed || join.right->fixed || join.right->section_start)
      continue;
    join.a = &g_array_index (scorer->material->spans, MontageSpan,
        join.before->span);
    join.b = &g_array_index (scorer->material->spans, MontageSpan,
        join.after->span);
    shift = best_shift (&join, reach, shortest, longest);
    if (shift != 0)
      move (&join, shift);
  }
}
