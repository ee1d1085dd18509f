/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <gst/montage/enums.h>

#include "picturearea.h"

G_BEGIN_DECLS

/* What a picture says about its shot: log odds against a medium one; @known is
 * 0 where it does not show any, else 1. All can be summed up. */
typedef struct
{
  gfloat close;
  gfloat wide;
  gfloat known;
} ShotSizeOdds;

void shot_size_measure (ShotSizeOdds *self, const SmallFrame *frame,
    const PictureArea *area);

/* Wide or close where that is likelier than all else together, by the mean of
 * @n pictures, of which at least half have to be known. */
GstMontageShotSize
shot_size_decide (gdouble close, gdouble wide, gdouble known, guint64 n);

G_END_DECLS
