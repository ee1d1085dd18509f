/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <cairo.h>
#include <gst/montage/montage.h>

G_BEGIN_DECLS

/* What the lines mean, and the colours of the clips, below a picture. */
gdouble tool_picture_legend_height (const GstMontagePlan *plan);
void
tool_picture_legend_draw (cairo_t *cr, const GstMontagePlan *plan, gdouble top);

G_END_DECLS
