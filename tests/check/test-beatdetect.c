/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What beatdetect hears of a whole song, on the songs of the unit test. */

#include <gst/check/gstcheck.h>

#include "beatharness.h"

GST_START_TEST (test_song)
{
  g_autoptr (Song) song = band (RATE, 16.0, 120.0);
  g_autoptr (GstMontageBeatGrid) grid = NULL;
  GstHarness *h = beat_harness_new (RATE);

  push_song (h, song, 0, song->samples->len, 1024);
  grid = finish (h);
  check_grid (grid, 0.0, 120.0, 32);
  fail_unless (grid->uri == NULL);
  fail_unless_equals_uint64 (grid->duration, 16 * GST_SECOND);
  fail_unless_equals_int (grid->envelope->len, 160);
  gst_harness_teardown (h);
}
GST_END_TEST;

GST_START_TEST (test_rates)
{
  static const guint rates[] = {8000, 16000, 22050, 32000, 48000, 96000,
      192000};

  for (guint i = 0; i < G_N_ELEMENTS (rates); i++) {
    g_autoptr (Song) song = band (rates[i], 16.0, 110.0);
    g_autoptr (GstMontageBeatGrid) grid = NULL;
    GstHarness *h = beat_harness_new (rates[i]);

    push_song (h, song, 0, song->samples->len, 1000);
    grid = finish (h);
    check_grid (grid, 0.0, 110.0, 29);
    gst_harness_teardown (h);
  }
}
GST_END_TEST;

static const struct
{
  const gchar *format;
  guint channels;
  const gchar *layout;
} formats[] = {
    {"S16LE", 2, "interleaved"},
    {"S16BE", 1, "interleaved"},
    {"U8", 2, "interleaved"},
    {"S24LE", 2, "interleaved"},
    {"S32LE", 6, "interleaved"},
    {"F64LE", 1, "interleaved"},
    {"F32LE", 2, "non-interleaved"},
    {"S16LE", 3, "non-interleaved"},
};

/* The song in another format, converted by audioconvert. */
GST_START_TEST (test_formats)
{
  g_autoptr (Song) song = band (RATE, 12.0, 120.0);
  g_autoptr (GstMontageBeatGrid) grid = NULL;
  g_autofree gchar *line = g_strdup_printf (
      "audioconvert ! audio/x-raw,format=%s,channels=%u,layout=%s "
      "! beatdetect",
      formats[__i__].format, formats[__i__].channels, formats[__i__].layout);
  GstHarness *h = gst_harness_new_parse (line);

  gst_harness_set_src_caps (h,
      song_caps (GST_AUDIO_NE (F32), RATE, 1, "interleaved"));
  push_song (h, song, 0, song->samples->len, 4410);
  grid = finish (h);
  check_grid (grid, 0.0, 120.0, 24);
  gst_harness_teardown (h);
}
GST_END_TEST;

GST_START_TEST (test_buffers_do_not_matter)
{
  static const guint pieces[] = {1000, 333, 8192, 12 * 48000};
  g_autofree gchar *expected = NULL;
  g_autoptr (Song) song = band (48000, 12.0, 97.0);

  for (guint i = 0; i < G_N_ELEMENTS (pieces); i++) {
    g_autoptr (GstMontageBeatGrid) grid = NULL;
    g_autofree gchar *json = NULL;
    GstHarness *h = beat_harness_new (48000);

    push_song (h, song, 0, song->samples->len, pieces[i]);
    grid = finish (h);
    json = gst_montage_beat_grid_to_json (grid);
    if (i == 0)
      expected = g_strdup (json);
    fail_unless_equals_string (json, expected);
    gst_harness_teardown (h);
  }
}
GST_END_TEST;

/* A pause in the middle, once as a GAP event, once as missing time: the beats
 * behind it are at their places. */
