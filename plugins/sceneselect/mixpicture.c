/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "mixpicture.h"

#include <math.h>
#include <string.h>

/* Moves below that share of a thumbnail are none. */
#define MIN_MOVE 0.01

static void
average_chroma (const guint8 from[SMALL_CHROMA_HEIGHT][SMALL_CHROMA_WIDTH],
    guint8 to[MIX_CHROMA_HEIGHT][MIX_CHROMA_WIDTH])
{
  for (gint y = 0; y < MIX_CHROMA_HEIGHT; y++) {
    for (gint x = 0; x < MIX_CHROMA_WIDTH; x++) {
      guint sum = 0;

      for (gint j = 0; j < 3; j++) {
        for (gint i = 0; i < 3; i++)
          sum += from[3 * y + j][3 * x + i];
      }
      to[y][x] = (guint8) ((sum + 4) / 9);
    }
  }
}

/* Where each of @n columns or rows comes from, in 1/256 samples. */
typedef struct
{
  gint index[THUMB_WIDTH];
  gint share[THUMB_WIDTH];
  gboolean seen[THUMB_WIDTH];
} Origins;

static void
fill_origins (Origins *self, gint n, gdouble move, gdouble growth)
{
  for (gint i = 0; i < n; i++) {
    gdouble centre = i - (n - 1) / 2.0;
    gdouble from = (n - 1) / 2.0 + centre * (1 - growth) - move * n;

    self->seen[i] = from >= -0.5 && from <= n - 0.5;
    from = CLAMP (from, 0, n - 1.001);
    self->index[i] = (gint) from;
    self->share[i] = (gint) ((from - self->index[i]) * 256);
  }
}

/* One row between @upper and @lower. Across rows first: that is a plain loop
 * for the vectoriser, only what is left gathers. */
static void
resample_row (const guint8 *upper, const guint8 *lower, gint share,
    const Origins *xs, gint n, guint8 *out)
{
  gint mixed[THUMB_WIDTH];

  for (gint x = 0; x < n; x++)
    mixed[x] = (upper[x] << 8) + share * (lower[x] - upper[x]);
  for (gint x = 0; x < n; x++) {
    const gint *p = mixed + xs->index[x];

    out[x] = (guint8) (((p[0] << 8) + xs->share[x] * (p[1] - p[0]) + (1 << 15))
        >> 16);
  }
}

static inline void
fill_plane (MixPicture *self, const guint8 *plane, gint step, gint first,
    gdouble dx, gdouble dy, gdouble growth)
{
  gint width = THUMB_WIDTH / step, height = THUMB_HEIGHT / step;
  gint across = 4 / step, down = 2 / step;
  guint8 row[THUMB_WIDTH];
  Origins xs, ys;

  fill_origins (&xs, width, dx, growth);
  fill_origins (&ys, height, dy, growth);
  for (gint y = 0; y < height; y++) {
    const guint8 *upper = plane + ys.index[y] * width;
    gint cell = y / down * MIX_CELLS_X;

    resample_row (upper, upper + width, ys.share[y], &xs, width, row);
    for (gint i = 0; i < MIX_CELLS_X; i++, cell++) {
      memcpy (self->values[cell] + first + y % down * across, row + i * across,
          (gsize) across);
      /* what lies outside does so from an edge on */
      self->seen[cell] &= ys.seen[y] && xs.seen[i * across]
          && xs.seen[(i + 1) * across - 1];
    }
  }
}

static void
fill_cells (MixThumb *self)
{
  for (gint y = 0; y < THUMB_HEIGHT; y++) {
    for (gint x = 0; x < THUMB_WIDTH; x++)
      self->values[y / 2 * MIX_CELLS_X + x / 4][y % 2 * 4 + x % 4] =
          self->y[y][x];
  }
  for (gint y = 0; y < MIX_CHROMA_HEIGHT; y++) {
    for (gint x = 0; x < MIX_CHROMA_WIDTH; x++) {
      guint8 *values = self->values[y * MIX_CELLS_X + x / 2];

      values[8 + x % 2] = self->u[y][x];
      values[10 + x % 2] = self->v[y][x];
    }
  }
}

void
mix_thumb_fill (MixThumb *self, const FrameTraits *traits)
{
  memcpy (self->y, traits->thumb, sizeof self->y);
  average_chroma (traits->small.u, self->u);
  average_chroma (traits->small.v, self->v);
  fill_cells (self);
  memset (self->columns, 0, sizeof self->columns);
  memset (self->rows, 0, sizeof self->rows);
  for (gint y = 0; y < THUMB_HEIGHT; y++) {
    for (gint x = 0; x < THUMB_WIDTH; x++) {
      self->columns[x] += self->y[y][x];
      self->rows[y] += self->y[y][x];
    }
  }
}

void
mix_picture_fill (MixPicture *self, const MixThumb *thumb, const Drift *drift,
    gdouble frames)
{
  gdouble dx = drift->dx * frames, dy = drift->dy * frames;
  gdouble growth = CLAMP (drift->zoom * frames, -0.5, 0.5);

  memset (self->seen, TRUE, sizeof self->seen);
  if (fabs (dx) < MIN_MOVE && fabs (dy) < MIN_MOVE
      && fabs (growth) < MIN_MOVE) {
    memcpy (self->values, thumb->values, sizeof self->values);
    return;
  }
  fill_plane (self, &thumb->y[0][0], 1, 0, dx, dy, growth);
  fill_plane (self, &thumb->u[0][0], 2, 8, dx, dy, growth);
  fill_plane (self, &thumb->v[0][0], 2, 10, dx, dy, growth);
}
