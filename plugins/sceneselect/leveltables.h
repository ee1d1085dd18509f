/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <gst/video/video.h>

G_BEGIN_DECLS

/* What 8 bits of a signal are in full range SDR: luma 0 is black and 255
 * diffuse white, chroma 128 is neutral. */
void level_tables_fill (const GstVideoInfo *info, guint8 luma[256],
    guint8 chroma[256]);

G_END_DECLS
