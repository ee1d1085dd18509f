/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "frametransition.h"

#include <math.h>

#include "planeops.h"

/* The frames of the film have limited range. */
#define BLACK_LUMA 16
#define WHITE_LUMA 235
#define NO_CHROMA 128

/* Black or white is reached between two frames, at the cut. */
static void
draw_dip (const Plane *from, const Plane *dest, guint8 color, gdouble weight)
{
  plane_dim (from, dest, color, fabs (2 * weight - 1));
}

static void
draw_plane (const ShownFrame *shown, guint index, const Plane *from,
    const Plane *to, const Plane *dest)
{
  switch (shown->transition) {
    case GST_MONTAGE_TRANSITION_DIP_BLACK:
      draw_dip (from, dest, index == 0 ? BLACK_LUMA : NO_CHROMA, shown->weight);
      break;
    case GST_MONTAGE_TRANSITION_DIP_WHITE:
      draw_dip (from, dest, index == 0 ? WHITE_LUMA : NO_CHROMA, shown->weight);
      break;
    case GST_MONTAGE_TRANSITION_WIPE_LEFT:
      plane_wipe (from, to, dest, PLANE_WIPE_LEFT, shown->weight);
      break;
    case GST_MONTAGE_TRANSITION_WIPE_RIGHT:
      plane_wipe (from, to, dest, PLANE_WIPE_RIGHT, shown->weight);
      break;
    case GST_MONTAGE_TRANSITION_WIPE_UP:
      plane_wipe (from, to, dest, PLANE_WIPE_UP, shown->weight);
      break;
    case GST_MONTAGE_TRANSITION_WIPE_DOWN:
      plane_wipe (from, to, dest, PLANE_WIPE_DOWN, shown->weight);
      break;
    default:
      plane_blend (from, to, dest, shown->weight);
  }
}

static void
draw (const ShownFrame *shown, GstVideoFrame *a, GstVideoFrame *b,
    GstVideoFrame *out)
{
  Plane from, to, dest;
  guint i;

  for (i = 0; i < 3; i++) {
    plane_of_frame (a, i, &from);
    plane_of_frame (b, i, &to);
    plane_of_frame (out, i, &dest);
    draw_plane (shown, i, &from, &to, &dest);
  }
}

GstBuffer *
frame_transition_draw (FrameFitter *fitter, const ShownFrame *shown,
    GstBuffer *from, GstBuffer *to)
{
  g_autoptr (GstBuffer) buffer = frame_fitter_acquire (fitter);
  GstVideoInfo info;
  GstVideoFrame a, b, out;

  frame_fitter_get_info (fitter, &info);
  if (buffer == NULL || !gst_video_frame_map (&a, &info, from, GST_MAP_READ))
    return NULL;
  if (gst_video_frame_map (&b, &info, to, GST_MAP_READ)) {
    if (gst_video_frame_map (&out, &info, buffer, GST_MAP_WRITE)) {
      draw (shown, &a, &b, &out);
      gst_video_frame_unmap (&out);
    }
    gst_video_frame_unmap (&b);
  }
  gst_video_frame_unmap (&a);
  return g_steal_pointer (&buffer);
}