GST_START_TEST (test_gaps)
{
  g_autoptr (Song) song = band (RATE, 24.0, 120.0);
  guint from = 8 * RATE, to = 10 * RATE;

  for (guint with_event = 0; with_event < 2; with_event++) {
    g_autoptr (GstMontageBeatGrid) grid = NULL;
    GstHarness *h = beat_harness_new (RATE);

    push_song (h, song, 0, from, 441);
    if (with_event)
      fail_unless (gst_harness_push_event (h,
          gst_event_new_gap (8 * GST_SECOND, 2 * GST_SECOND)));
    push_song (h, song, to, song->samples->len, 441);
    grid = finish (h);
    check_grid (grid, 0.0, 120.0, 48);
    fail_unless_equals_uint64 (grid->duration, 24 * GST_SECOND);
    fail_unless (g_array_index (grid->envelope, gdouble, 90) == 0.0);
    gst_harness_teardown (h);
  }
}
GST_END_TEST;

/* What comes twice is heard once. */
GST_START_TEST (test_overlap)
{
  g_autoptr (Song) song = band (RATE, 16.0, 120.0);
  g_autoptr (GstMontageBeatGrid) grid = NULL;
  GstHarness *h = beat_harness_new (RATE);

  push_song (h, song, 0, 9 * RATE, 500);
  push_song (h, song, 7 * RATE, song->samples->len, 500);
  grid = finish (h);
  check_grid (grid, 0.0, 120.0, 32);
  fail_unless_equals_uint64 (grid->duration, 16 * GST_SECOND);
  gst_harness_teardown (h);
}
GST_END_TEST;

/* Stream time counts: the part from 20 s on, played from 0 on. */
GST_START_TEST (test_segment)
{
  g_autoptr (Song) song = band (RATE, 16.0, 120.0);
  g_autoptr (GstMontageBeatGrid) grid = NULL;
  GstHarness *h = beat_harness_new (RATE);
  GstSegment segment;

  gst_segment_init (&segment, GST_FORMAT_TIME);
  segment.time = 20 * GST_SECOND;
  fail_unless (gst_harness_push_event (h, gst_event_new_segment (&segment)));
  push_song (h, song, 0, song->samples->len, 1024);
  grid = finish (h);
  check_grid (grid, 20.0, 120.0, 32);
  fail_unless_equals_uint64 (grid->duration, 36 * GST_SECOND);
  fail_unless_equals_int (grid->envelope->len, 360);
  fail_unless (grid->onsets->len * grid->onset_interval >= 36 * GST_SECOND
      && grid->onsets->len * grid->onset_interval < 37 * GST_SECOND);
  fail_unless_equals_uint64 (g_array_index (grid->sections, GstMontageSection,
                                 0)
                                 .start,
      0);
  gst_harness_teardown (h);
}
GST_END_TEST;

GST_START_TEST (test_flush_and_reuse)
{
  g_autoptr (Song) first = band (RATE, 10.0, 90.0);
  g_autoptr (Song) second = band (RATE, 12.0, 120.0);
  g_autoptr (GstMontageBeatGrid) grid = NULL;
  g_autoptr (GstMontageBeatGrid) again = NULL;
  GstHarness *h = beat_harness_new (RATE);
  GstSegment segment;

  gst_segment_init (&segment, GST_FORMAT_TIME);
  push_song (h, first, 0, first->samples->len, 1024);
  fail_unless (gst_harness_push_event (h, gst_event_new_flush_start ()));
  fail_unless (gst_harness_push_event (h, gst_event_new_flush_stop (TRUE)));
  fail_unless (gst_harness_push_event (h, gst_event_new_segment (&segment)));
  push_song (h, second, 0, second->samples->len, 1024);
  grid = finish (h);
  check_grid (grid, 0.0, 120.0, 24);

  gst_element_set_state (h->element, GST_STATE_READY);
  gst_harness_play (h);
  fail_unless (gst_harness_push_event (h, gst_event_new_stream_start ("b")));
  gst_harness_set_src_caps (h,
      song_caps (GST_AUDIO_NE (F32), RATE, 1, "interleaved"));
  fail_unless (gst_harness_push_event (h, gst_event_new_segment (&segment)));
  push_song (h, first, 0, first->samples->len, 1024);
  again = finish (h);
  check_grid (again, 0.0, 90.0, 15);
  gst_harness_teardown (h);
}
GST_END_TEST;

