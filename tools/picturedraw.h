/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <cairo.h>

#include "picture.h"

G_BEGIN_DECLS

/* The size that @picture needs, in user units of about a pixel. */
void tool_picture_measure (const ToolPicture *picture, gdouble *width,
    gdouble *height);
void tool_picture_draw_to (const ToolPicture *picture, cairo_t *cr,
    gdouble width, gdouble height);

G_END_DECLS
