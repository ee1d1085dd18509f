/* SPDX-License-Identifier: LGPL-2.1-or-later */

/* Block matching for what is large, then one robust least-squares fit of the
 * whole picture's shift and zoom (Lucas & Kanade 1981, Huber weights) for what
 * is smaller than a sample: a slow pan is a tenth of a sample per frame. */

#include "framemotion.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "blockmatch.h"
#include "picturearea.h"

#define BLOCK MOTION_BLOCK
#define BLOCKS_X MOTION_BLOCKS_X
#define BLOCKS MOTION_BLOCKS
#define TOP MOTION_TOP

#define FIT_ROUNDS 3
#define HUBER 6.0

/* Median of values within BLOCK_REACH of 0, of which @counts tells how many. */
static gint
median (const guint8 *counts, guint n)
{
  gint value = 0;

  for (guint sum = counts[0]; sum <= n / 2; sum += counts[value])
    value++;
  return value - BLOCK_REACH;
}

/* Median move of the blocks that show one: where the fit starts. */
static void
median_move (const Block *blocks, gdouble *dx, gdouble *dy)
{
  guint8 xs[2 * BLOCK_REACH + 1] = {0}, ys[2 * BLOCK_REACH + 1] = {0};
  guint n = 0;

  for (gint i = 0; i < BLOCKS; i++) {
    if (blocks[i].texture < BLOCK_FLAT)
      continue;
    xs[blocks[i].dx + BLOCK_REACH]++;
    ys[blocks[i].dy + BLOCK_REACH]++;
    n++;
  }
  *dx = n > 0 ? median (xs, n) : 0;
  *dy = n > 0 ? median (ys, n) : 0;
}

static inline gdouble
sample (const SmallFrame *frame, gdouble x, gdouble y)
{
  gint xi = (gint) x, yi = (gint) y;
  gdouble fx = x - xi, fy = y - yi;

  return (1 - fy) * ((1 - fx) * frame->y[yi][xi] + fx * frame->y[yi][xi + 1])
      + fy * ((1 - fx) * frame->y[yi + 1][xi] + fx * frame->y[yi + 1][xi + 1]);
}

/* Solves the symmetric system @m x = @v by elimination; FALSE where the
 * picture has too little texture to tell. */
static gboolean
solve (gdouble m[3][3], gdouble v[3])
{
  for (gint k = 0; k < 3; k++) {
    if (m[k][k] < 1e-3)
      return FALSE;
    for (gint i = k + 1; i < 3; i++) {
      gdouble f = m[i][k] / m[k][k];

      for (gint j = k; j < 3; j++)
        m[i][j] -= f * m[k][j];
      v[i] -= f * v[k];
    }
  }
  for (gint k = 2; k >= 0; k--) {
    for (gint j = k + 1; j < 3; j++)
      v[k] -= m[k][j] * v[j];
    v[k] /= m[k][k];
  }
  return TRUE;
}

/* One Gauss-Newton round on shift (@p[0], @p[1]) and zoom (@p[2]) about the
 * centre. Every other sample of every other row is enough. */
static gboolean
fit_round (const SmallFrame *from, const SmallFrame *to, gdouble p[3])
{
  gdouble m[3][3] = {{0}}, v[3] = {0};

  for (gint y = 2; y < SMALL_HEIGHT - 2; y += 2) {
    for (gint x = 2; x < SMALL_WIDTH - 2; x += 2) {
      gdouble cx = x - SMALL_WIDTH / 2, cy = y - SMALL_HEIGHT / 2;
      gdouble sx = x - p[0] - p[2] * cx, sy = y - p[1] - p[2] * cy;
      gdouble gx = (to->y[y][x + 1] - to->y[y][x - 1]) / 2.0;
      gdouble gy = (to->y[y + 1][x] - to->y[y - 1][x]) / 2.0;
      gdouble g[3] = {gx, gy, gx * cx + gy * cy};
      gdouble error, weight;

      if (sx < 0 || sy < 0 || sx >= SMALL_WIDTH - 1 || sy >= SMALL_HEIGHT - 1)
        continue;
      error = sample (from, sx, sy) - to->y[y][x];
      weight = fabs (error) > HUBER ? HUBER / fabs (error) : 1;
      for (gint i = 0; i < 3; i++) {
        for (gint j = 0; j < 3; j++)
          m[i][j] += weight * g[i] * g[j];
        v[i] += weight * g[i] * error;
      }
    }
  }
  for (gint i = 0; i < 3; i++)
    m[i][i] += 50; /* keeps a picture without texture at rest */
  if (!solve (m, v))
    return FALSE;
  for (gint i = 0; i < 3; i++)
    p[i] += v[i];
  return TRUE;
}

/* Where a block rests as far as whole samples show, its move is what its
 * change over time makes of its gradient; below NOISE it is none. */
