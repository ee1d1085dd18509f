/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "blendramp.h"

#include <math.h>

/* Straight, eased, late and early. */
#define N_SHAPES 4

typedef struct
{
  gdouble error; /* sum of squares */
  gint first;
  gint last;
} Ramp;

/* What is left of alpha by a ramp of each shape from @first to @last. */
static void
measure (const BlendWindow *window, gint first, gint last, gdouble *errors)
{
  gdouble slope = 1.0 / (last - first);

  for (guint k = 0; k < N_SHAPES; k++)
    errors[k] = 0;
  for (guint i = 0; i <= window->last; i++) {
    gdouble x = ((gint) blend_window_get_frame (window, i) - first) * slope;
    gdouble alpha = window->alpha[i], squared, e[N_SHAPES];

    x = CLAMP (x, 0, 1);
    squared = x * x;
    e[0] = alpha - x;
    e[1] = alpha - squared * (3 - 2 * x);
    e[2] = alpha - squared;
    e[3] = alpha - (2 * x - squared);
    for (guint k = 0; k < N_SHAPES; k++)
      errors[k] += e[k] * e[k];
  }
}

/* Those on a coarse grid. */
static void
search (const BlendWindow *window, gint step, Ramp *ramps)
{
  gint n = (gint) window->n;

  for (gint f = 0; f < n; f += step) {
    for (gint l = f + step; l <= n; l += step) {
      gdouble errors[N_SHAPES];

      measure (window, f, l, errors);
      for (guint k = 0; k < N_SHAPES; k++) {
        if (errors[k] < ramps[k].error)
          ramps[k] = (Ramp){errors[k], f, l};
      }
    }
  }
}

/* Those around, in ever smaller steps. */
static void
refine (const BlendWindow *window, gint step, guint shape, Ramp *ramp)
{
  gint n = (gint) window->n;

  while (step > 1) {
    Ramp from = *ramp;

    step = (step + 1) / 2;
    for (gint i = 0; i < 9; i++) {
      gint f = from.first + (i % 3 - 1) * step;
      gint l = from.last + (i / 3 - 1) * step;
      gdouble errors[N_SHAPES];

      if (f < 0 || l > n || f >= l)
        continue;
      measure (window, f, l, errors);
      if (errors[shape] < ramp->error)
        *ramp = (Ramp){errors[shape], f, l};
    }
  }
}

void
blend_ramp_find (const BlendWindow *window, gint *first, gint *last)
{
  gint step = MAX ((gint) window->n / 8, 1);
  gdouble best = G_MAXDOUBLE;
  Ramp ramps[N_SHAPES];

  for (guint k = 0; k < N_SHAPES; k++)
    ramps[k] = (Ramp){G_MAXDOUBLE, 0, (gint) window->n};
  search (window, step, ramps);
  for (guint k = 0; k < N_SHAPES; k++) {
    refine (window, step, k, &ramps[k]);
    if (ramps[k].error < best) {
      best = ramps[k].error;
      *first = ramps[k].first;
      *last = ramps[k].last;
    }
  }
}

gdouble
blend_ramp_get_error (const BlendWindow *window)
{
  gdouble errors[N_SHAPES], best = G_MAXDOUBLE;

  measure (window, 0, (gint) window->n, errors);
  for (guint k = 0; k < N_SHAPES; k++)
    best = MIN (best, errors[k]);
  return sqrt (best / window->last);
}
