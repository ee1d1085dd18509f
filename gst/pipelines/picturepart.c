/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "picturepart.h"

gboolean
picture_part_cut_zooms (const GstMontageCut *cut)
{
  return cut->zoom_from != 1.0 || cut->zoom_to != 1.0;
}

gdouble
picture_part_closest (const GstMontageCut *cut)
{
  return MAX (MAX (cut->zoom_from, cut->zoom_to), 1.0);
}

static gdouble
begin_around (gdouble focus, gdouble size)
{
  return CLAMP (focus - size / 2, 0.0, 1.0 - size);
}

void
picture_part_at (const GstMontageCut *cut, GstClockTime time, PicturePart *part)
{
  gdouble share = (gdouble) GST_CLOCK_DIFF (cut->start, time)
      / MAX (cut->duration, 1);
  gdouble zoom = cut->zoom_from + (cut->zoom_to - cut->zoom_from) * share;

  part->size = 1 / MAX (zoom, 1.0);
  part->x = begin_around (cut->focus_x, part->size);
  part->y = begin_around (cut->focus_y, part->size);
}
