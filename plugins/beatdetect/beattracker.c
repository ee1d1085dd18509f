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
  gfloat *value;      /* (longest + 1) x width: best of a path that ends here */
  gfloat *best_value; /* n: the best of each frame */
  guint8 *best_index;
  guint n_from;    /* frames for which the way back is remembered */
  guint8 *from;    /* n_from x width: period before - shortest + 1, or 0 */
  GArray *settled; /* beats (guint) that later ones no longer change */
} Lattice;

static gfloat *
values_at (const Lattice *self, guint t)
{
  return self->value + (gsize) (t % (self->longest + 1)) * self->width;
}

static guint8 *
from_at (const Lattice *self, guint t)
{
  return self->from + (gsize) (t % self->n_from) * self->width;
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

/* Follows the path back from beat @index at @t to what is settled, and settles
 * its beats before @until. */
static void
settle (Lattice *self, guint t, guint index, guint until)
{
  GArray *beats = self->settled;
  guint first = beats->len;
  guint8 from;

  do {
    if (first > 0 && t <= g_array_index (beats, guint, first - 1))
      break;
    if (t < until)
      g_array_append_val (beats, t);
    from = from_at (self, t)[index];
    t -= MIN (t, self->shortest + index);
    index = from - 1u;
  } while (from != 0);
  for (guint a = first, b = beats->len; a + 1 < b; a++, b--) {
    guint swap = g_array_index (beats, guint, a);

    g_array_index (beats, guint, a) = g_array_index (beats, guint, b - 1);
    g_array_index (beats, guint, b - 1) = swap;
  }
}

/* Whatever comes after @t, the best paths are the same long before it. */
static void
settle_early (Lattice *self, guint t)
{
  guint best = t;

  for (guint i = t + 1 - self->longest; i < t; i++)
    if (self->best_value[i] > self->best_value[best])
      best = i;
  settle (self, best, self->best_index[best], t + 1 - TRACK_SETTLE);
}

static void
fill (Lattice *self)
{
  for (guint t = 0; t < self->n; t++) {
    gfloat *values = values_at (self, t);
    guint8 *from = from_at (self, t);

    self->best_value[t] = -G_MAXFLOAT;
    for (guint i = 0; i < self->width; i++) {
      guint period = self->shortest + i;

      values[i] = best_before (self, t, period, &from[i])
          + (gfloat) (reward (self, t, period) - period_cost (self, t, period));
      if (values[i] > self->best_value[t]) {
        self->best_value[t] = values[i];
        self->best_index[t] = (guint8) i;
      }
    }
    if (t >= TRACK_SETTLE && (t + 1) % TRACK_SETTLE == 0)
      settle_early (self, t);
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

GArray *
beat_tracker_run (const gfloat *activation, guint n, const gdouble *periods)
{
  Lattice self = {.activation = activation, .periods = periods, .n = n};
  gdouble shortest = periods[0], longest = periods[0];
  guint frame, index;

  for (guint i = 1; i < n; i++) {
    shortest = MIN (shortest, periods[i]);
    longest = MAX (longest, periods[i]);
  }
  self.shortest = (guint) MAX (2.0, floor (shortest * exp2 (-TRACK_RANGE)));
  self.longest = (guint) ceil (longest * exp2 (TRACK_RANGE));
  self.longest = MIN (self.longest, self.shortest + 254);
  self.width = self.longest - self.shortest + 1;
  self.value = g_new (gfloat, (gsize) (self.longest + 1) * self.width);
  /* From one time of settling back to what the one before has settled. */
  self.n_from = MIN (n, 2 * (TRACK_SETTLE + self.longest));
  self.from = g_new (guint8, (gsize) self.n_from * self.width);
  self.best_value = g_new (gfloat, n);
  self.best_index = g_new (guint8, n);
  self.settled = g_array_new (FALSE, FALSE, sizeof (guint));
  fill (&self);
  best_end (&self, &frame, &index);
  settle (&self, frame, index, n);
  g_free (self.value);
  g_free (self.best_value);
  g_free (self.best_index);
  g_free (self.from);
  return self.settled;
}
