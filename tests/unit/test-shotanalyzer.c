/* SPDX-License-Identifier: LGPL-2.1-or-later */

/* What the list says of shots of synthesized pictures. */

#include <gst/check/gstcheck.h>
#include <math.h>
#include <string.h>

#include "framerate.h"
#include "shotanalyzer.h"
#include "testscene.h"

#define FRAME (40 * GST_MSECOND)

/* --- the list ----------------------------------------------------------- */

static const GstMontageShot *
shot_at (const ShotAnalyzer *analyzer, guint i)
{
  return &g_array_index (shot_analyzer_get_list (analyzer)->shots,
      GstMontageShot, i);
}

/* The reader of the document refuses what is out of range or order. */
static void
assert_readable (const ShotAnalyzer *analyzer)
{
  GstMontageShotList *list = shot_analyzer_get_list (analyzer);
  g_autoptr (GstMontageShotList) copy = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree gchar *text = NULL;

  list->width = list->height = 16;
  text = gst_montage_shot_list_to_json (list);
  copy = gst_montage_shot_list_from_json (text, -1, "test", &error);
  g_assert_no_error (error);
  ck_assert_uint_eq (copy->shots->len, list->shots->len);
}

static ShotAnalyzer *
analyze_path (guint n, gdouble dx, gdouble dy, gdouble jitter)
{
  ShotAnalyzer *analyzer = shot_analyzer_new ();

  for (guint i = 0; i < n; i++) {
    gdouble shake = i % 2 ? jitter : -jitter;
    SmallFrame frame;

    scene_draw (&frame, 13, dx * i + shake, dy * i, 1);
    shot_analyzer_push (analyzer, &frame, i * FRAME, FRAME);
  }
  shot_analyzer_finish (analyzer, 25, 1);
  return analyzer;
}

GST_START_TEST (test_one_frame)
{
  g_autoptr (ShotAnalyzer) analyzer = shot_analyzer_new ();
  const GstMontageShot *shot;
  SmallFrame frame;

  scene_draw (&frame, 1, 0, 0, 1);
  shot_analyzer_push (analyzer, &frame, 7 * GST_MSECOND, GST_CLOCK_TIME_NONE);
  shot_analyzer_finish (analyzer, 30000, 1001);
  ck_assert_uint_eq (shot_analyzer_get_list (analyzer)->shots->len, 1);
  shot = shot_at (analyzer, 0);
  ck_assert_uint_eq (shot->start, 7 * GST_MSECOND);
  ck_assert_uint_eq (shot->end, 7 * GST_MSECOND + 33366667);
  ck_assert_uint_eq (shot->n_frames, 1);
  ck_assert_int_eq (shot->transition_in, GST_MONTAGE_BOUNDARY_START);
  ck_assert_uint_eq (shot->key_frames->len, 1);
  ck_assert_uint_eq (strlen (shot->signature), 4 * 144);
  ck_assert (shot->motion == 0 && shot->shake == 0 && shot->pan_x == 0);
  assert_readable (analyzer);
}
GST_END_TEST;

GST_START_TEST (test_still)
{
  g_autoptr (ShotAnalyzer) analyzer = shot_analyzer_new ();
  const GstMontageShotList *list = shot_analyzer_get_list (analyzer);
  const GstMontageShot *shot;
  SmallFrame frame;

  scene_draw (&frame, 1, 0, 0, 1);
  shot_analyzer_push (analyzer, &frame, GST_CLOCK_TIME_NONE,
      GST_CLOCK_TIME_NONE);
  shot_analyzer_finish (analyzer, 0, 1);
  ck_assert (list->still);
  ck_assert_int_eq (list->fps_n, 0);
  ck_assert_uint_eq (list->duration, GST_MONTAGE_STILL_DURATION);
  ck_assert_uint_eq (list->shots->len, 1);
  shot = shot_at (analyzer, 0);
  ck_assert_uint_eq (shot->start, 0);
  ck_assert_uint_eq (shot->end, GST_MONTAGE_STILL_DURATION);
  ck_assert_uint_eq (shot->n_frames, 1);
  ck_assert_int_eq (shot->camera, GST_MONTAGE_CAMERA_STATIC);
  ck_assert (shot->motion == 0 && shot->action == 0 && shot->shake == 0);
  ck_assert_uint_eq (shot->best->len, 1);
  ck_assert_uint_eq (g_array_index (shot->best, GstMontageStretch, 0).end,
      GST_MONTAGE_STILL_DURATION);
  ck_assert_uint_eq (shot->curves.brightness->len,
      GST_MONTAGE_STILL_DURATION / list->curve_step);
  ck_assert_int_eq (g_array_index (shot->curves.brightness, gint, 0),
      g_array_index (shot->curves.brightness, gint,
          shot->curves.brightness->len - 1));
  assert_readable (analyzer);
}
GST_END_TEST;

