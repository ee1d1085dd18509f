/* SPDX-License-Identifier: LGPL-2.1-or-later */

/* The shot analysis on synthesized pictures of which everything is known. */

#include <gst/check/gstcheck.h>
#include <math.h>
#include <string.h>

#include "framerate.h"
#include "framescaler.h"
#include "shotanalyzer.h"
#include "shotdetector.h"

#define FRAME (40 * GST_MSECOND)

/* --- scenes ------------------------------------------------------------- */

/* A smooth texture that is another one for every @seed, at a place. */
static gdouble
texture (guint seed, gdouble x, gdouble y)
{
  gdouble sum = 0;

  for (guint k = 0; k < 4; k++) {
    gdouble a = fmod ((seed + 1) * (k + 1) * 0.754877, 1) * 2 * G_PI;
    gdouble f = 0.15 + 0.12 * k + 0.05 * fmod (seed * 0.5698402, 1);

    sum += sin (f * (x * cos (a) + y * sin (a)) + seed * 1.7 + k);
  }
  return sum / 4;
}

static guint8
level (gdouble value)
{
  return (guint8) CLAMP (floor (value + 0.5), 0, 255);
}

/* Scene @seed, seen from a camera at @x, @y (samples) that zooms. */
static void
draw (SmallFrame *frame, guint seed, gdouble x, gdouble y, gdouble zoom)
{
  gdouble base = 90 + 80 * fmod (seed * 0.618034, 1);

  *frame = (SmallFrame){.sharpness = 0.5f};
  for (gint j = 0; j < SMALL_HEIGHT; j++) {
    for (gint i = 0; i < SMALL_WIDTH; i++) {
      gdouble sx = (i - SMALL_WIDTH / 2) / zoom + x;
      gdouble sy = (j - SMALL_HEIGHT / 2) / zoom + y;

      frame->y[j][i] = level (base + 75 * texture (seed, sx, sy));
    }
  }
  memset (frame->u, 100 + seed * 13 % 60, sizeof frame->u);
  memset (frame->v, 100 + seed * 29 % 60, sizeof frame->v);
}

/* @share of @b over @a. */
static void
mix (SmallFrame *out, const SmallFrame *a, const SmallFrame *b, gdouble share)
{
  const guint8 *from = (const guint8 *) a, *to = (const guint8 *) b;
  guint8 *bytes = (guint8 *) out;

  *out = *a;
  for (gsize i = 0; i < G_STRUCT_OFFSET (SmallFrame, sharpness); i++)
    bytes[i] = level (from[i] + share * (to[i] - from[i]));
}

static void
fill (SmallFrame *frame, guint8 y, guint8 u, guint8 v)
{
  *frame = (SmallFrame){.sharpness = 0};
  memset (frame->y, y, sizeof frame->y);
  memset (frame->u, u, sizeof frame->u);
  memset (frame->v, v, sizeof frame->v);
}

static void
push (ShotDetector *detector, const SmallFrame *frame)
{
  FrameMotion motion;

  shot_detector_push (detector, frame, &motion);
}

static void
push_scene (ShotDetector *detector, guint seed, guint n)
{
  SmallFrame frame;

  draw (&frame, seed, 0, 0, 1);
  for (guint i = 0; i < n; i++)
    push (detector, &frame);
}

static void
push_mix (ShotDetector *detector, const SmallFrame *a, const SmallFrame *b,
    guint n)
{
  for (guint i = 1; i <= n; i++) {
    SmallFrame frame;

    mix (&frame, a, b, i / (n + 1.0));
    push (detector, &frame);
  }
}

static const ShotBoundary *
boundary (const ShotDetector *detector, guint i)
{
  return &g_array_index (shot_detector_get_boundaries (detector), ShotBoundary,
      i);
}

static void
assert_cuts (ShotDetector *detector, guint n, const guint64 *cuts)
{
  shot_detector_finish (detector);
  ck_assert_uint_eq (shot_detector_get_boundaries (detector)->len, n);
  for (guint i = 0; i < n; i++) {
    ck_assert_uint_eq (boundary (detector, i)->first, cuts[i]);
    ck_assert_uint_eq (boundary (detector, i)->last, cuts[i]);
    ck_assert_int_eq (boundary (detector, i)->kind, GST_MONTAGE_BOUNDARY_CUT);
  }
}