GST_START_TEST (test_two_instances)
{
  g_autoptr (Song) slow = band (RATE, 12.0, 95.0);
  g_autoptr (Song) fast = band (RATE, 12.0, 130.0);
  g_autoptr (GstMontageBeatGrid) of_slow = NULL;
  g_autoptr (GstMontageBeatGrid) of_fast = NULL;
  GstHarness *a = beat_harness_new (RATE);
  GstHarness *b = beat_harness_new (RATE);

  for (guint at = 0; at < slow->samples->len; at += 4410) {
    push_song (a, slow, at, at + 4410, 4410);
    push_song (b, fast, at, at + 4410, 4410);
  }
  of_slow = finish (a);
  of_fast = finish (b);
  check_grid (of_slow, 0.0, 95.0, 19);
  check_grid (of_fast, 0.0, 130.0, 26);
  gst_harness_teardown (a);
  gst_harness_teardown (b);
}
GST_END_TEST;

GST_START_TEST (test_change_of_caps)
{
  g_autoptr (Song) first = band (RATE, 8.0, 120.0);
  g_autoptr (Song) whole = band (48000, 16.0, 120.0);
  g_autoptr (GstMontageBeatGrid) grid = NULL;
  GstHarness *h = beat_harness_new (RATE);

  push_song (h, first, 0, first->samples->len, 1024);
  gst_harness_set_src_caps (h,
      song_caps (GST_AUDIO_NE (F32), 48000, 1, "interleaved"));
  push_song (h, whole, 8 * 48000, 16 * 48000, 1024);
  grid = finish (h);
  check_grid (grid, 0.0, 120.0, 32);
  gst_harness_teardown (h);
}
GST_END_TEST;

GST_START_TEST (test_nothing_and_next_to_nothing)
{
  for (guint n = 0; n < 3; n++) {
    g_autoptr (Song) song = song_new (RATE, 1.0);
    g_autoptr (GstMontageBeatGrid) grid = NULL;
    GstHarness *h = beat_harness_new (RATE);

    if (n > 0)
      push_song (h, song, 0, n, 1);
    fail_unless_equals_int (gst_harness_push (h, gst_buffer_new ()),
        GST_FLOW_OK);
    gst_buffer_unref (gst_harness_pull (h));
    grid = finish (h);
    fail_unless_equals_int (grid->beats->len, 0);
    fail_unless (grid->duration < GST_MSECOND);
    gst_harness_teardown (h);
  }
}
GST_END_TEST;

/* A planar buffer that does not say where its planes are. */
GST_START_TEST (test_damaged_buffer)
{
  g_autoptr (GstBus) bus = gst_bus_new ();
  GstHarness *h = gst_harness_new ("beatdetect");
  g_autoptr (GstMessage) message = NULL;

  gst_element_set_bus (h->element, bus);
  gst_harness_set_src_caps (h,
      song_caps (GST_AUDIO_NE (F32), RATE, 2, "non-interleaved"));
  fail_unless_equals_int (gst_harness_push (h, gst_buffer_new_and_alloc (800)),
      GST_FLOW_ERROR);
  message = gst_bus_pop_filtered (bus, GST_MESSAGE_ERROR);
  fail_unless (message != NULL);
  gst_element_set_bus (h->element, NULL);
  gst_harness_teardown (h);
}
GST_END_TEST;

