/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "frametraits.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "shotconstants.h"

#define CELL_SIZE (SMALL_WIDTH * SMALL_HEIGHT / TRAITS_CELLS)
#define CHROMA_SIZE (SMALL_CHROMA_WIDTH * SMALL_CHROMA_HEIGHT)
/* Levels between neighbours within which an area is even: noise and the
 * gradient of a lit wall. */
#define BUSY_RANGE 10
/* A foreground smaller than that share of the picture says little. */
#define BUSY_LEAST 0.04

/* Rows from the top (@step 1) or from the bottom (-1) that are black all
 * along: the bars of a wide picture. */
static gint
count_bar (const SmallFrame *frame, gint row, gint step)
{
  gint n = 0;

  for (; n < SMALL_HEIGHT / 3; n++, row += step) {
    for (gint x = 0; x < SMALL_WIDTH; x++) {
      if (frame->y[row][x] > BAR_LEVEL)
        return n;
    }
  }
  return n;
}

void
frame_traits_get_picture (const SmallFrame *frame, gint *top, gint *bottom)
{
  *top = count_bar (frame, 0, 1);
  *bottom = SMALL_HEIGHT - count_bar (frame, SMALL_HEIGHT - 1, -1);
}

static void
fill_luma (FrameTraits *self)
{
  gint top, bottom;
  guint64 sum = 0, squares = 0;
  gdouble n, mean;

  for (gint y = 0; y < SMALL_HEIGHT; y++) {
    const guint8 *row = self->small.y[y];
    guint16 (*cells)[TRAITS_BINS] = self->luma + y / (SMALL_HEIGHT / 3) * 3;
    guint16 *black = self->black + y / (SMALL_HEIGHT / 3) * 3;

    for (gint x = 0; x < SMALL_WIDTH; x++) {
      cells[x / (SMALL_WIDTH / 3)][row[x] >> 3]++;
      black[x / (SMALL_WIDTH / 3)] += row[x] <= BAR_LEVEL;
      sum += row[x];
      squares += (guint) row[x] * row[x];
    }
  }
  /* the bars have added next to nothing to both sums */
  frame_traits_get_picture (&self->small, &top, &bottom);
  n = (bottom - top) * SMALL_WIDTH;
  mean = sum / n;
  self->mean = (gfloat) (sum / (gdouble) (SMALL_WIDTH * SMALL_HEIGHT));
  self->deviation = (gfloat) sqrt (MAX (squares / n - mean * mean, 0));
}

/* Where the sample and those right of and below it differ; both sides of an
 * edge are marked. */
static void
mark_busy (FrameTraits *self)
{
  const guint8 *thumb = self->thumb;

  memset (self->busy, 0, sizeof self->busy);
  for (gint y = 0; y < THUMB_HEIGHT; y++) {
    for (gint x = 0; x < THUMB_WIDTH; x++) {
      gint i = y * THUMB_WIDTH + x;

      if (x + 1 < THUMB_WIDTH && abs (thumb[i] - thumb[i + 1]) > BUSY_RANGE)
        self->busy[i] = self->busy[i + 1] = 1;
      if (y + 1 < THUMB_HEIGHT
          && abs (thumb[i] - thumb[i + THUMB_WIDTH]) > BUSY_RANGE)
        self->busy[i] = self->busy[i + THUMB_WIDTH] = 1;
    }
  }
}

