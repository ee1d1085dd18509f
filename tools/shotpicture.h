/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <cairo.h>
#include <gst/montage/montage.h>

G_BEGIN_DECLS

/**
 * ToolShotPicture:
 *
 * A contact sheet: the shots of @clip with @frames (of ToolThumbnail, nullable
 * each) at the times of tool_shot_picture_times().
 */
typedef struct
{
  const GstMontageShotList *clip;
  const GPtrArray *frames;
} ToolShotPicture;

/* The times of the frames, GstClockTime in stream time, ascending. */
GArray *tool_shot_picture_times (const GstMontageShotList *clip);
void tool_shot_picture_measure (const GstMontageShotList *clip, gdouble *width,
    gdouble *height, gdouble *frame_height);
void tool_shot_picture_draw_to (const ToolShotPicture *picture, cairo_t *cr,
    gdouble width, gdouble height);

G_END_DECLS
