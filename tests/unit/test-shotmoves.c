/* SPDX-License-Identifier: LGPL-2.1-or-later */

/* What a camera does before a drawn and a real picture, what moves by itself, and
 * whether the measures and the curves of the shot follow it. */

#include <gst/check/gstcheck.h>
#include <math.h>

#include "shotfeatures.h"
#include "testclip.h"

static GPtrArray *moving; /* of World; NULL without real clips */

static void
setup (void)
{
  worlds_setup ();
  moving = world_load ("gopro_max-heromode.mp4", VIEW_WIDTH, 3 * N_FRAMES);
}

static void
teardown (void)
{
  worlds_teardown ();
  g_clear_pointer (&moving, g_ptr_array_unref);
}

/* --- the camera --------------------------------------------------------- */

/* @n_frames with a middle that sways about @x by @shake widths at 5 Hz, and in
 * heights at 3.3 Hz, and moves on by @pan per second. */
static const GstMontageShot *
film (Clip *clip, const World *world, gdouble pan_x, gdouble pan_y,
    gdouble zoom, gdouble shake, gdouble shutter)
{
  for (guint i = 0; i < N_FRAMES; i++) {
    gdouble t = (gdouble) i / FPS, from = N_FRAMES / 2.0 / FPS;
    View view = VIEW_PLAIN;

    view.x = pan_x * (t - from) + shake * sin (2 * G_PI * 5 * t);
    view.y = pan_y * (t - from) + shake * cos (2 * G_PI * 3.3 * t);
    view.zoom = exp (zoom * (t - from)) * 1.2;
    view.smear_x = shutter * pan_x / FPS;
    clip_push (clip, world, &view);
  }
  return clip_finish (clip);
}

GST_START_TEST (test_shake)
{
  /* a tripod, good and bad hands, running */
  static const struct
  {
    gdouble shake, low, high;
  } cases[] = {{0, 0, 0.02}, {0.001, 0.03, 0.15}, {0.003, 0.12, 0.4},
      {0.008, 0.35, 0.65}, {0.025, 0.75, 0.98}};
  const World *worlds[2];
  guint n = worlds_get (worlds);

  for (guint w = 0; w < n; w++) {
    gdouble last = -1;

    for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
      g_autoptr (Clip) clip = clip_new ();
      const GstMontageShot *shot = film (clip, worlds[w], 0, 0, 0,
          cases[i].shake, 0);

      ck_assert_msg (shot->shake >= cases[i].low && shot->shake <= cases[i].high
              && shot->shake > last,
          "%g for %g of world %u", shot->shake, cases[i].shake, w);
      last = shot->shake;
      ck_assert_int_eq (shot->camera,
          cases[i].shake > 0.005       ? GST_MONTAGE_CAMERA_HANDHELD
              : cases[i].shake < 0.002 ? GST_MONTAGE_CAMERA_STATIC
                                       : shot->camera);
    }
  }
}
GST_END_TEST;

/* A pan is no shake, nor does anything move by itself in it. */
GST_START_TEST (test_pan)
{
  static const gdouble pans[] = {-0.5, -0.08, 0.2};
  const World *worlds[2];
  guint n = worlds_get (worlds);

  for (guint w = 0; w < n; w++) {
    for (guint i = 0; i < G_N_ELEMENTS (pans); i++) {
      g_autoptr (Clip) a = clip_new ();
      g_autoptr (Clip) b = clip_new ();
      const GstMontageShot *x = film (a, worlds[w], pans[i], 0, 0, 0, 0);
      const GstMontageShot *y = film (b, worlds[w], 0, pans[i], 0, 0, 0);

      ck_assert_msg (fabs (x->pan_x / pans[i] / 1.2 - 1) < 0.15,
          "%g for %g of world %u", x->pan_x, pans[i], w);
      ck_assert (fabs (x->pan_y) < 0.02 && fabs (x->zoom) < 0.03);
      ck_assert_int_eq (x->camera, GST_MONTAGE_CAMERA_PAN);
      ck_assert_msg (fabs (y->pan_y / pans[i] / 1.2 - 1) < 0.15,
          "%g for %g of world %u", y->pan_y, pans[i], w);
      ck_assert (fabs (y->pan_x) < 0.02);
      ck_assert_int_eq (y->camera, GST_MONTAGE_CAMERA_TILT);
      ck_assert_msg (x->shake < 0.1 && x->action < 0.2, "%g %g", x->shake,
          x->action);
    }
  }
}
GST_END_TEST;

