/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "filmtest.h"

#include "../media/barcode.h"

#include <gst/video/video.h>
#include <math.h>

/* Slow motion, stills and zooms of montagetimeline. */

/* The first source behind the clips. */
#define STILL_ID N_FILM_CLIPS
#define VIDEO "t.video_src ! appsink name=video max-buffers=4 "

static void
check_film (const GstMontagePlan *plan)
{
  GstElement *pipeline = film_test_pipeline (VIDEO);
  GstAppSink *sink = film_test_sink (pipeline, "video");

  gst_element_set_state (pipeline, GST_STATE_PLAYING);
  film_test_push (pipeline, plan, TRUE);
  film_test_check_rest (pipeline, sink, plan, 0);
  fail_unless_equals_int (film_test_count_messages (pipeline,
                              GST_MESSAGE_WARNING, NULL),
      0);
  gst_element_set_state (pipeline, GST_STATE_NULL);
  gst_object_unref (pipeline);
}

static const gdouble speeds[] = {0.5, 0.67, 0.8, 0.25};

GST_START_TEST (test_slow_motion)
{
  g_autoptr (GstMontagePlan) plan = film_test_plan (31, 0, FALSE);
  guint n_sources = film_test_add_variable_clip (plan) + 1;
  guint i;

  for (i = 0; i < n_sources * G_N_ELEMENTS (speeds); i++) {
    film_test_add_cut (plan, i % n_sources, 20 + 3 * i, 20 + i % 7, 0);
    film_test_slow_down (plan, speeds[i / n_sources]);
  }
  check_film (plan);
}
GST_END_TEST

/* Crossfades on both sides; what is seen within them is told by the frames
 * around: the reader begins before the cut and goes on behind it. */
GST_START_TEST (test_slow_crossfades)
{
  g_autoptr (GstMontagePlan) plan = film_test_plan (32, 0, FALSE);
  guint i;

  for (i = 0; i < 24; i++) {
    film_test_add_cut (plan, i % N_FILM_CLIPS, 40 + 2 * i, 25, i > 0 ? 8 : 0);
    film_test_slow_down (plan, speeds[i % G_N_ELEMENTS (speeds)]);
  }
  check_film (plan);
}
GST_END_TEST

/* A cut that goes on where a slow one ended takes over its reader. */
GST_START_TEST (test_slow_cuts_go_on)
{
  g_autoptr (GstMontagePlan) plan = film_test_plan (33, 0, FALSE);
  guint i;

  for (i = 0; i < 8; i++) {
    film_test_add_cut (plan, CLIP_30, 20 + 10 * i, 20, 0);
    film_test_slow_down (plan, 0.5);
  }
  check_film (plan);
}
GST_END_TEST

static void
draw_code (guint32 *pixels, guint width, guint height)
{
  for (guint i = 0; i < width * height; i++)
    pixels[i] = 0xff808080;
  montage_barcode_write (pixels, width, height, STILL_ID, 0);
}

/* Stills between clips, by cuts and crossfades, several times, for longer than
 * they are said to last. */
GST_START_TEST (test_stills)
{
  g_autoptr (GstMontagePlan) plan = film_test_plan (34, 0, FALSE);
  g_autofree gchar *path = film_test_still ("code.png", 1000, 600, "pngenc",
      draw_code);
  guint source = film_test_add_still (plan, path);
  guint i;

  fail_unless_equals_int (source, STILL_ID);
  for (i = 0; i < 5; i++) {
    film_test_add_cut (plan, CLIP_30, 50, 20, i > 0 ? 8 : 0);
    film_test_add_cut (plan, source, 0, 20, i % 2 ? 6 : 0);
  }
  film_test_add_cut (plan, source, 0, 330, 0);
  check_film (plan);
}
GST_END_TEST

/* Clips go on while they are zoomed. */
GST_START_TEST (test_zoomed_clips)
{
  g_autoptr (GstMontagePlan) plan = film_test_plan (35, 0, FALSE);
  guint i;

  for (i = 0; i < N_FILM_CLIPS; i++) {
    film_test_add_cut (plan, i, 30, 30, i > 0 ? 4 : 0);
    film_test_zoom (plan, 1.0 + 0.1 * i, 1.5 - 0.1 * i, 0.5, 0.5);
  }
  check_film (plan);
}
GST_END_TEST

/* White to the left, black to the right of the middle. */
static void
draw_edge (guint32 *pixels, guint width, guint height)
{
  for (guint i = 0; i < width * height; i++)
    pixels[i] = i % width < width / 2 ? 0xffffffff : 0xff000000;
}

/* The same to the eye: what is not there is black. */
static void
draw_ghost (guint32 *pixels, guint width, guint height)
{
  for (guint i = 0; i < width * height; i++)
    pixels[i] = i % width < width / 2 ? 0xffffffff : 0x00ffffff;
}

