/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "blockmatch.h"

#include <stdlib.h>
#include <string.h>

#include "shotconstants.h"

#define BLOCK MOTION_BLOCK
#define BLOCKS_X MOTION_BLOCKS_X
#define BLOCKS MOTION_BLOCKS
#define TOP MOTION_TOP

#define NEAR 2
/* Mean error per sample above which the search is widened. */
#define FAR_ABOVE 6
/* A block moves only where that explains clearly more than resting. */
#define REST_BONUS (BLOCK * BLOCK / 2)
/* Texture (mean deviation) beyond which a block counts as fully textured. */
#define INTRA_FLOOR 4
#define INTRA_CEILING 48
/* The worst blocks are left out: things that come in and go out. */
#define KEPT(n) ((n) *7 / 10)
#define RATIO_STEPS 1024

/* Far moves of the whole picture are looked for among pictures of a quarter
 * of the size: as far as half of the picture is still seen. */
#define COARSE 4
#define COARSE_WIDTH (SMALL_WIDTH / COARSE)
#define COARSE_HEIGHT (SMALL_HEIGHT / COARSE)
#define COARSE_REACH_X (COARSE_WIDTH / 2)
#define COARSE_REACH_Y (COARSE_HEIGHT / 2)
#define FAR_REFINE 3
/* Blocks explained worse than that are something else. */
#define BAD_BLOCK 0.5f
/* Blocks of less error per sample are the same. */
#define SAME_BLOCK 2

/* Rows of a block are too short for the vectoriser; all of it in one row are
 * not. */
static inline gint
block_error (const SmallFrame *from, const SmallFrame *to, gint x, gint y,
    gint dx, gint dy)
{
  guint8 a[BLOCK * BLOCK], b[BLOCK * BLOCK];
  gint sum = 0;

  for (gint j = 0; j < BLOCK; j++) {
    memcpy (a + j * BLOCK, &from->y[y - dy + j][x - dx], BLOCK);
    memcpy (b + j * BLOCK, &to->y[y + j][x], BLOCK);
  }
  for (gint i = 0; i < BLOCK * BLOCK; i++)
    sum += abs (a[i] - b[i]);
  return sum;
}

/* Tries all moves within @reach that @inner has not covered. */
static void
search (const SmallFrame *from, const SmallFrame *to, gint x, gint y,
    gint inner, gint reach, gint *best, Block *block)
{
  for (gint dy = -reach; dy <= reach; dy++) {
    if (y - dy < 0 || y - dy + BLOCK > SMALL_HEIGHT)
      continue;
    for (gint dx = -reach; dx <= reach; dx++) {
      gint error;

      if (x - dx < 0 || x - dx + BLOCK > SMALL_WIDTH)
        continue;
      if (abs (dx) <= inner && abs (dy) <= inner)
        continue;
      error = block_error (from, to, x, y, dx, dy);
      if (error < *best) {
        *best = error;
        block->dx = dx;
        block->dy = dy;
      }
    }
  }
}

/* Mean deviation of a block. */
static gfloat
block_texture (const SmallFrame *frame, gint x, gint y, gint *mean)
{
  gint sum = 0, deviation = 0;

  for (gint j = 0; j < BLOCK; j++) {
    for (gint i = 0; i < BLOCK; i++)
      sum += frame->y[y + j][x + i];
  }
  *mean = sum / (BLOCK * BLOCK);
  for (gint j = 0; j < BLOCK; j++) {
    for (gint i = 0; i < BLOCK; i++)
      deviation += abs (frame->y[y + j][x + i] - *mean);
  }
  return (gfloat) deviation / (BLOCK * BLOCK);
}

/* What is black in both pictures may be a bar, and says nothing. */
static gboolean
is_black (const SmallFrame *frame, gint x, gint y)
{
  gint mean;

  block_texture (frame, x, y, &mean);
  return mean <= BAR_LEVEL;
}

/* Blocks around the move (@base_x, @base_y) of the whole picture. */
static void
match_blocks_near (const SmallFrame *from, const SmallFrame *to, gint base_x,
    gint base_y, Block *blocks)
{
  for (gint n = 0; n < BLOCKS; n++) {
    gint x = n % BLOCKS_X * BLOCK, y = TOP + n / BLOCKS_X * BLOCK;
    gint best = G_MAXINT, mean;
    Block *block = &blocks[n];

    *block = (Block){.error = -1};
    block->texture = block_texture (to, x, y, &mean);
    if (mean <= BAR_LEVEL && is_black (from, x, y))
      continue;
    for (gint dy = base_y - FAR_REFINE; dy <= base_y + FAR_REFINE; dy++) {
      for (gint dx = base_x - FAR_REFINE; dx <= base_x + FAR_REFINE; dx++) {
        if (y - dy < 0 || y - dy + BLOCK > SMALL_HEIGHT || x - dx < 0
            || x - dx + BLOCK > SMALL_WIDTH)
          continue;
        best = MIN (best, block_error (from, to, x, y, dx, dy));
      }
    }
    if (best < G_MAXINT)
      block->error = (gfloat) best / (BLOCK * BLOCK);
  }
}

void
block_match (const SmallFrame *from, const SmallFrame *to, Block *blocks)
{
  for (gint n = 0; n < BLOCKS; n++) {
    gint x = n % BLOCKS_X * BLOCK, y = TOP + n / BLOCKS_X * BLOCK;
    gint rest = block_error (from, to, x, y, 0, 0);
    gint best = rest - REST_BONUS, mean;
    Block *block = &blocks[n];

    *block = (Block){.error = -1};
    block->texture = block_texture (to, x, y, &mean);
    if (mean <= BAR_LEVEL && is_black (from, x, y))
      continue;
    if (rest > REST_BONUS)
      search (from, to, x, y, 0, NEAR, &best, block);
    if (best > FAR_ABOVE * BLOCK * BLOCK)
      search (from, to, x, y, NEAR, BLOCK_REACH, &best, block);
    if (block->dx == 0 && block->dy == 0)
      best = rest;
    block->error = (gfloat) best / (BLOCK * BLOCK);
  }
}

