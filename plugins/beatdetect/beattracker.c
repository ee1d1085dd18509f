/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A state is a beat at frame t whose distance from the beat before is p
 * frames. Between two beats nothing is decided, so each (t, p) has only to look
 * at the states of frame t - p: a bar-pointer model (Whiteley, Cemgil and
 * Godsill 2006; Krebs, Boeck and Widmer 2015) in which each period is a delay
 * line and only beats are stored. */

#include "beattracker.h"

#include <math.h>

#include "beatconstants.h"

typedef struct
{
  const gfloat *activation;
  const gdouble *periods;
  guint n;
  guint shortest; /* of all periods, frames */
  guint longest;
  guint width;        /* longest - shortest + 1 */
  gfloat *value;      /* n x width: best log odds of a path that ends here */
  gfloat *best_value; /* n: the best of each frame */
  guint8 *best_index;
  guint8 *from; /* n x width: period before - shortest + 1, 0 at the start */
} Lattice;

static gfloat *
values_at (const Lattice *self, guint t)
{
  return self->value + (gsize) (t % (self->longest + 1)) * self->width;
}

static gdouble
reward (const Lattice *self, guint t, guint period)
{
  /* Weighted by the period, so that a path does not win by many beats. */
  return TRACK_GAIN * self->activation[t] * period / self->periods[t];
}

/* What it costs that a beat at @t has @period: bounded, so that a path can
 * follow where the wanted period jumps. */
static gdouble
period_cost (const Lattice *self, guint t, guint period)
{
  gdouble octaves = MIN (fabs (log2 (period / self->periods[t])), TRACK_RANGE);

  return TRACK_OFF_PATH * octaves * octaves;
}

/* The best way to come to a beat at @t from one at t - @period. */
static gfloat
best_before (const Lattice *self, guint t, guint period, guint8 *from)
{
  guint reach = MAX (1, period / 8);
  guint low = MAX (self->shortest, period - reach);
  guint high = MIN (self->longest, period + reach);
  const gfloat *before;
  gfloat best;

  *from = 0;
  if (t < period)
    return 0.0f;
  before = values_at (self, t - period);
  best = self->best_value[t - period] - (gfloat) TRACK_JUMP;
  *from = (guint8) (self->best_index[t - period] + 1);
  for (guint p = low; p <= high; p++) {
    gfloat v = before[p - self->shortest]
        - (gfloat) TRACK_CHANGE * fabsf ((gfloat) period / (gfloat) p - 1.0f);

    if (v > best) {
      best = v;
      *from = (guint8) (p - self->shortest + 1);
    }
  }
  return best;
}

static void
fill (Lattice *self)
{
  for (guint t = 0; t < self->n; t++) {
    gfloat *values = values_at (self, t);

    self->best_value[t] = -G_MAXFLOAT;
    for (guint i = 0; i < self->width; i++) {
      gsize at = (gsize) t * self->width + i;
      guint period = self->shortest + i;

      values[i] = best_before (self, t, period, &self->from[at])
          + (gfloat) (reward (self, t, period) - period_cost (self, t, period));
      if (values[i] > self->best_value[t]) {
        self->best_value[t] = values[i];
        self->best_index[t] = (guint8) i;
      }
    }
  }
}

/* The last beat lies within one period of the end. */
static void
best_end (const Lattice *self, guint *frame, guint *index)
{
  gfloat best = -G_MAXFLOAT;

  *frame = self->n - 1;
  *index = 0;
  for (guint t = self->n - MIN (self->n, self->longest); t < self->n; t++) {
    for (guint i = 0; i < self->width; i++) {
      gfloat v = values_at (self, t)[i];

      if (t + self->shortest + i >= self->n && v > best) {
        best = v;
        *frame = t;
        *index = i;
      }
    }
  }
}

static GArray *
trace (const Lattice *self)
{
  GArray *beats = g_array_new (FALSE, FALSE, sizeof (guint));
  guint t, i;

  best_end (self, &t, &i);
  for (;;) {
    guint8 from = self->from[(gsize) t * self->width + i];

    g_array_append_val (beats, t);
    if (from == 0)
      break;
    t -= self->shortest + i;
    i = from - 1u;
  }
  for (guint a = 0, b = beats->len - 1; a < b; a++, b--) {
    guint swap = g_array_index (beats, guint, a);

    g_array_index (beats, guint, a) = g_array_index (beats, guint, b);
    g_array_index (beats, guint, b) = swap;
  }
  return beats;
}

GArray *
beat_tracker_run (const gfloat *activation, guint n, const gdouble *periods)
{
  Lattice self = {.activation = activation, .periods = periods, .n = n};
  gdouble shortest = periods[0], longest = periods[0];
  GArray *beats;

  for (guint i = 1; i < n; i++) {
    shortest = MIN (shortest, periods[i]);
    longest = MAX (longest, periods[i]);
  }
  self.shortest = (guint) MAX (2.0, floor (shortest * exp2 (-TRACK_RANGE)));
  self.longest = (guint) ceil (longest * exp2 (TRACK_RANGE));
  self.longest = MIN (self.longest, self.shortest + 254);
  self.width = self.longest - self.shortest + 1;
  self.value = g_new (gfloat, (gsize) (self.longest + 1) * self.width);
  self.from = g_new (guint8, (gsize) n * self.width);
  self.best_value = g_new (gfloat, n);
  self.best_index = g_new (guint8, n);
  fill (&self);
  beats = trace (&self);
  g_free (self.value);
  g_free (self.best_value);
  g_free (self.best_index);
  g_free (self.from);
  return beats;
}
