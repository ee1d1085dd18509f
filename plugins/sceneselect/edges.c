/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "edges.h"

#define WINDOW 10
/* Edges lower than this (of 255) are texture or noise. */
#define MIN_RANGE 24
/* Sub-levels per level of luma. */
#define FINE 4

static void
fine_row (const guint16 *sums, const Columns *columns, gint n_rows, gint *fine)
{
  guint64 inverse[2];

  columns_invert (columns, n_rows, inverse);
  for (gint i = 0; i < columns->n; i++)
    fine[i] = (gint) divide (column_sum (columns, sums, i) * FINE,
        inverse[columns->width[i] - columns->narrow]);
}

/* The steepest step against the whole range, in windows along the row, both
 * summed over the windows that have an edge: 1 where every edge is one sample
 * wide, about 1/n where edges are n samples wide. A ratio, so neither contrast
 * nor the amount of detail counts. */
void
edges_take_upper (Edges *self, const guint16 *sums, const Columns *columns,
    gint n_rows)
{
  gint *fine = self->upper;
  gint n = columns->n;

  fine_row (sums, columns, n_rows, fine);
  /* the last sample of a window is the first of the next */
  for (gint w = 0; w + WINDOW < n; w += WINDOW) {
    gint low = fine[w], high = fine[w], steepest = 0;

    for (gint i = w + 1; i <= w + WINDOW; i++) {
      low = MIN (low, fine[i]);
      high = MAX (high, fine[i]);
      steepest = MAX (steepest, ABS (fine[i] - fine[i - 1]));
    }
    if (high - low >= MIN_RANGE * FINE) {
      self->steps += (guint64) steepest;
      self->ranges += (guint64) (high - low);
    }
  }
}

/* The lower row less the upper one is twice what both together are above the
 * upper one. */
void
edges_take_both (Edges *self, const guint16 *sums, const Columns *columns,
    gint n_rows)
{
  gint both[EDGES_WIDTH];

  fine_row (sums, columns, n_rows, both);
  for (gint i = 1; i < columns->n; i++) {
    gint gx = both[i] - both[i - 1];
    gint gy = both[i] - self->upper[i] + both[i - 1] - self->upper[i - 1];

    self->xx += (guint64) (gx * gx);
    self->yy += (guint64) (gy * gy);
    self->xy += gx * gy;
  }
}

void
edges_finish (const Edges *self, gint width, gdouble aspect, gboolean turned,
    SmallFrame *small)
{
  gdouble xx = (gdouble) self->xx, yy = (gdouble) self->yy / aspect / aspect;

  small->sharpness = 0;
  if (self->ranges > 0)
    small->sharpness = (gfloat) ((gdouble) self->steps / self->ranges
        * MIN (width, EDGES_WIDTH) / EDGES_WIDTH);
  small->gradient_xx = (gfloat) (turned ? yy : xx);
  small->gradient_yy = (gfloat) (turned ? xx : yy);
  small->gradient_xy = (gfloat) (self->xy / aspect);
}
