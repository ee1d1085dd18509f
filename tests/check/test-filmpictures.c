/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "filmtest.h"

#include "../media/barcode.h"

#include <gst/video/video.h>
#include <math.h>

/* Slow motion, stills, zooms and transitions of montagetimeline. */

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

/* ---- transitions ---- */

/* Of the shots and of half of a transition, in frames. */
#define SHOT_FRAMES 16
#define HALF 5
#define N_KINDS GST_MONTAGE_TRANSITION_WIPE_DOWN

/* A cut for each kind of transition. Where @moved is not 0 the cuts are hard
 * and lie that many frames later: what the shots show around their cuts. */
static GstMontagePlan *
plan_transitions (gint fps_n, gint fps_d, gint moved)
{
  GstMontagePlan *plan = film_test_plan (38, 0, FALSE);
  guint kind;

  plan->output.fps_n = fps_n;
  plan->output.fps_d = fps_d;
  for (kind = 0; kind <= N_KINDS; kind++) {
    film_test_add_cut (plan, CLIP_30, 40 + 25 * (kind * 3 % 8), SHOT_FRAMES,
        moved == 0 && kind > 0 ? 2 * HALF : 0);
    if (moved == 0)
      film_test_set_transition (plan, kind);
  }
  for (kind = 1; moved != 0 && kind <= N_KINDS; kind++) {
    GstMontageCut *cut = &g_array_index (plan->cuts, GstMontageCut, kind);
    GstClockTime start = gst_montage_output_frame_time (&plan->output,
        kind * SHOT_FRAMES + moved);

    cut->in_point += start - cut->start;
    cut[-1].duration += start - cut->start;
    cut->duration -= start - cut->start;
    cut->start = start;
  }
  return plan;
}

/* Every frame of a film, of GstSample. */
static GPtrArray *
play (const GstMontagePlan *plan)
{
  GPtrArray *samples = g_ptr_array_new_with_free_func (
      (GDestroyNotify) gst_sample_unref);
  GstElement *pipeline = film_test_pipeline (VIDEO);
  GstAppSink *sink = film_test_sink (pipeline, "video");
  GstSample *sample;

  gst_element_set_state (pipeline, GST_STATE_PLAYING);
  film_test_push (pipeline, plan, TRUE);
  while ((sample = film_test_pull (pipeline, sink)))
    g_ptr_array_add (samples, sample);
  gst_element_set_state (pipeline, GST_STATE_NULL);
  gst_object_unref (pipeline);
  fail_unless_equals_uint64 (samples->len, gst_montage_plan_n_frames (plan));
  return samples;
}

/* What a sample is, of @a before the cut and @b behind it, at the share @weight
 * of the transition; @u and @v, 0..1, say where it lies. */
static gdouble
mix (GstMontageTransition kind, gdouble weight, gdouble a, gdouble b, gdouble u,
    gdouble v, gboolean luma)
{
  const gdouble soft = 1.0 / 30;
  gdouble color = luma ? 16 : 128;
  gdouble way = 0;

  switch (kind) {
    case GST_MONTAGE_TRANSITION_CROSSFADE:
      return a + weight * (b - a);
    case GST_MONTAGE_TRANSITION_DIP_WHITE:
      color = luma ? 235 : 128;
      /* fall through */
    case GST_MONTAGE_TRANSITION_DIP_BLACK:
      return weight < 0.5 ? a + 2 * weight * (color - a)
                          : b + 2 * (1 - weight) * (color - b);
    case GST_MONTAGE_TRANSITION_WIPE_LEFT:
      way = 1 - u;
      break;
    case GST_MONTAGE_TRANSITION_WIPE_RIGHT:
      way = u;
      break;
    case GST_MONTAGE_TRANSITION_WIPE_UP:
      way = 1 - v;
      break;
    case GST_MONTAGE_TRANSITION_WIPE_DOWN:
      way = v;
      break;
    default:
      return weight < 0.5 ? a : b;
  }
  way = (weight * (1 + soft) - way) / soft;
  return a + CLAMP (way, 0, 1) * (b - a);
}

