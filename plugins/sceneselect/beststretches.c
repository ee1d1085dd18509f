/* SPDX-License-Identifier: LGPL-2.1-or-later */

/* Every step of a shot gets a score, every run of one to four seconds that of
 * its mean and of its worst step, and the best run is taken; then the best one
 * that does not touch it, and once more. */

#include "beststretches.h"

#include <math.h>

#include "shotconstants.h"

typedef struct
{
  guint begin;
  guint end;
  gfloat score;
} Run;

static gfloat
step_score (const ShotSeries *series, guint i)
{
  gfloat sharp = series->values[MEASURE_SHARPNESS][i]
      * (1 - series->values[MEASURE_MOTION_BLUR][i]);
  gfloat steady = 1 - series->values[MEASURE_SHAKE][i];
  gfloat exposed = 1 - series->values[MEASURE_UNDEREXPOSED][i]
      - series->values[MEASURE_OVEREXPOSED][i];

  sharp = MIN (sharp / BEST_SHARPNESS, 1);
  return BEST_SHARP * sharp + BEST_STEADY * steady
      + BEST_EXPOSED * exposed * exposed
      + BEST_ACTION * sqrtf (series->values[MEASURE_ACTION][i]);
}

/* The longer of two equal runs is of more use. */
static Run
score_run (const gfloat *scores, guint begin, guint end)
{
  Run run = {begin, end, 0};
  gfloat sum = 0, worst = 1;

  for (guint i = begin; i < end; i++) {
    sum += scores[i];
    worst = MIN (worst, scores[i]);
  }
  run.score = (1 - BEST_WORST) * sum / (end - begin) + BEST_WORST * worst;
  run.score *= 1 - BEST_SHORT * (1 - (gfloat) (end - begin) / BEST_MAX_STEPS);
  return run;
}

static gboolean
is_free (const Run *runs, guint n_runs, guint begin, guint end)
{
  for (guint k = 0; k < n_runs; k++) {
    if (begin < runs[k].end && end > runs[k].begin)
      return FALSE;
  }
  return TRUE;
}

static guint
find_runs (const gfloat *scores, guint first, guint n, Run *runs)
{
  guint n_runs = 0;

  for (; n_runs < BEST_STRETCHES; n_runs++) {
    Run best = {0, 0, -1};

    for (guint length = BEST_MAX_STEPS; length >= BEST_MIN_STEPS; length--) {
      for (guint begin = first; begin + length <= n; begin++) {
        Run run;

        if (!is_free (runs, n_runs, begin, begin + length))
          continue;
        run = score_run (scores, begin, begin + length);
        if (run.score > best.score)
          best = run;
      }
    }
    if (best.score < 0)
      break;
    runs[n_runs] = best;
  }
  return n_runs;
}

void
best_stretches_find (const ShotSeries *series, GstMontageShot *shot)
{
  GstClockTime earliest = shot->start + shot->transition_duration;
  g_autofree gfloat *scores = g_new (gfloat, series->n);
  guint first = (guint) ((shot->transition_duration + CURVE_STEP - 1)
      / CURVE_STEP);
  guint n = (guint) MIN ((shot->end - shot->start) / CURVE_STEP, series->n);
  Run runs[BEST_STRETCHES];
  guint n_runs;

  for (guint i = 0; i < series->n; i++)
    scores[i] = step_score (series, i);
  n_runs = find_runs (scores, first, n, runs);
  /* what is shorter is one stretch, or nothing */
  if (n_runs == 0 && earliest < shot->end && series->first < series->n) {
    Run run = score_run (scores, series->first, series->n);
    GstMontageStretch whole = {earliest, shot->end, CLAMP (run.score, 0, 1)};

    g_array_append_val (shot->best, whole);
  }
  for (guint k = 0; k < n_runs; k++) {
    GstMontageStretch stretch = {shot->start + runs[k].begin * CURVE_STEP,
        shot->start + runs[k].end * CURVE_STEP, CLAMP (runs[k].score, 0, 1)};

    g_array_append_val (shot->best, stretch);
  }
}
