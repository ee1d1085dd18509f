/* SPDX-License-Identifier: LGPL-2.1-or-later */

/* What a camera does to a drawn and to a real picture, and whether the measures
 * of the shot follow it. */

#include <gst/check/gstcheck.h>
#include <math.h>

#include "framescaler.h"
#include "shotanalyzer.h"
#include "testpicture.h"

#define FPS 25
#define FRAME (GST_SECOND / FPS)
#define N_FRAMES 30

static World *drawn;
static GPtrArray *still; /* of World; NULL without real clips */
static GPtrArray *moving;

static void
setup (void)
{
  drawn = world_draw ();
  still = world_load ("gopro_karma.mp4", 960, 1);
  moving = world_load ("gopro_max-heromode.mp4", VIEW_WIDTH, 3 * N_FRAMES);
}

static void
teardown (void)
{
  world_free (drawn);
  g_clear_pointer (&still, g_ptr_array_unref);
  g_clear_pointer (&moving, g_ptr_array_unref);
}

/* The drawn and the real still picture. */
static guint
get_worlds (const World *worlds[2])
{
  worlds[0] = drawn;
  worlds[1] = still ? g_ptr_array_index (still, 0) : NULL;
  return still ? 2 : 1;
}

/* --- analysing ---------------------------------------------------------- */

typedef struct
{
  ShotAnalyzer *analyzer;
  FrameScaler *scaler;
  guint n;
} Clip;

static Clip *
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

static void
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

/* The first shot of the clip, valid until the clip is freed. */
static const GstMontageShot *
clip_finish (Clip *self)
{
  const GstMontageShotList *list = shot_analyzer_get_list (self->analyzer);

  shot_analyzer_finish (self->analyzer, FPS, 1);
  ck_assert_uint_eq (list->shots->len, 1);
  return &g_array_index (list->shots, GstMontageShot, 0);
}

static void
clip_free (Clip *self)
{
  shot_analyzer_free (self->analyzer);
  frame_scaler_free (self->scaler);
  g_free (self);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Clip, clip_free)

static void
push_still (Clip *clip, const World *world, const View *view, guint n)
{
  for (guint i = 0; i < n; i++)
    clip_push (clip, world, view);
}

/* --- levels ------------------------------------------------------------- */

GST_START_TEST (test_blur)
{
  static const gint radii[] = {0, 1, 2, 4, 8};
  const World *worlds[2];
  guint n = get_worlds (worlds);

  for (guint w = 0; w < n; w++) {
    gdouble last = 1;

    for (guint i = 0; i < G_N_ELEMENTS (radii); i++) {
      g_autoptr (Clip) clip = clip_new ();
      View view = VIEW_PLAIN;
      const GstMontageShot *shot;

      view.blur = radii[i];
      push_still (clip, worlds[w], &view, 5);
      shot = clip_finish (clip);
      ck_assert_msg (shot->sharpness < last - 0.01, "%g after %g, radius %d",
          shot->sharpness, last, radii[i]);
      last = shot->sharpness;
      if (radii[i] == 0)
        ck_assert (last > 0.4);
    }
    ck_assert_msg (last < 0.15, "%g", last);
  }
}
GST_END_TEST;

GST_START_TEST (test_light)
{
  static const gdouble lights[] = {0.02, 0.1, 0.3, 0.6, 1, 1.5, 2.5};
  const World *worlds[2];
  guint n = get_worlds (worlds);

  for (guint w = 0; w < n; w++) {
    gdouble brightness = -1, under = 1.01, over = -0.01, exposure = 0;

    for (guint i = 0; i < G_N_ELEMENTS (lights); i++) {
      g_autoptr (Clip) clip = clip_new ();
      View view = VIEW_PLAIN;
      const GstMontageShot *shot;

      view.light = lights[i];
      push_still (clip, worlds[w], &view, 5);
      shot = clip_finish (clip);
      ck_assert (shot->brightness > brightness);
      ck_assert (shot->underexposed <= under);
      ck_assert (shot->overexposed >= over);
      brightness = shot->brightness;
      under = shot->underexposed;
      over = shot->overexposed;
      exposure = shot->exposure;
      ck_assert (fabs (exposure + under + over - 1) < 0.001);
      if (lights[i] < 0.05)
        ck_assert (under > 0.8 && brightness < 0.03);
      if (lights[i] == 0.6)
        ck_assert (exposure > 0.9);
    }
    ck_assert_msg (over > 0.4 && brightness > 0.7, "%g %g", over, brightness);
  }
}
GST_END_TEST;

GST_START_TEST (test_contrast)
{
  static const gdouble contrasts[] = {0, 0.2, 0.5, 1, 1.5};
  const World *worlds[2];
  guint n = get_worlds (worlds);

  for (guint w = 0; w < n; w++) {
    gdouble last = -0.01;

    for (guint i = 0; i < G_N_ELEMENTS (contrasts); i++) {
      g_autoptr (Clip) clip = clip_new ();
      View view = VIEW_PLAIN;
      const GstMontageShot *shot;

      view.contrast = contrasts[i];
      push_still (clip, worlds[w], &view, 5);
      shot = clip_finish (clip);
      ck_assert (shot->contrast > last);
      last = shot->contrast;
      if (contrasts[i] == 0)
        ck_assert (last < 0.01);
    }
    ck_assert (last > 0.4);
  }
}
GST_END_TEST;

