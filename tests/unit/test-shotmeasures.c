/* SPDX-License-Identifier: LGPL-2.1-or-later */

/* What light, lens and sensor do to a drawn and to a real picture, and whether
 * the measures of the shot follow it. */

#include <gst/check/gstcheck.h>
#include <math.h>

#include "shotsize.h"
#include "testclip.h"

/* The picture as @format has it. */
static GstBuffer *
convert (GstBuffer *picture, const GstVideoInfo *from, const GstVideoInfo *to)
{
  GstVideoConverter *converter = gst_video_converter_new (from, to, NULL);
  GstBuffer *buffer = gst_buffer_new_and_alloc (to->size);
  GstVideoFrame in, out;

  gst_video_frame_map (&in, from, picture, GST_MAP_READ);
  gst_video_frame_map (&out, to, buffer, GST_MAP_WRITE);
  gst_video_converter_frame (converter, &in, &out);
  gst_video_frame_unmap (&in);
  gst_video_frame_unmap (&out);
  gst_video_converter_free (converter);
  return buffer;
}

/* --- levels ------------------------------------------------------------- */

GST_START_TEST (test_blur)
{
  static const gint radii[] = {0, 1, 2, 4, 8};
  const World *worlds[2];
  guint n = worlds_get (worlds);

  for (guint w = 0; w < n; w++) {
    gdouble last = 1;

    for (guint i = 0; i < G_N_ELEMENTS (radii); i++) {
      g_autoptr (Clip) clip = clip_new ();
      View view = VIEW_PLAIN;
      const GstMontageShot *shot;

      view.blur = radii[i];
      clip_push_still (clip, worlds[w], &view, 5);
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
  guint n = worlds_get (worlds);

  for (guint w = 0; w < n; w++) {
    gdouble brightness = -1, under = 1.01, over = -0.01, exposure = 0;

    for (guint i = 0; i < G_N_ELEMENTS (lights); i++) {
      g_autoptr (Clip) clip = clip_new ();
      View view = VIEW_PLAIN;
      const GstMontageShot *shot;

      view.light = lights[i];
      clip_push_still (clip, worlds[w], &view, 5);
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
  guint n = worlds_get (worlds);

  for (guint w = 0; w < n; w++) {
    gdouble last = -0.01;

    for (guint i = 0; i < G_N_ELEMENTS (contrasts); i++) {
      g_autoptr (Clip) clip = clip_new ();
      View view = VIEW_PLAIN;
      const GstMontageShot *shot;

      view.contrast = contrasts[i];
      clip_push_still (clip, worlds[w], &view, 5);
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
  guint n = worlds_get (worlds);

  for (guint w = 0; w < n; w++) {
    gdouble saturation = -0.01, colorfulness = -0.01;

    for (guint i = 0; i < G_N_ELEMENTS (colors); i++) {
      g_autoptr (Clip) clip = clip_new ();
      View view = VIEW_PLAIN;
      const GstMontageShot *shot;

      view.color = colors[i];
      clip_push_still (clip, worlds[w], &view, 5);
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

/* Half red with half grey, and with half cyan: by hand after the paper. */
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

/* 8, 10, 12 and 16 bits, planes and packed: the same picture. */
GST_START_TEST (test_formats)
{
  static const GstVideoFormat formats[] = {GST_VIDEO_FORMAT_NV12,
      GST_VIDEO_FORMAT_YUY2, GST_VIDEO_FORMAT_I420_10LE,
      GST_VIDEO_FORMAT_P010_10LE, GST_VIDEO_FORMAT_v210,
      GST_VIDEO_FORMAT_I422_12LE, GST_VIDEO_FORMAT_P016_LE,
      GST_VIDEO_FORMAT_Y444_16LE, GST_VIDEO_FORMAT_BGRx};
  View view = VIEW_PLAIN;
  g_autoptr (GstBuffer) picture = world_look (drawn, &view);
  GstMontageShot plain = {0};
  GstVideoInfo from;

  gst_video_info_set_format (&from, GST_VIDEO_FORMAT_I420, VIEW_WIDTH,
      VIEW_HEIGHT);
  gst_video_colorimetry_from_string (&from.colorimetry, "bt709");
  for (gint i = -1; i < (gint) G_N_ELEMENTS (formats); i++) {
    g_autoptr (ShotAnalyzer) analyzer = shot_analyzer_new ();
    g_autoptr (FrameScaler) scaler = NULL;
    g_autoptr (GstBuffer) buffer = NULL;
    const GstMontageShot *shot;
    GstVideoFrame frame;
    GstVideoInfo to;
    SmallFrame small;

    gst_video_info_set_format (&to, i < 0 ? GST_VIDEO_FORMAT_I420 : formats[i],
        VIEW_WIDTH, VIEW_HEIGHT);
    to.colorimetry = i >= 0 && GST_VIDEO_INFO_IS_RGB (&to) ? to.colorimetry
                                                           : from.colorimetry;
    buffer = convert (picture, &from, &to);
    scaler = frame_scaler_new (&to, GST_VIDEO_ORIENTATION_IDENTITY);
    gst_video_frame_map (&frame, &to, buffer, GST_MAP_READ);
    frame_scaler_scale (scaler, &frame, &small);
    gst_video_frame_unmap (&frame);
    shot_analyzer_push (analyzer, &small, 0, FRAME);
    shot_analyzer_finish (analyzer, FPS, 1);
    shot = &g_array_index (shot_analyzer_get_list (analyzer)->shots,
        GstMontageShot, 0);
    if (i < 0)
      plain = *shot;
#define SAME(member, slack)                                                    \
  ck_assert_msg (fabs (shot->member - plain.member) < slack,                   \
      "%s: " #member " is %g, not %g", GST_VIDEO_INFO_NAME (&to),              \
      shot->member, plain.member)
    SAME (brightness, 0.02);
    SAME (contrast, 0.03);
    SAME (sharpness, 0.03);
    SAME (saturation, 0.03);
    SAME (colorfulness, 0.05);
    SAME (focus_x, 0.03);
#undef SAME
  }
}
GST_END_TEST;

/* The drawn world shrunk into a part of another one that is black. */
static World *
with_bars (gdouble width, gdouble height)
{
  World *world = world_new (drawn->width, drawn->height);
  gint left = (gint) (world->width * (1 - width) / 2);
  gint top = (gint) (world->height * (1 - height) / 2);

  for (gint j = 0; j < world->height; j++) {
    for (gint i = 0; i < world->width; i++) {
      gint x = (gint) ((i - left) / width), y = (gint) ((j - top) / height);
      gboolean inside = i >= left && j >= top && x < world->width
          && y < world->height;

      for (guint p = 0; p < 3; p++)
        world->planes[p][j * world->width + i] = inside
            ? drawn->planes[p][y * world->width + x]
            : p ? 128
                : 16;
    }
  }
  return world;
}

/* Wide films in 16:9, films of 4:3 in it, and upright ones. */
GST_START_TEST (test_bars)
{
  static const gdouble sizes[][2] = {{1, 1}, {1, 0.745}, {0.75, 1}, {0.316, 1}};
  gdouble brightness = 0, contrast = 0, saturation = 0, color = 0;

  for (guint i = 0; i < G_N_ELEMENTS (sizes); i++) {
    g_autoptr (World) world = with_bars (sizes[i][0], sizes[i][1]);
    g_autoptr (Clip) clip = clip_new ();
    const GstMontageShot *shot;
    View view = VIEW_PLAIN;

    view.zoom = 0.5; /* all of the world */
    clip_push_still (clip, world, &view, 5);
    shot = clip_finish (clip);
    if (i == 0) {
      brightness = shot->brightness;
      contrast = shot->contrast;
      saturation = shot->saturation;
      color = shot->colorfulness;
    }
    ck_assert_msg (fabs (shot->brightness - brightness) < 0.02
            && fabs (shot->contrast - contrast) < 0.12
            && fabs (shot->saturation - saturation) < 0.02
            && fabs (shot->colorfulness - color) < 0.05
            && shot->underexposed < 0.02,
        "%g %g %g %g %g at %u, plain %g %g %g %g", shot->brightness,
        shot->contrast, shot->saturation, shot->colorfulness,
        shot->underexposed, i, brightness, contrast, saturation, color);
    ck_assert (fabs (shot->focus_x - 0.5) < 0.16);
  }
}
GST_END_TEST;

/* --- how near ----------------------------------------------------------- */

/* Layers of ground and sky of @depth levels, edges everywhere as sharp as
 * @focus, and @skin of the columns of that colour. */
static void
draw_place (SmallFrame *frame, gdouble focus, gint depth, gdouble skin)
{
  memset (frame, 0, sizeof *frame);
  for (gint y = 0; y < SMALL_HEIGHT; y++) {
    for (gint x = 0; x < SMALL_WIDTH; x++)
      frame->y[y][x] = (guint8) (100 + (y / 9 % 2) * depth + (x / 12 % 2) * 10);
  }
  memset (frame->u, 128, sizeof frame->u);
  memset (frame->v, 128, sizeof frame->v);
  for (gint y = 0; y < SMALL_CHROMA_HEIGHT; y++) {
    memset (frame->u[y], 110, (gsize) (skin * SMALL_CHROMA_WIDTH));
    memset (frame->v[y], 150, (gsize) (skin * SMALL_CHROMA_WIDTH));
  }
  memset (frame->detail, 200, sizeof frame->detail);
  memset (frame->focus, (gint) (focus * 255), sizeof frame->focus);
}

static ShotSizeOdds
odds_of (const SmallFrame *frame)
{
  PictureArea area;
  ShotSizeOdds odds;

  picture_area_find (&area, frame);
  shot_size_measure (&odds, frame, &area);
  return odds;
}

GST_START_TEST (test_shot_size_odds)
{
  SmallFrame frame;
  ShotSizeOdds last, odds;

  for (guint i = 0; i < 4; i++) {
    draw_place (&frame, 0.2 + 0.15 * i, 20, 0.3);
    odds = odds_of (&frame);
    ck_assert (odds.known == 1);
    ck_assert (i == 0 || (odds.wide > last.wide && odds.close < last.close));
    last = odds;
  }
  for (guint i = 0; i < 4; i++) {
    draw_place (&frame, 0.4, 10 + 20 * (gint) i, 0.3);
    odds = odds_of (&frame);
    ck_assert (i == 0 || (odds.wide > last.wide && odds.close < last.close));
    last = odds;
  }
  for (guint i = 0; i < 4; i++) {
    draw_place (&frame, 0.4, 20, 0.3 * i);
    odds = odds_of (&frame);
    ck_assert (i == 0 || (odds.wide < last.wide && odds.close > last.close));
    last = odds;
  }
  memset (frame.detail, 0, sizeof frame.detail); /* no edges: nothing to see */
  ck_assert (odds_of (&frame).known == 0);
}
GST_END_TEST;

/* Of a shot: a sharp landscape, a face out of focus, what could be anything,
 * and where half of the pictures show nothing. */
GST_START_TEST (test_shot_size)
{
  static const struct
  {
    gdouble focus, skin;
    gint depth;
    guint step; /* pictures from one that shows something to the next */
    GstMontageShotSize size;
  } shots[] = {
      {0.5, 0, 80, 1, GST_MONTAGE_SHOT_SIZE_WIDE},
      {0.15, 0.9, 5, 1, GST_MONTAGE_SHOT_SIZE_CLOSE},
      {0.3, 0.2, 10, 1, GST_MONTAGE_SHOT_SIZE_UNKNOWN},
      {0.5, 0, 80, 3, GST_MONTAGE_SHOT_SIZE_UNKNOWN},
  };

  for (guint i = 0; i < G_N_ELEMENTS (shots); i++) {
    g_autoptr (ShotAnalyzer) analyzer = shot_analyzer_new ();
    const GstMontageShot *shot;

    for (guint k = 0; k < 6; k++) {
      SmallFrame frame;

      draw_place (&frame, shots[i].focus, shots[i].depth, shots[i].skin);
      if (k % shots[i].step != 0)
        memset (frame.detail, 0, sizeof frame.detail);
      shot_analyzer_push (analyzer, &frame, k * FRAME, FRAME);
    }
    shot_analyzer_finish (analyzer, FPS, 1);
    shot = &g_array_index (shot_analyzer_get_list (analyzer)->shots,
        GstMontageShot, 0);
    ck_assert_msg (shot->shot_size == shots[i].size, "%u: %d", i,
        shot->shot_size);
  }
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
    clip_push_still (clip, world, &view, N_FRAMES);
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

static Suite *
shotmeasures_suite (void)
{
  Suite *s = suite_create ("shotmeasures");
  TCase *tc = tcase_create ("measures");

  suite_add_tcase (s, tc);
  tcase_add_unchecked_fixture (tc, worlds_setup, worlds_teardown);
  tcase_add_test (tc, test_blur);
  tcase_add_test (tc, test_light);
  tcase_add_test (tc, test_contrast);
  tcase_add_test (tc, test_color);
  tcase_add_test (tc, test_colorfulness_values);
  tcase_add_test (tc, test_formats);
  tcase_add_test (tc, test_bars);
  tcase_add_test (tc, test_shot_size_odds);
  tcase_add_test (tc, test_shot_size);
  tcase_add_test (tc, test_focus);
  return s;
}

CLIP_TESTS_MAIN (shotmeasures)