/* --- boundaries --------------------------------------------------------- */

GST_START_TEST (test_cuts)
{
  g_autoptr (ShotDetector) detector = shot_detector_new ();

  push_scene (detector, 1, 30);
  push_scene (detector, 2, 170);
  push_scene (detector, 3, 20);
  assert_cuts (detector, 2, (const guint64[]){30, 200});
}
GST_END_TEST;

GST_START_TEST (test_six_frame_shots)
{
  g_autoptr (ShotDetector) detector = shot_detector_new ();

  push_scene (detector, 1, 30);
  push_scene (detector, 2, 6);
  push_scene (detector, 1, 30);
  assert_cuts (detector, 2, (const guint64[]){30, 36});
}
GST_END_TEST;

GST_START_TEST (test_still_and_short)
{
  for (guint n = 1; n < 6; n++) {
    g_autoptr (ShotDetector) detector = shot_detector_new ();

    push_scene (detector, 7, n);
    assert_cuts (detector, 0, NULL);
    ck_assert_uint_eq (shot_detector_get_settled (detector), n);
  }
  {
    g_autoptr (ShotDetector) detector = shot_detector_new ();

    push_scene (detector, 7, 400);
    assert_cuts (detector, 0, NULL);
  }
}
GST_END_TEST;

GST_START_TEST (test_pan_is_no_cut)
{
  /* samples of 96 per frame: 5 is 1.3 widths per second at 25 fps */
  static const gdouble speeds[] = {0.3, 1, 2.5, 5};

  for (guint s = 0; s < G_N_ELEMENTS (speeds); s++) {
    g_autoptr (ShotDetector) detector = shot_detector_new ();

    for (guint i = 0; i < 100; i++) {
      SmallFrame frame;

      draw (&frame, 4, speeds[s] * i, 0.2 * speeds[s] * i, 1);
      push (detector, &frame);
    }
    assert_cuts (detector, 0, NULL);
  }
}
GST_END_TEST;

GST_START_TEST (test_sudden_pan_is_no_cut)
{
  g_autoptr (ShotDetector) detector = shot_detector_new ();

  for (guint i = 0; i < 60; i++) {
    SmallFrame frame;

    draw (&frame, 4, i < 30 ? 0 : 5.0 * (i - 29), 0, 1);
    push (detector, &frame);
  }
  assert_cuts (detector, 0, NULL);
}
GST_END_TEST;

GST_START_TEST (test_flash_is_no_cut)
{
  for (guint length = 1; length <= 4; length++) {
    g_autoptr (ShotDetector) detector = shot_detector_new ();
    SmallFrame scene, white, frame;

    draw (&scene, 5, 0, 0, 1);
    fill (&white, 255, 128, 128);
    mix (&frame, &scene, &white, 0.8);
    push_scene (detector, 5, 30);
    for (guint i = 0; i < length; i++)
      push (detector, &frame);
    push_scene (detector, 5, 30);
    assert_cuts (detector, 0, NULL);
  }
}
GST_END_TEST;

GST_START_TEST (test_lens_change_is_no_cut)
{
  g_autoptr (ShotDetector) detector = shot_detector_new ();

  for (guint i = 0; i < 60; i++) {
    SmallFrame frame;

    draw (&frame, 6, 0, 0, i < 30 ? 1 : 1.5);
    push (detector, &frame);
  }
  assert_cuts (detector, 0, NULL);
}
GST_END_TEST;

GST_START_TEST (test_cut_in_motion)
{
  g_autoptr (ShotDetector) detector = shot_detector_new ();

  for (guint i = 0; i < 80; i++) {
    SmallFrame frame;

    draw (&frame, i < 37 ? 8 : 9, 2.0 * i, 0, 1);
    push (detector, &frame);
  }
  assert_cuts (detector, 1, (const guint64[]){37});
}
GST_END_TEST;

/* A cut whose first picture is half of each shot, as interlaced and blended
 * films have it. */
