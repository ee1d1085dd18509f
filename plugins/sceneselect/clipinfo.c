/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "clipinfo.h"

#include <string.h>

void
clip_info_clear (ClipInfo *self)
{
  g_free (self->codec);
  memset (self, 0, sizeof (*self));
}

gboolean
clip_info_take_tags (ClipInfo *self, GstEvent *event)
{
  GstVideoOrientationMethod before = self->orientation;
  g_autofree gchar *codec = NULL;
  GstTagList *tags;

  gst_event_parse_tag (event, &tags);
  gst_video_orientation_from_tag (tags, &self->orientation);
  if (gst_tag_list_get_string (tags, GST_TAG_VIDEO_CODEC, &codec)) {
    g_free (self->codec);
    self->codec = g_steal_pointer (&codec);
  }
  return self->orientation != before;
}

void
clip_info_take_collection (ClipInfo *self, GstEvent *event)
{
  g_autoptr (GstStreamCollection) collection = NULL;

  gst_event_parse_stream_collection (event, &collection);
  self->has_audio = FALSE;
  for (guint i = 0; i < gst_stream_collection_get_size (collection); i++) {
    GstStream *stream = gst_stream_collection_get_stream (collection, i);

    if (gst_stream_get_stream_type (stream) & GST_STREAM_TYPE_AUDIO)
      self->has_audio = TRUE;
  }
}

static void
fill_size (const ClipInfo *self, GstMontageShotList *list)
{
  const GstVideoInfo *info = &self->info;
  guint64 width = gst_util_uint64_scale_round (GST_VIDEO_INFO_WIDTH (info),
      MAX (GST_VIDEO_INFO_PAR_N (info), 1),
      MAX (GST_VIDEO_INFO_PAR_D (info), 1));
  guint64 height = GST_VIDEO_INFO_HEIGHT (info);
  gboolean turned = self->orientation == GST_VIDEO_ORIENTATION_90R
      || self->orientation == GST_VIDEO_ORIENTATION_90L
      || self->orientation == GST_VIDEO_ORIENTATION_UL_LR
      || self->orientation == GST_VIDEO_ORIENTATION_UR_LL;

  width = CLAMP (width, 1, 65536);
  list->width = (guint) (turned ? height : width);
  list->height = (guint) (turned ? width : height);
}

static const gchar *
transfer_name (GstVideoTransferFunction transfer)
{
  switch (transfer) {
    case GST_VIDEO_TRANSFER_SMPTE2084:
      return "pq";
    case GST_VIDEO_TRANSFER_ARIB_STD_B67:
      return "hlg";
    default:
      return "sdr";
  }
}

void
clip_info_fill (const ClipInfo *self, GstMontageShotList *list)
{
  fill_size (self, list);
  list->has_audio = self->has_audio;
  g_free (list->codec);
  list->codec = g_strdup (self->codec);
  g_free (list->transfer);
  list->transfer = g_strdup (transfer_name (self->info.colorimetry.transfer));
}

gboolean
clip_info_picture_time (const GstSegment *segment, GstBuffer *buffer,
    GstClockTime *time)
{
  GstClockTime pts = GST_BUFFER_PTS (buffer);
  GstClockTime end = pts;

  *time = GST_CLOCK_TIME_NONE;
  if (segment->rate < 0
      || GST_BUFFER_FLAG_IS_SET (buffer, GST_BUFFER_FLAG_DECODE_ONLY))
    return FALSE;
  if (segment->format != GST_FORMAT_TIME || !GST_CLOCK_TIME_IS_VALID (pts))
    return TRUE;
  if (GST_BUFFER_DURATION_IS_VALID (buffer))
    end += GST_BUFFER_DURATION (buffer);
  if (!gst_segment_clip (segment, GST_FORMAT_TIME, pts, end, NULL, NULL))
    return FALSE;
  /* a frame that begins before the segment is seen from the segment's start */
  *time = gst_segment_to_stream_time (segment, GST_FORMAT_TIME,
      MAX (pts, segment->start));
  return TRUE;
}
