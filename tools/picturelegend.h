/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <cairo.h>

#include "pictureink.h"

G_BEGIN_DECLS

/* What the lines mean, and the colours of the clips, below a picture. */
gdouble tool_picture_legend_height (const GstMontagePlan *plan);
void
tool_picture_legend_draw (cairo_t *cr, const GstMontagePlan *plan, gdouble top);
/* A short line in @ink and what it means; moves @x on. */
void tool_picture_legend_key (cairo_t *cr, gdouble *x, gdouble y, ToolInk ink,
    gdouble alpha, gboolean upright, const gchar *text);

G_END_DECLS
