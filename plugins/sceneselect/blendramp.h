/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "blendwindow.h"

G_BEGIN_DECLS

/* The ramp that fits best, of all shapes: @first and @last are the last picture
 * of the old and the first of the new shot, in frames from the window's begin. */
void blend_ramp_find (const BlendWindow *window, gint *first, gint *last);
/* Root of the mean square of what the best shape leaves from one end of the
 * window to the other. */
gdouble blend_ramp_get_error (const BlendWindow *window);

G_END_DECLS