/* A single picture of a video has a rate or a duration. */
GST_START_TEST (test_no_still)
{
  g_autoptr (ShotAnalyzer) timed = shot_analyzer_new ();
  g_autoptr (ShotAnalyzer) two = shot_analyzer_new ();
  SmallFrame frame;

  scene_draw (&frame, 1, 0, 0, 1);
  shot_analyzer_push (timed, &frame, 0, FRAME);
  shot_analyzer_finish (timed, 0, 1);
  ck_assert (!shot_analyzer_get_list (timed)->still);
  shot_analyzer_push (two, &frame, 0, GST_CLOCK_TIME_NONE);
  shot_analyzer_push (two, &frame, FRAME, GST_CLOCK_TIME_NONE);
  shot_analyzer_finish (two, 0, 1);
  ck_assert (!shot_analyzer_get_list (two)->still);
}
GST_END_TEST;

GST_START_TEST (test_no_frame)
{
  g_autoptr (ShotAnalyzer) analyzer = shot_analyzer_new ();

  shot_analyzer_finish (analyzer, 25, 1);
  ck_assert_uint_eq (shot_analyzer_get_list (analyzer)->shots->len, 0);
}
GST_END_TEST;

GST_START_TEST (test_times)
{
  g_autoptr (ShotAnalyzer) analyzer = shot_analyzer_new ();
  const GstMontageShotList *list = shot_analyzer_get_list (analyzer);

  for (guint i = 0; i < 300; i++) {
    SmallFrame frame;

    scene_draw (&frame, i / 100, 0, 0, 1);
    shot_analyzer_push (analyzer, &frame, GST_SECOND + i * FRAME, FRAME);
    if (i == 99 + 140)
      ck_assert_uint_eq (list->shots->len, 1); /* known while it runs */
  }
  shot_analyzer_finish (analyzer, 25, 1);
  ck_assert_uint_eq (list->shots->len, 3);
  for (guint i = 0; i < 3; i++) {
    const GstMontageShot *shot = shot_at (analyzer, i);

    ck_assert_uint_eq (shot->first_frame, 100 * i);
    ck_assert_uint_eq (shot->n_frames, 100);
    ck_assert_uint_eq (shot->start, GST_SECOND + 100 * i * FRAME);
    ck_assert_uint_eq (shot->end, GST_SECOND + 100 * (i + 1) * FRAME);
    ck_assert_int_eq (shot->transition_in,
        i ? GST_MONTAGE_BOUNDARY_CUT : GST_MONTAGE_BOUNDARY_START);
  }
  ck_assert_uint_eq (list->duration, 13 * GST_SECOND);
  ck_assert (!list->variable_rate);
  assert_readable (analyzer);
}
GST_END_TEST;

