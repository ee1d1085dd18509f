/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "tempogram.h"

#include <math.h>
#include <string.h>

#include "beatconstants.h"

/* Weights of the period and its multiples. */
static const gdouble harmonic_weights[TEMPO_HARMONICS] = {1.0, 0.5, 1.0 / 3.0,
    0.25};

#define N_LAGS (TEMPO_WINDOW * 5 / 8)

/* Sum of x[i] y[i]; four partial sums let the compiler use vectors without
 * leaving the order of additions to it. */
static gfloat
dot (const gfloat *x, const gfloat *y, guint n)
{
  gfloat sums[4] = {0};
  guint i = 0;

  for (; i + 4 <= n; i += 4)
    for (guint k = 0; k < 4; k++)
      sums[k] += x[i + k] * y[i + k];
  for (; i < n; i++)
    sums[0] += x[i] * y[i];
  return (sums[0] + sums[1]) + (sums[2] + sums[3]);
}

/* Autocorrelation of the window around frame @centre, unbiased by @overlap,
 * the autocorrelation of the window itself. */
static void
window_acf (const gfloat *activation, guint n, gint centre, const gfloat *hann,
    const gfloat *overlap, gfloat *acf)
{
  gfloat x[TEMPO_WINDOW];
  gfloat mean = 0.0f;
  gfloat norm = 0.0f;

  for (gint i = 0; i < TEMPO_WINDOW; i++) {
    gint at = centre - TEMPO_WINDOW / 2 + i;

    x[i] = at >= 0 && at < (gint) n ? activation[at] : 0.0f;
    mean += x[i] * hann[i];
    norm += hann[i];
  }
  mean /= norm;
  for (gint i = 0; i < TEMPO_WINDOW; i++)
    x[i] = (x[i] - mean) * hann[i];
  for (guint lag = 0; lag < N_LAGS; lag++)
    acf[lag] = dot (x + lag, x, TEMPO_WINDOW - lag) / overlap[lag];
}

static gfloat
acf_at (const gfloat *acf, gdouble lag)
{
  guint i = (guint) lag;
  gfloat part = (gfloat) (lag - i);

  if (i + 1 >= N_LAGS)
    return 0.0f;
  return acf[i] * (1.0f - part) + acf[i + 1] * part;
}

static void
comb (const Tempogram *self, const gfloat *acf, gfloat *out)
{
  for (guint b = 0; b < self->n_bins; b++) {
    gdouble sum = 0.0, weights = 0.0;

    for (guint h = 0; h < TEMPO_HARMONICS; h++) {
      gdouble lag = self->periods[b] * (h + 1);

      if (lag + 1 >= N_LAGS)
        break;
      sum += harmonic_weights[h] * acf_at (acf, lag);
      weights += harmonic_weights[h];
    }
    out[b] = (gfloat) (sum / weights / (acf[0] + TEMPO_LEAST_POWER));
  }
}

Tempogram *
tempogram_new (const gfloat *activation, guint n, gdouble bpm_min,
    gdouble bpm_max)
{
  Tempogram *self = g_new0 (Tempogram, 1);
  g_autofree gfloat *acf = g_new (gfloat, N_LAGS);
  g_autofree gfloat *overlap = g_new (gfloat, N_LAGS);
  g_autofree gfloat *hann = g_new (gfloat, TEMPO_WINDOW);

  for (guint i = 0; i < TEMPO_WINDOW; i++)
    hann[i] = 0.5f
        - 0.5f * cosf ((gfloat) (2.0 * G_PI * (i + 0.5) / TEMPO_WINDOW));
  for (guint lag = 0; lag < N_LAGS; lag++)
    overlap[lag] = dot (hann + lag, hann, TEMPO_WINDOW - lag);
  self->n_windows = n / TEMPO_HOP + 1;
  self->n_bins = 1
      + (guint) floor (TEMPO_BINS_PER_OCTAVE * log2 (bpm_max / bpm_min) + 1e-9);
  self->periods = g_new (gdouble, self->n_bins);
  for (guint b = 0; b < self->n_bins; b++)
    self->periods[b] = 60.0 * BEAT_FPS / bpm_max
        * exp2 ((gdouble) b / TEMPO_BINS_PER_OCTAVE);
  self->strength = g_new (gfloat, (gsize) self->n_windows * self->n_bins);
  for (guint w = 0; w < self->n_windows; w++) {
    window_acf (activation, n, (gint) (w * TEMPO_HOP), hann, overlap, acf);
    comb (self, acf, self->strength + (gsize) w * self->n_bins);
  }
  return self;
}