GST_START_TEST (test_mixed_picture_is_one_cut)
{
  g_autoptr (ShotDetector) detector = shot_detector_new ();
  SmallFrame a, b;

  draw (&a, 1, 0, 0, 1);
  draw (&b, 2, 0, 0, 1);
  push_scene (detector, 1, 30);
  push_mix (detector, &a, &b, 1);
  push_scene (detector, 2, 30);
  shot_detector_finish (detector);
  ck_assert_uint_eq (shot_detector_get_boundaries (detector)->len, 1);
  ck_assert_uint_ge (boundary (detector, 0)->last, 30);
  ck_assert_uint_le (boundary (detector, 0)->first, 31);
}
GST_END_TEST;

GST_START_TEST (test_decaying_flash_is_no_cut)
{
  g_autoptr (ShotDetector) detector = shot_detector_new ();
  SmallFrame scene, white, frame;

  draw (&scene, 5, 0, 0, 1);
  fill (&white, 255, 110, 140);
  push_scene (detector, 5, 30);
  for (guint i = 0; i < 12; i++) {
    mix (&frame, &scene, &white, 0.9 * exp (-0.3 * i));
    push (detector, &frame);
  }
  push_scene (detector, 5, 30);
  assert_cuts (detector, 0, NULL);
}
GST_END_TEST;

GST_START_TEST (test_exposure_step_is_no_cut)
{
  static const gdouble shares[] = {0.2, 0.35, 0.5};

  for (guint s = 0; s < G_N_ELEMENTS (shares); s++) {
    g_autoptr (ShotDetector) detector = shot_detector_new ();
    SmallFrame scene, black, frame;

    draw (&scene, 5, 0, 0, 1);
    fill (&black, 0, 128, 128);
    mix (&frame, &scene, &black, shares[s]);
    push_scene (detector, 5, 30);
    for (guint i = 0; i < 30; i++)
      push (detector, &frame);
    assert_cuts (detector, 0, NULL);
  }
}
GST_END_TEST;

/* Of an upright picture in a wide one a third is left. */
GST_START_TEST (test_cut_between_bars)
{
  g_autoptr (ShotDetector) detector = shot_detector_new ();

  for (guint i = 0; i < 60; i++) {
    SmallFrame frame;

    draw (&frame, i < 30 ? 1 : 2, 0.5 * i, 0, 1);
    for (guint y = 0; y < SMALL_HEIGHT; y++) {
      memset (frame.y[y], 0, SMALL_WIDTH / 3);
      memset (frame.y[y] + SMALL_WIDTH * 2 / 3, 0, SMALL_WIDTH / 3);
    }
    push (detector, &frame);
  }
  assert_cuts (detector, 1, (const guint64[]){30});
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

      draw (&frame, n < 20 ? 8 : 9, 2.0 * n, 0, 1);
      push (detector, &frame);
    }
    assert_cuts (detector, 1, (const guint64[]){20 * repeats});
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
      draw (&frame, i < 30 ? 1 : 3, 0, 0, 1);
    else
      draw (&frame, 2, 13.0 * (i * 7 % 11), 9.0 * (i * 5 % 7), 1);
    push (detector, &frame);
  }
  assert_cuts (detector, 2, (const guint64[]){30, 60});
}
GST_END_TEST;

/* Within @slack frames at both ends. */
static void
assert_gradual (const ShotDetector *detector, guint i, guint64 first,
    guint64 last, guint slack, GstMontageBoundary kind)
{
  const ShotBoundary *b = boundary (detector, i);

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

    draw (&scene, 10, 0, 0, 1);
    fill (&black, 0, 128, 128);
    push (detector, &black);
    push_mix (detector, &black, &scene, n); /* the clip fades in */
    push_scene (detector, 10, 100);
    push_mix (detector, &scene, &black, n);
    for (guint i = 0; i < 20; i++)
      push (detector, &black);
    push_mix (detector, &black, &scene, n);
    push_scene (detector, 10, 100);
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

    draw (&a, 11, 0, 0, 1);
    draw (&b, 12, 0, 0, 1);
    push_scene (detector, 11, 100);
    push_mix (detector, &a, &b, n);
    push_scene (detector, 12, 100);
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
    push (detector, &frame);
  }
}

