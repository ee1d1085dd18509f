/* SPDX-License-Identifier: LGPL-2.1-or-later */

/* A film under a player: seeks of all kinds, pauses, queries. */

#include "filmtest.h"

#define SINKS                                                                  \
  "t.video_src ! queue ! appsink name=video max-buffers=4 "                    \
  "t.audio_src ! queue ! appsink name=audio max-buffers=4"
/* A frame or a buffer of sound is of this length at most. */
#define STEP (50 * GST_MSECOND)

typedef struct
{
  GstMontagePlan *plan;
  GstElement *pipeline;
  GstBus *bus;
  GstAppSink *video;
  GstAppSink *audio;
} Player;

static void
player_init (Player *self, guint seed)
{
  self->plan = film_test_plan (seed, 16, TRUE);
  film_test_set_music (self->plan, 0, 0);
  self->pipeline = film_test_pipeline (SINKS);
  self->bus = gst_element_get_bus (self->pipeline);
  self->video = film_test_sink (self->pipeline, "video");
  self->audio = film_test_sink (self->pipeline, "audio");
}

static void
player_clear (Player *self)
{
  gst_element_set_state (self->pipeline, GST_STATE_NULL);
  gst_object_unref (self->bus);
  gst_object_unref (self->pipeline);
  gst_montage_plan_free (self->plan);
}

static void
wait_for (Player *self, GstMessageType type)
{
  g_autoptr (GstMessage) message = gst_bus_timed_pop_filtered (self->bus,
      60 * GST_SECOND, type | GST_MESSAGE_ERROR);

  fail_unless (message != NULL);
  fail_unless_equals_int (GST_MESSAGE_TYPE (message), type);
}

/* The film is open and stands at its first frame. */
static void
preroll (Player *self)
{
  gst_element_set_state (self->pipeline, GST_STATE_PAUSED);
  film_test_push (self->pipeline, self->plan, FALSE);
  wait_for (self, GST_MESSAGE_ASYNC_DONE);
}

/* A player waits for one seek to be done before it does the next thing to a
 * single sink: GStreamer 1.22 can lose the change to PLAYING otherwise. */
static void
settle (Player *self)
{
  fail_unless_equals_int (gst_element_get_state (self->pipeline, NULL, NULL,
                              60 * GST_SECOND),
      GST_STATE_CHANGE_SUCCESS);
}

static void
play (Player *self)
{
  preroll (self);
  gst_element_set_state (self->pipeline, GST_STATE_PLAYING);
  settle (self);
}

static GstClockTime
next_time (Player *self, GstAppSink *sink)
{
  g_autoptr (GstSample) sample = film_test_pull (self->pipeline, sink);

  fail_unless (sample != NULL, "the film ends");
  return GST_BUFFER_PTS (gst_sample_get_buffer (sample));
}

/* Both streams go on at @time, the pictures with the right one. */
static guint64
check_both (Player *self, GstClockTime time)
{
  const GstMontageOutput *output = &self->plan->output;
  GstClockTime frame, sound;

  settle (self);
  frame = next_time (self, self->video);
  sound = next_time (self, self->audio);
  fail_unless (frame <= time && time < frame + STEP,
      "%" GST_TIME_FORMAT " instead of %" GST_TIME_FORMAT,
      GST_TIME_ARGS (frame), GST_TIME_ARGS (time));
  fail_unless (MAX (sound, time) - MIN (sound, time) < GST_MSECOND,
      "%" GST_TIME_FORMAT " instead of %" GST_TIME_FORMAT,
      GST_TIME_ARGS (sound), GST_TIME_ARGS (time));
  return gst_montage_output_frame_at (output, frame) + 1;
}

static gboolean
seek_with (GstElement *element, gdouble rate, GstSeekFlags flags, gint64 start,
    gint64 stop)
{
  return gst_element_send_event (element,
      gst_event_new_seek (rate, GST_FORMAT_TIME, flags, GST_SEEK_TYPE_SET,
          start, stop < 0 ? GST_SEEK_TYPE_NONE : GST_SEEK_TYPE_SET, stop));
}

/* Players send a seek to the pipeline or to one of its sinks. */
GST_START_TEST (test_one_seek_moves_both)
{
  static const GstSeekFlags flags[] = {GST_SEEK_FLAG_FLUSH,
      GST_SEEK_FLAG_FLUSH | GST_SEEK_FLAG_ACCURATE,
      GST_SEEK_FLAG_FLUSH | GST_SEEK_FLAG_KEY_UNIT};
  Player player;
  guint i, k;

  player_init (&player, 1);
  play (&player);
  {
    g_autoptr (GstElement)
        element = gst_bin_get_by_name (GST_BIN (player.pipeline), "t");
    GstElement *const targets[] = {player.pipeline, GST_ELEMENT (player.video),
        GST_ELEMENT (player.audio), element};

    for (i = 0; i < G_N_ELEMENTS (targets); i++)
      for (k = 0; k < G_N_ELEMENTS (flags); k++) {
        GstClockTime time = (5 * ((i + k) % 4) + 2) * 333 * GST_MSECOND;

        fail_unless (seek_with (targets[i], 1.0, flags[k], time, -1));
        check_both (&player, time);
      }
  }
  player_clear (&player);
}
GST_END_TEST

