/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "smallframe.h"

G_BEGIN_DECLS

/* What lies between black bars, in samples of luma: [left, right) x
 * [top, bottom); never empty. */
typedef struct
{
  gint left;
  gint right;
  gint top;
  gint bottom;
} PictureArea;

void picture_area_find (PictureArea *self, const SmallFrame *frame);

static inline guint
picture_area_get_n (const PictureArea *self)
{
  return (guint) ((self->right - self->left) * (self->bottom - self->top));
}

G_END_DECLS
