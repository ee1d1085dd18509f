/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <gst/pipelines/fitgeometry.h>
#include <gst/video/video.h>

G_BEGIN_DECLS

/* Converts and scales the part @from of frames of @source to the part @to of
 * frames of @dest; around it is black where @fill_border is set. NULL where
 * that cannot be done. */
GstVideoConverter *
frame_conversion_new (const GstVideoInfo *source, const FitRect *from,
    const GstVideoInfo *dest, const FitRect *to, gboolean fill_border);
/* Into @buffer, a frame of @info. */
gboolean frame_conversion_run (GstVideoConverter *converter, GstVideoFrame *in,
    const GstVideoInfo *info, GstBuffer *buffer);

G_END_DECLS
