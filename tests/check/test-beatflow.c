/* SPDX-License-Identifier: GPL-3.0-or-later */

/* When what comes out of beatdetect does: live beats before their sound, sound that is
 * held back, seeks. */

#include <gst/check/gstcheck.h>
#include <math.h>

#include "beatharness.h"

/* What left the element, in order: each live beat must come before its sound. */
typedef struct
{
  GstClockTime end; /* of the last buffer */
  guint64 frames;
  guint n_beats;
  guint n_tags;
  guint n_gaps;
  guint64 frames_at_tag;
  GstClockTime first_beat;
  GstClockTime last_beat;
} Flow;

static GstPadProbeReturn
watch_flow (GstPad *pad, GstPadProbeInfo *info, gpointer data)
{
  Flow *flow = data;
  GstMontageBeat beat;
  gdouble confidence;

  if (GST_PAD_PROBE_INFO_TYPE (info) & GST_PAD_PROBE_TYPE_BUFFER) {
    GstBuffer *buffer = GST_PAD_PROBE_INFO_BUFFER (info);

    fail_unless (GST_BUFFER_PTS (buffer) >= flow->end
        || flow->end - GST_BUFFER_PTS (buffer) < 2);
    flow->end = GST_BUFFER_PTS (buffer) + GST_BUFFER_DURATION (buffer);
    flow->frames += gst_buffer_get_size (buffer) / sizeof (gfloat);
  } else if (gst_montage_event_parse_beat (GST_PAD_PROBE_INFO_EVENT (info),
                 &beat, &confidence)) {
    fail_unless (beat.time >= flow->end,
        "%" GST_TIME_FORMAT " is told when %" GST_TIME_FORMAT " was sent",
        GST_TIME_ARGS (beat.time), GST_TIME_ARGS (flow->end));
    fail_unless (beat.time > flow->last_beat || flow->n_beats == 0);
    fail_unless (confidence > 0.0 && confidence <= 1.0);
    fail_unless (beat.energy >= 0.0 && beat.energy <= 1.0);
    fail_unless (beat.strength >= 0.0 && beat.strength <= 1.0);
    if (flow->n_beats++ == 0)
      flow->first_beat = beat.time;
    flow->last_beat = beat.time;
  } else if (GST_EVENT_TYPE (GST_PAD_PROBE_INFO_EVENT (info))
      == GST_EVENT_TAG) {
    flow->n_tags++;
    flow->frames_at_tag = flow->frames;
  } else if (GST_EVENT_TYPE (GST_PAD_PROBE_INFO_EVENT (info))
      == GST_EVENT_GAP) {
    GstClockTime start, duration;

    gst_event_parse_gap (GST_PAD_PROBE_INFO_EVENT (info), &start, &duration);
    flow->end = start + duration;
    flow->n_gaps++;
  }
  return GST_PAD_PROBE_OK;
}

static GstHarness *
watched_harness_new (guint rate, Flow *flow)
{
  GstHarness *h = beat_harness_new (rate);

  *flow = (Flow){0};
  gst_pad_add_probe (h->sinkpad,
      GST_PAD_PROBE_TYPE_BUFFER | GST_PAD_PROBE_TYPE_EVENT_DOWNSTREAM,
      watch_flow, flow, NULL);
  return h;
}

/* The lookahead is read when the element starts. */
static void
set_lookahead (GstHarness *h, GstClockTime lookahead)
{
  GstSegment segment;

  gst_segment_init (&segment, GST_FORMAT_TIME);
  gst_element_set_state (h->element, GST_STATE_READY);
  g_object_set (h->element, "lookahead", lookahead, NULL);
  gst_harness_play (h);
  fail_unless (gst_harness_push_event (h, gst_event_new_stream_start ("a")));
  gst_harness_set_src_caps (h,
      song_caps (GST_AUDIO_NE (F32), RATE, 1, "interleaved"));
  fail_unless (gst_harness_push_event (h, gst_event_new_segment (&segment)));
}

