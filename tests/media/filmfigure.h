/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Leaves of the picture what lies inside of a figure and paints the rest in one
 * colour: people and things before an even backdrop. Figures of one @seed move
 * on with @frame: they sway, walk, gesture fast and at times leap. */
void montage_figure_cut_out (guint seed, guint frame, guint32 backdrop,
    guint32 *pixels, guint width, guint height);

/* The backdrop of a film. */
guint32 montage_figure_choose_backdrop (guint seed);

G_END_DECLS
