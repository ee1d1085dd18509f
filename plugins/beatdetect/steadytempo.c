/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The activation of each window is turned into the phases of a period and of
 * its half, third and quarter. Where the tempo is steady, these phases point
 * the same way in all windows once the period is exact, whether or not the
 * accents move between the beats: then the half or the third still agree. */

#include "steadytempo.h"

#include <math.h>

#include "beatconstants.h"

typedef struct
{
  gdouble re;
  gdouble im;
} Phasor;

/* n_windows x STEADY_PARTS */
static Phasor *
window_phasors (const gfloat *activation, guint n_windows, guint window,
    gdouble period)
{
  Phasor *phasors = g_new0 (Phasor, n_windows * STEADY_PARTS);

  for (guint w = 0; w < n_windows; w++) {
    guint start = w * (window / 2);

    for (guint i = 0; i < window; i++) {
      gdouble hann = 0.5 - 0.5 * cos (2.0 * G_PI * (i + 0.5) / window);
      gdouble x = activation[start + i] * hann;
      gdouble angle = -2.0 * G_PI * (start + i) / period;

      if (x == 0.0)
        continue;
      for (guint k = 0; k < STEADY_PARTS; k++) {
        phasors[w * STEADY_PARTS + k].re += x * cos ((k + 1) * angle);
        phasors[w * STEADY_PARTS + k].im += x * sin ((k + 1) * angle);
      }
    }
  }
  return phasors;
}

static gdouble *
window_sums (const gfloat *activation, guint n_windows, guint window)
{
  gdouble *sums = g_new0 (gdouble, n_windows);

  for (guint w = 0; w < n_windows; w++)
    for (guint i = 0; i < window; i++)
      sums[w] += activation[w * (window / 2) + i];
  return sums;
}

/* The phasor of part @k of window @w where the rate is 1 + @change times that of
 * the period it was taken with. */
static Phasor
turned (const Phasor *phasors, guint w, guint window, gdouble period, guint k,
    gdouble change)
{
  const Phasor *p = &phasors[w * STEADY_PARTS + k];
  gdouble centre = (w + 1) * (window / 2);
  gdouble angle = -2.0 * G_PI * (k + 1) * centre * change / period;
  gdouble c = cos (angle), s = sin (angle);

  return (Phasor){p->re * c - p->im * s, p->re * s + p->im * c};
}

/* The sum of the phasors of part @k. */
static Phasor
resultant (const Phasor *phasors, guint n_windows, guint window, gdouble period,
    guint k, gdouble change)
{
  Phasor sum = {0.0, 0.0};

  for (guint w = 0; w < n_windows; w++) {
    Phasor p = turned (phasors, w, window, period, k, change);

    sum.re += p.re;
    sum.im += p.im;
  }
  return sum;
}

/* Share of the windows, each by its activation @weights, that take part in the
 * sum of the phasors of part @k: point where it does, and not too feebly, as they
 * would where another tempo happens to have a multiple there. */
static gdouble
agreement (const Phasor *phasors, const gdouble *weights, guint n_windows,
    guint window, gdouble period, guint k, gdouble change)
{
  Phasor sum = resultant (phasors, n_windows, window, period, k, change);
  gdouble length = hypot (sum.re, sum.im);
  gdouble total = 0.0, agreeing = 0.0;

  for (guint w = 0; w < n_windows; w++)
    total += weights[w];
  if (total <= 0.0 || length <= 0.0)
    return 0.0;
  for (guint w = 0; w < n_windows; w++) {
    Phasor p = turned (phasors, w, window, period, k, change);
    gdouble along = (p.re * sum.re + p.im * sum.im) / length;

    if (along > 0.5 * hypot (p.re, p.im)
        && along > STEADY_FEEBLE * length * weights[w] / total)
      agreeing += weights[w];
  }
  return agreeing / total;
}

/* The best within @reach of @around. */
static gdouble
best_change_near (const Phasor *phasors, guint n_windows, guint window,
    gdouble period, gdouble around, gdouble reach, gdouble step)
{
  gint steps = (gint) ceil (reach / step);
  gdouble best = -1.0, change = around;

  for (gint i = -steps; i <= steps; i++) {
    gdouble sum = 0.0;

    for (guint k = 0; k < STEADY_PARTS; k++) {
      Phasor p = resultant (phasors, n_windows, window, period, k,
          around + i * step);

      sum += hypot (p.re, p.im);
    }
    if (sum > best) {
      best = sum;
      change = around + i * step;
    }
  }
  return change;
}

/* From the middle of a long song outwards, so that the time is linear in its
 * length. */
