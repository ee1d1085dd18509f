/* SPDX-License-Identifier: LGPL-2.1-or-later */
#ifdef HAVE_CONFIG_H
#include "config.h"
#endif

#include "picturelayout.h"

/* What a row of README width shows legibly. */
#define ROW_SECONDS 30
#define ROW_CUTS 24
#define FILM_ROWS_MAX TOOL_PICTURE_ROWS_MAX
/* The last row may be longer than the others by this share of them rather than
 * be followed by a stump. */
#define ROW_STRETCH 0.1

static guint
count_rows (const GstMontagePlan *plan)
{
  guint by_time = (guint) ((plan->duration + ROW_SECONDS * GST_SECOND - 1)
      / (ROW_SECONDS * GST_SECOND));
  guint by_cuts = (plan->cuts->len + ROW_CUTS - 1) / ROW_CUTS;

  return CLAMP (MAX (by_time, by_cuts), 1, FILM_ROWS_MAX);
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

/* Seconds per row, round ones, so that there are not too many rows. */
static GstClockTime
even_row (GstClockTime duration)
{
  static const guint seconds[] = {30, 60, 120, 300, 600, 900, 1800};

  for (guint i = 0; i < G_N_ELEMENTS (seconds); i++)
    if (duration <= seconds[i] * GST_SECOND * TOOL_PICTURE_ROWS_MAX)
      return seconds[i] * GST_SECOND;
  return duration / TOOL_PICTURE_ROWS_MAX + 1;
}

void
tool_picture_layout_init_even (ToolPictureLayout *self, GstClockTime duration,
    gdouble left, gdouble right)
{
  GstClockTime row = even_row (duration);
  GstClockTime longest;

  *self = (ToolPictureLayout){.left = left, .right = right, .n_rows = 1};
  while (
      self->starts[self->n_rows - 1] + row + (GstClockTime) (ROW_STRETCH * row)
      < duration) {
    self->starts[self->n_rows] = self->starts[self->n_rows - 1] + row;
    self->n_rows++;
  }
  self->starts[self->n_rows] = MAX (duration, 1);
  longest = self->starts[self->n_rows] - self->starts[self->n_rows - 1];
  /* A short song fills its only row. */
  self->pixels_per_ns = (right - left)
      / (self->n_rows == 1 ? longest : MAX (row, longest));
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
