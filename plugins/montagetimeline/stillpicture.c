/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "stillpicture.h"

#include "decodebranch.h"
#include "framezoom.h"

static void
lay_row_on_black (guint8 *row, gint width, gint alpha)
{
  gint x, i;

  for (x = 0; x < width; x++, row += 4) {
    for (i = 0; i < 4; i++) {
      if (i != alpha)
        row[i] = (row[i] * row[alpha] + 127) / 255;
    }
  }
}

/* Conversions drop how transparent a picture is, and whatever lies beneath
 * would show. The usual decoders give four bytes for each sample. */
static GstSample *
lay_on_black (GstSample *sample)
{
  g_autoptr (GstCaps) caps = gst_caps_ref (gst_sample_get_caps (sample));
  g_autoptr (GstBuffer) buffer = NULL;
  GstVideoInfo info;
  GstVideoFrame frame;
  gint y;

  if (!gst_video_info_from_caps (&info, caps)
      || !GST_VIDEO_INFO_HAS_ALPHA (&info)
      || GST_VIDEO_INFO_COMP_PSTRIDE (&info, 0) != 4
      || GST_VIDEO_INFO_COMP_DEPTH (&info, 0) != 8)
    return sample;
  buffer = gst_buffer_ref (gst_sample_get_buffer (sample));
  gst_sample_unref (sample);
  buffer = gst_buffer_make_writable (buffer);
  if (gst_video_frame_map (&frame, &info, buffer, GST_MAP_READWRITE)) {
    for (y = 0; y < info.height; y++)
      lay_row_on_black ((guint8 *) GST_VIDEO_FRAME_PLANE_DATA (&frame, 0)
              + (gssize) y * GST_VIDEO_FRAME_PLANE_STRIDE (&frame, 0),
          info.width, GST_VIDEO_FRAME_COMP_POFFSET (&frame, GST_VIDEO_COMP_A));
    gst_video_frame_unmap (&frame);
  }
  return gst_sample_new (buffer, caps, NULL, NULL);
}

GstSample *
still_picture_load (const gchar *uri, const GstMontageOutput *output,
    gdouble closest, GCancellable *cancellable, gchar **failure, GError **error)
{
  g_autoptr (DecodeBranch) branch = decode_branch_new (uri, DECODE_PICTURES);
  g_autoptr (GstSample) sample = NULL;
  g_autoptr (GError) reason = NULL;
  ClipFrame frame = {0};
  GstSample *picture = NULL;

  *failure = NULL;
  if (!decode_branch_pull (branch, &sample, cancellable, error))
    return NULL;
  if (sample != NULL) {
    sample = lay_on_black (sample);
    frame.sample = sample;
    frame.orientation = decode_branch_get_orientation (branch);
    picture = frame_zoom_fit (output, closest, &frame, &reason);
  }
  if (picture == NULL)
    *failure = reason != NULL ? g_strdup (reason->message)
                              : decode_branch_dup_error (branch);
  return picture;
}
