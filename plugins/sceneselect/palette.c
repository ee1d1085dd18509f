/* SPDX-License-Identifier: LGPL-2.1-or-later */

/* A coarse histogram in Y, Cb, Cr, which is near enough to what the eye calls
 * distance, then k-means on its cells. The seeds are the cell that has most and
 * then, one by one, the cell that is worst represented: no chance in it. */

#include "palette.h"

#include <math.h>

#define Y_BITS 3
#define C_BITS 4
#define CELLS (1 << (Y_BITS + 2 * C_BITS))
#define COLORS 5
#define ROUNDS 8
/* Colours nearer than this are one. */
#define MIN_DISTANCE 18.0
/* Colours with less than this share of the pictures are left out. */
#define MIN_SHARE 0.01

typedef struct
{
  guint64 count;
  guint64 sum[3];
} Cell;

typedef struct
{
  gdouble c[3];
  gdouble weight;
} Color;

struct _Palette
{
  Cell cells[CELLS];
  guint64 total;
};

Palette *
palette_new (void)
{
  return g_new0 (Palette, 1);
}

void
palette_free (Palette *self)
{
  g_free (self);
}

void
palette_push (Palette *self, const guint8 *y, const guint8 *u, const guint8 *v,
    guint n)
{
  for (guint i = 0; i < n; i++) {
    guint index = y[i] >> (8 - Y_BITS);
    Cell *cell;

    index = index << C_BITS | u[i] >> (8 - C_BITS);
    index = index << C_BITS | v[i] >> (8 - C_BITS);
    cell = &self->cells[index];
    cell->count++;
    cell->sum[0] += y[i];
    cell->sum[1] += u[i];
    cell->sum[2] += v[i];
  }
  self->total += n;
}

static gdouble
distance2 (const Color *a, const Color *b)
{
  gdouble sum = 0;

  for (guint i = 0; i < 3; i++)
    sum += (a->c[i] - b->c[i]) * (a->c[i] - b->c[i]);
  return sum;
}

static GArray *
list_cells (const Palette *self)
{
  GArray *cells = g_array_new (FALSE, FALSE, sizeof (Color));

  for (guint i = 0; i < CELLS; i++) {
    const Cell *cell = &self->cells[i];
    Color color = {.weight = (gdouble) cell->count};

    if (cell->count == 0)
      continue;
    for (guint k = 0; k < 3; k++)
      color.c[k] = (gdouble) cell->sum[k] / cell->count;
    g_array_append_val (cells, color);
  }
  return cells;
}

static guint
nearest (const Color *means, guint n, const Color *color, gdouble *distance)
{
  guint best = 0;

  *distance = G_MAXDOUBLE;
  for (guint i = 0; i < n; i++) {
    gdouble d = distance2 (&means[i], color);

    if (d < *distance) {
      *distance = d;
      best = i;
    }
  }
  return best;
}

static guint
seed (const Color *cells, guint n_cells, Color *means)
{
  guint n = 0;

  while (n < COLORS) {
    const Color *worst = NULL;
    gdouble most = 0;

    for (guint i = 0; i < n_cells; i++) {
      gdouble d = 1;

      if (n > 0)
        nearest (means, n, &cells[i], &d);
      if (n > 0 && d < MIN_DISTANCE * MIN_DISTANCE)
        continue;
      if (cells[i].weight * d > most) {
        most = cells[i].weight * d;
        worst = &cells[i];
      }
    }
    if (!worst)
      break;
    means[n++] = *worst;
  }
  return n;
}

static void
refine (const Color *cells, guint n_cells, Color *means, guint n)
{
  Color sums[COLORS] = {{{0}}};

  for (guint i = 0; i < n_cells; i++) {
    gdouble d;
    Color *sum = &sums[nearest (means, n, &cells[i], &d)];

    for (guint k = 0; k < 3; k++)
      sum->c[k] += cells[i].c[k] * cells[i].weight;
    sum->weight += cells[i].weight;
  }
  for (guint i = 0; i < n; i++) {
    means[i].weight = sums[i].weight;
    for (guint k = 0; k < 3 && sums[i].weight > 0; k++)
      means[i].c[k] = sums[i].c[k] / sums[i].weight;
  }
}

static guint
to_rgb (const Color *color, gdouble kr, gdouble kb)
{
  gdouble y = color->c[0], u = color->c[1] - 128, v = color->c[2] - 128;
  gdouble r = y + 2 * (1 - kr) * v;
  gdouble b = y + 2 * (1 - kb) * u;
  gdouble g = (y - kr * r - kb * b) / (1 - kr - kb);

  r = CLAMP (floor (r + 0.5), 0, 255);
  g = CLAMP (floor (g + 0.5), 0, 255);
  b = CLAMP (floor (b + 0.5), 0, 255);
  return (guint) r << 16 | (guint) g << 8 | (guint) b;
}

void
palette_finish (const Palette *self, gdouble kr, gdouble kb, GArray *colors)
{
  g_autoptr (GArray) cells = list_cells (self);
  const Color *list = (const Color *) (gpointer) cells->data;
  Color means[COLORS];
  guint n = seed (list, cells->len, means);

  for (guint i = 0; i < ROUNDS; i++)
    refine (list, cells->len, means, n);
  for (guint left = n; left > 0; left--) {
    guint best = 0, rgb;

    for (guint i = 1; i < left; i++) {
      if (means[i].weight > means[best].weight)
        best = i;
    }
    if (means[best].weight < MIN_SHARE * self->total)
      break;
    rgb = to_rgb (&means[best], kr, kb);
    g_array_append_val (colors, rgb);
    means[best] = means[left - 1];
  }
}
