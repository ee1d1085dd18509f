/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "mixring.h"

G_BEGIN_DECLS

#define BLEND_MAX_LENGTH 140

/* Sums over one cell of one picture. */
typedef struct
{
  gfloat along;   /* (F - A) (B - A) */
  gfloat squared; /* (F - A)^2 */
  gfloat energy;  /* (B - A)^2 */
} CellFit;

/* The pictures between A, at @begin, and B, at @end: how far each, and each of
 * its cells, is on the way. */
typedef struct
{
  const MixRing *ring;
  guint64 begin;
  guint64 end;
  Drift drift_a;
  Drift drift_b;
  guint n;    /* frames from begin to end */
  guint last; /* looks are 0 to that, at all of them or evenly at fewer */
  CellFit cells[BLEND_MAX_LENGTH][MIX_CELLS];
  gdouble alpha[BLEND_MAX_LENGTH];
  gdouble energy[BLEND_MAX_LENGTH];
} BlendWindow;

/* @before and @after: pictures that tell how A and B move on. @last as above,
 * at most what there are. */
void blend_window_begin (BlendWindow *self, const MixRing *ring, guint64 begin,
    guint64 end, guint before, guint after, guint last);
/* Takes look @i. */
void blend_window_look (BlendWindow *self, guint i);

/* The frame of look @i, from begin. */
static inline guint
blend_window_get_frame (const BlendWindow *self, guint i)
{
  return (i * self->n + self->last / 2) / self->last;
}

/* 0..1: how far a cell is. */
static inline gdouble
cell_fit_get_alpha (const CellFit *self)
{
  return self->energy > 0 ? CLAMP (self->along / self->energy, 0, 1) : 0;
}

/* What a mix of A and B by @alpha leaves unexplained. */
static inline gdouble
cell_fit_get_left (const CellFit *self, gdouble alpha)
{
  return self->squared - 2 * alpha * self->along + alpha * alpha * self->energy;
}

/* What is left, and what A and B differ by, in all cells. */
void cell_fits_add (const CellFit *cells, gdouble *left, gdouble *energy);

G_END_DECLS
