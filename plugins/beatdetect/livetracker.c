/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The lattice of beattracker.c, frame by frame: a state is a beat at frame t
 * that comes p frames after the one before, and holds the best path to it. What
 * is kept is a ring of the last LIVE_HISTORY frames. */

#include "livetracker.h"

#include <math.h>

#include "beatconstants.h"

struct _LiveTracker
{
  guint shortest;
  guint width;
  guint longest;
  guint n; /* frames so far */
  guint n_values;
  gfloat *value; /* n_values x width: best log odds of a path that ends here */
  guint8 *from; /* LIVE_HISTORY x width: index of the period before + 1, or 0 */
  gfloat best_value[LIVE_HISTORY];
  guint8 best_index[LIVE_HISTORY];
  gfloat best_open; /* the best of the last period's beats */
  gfloat rate;      /* at which best_open grows per frame */
};

G_STATIC_ASSERT (LIVE_MOST_PERIODS < 256);

LiveTracker *
live_tracker_new (guint shortest, guint width)
{
  LiveTracker *self = g_new0 (LiveTracker, 1);

  self->shortest = shortest;
  self->width = width;
  self->longest = shortest + width - 1;
  self->n_values = self->longest + 1;
  self->value = g_new0 (gfloat, (gsize) self->n_values * width);
  self->from = g_new0 (guint8, (gsize) LIVE_HISTORY * width);
  return self;
}

void
live_tracker_free (LiveTracker *self)
{
  if (!self)
    return;
  g_free (self->value);
  g_free (self->from);
  g_free (self);
}

static gfloat *
values_at (const LiveTracker *self, guint t)
{
  return self->value + (gsize) (t % self->n_values) * self->width;
}

static guint8 *
from_at (const LiveTracker *self, guint t)
{
  return self->from + (gsize) (t % LIVE_HISTORY) * self->width;
}

/* The best way to come to a beat at @t from one at t - @period. */
static gfloat
best_before (const LiveTracker *self, guint t, guint period, guint8 *from)
{
  guint reach = MAX (1, period / LIVE_TRACK_REACH);
  guint low = MAX (self->shortest, period - reach);
  guint high = MIN (self->longest, period + reach);
  const gfloat *before;
  gfloat best;

  *from = 0;
  if (t < period)
    return 0.0f;
  before = values_at (self, t - period);
  best = self->best_value[(t - period) % LIVE_HISTORY]
      - (gfloat) LIVE_TRACK_JUMP;
  *from = (guint8) (self->best_index[(t - period) % LIVE_HISTORY] + 1);
  for (guint p = low; p <= high; p++) {
    gfloat v = before[p - self->shortest]
        - (gfloat) LIVE_TRACK_CHANGE
            * fabsf ((gfloat) period / (gfloat) p - 1.0f);

    if (v > best) {
      best = v;
      *from = (guint8) (p - self->shortest + 1);
    }
  }
  return best;
}

/* Log odds grow without end, and floats are fine near 0 only. */
static void
renormalize (LiveTracker *self)
{
  gfloat least = self->best_open;

  for (gsize i = 0; i < (gsize) self->n_values * self->width; i++)
    self->value[i] -= least;
  for (guint i = 0; i < LIVE_HISTORY; i++)
    self->best_value[i] -= least;
  self->best_open = 0.0f;
}

static guint
oldest_open (const LiveTracker *self)
{
  return self->n > self->longest ? self->n - self->longest : 0;
}

static void
update_rate (LiveTracker *self)
{
  gfloat best = -G_MAXFLOAT;

  for (guint t = oldest_open (self); t < self->n; t++)
    best = MAX (best, self->best_value[t % LIVE_HISTORY]);
  self->rate += (best - self->best_open - self->rate)
      * MAX (1.0f / (gfloat) self->n, 1.0f / LIVE_TRACK_RATE_FRAMES);
  self->best_open = best;
  if (best > LIVE_TRACK_MOST)
    renormalize (self);
}

void
live_tracker_push (LiveTracker *self, gfloat activation, const gfloat *likely)
{
  guint t = self->n, best = 0;
  gfloat *values = values_at (self, t);
  guint8 *from = from_at (self, t);

  for (guint i = 0; i < self->width; i++) {
    guint period = self->shortest + i;
    gfloat value = best_before (self, t, period, &from[i]);

    /* By the time since the beat before, so that a path does not win by many
     * beats. */
    values[i] = value
        + (gfloat) (LIVE_TRACK_GAIN * activation
              - LIVE_TRACK_OFF_TEMPO * (1.0f - likely[i]))
            * (gfloat) MIN (t, period) / (gfloat) LIVE_TRACK_UNIT;
    if (values[i] > values[best])
      best = i;
  }
  self->best_value[t % LIVE_HISTORY] = values[best];
  self->best_index[t % LIVE_HISTORY] = (guint8) best;
  self->n++;
  update_rate (self);
}

/* The beat of the best path whose next beat is still to come. A path that has
 * just had a beat is not better for that: what the others are due is added. */
static guint
best_now (const LiveTracker *self)
{
  guint best = self->n - 1;
  gfloat most = -G_MAXFLOAT;

  for (guint t = oldest_open (self); t < self->n; t++) {
    gfloat value = self->best_value[t % LIVE_HISTORY]
        + self->rate * (gfloat) (self->n - t);

    if (t + self->shortest + self->best_index[t % LIVE_HISTORY] >= self->n
        && value > most) {
      most = value;
      best = t;
    }
  }
  return best;
}

guint
live_tracker_trace (const LiveTracker *self, guint *beats, guint most,
    guint *period)
{
  guint n = 0, t, i;

  if (self->n == 0)
    return 0;
  t = best_now (self);
  i = self->best_index[t % LIVE_HISTORY];
  *period = self->shortest + i;
  while (n < most) {
    guint8 from = from_at (self, t)[i];

    beats[n++] = t;
    if (from == 0 || t - (self->shortest + i) + LIVE_HISTORY < self->n)
      break;
    t -= self->shortest + i;
    i = from - 1u;
  }
  return n;
}