/* What is set can be read, and the whole song obeys it too. */
GST_START_TEST (test_bars_of_the_whole_song)
{
  g_autoptr (Song) song = band (RATE, 16.0, 120.0);
  g_autoptr (GstMontageBeatGrid) grid = NULL;
  GstHarness *h = beat_harness_new (RATE);
  gint64 offset, downbeat;
  guint64 lookahead;
  gboolean whole;
  gdouble tempo;
  guint beats;

  g_object_get (h->element, "offset", &offset, "first-downbeat", &downbeat,
      "lookahead", &lookahead, "whole-song", &whole, "tempo", &tempo,
      "beats-per-bar", &beats, NULL);
  fail_unless (offset == 0 && downbeat == -1 && lookahead == 0 && whole
      && tempo == 0.0 && beats == 0);
  g_object_set (h->element, "beats-per-bar", 3, "first-downbeat",
      (gint64) GST_SECOND, NULL);
  g_object_get (h->element, "beats-per-bar", &beats, "first-downbeat",
      &downbeat, NULL);
  fail_unless (beats == 3 && downbeat == GST_SECOND);
  push_song (h, song, 0, song->samples->len, 1024);
  grid = finish (h);
  fail_unless_equals_int (grid->beats_per_bar, 3);
  fail_unless_equals_int (g_array_index (grid->beats, GstMontageBeat, 2)
                              .position,
      1);
  gst_harness_teardown (h);
}
GST_END_TEST;

GST_START_TEST (test_tempo_range)
{
  g_autoptr (Song) song = band (RATE, 16.0, 120.0);
  g_autoptr (GstMontageBeatGrid) grid = NULL;
  GstHarness *h = beat_harness_new (RATE);
  gdouble low, high;

  g_object_set (h->element, "tempo-min", 50.0, "tempo-max", 70.0, NULL);
  g_object_get (h->element, "tempo-min", &low, "tempo-max", &high, NULL);
  fail_unless (low == 50.0 && high == 70.0);
  push_song (h, song, 0, song->samples->len, 1024);
  grid = finish (h);
  fail_unless (fabs (grid->tempo - 60.0) < 0.1, "%f", grid->tempo);
  gst_harness_teardown (h);
}
GST_END_TEST;

static gboolean
answer_uri (GstPad *pad, GstObject *parent, GstQuery *query)
{
  if (GST_QUERY_TYPE (query) != GST_QUERY_URI)
    return gst_pad_query_default (pad, parent, query);
  gst_query_set_uri (query, "file:///a%20song.ogg");
  return TRUE;
}

GST_START_TEST (test_uri)
{
  g_autoptr (GstMontageBeatGrid) grid = NULL;
  GstHarness *h = beat_harness_new (RATE);

  gst_pad_set_query_function (h->srcpad, answer_uri);
  grid = finish (h);
  fail_unless_equals_string (grid->uri, "file:///a%20song.ogg");
  gst_harness_teardown (h);
}
GST_END_TEST;

static Suite *
beatdetect_suite (void)
{
  Suite *suite = suite_create ("beatdetect");
  TCase *tc = tcase_create ("general");

  suite_add_tcase (suite, tc);
  tcase_set_timeout (tc, 120);
  tcase_add_test (tc, test_song);
  tcase_add_test (tc, test_rates);
  tcase_add_loop_test (tc, test_formats, 0, G_N_ELEMENTS (formats));
  tcase_add_test (tc, test_buffers_do_not_matter);
  tcase_add_test (tc, test_gaps);
  tcase_add_test (tc, test_overlap);
  tcase_add_test (tc, test_segment);
  tcase_add_test (tc, test_flush_and_reuse);
  tcase_add_test (tc, test_two_instances);
  tcase_add_test (tc, test_change_of_caps);
  tcase_add_test (tc, test_nothing_and_next_to_nothing);
  tcase_add_test (tc, test_damaged_buffer);
  tcase_add_test (tc, test_bars_of_the_whole_song);
  tcase_add_test (tc, test_tempo_range);
  tcase_add_test (tc, test_uri);
  return suite;
}

GST_CHECK_MAIN (beatdetect)