void
frame_traits_fill (FrameTraits *self)
{
  memset (self->luma, 0, sizeof self->luma);
  memset (self->black, 0, sizeof self->black);
  memset (self->chroma, 0, sizeof self->chroma);
  fill_luma (self);
  for (gint y = 0; y < SMALL_CHROMA_HEIGHT; y++) {
    for (gint x = 0; x < SMALL_CHROMA_WIDTH; x++) {
      guint u = self->small.u[y][x] >> 4, v = self->small.v[y][x] >> 4;

      if (self->small.y[2 * y][2 * x] <= BAR_LEVEL)
        continue;
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
  mark_busy (self);
}

/* 1 - intersection of the cells' histograms, black in both left out: that may
 * be bars. The two worst cells do not count, things move in and out there. */
static gdouble
luma_distance (const FrameTraits *a, const FrameTraits *b)
{
  gdouble sum = 0, first = 0, second = 0;
  gint n = 0;

  for (gint cell = 0; cell < TRAITS_CELLS; cell++) {
    guint common = 0, black = MIN (a->black[cell], b->black[cell]);
    gdouble distance;

    if (CELL_SIZE - black < CELL_SIZE / 8)
      continue;
    for (gint i = 0; i < TRAITS_BINS; i++)
      common += MIN (a->luma[cell][i], b->luma[cell][i]);
    distance = 1 - (gdouble) (common - black) / (CELL_SIZE - black);
    n++;
    sum += distance;
    if (distance > first) {
      second = first;
      first = distance;
    } else if (distance > second) {
      second = distance;
    }
  }
  if (n < 3)
    return n > 0 ? sum / n : 0;
  return (sum - first - second) / (n - 2);
}

static gdouble
chroma_distance (const FrameTraits *a, const FrameTraits *b)
{
  guint common = 0, n_a = 0, n_b = 0;

  for (gint i = 0; i < TRAITS_CHROMA_BINS; i++) {
    common += MIN (a->chroma[i], b->chroma[i]);
    n_a += a->chroma[i];
    n_b += b->chroma[i];
  }
  n_a = MAX (n_a, n_b);
  return n_a > common ? (gdouble) (n_a - common) / MAX (n_a, CHROMA_SIZE / 4)
                      : 0;
}

/* What is black in both pictures is mostly bars, and would correlate. */
gdouble
frame_traits_structure_distance (const guint8 *a, const guint8 *b)
{
  gint sa = 0, sb = 0, saa = 0, sbb = 0, sab = 0, n = 0;
  gdouble va, vb, cov;
  const gdouble noise = 4;

  for (gint i = 0; i < THUMB_SIZE; i++) {
    gint seen = a[i] > BAR_LEVEL || b[i] > BAR_LEVEL;
    gint x = a[i] * seen, y = b[i] * seen;

    n += seen;
    sa += x;
    sb += y;
    saa += x * x;
    sbb += y * y;
    sab += x * y;
  }
  if (n == 0)
    return 0;
  va = (saa - (gdouble) sa * sa / n) / n;
  vb = (sbb - (gdouble) sb * sb / n) / n;
  cov = (sab - (gdouble) sa * sb / n) / n;
  /* the noise agrees with itself: two flat pictures correlate */
  return CLAMP (1 - (cov + noise) / sqrt ((va + noise) * (vb + noise)), 0, 1);
}

/* Histograms of what is busy in either thumbnail; @share of them is. */
static gdouble
busy_luma_distance (const FrameTraits *a, const FrameTraits *b, gdouble *share)
{
  guint bins_a[THUMB_BINS] = {0}, bins_b[THUMB_BINS] = {0}, n = 0, common = 0;

  for (gint i = 0; i < THUMB_SIZE; i++) {
    guint seen = a->busy[i] | b->busy[i];

    n += seen;
    bins_a[a->thumb[i] / (256 / THUMB_BINS)] += seen;
    bins_b[b->thumb[i] / (256 / THUMB_BINS)] += seen;
  }
  for (gint i = 0; i < THUMB_BINS; i++)
    common += MIN (bins_a[i], bins_b[i]);
  *share = (gdouble) n / THUMB_SIZE;
  return (n - common) / MAX (n, BUSY_LEAST * THUMB_SIZE);
}

static gdouble
foreground_distance (const FrameTraits *a, const FrameTraits *b,
    const FrameMotion *motion, FrameDistances *distances)
{
  gdouble share, luma = busy_luma_distance (a, b, &share), chroma;

  distances->busy = (gfloat) share;
  chroma = MIN (distances->chroma / MAX (share, BUSY_LEAST), 1);
  return WEIGHT_LUMA * luma + WEIGHT_CHROMA * chroma
      + WEIGHT_MOTION * motion->foreground
      + WEIGHT_STRUCTURE * distances->structure;
}

void
frame_traits_compare (const FrameTraits *a, const FrameTraits *b,
    const FrameMotion *motion, FrameDistances *distances)
{
  gdouble luma = luma_distance (a, b), chroma = chroma_distance (a, b);
  gdouble structure = frame_traits_structure_distance (a->thumb, b->thumb);

  distances->luma = (gfloat) luma;
  distances->chroma = (gfloat) chroma;
  distances->mismatch = motion->mismatch;
  distances->structure = (gfloat) structure;
  distances->whole = (gfloat) (WEIGHT_LUMA * luma + WEIGHT_CHROMA * chroma
      + WEIGHT_MOTION * motion->mismatch + WEIGHT_STRUCTURE * structure);
  distances->foreground = (gfloat) foreground_distance (a, b, motion,
      distances);
}
