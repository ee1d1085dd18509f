/* SPDX-License-Identifier: LGPL-2.1-or-later */

/* Cuts, and what is none, in synthesized pictures of which everything is known. */

#include <gst/check/gstcheck.h>
#include <math.h>
#include <string.h>

#include "testscene.h"

GST_START_TEST (test_cuts)
{
  g_autoptr (ShotDetector) detector = shot_detector_new ();

  detector_push_scene (detector, 1, 30);
  detector_push_scene (detector, 2, 170);
  detector_push_scene (detector, 3, 20);
  detector_assert_cuts (detector, 2, (const guint64[]){30, 200});
}
GST_END_TEST;

GST_START_TEST (test_six_frame_shots)
{
  g_autoptr (ShotDetector) detector = shot_detector_new ();

  detector_push_scene (detector, 1, 30);
  detector_push_scene (detector, 2, 6);
  detector_push_scene (detector, 1, 30);
  detector_assert_cuts (detector, 2, (const guint64[]){30, 36});
}
GST_END_TEST;

GST_START_TEST (test_still_and_short)
{
  static const guint lengths[] = {1, 2, 3, 4, 5, 400};

  for (guint i = 0; i < G_N_ELEMENTS (lengths); i++) {
    g_autoptr (ShotDetector) detector = shot_detector_new ();

    detector_push_scene (detector, 7, lengths[i]);
    detector_assert_cuts (detector, 0, NULL);
    ck_assert_uint_eq (shot_detector_get_settled (detector), lengths[i]);
  }
}
GST_END_TEST;

GST_START_TEST (test_pan_is_no_cut)
{
  /* samples of 96 per frame: 5 is 1.3 widths per second at 25 fps */
  static const gdouble speeds[] = {0.3, 1, 2.5, 5};

  for (guint s = 0; s < G_N_ELEMENTS (speeds); s++) {
    g_autoptr (ShotDetector) detector = shot_detector_new ();

    detector_push_moving (detector, 4, 100, speeds[s], 0.2 * speeds[s]);
    detector_assert_cuts (detector, 0, NULL);
  }
}
GST_END_TEST;

GST_START_TEST (test_sudden_pan_is_no_cut)
{
  g_autoptr (ShotDetector) detector = shot_detector_new ();

  detector_push_scene (detector, 4, 30);
  detector_push_moving (detector, 4, 30, 5, 0);
  detector_assert_cuts (detector, 0, NULL);
}
GST_END_TEST;

GST_START_TEST (test_flash_is_no_cut)
{
  for (guint length = 1; length <= 4; length++) {
    g_autoptr (ShotDetector) detector = shot_detector_new ();
    SmallFrame scene, white, frame;

    scene_draw (&scene, 5, 0, 0, 1);
    scene_fill (&white, 255, 128, 128);
    scene_mix (&frame, &scene, &white, 0.8);
    detector_push_scene (detector, 5, 30);
    for (guint i = 0; i < length; i++)
      detector_push (detector, &frame);
    detector_push_scene (detector, 5, 30);
    detector_assert_cuts (detector, 0, NULL);
  }
}
GST_END_TEST;

GST_START_TEST (test_lens_change_is_no_cut)
{
  g_autoptr (ShotDetector) detector = shot_detector_new ();

  for (guint i = 0; i < 60; i++) {
    SmallFrame frame;

    scene_draw (&frame, 6, 0, 0, i < 30 ? 1 : 1.5);
    detector_push (detector, &frame);
  }
  detector_assert_cuts (detector, 0, NULL);
}
GST_END_TEST;

GST_START_TEST (test_cut_in_motion)
{
  g_autoptr (ShotDetector) detector = shot_detector_new ();

  detector_push_moving (detector, 8, 37, 2, 0);
  detector_push_moving (detector, 9, 43, 2, 0);
  detector_assert_cuts (detector, 1, (const guint64[]){37});
}
GST_END_TEST;

/* A cut whose first picture is half of each shot, as interlaced and blended
 * films have it. */