GST_START_TEST (test_zoom)
{
  static const gdouble zooms[] = {-0.4, -0.1, 0, 0.2, 0.4};
  const World *worlds[2];
  guint n = worlds_get (worlds);

  for (guint w = 0; w < n; w++) {
    for (guint i = 0; i < G_N_ELEMENTS (zooms); i++) {
      g_autoptr (Clip) clip = clip_new ();
      const GstMontageShot *shot = film (clip, worlds[w], 0, 0, zooms[i], 0, 0);

      ck_assert_msg (fabs (shot->zoom - zooms[i])
              <= 0.15 * fabs (zooms[i]) + 0.005,
          "%g for %g of world %u", shot->zoom, zooms[i], w);
      ck_assert_int_eq (shot->camera,
          zooms[i] != 0 ? GST_MONTAGE_CAMERA_ZOOM : GST_MONTAGE_CAMERA_STATIC);
    }
  }
}
GST_END_TEST;

GST_START_TEST (test_motion_blur)
{
  static const gdouble shutters[] = {0, 0.25, 0.5, 1};
  const World *worlds[2];
  guint n = worlds_get (worlds);

  for (guint w = 0; w < n; w++) {
    gdouble last = -0.01;

    for (guint i = 0; i < G_N_ELEMENTS (shutters); i++) {
      g_autoptr (Clip) clip = clip_new ();
      const GstMontageShot *shot = film (clip, worlds[w], 0.6, 0, 0, 0,
          shutters[i]);

      ck_assert_msg (shot->motion_blur >= last, "%g for %g of world %u",
          shot->motion_blur, shutters[i], w);
      last = shot->motion_blur;
    }
    ck_assert_msg (last > 0.25, "%g", last);
  }
}
GST_END_TEST;

/* --- what moves --------------------------------------------------------- */

GST_START_TEST (test_speed)
{
  gdouble motion = 0, action = 0;

  for (guint step = 1; moving && step <= 3; step++) {
    g_autoptr (Clip) clip = clip_new ();
    const GstMontageShot *shot;
    View view = VIEW_PLAIN;

    for (guint i = 0; i < N_FRAMES; i++)
      clip_push (clip, g_ptr_array_index (moving, i * step), &view);
    shot = clip_finish (clip);
    ck_assert_msg (shot->motion > motion + 0.02 && shot->action > action,
        "%g %g", shot->motion, shot->action);
    motion = shot->motion;
    action = shot->action;
  }
}
GST_END_TEST;

/* The world with a disk that goes to and fro at @speed widths per second. */
static const GstMontageShot *
film_disk (Clip *clip, gdouble speed, gdouble pan)
{
  for (guint i = 0; i < N_FRAMES; i++) {
    g_autoptr (World) world = world_copy (drawn);
    gdouble way = fmod (speed * i / FPS, 0.4);
    View view = VIEW_PLAIN;

    world_add_disk (world, 0.4 + (way < 0.2 ? way : 0.4 - way), 0.5, 0.06, 220,
        90, 200);
    view.x = pan * i / FPS;
    clip_push (clip, world, &view);
  }
  return clip_finish (clip);
}

GST_START_TEST (test_action)
{
  static const gdouble speeds[] = {0, 0.1, 0.3, 0.9};
  gdouble last = -0.01;

  for (guint i = 0; i < G_N_ELEMENTS (speeds); i++) {
    g_autoptr (Clip) clip = clip_new ();
    const GstMontageShot *shot = film_disk (clip, speeds[i], 0);

    ck_assert_msg (shot->action > last, "%g for %g", shot->action, speeds[i]);
    ck_assert (shot->motion >= shot->action);
    ck_assert_int_eq (shot->camera, GST_MONTAGE_CAMERA_STATIC);
    ck_assert (shot->shake < 0.15);
    last = shot->action;
  }
  ck_assert (last > 0.15);
}
GST_END_TEST;

/* --- inside the shot ---------------------------------------------------- */

