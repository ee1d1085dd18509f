/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <string.h>
#include <gst/check/gstcheck.h>
#include <gst/montage/montage.h>

GST_START_TEST (test_beats_event_and_message)
{
  g_autoptr (GstMontageBeatGrid) grid = gst_montage_beat_grid_new ();
  g_autoptr (GstMontageBeatGrid) from_event = NULL;
  g_autoptr (GstMontageBeatGrid) from_message = NULL;
  g_autoptr (GstElement) bin = gst_object_ref_sink (gst_bin_new (NULL));

  grid->tempo = 97.25;
  grid->duration = GST_SECOND;
  g_autoptr (GstEvent) event = gst_montage_event_new_beats (grid);
  g_autoptr (GstMessage)
      message = gst_montage_message_new_from_event (GST_OBJECT (bin), event);

  fail_unless (GST_EVENT_IS_SERIALIZED (event));
  fail_if (GST_EVENT_IS_STICKY (event));
  fail_unless (gst_montage_event_parse_beats (event, &from_event, NULL));
  fail_unless (gst_montage_message_parse_beats (message, &from_message, NULL));
  fail_unless_equals_float (from_event->tempo, 97.25);
  fail_unless_equals_float (from_message->tempo, 97.25);
}
GST_END_TEST;

GST_START_TEST (test_instructions_event_is_sticky)
{
  g_autoptr (GstMontageInstructions)
      instructions = gst_montage_instructions_new ();
  g_autoptr (GstMontageInstructions) back = NULL;
  g_autoptr (GstEvent)
      event = gst_montage_event_new_instructions (instructions);

  fail_unless (GST_EVENT_IS_STICKY (event));
  fail_unless (gst_montage_event_parse_instructions (event, &back, NULL));
  fail_unless_equals_string (back->style.name, "dynamic");
}
GST_END_TEST;

GST_START_TEST (test_other_and_broken_events)
{
  g_autoptr (GstEvent) other = gst_event_new_eos ();
  g_autoptr (GstEvent)
      empty = gst_event_new_custom (GST_EVENT_CUSTOM_DOWNSTREAM,
          gst_structure_new_empty ("GstMontageShots"));
  g_autoptr (GstEvent)
      broken = gst_event_new_custom (GST_EVENT_CUSTOM_DOWNSTREAM,
          gst_structure_new ("GstMontageShots", "document", G_TYPE_STRING,
              "{\"schema\": 1}", NULL));
  g_autoptr (GError) error = NULL;

  fail_if (gst_montage_event_parse_shots (other, NULL, &error));
  fail_unless (error == NULL);
  fail_if (gst_montage_event_parse_shots (empty, NULL, &error));
  fail_unless (error != NULL);
  g_clear_error (&error);
  fail_if (gst_montage_event_parse_shots (broken, NULL, &error));
  fail_unless (
      g_error_matches (error, GST_MONTAGE_ERROR, GST_MONTAGE_ERROR_SCHEMA));
}
GST_END_TEST;

GST_START_TEST (test_live_times)
{
  g_autoptr (GstElement) bin = gst_object_ref_sink (gst_bin_new (NULL));
  GstMontageBeat beat = {12 * GST_SECOND, 3, 0.5, 0.25, 120.0};
  GstMontageBeat parsed;
  GstSegment segment;
  gdouble confidence;
  guint64 time;

  gst_segment_init (&segment, GST_FORMAT_TIME);
  segment.start = segment.time = 10 * GST_SECOND;
  segment.base = 5 * GST_SECOND;
  g_autoptr (GstEvent)
      event = gst_montage_event_new_beat (&segment, &beat, 0.75);
  g_autoptr (GstEvent) other = gst_montage_event_new_committed (1, 2);
  g_autoptr (GstMessage)
      message = gst_montage_message_new_from_event (GST_OBJECT (bin), event);
  const GstStructure *s = gst_message_get_structure (message);

  fail_unless (gst_structure_get_uint64 (s, "running-time", &time));
  fail_unless_equals_uint64 (time, 7 * GST_SECOND);
  fail_unless (gst_structure_get_uint64 (s, "stream-time", &time));
  fail_unless_equals_uint64 (time, 12 * GST_SECOND);
  fail_unless (gst_structure_get_uint64 (s, "duration", &time));
  fail_unless_equals_uint64 (time, GST_SECOND / 2);

  fail_unless (GST_EVENT_IS_SERIALIZED (event) && !GST_EVENT_IS_STICKY (event));
  fail_unless (gst_montage_event_parse_beat (event, &parsed, &confidence));
  fail_unless (parsed.time == beat.time && parsed.position == beat.position
      && parsed.energy == beat.energy && parsed.strength == beat.strength
      && parsed.tempo == beat.tempo);
  fail_unless (confidence == 0.75);
  fail_unless (gst_montage_message_parse_beat (message, &parsed, &confidence));
  fail_if (gst_montage_event_parse_beat (other, &parsed, &confidence));
}
GST_END_TEST;

/* In a segment of another format there are no such times. */
GST_START_TEST (test_live_times_of_bytes)
{
  g_autoptr (GstElement) bin = gst_object_ref_sink (gst_bin_new (NULL));
  GstMontageShot shot = {.start = GST_SECOND, .end = 3 * GST_SECOND};
  g_autoptr (GstMessage) message = NULL;
  const GstStructure *s;
  GstSegment segment;
  guint64 time;

  gst_segment_init (&segment, GST_FORMAT_BYTES);
  message = gst_montage_message_new_shot (GST_OBJECT (bin), &segment, 0, &shot);
  s = gst_message_get_structure (message);
  fail_unless (gst_structure_get_uint64 (s, "timestamp", &time));
  fail_unless_equals_uint64 (time, GST_SECOND);
  fail_unless (gst_structure_get_uint64 (s, "running-time", &time));
  fail_unless_equals_uint64 (time, GST_CLOCK_TIME_NONE);
  fail_unless (gst_structure_get_uint64 (s, "stream-time", &time));
  fail_unless_equals_uint64 (time, GST_CLOCK_TIME_NONE);
}
GST_END_TEST;

GST_START_TEST (test_committed)
{
  g_autoptr (GstEvent) event = gst_montage_event_new_committed (3, 17);
  guint revision;
  guint n_cuts;

  fail_unless (GST_EVENT_IS_UPSTREAM (event));
  fail_unless (gst_montage_event_parse_committed (event, &revision, &n_cuts));
  fail_unless_equals_int (revision, 3);
  fail_unless_equals_int (n_cuts, 17);
}
GST_END_TEST;

static Suite *
events_suite (void)
{
  Suite *suite = suite_create ("events");
  TCase *tests = tcase_create ("general");

  suite_add_tcase (suite, tests);
  tcase_add_test (tests, test_beats_event_and_message);
  tcase_add_test (tests, test_instructions_event_is_sticky);
  tcase_add_test (tests, test_other_and_broken_events);
  tcase_add_test (tests, test_live_times);
  tcase_add_test (tests, test_live_times_of_bytes);
  tcase_add_test (tests, test_committed);
  return suite;
}

GST_CHECK_MAIN (events);
