/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "picturearea.h"

#include "shotconstants.h"

/* An upright picture in a wide one leaves bars of 0.34 at both sides. */
#define MAX_BAR(size) ((size) *2 / 5)

static gboolean
is_black_row (const SmallFrame *frame, gint y)
{
  guint8 highest = 0;

  for (gint x = 0; x < SMALL_WIDTH; x++)
    highest = MAX (highest, frame->y[y][x]);
  return highest <= BAR_LEVEL;
}

static gboolean
is_black_column (const SmallFrame *frame, gint x)
{
  guint8 highest = 0;

  for (gint y = 0; y < SMALL_HEIGHT; y++)
    highest = MAX (highest, frame->y[y][x]);
  return highest <= BAR_LEVEL;
}

/* Bars come in pairs of one width. What is black at one side only is night. */
void
picture_area_find (PictureArea *self, const SmallFrame *frame)
{
  gint rows = 0, columns = 0;

  while (rows < MAX_BAR (SMALL_HEIGHT) && is_black_row (frame, rows)
      && is_black_row (frame, SMALL_HEIGHT - 1 - rows))
    rows++;
  while (columns < MAX_BAR (SMALL_WIDTH) && is_black_column (frame, columns)
      && is_black_column (frame, SMALL_WIDTH - 1 - columns))
    columns++;
  /* a sample at the edge of a bar is partly bar */
  if (columns > 0 && columns < MAX_BAR (SMALL_WIDTH))
    columns++;
  if (rows > 0 && rows < MAX_BAR (SMALL_HEIGHT))
    rows++;
  self->left = columns;
  self->right = SMALL_WIDTH - columns;
  self->top = rows;
  self->bottom = SMALL_HEIGHT - rows;
}
