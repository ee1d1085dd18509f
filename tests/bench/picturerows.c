/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "picturerows.h"

#include <stdio.h>
#include <stdlib.h>

int
picture_rows_read (int argc, char **argv,
    void (*take) (const SmallFrame *frame, gpointer data), gpointer data)
{
  g_autoptr (FrameScaler) scaler = NULL;
  g_autoptr (GstBuffer) buffer = NULL;
  g_autofree guint8 *bytes = NULL;
  GstVideoInfo info;

  gst_init (NULL, NULL);
  if (argc != 3
      || !gst_video_info_set_format (&info, GST_VIDEO_FORMAT_I420,
          (guint) atoi (argv[1]), (guint) atoi (argv[2])))
    return 2;
  scaler = frame_scaler_new (&info, GST_VIDEO_ORIENTATION_IDENTITY);
  bytes = g_malloc (info.size);
  buffer = gst_buffer_new_wrapped_full (0, bytes, info.size, 0, info.size, NULL,
      NULL);
  while (fread (bytes, info.size, 1, stdin) == 1) {
    GstVideoFrame frame;
    SmallFrame small;

    if (!gst_video_frame_map (&frame, &info, buffer, GST_MAP_READ))
      return 1;
    frame_scaler_scale (scaler, &frame, &small);
    gst_video_frame_unmap (&frame);
    take (&small, data);
  }
  return 0;
}
