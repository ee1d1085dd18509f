/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "frametraits.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "shotconstants.h"

#define CELL_SIZE (SMALL_WIDTH * SMALL_HEIGHT / TRAITS_CELLS)
#define CHROMA_SIZE (SMALL_CHROMA_WIDTH * SMALL_CHROMA_HEIGHT)

static void
fill_luma (FrameTraits *self)
{
  guint64 sum = 0, squares = 0;
  gdouble n = SMALL_WIDTH * SMALL_HEIGHT;
  gdouble mean;

  for (gint y = 0; y < SMALL_HEIGHT; y++) {
    const guint8 *row = self->small.y[y];
    guint16 (*cells)[TRAITS_BINS] = self->luma + y / (SMALL_HEIGHT / 3) * 3;

    for (gint x = 0; x < SMALL_WIDTH; x++) {
      cells[x / (SMALL_WIDTH / 3)][row[x] >> 3]++;
      sum += row[x];
      squares += (guint) row[x] * row[x];
    }
  }
  mean = sum / n;
  self->mean = (gfloat) mean;
  self->deviation = (gfloat) sqrt (MAX (squares / n - mean * mean, 0));
}

void
frame_traits_fill (FrameTraits *self)
{
  memset (self->luma, 0, sizeof self->luma);
  memset (self->chroma, 0, sizeof self->chroma);
  fill_luma (self);
  for (gint y = 0; y < SMALL_CHROMA_HEIGHT; y++) {
    for (gint x = 0; x < SMALL_CHROMA_WIDTH; x++) {
      guint u = self->small.u[y][x] >> 4, v = self->small.v[y][x] >> 4;

      /* 16 values wide where nearly all colours are, the ends in one */
      u = CLAMP (u, 4, 11) - 4;
      v = CLAMP (v, 4, 11) - 4;
      self->chroma[u * 8 + v]++;
    }
  }
  for (gint y = 0; y < THUMB_HEIGHT; y++) {
    for (gint x = 0; x < THUMB_WIDTH; x++) {
      guint sum = 0;

      for (gint j = 0; j < 3; j++) {
        for (gint i = 0; i < 3; i++)
          sum += self->small.y[3 * y + j][3 * x + i];
      }
      self->thumb[y * THUMB_WIDTH + x] = (guint8) ((sum + 4) / 9);
    }
  }
}

/* 1 - intersection of the cells' histograms; the two worst cells are left
 * out, since things move in and out there. */
static gdouble
luma_distance (const FrameTraits *a, const FrameTraits *b)
{
  gdouble sum = 0, first = 0, second = 0;

  for (gint cell = 0; cell < TRAITS_CELLS; cell++) {
    guint common = 0;
    gdouble distance;

    for (gint i = 0; i < TRAITS_BINS; i++)
      common += MIN (a->luma[cell][i], b->luma[cell][i]);
    distance = 1 - (gdouble) common / CELL_SIZE;
    sum += distance;
    if (distance > first) {
      second = first;
      first = distance;
    } else if (distance > second) {
      second = distance;
    }
  }
  return (sum - first - second) / (TRAITS_CELLS - 2);
}

static gdouble
chroma_distance (const FrameTraits *a, const FrameTraits *b)
{
  guint common = 0;

  for (gint i = 0; i < TRAITS_CHROMA_BINS; i++)
    common += MIN (a->chroma[i], b->chroma[i]);
  return 1 - (gdouble) common / CHROMA_SIZE;
}

/* 1 - zero-mean normalised cross-correlation of the thumbnails. What pictures
 * without texture have to compare is their brightness. */
static gdouble
thumb_distance (const FrameTraits *a, const FrameTraits *b)
{
  gint64 sa = 0, sb = 0, saa = 0, sbb = 0, sab = 0;
  gdouble va, vb, cov;
  const gdouble noise = 4;

  for (gint i = 0; i < THUMB_SIZE; i++) {
    gint x = a->thumb[i], y = b->thumb[i];

    sa += x;
    sb += y;
    saa += x * x;
    sbb += y * y;
    sab += x * y;
  }
  va = ((gdouble) saa - (gdouble) sa * sa / THUMB_SIZE) / THUMB_SIZE;
  vb = ((gdouble) sbb - (gdouble) sb * sb / THUMB_SIZE) / THUMB_SIZE;
  cov = ((gdouble) sab - (gdouble) sa * sb / THUMB_SIZE) / THUMB_SIZE;
  /* the noise agrees with itself: two flat pictures correlate */
  return CLAMP (1 - (cov + noise) / sqrt ((va + noise) * (vb + noise)), 0, 1);
}

gdouble
frame_traits_distance (const FrameTraits *a, const FrameTraits *b,
    const FrameMotion *motion)
{
  return WEIGHT_LUMA * luma_distance (a, b)
      + WEIGHT_CHROMA * chroma_distance (a, b)
      + WEIGHT_MOTION * motion->mismatch
      + WEIGHT_STRUCTURE * thumb_distance (a, b);
}
