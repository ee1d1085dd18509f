/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "beatbars.h"

#include <math.h>

#include "beatconstants.h"
#include "beatsnap.h"

static const guint metres[] = {4, 3};

static guint
frame_of (const GArray *times, guint i, guint n)
{
  gdouble frame = beat_seconds_to_frame (g_array_index (times, gdouble, i));

  return (guint) CLAMP (frame + 0.5, 0.0, n - 1.0);
}

/* Mean chroma of [from, to), without its mean, of length 1. */
static void
mean_chroma (const OnsetFrame *frames, guint from, guint to, gdouble *out)
{
  gdouble mean = 0.0, square = 0.0;

  for (guint k = 0; k < ONSET_CHROMA; k++) {
    out[k] = 0.0;
    for (guint t = from; t < to; t++)
      out[k] += frames[t].chroma[k];
    mean += out[k] / ONSET_CHROMA;
  }
  for (guint k = 0; k < ONSET_CHROMA; k++) {
    out[k] -= mean;
    square += out[k] * out[k];
  }
  if (square > 0.0)
    for (guint k = 0; k < ONSET_CHROMA; k++)
      out[k] /= sqrt (square);
}

static gfloat
peak_at (const gfloat *x, guint n, guint frame)
{
  guint from = frame > 2 ? frame - 2 : 0;
  guint to = MIN (n - 1, frame + 2);
  gfloat best = 0.0f;

  for (guint i = from; i <= to; i++)
    best = MAX (best, x[i]);
  return best;
}

/* To mean 0, deviation 1. */
static void
standardize (gdouble *x, guint n)
{
  gdouble mean = 0.0, square = 0.0;

  for (guint i = 0; i < n; i++)
    mean += x[i] / n;
  for (guint i = 0; i < n; i++)
    square += (x[i] - mean) * (x[i] - mean) / n;
  for (guint i = 0; i < n; i++)
    x[i] = square > 1e-12 ? (x[i] - mean) / sqrt (square) : 0.0;
}

/* How much speaks for a downbeat at each beat. */
static gdouble *
downbeat_evidence (const OnsetFrame *frames, guint n,
    const Activation *activation, const GArray *times)
{
  guint n_beats = times->len;
  g_autofree gdouble *harmony = g_new0 (gdouble, n_beats);
  g_autofree gdouble *low = g_new0 (gdouble, n_beats);
  g_autofree gdouble *high = g_new0 (gdouble, n_beats);
  gdouble *sum = g_new0 (gdouble, n_beats);

  for (guint i = 0; i < n_beats; i++) {
    guint frame = frame_of (times, i, n);

    low[i] = peak_at (activation->low, n, frame);
    high[i] = peak_at (activation->high, n, frame);
    if (i >= 1 && i + 1 < n_beats) {
      gdouble before[ONSET_CHROMA], after[ONSET_CHROMA];

      mean_chroma (frames, frame_of (times, i - 1, n), frame, before);
      mean_chroma (frames, frame, frame_of (times, i + 1, n), after);
      harmony[i] = 1.0;
      for (guint k = 0; k < ONSET_CHROMA; k++)
        harmony[i] -= before[k] * after[k];
    }
  }
  standardize (harmony, n_beats);
  standardize (low, n_beats);
  standardize (high, n_beats);
  for (guint i = 0; i < n_beats; i++)
    sum[i] = BAR_HARMONY * harmony[i] + BAR_LOW * low[i] + BAR_HIGH * high[i];
  standardize (sum, n_beats);
  return sum;
}

guint
beat_bars (const OnsetFrame *frames, guint n, const Activation *activation,
    const GArray *times, guint *positions)
{
  g_autofree gdouble *evidence = NULL;
  guint metre = 0, phase = 0;
  gdouble best = BAR_LEAST;

  for (guint i = 0; i < times->len; i++)
    positions[i] = 0;
  if (times->len < BAR_FEWEST || n == 0)
    return 0;
  evidence = downbeat_evidence (frames, n, activation, times);
  for (guint m = 0; m < G_N_ELEMENTS (metres); m++) {
    for (guint p = 0; p < metres[m]; p++) {
      gdouble sum = 0.0;
      guint count = 0;

      for (guint i = p; i < times->len; i += metres[m]) {
        sum += evidence[i];
        count++;
      }
      /* In deviations of a sum of that many: fair between the metres. */
      sum = sum / sqrt (count) + (metres[m] == 4 ? BAR_FOUR : 0.0);
      if (sum > best) {
        best = sum;
        metre = metres[m];
        phase = p;
      }
    }
  }
  for (guint i = 0; metre > 0 && i < times->len; i++)
    positions[i] = (i + metre - phase) % metre + 1;
  return metre;
}
