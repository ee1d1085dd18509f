/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "filmtest.h"

/* Slow motion, stills and zooms of montagetimeline. */

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
  return suite;
}

GST_CHECK_MAIN (filmpictures)
