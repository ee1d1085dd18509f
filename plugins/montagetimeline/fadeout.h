/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Fades interleaved samples out with the equal-power curve
 * cos (pi / 2 * x), x = 0 at @begin and 1 at @end: @data holds @n_frames
 * frames from frame @position on. */
void fade_out (gfloat *data, guint n_frames, guint channels, guint64 position,
    guint64 begin, guint64 end);

G_END_DECLS