GST_START_TEST (test_curves)
{
  g_autoptr (Clip) clip = clip_new ();
  const GstMontageShot *shot;
  const GArray *curve;

  /* 1 s rests, 1 s pans to the right, 1 s is dark */
  for (guint i = 0; i < 3 * FPS; i++) {
    View view = VIEW_PLAIN;

    view.x = 0.4 * CLAMP ((gdouble) i / FPS - 1, 0, 1) - 0.2;
    view.light = i < 2 * FPS ? 1 : MAX (1 - 0.04 * (i - 2 * FPS), 0.4);
    clip_push (clip, drawn, &view);
  }
  shot = clip_finish (clip);
  curve = shot->curves.pan_x;
  ck_assert_uint_eq (curve->len, 15);
  ck_assert_uint_eq (shot->curves.focus_y->len, 15);
  ck_assert_uint_eq (shot->curves.shake->len, 15);
  ck_assert (abs (g_array_index (curve, gint, 2)) < 10);
  ck_assert (abs (g_array_index (curve, gint, 7) - 400) < 40);
  ck_assert (abs (g_array_index (curve, gint, 13)) < 10);
  curve = shot->curves.brightness;
  ck_assert_int_lt (g_array_index (curve, gint, 14),
      g_array_index (curve, gint, 2) / 2 + 50);
}
GST_END_TEST;

/* Three of nine seconds are steady and sharp, and not the first ones. */
GST_START_TEST (test_best)
{
  g_autoptr (Clip) clip = clip_new ();
  const GstMontageShot *shot;
  const GstMontageStretch *best;

  for (guint i = 0; i < 9 * FPS; i++) {
    gboolean good = i >= 4 * FPS && i < 7 * FPS;
    View view = VIEW_PLAIN;

    if (!good) {
      view.blur = 3;
      view.x = 0.02 * sin (i * 1.3);
    }
    clip_push (clip, drawn, &view);
  }
  shot = clip_finish (clip);
  ck_assert_uint_ge (shot->best->len, 1);
  ck_assert_uint_le (shot->best->len, 3);
  best = &g_array_index (shot->best, GstMontageStretch, 0);
  ck_assert_uint_ge (best->start, 3800 * GST_MSECOND);
  ck_assert_uint_le (best->end, 7200 * GST_MSECOND);
  for (guint i = 0; i < shot->best->len; i++) {
    const GstMontageStretch *a = best + i;

    ck_assert (a->end - a->start >= GST_SECOND
        && a->end - a->start <= 4 * GST_SECOND && a->end <= shot->end);
    ck_assert (a->score >= 0 && a->score <= best->score);
    for (guint k = 0; k < i; k++)
      ck_assert (a->end <= best[k].start || a->start >= best[k].end);
  }
}
GST_END_TEST;

/* A disk falls and lies still: it strikes when it stops. */
GST_START_TEST (test_strike)
{
  static const guint stops[] = {14, 19};

  for (guint k = 0; k < G_N_ELEMENTS (stops); k++) {
    g_autoptr (Clip) clip = clip_new ();
    const GstMontageShot *shot;
    GstClockTime time;

    for (guint i = 0; i < N_FRAMES; i++) {
      g_autoptr (World) world = world_copy (drawn);
      gdouble left = MAX ((gdouble) stops[k] - i, 0) / FPS;
      View view = VIEW_PLAIN;

      /* speeds up until then */
      world_add_disk (world, 0.5, 0.68 - 1.2 * left + MIN (left, 0.5) * left,
          0.08, 220, 90, 200);
      clip_push (clip, world, &view);
    }
    shot = clip_finish (clip);
    ck_assert_uint_eq (shot->action_peaks->len, 1);
    time = g_array_index (shot->action_peaks, GstClockTime, 0);
    ck_assert_msg (ABS ((gint64) (time / FRAME) - (gint64) stops[k]) <= 1,
        "%" G_GUINT64_FORMAT " for %u", time / FRAME, stops[k]);
  }
}
GST_END_TEST;

/* Nothing is known of the second second; what moved over the hole is told by
 * nobody, and the steps in it lie between their neighbours. */