GST_START_TEST (test_seeks_before_preroll)
{
  Player player;
  guint64 next;

  player_init (&player, 2);
  gst_element_set_state (player.pipeline, GST_STATE_PAUSED);
  fail_if (gst_element_seek_simple (player.pipeline, GST_FORMAT_TIME,
      GST_SEEK_FLAG_FLUSH, GST_SECOND));
  film_test_push (player.pipeline, player.plan, FALSE);
  /* From the moment on that the streams are there. */
  while (!gst_element_seek_simple (player.pipeline, GST_FORMAT_TIME,
      GST_SEEK_FLAG_FLUSH, 2 * GST_SECOND))
    g_usleep (1000);
  gst_element_set_state (player.pipeline, GST_STATE_PLAYING);
  next = check_both (&player, 2 * GST_SECOND);
  film_test_check_rest (player.pipeline, player.video, player.plan, next);
  player_clear (&player);
}
GST_END_TEST

GST_START_TEST (test_seek_storm)
{
  Player player;
  g_autoptr (GRand) rand = g_rand_new_with_seed (3);
  GstClockTime time = 0;
  guint64 next;
  guint i;

  player_init (&player, 3);
  play (&player);
  for (i = 0; i < 60; i++) {
    time = g_rand_int_range (rand, 0, player.plan->duration / GST_MSECOND - 500)
        * GST_MSECOND;
    fail_unless (gst_element_seek_simple (player.pipeline, GST_FORMAT_TIME,
        GST_SEEK_FLAG_FLUSH, time));
    if (i % 7 == 0)
      gst_element_set_state (player.pipeline,
          i % 2 ? GST_STATE_PLAYING : GST_STATE_PAUSED);
  }
  gst_element_set_state (player.pipeline, GST_STATE_PLAYING);
  next = check_both (&player, time);
  film_test_check_rest (player.pipeline, player.video, player.plan, next);
  player_clear (&player);
}
GST_END_TEST

static void
drain (Player *self)
{
  GstAppSink *const sinks[] = {self->video, self->audio};
  GstSample *sample;
  guint i;

  for (i = 0; i < G_N_ELEMENTS (sinks); i++)
    while ((sample = film_test_pull (self->pipeline, sinks[i])))
      gst_sample_unref (sample);
}

GST_START_TEST (test_seek_to_the_end)
{
  Player player;
  guint64 next;
  guint i;

  player_init (&player, 4);
  play (&player);
  for (i = 0; i < 2; i++) {
    fail_unless (gst_element_seek_simple (player.pipeline, GST_FORMAT_TIME,
        GST_SEEK_FLAG_FLUSH, player.plan->duration + i * GST_SECOND));
    fail_unless (film_test_pull (player.pipeline, player.video) == NULL);
    drain (&player);
    wait_for (&player, GST_MESSAGE_EOS);
  }
  fail_unless (gst_element_seek_simple (player.pipeline, GST_FORMAT_TIME,
      GST_SEEK_FLAG_FLUSH, GST_SECOND));
  next = check_both (&player, GST_SECOND);
  film_test_check_rest (player.pipeline, player.video, player.plan, next);
  player_clear (&player);
}
GST_END_TEST

/* How many frames come until the stream pauses or ends. */
static guint
count_frames (Player *self, GstClockTime end)
{
  guint n = 0;

  while (next_time (self, self->video) + STEP < end)
    n++;
  return n + 1;
}

/* Round and round: neither end is flushed away, and each is told once. */
GST_START_TEST (test_segments)
{
  const GstClockTime start = GST_SECOND, stop = 2 * GST_SECOND;
  Player player;
  guint i;

  player_init (&player, 5);
  g_object_set (player.audio, "drop", TRUE, NULL);
  play (&player);
  fail_unless (seek_with (player.pipeline, 1.0,
      GST_SEEK_FLAG_FLUSH | GST_SEEK_FLAG_SEGMENT, start, stop));
  for (i = 0; i < 3; i++) {
    fail_unless_equals_int (count_frames (&player, stop), 30);
    wait_for (&player, GST_MESSAGE_SEGMENT_DONE);
    fail_unless (gst_app_sink_try_pull_sample (player.video, 0) == NULL);
    fail_unless (seek_with (player.pipeline, 1.0,
        i < 2 ? GST_SEEK_FLAG_SEGMENT : GST_SEEK_FLAG_NONE, start, stop));
  }
  fail_unless_equals_int (count_frames (&player, stop), 30);
  fail_unless (film_test_pull (player.pipeline, player.video) == NULL);
  player_clear (&player);
}
GST_END_TEST

