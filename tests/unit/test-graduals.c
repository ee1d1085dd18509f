/* SPDX-License-Identifier: LGPL-2.1-or-later */

/* Gradual transitions, and what is none, in synthesized pictures of which everything
 * is known. */

#include <gst/check/gstcheck.h>
#include <string.h>

#include "testscene.h"

/* Within @slack frames at both ends. */
static void
assert_gradual (const ShotDetector *detector, guint i, guint64 first,
    guint64 last, guint slack, GstMontageBoundary kind)
{
  const ShotBoundary *b = detector_boundary (detector, i);

  ck_assert_int_eq (b->kind, kind);
  ck_assert_msg (b->first + slack >= first && b->first <= first + slack
          && b->last + slack >= last && b->last <= last + slack,
      "%" G_GUINT64_FORMAT "-%" G_GUINT64_FORMAT " for %" G_GUINT64_FORMAT
      "-%" G_GUINT64_FORMAT,
      b->first, b->last, first, last);
}

GST_START_TEST (test_fades)
{
  for (guint n = 8; n <= 64; n *= 2) {
    g_autoptr (ShotDetector) detector = shot_detector_new ();
    SmallFrame scene, black;

    scene_draw (&scene, 10, 0, 0, 1);
    scene_fill (&black, 0, 128, 128);
    detector_push (detector, &black);
    detector_push_mix (detector, &black, &scene, n); /* the clip fades in */
    detector_push_scene (detector, 10, 100);
    detector_push_mix (detector, &scene, &black, n);
    for (guint i = 0; i < 20; i++)
      detector_push (detector, &black);
    detector_push_mix (detector, &black, &scene, n);
    detector_push_scene (detector, 10, 100);
    shot_detector_finish (detector);
    ck_assert_uint_eq (shot_detector_get_boundaries (detector)->len, 3);
    assert_gradual (detector, 0, 0, n, 1 + n / 16, GST_MONTAGE_BOUNDARY_FADE);
    assert_gradual (detector, 1, 101 + n, 100 + 2 * n, 1 + n / 16,
        GST_MONTAGE_BOUNDARY_FADE);
    assert_gradual (detector, 2, 121 + 2 * n, 120 + 3 * n, 1 + n / 16,
        GST_MONTAGE_BOUNDARY_FADE);
  }
}
GST_END_TEST;

GST_START_TEST (test_dissolves)
{
  for (guint n = 8; n <= 44; n += 9) {
    g_autoptr (ShotDetector) detector = shot_detector_new ();
    SmallFrame a, b;

    scene_draw (&a, 11, 0, 0, 1);
    scene_draw (&b, 12, 0, 0, 1);
    detector_push_scene (detector, 11, 100);
    detector_push_mix (detector, &a, &b, n);
    detector_push_scene (detector, 12, 100);
    shot_detector_finish (detector);
    ck_assert_uint_eq (shot_detector_get_boundaries (detector)->len, 1);
    assert_gradual (detector, 0, 100, 99 + n, 4 + n / 8,
        GST_MONTAGE_BOUNDARY_DISSOLVE);
  }
}
GST_END_TEST;

/* The new picture within @x columns from the left. */
static void
wipe (SmallFrame *out, const SmallFrame *a, const SmallFrame *b, gint x)
{
  *out = *a;
  for (gint j = 0; j < SMALL_HEIGHT; j++)
    memcpy (out->y[j], b->y[j], (gsize) x);
  for (gint j = 0; j < SMALL_CHROMA_HEIGHT; j++) {
    memcpy (out->u[j], b->u[j], (gsize) x / 2);
    memcpy (out->v[j], b->v[j], (gsize) x / 2);
  }
}

/* The new picture has come in by @x columns from the right. */
static void
slide (SmallFrame *out, const SmallFrame *a, const SmallFrame *b, gint x)
{
  *out = *a;
  for (gint j = 0; j < SMALL_HEIGHT; j++) {
    memcpy (out->y[j], a->y[j] + x, (gsize) (SMALL_WIDTH - x));
    memcpy (out->y[j] + SMALL_WIDTH - x, b->y[j], (gsize) x);
  }
}

typedef void (
    *Edge) (SmallFrame *out, const SmallFrame *a, const SmallFrame *b, gint x);

