/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "frameconversion.h"

/* The converter refuses another rate or interlacing; neither is its business. */
static GstVideoInfo
converter_info (const GstVideoInfo *info)
{
  GstVideoInfo copy = *info;

  copy.fps_n = 0;
  copy.fps_d = 1;
  copy.interlace_mode = GST_VIDEO_INTERLACE_MODE_PROGRESSIVE;
  copy.par_n = copy.par_d = 1;
  return copy;
}

GstVideoConverter *
frame_conversion_new (const GstVideoInfo *source, const FitRect *from,
    const GstVideoInfo *dest, const FitRect *to, gboolean fill_border)
{
  GstVideoInfo in = converter_info (source);
  GstVideoInfo out = converter_info (dest);
  GstStructure *config = gst_structure_new ("converter",
      GST_VIDEO_CONVERTER_OPT_SRC_X, G_TYPE_INT, from->x,
      GST_VIDEO_CONVERTER_OPT_SRC_Y, G_TYPE_INT, from->y,
      GST_VIDEO_CONVERTER_OPT_SRC_WIDTH, G_TYPE_INT, from->width,
      GST_VIDEO_CONVERTER_OPT_SRC_HEIGHT, G_TYPE_INT, from->height,
      GST_VIDEO_CONVERTER_OPT_DEST_X, G_TYPE_INT, to->x,
      GST_VIDEO_CONVERTER_OPT_DEST_Y, G_TYPE_INT, to->y,
      GST_VIDEO_CONVERTER_OPT_DEST_WIDTH, G_TYPE_INT, to->width,
      GST_VIDEO_CONVERTER_OPT_DEST_HEIGHT, G_TYPE_INT, to->height,
      GST_VIDEO_CONVERTER_OPT_FILL_BORDER, G_TYPE_BOOLEAN, fill_border,
      GST_VIDEO_CONVERTER_OPT_BORDER_ARGB, G_TYPE_UINT, 0xff000000u,
      GST_VIDEO_CONVERTER_OPT_RESAMPLER_METHOD, GST_TYPE_VIDEO_RESAMPLER_METHOD,
      GST_VIDEO_RESAMPLER_METHOD_LINEAR,
      GST_VIDEO_CONVERTER_OPT_CHROMA_RESAMPLER_METHOD,
      GST_TYPE_VIDEO_RESAMPLER_METHOD, GST_VIDEO_RESAMPLER_METHOD_LINEAR, NULL);

  return gst_video_converter_new (&in, &out, config);
}

gboolean
frame_conversion_run (GstVideoConverter *converter, GstVideoFrame *in,
    const GstVideoInfo *info, GstBuffer *buffer)
{
  GstVideoFrame out;

  if (!gst_video_frame_map (&out, info, buffer, GST_MAP_WRITE))
    return FALSE;
  gst_video_converter_frame (converter, in, &out);
  gst_video_frame_unmap (&out);
  return TRUE;
}
