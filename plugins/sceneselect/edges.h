/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "columns.h"
#include "smallframe.h"

G_BEGIN_DECLS

/* Edges are measured at this many samples per width of the picture, so that
 * they compare between resolutions; 480 x 270 shows focus but not grain. */
#define EDGES_WIDTH 480
#define EDGES_HEIGHT 270

/* What is known of the edges of a place: in windows along the rows the
 * steepest step and the whole range, summed over those that have an edge. */
typedef struct
{
  guint64 steps;
  guint64 ranges;
  guint edged;   /* windows with an edge */
  guint windows; /* all of them */
} EdgeCell;

/* What the edges of one picture sum up to. A turned source has as many columns
 * of cells as the picture has rows. */
typedef struct
{
  EdgeCell cells[EDGE_CELLS];
  gint cells_x;
  guint64 xx;
  guint64 yy;
  gint64 xy;
  guint n; /* gradients */
  gint upper[COLUMNS_MAX];
} Edges;

/* @turned: rows of the source are columns of the picture. */
void edges_init (Edges *self, gboolean turned);
/* @sums are those of @n_rows rows: one row of samples, in @row of the cells. */
void edges_take_upper (Edges *self, const guint16 *sums, const Columns *columns,
    gint n_rows, gint row);
/* The same with as many rows again behind them: what the row before changes
 * into, and one row of both. */
void edges_take_both (Edges *self, const guint16 *sums, const Columns *columns,
    gint n_rows);
/* @density: samples per width of the upright picture; @aspect: the height of a
 * sample in its widths, as the source is shown. The cells are left as the source
 * has them. */
void edges_finish (const Edges *self, gdouble density, gdouble aspect,
    SmallFrame *small);

G_END_DECLS