GST_START_TEST (test_mixed_picture_is_one_cut)
{
  g_autoptr (ShotDetector) detector = shot_detector_new ();
  SmallFrame a, b;

  scene_draw (&a, 1, 0, 0, 1);
  scene_draw (&b, 2, 0, 0, 1);
  detector_push_scene (detector, 1, 30);
  detector_push_mix (detector, &a, &b, 1);
  detector_push_scene (detector, 2, 30);
  shot_detector_finish (detector);
  ck_assert_uint_eq (shot_detector_get_boundaries (detector)->len, 1);
  ck_assert_uint_ge (detector_boundary (detector, 0)->last, 30);
  ck_assert_uint_le (detector_boundary (detector, 0)->first, 31);
}
GST_END_TEST;

GST_START_TEST (test_decaying_flash_is_no_cut)
{
  g_autoptr (ShotDetector) detector = shot_detector_new ();
  SmallFrame scene, white, frame;

  scene_draw (&scene, 5, 0, 0, 1);
  scene_fill (&white, 255, 110, 140);
  detector_push_scene (detector, 5, 30);
  for (guint i = 0; i < 12; i++) {
    scene_mix (&frame, &scene, &white, 0.9 * exp (-0.3 * i));
    detector_push (detector, &frame);
  }
  detector_push_scene (detector, 5, 30);
  detector_assert_cuts (detector, 0, NULL);
}
GST_END_TEST;

GST_START_TEST (test_exposure_step_is_no_cut)
{
  static const gdouble shares[] = {0.2, 0.35, 0.5};

  for (guint s = 0; s < G_N_ELEMENTS (shares); s++) {
    g_autoptr (ShotDetector) detector = shot_detector_new ();
    SmallFrame scene, black, frame;

    scene_draw (&scene, 5, 0, 0, 1);
    scene_fill (&black, 0, 128, 128);
    scene_mix (&frame, &scene, &black, shares[s]);
    detector_push_scene (detector, 5, 30);
    for (guint i = 0; i < 30; i++)
      detector_push (detector, &frame);
    detector_assert_cuts (detector, 0, NULL);
  }
}
GST_END_TEST;

/* Of an upright picture in a wide one a third is left. */
GST_START_TEST (test_cut_between_bars)
{
  g_autoptr (ShotDetector) detector = shot_detector_new ();

  for (guint i = 0; i < 60; i++) {
    SmallFrame frame;

    scene_draw (&frame, i < 30 ? 1 : 2, 0.5 * i, 0, 1);
    for (guint y = 0; y < SMALL_HEIGHT; y++) {
      memset (frame.y[y], 0, SMALL_WIDTH / 3);
      memset (frame.y[y] + SMALL_WIDTH * 2 / 3, 0, SMALL_WIDTH / 3);
    }
    detector_push (detector, &frame);
  }
  detector_assert_cuts (detector, 1, (const guint64[]){30});
}
GST_END_TEST;

/* 12 pictures per second shown as 60, panned across: only every fifth step is
 * one, and none of these is a cut but the one that is. */
GST_START_TEST (test_repeated_pictures)
{
  for (guint repeats = 2; repeats <= 5; repeats++) {
    g_autoptr (ShotDetector) detector = shot_detector_new ();

    for (guint i = 0; i < 40 * repeats; i++) {
      SmallFrame frame;
      guint n = i / repeats;

      scene_draw (&frame, n < 20 ? 8 : 9, 2.0 * n, 0, 1);
      detector_push (detector, &frame);
    }
    detector_assert_cuts (detector, 1, (const guint64[]){20 * repeats});
  }
}
GST_END_TEST;

/* From a still shot into one that is another picture every time, as a fall
 * through a forest is, and back. */
GST_START_TEST (test_cut_to_restless_shot)
{
  g_autoptr (ShotDetector) detector = shot_detector_new ();

  for (guint i = 0; i < 90; i++) {
    SmallFrame frame;

    if (i < 30 || i >= 60)
      scene_draw (&frame, i < 30 ? 1 : 3, 0, 0, 1);
    else
      scene_draw (&frame, 2, 13.0 * (i * 7 % 11), 9.0 * (i * 5 % 7), 1);
    detector_push (detector, &frame);
  }
  detector_assert_cuts (detector, 2, (const guint64[]){30, 60});
}
GST_END_TEST;