GST_START_TEST (test_color)
{
  static const gdouble colors[] = {0, 0.25, 0.5, 1, 1.5};
  const World *worlds[2];
  guint n = get_worlds (worlds);

  for (guint w = 0; w < n; w++) {
    gdouble saturation = -0.01, colorfulness = -0.01;

    for (guint i = 0; i < G_N_ELEMENTS (colors); i++) {
      g_autoptr (Clip) clip = clip_new ();
      View view = VIEW_PLAIN;
      const GstMontageShot *shot;

      view.color = colors[i];
      push_still (clip, worlds[w], &view, 5);
      shot = clip_finish (clip);
      ck_assert (shot->saturation > saturation);
      ck_assert (shot->colorfulness > colorfulness);
      saturation = shot->saturation;
      colorfulness = shot->colorfulness;
      if (colors[i] == 0)
        ck_assert (saturation < 0.01 && colorfulness < 0.02);
    }
    ck_assert_msg (colorfulness > 0.15 && colorfulness < 1, "%g", colorfulness);
  }
}
GST_END_TEST;

/* Half red, half grey, and half red, half cyan: by hand after the paper. */
GST_START_TEST (test_colorfulness_values)
{
  /* BT.709: red is Y 54, Cb 99, Cr 255; its complement 201, 157, 1 */
  static const struct
  {
    guint8 u, v;
    gdouble expected;
  } others[] = {
      /* rg 0 or 255, yb 0 or 127.5: deviations 127.5 and 63.75, means the
       * same: 142.5 + 0.3 * 142.5 = 185, more than full */
      {128, 128, 1},
      {157, 1, 1},
  };

  for (guint i = 0; i < G_N_ELEMENTS (others); i++) {
    g_autoptr (ShotAnalyzer) analyzer = shot_analyzer_new ();
    SmallFrame frame = {.sharpness = 0};

    memset (frame.y, 100, sizeof frame.y);
    memset (frame.u, others[i].u, sizeof frame.u);
    memset (frame.v, others[i].v, sizeof frame.v);
    memset (frame.u[13], 99, sizeof frame.u / 2);
    memset (frame.v[13], 255, sizeof frame.v / 2);
    shot_analyzer_push (analyzer, &frame, 0, FRAME);
    shot_analyzer_finish (analyzer, FPS, 1);
    ck_assert (fabs (g_array_index (shot_analyzer_get_list (analyzer)->shots,
                         GstMontageShot, 0)
                         .colorfulness
                   - others[i].expected)
        < 0.02);
  }
}
GST_END_TEST;

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
  guint n = get_worlds (worlds);

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
  guint n = get_worlds (worlds);

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
  guint n = get_worlds (worlds);

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
  guint n = get_worlds (worlds);

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

/* --- where people look -------------------------------------------------- */

GST_START_TEST (test_focus)
{
  gdouble last_x = 0, last_y = 0;

  for (guint i = 0; i < 4; i++) {
    gdouble at = 0.35 + 0.1 * i;
    g_autoptr (World) world = world_new (960, 540);
    g_autoptr (Clip) clip = clip_new ();
    const GstMontageShot *shot;
    View view = VIEW_PLAIN;

    for (guint p = 0; p < 3; p++) {
      for (gint k = 0; k < world->width * world->height; k++)
        world->planes[p][k] = p ? 128 : 90 + k % 17;
    }
    world_add_disk (world, at, at, 0.04, 200, 90, 190);
    push_still (clip, world, &view, N_FRAMES);
    shot = clip_finish (clip);
    /* the view is the middle half of the world */
    ck_assert_msg (fabs (shot->focus_x - (2 * at - 0.5)) < 0.06
            && fabs (shot->focus_y - (2 * at - 0.5)) < 0.06,
        "%g, %g for %g", shot->focus_x, shot->focus_y, 2 * at - 0.5);
    ck_assert (shot->focus_x > last_x && shot->focus_y > last_y);
    last_x = shot->focus_x;
    last_y = shot->focus_y;
  }
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

static Suite *
shotmeasures_suite (void)
{
  Suite *s = suite_create ("shotmeasures");
  TCase *tc = tcase_create ("measures");

  suite_add_tcase (s, tc);
  tcase_add_unchecked_fixture (tc, setup, teardown);
  tcase_add_test (tc, test_blur);
  tcase_add_test (tc, test_light);
  tcase_add_test (tc, test_contrast);
  tcase_add_test (tc, test_color);
  tcase_add_test (tc, test_colorfulness_values);
  tcase_add_test (tc, test_shake);
  tcase_add_test (tc, test_pan);
  tcase_add_test (tc, test_zoom);
  tcase_add_test (tc, test_motion_blur);
  tcase_add_test (tc, test_speed);
  tcase_add_test (tc, test_action);
  tcase_add_test (tc, test_focus);
  tcase_add_test (tc, test_curves);
  tcase_add_test (tc, test_best);
  tcase_add_test (tc, test_strike);
  return s;
}

GST_CHECK_MAIN (shotmeasures);