/* How much of a row in the middle is white: where the edge is. */
static gdouble
find_edge (GstSample *sample)
{
  GstVideoInfo info;
  GstVideoFrame frame;
  const guint8 *row;
  gdouble sum = 0, white, black;

  fail_unless (gst_video_info_from_caps (&info, gst_sample_get_caps (sample)));
  fail_unless (gst_video_frame_map (&frame, &info,
      gst_sample_get_buffer (sample), GST_MAP_READ));
  row = (guint8 *) GST_VIDEO_FRAME_PLANE_DATA (&frame, 0)
      + info.height / 2 * GST_VIDEO_FRAME_PLANE_STRIDE (&frame, 0);
  white = row[0];
  black = row[info.width - 1];
  fail_unless (white - black > 200);
  for (gint x = 0; x < info.width; x++)
    sum += (row[x] - black) / (white - black);
  gst_video_frame_unmap (&frame);
  return sum;
}

/* The edge moves evenly: at each frame it is where the zoom puts it, to a
 * twenty-fifth of a sample. */
static void
check_edge (const gchar *name, guint width, guint height, const gchar *encoder,
    FilmTestDraw draw_picture, gdouble from, gdouble to, gdouble focus)
{
  g_autoptr (GstMontagePlan) plan = film_test_plan (36, 0, FALSE);
  g_autofree gchar *path = film_test_still (name, width, height, encoder,
      draw_picture);
  GstElement *pipeline = film_test_pipeline (VIDEO);
  GstAppSink *sink = film_test_sink (pipeline, "video");
  const guint n_frames = 90;
  gdouble film_width = plan->output.width;
  guint k;

  film_test_add_cut (plan, film_test_add_still (plan, path), 0, n_frames, 0);
  film_test_zoom (plan, from, to, focus, 0.5);
  gst_element_set_state (pipeline, GST_STATE_PLAYING);
  film_test_push (pipeline, plan, TRUE);
  for (k = 0; k < n_frames; k++) {
    g_autoptr (GstSample) sample = film_test_pull (pipeline, sink);
    gdouble size = 1 / (from + (to - from) * k / n_frames);
    gdouble left = CLAMP (focus - size / 2, 0, 1 - size);
    gdouble expected = (0.5 - left) / size * film_width;
    gdouble found = find_edge (sample);

    fail_unless (fabs (found - expected) < 0.04,
        "frame %u of %s: the edge is at %.3f, not at %.3f", k, name, found,
        expected);
  }
  fail_unless (film_test_pull (pipeline, sink) == NULL);
  gst_element_set_state (pipeline, GST_STATE_NULL);
  gst_object_unref (pipeline);
}

GST_START_TEST (test_zoom_moves_evenly)
{
  check_edge ("large.png", 1280, 720, "pngenc", draw_edge, 1.0, 1.2, 0.0);
  check_edge ("same.png", 320, 180, "pngenc", draw_edge, 1.3, 1.0, 0.3);
  check_edge ("small.png", 160, 90, "pngenc", draw_edge, 1.0, 1.1, 1.0);
  check_edge ("ghost.png", 640, 360, "pngenc", draw_ghost, 1.0, 1.2, 0.5);
  check_edge ("huge.jpg", 4000, 2250, "video/x-raw,format=I420 ! jpegenc",
      draw_edge, 1.0, 4.0, 0.5);
}
GST_END_TEST

/* A photo of which nothing can be decoded: the film goes on, with a warning. */
GST_START_TEST (test_broken_still)
{
  g_autoptr (GstMontagePlan) plan = film_test_plan (37, 0, FALSE);
  g_autofree gchar *path = film_test_path ("broken.jpg");
  GstElement *pipeline = film_test_pipeline (VIDEO);
  GstAppSink *sink = film_test_sink (pipeline, "video");
  g_autofree gchar *text = NULL;
  guint k;

  fail_unless (
      g_file_set_contents (path, "\xff\xd8\xff\xe0 no photo", -1, NULL));
  film_test_add_cut (plan, CLIP_30, 50, 10, 0);
  film_test_add_cut (plan, film_test_add_still (plan, path), 0, 10, 0);
  gst_element_set_state (pipeline, GST_STATE_PLAYING);
  film_test_push (pipeline, plan, TRUE);
  for (k = 0; k < 20; k++)
    gst_sample_unref (film_test_pull (pipeline, sink));
  fail_unless (film_test_pull (pipeline, sink) == NULL);
  fail_unless_equals_int (film_test_count_messages (pipeline,
                              GST_MESSAGE_WARNING, &text),
      1);
  fail_unless (strstr (text, "broken.jpg") != NULL, "%s", text);
  gst_element_set_state (pipeline, GST_STATE_NULL);
  gst_object_unref (pipeline);
}
GST_END_TEST

static Suite *
filmpictures_suite (void)
{
  Suite *suite = suite_create ("filmpictures");
  TCase *tc = tcase_create ("general");

  suite_add_tcase (suite, tc);
  tcase_set_timeout (tc, 240);
  tcase_add_unchecked_fixture (tc, film_test_make_folder,
      film_test_remove_folder);
  tcase_add_test (tc, test_slow_motion);
  tcase_add_test (tc, test_slow_crossfades);
  tcase_add_test (tc, test_slow_cuts_go_on);
  tcase_add_test (tc, test_stills);
  tcase_add_test (tc, test_zoomed_clips);
  tcase_add_test (tc, test_zoom_moves_evenly);
  tcase_add_test (tc, test_broken_still);
  return suite;
}

GST_CHECK_MAIN (filmpictures)
