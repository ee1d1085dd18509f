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
  guint16 share[THUMB_WIDTH];
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
    self->share[i] = (guint16) ((from - self->index[i]) * 256);
  }
}

static inline guint8
between (guint8 a, guint8 b, guint16 share)
{
  return (guint8) ((a * (256 - share) + b * share + 128) >> 8);
}

/* Plain loops for the vectoriser; only the one in the middle gathers, both
 * neighbours at once. */
static void
fill_plane (const guint8 *plane, gint width, gint height, const Origins *xs,
    const Origins *ys, guint8 *out)
{
  guint8 mixed[THUMB_SIZE];
  guint16 pairs[THUMB_SIZE];

  for (gint y = 0; y < height; y++) {
    const guint8 *upper = plane + ys->index[y] * width, *lower = upper + width;
    guint16 share = ys->share[y];

    for (gint x = 0; x < width; x++)
      mixed[y * width + x] = between (upper[x], lower[x], share);
  }
  for (gint y = 0; y < height; y++) {
    for (gint x = 0; x < width; x++)
      memcpy (pairs + y * width + x, mixed + y * width + xs->index[x], 2);
  }
  for (gint y = 0; y < height; y++) {
    for (gint x = 0; x < width; x++) {
      guint16 pair = GUINT16_FROM_LE (pairs[y * width + x]);

      out[y * width + x] = between (pair & 255, pair >> 8, xs->share[x]);
    }
  }
}

/* What lies outside does so from an edge on. */
static void
fill_seen (MixPicture *self, const Origins *xs, const Origins *ys)
{
  for (gint c = 0; c < MIX_CELLS; c++) {
    gint x = c % MIX_CELLS_X * 4, y = c / MIX_CELLS_X * 2;

    self->seen[c] = xs->seen[x] && xs->seen[x + 3] && ys->seen[y]
        && ys->seen[y + 1];
  }
}

void
mix_thumb_fill (MixThumb *self, const FrameTraits *traits)
{
  memcpy (self->y, traits->thumb, sizeof self->y);
  average_chroma (traits->small.u, self->u);
  average_chroma (traits->small.v, self->v);
  memset (self->columns, 0, sizeof self->columns);
  memset (self->rows, 0, sizeof self->rows);
  for (gint y = 0; y < THUMB_HEIGHT; y++) {
    for (gint x = 0; x < THUMB_WIDTH; x++) {
      self->columns[x] += self->y[y][x];
      self->rows[y] += self->y[y][x];
    }
  }
}

gdouble
mix_thumb_get_difference (const MixThumb *a, const MixThumb *b)
{
  gint sum = 0;

  for (gint i = 0; i < THUMB_SIZE; i++) {
    gint d = (&a->y[0][0])[i] - (&b->y[0][0])[i];

    sum += d * d;
  }
  return sum;
}

void
mix_picture_fill (MixPicture *self, const MixThumb *thumb, const Drift *drift,
    gdouble frames)
{
  gdouble dx = drift->dx * frames, dy = drift->dy * frames;
  gdouble growth = CLAMP (drift->zoom * frames, -0.5, 0.5);
  Origins xs, ys;

  if (fabs (dx) < MIN_MOVE && fabs (dy) < MIN_MOVE
      && fabs (growth) < 2 * MIN_MOVE) {
    memcpy (self->y, thumb->y, sizeof self->y);
    memcpy (self->u, thumb->u, sizeof self->u);
    memcpy (self->v, thumb->v, sizeof self->v);
    memset (self->seen, TRUE, sizeof self->seen);
    return;
  }
  fill_origins (&xs, THUMB_WIDTH, dx, growth);
  fill_origins (&ys, THUMB_HEIGHT, dy, growth);
  fill_plane (&thumb->y[0][0], THUMB_WIDTH, THUMB_HEIGHT, &xs, &ys,
      &self->y[0][0]);
  fill_seen (self, &xs, &ys);
  fill_origins (&xs, MIX_CHROMA_WIDTH, dx, growth);
  fill_origins (&ys, MIX_CHROMA_HEIGHT, dy, growth);
  fill_plane (&thumb->u[0][0], MIX_CHROMA_WIDTH, MIX_CHROMA_HEIGHT, &xs, &ys,
      &self->u[0][0]);
  fill_plane (&thumb->v[0][0], MIX_CHROMA_WIDTH, MIX_CHROMA_HEIGHT, &xs, &ys,
      &self->v[0][0]);
}