/* Pushes and leaves the outcome to the probe. */
static void
push_all (GstHarness *h, const Song *song, guint from, guint to, guint piece)
{
  for (guint at = from; at < to; at += piece)
    fail_unless_equals_int (gst_harness_push (h,
                                song_buffer (song, at, MIN (piece, to - at))),
        GST_FLOW_OK);
}

static GstClockTime
query_latency (GstHarness *h)
{
  g_autoptr (GstQuery) query = gst_query_new_latency ();
  GstClockTime least = 0;

  fail_unless (gst_pad_peer_query (h->sinkpad, query));
  gst_query_parse_latency (query, NULL, &least, NULL);
  return least;
}

static const struct
{
  GstClockTime lookahead;
  guint piece;
} looks[] = {
    {0, 441},
    {0, RATE},
    {300 * GST_MSECOND, 441},
    {300 * GST_MSECOND, 4410},
    {GST_SECOND, 1024},
    {2 * GST_SECOND, RATE / 2},
    {100 * GST_MSECOND, RATE},
};

GST_START_TEST (test_live_beats_come_before_their_sound)
{
  g_autoptr (Song) song = band (RATE, 16.0, 120.0);
  g_autoptr (GstMontageBeatGrid) grid = NULL;
  GstClockTime lookahead = looks[__i__].lookahead;
  guint piece = looks[__i__].piece;
  GstClockTime buffer = gst_util_uint64_scale (piece, GST_SECOND, RATE);
  Flow flow;
  GstHarness *h = watched_harness_new (RATE, &flow);

  set_lookahead (h, lookahead);
  push_all (h, song, 0, song->samples->len, piece);
  /* Held back by the lookahead and one buffer at most. */
  fail_unless (flow.end + lookahead + buffer >= 16 * GST_SECOND);
  fail_unless (lookahead == 0 || flow.end + lookahead <= 16 * GST_SECOND);
  fail_unless_equals_uint64 (query_latency (h),
      lookahead > 0 ? lookahead + buffer : 0);
  grid = finish (h);
  fail_unless_equals_uint64 (flow.frames, song->samples->len);
  fail_unless (flow.n_beats >= 26 && flow.n_beats <= 33, "%u", flow.n_beats);
  fail_unless (flow.first_beat < 3 * GST_SECOND);
  check_grid (grid, 0.0, 120.0, 32);
  gst_harness_teardown (h);
}
GST_END_TEST;

/* With a lookahead, what travels with the sound stays where it was. */
GST_START_TEST (test_held_back_events_keep_their_place)
{
  g_autoptr (Song) song = band (RATE, 8.0, 120.0);
  Flow flow;
  GstHarness *h = watched_harness_new (RATE, &flow);

  set_lookahead (h, GST_SECOND);
  push_all (h, song, 0, 4 * RATE, 441);
  fail_unless (gst_harness_push_event (h,
      gst_event_new_tag (gst_tag_list_new (GST_TAG_TITLE, "a", NULL))));
  fail_unless_equals_int (flow.n_tags, 0);
  push_all (h, song, 4 * RATE, 8 * RATE, 441);
  fail_unless_equals_int (flow.n_tags, 1);
  fail_unless_equals_uint64 (flow.frames_at_tag, 4 * RATE);
  gst_harness_teardown (h);
}
GST_END_TEST;

/* A flush drops what is held back; a gap, new caps, a discontinuity or the end
 * let it out. */