GST_START_TEST (test_hole)
{
  g_autoptr (ShotFeatures) features = shot_features_new ();
  g_autoptr (GstMontageShotList) list = gst_montage_shot_list_new ();
  GstMontageShot *shot = gst_montage_shot_list_append (list);

  for (guint i = 0; i < 3 * FPS; i++) {
    FrameFeatures frame = {.time = i * FRAME,
        .interval = i % (2 * FPS) ? FRAME : 0,
        .dx = i % (2 * FPS) ? -0.004f : 0.2f,
        .motion = 0.5,
        .brightness = i < FPS ? 0.2f : 0.8f,
        .contrast = 0.5};

    if (i < FPS || i >= 2 * FPS)
      shot_features_push (features, &frame, FALSE);
  }
  shot->end = 3 * GST_SECOND;
  shot_features_finish (features, 0.2126, 0.0722, shot);
  ck_assert (fabs (shot->pan_x - 0.1) < 0.002 && shot->shake < 0.001);
  ck_assert (fabs (shot->motion - 0.5) < 0.001);
  ck_assert_uint_eq (shot->curves.pan_x->len, 15);
  for (guint i = 0; i < 15; i++)
    ck_assert_int_eq (g_array_index (shot->curves.pan_x, gint, i), 100);
  ck_assert_int_eq (g_array_index (shot->curves.brightness, gint, 4), 200);
  ck_assert_int_eq (g_array_index (shot->curves.brightness, gint, 7), 500);
  ck_assert_int_eq (g_array_index (shot->curves.brightness, gint, 10), 800);
}
GST_END_TEST;

/* What belongs to the transition is neither in the means nor in the best. */
GST_START_TEST (test_transition)
{
  g_autoptr (ShotFeatures) features = shot_features_new ();
  g_autoptr (GstMontageShotList) list = gst_montage_shot_list_new ();
  GstMontageShot *shot = gst_montage_shot_list_append (list);

  for (guint i = 0; i < 3 * FPS; i++) {
    gboolean in_transition = i < 13;
    FrameFeatures frame = {.time = i * FRAME,
        .interval = FRAME,
        .dx = in_transition ? 0.1f : 0,
        .motion = in_transition ? 0.9f : 0.1f,
        .brightness = in_transition ? 0 : 0.5f,
        .contrast = 0.5,
        .chroma = {.u = in_transition ? 0 : 40}};

    shot_features_push (features, &frame, in_transition);
  }
  shot->transition_duration = 13 * FRAME;
  shot->end = 3 * GST_SECOND;
  shot_features_finish (features, 0.2126, 0.0722, shot);
  ck_assert (fabs (shot->brightness - 0.5) < 0.001 && shot->pan_x == 0);
  ck_assert (fabs (shot->motion - 0.1) < 0.001 && shot->shake == 0);
  ck_assert (shot->colorfulness > 0.1);
  ck_assert_uint_eq (shot->action_peaks->len, 0);
  ck_assert_uint_ge (shot->best->len, 1);
  for (guint i = 0; i < shot->best->len; i++)
    ck_assert_uint_ge (g_array_index (shot->best, GstMontageStretch, i).start,
        13 * FRAME);
  ck_assert_int_eq (g_array_index (shot->curves.brightness, gint, 0), 0);
  ck_assert_int_eq (g_array_index (shot->curves.brightness, gint, 2), 500);
}
GST_END_TEST;

/* Hours between two pictures are a broken clock, and curves stay small. */
GST_START_TEST (test_broken_clock)
{
  g_autoptr (ShotFeatures) features = shot_features_new ();
  g_autoptr (GstMontageShotList) list = gst_montage_shot_list_new ();
  GstMontageShot *shot = gst_montage_shot_list_append (list);

  for (guint i = 0; i < 10; i++) {
    FrameFeatures frame = {.time = i * 1000 * (guint64) 3600 * GST_SECOND,
        .interval = FRAME};

    shot_features_push (features, &frame, FALSE);
  }
  shot->end = G_MAXINT64;
  shot_features_finish (features, 0.2126, 0.0722, shot);
  ck_assert_uint_eq (shot->curves.motion->len, 1);
}
GST_END_TEST;

static Suite *
shotmoves_suite (void)
{
  Suite *s = suite_create ("shotmoves");
  TCase *tc = tcase_create ("measures");

  suite_add_tcase (s, tc);
  tcase_add_unchecked_fixture (tc, setup, teardown);
  tcase_add_test (tc, test_shake);
  tcase_add_test (tc, test_pan);
  tcase_add_test (tc, test_zoom);
  tcase_add_test (tc, test_motion_blur);
  tcase_add_test (tc, test_speed);
  tcase_add_test (tc, test_action);
  tcase_add_test (tc, test_curves);
  tcase_add_test (tc, test_best);
  tcase_add_test (tc, test_strike);
  tcase_add_test (tc, test_hole);
  tcase_add_test (tc, test_transition);
  tcase_add_test (tc, test_broken_clock);
  return s;
}

CLIP_TESTS_MAIN (shotmoves)
