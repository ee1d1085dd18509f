/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <gst/montage/montage.h>

G_BEGIN_DECLS

#define TOOL_PICTURE_ROWS_MAX 12
#define TOOL_PICTURE_WIDTH 1200.0
#define TOOL_PICTURE_MARGIN 28.0
#define TOOL_PICTURE_STRIP_HEIGHT 88.0

/**
 * ToolPictureLayout:
 *
 * Where a picture shows which time: rows of one scale. Pure; pixels as doubles.
 */
typedef struct
{
  gdouble left;  /* of every row */
  gdouble right; /* of the longest row */
  guint n_rows;
  GstClockTime starts[TOOL_PICTURE_ROWS_MAX + 1]; /* the last: the end */
  gdouble pixels_per_ns;
} ToolPictureLayout;

/* One to twelve rows that begin at cuts, so that no cut is torn apart. */
void tool_picture_layout_init (ToolPictureLayout *self,
    const GstMontagePlan *plan, gdouble left, gdouble right);
/* Rows of half a minute or, for longer music, of more, that are all alike. */
void tool_picture_layout_init_even (ToolPictureLayout *self,
    GstClockTime duration, gdouble left, gdouble right);
guint
tool_picture_layout_row_at (const ToolPictureLayout *self, GstClockTime time);
/* The x of @time in @row; times outside the row are held at its ends. */
gdouble tool_picture_layout_x (const ToolPictureLayout *self, guint row,
    GstClockTime time);
/* The right end of @row. */
gdouble tool_picture_layout_end (const ToolPictureLayout *self, guint row);
/* Time between two labels of the axis: a round number of seconds, so that they
 * are at least @min_pixels apart. */
GstClockTime
tool_picture_layout_step (const ToolPictureLayout *self, gdouble min_pixels);

G_END_DECLS
