/* SPDX-License-Identifier: LGPL-2.1-or-later */

/* cut-rows WIDTH HEIGHT < PICTURES: what speaks for a cut at each picture that
 * may be one, for fitting. PICTURES are I420 one after the other. Prints a
 * line per candidate: the number of the picture, then its features.
 */
#include <stdio.h>
#include <stdlib.h>

#include "cutfeatures.h"
#include "framescaler.h"

static void
print_candidate (const CutWindow *window, guint64 frame)
{
  gfloat features[N_CUT_FEATURES];

  if (frame == 0 || !cut_features_is_candidate (window, frame))
    return;
  cut_features_measure (window, frame, features);
  printf ("%" G_GUINT64_FORMAT " %.4f", frame,
      window->distances[frame % CUT_RING].whole);
  for (guint i = 0; i < N_CUT_FEATURES; i++)
    printf (" %.4f", features[i]);
  printf ("\n");
}

int
main (int argc, char **argv)
{
  g_autofree CutWindow *window = g_new0 (CutWindow, 1);
  g_autoptr (FrameScaler) scaler = NULL;
  g_autoptr (GstBuffer) buffer = NULL;
  g_autofree guint8 *data = NULL;
  GstVideoInfo info;

  gst_init (NULL, NULL);
  if (argc != 3
      || !gst_video_info_set_format (&info, GST_VIDEO_FORMAT_I420,
          (guint) atoi (argv[1]), (guint) atoi (argv[2])))
    return 2;
  scaler = frame_scaler_new (&info, GST_VIDEO_ORIENTATION_IDENTITY);
  data = g_malloc (info.size);
  buffer = gst_buffer_new_wrapped_full (0, data, info.size, 0, info.size, NULL,
      NULL);
  while (fread (data, info.size, 1, stdin) == 1) {
    GstVideoFrame frame;
    SmallFrame small;
    FrameMotion motion;

    if (!gst_video_frame_map (&frame, &info, buffer, GST_MAP_READ))
      return 1;
    frame_scaler_scale (scaler, &frame, &small);
    gst_video_frame_unmap (&frame);
    cut_window_push (window, &small, &motion);
    if (window->n_frames > CUT_REACH)
      print_candidate (window, window->n_frames - CUT_REACH - 1);
  }
  for (guint64 i = window->n_frames > CUT_REACH ? window->n_frames - CUT_REACH
                                                : 0;
       i < window->n_frames; i++)
    print_candidate (window, i);
  return 0;
}