GST_START_TEST (test_fade_in_list)
{
  g_autoptr (ShotAnalyzer) analyzer = shot_analyzer_new ();
  g_autofree gchar *text = NULL;
  const GstMontageShot *shot;
  SmallFrame scene, black, frame;

  scene_draw (&scene, 3, 0, 0, 1);
  scene_fill (&black, 0, 128, 128);
  for (guint i = 0; i < 150; i++) {
    scene_mix (&frame, &black, &scene, CLAMP (((gint) i - 20) / 20.0, 0, 1));
    shot_analyzer_push (analyzer, &frame, i * FRAME, FRAME);
  }
  shot_analyzer_finish (analyzer, 25, 1);
  ck_assert_uint_eq (shot_analyzer_get_list (analyzer)->shots->len, 2);
  shot = shot_at (analyzer, 1);
  ck_assert_int_eq (shot->transition_in, GST_MONTAGE_BOUNDARY_FADE);
  ck_assert (shot->first_frame >= 19 && shot->first_frame <= 21);
  ck_assert (shot->transition_duration >= 18 * FRAME
      && shot->transition_duration <= 23 * FRAME);
  /* what fades is not what the shot looks like */
  ck_assert (fabs (shot->brightness - 160 / 255.0) < 0.2);
  ck_assert (shot_at (analyzer, 0)->brightness < 0.01);
  text = gst_montage_shot_list_to_text (shot_analyzer_get_list (analyzer));
  ck_assert (strchr (text, '-') != NULL);
  assert_readable (analyzer);
}
GST_END_TEST;

GST_START_TEST (test_broken_times)
{
  static const GstClockTime times[] = {GST_CLOCK_TIME_NONE, GST_CLOCK_TIME_NONE,
      100 * GST_MSECOND, 100 * GST_MSECOND, 20 * GST_MSECOND,
      GST_CLOCK_TIME_NONE, 0, 200 * GST_MSECOND};
  g_autoptr (ShotAnalyzer) analyzer = shot_analyzer_new ();
  SmallFrame frame;

  for (guint i = 0; i < G_N_ELEMENTS (times); i++) {
    scene_draw (&frame, i / 3, 0, 0, 1);
    shot_analyzer_push (analyzer, &frame, times[i], GST_CLOCK_TIME_NONE);
  }
  shot_analyzer_finish (analyzer, 0, 1);
  ck_assert_uint_eq (shot_at (analyzer, 0)->start, 0);
  ck_assert_uint_gt (shot_analyzer_get_list (analyzer)->duration,
      200 * GST_MSECOND);
  assert_readable (analyzer);
}
GST_END_TEST;

/* --- features ----------------------------------------------------------- */

GST_START_TEST (test_pan)
{
  /* samples per frame; the camera goes where the scene comes from */
  static const gdouble speeds[] = {-2, -0.5, 0.1, 0.25, 1, 3};

  for (guint i = 0; i < G_N_ELEMENTS (speeds); i++) {
    g_autoptr (ShotAnalyzer) x = analyze_path (50, speeds[i], 0, 0);
    g_autoptr (ShotAnalyzer) y = analyze_path (50, 0, speeds[i], 0);
    gdouble expected_x = speeds[i] * 25 / SMALL_WIDTH;
    gdouble expected_y = speeds[i] * 25 / SMALL_HEIGHT;

    ck_assert_msg (fabs (shot_at (x, 0)->pan_x / expected_x - 1) < 0.1,
        "%g for %g", shot_at (x, 0)->pan_x, expected_x);
    ck_assert (fabs (shot_at (x, 0)->pan_y) < 0.02);
    ck_assert_msg (fabs (shot_at (y, 0)->pan_y / expected_y - 1) < 0.1,
        "%g for %g", shot_at (y, 0)->pan_y, expected_y);
    ck_assert (fabs (shot_at (y, 0)->pan_x) < 0.02);
  }
}
GST_END_TEST;

GST_START_TEST (test_shake)
{
  g_autoptr (ShotAnalyzer) still = analyze_path (50, 0, 0, 0);
  g_autoptr (ShotAnalyzer) pan = analyze_path (50, 1, 0, 0);
  g_autoptr (ShotAnalyzer) some = analyze_path (50, 0, 0, 0.25);
  g_autoptr (ShotAnalyzer) much = analyze_path (50, 1, 0, 1);

  ck_assert (shot_at (still, 0)->shake < 0.01);
  ck_assert (shot_at (pan, 0)->shake < 0.1);
  ck_assert (shot_at (some, 0)->shake > 0.15);
  ck_assert (shot_at (much, 0)->shake > shot_at (some, 0)->shake + 0.2);
}
GST_END_TEST;

