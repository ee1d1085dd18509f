/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "livetempo.h"

#include <math.h>
#include <string.h>

/* Weights of the period and its multiples. */
static const gfloat harmonic_weights[TEMPO_HARMONICS] = {1.0f, 0.5f,
    1.0f / 3.0f, 0.25f};

void
live_tempo_init (LiveTempo *self, guint shortest, guint width)
{
  memset (self, 0, sizeof (*self));
  self->shortest = shortest;
  self->width = width;
  for (guint i = 0; i < width; i++) {
    gdouble octaves = log2 (60.0 * BEAT_FPS / (shortest + i) / TEMPO_PRIOR_BPM);

    self->prior[i] = (gfloat) exp (
        -0.5 * pow (octaves / TEMPO_PRIOR_OCTAVES, 2.0));
    self->likely[i] = self->prior[i];
  }
}

/* The sum of the weights of the frames so far that have one @lag before. */
static gdouble
weight_at (const LiveTempo *self, guint lag)
{
  gdouble frames = self->n > lag ? self->n - lag : 0.0;

  return LIVE_TEMPO_FRAMES * (1.0 - exp (-frames / LIVE_TEMPO_FRAMES));
}

/* The most of the autocorrelation within @reach of @lag: multiples of a period
 * that lies between two frames. */
static gfloat
acf_near (const gfloat *acf, guint lag, guint reach)
{
  gfloat best = acf[lag];

  for (guint k = 1; k <= reach; k++)
    best = MAX (best, MAX (acf[lag - k], acf[lag + k]));
  return best;
}

static void
update (LiveTempo *self)
{
  gfloat acf[LIVE_TEMPO_LAGS];
  gfloat power = (gfloat) (self->acf[0] / weight_at (self, 0)
      + LIVE_TEMPO_LEAST_POWER);
  gfloat most = 1e-3f;

  /* What rests on few frames counts little. */
  for (guint lag = 0; lag < LIVE_TEMPO_LAGS; lag++)
    acf[lag] = self->acf[lag]
        / ((gfloat) (weight_at (self, lag) + LIVE_TEMPO_SHRINK) * power);
  for (guint i = 0; i < self->width; i++) {
    gfloat sum = 0.0f, weights = 0.0f;

    for (guint h = 0; h < TEMPO_HARMONICS; h++) {
      guint lag = (self->shortest + i) * (h + 1);

      if (lag + h >= LIVE_TEMPO_LAGS)
        break;
      sum += harmonic_weights[h] * acf_near (acf, lag, h);
      weights += harmonic_weights[h];
    }
    self->strength[i] = MAX (0.0f, sum / weights);
    self->likely[i] = self->strength[i] * self->prior[i];
    most = MAX (most, self->likely[i]);
  }
  for (guint i = 0; i < self->width; i++)
    self->likely[i] /= most;
}

void
live_tempo_push (LiveTempo *self, gfloat activation)
{
  const gfloat fade = (gfloat) (1.0 - 1.0 / LIVE_TEMPO_FRAMES);
  guint at = LIVE_TEMPO_LAGS - 1 - self->n % LIVE_TEMPO_LAGS;
  const gfloat *x = self->recent + at; /* the newest first */

  self->mean += MAX (1.0 / (self->n + 1.0), 1.0 / LIVE_TEMPO_FRAMES)
      * (activation - self->mean);
  self->recent[at] = (gfloat) (activation - self->mean);
  self->recent[at + LIVE_TEMPO_LAGS] = self->recent[at];
  for (guint lag = 0; lag < LIVE_TEMPO_LAGS; lag++)
    self->acf[lag] = fade * self->acf[lag] + x[0] * x[lag];
  self->n++;
  if (self->n % LIVE_TEMPO_EVERY == 0)
    update (self);
}