static gdouble
best_change (const Phasor *phasors, guint n_windows, guint window,
    gdouble period)
{
  guint span = MIN (n_windows, STEADY_FIRST_WINDOWS);
  gdouble change = 0.0, reach = STEADY_REACH;

  for (;;) {
    guint first = (n_windows - span) / 2;
    /* So that the finest part turns by a twentieth over the span per step. */
    gdouble step = 0.05 / STEADY_PARTS * period / ((span + 1) * (window / 2));

    change = best_change_near (phasors + (gsize) first * STEADY_PARTS, span,
        window, period, change, reach, step);
    if (span == n_windows)
      return change;
    span = MIN (n_windows, 2 * span);
    reach = 4.0 * step;
  }
}

gboolean
steady_tempo_find (const gfloat *activation, guint n, gdouble *period)
{
  guint window = MIN (TEMPO_WINDOW, n & ~1u);
  guint n_windows;
  g_autofree Phasor *phasors = NULL;
  g_autofree gdouble *weights = NULL;
  gdouble change, best = 0.0;

  if (window < 2.0 * *period)
    return FALSE;
  n_windows = (n - window) / (window / 2) + 1;
  phasors = window_phasors (activation, n_windows, window, *period);
  weights = window_sums (activation, n_windows, window);
  change = best_change (phasors, n_windows, window, *period);
  for (guint k = 0; k < STEADY_PARTS; k++)
    best = MAX (best,
        agreement (phasors, weights, n_windows, window, *period, k, change));
  if (best < STEADY_AGREEMENT)
    return FALSE;
  *period /= 1.0 + change;
  return TRUE;
}

/* The activation by its phase in @period, smoothed and without its mean. Returns
 * the sum of the activation. */
static gdouble
fold (const gfloat *activation, guint from, guint to, gdouble period,
    gdouble *bins)
{
  gdouble raw[STEADY_PHASES] = {0}, sum = 0.0;

  for (guint t = from; t < to; t++) {
    gdouble turns = t / period;
    guint bin = (guint) ((turns - floor (turns)) * STEADY_PHASES);

    raw[MIN (bin, STEADY_PHASES - 1)] += activation[t];
    sum += activation[t];
  }
  for (guint i = 0; i < STEADY_PHASES; i++)
    bins[i] = 0.5 * raw[i] + 0.25 * raw[(i + 1) % STEADY_PHASES]
        + 0.25 * raw[(i + STEADY_PHASES - 1) % STEADY_PHASES]
        - sum / STEADY_PHASES;
  return sum;
}

/* Correlation of @a with @b, @shift phases later. */
static gdouble
likeness (const gdouble *a, const gdouble *b, gint shift)
{
  gdouble aa = 0.0, bb = 0.0, ab = 0.0;

  for (gint i = 0; i < STEADY_PHASES; i++) {
    gdouble y = b[(i + shift + STEADY_PHASES) % STEADY_PHASES];

    aa += a[i] * a[i];
    bb += y * y;
    ab += a[i] * y;
  }
  return aa > 0.0 && bb > 0.0 ? ab / sqrt (aa * bb) : 0.0;
}

/* How much more alike @a and @b would be if one were moved. */
static gdouble
gain_of_moving (const gdouble *a, const gdouble *b)
{
  gdouble here = -1.0, best = -1.0;

  for (gint shift = -STEADY_PHASES / 2; shift < STEADY_PHASES / 2; shift++) {
    gdouble v = likeness (a, b, shift);

    best = MAX (best, v);
    if (ABS (shift) <= STEADY_SLACK)
      here = MAX (here, v);
  }
  return best - here;
}

gboolean
steady_tempo_keeps_phase (const gfloat *activation, guint n, gdouble period)
{
  gdouble all[STEADY_PHASES], before[STEADY_PHASES], after[STEADY_PHASES];
  gdouble least = 0.5 * TEMPO_WINDOW / n * fold (activation, 0, n, period, all);

  for (guint t = TEMPO_WINDOW; t + TEMPO_WINDOW <= n; t += TEMPO_HOP) {
    guint from = t - MIN (t, STEADY_SIDE), to = MIN (n, t + STEADY_SIDE);

    if (fold (activation, from, t, period, before) >= least
        && fold (activation, t, to, period, after) >= least
        && gain_of_moving (before, after) > STEADY_BREAK)
      return FALSE;
  }
  return TRUE;
}

gdouble
steady_tempo_phase (const gfloat *activation, guint n, gdouble period)
{
  gdouble bins[STEADY_PHASES];
  guint best = 0;

  fold (activation, 0, n, period, bins);
  for (guint i = 1; i < STEADY_PHASES; i++)
    if (bins[i] > bins[best])
      best = i;
  return (best + 0.5) / STEADY_PHASES * period;
}
