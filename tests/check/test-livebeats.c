/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Which beats beatdetect tells while a song plays. */

#include <gst/check/gstcheck.h>
#include <math.h>

#include "beatharness.h"

static guint
count_messages (GstBus *bus, const gchar *name)
{
  guint n = 0;
  GstMessage *message;

  while ((message = gst_bus_pop_filtered (bus, GST_MESSAGE_ELEMENT))) {
    if (gst_message_has_name (message, name)) {
      const GstStructure *s = gst_message_get_structure (message);
      guint64 time = GST_CLOCK_TIME_NONE;
      gdouble tempo = 0.0;

      if (gst_structure_get_uint64 (s, "stream-time", &time)
          && gst_structure_get_double (s, "tempo", &tempo))
        fail_unless (fabs (tempo - 120.0) < 2.0 && time < 20 * GST_SECOND);
      n++;
    }
    gst_message_unref (message);
  }
  return n;
}

GST_START_TEST (test_messages)
{
  g_autoptr (Song) song = band (RATE, 16.0, 120.0);

  for (guint live = 0; live < 2; live++) {
    g_autoptr (GstBus) bus = gst_bus_new ();
    g_autoptr (GstMontageBeatGrid) grid = NULL;
    GstHarness *h = beat_harness_new (RATE);
    guint n;

    gst_element_set_bus (h->element, bus);
    g_object_set (h->element, "message", live == 1, NULL);
    push_song (h, song, 0, song->samples->len, 1024);
    n = count_messages (bus, "GstMontageBeat");
    fail_unless (live ? n >= 20 && n <= 28 : n == 0, "%u", n);
    grid = finish (h);
    fail_unless_equals_int (count_messages (bus, "GstMontageBeats"), 1);
    gst_element_set_bus (h->element, NULL);
    gst_harness_teardown (h);
  }
}
GST_END_TEST;

GST_START_TEST (test_without_the_whole_song)
{
  g_autoptr (Song) song = band (RATE, 16.0, 120.0);
  g_autoptr (GstBus) bus = gst_bus_new ();
  GstHarness *h = beat_harness_new (RATE);

  gst_element_set_bus (h->element, bus);
  g_object_set (h->element, "whole-song", FALSE, NULL);
  for (guint i = 0; i < 2; i++) {
    guint n;

    push_song (h, song, 0, song->samples->len, 1024);
    fail_unless (gst_harness_push_event (h, gst_event_new_eos ()));
    n = count_messages (bus, "GstMontageBeat");
    fail_unless (n >= 26 && n <= 33, "%u", n);
    fail_unless (gst_harness_push_event (h, gst_event_new_stream_start ("b")));
  }
  fail_unless_equals_int (count_messages (bus, "GstMontageBeats"), 0);
  gst_element_set_bus (h->element, NULL);
  gst_harness_teardown (h);
}
GST_END_TEST;

/* Turned off and on again, live beats go on at the right places. */
GST_START_TEST (test_messages_off_and_on)
{
  g_autoptr (Song) song = band (RATE, 20.0, 120.0);

  for (guint whole = 0; whole < 2; whole++) {
    g_autoptr (GstBus) bus = gst_bus_new ();
    GstHarness *h = beat_harness_new (RATE);
    GstMessage *message;
    guint n = 0;

    gst_element_set_bus (h->element, bus);
    g_object_set (h->element, "whole-song", whole == 1, NULL);
    push_song (h, song, 0, 6 * RATE, 1024);
    gst_bus_set_flushing (bus, TRUE);
    gst_bus_set_flushing (bus, FALSE);
    g_object_set (h->element, "message", FALSE, NULL);
    push_song (h, song, 6 * RATE, 11 * RATE, 1024);
    fail_unless_equals_int (count_messages (bus, "GstMontageBeat"), 0);
    g_object_set (h->element, "message", TRUE, NULL);
    push_song (h, song, 11 * RATE, 20 * RATE, 1024);
    while ((message = gst_bus_pop_filtered (bus, GST_MESSAGE_ELEMENT))) {
      GstMontageBeat beat;
      gdouble confidence, index;

      fail_unless (
          gst_montage_message_parse_beat (message, &beat, &confidence));
      index = (gdouble) beat.time / (GST_SECOND / 2.0);
      fail_unless (beat.time > 12 * GST_SECOND);
      fail_unless (fabs (index - floor (index + 0.5)) < 0.06, "%f", index);
      gst_message_unref (message);
      n++;
    }
    fail_unless (n >= 12 && n <= 17, "%u", n);
    gst_element_set_bus (h->element, NULL);
    gst_harness_teardown (h);
  }
}
GST_END_TEST;

