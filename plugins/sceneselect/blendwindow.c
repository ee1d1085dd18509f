/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "blendwindow.h"

#include <string.h>

/* Sums per column of samples. */
typedef struct
{
  gint along[THUMB_WIDTH];
  gint squared[THUMB_WIDTH];
  gint energy[THUMB_WIDTH];
} Columns;

/* One row of @n samples. */
static inline void
add_row (Columns *self, const guint8 *a, const guint8 *b, const guint8 *f,
    gint n)
{
  for (gint i = 0; i < n; i++) {
    gint16 d = (gint16) (b[i] - a[i]), g = (gint16) (f[i] - a[i]);

    self->along[i] += g * d;
    self->squared[i] += g * g;
    self->energy[i] += d * d;
  }
}

static inline gint
sum_of (const gint *luma, const gint *chroma)
{
  return luma[0] + luma[1] + luma[2] + luma[3] + chroma[0] + chroma[1];
}

static void
fit_cells (const MixPicture *a, const MixPicture *b, const MixThumb *f,
    CellFit *cells)
{
  for (gint y = 0; y < MIX_CELLS_Y; y++) {
    Columns luma = {0}, chroma = {0};

    add_row (&luma, a->y[2 * y], b->y[2 * y], f->y[2 * y], THUMB_WIDTH);
    add_row (&luma, a->y[2 * y + 1], b->y[2 * y + 1], f->y[2 * y + 1],
        THUMB_WIDTH);
    add_row (&chroma, a->u[y], b->u[y], f->u[y], MIX_CHROMA_WIDTH);
    add_row (&chroma, a->v[y], b->v[y], f->v[y], MIX_CHROMA_WIDTH);
    for (gint x = 0; x < MIX_CELLS_X; x++) {
      gint c = y * MIX_CELLS_X + x;
      gint seen = a->seen[c] && b->seen[c];

      cells[c].along = (gfloat) (seen
          * sum_of (luma.along + 4 * x, chroma.along + 2 * x));
      cells[c].squared = (gfloat) (seen
          * sum_of (luma.squared + 4 * x, chroma.squared + 2 * x));
      cells[c].energy = (gfloat) (seen
          * sum_of (luma.energy + 4 * x, chroma.energy + 2 * x));
    }
  }
}

void
blend_window_look (BlendWindow *self, guint i)
{
  MixPicture a, b;
  const MixRing *ring = self->ring;
  CellFit *cells = self->cells[i];
  guint frame = blend_window_get_frame (self, i);
  gdouble along = 0, energy = 1e-3;

  mix_picture_fill (&a, mix_ring_get (ring, self->begin), &self->drift_a,
      frame);
  mix_picture_fill (&b, mix_ring_get (ring, self->end), &self->drift_b,
      (gdouble) frame - self->n);
  fit_cells (&a, &b, mix_ring_get (ring, self->begin + frame), cells);
  for (guint c = 0; c < MIX_CELLS; c++) {
    along += cells[c].along;
    energy += cells[c].energy;
  }
  self->alpha[i] = along / energy;
  self->energy[i] = energy;
}

void
blend_window_begin (BlendWindow *self, const MixRing *ring, guint64 begin,
    guint64 end, guint before, guint after, guint last)
{
  self->ring = ring;
  self->begin = begin;
  self->end = end;
  self->n = (guint) (end - begin);
  self->last = MIN (last, self->n);
  self->drift_a = mix_ring_get_drift (ring, begin + 1 - before, begin + 1);
  self->drift_b = mix_ring_get_drift (ring, end + 1, end + 1 + after);
}

void
cell_fits_add (const CellFit *cells, gdouble *left, gdouble *energy)
{
  for (guint c = 0; c < MIX_CELLS; c++) {
    *left += cell_fit_get_left (&cells[c], cell_fit_get_alpha (&cells[c]));
    *energy += cells[c].energy;
  }
}