static void
check_edge (Edge edge, GstMontageBoundary kind)
{
  for (gint n = 11; n <= 31; n += 10) {
    g_autoptr (ShotDetector) detector = shot_detector_new ();
    SmallFrame a, b;

    draw (&a, 11, 0, 0, 1);
    draw (&b, 14, 0, 0, 1);
    push_scene (detector, 11, 60);
    push_edge (detector, edge, &a, &b, n);
    push_scene (detector, 14, 60);
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

  draw (&scene, 11, 0, 0, 1);
  draw (&passer, 14, 0, 0, 1);
  push_scene (detector, 11, 60);
  push_edge (detector, wipe, &scene, &passer, 11);
  push_edge (detector, wipe, &passer, &scene, 11);
  push_scene (detector, 11, 60);
  assert_cuts (detector, 0, NULL);
}
GST_END_TEST;

GST_START_TEST (test_dissolve_in_pans)
{
  g_autoptr (ShotDetector) detector = shot_detector_new ();

  for (gint i = 0; i < 120; i++) {
    SmallFrame a, b, frame;

    draw (&a, 11, 0.6 * i, 0, 1);
    draw (&b, 12, 0, -0.5 * i, 1);
    mix (&frame, &a, &b, CLAMP ((i - 49) / 21.0, 0, 1));
    push (detector, &frame);
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

    draw (&a, 11, 0, 0, 1);
    draw (&b, 12, 0, 0, 1);
    fill (&plain, levels[i], 128, 128);
    push_scene (detector, 11, 60);
    push_mix (detector, &a, &plain, 7);
    push (detector, &plain);
    push_mix (detector, &plain, &b, 7);
    push_scene (detector, 12, 60);
    shot_detector_finish (detector);
    ck_assert_uint_eq (shot_detector_get_boundaries (detector)->len, 1);
    assert_gradual (detector, 0, 60, 74, 2, GST_MONTAGE_BOUNDARY_DIP);
  }
}
GST_END_TEST;

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

    draw (&frame, 13, dx * i + shake, dy * i, 1);
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

  draw (&frame, 1, 0, 0, 1);
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

    draw (&frame, i / 100, 0, 0, 1);
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

  draw (&scene, 3, 0, 0, 1);
  fill (&black, 0, 128, 128);
  for (guint i = 0; i < 150; i++) {
    mix (&frame, &black, &scene, CLAMP (((gint) i - 20) / 20.0, 0, 1));
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
    draw (&frame, i / 3, 0, 0, 1);
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
    draw (&frame, 14, 0, 0, 1);
    for (gint j = 15; j < 40; j++) {
      for (gint k = 0; k < 24; k++)
        frame.y[j][(gint) x + k] = level (128 + 100 * texture (15, k * 2, j));
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
  fill (&frame, 51, 128, 128);
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

  fill (&frame, 0, 128, 128);
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
  fill (&frame, 54, 99, 255);
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

/* --- scaling ------------------------------------------------------------ */

typedef void (
    *Paint) (guint16 argb[4], gint x, gint y, gint width, gint height);

/* A frame of @format painted through its pack function, 16 bits per component
 * where the format has them. */
static void
scale_painted (GstVideoFormat format, gint width, gint height, Paint paint,
    GstVideoOrientationMethod orientation, SmallFrame *small)
{
  g_autofree guint8 *line = g_malloc0 ((gsize) (width + 16) * 8);
  g_autoptr (GstBuffer) buffer = NULL;
  FrameScaler *scaler;
  GstVideoFrame frame;
  GstVideoInfo info;

  gst_video_info_set_format (&info, format, width, height);
  buffer = gst_buffer_new_and_alloc (info.size);
  gst_buffer_memset (buffer, 0, 0, info.size);
  ck_assert (gst_video_frame_map (&frame, &info, buffer, GST_MAP_READWRITE));
  for (gint y = 0; y < height; y++) {
    GstVideoFormat unpacked = info.finfo->unpack_format;
    gboolean wide = unpacked == GST_VIDEO_FORMAT_AYUV64
        || unpacked == GST_VIDEO_FORMAT_ARGB64;

    for (gint x = 0; x < width; x++) {
      guint16 color[4] = {0xffff, 0, 0, 0};

      paint (color, x, y, width, height);
      if (GST_VIDEO_INFO_IS_GRAY (&info))
        color[2] = color[3] = 0x8000;
      if (GST_VIDEO_INFO_IS_RGB (&info))
        color[2] = color[3] = color[1];
      for (guint k = 0; k < 4; k++) {
        if (wide)
          ((guint16 *) line)[4 * x + k] = color[k];
        else
          line[4 * x + k] = color[k] >> 8;
      }
    }
    info.finfo->pack_func (info.finfo, GST_VIDEO_PACK_FLAG_NONE, line, 0,
        frame.data, frame.info.stride, info.chroma_site, y, width);
  }
  scaler = frame_scaler_new (&info, orientation);
  frame_scaler_scale (scaler, &frame, small);
  frame_scaler_free (scaler);
  gst_video_frame_unmap (&frame);
}

static void
paint_flat (guint16 color[4], gint x, gint y, gint width, gint height)
{
  color[1] = 0x8000;
  color[2] = 0x6000;
  color[3] = 0xa000;
}

/* Mean of a plane. */
static gdouble
plane_mean (const guint8 *plane, guint n)
{
  gdouble sum = 0;

  for (guint i = 0; i < n; i++)
    sum += plane[i];
  return sum / n;
}

static void
assert_flat (GstVideoFormat format, gint width, gint height)
{
  const GstVideoFormatInfo *finfo = gst_video_format_get_info (format);
  gboolean rgb = GST_VIDEO_FORMAT_INFO_IS_RGB (finfo);
  gboolean colorless = rgb || GST_VIDEO_FORMAT_INFO_IS_GRAY (finfo);
  /* 128 of 16..235 and 96, 160 of 16..240; RGB and grey are full range */
  gdouble y = colorless ? 128 : 130.4;
  gdouble u = colorless ? 128 : 91.6, v = colorless ? 128 : 164.4;
  SmallFrame small;

  scale_painted (format, width, height, paint_flat,
      GST_VIDEO_ORIENTATION_IDENTITY, &small);
  ck_assert_msg (fabs (plane_mean (&small.y[0][0], sizeof small.y) - y) < 6
          && fabs (plane_mean (&small.u[0][0], sizeof small.u) - u) < 6
          && fabs (plane_mean (&small.v[0][0], sizeof small.v) - v) < 6,
      "%s %dx%d: %g %g %g", finfo->name, width, height,
      plane_mean (&small.y[0][0], sizeof small.y),
      plane_mean (&small.u[0][0], sizeof small.u),
      plane_mean (&small.v[0][0], sizeof small.v));
}

GST_START_TEST (test_all_formats)
{
  guint n;
  const GstVideoFormat *formats = gst_video_formats_raw (&n);

  for (guint i = 0; i < n; i++) {
    /* these have few levels or a palette of their own */
    if (formats[i] == GST_VIDEO_FORMAT_RGB8P
        || formats[i] == GST_VIDEO_FORMAT_IYU2)
      continue;
    assert_flat (formats[i], 320, 180);
    assert_flat (formats[i], 98, 56);
  }
}
GST_END_TEST;

GST_START_TEST (test_sizes)
{
  static const gint sizes[][2] = {{1, 1}, {2, 2}, {3, 5}, {17, 9}, {97, 55},
      {641, 361}, {1, 300}, {300, 1}, {3840, 16}};
  static const GstVideoFormat formats[] = {GST_VIDEO_FORMAT_I420,
      GST_VIDEO_FORMAT_NV12, GST_VIDEO_FORMAT_YUY2, GST_VIDEO_FORMAT_Y42B,
      GST_VIDEO_FORMAT_RGB, GST_VIDEO_FORMAT_I420_10LE,
      GST_VIDEO_FORMAT_P010_10LE, GST_VIDEO_FORMAT_GRAY8};

  for (guint i = 0; i < G_N_ELEMENTS (sizes); i++) {
    for (guint k = 0; k < G_N_ELEMENTS (formats); k++) {
      if (sizes[i][0] > 1 || formats[k] != GST_VIDEO_FORMAT_YUY2)
        assert_flat (formats[k], sizes[i][0], sizes[i][1]);
    }
  }
}
GST_END_TEST;

static void
paint_corner (guint16 color[4], gint x, gint y, gint width, gint height)
{
  color[1] = x < width / 2 && y < height / 2 ? 0xeb00 : 0x1000;
  color[2] = color[3] = 0x8000;
}

GST_START_TEST (test_orientation)
{
  /* where the upper left corner goes: right, down */
  static const struct
  {
    GstVideoOrientationMethod method;
    gboolean right;
    gboolean down;
  } cases[] = {
      {GST_VIDEO_ORIENTATION_IDENTITY, FALSE, FALSE},
      {GST_VIDEO_ORIENTATION_90R, TRUE, FALSE},
      {GST_VIDEO_ORIENTATION_180, TRUE, TRUE},
      {GST_VIDEO_ORIENTATION_90L, FALSE, TRUE},
      {GST_VIDEO_ORIENTATION_HORIZ, TRUE, FALSE},
      {GST_VIDEO_ORIENTATION_VERT, FALSE, TRUE},
      {GST_VIDEO_ORIENTATION_UL_LR, FALSE, FALSE},
      {GST_VIDEO_ORIENTATION_UR_LL, TRUE, TRUE},
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    SmallFrame small;

    scale_painted (GST_VIDEO_FORMAT_I420, 200, 120, paint_corner,
        cases[i].method, &small);
    for (guint down = 0; down < 2; down++) {
      for (guint right = 0; right < 2; right++) {
        guint8 value = small.y[13 + 27 * down][24 + 48 * right];
        gboolean lit = down == (guint) cases[i].down
            && right == (guint) cases[i].right;

        ck_assert_uint_eq (value, lit ? 255 : 0);
      }
    }
  }
}
GST_END_TEST;

static gint stripe_blur;

/* Stripes 60 wide (of 960) whose edges are stripe_blur wide. */
static void
paint_stripes (guint16 color[4], gint x, gint y, gint width, gint height)
{
  gdouble at = fmod (x * 960.0 / width, 120) - 60;
  gdouble edge = MIN (fabs (at), 60 - fabs (at));
  gdouble value = stripe_blur ? MIN (edge / stripe_blur, 0.5) : 0.5;

  color[1] = (guint16) ((at < 0 ? 0.5 - value : 0.5 + value) * 0x8000 + 0x3000);
  color[2] = color[3] = 0x8000;
}

GST_START_TEST (test_sharpness)
{
  gfloat last = 2;

  for (stripe_blur = 0; stripe_blur <= 32; stripe_blur += 8) {
    SmallFrame hd, uhd;

    scale_painted (GST_VIDEO_FORMAT_I420, 960, 540, paint_stripes,
        GST_VIDEO_ORIENTATION_IDENTITY, &hd);
    scale_painted (GST_VIDEO_FORMAT_NV12, 1920, 1080, paint_stripes,
        GST_VIDEO_ORIENTATION_IDENTITY, &uhd);
    ck_assert (hd.sharpness < last - 0.02);
    ck_assert (fabs (hd.sharpness - uhd.sharpness) < 0.15);
    last = hd.sharpness;
  }
}
GST_END_TEST;

static Suite *
shotdetector_suite (void)
{
  Suite *s = suite_create ("shotdetector");
  TCase *boundaries = tcase_create ("boundaries");
  TCase *list = tcase_create ("list");
  TCase *features = tcase_create ("features");
  TCase *scaler = tcase_create ("scaler");

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
  tcase_add_test (boundaries, test_fades);
  tcase_add_test (boundaries, test_dissolves);
  tcase_add_test (boundaries, test_dissolve_in_pans);
  tcase_add_test (boundaries, test_dips);
  tcase_add_test (boundaries, test_wipes);
  tcase_add_test (boundaries, test_pushes);
  tcase_add_test (boundaries, test_passer_by_is_no_wipe);
  suite_add_tcase (s, list);
  tcase_add_test (list, test_one_frame);
  tcase_add_test (list, test_no_frame);
  tcase_add_test (list, test_times);
  tcase_add_test (list, test_fade_in_list);
  tcase_add_test (list, test_broken_times);
  tcase_add_test (list, test_rates);
  suite_add_tcase (s, features);
  tcase_add_test (features, test_pan);
  tcase_add_test (features, test_shake);
  tcase_add_test (features, test_motion);
  tcase_add_test (features, test_action_peaks);
  tcase_add_test (features, test_levels);
  tcase_add_test (features, test_palette);
  suite_add_tcase (s, scaler);
  tcase_add_test (scaler, test_all_formats);
  tcase_add_test (scaler, test_sizes);
  tcase_add_test (scaler, test_orientation);
  tcase_add_test (scaler, test_sharpness);
  return s;
}

GST_CHECK_MAIN (shotdetector);
