/* SPDX-License-Identifier: LGPL-2.1-or-later */

/* How near things are shows in three ways. Far ones are in focus all together,
 * so how sharp the softest places are. Far away the ground is seen from the
 * side, and what lies on it, and the horizon, change from row to row more than
 * along them (Torralba & Oliva, "Depth estimation from image structure", 2002).
 * And faces and hands fill much of a picture only where they are near; skin is
 * a range of chroma (Chai & Ngan, "Face segmentation using skin-color map in
 * videophone applications", 1999), though wood and sand have it, too. What is
 * neither is not told from the rest: a medium shot looks like both. */

#include "shotsize.h"

#include <math.h>

#include "shotconstants.h"

#define BLOCK 8      /* samples */
#define MIN_CELLS 24 /* with edges */
#define SOFTEST 0.1  /* of the cells */
#define SKIN_MIN_CB 77
#define SKIN_MAX_CB 127
#define SKIN_MIN_CR 133
#define SKIN_MAX_CR 173

/* Sharpness of the softest cells that have edges, 0..1; -1: too few have. */
static gfloat
softest_focus (const SmallFrame *frame, const PictureArea *area)
{
  const gint width = SMALL_WIDTH / EDGE_CELLS_X;
  const gint height = SMALL_HEIGHT / EDGE_CELLS_Y;
  guint histogram[256] = {0};
  gint n = 0, left, focus = 0;

  for (gint y = (area->top + height - 1) / height; y < area->bottom / height;
       y++) {
    for (gint x = (area->left + width - 1) / width; x < area->right / width;
         x++) {
      gint at = y * EDGE_CELLS_X + x;

      if (frame->detail[at] == 0)
        continue;
      histogram[frame->focus[at]]++;
      n++;
    }
  }
  if (n < MIN_CELLS)
    return -1;
  for (left = (gint) (SOFTEST * (n - 1)); left >= (gint) histogram[focus];
       focus++)
    left -= (gint) histogram[focus];
  return focus / 255.0f;
}

static gfloat
block_mean (const SmallFrame *frame, gint left, gint top)
{
  gint sum = 0;

  for (gint y = top; y < top + BLOCK; y++) {
    for (gint x = left; x < left + BLOCK; x++)
      sum += frame->y[y][x];
  }
  return (gfloat) sum / (BLOCK * BLOCK);
}

/* Logarithm of how much more blocks differ from those below than from those
 * beside them: energy of the gradients. */
static gfloat
layering (const SmallFrame *frame, const PictureArea *area)
{
  const gint n_x = (area->right - area->left) / BLOCK;
  const gint n_y = (area->bottom - area->top) / BLOCK;
  gfloat above[SMALL_WIDTH / BLOCK], down = 0, along = 0;

  for (gint j = 0; j < n_y; j++) {
    gfloat before = 0;

    for (gint i = 0; i < n_x; i++) {
      gfloat mean = block_mean (frame, area->left + i * BLOCK,
          area->top + j * BLOCK);

      if (i > 0)
        along += (mean - before) * (mean - before);
      if (j > 0)
        down += (mean - above[i]) * (mean - above[i]);
      before = above[i] = mean;
    }
  }
  along /= (gfloat) MAX ((n_x - 1) * n_y, 1);
  down /= (gfloat) MAX (n_x * (n_y - 1), 1);
  return logf ((down + 1) / (along + 1)); /* one level is noise */
}

static gfloat
skin_share (const SmallFrame *frame, const PictureArea *area)
{
  gint skin = 0, n = 0;

  for (gint y = (area->top + 1) / 2; y < area->bottom / 2; y++) {
    for (gint x = (area->left + 1) / 2; x < area->right / 2; x++) {
      guint8 cb = frame->u[y][x], cr = frame->v[y][x];

      skin += cb >= SKIN_MIN_CB && cb <= SKIN_MAX_CB && cr >= SKIN_MIN_CR
          && cr <= SKIN_MAX_CR;
      n++;
    }
  }
  return (gfloat) skin / (gfloat) MAX (n, 1);
}

void
shot_size_measure (ShotSizeOdds *self, const SmallFrame *frame,
    const PictureArea *area)
{
  gfloat focus = softest_focus (frame, area), layers, skin;

  *self = (ShotSizeOdds){0};
  if (focus < 0)
    return;
  layers = layering (frame, area);
  skin = skin_share (frame, area);
  self->close = SIZE_CLOSE_FOCUS * focus + SIZE_CLOSE_LAYERS * layers
      + SIZE_CLOSE_SKIN * skin + SIZE_CLOSE;
  self->wide = SIZE_WIDE_FOCUS * focus + SIZE_WIDE_LAYERS * layers
      + SIZE_WIDE_SKIN * skin + SIZE_WIDE;
  self->known = 1;
}

GstMontageShotSize
shot_size_decide (gdouble close, gdouble wide, gdouble known, guint64 n)
{
  gdouble all;

  if (known == 0 || 2 * known < n)
    return GST_MONTAGE_SHOT_SIZE_UNKNOWN;
  close = exp (close / known);
  wide = exp (wide / known);
  all = 1 + close + wide;
  if (2 * wide >= all)
    return GST_MONTAGE_SHOT_SIZE_WIDE;
  if (2 * close >= all)
    return GST_MONTAGE_SHOT_SIZE_CLOSE;
  return GST_MONTAGE_SHOT_SIZE_UNKNOWN;
}