GST_START_TEST (test_held_back_sound_is_let_out)
{
  g_autoptr (Song) song = band (RATE, 8.0, 120.0);
  GstSegment segment;
  Flow flow;
  GstHarness *h = watched_harness_new (RATE, &flow);
  GstBuffer *buffer;

  gst_segment_init (&segment, GST_FORMAT_TIME);
  set_lookahead (h, 2 * GST_SECOND);
  push_all (h, song, 0, RATE, 441);
  fail_unless_equals_uint64 (flow.frames, 0);
  fail_unless (gst_harness_push_event (h, gst_event_new_flush_start ()));
  fail_unless (gst_harness_push_event (h, gst_event_new_flush_stop (TRUE)));
  fail_unless (gst_harness_push_event (h, gst_event_new_segment (&segment)));
  fail_unless_equals_uint64 (flow.frames, 0);

  push_all (h, song, 0, RATE, 441);
  fail_unless (gst_harness_push_event (h,
      gst_event_new_gap (GST_SECOND, 3 * GST_SECOND)));
  fail_unless_equals_uint64 (flow.frames, RATE);
  fail_unless_equals_int (flow.n_gaps, 0);

  push_all (h, song, 4 * RATE, 5 * RATE, 441);
  fail_unless_equals_uint64 (flow.frames, RATE);
  gst_harness_set_src_caps (h,
      song_caps (GST_AUDIO_NE (F32), RATE, 1, "interleaved"));
  push_all (h, song, 5 * RATE, 6 * RATE, 441);
  buffer = song_buffer (song, 6 * RATE, 441);
  GST_BUFFER_FLAG_SET (buffer, GST_BUFFER_FLAG_DISCONT);
  fail_unless_equals_int (gst_harness_push (h, buffer), GST_FLOW_OK);
  fail_unless_equals_uint64 (flow.frames, 3 * RATE);
  fail_unless_equals_int (flow.n_gaps, 1);
  fail_unless (gst_harness_push_event (h, gst_event_new_eos ()));
  fail_unless_equals_uint64 (flow.frames, 3 * RATE + 441);
  gst_harness_teardown (h);
}
GST_END_TEST;

/* The ends of what the caps allow: a tempo at least, and live beats in time. */
GST_START_TEST (test_extreme_rates)
{
  static const guint rates[] = {1000, 4000, 384000, 768000};

  for (guint i = 0; i < G_N_ELEMENTS (rates); i++) {
    g_autoptr (Song) song = band (rates[i], 10.0, 120.0);
    g_autoptr (GstMontageBeatGrid) grid = NULL;
    Flow flow;
    GstHarness *h = watched_harness_new (rates[i], &flow);

    push_all (h, song, 0, song->samples->len, rates[i] / 50);
    grid = finish (h);
    fail_unless_equals_uint64 (flow.frames, song->samples->len);
    /* But for a frame of 1 kHz, which the resampler keeps. */
    fail_unless (grid->duration + GST_MSECOND >= 10 * GST_SECOND
        && grid->duration <= 10 * GST_SECOND);
    fail_unless (fabs (grid->tempo - 120.0) < 0.5, "%u Hz: %f", rates[i],
        grid->tempo);
    fail_unless (flow.n_beats >= 12, "%u Hz: %u", rates[i], flow.n_beats);
    gst_harness_teardown (h);
  }
}
GST_END_TEST;

/* Backwards nothing is heard, and all goes through. */
GST_START_TEST (test_reverse)
{
  g_autoptr (Song) song = band (RATE, 4.0, 120.0);
  g_autoptr (GstMontageBeatGrid) grid = NULL;
  GstSegment segment;
  guint64 frames = 0;
  GstHarness *h = beat_harness_new (RATE);

  set_lookahead (h, GST_SECOND);
  gst_segment_init (&segment, GST_FORMAT_TIME);
  segment.rate = -1.0;
  segment.stop = 4 * GST_SECOND;
  fail_unless (gst_harness_push_event (h, gst_event_new_segment (&segment)));
  for (guint at = song->samples->len; at > 0; at -= 4410) {
    GstBuffer *buffer;

    fail_unless_equals_int (gst_harness_push (h,
                                song_buffer (song, at - 4410, 4410)),
        GST_FLOW_OK);
    buffer = gst_harness_try_pull (h);
    fail_unless (buffer != NULL);
    frames += gst_buffer_get_size (buffer) / sizeof (gfloat);
    gst_buffer_unref (buffer);
  }
  fail_unless_equals_uint64 (frames, song->samples->len);
  grid = finish (h);
  fail_unless_equals_int (grid->beats->len, 0);
  gst_harness_teardown (h);
}
GST_END_TEST;

