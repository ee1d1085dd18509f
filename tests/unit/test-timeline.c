/* SPDX-License-Identifier: LGPL-2.1-or-later */

/* The pure parts of montagetimeline. */

#include <math.h>
#include <string.h>

#include <gst/check/gstcheck.h>
#include <gst/pipelines/fitgeometry.h>
#include <plugins/montagetimeline/documentsplitter.h>
#include <plugins/montagetimeline/fadeout.h>
#include <plugins/montagetimeline/shownframe.h>

/* ---- which frame is shown ---- */

static void
append_cut (GstMontagePlan *plan, guint64 first, guint64 last, guint64 half)
{
  GstMontageCut cut;

  gst_montage_cut_init (&cut);
  cut.start = gst_montage_output_frame_time (&plan->output, first);
  cut.duration = gst_montage_output_frame_time (&plan->output, last)
      - cut.start;
  cut.in_point = 10 * GST_SECOND;
  if (half > 0) {
    cut.transition = GST_MONTAGE_TRANSITION_CROSSFADE;
    cut.transition_duration = 2
        * (gst_montage_output_frame_time (&plan->output, first + half)
            - cut.start);
  }
  g_array_append_val (plan->cuts, cut);
  plan->duration = cut.start + cut.duration;
}

/* 10 frames, a crossfade of 4 around frame 10, 10 frames, a cut, 5 frames. */
static GstMontagePlan *
new_plan (void)
{
  GstMontagePlan *plan = gst_montage_plan_new ();

  plan->output.fps_n = 30000;
  plan->output.fps_d = 1001;
  append_cut (plan, 0, 10, 0);
  append_cut (plan, 10, 20, 2);
  append_cut (plan, 20, 25, 0);
  return plan;
}

GST_START_TEST (test_crossfade_lies_around_the_cut)
{
  static const gdouble weights[] = {0.125, 0.375, 0.625, 0.875};
  g_autoptr (GstMontagePlan) plan = new_plan ();
  ShownFrame shown;

  for (guint64 frame = 0; frame < 25; frame++) {
    gboolean fading = frame >= 8 && frame < 12;
    GstMontageTransition wanted = fading ? GST_MONTAGE_TRANSITION_CROSSFADE
                                         : GST_MONTAGE_TRANSITION_CUT;

    fail_unless (shown_frame_find (plan, frame, &shown));
    fail_unless_equals_int (shown.cut, frame < 10 ? 0 : frame < 20 ? 1 : 2);
    fail_unless_equals_int (shown.transition, wanted);
    fail_unless_equals_int (shown_frame_overlaps (&shown), fading);
    if (fading) {
      fail_unless_equals_int (shown.incoming, 1);
      fail_unless_equals_float (shown.weight, weights[frame - 8]);
    }
  }
  fail_if (shown_frame_find (plan, 25, &shown));
}
GST_END_TEST;

GST_START_TEST (test_source_time_runs_with_the_film)
{
  g_autoptr (GstMontagePlan) plan = new_plan ();
  const GstMontageCut *cut = &g_array_index (plan->cuts, GstMontageCut, 1);

  fail_unless_equals_uint64 (shown_frame_source_time (cut, cut->start),
      10 * GST_SECOND);
  fail_unless_equals_uint64 (shown_frame_source_time (cut,
                                 cut->start + 123456789),
      10 * GST_SECOND + 123456789);
  /* within the crossfade before it */
  fail_unless_equals_uint64 (shown_frame_source_time (cut,
                                 cut->start - 50 * GST_MSECOND),
      10 * GST_SECOND - 50 * GST_MSECOND);
}
GST_END_TEST;

GST_START_TEST (test_frame_on_the_screen)
{
  GstMontageOutput output = {16, 16, 30000, 1001, GST_MONTAGE_FIT_CROP};

  for (guint64 frame = 1; frame < 2000; frame++) {
    GstClockTime time = gst_montage_output_frame_time (&output, frame);

    fail_unless_equals_uint64 (shown_frame_number (&output, time), frame);
    fail_unless_equals_uint64 (shown_frame_number (&output, time - 1),
        frame - 1);
  }
}
GST_END_TEST;

/* ---- sound ---- */

GST_START_TEST (test_fade_is_of_equal_power)
{
  gfloat data[2 * 100];

  for (guint i = 0; i < G_N_ELEMENTS (data); i++)
    data[i] = 1;
  fade_out (data, 100, 2, 1000, 1020, 1080);
  for (guint i = 0; i < 100; i++) {
    gdouble x = CLAMP ((i - 20.0) / 60, 0, 1);

    fail_unless (fabs (data[2 * i] - cos (G_PI_2 * x)) < 1e-6);
    fail_unless_equals_float (data[2 * i + 1], data[2 * i]);
  }
}
GST_END_TEST;

/* ---- how pictures fit ---- */

