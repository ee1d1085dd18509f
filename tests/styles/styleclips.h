/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <gst/montage/shotlist.h>

G_BEGIN_DECLS

/* The footage that every style is shown with: 24 clips (as #GstMontageShotList)
 * from six places, of shots of all kinds. What one measure says of a shot tells
 * nothing about the others, so that each term of the planner finds its shots. */
GPtrArray *style_clips_new (void);

G_END_DECLS