static gfloat
block_shift (const SmallFrame *from, const SmallFrame *to, gint n,
    const gdouble p[3])
{
  const gdouble noise = 1.5;
  gint x0 = n % BLOCKS_X * BLOCK, y0 = TOP + n / BLOCKS_X * BLOCK;
  gdouble change = 0, gradient = 0;

  for (gint y = y0; y < y0 + BLOCK; y += 2) {
    for (gint x = x0; x < x0 + BLOCK; x += 2) {
      gint x1 = CLAMP (x, 1, SMALL_WIDTH - 2);
      gint y1 = CLAMP (y, 1, SMALL_HEIGHT - 2);
      gdouble sx = x1 - p[0] - p[2] * (x1 - SMALL_WIDTH / 2);
      gdouble sy = y1 - p[1] - p[2] * (y1 - SMALL_HEIGHT / 2);

      if (sx < 0 || sy < 0 || sx >= SMALL_WIDTH - 1 || sy >= SMALL_HEIGHT - 1)
        continue;
      change += fabs (sample (from, sx, sy) - to->y[y1][x1]);
      gradient += MAX (abs (to->y[y1][x1 + 1] - to->y[y1][x1 - 1]),
                      abs (to->y[y1 + 1][x1] - to->y[y1 - 1][x1]))
          / 2.0;
      change -= noise * 0.5;
    }
  }
  if (change <= 0 || gradient <= 0)
    return 0;
  return (gfloat) MIN (change / MAX (gradient, 16 * noise), 1);
}

/* Whether block @n was at most a sample outside of the picture before the
 * camera moved; of what comes in nothing is known, and bars rest. */
static gboolean
was_inside (gint n, const PictureArea *area, const gdouble p[3])
{
  gint x = n % BLOCKS_X * BLOCK, y = TOP + n / BLOCKS_X * BLOCK;
  gdouble from_x = x - p[0] - p[2] * (x + BLOCK / 2 - SMALL_WIDTH / 2);
  gdouble from_y = y - p[1] - p[2] * (y + BLOCK / 2 - SMALL_HEIGHT / 2);

  return from_x >= area->left - 1 && from_x + BLOCK <= area->right + 1
      && from_y >= area->top - 1 && from_y + BLOCK <= area->bottom + 1;
}

static gfloat
local_motion (const SmallFrame *from, const SmallFrame *to, const Block *blocks,
    const PictureArea *area, const gdouble p[3], gfloat *moves)
{
  gfloat sum = 0;
  guint n_textured = 0;

  for (gint n = 0; n < BLOCKS; n++) {
    const Block *block = &blocks[n];
    gdouble cx = n % BLOCKS_X * BLOCK + BLOCK / 2 - SMALL_WIDTH / 2;
    gdouble cy = TOP + n / BLOCKS_X * BLOCK + BLOCK / 2 - SMALL_HEIGHT / 2;
    gdouble move = hypot (block->dx - p[0] - p[2] * cx,
        block->dy - p[1] - p[2] * cy);

    moves[n] = 0;
    if (block->texture < BLOCK_FLAT || !was_inside (n, area, p))
      continue;
    n_textured++;
    /* whole samples of a block, or less than one: what remains there */
    moves[n] = move < 1 ? block_shift (from, to, n, p) : (gfloat) move;
    sum += moves[n];
    moves[n] /= SMALL_WIDTH;
  }
  return n_textured ? sum / MAX (n_textured, BLOCKS / 4) : 0;
}

void
frame_motion_estimate (const SmallFrame *from, const SmallFrame *to,
    FrameMotion *motion)
{
  Block blocks[BLOCKS];
  gdouble p[3] = {0};
  PictureArea area;

  if (memcmp (from->y, to->y, sizeof from->y) == 0) {
    *motion = (FrameMotion){0};
    return;
  }
  picture_area_find (&area, to);
  block_match (from, to, blocks);
  median_move (blocks, &p[0], &p[1]);
  for (gint i = 0; i < FIT_ROUNDS; i++) {
    gdouble before[3] = {p[0], p[1], p[2]};

    /* a fit that runs away is no motion of the whole picture */
    if (!fit_round (from, to, p) || fabs (p[0]) > SMALL_WIDTH / 4
        || fabs (p[1]) > SMALL_HEIGHT / 4 || fabs (p[2]) > 0.2) {
      for (gint k = 0; k < 3; k++)
        p[k] = before[k];
      break;
    }
  }
  motion->dx = (gfloat) (p[0] / SMALL_WIDTH);
  motion->dy = (gfloat) (p[1] / SMALL_HEIGHT);
  motion->zoom = (gfloat) p[2];
  motion->local = local_motion (from, to, blocks, &area, p, motion->moves)
      / SMALL_WIDTH;
  motion->mismatch = block_match_mismatch (blocks);
  motion->foreground = block_match_foreground (blocks);
}