/* A square that moves to and fro over a still scene, and stops at times. */
static ShotAnalyzer *
analyze_square (gdouble speed, guint pause)
{
  ShotAnalyzer *analyzer = shot_analyzer_new ();
  gdouble x = 20;

  for (guint i = 0; i < 100; i++) {
    SmallFrame frame;
    gboolean rests = pause && i % (2 * pause) < pause;

    x += rests ? 0 : speed;
    if (x > 60 || x < 10)
      speed = -speed;
    scene_draw (&frame, 14, 0, 0, 1);
    for (gint j = 15; j < 40; j++) {
      for (gint k = 0; k < 24; k++)
        frame.y[j][(gint) x + k] = scene_level (
            128 + 100 * scene_texture (15, k * 2, j));
    }
    shot_analyzer_push (analyzer, &frame, i * FRAME, FRAME);
  }
  shot_analyzer_finish (analyzer, 25, 1);
  return analyzer;
}

GST_START_TEST (test_motion)
{
  g_autoptr (ShotAnalyzer) still = analyze_path (50, 0, 0, 0);
  g_autoptr (ShotAnalyzer) slow = analyze_square (1, 0);
  g_autoptr (ShotAnalyzer) fast = analyze_square (4, 0);

  ck_assert (shot_at (still, 0)->motion < 0.01);
  ck_assert (shot_at (slow, 0)->motion > 0.05);
  ck_assert (shot_at (fast, 0)->motion > shot_at (slow, 0)->motion + 0.1);
  ck_assert_uint_eq (shot_at (still, 0)->action_peaks->len, 0);
}
GST_END_TEST;

GST_START_TEST (test_action_peaks)
{
  g_autoptr (ShotAnalyzer) analyzer = analyze_square (4, 20);
  const GstMontageShot *shot = shot_at (analyzer, 0);

  ck_assert_uint_ge (shot->action_peaks->len, 2);
  for (guint i = 0; i < shot->action_peaks->len; i++) {
    GstClockTime time = g_array_index (shot->action_peaks, GstClockTime, i);

    /* it moves in the second half of every 40 frames */
    ck_assert_uint_ge (time / FRAME % 40, 18);
  }
}
GST_END_TEST;

static ShotAnalyzer *
analyze_still (const SmallFrame *frame)
{
  ShotAnalyzer *analyzer = shot_analyzer_new ();

  for (guint i = 0; i < 25; i++)
    shot_analyzer_push (analyzer, frame, i * FRAME, FRAME);
  shot_analyzer_finish (analyzer, 25, 1);
  return analyzer;
}

GST_START_TEST (test_levels)
{
  g_autoptr (ShotAnalyzer) analyzer = NULL;
  const GstMontageShot *shot;
  SmallFrame frame;

  /* half 51, half 204 */
  scene_fill (&frame, 51, 128, 128);
  memset (frame.y[27], 204, sizeof frame.y / 2);
  analyzer = analyze_still (&frame);
  shot = shot_at (analyzer, 0);
  ck_assert (fabs (shot->brightness - 0.5) < 0.01);
  ck_assert (fabs (shot->contrast - 0.6) < 0.01);
  ck_assert (shot->exposure == 1);
  ck_assert (shot->saturation == 0);
  g_clear_pointer (&analyzer, shot_analyzer_free);

  memset (frame.y[27], 255, sizeof frame.y / 2);
  analyzer = analyze_still (&frame);
  ck_assert (fabs (shot_at (analyzer, 0)->exposure - 0.5) < 0.01);
  g_clear_pointer (&analyzer, shot_analyzer_free);

  scene_fill (&frame, 0, 128, 128);
  analyzer = analyze_still (&frame);
  ck_assert (shot_at (analyzer, 0)->exposure == 0);
  g_clear_pointer (&analyzer, shot_analyzer_free);

  /* bars do not count */
  memset (frame.y[9], 128, (SMALL_HEIGHT - 18) * SMALL_WIDTH);
  analyzer = analyze_still (&frame);
  ck_assert (shot_at (analyzer, 0)->exposure == 1);
  ck_assert (fabs (shot_at (analyzer, 0)->brightness - 0.5) < 0.01);
}
GST_END_TEST;