/* A figure of scene @seed's texture, @width times @height samples, before an
 * even backdrop. */
static void
draw_figure (SmallFrame *frame, guint seed, gint left, gint top, gint width,
    gint height)
{
  SmallFrame scene;

  scene_draw (&scene, seed, 0, 0, 1);
  scene_fill (frame, 128, 128, 128);
  for (gint y = top; y < top + height; y++)
    memcpy (&frame->y[y][left], &scene.y[y][left], (gsize) width);
}

GST_START_TEST (test_figure_that_jumps)
{
  g_autoptr (ShotDetector) detector = shot_detector_new ();
  SmallFrame frame;

  for (guint n = 0; n < 120; n++) {
    gint left = (n < 60 ? 20 : 52) + (gint) (n / 3 % 2);

    draw_figure (&frame, n < 60 ? 1 : 2, left, n < 60 ? 8 : 20, 16,
        n < 60 ? 44 : 32);
    detector_push (detector, &frame);
  }
  detector_assert_cuts (detector, 1, (const guint64[]){60});
}
GST_END_TEST;

GST_START_TEST (test_figure_that_leaps_is_no_cut)
{
  g_autoptr (ShotDetector) detector = shot_detector_new ();

  for (gint n = 0; n < 120; n++) {
    SmallFrame scene, frame;
    gint left = 20 + CLAMP (n - 60, 0, 6) * 5;

    /* the figure takes its texture along */
    scene_draw (&scene, 1, 20 - left, 0, 1);
    scene_fill (&frame, 128, 128, 128);
    for (gint y = 8; y < 52; y++)
      memcpy (&frame.y[y][left], &scene.y[y][left], 16);
    detector_push (detector, &frame);
  }
  detector_assert_cuts (detector, 0, NULL);
}
GST_END_TEST;

GST_START_TEST (test_title_on_black_is_no_cut)
{
  g_autoptr (ShotDetector) detector = shot_detector_new ();

  for (guint n = 0; n < 120; n++) {
    SmallFrame frame;

    scene_fill (&frame, 0, 128, 128);
    for (gint x = 30; n >= 60 && x < 66; x += 2)
      frame.y[26][x] = frame.y[27][x] = 220;
    detector_push (detector, &frame);
  }
  detector_assert_cuts (detector, 0, NULL);
}
GST_END_TEST;

static Suite *
shotdetector_suite (void)
{
  Suite *s = suite_create ("shotdetector");
  TCase *boundaries = tcase_create ("boundaries");

  suite_add_tcase (s, boundaries);
  tcase_add_test (boundaries, test_cuts);
  tcase_add_test (boundaries, test_six_frame_shots);
  tcase_add_test (boundaries, test_still_and_short);
  tcase_add_test (boundaries, test_pan_is_no_cut);
  tcase_add_test (boundaries, test_sudden_pan_is_no_cut);
  tcase_add_test (boundaries, test_flash_is_no_cut);
  tcase_add_test (boundaries, test_lens_change_is_no_cut);
  tcase_add_test (boundaries, test_cut_in_motion);
  tcase_add_test (boundaries, test_mixed_picture_is_one_cut);
  tcase_add_test (boundaries, test_decaying_flash_is_no_cut);
  tcase_add_test (boundaries, test_exposure_step_is_no_cut);
  tcase_add_test (boundaries, test_cut_between_bars);
  tcase_add_test (boundaries, test_repeated_pictures);
  tcase_add_test (boundaries, test_cut_to_restless_shot);
  tcase_add_test (boundaries, test_figure_that_jumps);
  tcase_add_test (boundaries, test_figure_that_leaps_is_no_cut);
  tcase_add_test (boundaries, test_title_on_black_is_no_cut);
  return s;
}

GST_CHECK_MAIN (shotdetector);
