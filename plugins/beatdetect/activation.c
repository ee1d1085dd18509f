/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "activation.h"

#include <math.h>

#include "beatconstants.h"

/* out[i] = mean of x over [i - half, i + half], cut at the ends. */
static void
moving_mean (const gfloat *x, guint n, guint half, gdouble *out)
{
  g_autofree gdouble *sums = g_new (gdouble, n + 1);

  sums[0] = 0.0;
  for (guint i = 0; i < n; i++)
    sums[i + 1] = sums[i] + x[i];
  for (guint i = 0; i < n; i++) {
    guint from = i > half ? i - half : 0;
    guint to = MIN (n, i + half + 1);

    out[i] = MAX (0.0, sums[to] - sums[from]) / (to - from);
  }
}

static void
normalize (gfloat *x, guint n, gdouble least)
{
  g_autofree gdouble *mean = g_new (gdouble, n + 1);
  g_autofree gfloat *square = g_new (gfloat, n + 1);
  gdouble total = 0.0;

  moving_mean (x, n, BEAT_MEAN_FRAMES, mean);
  for (guint i = 0; i < n; i++) {
    x[i] = MAX (0.0f, x[i] - (gfloat) mean[i]);
    square[i] = x[i] * x[i];
    total += square[i];
  }
  if (total <= 0.0)
    return;

  moving_mean (square, n, BEAT_SCALE_FRAMES, mean);
  for (guint i = 0; i < n; i++) {
    gdouble rms = MAX (sqrt (mean[i]), BEAT_SCALE_FLOOR * sqrt (total / n));

    rms = MAX (rms, least);
    x[i] = MIN (1.0f, (gfloat) (x[i] / (BEAT_PEAK_TO_RMS * rms)));
  }
}

Activation *
activation_new (const OnsetFrame *frames, guint n)
{
  Activation *self = g_new0 (Activation, 1);

  self->n = n;
  self->all = g_new (gfloat, n + 1);
  self->low = g_new (gfloat, n + 1);
  self->high = g_new (gfloat, n + 1);
  self->beat = g_new (gfloat, n + 1);
  for (guint i = 0; i < n; i++) {
    self->all[i] = frames[i].flux;
    self->low[i] = frames[i].low;
    self->high[i] = frames[i].high;
  }
  normalize (self->all, n, BEAT_LEAST_ALL);
  normalize (self->low, n, BEAT_LEAST_LOW);
  normalize (self->high, n, BEAT_LEAST_HIGH);
  for (guint i = 0; i < n; i++)
    self->beat[i] = (gfloat) (BEAT_MIX_ALL * self->all[i]
        + BEAT_MIX_LOW * self->low[i] + BEAT_MIX_HIGH * self->high[i]);
  return self;
}

void
activation_curve (const Activation *self, gdouble seconds, GArray *curve)
{
  /* The frame whose onset is at time 0. */
  gint frame = (gint) floor (BEAT_DELAY * BEAT_FPS - 0.5);

  for (guint i = 0; (gdouble) i * ACTIVATION_CURVE_FRAMES < seconds * BEAT_FPS;
       i++) {
    gdouble most = 0.0;

    for (guint k = 0; k < ACTIVATION_CURVE_FRAMES; k++, frame++)
      if (frame >= 0 && frame < (gint) self->n)
        most = MAX (most, self->all[frame]);
    g_array_append_val (curve, most);
  }
}

void
activation_free (Activation *self)
{
  if (!self)
    return;
  g_free (self->all);
  g_free (self->low);
  g_free (self->high);
  g_free (self->beat);
  g_free (self);
}
