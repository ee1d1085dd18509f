/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <gst/montage/shotlist.h>
#include <gst/video/video.h>

G_BEGIN_DECLS

/* What a stream tells of itself, as far as it stands in the shots document. */
typedef struct
{
  GstVideoInfo info; /* of the first picture */
  GstVideoOrientationMethod orientation;
  gboolean has_audio;
  gchar *codec; /* nullable */
} ClipInfo;

void clip_info_clear (ClipInfo *self);
/* %TRUE where the orientation has changed. */
gboolean clip_info_take_tags (ClipInfo *self, GstEvent *event);
void clip_info_take_collection (ClipInfo *self, GstEvent *event);
void clip_info_fill (const ClipInfo *self, GstMontageShotList *list);

/* TRUE where people would see the picture; stream time in @time, or
 * GST_CLOCK_TIME_NONE where it has no time stamp. */
gboolean clip_info_picture_time (const GstSegment *segment, GstBuffer *buffer,
    GstClockTime *time);

G_END_DECLS