static void
assert_rect (const FitRect *rect, gint x, gint y, gint width, gint height)
{
  fail_unless (rect->x == x && rect->y == y && rect->width == width
          && rect->height == height,
      "%d,%d %dx%d is not %d,%d %dx%d", rect->x, rect->y, rect->width,
      rect->height, x, y, width, height);
}

GST_START_TEST (test_upright_picture_in_a_wide_film)
{
  const FitPicture upright = {1080, 1920, 1, 1};
  const GstMontageOutput wide = {1920, 1080, 30, 1, GST_MONTAGE_FIT_CROP};
  FitGeometry crop = fit_geometry (&upright, &wide, GST_MONTAGE_FIT_CROP);
  FitGeometry pad = fit_geometry (&upright, &wide, GST_MONTAGE_FIT_PAD);

  assert_rect (&crop.dest, 0, 0, 1920, 1080);
  fail_unless_equals_int (crop.source.x, 0);
  fail_unless_equals_int (crop.source.width, 1080);
  /* the middle, 16:9 of its width */
  fail_unless (ABS (crop.source.height - 608) <= 2);
  fail_unless (ABS (crop.source.y - (1920 - 608) / 2) <= 2);
  assert_rect (&pad.source, 0, 0, 1080, 1920);
  fail_unless_equals_int (pad.dest.height, 1080);
  fail_unless (ABS (pad.dest.width - 608) <= 2);
  fail_unless_equals_int (pad.dest.x * 2 + pad.dest.width, 1920);
}
GST_END_TEST;

GST_START_TEST (test_pixels_that_are_not_square)
{
  /* DV: 720 x 576 pixels of 64:45 are 1024 x 576 */
  const FitPicture dv = {720, 576, 64, 45};
  const GstMontageOutput wide = {1024, 576, 25, 1, GST_MONTAGE_FIT_PAD};
  FitGeometry pad = fit_geometry (&dv, &wide, GST_MONTAGE_FIT_PAD);

  assert_rect (&pad.source, 0, 0, 720, 576);
  assert_rect (&pad.dest, 0, 0, 1024, 576);
}
GST_END_TEST;

/* ---- documents in a stream ---- */

/* Space before a document may come with it. */
static void
assert_pops (DocumentSplitter *splitter, const gchar *text)
{
  g_autoptr (GBytes) bytes = document_splitter_pop (splitter);
  gsize length;
  const gchar *data;

  fail_unless (bytes != NULL, "no %s", text);
  data = g_bytes_get_data (bytes, &length);
  for (; length > 0 && g_ascii_isspace (*data); length--)
    data++;
  fail_unless (length == strlen (text) && memcmp (data, text, length) == 0);
}

GST_START_TEST (test_documents_cut_anywhere)
{
  static const gchar stream[] = "{\"a\": \"}\\\"{\"} \n{\"b\": {\"c\": [{}]}} ";

  for (gsize piece = 1; piece < sizeof (stream); piece++) {
    g_autoptr (DocumentSplitter) splitter = document_splitter_new ();
    gsize length = sizeof (stream) - 1;

    for (gsize at = 0; at < length; at += piece)
      fail_unless (document_splitter_push (splitter,
          (const guint8 *) stream + at, MIN (piece, length - at)));
    assert_pops (splitter, "{\"a\": \"}\\\"{\"}");
    assert_pops (splitter, "{\"b\": {\"c\": [{}]}}");
    fail_unless (document_splitter_pop (splitter) == NULL);
    fail_unless (document_splitter_finish (splitter) == NULL);
  }
}
GST_END_TEST;

GST_START_TEST (test_half_a_document_is_left)
{
  g_autoptr (DocumentSplitter) splitter = document_splitter_new ();
  g_autoptr (GBytes) rest = NULL;

  fail_unless (
      document_splitter_push (splitter, (const guint8 *) "{\"a\": ", 6));
  fail_unless (document_splitter_pop (splitter) == NULL);
  rest = document_splitter_finish (splitter);
  fail_unless (rest != NULL);
  fail_unless_equals_int (g_bytes_get_size (rest), 6);
}
GST_END_TEST;

static Suite *
timeline_suite (void)
{
  Suite *suite = suite_create ("timeline");
  TCase *tests = tcase_create ("general");

  suite_add_tcase (suite, tests);
  tcase_add_test (tests, test_crossfade_lies_around_the_cut);
  tcase_add_test (tests, test_source_time_runs_with_the_film);
  tcase_add_test (tests, test_frame_on_the_screen);
  tcase_add_test (tests, test_fade_is_of_equal_power);
  tcase_add_test (tests, test_upright_picture_in_a_wide_film);
  tcase_add_test (tests, test_pixels_that_are_not_square);
  tcase_add_test (tests, test_documents_cut_anywhere);
  tcase_add_test (tests, test_half_a_document_is_left);
  return suite;
}

GST_CHECK_MAIN (timeline);
