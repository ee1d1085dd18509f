/* SPDX-License-Identifier: LGPL-2.1-or-later */

/* What a lens does tells how far away things are. Far ones are in focus all
 * together, and small, so that there is fine detail everywhere but in the sky. Close
 * ones are in focus alone. Between both, and where the camera has everything in
 * focus anyway, the picture does not tell without knowing what a face is: skin
 * has the colour of wood, of sand and of every film that is graded warm. */

#include "shotsize.h"

#include "shotconstants.h"

typedef struct
{
  gint left, right, top, bottom; /* cells that lie in the picture */
} Cells;

static void
cells_of (Cells *self, const PictureArea *area)
{
  gint width = SMALL_WIDTH / EDGE_CELLS_X, height = SMALL_HEIGHT / EDGE_CELLS_Y;

  self->left = (area->left + width - 1) / width;
  self->right = area->right / width;
  self->top = (area->top + height - 1) / height;
  self->bottom = area->bottom / height;
}

static gboolean
is_textured (const SmallFrame *frame, gint x, gint y)
{
  return frame->detail[y * EDGE_CELLS_X + x] >= SIZE_MIN_DETAIL;
}

/* Textured cells among those that are not sky: smooth from the top on. */
static void
count_ground (const SmallFrame *frame, const Cells *cells, gint *textured,
    gint *ground)
{
  *textured = *ground = 0;
  for (gint x = cells->left; x < cells->right; x++) {
    gint y = cells->top;

    while (y < cells->bottom && !is_textured (frame, x, y))
      y++;
    for (; y < cells->bottom; y++) {
      (*ground)++;
      *textured += is_textured (frame, x, y);
    }
  }
}

/* Sharpness below which @share of the @n cells with edges are. */
static gint
percentile (const guint8 histogram[256], gint n, gdouble share)
{
  gint left = (gint) (share * (n - 1)), i = 0;

  while (i < 255 && histogram[i] <= left)
    left -= histogram[i++];
  return i;
}

/* What is far away is small: its gradients are steep between near samples and
 * cancel out between larger ones. */
static gboolean
is_fine (const SmallFrame *frame)
{
  gdouble squares = 0;

  for (gint y = 0; y < SMALL_HEIGHT; y++) {
    gint sum = 0;

    for (gint x = 1; x < SMALL_WIDTH; x++) {
      gint step = frame->y[y][x] - frame->y[y][x - 1];

      sum += step * step;
    }
    squares += sum;
  }
  squares /= SMALL_HEIGHT * (SMALL_WIDTH - 1);
  return frame->gradient_xx >= SIZE_WIDE_FINE * SIZE_WIDE_FINE * squares;
}

GstMontageShotSize
shot_size_guess (const SmallFrame *frame, const PictureArea *area)
{
  guint8 histogram[256] = {0};
  gint n = 0, textured, ground, middle;
  Cells cells;

  cells_of (&cells, area);
  for (gint y = cells.top; y < cells.bottom; y++) {
    for (gint x = cells.left; x < cells.right; x++) {
      gint at = y * EDGE_CELLS_X + x;

      if (frame->detail[at] == 0)
        continue;
      histogram[frame->focus[at]]++;
      n++;
    }
  }
  if (n < SIZE_WIDE_CELLS)
    return GST_MONTAGE_SHOT_SIZE_UNKNOWN;
  middle = percentile (histogram, n, 0.5);
  count_ground (frame, &cells, &textured, &ground);
  if (percentile (histogram, n, 0.1) >= SIZE_WIDE_SOFTEST
      && middle >= SIZE_WIDE_MIDDLE
      && percentile (histogram, n, 0.9) <= SIZE_WIDE_SHARPEST
      && ground >= SIZE_WIDE_CELLS && textured >= SIZE_WIDE_SHARE * ground
      && is_fine (frame))
    return GST_MONTAGE_SHOT_SIZE_WIDE;
  if (middle <= SIZE_CLOSE_MIDDLE
      && percentile (histogram, n, 0.9) >= SIZE_CLOSE_DEPTH * middle)
    return GST_MONTAGE_SHOT_SIZE_CLOSE;
  return GST_MONTAGE_SHOT_SIZE_UNKNOWN;
}
