/* SPDX-License-Identifier: LGPL-2.1-or-later */

/* Three maps at the size of the chroma: how far a place's luma is from that
 * around it, how far its colour is from the mean colour of the picture
 * (Achanta, Hemami, Estrada & Suesstrunk, "Frequency-tuned salient region
 * detection", 2009), and what moves there by itself. Each counts by how much it
 * stands out of its own mean, so that a map that is busy everywhere says
 * little (Itti, Koch & Niebur 1998). People look at the middle first (Tatler
 * 2007). The focus is the centre of what is left. */

#include "saliency.h"

#include <math.h>

#define WIDTH SMALL_CHROMA_WIDTH
#define HEIGHT SMALL_CHROMA_HEIGHT
/* Half of the box that is around a place: a third of the height. */
#define AROUND 4
/* Spread of the first look, in widths and in heights. */
#define CENTRE 0.3f
/* Deviations below which a map is noise: levels, and widths per frame. */
#define LEVEL_NOISE 4.0f
#define MOTION_NOISE 0.002f
/* The weight of the middle itself, in places that stand out by one deviation:
 * where nothing stands out, it is the focus. */
#define CENTRE_WEIGHT 20.0f

typedef gfloat Map[HEIGHT][WIDTH];
typedef struct
{
  gint left, right, top, bottom;
} Area;

/* Luma against the mean of the box around it, by running sums. */
static void
luma_map (const SmallFrame *frame, const Area *area, Map map)
{
  gint sums[HEIGHT + 1][WIDTH + 1] = {{0}};
  gint luma[HEIGHT][WIDTH];

  for (gint y = area->top; y < area->bottom; y++) {
    gint row = 0;

    for (gint x = area->left; x < area->right; x++) {
      luma[y][x] = frame->y[2 * y][2 * x] + frame->y[2 * y][2 * x + 1]
          + frame->y[2 * y + 1][2 * x] + frame->y[2 * y + 1][2 * x + 1];
      row += luma[y][x];
      sums[y + 1][x + 1] = sums[y][x + 1] + row;
    }
  }
  for (gint y = area->top; y < area->bottom; y++) {
    gint y0 = MAX (y - AROUND, area->top);
    gint y1 = MIN (y + AROUND + 1, area->bottom);

    for (gint x = area->left; x < area->right; x++) {
      gint x0 = MAX (x - AROUND, area->left);
      gint x1 = MIN (x + AROUND + 1, area->right);
      gint sum = sums[y1][x1] - sums[y0][x1] - sums[y1][x0] + sums[y0][x0];

      map[y][x] = fabsf (luma[y][x] - (gfloat) sum / ((y1 - y0) * (x1 - x0)))
          / 4;
    }
  }
}

static void
color_map (const SmallFrame *frame, const Area *area, Map map)
{
  gint n = (area->right - area->left) * (area->bottom - area->top);
  gint u = 0, v = 0;
  gfloat mean_u, mean_v;

  for (gint y = area->top; y < area->bottom; y++) {
    for (gint x = area->left; x < area->right; x++) {
      u += frame->u[y][x];
      v += frame->v[y][x];
    }
  }
  mean_u = (gfloat) u / n;
  mean_v = (gfloat) v / n;
  for (gint y = area->top; y < area->bottom; y++) {
    for (gint x = area->left; x < area->right; x++)
      map[y][x] = hypotf (frame->u[y][x] - mean_u, frame->v[y][x] - mean_v);
  }
}

static void
motion_map (const FrameMotion *motion, const Area *area, Map map)
{
  for (gint y = area->top; y < area->bottom; y++) {
    gint j = (2 * y - MOTION_TOP) / MOTION_BLOCK;

    j = CLAMP (j, 0, MOTION_BLOCKS_Y - 1);
    for (gint x = area->left; x < area->right; x++)
      map[y][x] = motion->moves[j * MOTION_BLOCKS_X + 2 * x / MOTION_BLOCK];
  }
}

/* Adds to @total what stands out of the mean of @map, in its deviations. */
static void
add_map (Map total, Map map, const Area *area, gfloat noise)
{
  gint n = (area->right - area->left) * (area->bottom - area->top);
  gfloat sum = 0, squares = 0, mean, deviation;

  for (gint y = area->top; y < area->bottom; y++) {
    for (gint x = area->left; x < area->right; x++) {
      sum += map[y][x];
      squares += map[y][x] * map[y][x];
    }
  }
  mean = sum / n;
  deviation = sqrtf (MAX (squares / n - mean * mean, 0)) + noise;
  for (gint y = area->top; y < area->bottom; y++) {
    for (gint x = area->left; x < area->right; x++)
      total[y][x] += MAX (map[y][x] - mean, 0) / deviation;
  }
}

static gfloat
first_look (gint i, gint begin, gint end)
{
  gfloat at = (i + 0.5f - begin) / (end - begin) - 0.5f;

  return expf (-at * at / (2 * CENTRE * CENTRE));
}

void
saliency_find_focus (const SmallFrame *frame, const FrameMotion *motion,
    const PictureArea *picture, gfloat *focus_x, gfloat *focus_y)
{
  Area area = {(picture->left + 1) / 2, picture->right / 2,
      (picture->top + 1) / 2, picture->bottom / 2};
  Map total = {{0}}, map;
  gfloat sum = CENTRE_WEIGHT, look[WIDTH];
  gfloat sum_x = sum * (area.left + area.right) / 2;
  gfloat sum_y = sum * (area.top + area.bottom) / 2;

  luma_map (frame, &area, map);
  add_map (total, map, &area, LEVEL_NOISE);
  color_map (frame, &area, map);
  add_map (total, map, &area, LEVEL_NOISE);
  motion_map (motion, &area, map);
  add_map (total, map, &area, MOTION_NOISE);
  for (gint x = area.left; x < area.right; x++)
    look[x] = first_look (x, area.left, area.right);
  for (gint y = area.top; y < area.bottom; y++) {
    gfloat look_y = first_look (y, area.top, area.bottom);

    for (gint x = area.left; x < area.right; x++) {
      gfloat weight = total[y][x] * total[y][x] * look_y * look[x];

      sum += weight;
      sum_x += weight * (x + 0.5f);
      sum_y += weight * (y + 0.5f);
    }
  }
  *focus_x = sum_x / sum / WIDTH;
  *focus_y = sum_y / sum / HEIGHT;
}