/* A seek back without a flush: what is played again has its beats again, and
 * their times follow, whether it is heard anew or what was found is kept. */
GST_START_TEST (test_live_after_a_seek)
{
  g_autoptr (Song) song = band (RATE, 12.0, 120.0);
  GstSegment segment;

  for (guint whole = 0; whole < 2; whole++) {
    Flow flow;
    GstHarness *h = watched_harness_new (RATE, &flow);

    g_object_set (h->element, "whole-song", whole == 1, NULL);
    push_all (h, song, 0, song->samples->len, 1024);
    fail_unless (flow.n_beats >= 16, "%u", flow.n_beats);
    gst_segment_init (&segment, GST_FORMAT_TIME);
    segment.start = segment.time = 2 * GST_SECOND;
    segment.base = 12 * GST_SECOND;
    fail_unless (gst_harness_push_event (h, gst_event_new_segment (&segment)));
    flow.n_beats = 0;
    flow.end = 0;
    push_all (h, song, 2 * RATE, song->samples->len, 1024);
    fail_unless (flow.n_beats >= 13 && flow.n_beats <= 21, "%u", flow.n_beats);
    fail_unless (flow.first_beat < 5 * GST_SECOND);
    gst_harness_teardown (h);
  }
}
GST_END_TEST;

/* What is jumped over has no beats, whether it was heard before or not, and whoever
 * asks for them in the middle gets those that come. */
GST_START_TEST (test_live_after_jumps)
{
  static const guint pieces[][2] = {{0, 12}, {2, 4}, {8, 10}, {2, 4}, {14, 18}};
  g_autoptr (Song) song = band (RATE, 18.0, 120.0);
  Flow flow;
  GstHarness *h = watched_harness_new (RATE, &flow);

  for (guint i = 0; i < G_N_ELEMENTS (pieces); i++) {
    guint from = pieces[i][0], to = pieces[i][1];
    GstSegment segment;

    gst_segment_init (&segment, GST_FORMAT_TIME);
    segment.start = segment.time = from * GST_SECOND;
    fail_unless (gst_harness_push_event (h, gst_event_new_segment (&segment)));
    flow.n_beats = 0;
    flow.end = 0;
    g_object_set (h->element, "message", i != 3, NULL);
    push_all (h, song, from * RATE, to * RATE, 1024);
    fail_unless_equals_int (flow.n_beats > 0, i != 3);
    if (i == 0 || i == 3)
      continue;
    fail_unless (flow.first_beat >= from * GST_SECOND
            && flow.first_beat < (from + 2) * GST_SECOND
            && flow.n_beats <= 2 * (to - from) + 1,
        "%u beats from %" GST_TIME_FORMAT, flow.n_beats,
        GST_TIME_ARGS (flow.first_beat));
  }
  gst_harness_teardown (h);
}
GST_END_TEST;

static Suite *
beatflow_suite (void)
{
  Suite *suite = suite_create ("beatflow");
  TCase *tc = tcase_create ("general");

  suite_add_tcase (suite, tc);
  tcase_set_timeout (tc, 120);
  tcase_add_loop_test (tc, test_live_beats_come_before_their_sound, 0,
      G_N_ELEMENTS (looks));
  tcase_add_test (tc, test_held_back_events_keep_their_place);
  tcase_add_test (tc, test_held_back_sound_is_let_out);
  tcase_add_test (tc, test_extreme_rates);
  tcase_add_test (tc, test_reverse);
  tcase_add_test (tc, test_live_after_a_seek);
  tcase_add_test (tc, test_live_after_jumps);
  return suite;
}

GST_CHECK_MAIN (beatflow)