/* Of each block that has been looked for and has that much texture: error
 * against texture. */
static guint
error_ratios (const Block *blocks, gfloat least, gfloat *ratio)
{
  guint count = 0;

  for (gint n = 0; n < BLOCKS; n++) {
    gfloat texture = CLAMP (blocks[n].texture, INTRA_FLOOR, INTRA_CEILING);

    if (blocks[n].error >= 0 && blocks[n].texture >= least)
      ratio[count++] = MIN (blocks[n].error / texture, 1);
  }
  return count;
}

static gfloat
mismatch (const Block *blocks, gfloat least)
{
  gfloat ratio[BLOCKS], sum = 0;
  guint8 counts[RATIO_STEPS + 1] = {0};
  guint count = error_ratios (blocks, least, ratio),
        kept = MAX (KEPT (count), 1);

  if (count == 0)
    return 0;
  for (guint n = 0; n < count; n++)
    counts[(guint) (ratio[n] * RATIO_STEPS)]++;
  for (guint i = 0, left = kept; left > 0; i++) {
    guint n = MIN (counts[i], left);

    sum += (gfloat) n * i / RATIO_STEPS;
    left -= n;
  }
  return sum / kept;
}

gfloat
block_match_mismatch (const Block *blocks)
{
  return mismatch (blocks, 0);
}

gfloat
block_match_foreground (const Block *blocks)
{
  return mismatch (blocks, BLOCK_FLAT);
}

static void
shrink (const SmallFrame *frame, guint8 out[COARSE_HEIGHT][COARSE_WIDTH])
{
  for (gint y = 0; y < COARSE_HEIGHT; y++) {
    for (gint x = 0; x < COARSE_WIDTH; x++) {
      guint sum = 0;

      for (gint j = 0; j < COARSE; j++) {
        for (gint i = 0; i < COARSE; i++)
          sum += frame->y[y * COARSE + j][x * COARSE + i];
      }
      out[y][x] = (guint8) (sum / (COARSE * COARSE));
    }
  }
}

static gfloat
coarse_error (guint8 from[COARSE_HEIGHT][COARSE_WIDTH],
    guint8 to[COARSE_HEIGHT][COARSE_WIDTH], gint dx, gint dy)
{
  gint left = MAX (dx, 0), right = COARSE_WIDTH + MIN (dx, 0);
  gint top = MAX (dy, 0), bottom = COARSE_HEIGHT + MIN (dy, 0);
  gint sum = 0;

  for (gint y = top; y < bottom; y++) {
    for (gint x = left; x < right; x++)
      sum += abs (from[y - dy][x - dx] - to[y][x]);
  }
  return (gfloat) sum / ((right - left) * (bottom - top));
}

static void
coarse_move (const SmallFrame *from, const SmallFrame *to, gint *dx, gint *dy)
{
  guint8 a[COARSE_HEIGHT][COARSE_WIDTH], b[COARSE_HEIGHT][COARSE_WIDTH];
  gfloat best = G_MAXFLOAT;

  shrink (from, a);
  shrink (to, b);
  for (gint y = -COARSE_REACH_Y; y <= COARSE_REACH_Y; y++) {
    for (gint x = -COARSE_REACH_X; x <= COARSE_REACH_X; x++) {
      gfloat error = coarse_error (a, b, x, y);

      if (error < best) {
        best = error;
        *dx = x * COARSE;
        *dy = y * COARSE;
      }
    }
  }
}

static gfloat
bad_share (const Block *blocks)
{
  gfloat ratio[BLOCKS];
  guint count = error_ratios (blocks, 0, ratio), bad = 0;

  for (guint n = 0; n < count; n++)
    bad += ratio[n] > BAD_BLOCK;
  return (gfloat) bad / MAX (count, 1);
}

static gfloat
resting_share (const SmallFrame *from, const SmallFrame *to,
    const Block *blocks)
{
  guint textured = 0, resting = 0;

  for (gint n = 0; n < BLOCKS; n++) {
    gint x = n % BLOCKS_X * BLOCK, y = TOP + n / BLOCKS_X * BLOCK;

    if (blocks[n].texture < BLOCK_FLAT)
      continue;
    textured++;
    resting += block_error (from, to, x, y, 0, 0) < SAME_BLOCK * BLOCK * BLOCK;
  }
  return textured ? (gfloat) resting / MAX (textured, BLOCKS / 8) : 0;
}

void
frame_match (const SmallFrame *from, const SmallFrame *to, FrameMatch *match)
{
  Block blocks[BLOCKS];
  gint dx = 0, dy = 0;

  block_match (from, to, blocks);
  match->mismatch = block_match_mismatch (blocks);
  match->foreground = block_match_foreground (blocks);
  match->extent = bad_share (blocks);
  match->resting = resting_share (from, to, blocks);
  coarse_move (from, to, &dx, &dy);
  if (abs (dx) <= NEAR && abs (dy) <= NEAR)
    return;
  match_blocks_near (from, to, dx, dy, blocks);
  match->mismatch = MIN (match->mismatch, block_match_mismatch (blocks));
  match->foreground = MIN (match->foreground, block_match_foreground (blocks));
  match->extent = MIN (match->extent, bad_share (blocks));
}
