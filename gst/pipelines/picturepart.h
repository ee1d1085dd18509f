/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <gst/montage/montage.h>

G_BEGIN_DECLS

/**
 * PicturePart:
 *
 * A part of the fitted picture, as shares of its width and height.
 */
typedef struct
{
  gdouble x; /* of its left edge */
  gdouble y;
  gdouble size; /* of both sides; 1: all of it */
} PicturePart;

gboolean picture_part_cut_zooms (const GstMontageCut *cut);
/* How many times the film's size the closest look of @cut asks for. */
gdouble picture_part_closest (const GstMontageCut *cut);
/* What @cut shows at film time @time. A crossfade's zoom goes on at its pace
 * before the cut's start and after its end. */
void picture_part_at (const GstMontageCut *cut, GstClockTime time,
    PicturePart *part);

G_END_DECLS
