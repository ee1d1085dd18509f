/* SPDX-License-Identifier: LGPL-2.1-or-later */
#ifdef HAVE_CONFIG_H
#include "config.h"
#endif

#include "picturelayout.h"

/* What a row of README width shows legibly. */
#define ROW_SECONDS 30
#define ROW_CUTS 24

static guint
count_rows (const GstMontagePlan *plan)
{
  guint by_time = (guint) ((plan->duration + ROW_SECONDS * GST_SECOND - 1)
      / (ROW_SECONDS * GST_SECOND));
  guint by_cuts = (plan->cuts->len + ROW_CUTS - 1) / ROW_CUTS;

  return CLAMP (MAX (by_time, by_cuts), 1, TOOL_PICTURE_ROWS_MAX);
}

/* The cut whose start is nearest to @time; the film's end counts as none. */
static GstClockTime
nearest_cut (const GstMontagePlan *plan, GstClockTime time)
{
  GstClockTime best = 0;

  for (guint i = 0; i < plan->cuts->len; i++) {
    GstClockTime start = g_array_index (plan->cuts, GstMontageCut, i).start;

    if (ABS (GST_CLOCK_DIFF (start, time)) < ABS (GST_CLOCK_DIFF (best, time)))
      best = start;
  }
  return best;
}

void
tool_picture_layout_init (ToolPictureLayout *self, const GstMontagePlan *plan,
    gdouble left, gdouble right)
{
  guint wanted = count_rows (plan);
  GstClockTime longest = 1;

  *self = (ToolPictureLayout){.left = left, .right = right, .n_rows = 1};
  for (guint row = 1; row < wanted; row++) {
    GstClockTime start = nearest_cut (plan,
        gst_util_uint64_scale (plan->duration, row, wanted));

    /* A row without a cut of its own is none. */
    if (start > self->starts[self->n_rows - 1])
      self->starts[self->n_rows++] = start;
  }
  self->starts[self->n_rows] = plan->duration;
  for (guint row = 0; row < self->n_rows; row++)
    longest = MAX (longest, self->starts[row + 1] - self->starts[row]);
  self->pixels_per_ns = (right - left) / longest;
}

guint
tool_picture_layout_row_at (const ToolPictureLayout *self, GstClockTime time)
{
  guint row = 0;

  while (row + 1 < self->n_rows && time >= self->starts[row + 1])
    row++;
  return row;
}

gdouble
tool_picture_layout_x (const ToolPictureLayout *self, guint row,
    GstClockTime time)
{
  GstClockTime held = CLAMP (time, self->starts[row], self->starts[row + 1]);

  return self->left + (held - self->starts[row]) * self->pixels_per_ns;
}

gdouble
tool_picture_layout_end (const ToolPictureLayout *self, guint row)
{
  return tool_picture_layout_x (self, row, self->starts[row + 1]);
}

GstClockTime
tool_picture_layout_step (const ToolPictureLayout *self, gdouble min_pixels)
{
  static const guint seconds[] = {1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900,
      1800, 3600};

  for (guint i = 0; i < G_N_ELEMENTS (seconds); i++)
    if (seconds[i] * GST_SECOND * self->pixels_per_ns >= min_pixels)
      return seconds[i] * GST_SECOND;
  return 3600 * GST_SECOND;
}
