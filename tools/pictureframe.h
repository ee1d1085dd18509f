/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <cairo.h>

#include "thumbnails.h"

G_BEGIN_DECLS

/* Puts a frame into a box: where it @fills it, what is over is cut off on both
 * sides; else all of it is seen, in the middle. */
void tool_picture_frame (cairo_t *cr, const ToolThumbnail *frame, gdouble x,
    gdouble y, gdouble width, gdouble height, gboolean fills);

G_END_DECLS