static void
push_edge (ShotDetector *detector, Edge edge, const SmallFrame *a,
    const SmallFrame *b, gint n)
{
  for (gint i = 1; i <= n; i++) {
    SmallFrame frame;

    edge (&frame, a, b, SMALL_WIDTH * i / (n + 1));
    detector_push (detector, &frame);
  }
}

static void
check_edge (Edge edge, GstMontageBoundary kind)
{
  for (gint n = 11; n <= 31; n += 10) {
    g_autoptr (ShotDetector) detector = shot_detector_new ();
    SmallFrame a, b;

    scene_draw (&a, 11, 0, 0, 1);
    scene_draw (&b, 14, 0, 0, 1);
    detector_push_scene (detector, 11, 60);
    push_edge (detector, edge, &a, &b, n);
    detector_push_scene (detector, 14, 60);
    shot_detector_finish (detector);
    ck_assert_uint_eq (shot_detector_get_boundaries (detector)->len, 1);
    assert_gradual (detector, 0, 60, 59 + n, 4, kind);
  }
}

GST_START_TEST (test_wipes)
{
  check_edge (wipe, GST_MONTAGE_BOUNDARY_WIPE);
}
GST_END_TEST;

GST_START_TEST (test_pushes)
{
  check_edge (slide, GST_MONTAGE_BOUNDARY_PUSH);
}
GST_END_TEST;

/* Something comes in from the left, covers everything, and is gone again. */
GST_START_TEST (test_passer_by_is_no_wipe)
{
  g_autoptr (ShotDetector) detector = shot_detector_new ();
  SmallFrame scene, passer;

  scene_draw (&scene, 11, 0, 0, 1);
  scene_draw (&passer, 14, 0, 0, 1);
  detector_push_scene (detector, 11, 60);
  push_edge (detector, wipe, &scene, &passer, 11);
  push_edge (detector, wipe, &passer, &scene, 11);
  detector_push_scene (detector, 11, 60);
  detector_assert_cuts (detector, 0, NULL);
}
GST_END_TEST;

GST_START_TEST (test_dissolve_in_pans)
{
  g_autoptr (ShotDetector) detector = shot_detector_new ();

  for (gint i = 0; i < 120; i++) {
    SmallFrame a, b, frame;

    scene_draw (&a, 11, 0.6 * i, 0, 1);
    scene_draw (&b, 12, 0, -0.5 * i, 1);
    scene_mix (&frame, &a, &b, CLAMP ((i - 49) / 21.0, 0, 1));
    detector_push (detector, &frame);
  }
  shot_detector_finish (detector);
  ck_assert_uint_eq (shot_detector_get_boundaries (detector)->len, 1);
  assert_gradual (detector, 0, 50, 69, 5, GST_MONTAGE_BOUNDARY_DISSOLVE);
}
GST_END_TEST;

/* Through any plain colour, without resting there, is one. */
GST_START_TEST (test_dips)
{
  static const guint8 levels[] = {0, 255, 120};

  for (guint i = 0; i < G_N_ELEMENTS (levels); i++) {
    g_autoptr (ShotDetector) detector = shot_detector_new ();
    SmallFrame a, b, plain;

    scene_draw (&a, 11, 0, 0, 1);
    scene_draw (&b, 12, 0, 0, 1);
    scene_fill (&plain, levels[i], 128, 128);
    detector_push_scene (detector, 11, 60);
    detector_push_mix (detector, &a, &plain, 7);
    detector_push (detector, &plain);
    detector_push_mix (detector, &plain, &b, 7);
    detector_push_scene (detector, 12, 60);
    shot_detector_finish (detector);
    ck_assert_uint_eq (shot_detector_get_boundaries (detector)->len, 1);
    assert_gradual (detector, 0, 60, 74, 2, GST_MONTAGE_BOUNDARY_DIP);
  }
}
GST_END_TEST;

/* Scene 11, one picture half plain, one plain, @n on the way to @to. */
static ShotDetector *
push_short_dip (guint to, guint n)
{
  ShotDetector *detector = shot_detector_new ();
  SmallFrame a, b, plain;

  scene_draw (&a, 11, 0, 0, 1);
  scene_draw (&b, to, 0, 0, 1);
  scene_fill (&plain, 235, 128, 128);
  detector_push_scene (detector, 11, 60);
  detector_push_mix (detector, &a, &plain, 1);
  detector_push (detector, &plain);
  detector_push_mix (detector, &plain, &b, n);
  detector_push_scene (detector, to, 60);
  shot_detector_finish (detector);
  return detector;
}