/* The sinks make the speed: every frame comes. Backwards there is none. */
GST_START_TEST (test_rates)
{
  static const gdouble rates[] = {2.0, 0.5, 1.0};
  Player player;
  guint i;

  player_init (&player, 6);
  play (&player);
  for (i = 0; i < G_N_ELEMENTS (rates); i++) {
    g_autoptr (GstSample) sample = NULL;
    guint64 next;

    fail_unless (seek_with (player.pipeline, rates[i], GST_SEEK_FLAG_FLUSH,
        GST_SECOND, -1));
    next = check_both (&player, GST_SECOND);
    sample = film_test_pull (player.pipeline, player.video);
    fail_unless (gst_sample_get_segment (sample)->rate == rates[i]);
    fail_unless_equals_uint64 (GST_BUFFER_PTS (gst_sample_get_buffer (sample)),
        gst_montage_output_frame_time (&player.plan->output, next));
  }
  fail_if (
      seek_with (player.pipeline, -1.0, GST_SEEK_FLAG_FLUSH, 0, GST_SECOND));
  fail_unless_equals_int (film_test_count_messages (player.pipeline,
                              GST_MESSAGE_ERROR, NULL),
      0);
  player_clear (&player);
}
GST_END_TEST

static void
check_queries (Player *self)
{
  g_autoptr (GstQuery) seeking = gst_query_new_seeking (GST_FORMAT_TIME);
  g_autoptr (GstQuery) latency = gst_query_new_latency ();
  gint64 duration, start, end;
  gboolean seekable, live;

  fail_unless (
      gst_element_query_duration (self->pipeline, GST_FORMAT_TIME, &duration));
  fail_unless_equals_uint64 (duration, self->plan->duration);
  fail_unless (gst_element_query (self->pipeline, seeking));
  gst_query_parse_seeking (seeking, NULL, &seekable, &start, &end);
  fail_unless (seekable && start == 0);
  fail_unless_equals_uint64 (end, self->plan->duration);
  fail_unless (gst_element_query (self->pipeline, latency));
  gst_query_parse_latency (latency, &live, NULL, NULL);
  fail_if (live);
}

static GstClockTime
position (Player *self)
{
  gint64 time;

  fail_unless (
      gst_element_query_position (self->pipeline, GST_FORMAT_TIME, &time));
  return time;
}

GST_START_TEST (test_pause_and_ask)
{
  Player player;

  player_init (&player, 7);
  preroll (&player);
  check_queries (&player);
  fail_unless_equals_uint64 (position (&player), 0);
  fail_unless (gst_element_seek_simple (player.pipeline, GST_FORMAT_TIME,
      GST_SEEK_FLAG_FLUSH | GST_SEEK_FLAG_ACCURATE, 1500 * GST_MSECOND));
  wait_for (&player, GST_MESSAGE_ASYNC_DONE);
  fail_unless_equals_uint64 (position (&player), 1500 * GST_MSECOND);
  /* From frame 45 on, three more. */
  fail_unless (gst_element_send_event (GST_ELEMENT (player.video),
      gst_event_new_step (GST_FORMAT_BUFFERS, 3, 1.0, TRUE, FALSE)));
  wait_for (&player, GST_MESSAGE_STEP_DONE);
  wait_for (&player, GST_MESSAGE_ASYNC_DONE);
  {
    g_autoptr (GstSample) sample = gst_app_sink_pull_preroll (player.video);

    fail_unless_equals_uint64 (GST_BUFFER_PTS (gst_sample_get_buffer (sample)),
        gst_montage_output_frame_time (&player.plan->output, 48));
  }
  check_queries (&player);
  player_clear (&player);
}
GST_END_TEST

/* Both streams are of one group, as those of a file. */
GST_START_TEST (test_group)
{
  Player player;
  guint groups[2], i;

  player_init (&player, 8);
  preroll (&player);
  for (i = 0; i < 2; i++) {
    g_autoptr (GstPad)
        pad = gst_element_get_static_pad (GST_ELEMENT (
                                              i ? player.audio : player.video),
            "sink");
    g_autoptr (GstEvent)
        event = gst_pad_get_sticky_event (pad, GST_EVENT_STREAM_START, 0);

    fail_unless (gst_event_parse_group_id (event, &groups[i]));
  }
  fail_unless_equals_int (groups[0], groups[1]);
  player_clear (&player);
}
GST_END_TEST

static Suite *
filmseeks_suite (void)
{
  Suite *suite = suite_create ("filmseeks");
  TCase *tc = tcase_create ("general");

  tcase_set_timeout (tc, 100);
  suite_add_tcase (suite, tc);
  tcase_add_unchecked_fixture (tc, film_test_make_folder,
      film_test_remove_folder);
  tcase_add_test (tc, test_one_seek_moves_both);
  tcase_add_test (tc, test_seeks_before_preroll);
  tcase_add_test (tc, test_seek_storm);
  tcase_add_test (tc, test_seek_to_the_end);
  tcase_add_test (tc, test_segments);
  tcase_add_test (tc, test_rates);
  tcase_add_test (tc, test_pause_and_ask);
  tcase_add_test (tc, test_group);
  return suite;
}

GST_CHECK_MAIN (filmseeks)
