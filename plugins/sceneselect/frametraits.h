/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "framemotion.h"

G_BEGIN_DECLS

#define TRAITS_CELLS 9
#define TRAITS_BINS 32
#define TRAITS_CHROMA_BINS 64
#define THUMB_WIDTH 32
#define THUMB_HEIGHT 18
#define THUMB_SIZE (THUMB_WIDTH * THUMB_HEIGHT)
#define THUMB_BINS 16

/* A picture with what comparing it takes. */
typedef struct
{
  SmallFrame small;
  guint16 luma[TRAITS_CELLS][TRAITS_BINS]; /* histograms of 3 x 3 cells */
  guint16 black[TRAITS_CELLS];             /* samples of the cells, of these */
  guint16 chroma[TRAITS_CHROMA_BINS];      /* 8 x 8 histogram, not of black */
  guint8 thumb[THUMB_SIZE];
  guint8 busy[THUMB_SIZE]; /* 1 where the thumbnail is no even area */
  gfloat mean;             /* of luma, 0..255 */
  gfloat deviation;        /* standard deviation of luma, without black bars */
} FrameTraits;

/* Fills everything from @self->small. */
void frame_traits_fill (FrameTraits *self);

/* First and behind-last row of @frame between black bars. */
void
frame_traits_get_picture (const SmallFrame *frame, gint *top, gint *bottom);

/* How different two pictures are, each 0..1. */
typedef struct
{
  gfloat luma;       /* histograms of cells */
  gfloat chroma;     /* histogram */
  gfloat mismatch;   /* what motion does not explain */
  gfloat structure;  /* 1 - correlation of the thumbnails */
  gfloat whole;      /* the four, weighed */
  gfloat foreground; /* as @whole, without what is even in both pictures */
  gfloat busy;       /* share of the pictures that is not */
} FrameDistances;

/* @motion is what moved from @a to @b. */
void frame_traits_compare (const FrameTraits *a, const FrameTraits *b,
    const FrameMotion *motion, FrameDistances *distances);

/* 0..1: 1 - zero-mean normalised cross-correlation of two thumbnails. */
gdouble frame_traits_structure_distance (const guint8 *a, const guint8 *b);

G_END_DECLS
