/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <gst/montage/beatgrid.h>

G_BEGIN_DECLS

/* The song that every style is shown with: 76 bars of 4/4 at 118 BPM, from a
 * calm intro by a build to a drop, through a break to the last chorus and out.
 * The bars of a part differ, the last of eight is a fill. */
GstMontageBeatGrid *style_song_new (void);

G_END_DECLS
