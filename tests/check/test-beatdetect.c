/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The element beatdetect, on the songs of the unit test. */

#include <string.h>
#include <gst/audio/audio.h>
#include <gst/check/gstcheck.h>
#include <gst/check/gstharness.h>
#include <gst/montage/montage.h>

#include "../unit/beatsongs.h"

#define RATE 44100

/* A band of @seconds at @bpm. */
static Song *
band (guint rate, gdouble seconds, gdouble bpm)
{
  Song *song = song_new (rate, seconds);
  /* A bar more, which the end cuts off. */
  g_autoptr (GArray) beats = song_beats (0.0, seconds + 300.0 / bpm, bpm, bpm);

  song_band (song, beats, 4);
  return song;
}

static GstCaps *
song_caps (const gchar *format, guint rate, guint channels, const gchar *layout)
{
  return gst_caps_new_simple ("audio/x-raw", "format", G_TYPE_STRING, format,
      "rate", G_TYPE_INT, rate, "channels", G_TYPE_INT, channels, "layout",
      G_TYPE_STRING, layout, "channel-mask", GST_TYPE_BITMASK,
      gst_audio_channel_get_fallback_mask ((gint) channels), NULL);
}

/* Frames [@from, @from + @n) as mono F32, stamped with their time. */
static GstBuffer *
song_buffer (const Song *song, guint from, guint n)
{
  GstBuffer *buffer = gst_buffer_new_memdup (song->samples->data
          + from * sizeof (gfloat),
      n * sizeof (gfloat));

  GST_BUFFER_PTS (
      buffer) = gst_util_uint64_scale (from, GST_SECOND, song->rate);
  GST_BUFFER_DURATION (
      buffer) = gst_util_uint64_scale (n, GST_SECOND, song->rate);
  return buffer;
}

static void
push_song (GstHarness *h, const Song *song, guint from, guint to, guint piece)
{
  for (guint at = from; at < to; at += piece) {
    fail_unless_equals_int (gst_harness_push (h,
                                song_buffer (song, at, MIN (piece, to - at))),
        GST_FLOW_OK);
    gst_buffer_unref (gst_harness_pull (h));
  }
}

static GstHarness *
harness_new (guint rate)
{
  GstHarness *h = gst_harness_new ("beatdetect");

  gst_harness_set_src_caps (h,
      song_caps (GST_AUDIO_NE (F32), rate, 1, "interleaved"));
  return h;
}

/* The grid that arrives downstream before the end of the stream. */
static GstMontageBeatGrid *
pull_grid (GstHarness *h)
{
  g_autoptr (GstMontageBeatGrid) grid = NULL;
  GstEvent *event;

  while ((event = gst_harness_try_pull_event (h))) {
    g_autoptr (GstEvent) G_GNUC_UNUSED held = event;

    fail_if (GST_EVENT_TYPE (event) == GST_EVENT_EOS && !grid);
    if (!grid)
      gst_montage_event_parse_beats (event, &grid, NULL);
  }
  fail_unless (grid != NULL);
  return g_steal_pointer (&grid);
}

static GstMontageBeatGrid *
finish (GstHarness *h)
{
  fail_unless (gst_harness_push_event (h, gst_event_new_eos ()));
  return pull_grid (h);
}

/* Beats at @first, @first + 60 / @bpm and so on, within 12 ms. */
static void
check_grid (const GstMontageBeatGrid *grid, gdouble first, gdouble bpm, guint n)
{
  fail_unless (ABS ((gint) grid->beats->len - (gint) n) <= 1,
      "%u beats instead of %u", grid->beats->len, n);
  fail_unless (fabs (grid->tempo - bpm) < 0.1, "%f", grid->tempo);
  for (guint i = 0; i < grid->beats->len; i++) {
    gdouble time = (gdouble) g_array_index (grid->beats, GstMontageBeat, i).time
        / GST_SECOND;

    fail_unless (fabs (time - first - i * 60.0 / bpm) < 0.012,
        "beat %u is at %f", i, time);
  }
}

GST_START_TEST (test_song)
{
  g_autoptr (Song) song = band (RATE, 16.0, 120.0);
  g_autoptr (GstMontageBeatGrid) grid = NULL;
  GstHarness *h = harness_new (RATE);

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
    GstHarness *h = harness_new (rates[i]);

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
    GstHarness *h = harness_new (48000);

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
    GstHarness *h = harness_new (RATE);

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
  GstHarness *h = harness_new (RATE);

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
  GstHarness *h = harness_new (RATE);
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
  GstHarness *h = harness_new (RATE);
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
  GstHarness *a = harness_new (RATE);
  GstHarness *b = harness_new (RATE);

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
  GstHarness *h = harness_new (RATE);

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
    GstHarness *h = harness_new (RATE);

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
    GstHarness *h = harness_new (RATE);
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
  GstHarness *h = harness_new (rate);

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

GST_START_TEST (test_without_the_whole_song)
{
  g_autoptr (Song) song = band (RATE, 16.0, 120.0);
  g_autoptr (GstBus) bus = gst_bus_new ();
  GstHarness *h = harness_new (RATE);

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
    GstHarness *h = harness_new (RATE);
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
  GstHarness *h = harness_new (RATE);
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

/* What is set can be read, and the whole song obeys it too. */
GST_START_TEST (test_bars_of_the_whole_song)
{
  g_autoptr (Song) song = band (RATE, 16.0, 120.0);
  g_autoptr (GstMontageBeatGrid) grid = NULL;
  GstHarness *h = harness_new (RATE);
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
  GstHarness *h = harness_new (RATE);

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

GST_START_TEST (test_tempo_range)
{
  g_autoptr (Song) song = band (RATE, 16.0, 120.0);
  g_autoptr (GstMontageBeatGrid) grid = NULL;
  GstHarness *h = harness_new (RATE);
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
  GstHarness *h = harness_new (RATE);

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
  tcase_add_test (tc, test_messages);
  tcase_add_loop_test (tc, test_live_beats_come_before_their_sound, 0,
      G_N_ELEMENTS (looks));
  tcase_add_test (tc, test_held_back_events_keep_their_place);
  tcase_add_test (tc, test_held_back_sound_is_let_out);
  tcase_add_test (tc, test_without_the_whole_song);
  tcase_add_test (tc, test_messages_off_and_on);
  tcase_add_test (tc, test_live_properties);
  tcase_add_test (tc, test_live_bars);
  tcase_add_test (tc, test_bars_of_the_whole_song);
  tcase_add_test (tc, test_extreme_rates);
  tcase_add_test (tc, test_reverse);
  tcase_add_test (tc, test_live_after_a_seek);
  tcase_add_test (tc, test_tempo_range);
  tcase_add_test (tc, test_uri);
  return suite;
}

GST_CHECK_MAIN (beatdetect)