/* The live beats of 20 s at 120 BPM, with one property set. */
static GArray *
live_beats (const gchar *property, const gchar *value)
{
  g_autoptr (Song) song = band (RATE, 20.0, 120.0);
  g_autoptr (GstBus) bus = gst_bus_new ();
  GArray *beats = g_array_new (FALSE, FALSE, sizeof (GstMontageBeat));
  GstHarness *h = beat_harness_new (RATE);
  GstMessage *message;

  gst_element_set_bus (h->element, bus);
  g_object_set (h->element, "whole-song", FALSE, NULL);
  gst_util_set_object_arg (G_OBJECT (h->element), property, value);
  push_song (h, song, 0, song->samples->len, 1024);
  while ((message = gst_bus_pop_filtered (bus, GST_MESSAGE_ELEMENT))) {
    GstMontageBeat beat;
    gdouble confidence;

    fail_unless (gst_montage_message_parse_beat (message, &beat, &confidence));
    g_array_append_val (beats, beat);
    gst_message_unref (message);
  }
  gst_element_set_bus (h->element, NULL);
  gst_harness_teardown (h);
  fail_unless (beats->len > 8, "%u", beats->len);
  return beats;
}

/* Beats from 5 s on lie @offset behind a multiple of @grid s, @bpm apart. */
static void
check_live (const GArray *beats, gdouble grid, gdouble offset, gdouble bpm)
{
  for (guint i = 0; i < beats->len; i++) {
    const GstMontageBeat *beat = &g_array_index (beats, GstMontageBeat, i);
    gdouble time = (gdouble) beat->time / GST_SECOND;
    gdouble index = (time - offset) / grid;

    if (time < 5.0)
      continue;
    fail_unless (fabs (index - floor (index + 0.5)) * grid < 0.02, "%f", time);
    fail_unless (fabs (beat->tempo - bpm) < 1.0, "%f", beat->tempo);
  }
}

GST_START_TEST (test_live_properties)
{
  g_autoptr (GArray) plain = live_beats ("tempo", "0");
  g_autoptr (GArray) tempo = live_beats ("tempo", "60");
  g_autoptr (GArray) fastest = live_beats ("tempo-max", "80");
  g_autoptr (GArray) twice = live_beats ("tempo", "240");
  g_autoptr (GArray) later = live_beats ("offset", "100000000");
  g_autoptr (GArray) earlier = live_beats ("offset", "-100000000");
  guint n_downbeats = 0;

  fail_unless (g_array_index (plain, GstMontageBeat, 0).time < 3 * GST_SECOND);
  check_live (plain, 0.5, 0.0, 120.0);
  check_live (tempo, 0.5, 0.0, 60.0);
  check_live (fastest, 0.5, 0.0, 60.0);
  check_live (twice, 0.25, 0.0, 240.0);
  check_live (later, 0.5, 0.1, 120.0);
  check_live (earlier, 0.5, -0.1, 120.0);
  /* The band plays bars of four, and a snare on two and four. */
  for (guint i = 0; i < plain->len; i++) {
    const GstMontageBeat *beat = &g_array_index (plain, GstMontageBeat, i);

    fail_unless (beat->position <= 4);
    n_downbeats += beat->position == 1;
  }
  fail_unless (n_downbeats >= 4, "%u", n_downbeats);
}
GST_END_TEST;

GST_START_TEST (test_live_bars)
{
  g_autoptr (GArray) three = live_beats ("beats-per-bar", "3");
  g_autoptr (GArray) past = live_beats ("first-downbeat", "500000000");
  g_autoptr (GArray) coming = live_beats ("first-downbeat", "8000000000");
  guint n_thirds = 0;

  for (guint i = 1; i < three->len; i++) {
    const GstMontageBeat *beat = &g_array_index (three, GstMontageBeat, i);

    fail_unless (beat->position <= 3);
    n_thirds += beat->position == 3;
  }
  fail_unless (n_thirds > 3);
  for (guint i = 0; i < past->len; i++) {
    const GstMontageBeat *beat = &g_array_index (past, GstMontageBeat, i);
    guint index = (guint) ((beat->time + 250 * GST_MSECOND)
        / (500 * GST_MSECOND));

    if (beat->time > 3 * GST_SECOND)
      fail_unless_equals_int (beat->position, (index + 3) % 4 + 1);
  }
  for (guint i = 0; i < coming->len; i++) {
    const GstMontageBeat *beat = &g_array_index (coming, GstMontageBeat, i);
    guint index = (guint) ((beat->time + 250 * GST_MSECOND)
        / (500 * GST_MSECOND));

    if (index >= 16)
      fail_unless_equals_int (beat->position, index % 4 + 1);
  }
}
GST_END_TEST;

static Suite *
livebeats_suite (void)
{
  Suite *suite = suite_create ("livebeats");
  TCase *tc = tcase_create ("general");

  suite_add_tcase (suite, tc);
  tcase_set_timeout (tc, 120);
  tcase_add_test (tc, test_messages);
  tcase_add_test (tc, test_without_the_whole_song);
  tcase_add_test (tc, test_messages_off_and_on);
  tcase_add_test (tc, test_live_properties);
  tcase_add_test (tc, test_live_bars);
  return suite;
}

GST_CHECK_MAIN (livebeats)