void
tempogram_free (Tempogram *self)
{
  if (!self)
    return;
  g_free (self->periods);
  g_free (self->strength);
  g_free (self);
}

static gdouble
prior_of (gdouble period, gdouble prior_bpm)
{
  gdouble octaves = log2 (60.0 * BEAT_FPS / period / prior_bpm);

  return exp (-0.5 * pow (octaves / TEMPO_PRIOR_OCTAVES, 2.0));
}

/* Best predecessor of bin @b, @best_before being the best of all. */
static guint
best_from (const gdouble *score, guint n_bins, guint b, guint best_before,
    gdouble *value)
{
  guint from = best_before;

  *value = score[best_before] - TEMPO_JUMP_COST;
  for (gint d = -TEMPO_MAX_STEP; d <= TEMPO_MAX_STEP; d++) {
    gint at = (gint) b + d;
    gdouble v;

    if (at < 0 || at >= (gint) n_bins)
      continue;
    v = score[at] - TEMPO_STEP_COST * ABS (d);
    if (v > *value) {
      *value = v;
      from = (guint) at;
    }
  }
  return from;
}

static guint
best_of (const gdouble *score, guint n)
{
  guint best = 0;

  for (guint i = 1; i < n; i++)
    if (score[i] > score[best])
      best = i;
  return best;
}

gdouble *
tempogram_path (const Tempogram *self, guint n, gdouble prior_bpm)
{
  guint n_bins = self->n_bins;
  g_autofree guint16 *from = g_new0 (guint16, (gsize) self->n_windows * n_bins);
  g_autofree gdouble *score = g_new0 (gdouble, n_bins);
  g_autofree gdouble *next = g_new0 (gdouble, n_bins);
  g_autofree guint *bins = g_new (guint, self->n_windows);
  gdouble *path = g_new (gdouble, n + 1);

  for (guint w = 0; w < self->n_windows; w++) {
    guint best = best_of (score, n_bins);
    gdouble *swap;

    for (guint b = 0; b < n_bins; b++) {
      from[(gsize) w * n_bins + b] = (guint16) best_from (score, n_bins, b,
          best, &next[b]);
      next[b] += self->strength[(gsize) w * n_bins + b]
          * prior_of (self->periods[b], prior_bpm);
    }
    swap = score;
    score = next;
    next = swap;
  }

  bins[self->n_windows - 1] = best_of (score, n_bins);
  for (guint w = self->n_windows - 1; w > 0; w--)
    bins[w - 1] = from[(gsize) w * n_bins + bins[w]];
  for (guint i = 0; i < n; i++)
    path[i] = self->periods[bins[MIN ((i + TEMPO_HOP / 2) / TEMPO_HOP,
        self->n_windows - 1)]];
  return path;
}

gdouble
tempogram_mean (const Tempogram *self, const gdouble *path, guint n,
    gdouble factor)
{
  gdouble sum = 0.0;
  guint count = 0;

  for (guint w = 0; w * TEMPO_HOP < n && w < self->n_windows; w++) {
    gdouble bin = TEMPO_BINS_PER_OCTAVE
        * log2 (path[w * TEMPO_HOP] * factor / self->periods[0]);
    gint b = (gint) floor (bin + 0.5);

    count++;
    if (b >= 0 && b < (gint) self->n_bins)
      sum += self->strength[(gsize) w * self->n_bins + (guint) b];
  }
  return count > 0 ? sum / count : 0.0;
}