/* The greatest difference between @sample and the float reference. */
static gdouble
find_error (GstSample *sample, GstSample *before, GstSample *after,
    GstMontageTransition kind, gdouble weight)
{
  GstSample *samples[] = {sample, before, after};
  GstVideoFrame frames[3];
  GstVideoInfo info;
  gdouble worst = 0;

  fail_unless (gst_video_info_from_caps (&info, gst_sample_get_caps (sample)));
  for (guint i = 0; i < 3; i++)
    fail_unless (gst_video_frame_map (&frames[i], &info,
        gst_sample_get_buffer (samples[i]), GST_MAP_READ));
  for (guint c = 0; c < 3; c++) {
    gint width = GST_VIDEO_INFO_COMP_WIDTH (&info, c);
    gint height = GST_VIDEO_INFO_COMP_HEIGHT (&info, c);

    for (gint y = 0; y < height; y++) {
      const guint8 *rows[3];

      for (guint i = 0; i < 3; i++)
        rows[i] = (guint8 *) GST_VIDEO_FRAME_PLANE_DATA (&frames[i], c)
            + y * GST_VIDEO_FRAME_PLANE_STRIDE (&frames[i], c);
      for (gint x = 0; x < width; x++)
        worst = MAX (worst,
            fabs (rows[0][x]
                - mix (kind, weight, rows[1][x], rows[2][x], (x + 0.5) / width,
                    (y + 0.5) / height, c == 0)));
    }
  }
  for (guint i = 0; i < 3; i++)
    gst_video_frame_unmap (&frames[i]);
  return worst;
}

static void
check_transitions (gint fps_n, gint fps_d)
{
  g_autoptr (GstMontagePlan) plan = plan_transitions (fps_n, fps_d, 0);
  g_autoptr (GstMontagePlan) later = plan_transitions (fps_n, fps_d, HALF);
  g_autoptr (GstMontagePlan) earlier = plan_transitions (fps_n, fps_d, -HALF);
  g_autoptr (GPtrArray) film = play (plan);
  g_autoptr (GPtrArray) before = play (later);
  g_autoptr (GPtrArray) after = play (earlier);

  for (guint k = 0; k < film->len; k++) {
    /* The cut that is nearest, and how far the frame is from its transition. */
    guint kind = (k + SHOT_FRAMES / 2) / SHOT_FRAMES;
    gint into = (gint) k - (gint) (kind * SHOT_FRAMES) + HALF;
    gboolean inside = kind > 0 && kind <= N_KINDS && into >= 0
        && into < 2 * HALF;
    gdouble error = find_error (g_ptr_array_index (film, k),
        g_ptr_array_index (before, k), g_ptr_array_index (after, k),
        inside ? kind : GST_MONTAGE_TRANSITION_CUT,
        inside ? (into + 0.5) / (2 * HALF) : 0);

    /* Half a level for the weights' 256 steps, half for rounding. */
    fail_unless (error <= (inside ? 1.0 : 0.0),
        "%d/%d, frame %u, transition %u: %.2f levels off", fps_n, fps_d, k,
        kind, error);
  }
}

/* Within each kind of transition a frame is what the two shots say, and outside
 * it is that of its shot, at every rate. */
GST_START_TEST (test_transitions)
{
  static const gint rates[][2] = {{24000, 1001}, {25, 1}, {30000, 1001},
      {50, 1}, {60000, 1001}};

  for (guint i = 0; i < G_N_ELEMENTS (rates); i++)
    check_transitions (rates[i][0], rates[i][1]);
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
  tcase_add_test (tc, test_transitions);
  tcase_add_test (tc, test_broken_still);
  return suite;
}

GST_CHECK_MAIN (filmpictures)
