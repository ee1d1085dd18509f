/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "frametraits.h"

G_BEGIN_DECLS

/* Transitions are looked at in cells of 4 x 2 samples of a thumbnail, each
 * with the 2 x 1 samples of both chroma planes that lie there. */
#define MIX_CELLS_X 8
#define MIX_CELLS_Y 9
#define MIX_CELLS (MIX_CELLS_X * MIX_CELLS_Y)
#define MIX_VALUES 12
#define MIX_CHROMA_WIDTH (THUMB_WIDTH / 2)
#define MIX_CHROMA_HEIGHT (THUMB_HEIGHT / 2)

typedef struct
{
  guint8 y[THUMB_HEIGHT][THUMB_WIDTH];
  guint8 u[MIX_CHROMA_HEIGHT][MIX_CHROMA_WIDTH];
  guint8 v[MIX_CHROMA_HEIGHT][MIX_CHROMA_WIDTH];
  gint columns[THUMB_WIDTH]; /* sums of luma */
  gint rows[THUMB_HEIGHT];
} MixThumb;

/* How a camera goes on: per frame, in widths, heights, share of size. */
typedef struct
{
  gdouble dx;
  gdouble dy;
  gdouble zoom;
} Drift;

/* A moved thumbnail; @seen: nothing of the cell lay outside. */
typedef struct
{
  guint8 y[THUMB_HEIGHT][THUMB_WIDTH];
  guint8 u[MIX_CHROMA_HEIGHT][MIX_CHROMA_WIDTH];
  guint8 v[MIX_CHROMA_HEIGHT][MIX_CHROMA_WIDTH];
  guint8 seen[MIX_CELLS];
} MixPicture;

void mix_thumb_fill (MixThumb *self, const FrameTraits *traits);
/* Sum of the squared differences of luma. */
gdouble mix_thumb_get_difference (const MixThumb *a, const MixThumb *b);
/* What the camera of @thumb would see @frames later (or earlier, below 0). */
void mix_picture_fill (MixPicture *self, const MixThumb *thumb,
    const Drift *drift, gdouble frames);

G_END_DECLS