GST_START_TEST (test_palette)
{
  g_autoptr (ShotAnalyzer) analyzer = NULL;
  const GstMontageShot *shot;
  SmallFrame frame;

  /* two thirds BT.709 red (Y 54, Cb 99, Cr 255), the rest grey */
  scene_fill (&frame, 54, 99, 255);
  memset (frame.y[36], 180, 18 * SMALL_WIDTH);
  memset (frame.u[18], 128, 9 * SMALL_CHROMA_WIDTH);
  memset (frame.v[18], 128, 9 * SMALL_CHROMA_WIDTH);
  analyzer = analyze_still (&frame);
  shot = shot_at (analyzer, 0);
  ck_assert_uint_eq (shot->palette->len, 2);
  ck_assert_uint_ge (g_array_index (shot->palette, guint, 0) >> 16, 0xf8);
  ck_assert_uint_le (g_array_index (shot->palette, guint, 0) & 0xffff, 0x0606);
  ck_assert_uint_eq (g_array_index (shot->palette, guint, 1), 0xb4b4b4);
  ck_assert (shot->saturation > 0.6);
}
GST_END_TEST;

/* --- rates -------------------------------------------------------------- */

static void
assert_rate (const GstClockTime *times, guint n, gint caps_n, gint caps_d,
    gint expected_n, gint expected_d, gboolean variable)
{
  FrameRate *rate = frame_rate_new ();
  gint fps_n, fps_d;

  for (guint i = 0; i < n; i++)
    frame_rate_push (rate, times[i]);
  frame_rate_get (rate, caps_n, caps_d, &fps_n, &fps_d);
  ck_assert_int_eq (fps_n, expected_n);
  ck_assert_int_eq (fps_d, expected_d);
  ck_assert_int_eq (frame_rate_is_variable (rate), variable);
  frame_rate_free (rate);
}

GST_START_TEST (test_rates)
{
  GstClockTime times[300];

  for (guint i = 0; i < 300; i++)
    times[i] = gst_util_uint64_scale (i, 1001 * GST_SECOND, 30000);
  assert_rate (times, 300, 30000, 1001, 30000, 1001, FALSE);
  assert_rate (times, 300, 0, 1, 30000, 1001, FALSE);
  /* rounded to milliseconds, as in Matroska */
  for (guint i = 0; i < 300; i++)
    times[i] = times[i] / GST_MSECOND * GST_MSECOND;
  assert_rate (times, 300, 0, 1, 30000, 1001, FALSE);
  /* caps that lie */
  assert_rate (times, 300, 1000, 1, 30000, 1001, FALSE);
  for (guint i = 0; i < 300; i++)
    times[i] = i * 50 * GST_MSECOND + (i % 2) * 20 * GST_MSECOND;
  assert_rate (times, 299, 20, 1, 20, 1, TRUE);
  assert_rate (times, 0, 0, 1, 25, 1, FALSE);
  assert_rate (times, 1, 24, 1, 24, 1, FALSE);
}
GST_END_TEST;

static Suite *
shotanalyzer_suite (void)
{
  Suite *s = suite_create ("shotanalyzer");
  TCase *list = tcase_create ("list");
  TCase *features = tcase_create ("features");
  TCase *rates = tcase_create ("rates");

  suite_add_tcase (s, list);
  tcase_add_test (list, test_one_frame);
  tcase_add_test (list, test_still);
  tcase_add_test (list, test_no_still);
  tcase_add_test (list, test_no_frame);
  tcase_add_test (list, test_times);
  tcase_add_test (list, test_fade_in_list);
  tcase_add_test (list, test_broken_times);
  suite_add_tcase (s, features);
  tcase_add_test (features, test_pan);
  tcase_add_test (features, test_shake);
  tcase_add_test (features, test_motion);
  tcase_add_test (features, test_action_peaks);
  tcase_add_test (features, test_levels);
  tcase_add_test (features, test_palette);
  suite_add_tcase (s, rates);
  tcase_add_test (rates, test_rates);
  return s;
}

GST_CHECK_MAIN (shotanalyzer);