/* Too short for two fades; and what shows the same picture again, at once or
 * slowly, has only flashed. */
GST_START_TEST (test_short_dips)
{
  for (guint n = 2; n <= 8; n++) {
    g_autoptr (ShotDetector) dip = push_short_dip (12, n);
    g_autoptr (ShotDetector) flash = push_short_dip (11, n);

    ck_assert_uint_eq (shot_detector_get_boundaries (flash)->len, 0);
    if (n > 3)
      continue;
    ck_assert_uint_eq (shot_detector_get_boundaries (dip)->len, 1);
    assert_gradual (dip, 0, 60, 61 + n, 1, GST_MONTAGE_BOUNDARY_DIP);
  }
}
GST_END_TEST;

/* A film of five scenes as it is at @seconds: a dissolve from 2 to 3, a push from
 * 5 to 6, a dip from 8 to 8.8, and a cut at 11. */
static void
draw_film (SmallFrame *out, const SmallFrame *scenes, gdouble seconds)
{
  SmallFrame plain;
  gdouble dip = (seconds - 8) / 0.4;

  scene_fill (&plain, 0, 128, 128);
  if (seconds < 5)
    scene_mix (out, &scenes[0], &scenes[1], CLAMP (seconds - 2, 0, 1));
  else if (seconds < 8)
    slide (out, &scenes[1], &scenes[2],
        (gint) (SMALL_WIDTH * CLAMP (seconds - 5, 0, 1)));
  else if (dip < 1)
    scene_mix (out, &scenes[2], &plain, dip);
  else if (dip < 2)
    scene_mix (out, &plain, &scenes[3], dip - 1);
  else
    *out = seconds < 11 ? scenes[3] : scenes[4];
}

/* What a second is does not depend on how many pictures it has. */
GST_START_TEST (test_rates)
{
  static const guint rates[] = {12, 24, 60, 120};
  guint fps = rates[__i__];
  g_autoptr (ShotDetector) detector = shot_detector_new ();
  SmallFrame scenes[5];

  for (guint i = 0; i < G_N_ELEMENTS (scenes); i++)
    scene_draw (&scenes[i], (const guint[]){11, 12, 14, 15, 17}[i], 0, 0, 1);
  for (guint i = 0; i < 13 * fps; i++) {
    FrameMotion motion;
    SmallFrame frame;

    draw_film (&frame, scenes, i / (gdouble) fps);
    shot_detector_push (detector, &frame, i * GST_SECOND / fps, &motion);
  }
  shot_detector_finish (detector);
  ck_assert_uint_eq (shot_detector_get_boundaries (detector)->len, 4);
  assert_gradual (detector, 0, 2 * fps, 3 * fps, 1 + fps / 6,
      GST_MONTAGE_BOUNDARY_DISSOLVE);
  assert_gradual (detector, 1, 5 * fps, 6 * fps, 1 + fps / 6,
      GST_MONTAGE_BOUNDARY_PUSH);
  assert_gradual (detector, 2, 8 * fps, 44 * fps / 5, 1 + fps / 12,
      GST_MONTAGE_BOUNDARY_DIP);
  assert_gradual (detector, 3, 11 * fps, 11 * fps, 0, GST_MONTAGE_BOUNDARY_CUT);
}
GST_END_TEST;

static Suite *
graduals_suite (void)
{
  Suite *s = suite_create ("graduals");
  TCase *graduals = tcase_create ("graduals");

  suite_add_tcase (s, graduals);
  tcase_add_test (graduals, test_fades);
  tcase_add_test (graduals, test_dissolves);
  tcase_add_test (graduals, test_wipes);
  tcase_add_test (graduals, test_pushes);
  tcase_add_test (graduals, test_passer_by_is_no_wipe);
  tcase_add_test (graduals, test_dissolve_in_pans);
  tcase_add_test (graduals, test_dips);
  tcase_add_test (graduals, test_short_dips);
  tcase_add_loop_test (graduals, test_rates, 0, 4);
  return s;
}

GST_CHECK_MAIN (graduals);
