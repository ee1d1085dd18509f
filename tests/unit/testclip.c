/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "testclip.h"

#include <gst/check/gstcheck.h>

World *drawn;
static GPtrArray *still; /* of World; NULL without real clips */

void
worlds_setup (void)
{
  drawn = world_draw ();
  still = world_load ("gopro_karma.mp4", 960, 1);
}

void
worlds_teardown (void)
{
  world_free (drawn);
  g_clear_pointer (&still, g_ptr_array_unref);
}

guint
worlds_get (const World *worlds[2])
{
  worlds[0] = drawn;
  worlds[1] = still ? g_ptr_array_index (still, 0) : NULL;
  return still ? 2 : 1;
}

Clip *
clip_new (void)
{
  Clip *clip = g_new0 (Clip, 1);
  GstVideoInfo info;

  gst_video_info_set_format (&info, GST_VIDEO_FORMAT_I420, VIEW_WIDTH,
      VIEW_HEIGHT);
  clip->analyzer = shot_analyzer_new ();
  clip->scaler = frame_scaler_new (&info, GST_VIDEO_ORIENTATION_IDENTITY);
  return clip;
}

void
clip_push (Clip *self, const World *world, const View *view)
{
  g_autoptr (GstBuffer) buffer = world_look (world, view);
  GstVideoFrame frame;
  GstVideoInfo info;
  SmallFrame small;

  gst_video_info_set_format (&info, GST_VIDEO_FORMAT_I420, VIEW_WIDTH,
      VIEW_HEIGHT);
  gst_video_frame_map (&frame, &info, buffer, GST_MAP_READ);
  frame_scaler_scale (self->scaler, &frame, &small);
  gst_video_frame_unmap (&frame);
  shot_analyzer_push (self->analyzer, &small, self->n++ * FRAME, FRAME);
}

const GstMontageShot *
clip_finish (Clip *self)
{
  const GstMontageShotList *list = shot_analyzer_get_list (self->analyzer);

  shot_analyzer_finish (self->analyzer, FPS, 1);
  ck_assert_uint_eq (list->shots->len, 1);
  return &g_array_index (list->shots, GstMontageShot, 0);
}

void
clip_free (Clip *self)
{
  shot_analyzer_free (self->analyzer);
  frame_scaler_free (self->scaler);
  g_free (self);
}

void
clip_push_still (Clip *self, const World *world, const View *view, guint n)
{
  for (guint i = 0; i < n; i++)
    clip_push (self, world, view);
}
