/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* The size at which everything is measured. 16:9 as most footage is; other
 * shapes are squeezed into it, since only relations count. */
#define SMALL_WIDTH 96
#define SMALL_HEIGHT 54
#define SMALL_CHROMA_WIDTH 48
#define SMALL_CHROMA_HEIGHT 27

/* The grid in which edges are told apart by place. */
#define EDGE_CELLS_X 12
#define EDGE_CELLS_Y 6
#define EDGE_CELLS (EDGE_CELLS_X * EDGE_CELLS_Y)

/**
 * SmallFrame:
 * @y: luma, full range: 0 is black, 255 is diffuse white
 * @u: Cb, full range, 128 is neutral
 * @v: Cr, full range, 128 is neutral
 * @sharpness: 0..1, how steep the edges are at 480 samples per row
 * @gradient_xx: mean square of the horizontal gradient there, in levels
 * @gradient_yy: of the vertical gradient, in the same unit
 * @gradient_xy: sum of the products of both
 * @detail: how much of each cell has edges, 255 is all, row by row
 * @focus: @sharpness of each cell's edges, 255 is 1
 *
 * One picture, upright as people see it, averaged down by area.
 */
typedef struct
{
  guint8 y[SMALL_HEIGHT][SMALL_WIDTH];
  guint8 u[SMALL_CHROMA_HEIGHT][SMALL_CHROMA_WIDTH];
  guint8 v[SMALL_CHROMA_HEIGHT][SMALL_CHROMA_WIDTH];
  gfloat sharpness;
  gfloat gradient_xx;
  gfloat gradient_yy;
  gfloat gradient_xy;
  guint8 detail[EDGE_CELLS];
  guint8 focus[EDGE_CELLS];
} SmallFrame;

G_END_DECLS
