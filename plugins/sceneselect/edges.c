/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "edges.h"

#define WINDOW 10
/* Edges lower than this (of 255) are texture or noise. */
#define MIN_RANGE 24
/* Sub-levels per level of luma. */
#define FINE 4

/* All columns @width samples wide: a constant lets the compiler vectorise. */
static inline void
equal_row (const guint16 *sums, gint n, gint width, gint n_rows, gint *fine)
{
  gfloat scale = (gfloat) FINE / (gfloat) (width * n_rows);

  for (gint i = 0; i < n; i++) {
    gint total = 0;

    for (gint x = 0; x < width; x++)
      total += sums[i * width + x];
    fine[i] = (gint) ((gfloat) total * scale);
  }
}

static void
fine_row (const guint16 *sums, const Columns *columns, gint n_rows, gint *fine)
{
  gint n = columns->n, last = n - 1;
  gboolean equal = columns->begin[last] == last * columns->narrow
      && columns->width[last] == columns->narrow;
  guint64 inverse[2];

  columns_invert (columns, n_rows, inverse);
  if (equal && columns->narrow == 4) {
    equal_row (sums, n, 4, n_rows, fine);
    return;
  }
  for (gint i = 0; i < n; i++)
    fine[i] = (gint) divide (column_sum (columns, sums, i) * FINE,
        inverse[columns->width[i] - columns->narrow]);
}

void
edges_init (Edges *self, gboolean turned)
{
  *self = (Edges){.cells_x = turned ? EDGE_CELLS_Y : EDGE_CELLS_X};
}

void
edges_take_upper (Edges *self, const guint16 *sums, const Columns *columns,
    gint n_rows, gint row)
{
  EdgeCell *cells = self->cells + row * self->cells_x;
  gint *fine = self->upper;
  gint n = columns->n;

  fine_row (sums, columns, n_rows, fine);
  /* the last sample of a window is the first of the next */
  for (gint w = 0; w + WINDOW < n; w += WINDOW) {
    EdgeCell *cell = &cells[w * self->cells_x / n];
    gint low = fine[w], high = fine[w], steepest = 0;

    for (gint i = w + 1; i <= w + WINDOW; i++) {
      low = MIN (low, fine[i]);
      high = MAX (high, fine[i]);
      steepest = MAX (steepest, ABS (fine[i] - fine[i - 1]));
    }
    cell->windows++;
    if (high - low >= MIN_RANGE * FINE) {
      cell->steps += (guint64) steepest;
      cell->ranges += (guint64) (high - low);
      cell->edged++;
    }
  }
}

/* The lower row less the upper one is twice what both together are above the
 * upper one. */
void
edges_take_both (Edges *self, const guint16 *sums, const Columns *columns,
    gint n_rows)
{
  gint both[COLUMNS_MAX];

  fine_row (sums, columns, n_rows, both);
  for (gint i = 1; i < columns->n; i++) {
    gint gx = both[i] - both[i - 1];
    gint gy = both[i] - self->upper[i] + both[i - 1] - self->upper[i - 1];

    self->xx += (guint64) (gx * gx);
    self->yy += (guint64) (gy * gy);
    self->xy += gx * gy;
  }
  self->n += (guint) columns->n - 1;
}

/* The steepest step against the whole range: 1 where every edge is one sample
 * wide, about 1/n where edges are n samples wide. A ratio, so neither contrast
 * nor the amount of detail counts. */
static gdouble
sharpness (guint64 steps, guint64 ranges, gdouble density)
{
  if (ranges == 0)
    return 0;
  return (gdouble) steps / ranges * density / EDGES_WIDTH;
}

void
edges_finish (const Edges *self, gdouble density, gdouble aspect,
    SmallFrame *small)
{
  gboolean turned = self->cells_x == EDGE_CELLS_Y;
  gdouble scale = 1.0 / FINE / FINE / MAX (self->n, 1);
  gdouble xx = self->xx * scale, yy = self->yy * scale / aspect / aspect;
  guint64 steps = 0, ranges = 0;

  for (gint i = 0; i < EDGE_CELLS; i++) {
    const EdgeCell *cell = &self->cells[i];

    steps += cell->steps;
    ranges += cell->ranges;
    /* what is told from detail was fitted along the rows of the picture */
    small->detail[i] = turned
        ? 0
        : (guint8) (cell->edged * 255 / MAX (cell->windows, 1));
    small->focus[i] = (guint8) (sharpness (cell->steps, cell->ranges, density)
        * 255);
  }
  small->sharpness = (gfloat) sharpness (steps, ranges, density);
  small->gradient_xx = (gfloat) (turned ? yy : xx);
  small->gradient_yy = (gfloat) (turned ? xx : yy);
  small->gradient_xy = (gfloat) (self->xy * scale / aspect);
}
