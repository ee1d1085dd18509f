/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "filmtest.h"

#include <glib/gstdio.h>
#include <gst/video/video.h>
#include <math.h>

#define VIDEO "t.video_src ! appsink name=video max-buffers=4 "
#define AUDIO "t.audio_src ! appsink name=audio max-buffers=4 "
#define NO_AUDIO "t.audio_src ! fakesink async=false "

static void
stop (GstElement *pipeline)
{
  gst_element_set_state (pipeline, GST_STATE_NULL);
  gst_object_unref (pipeline);
}

static GstMessage *
wait_for (GstElement *pipeline, GstMessageType types)
{
  g_autoptr (GstBus) bus = gst_element_get_bus (pipeline);
  GstMessage *message = gst_bus_timed_pop_filtered (bus, 60 * GST_SECOND,
      types);

  fail_unless (message != NULL);
  return message;
}

GST_START_TEST (test_every_frame)
{
  g_autoptr (GstMontagePlan) plan = film_test_plan (1, 60, FALSE);
  GstElement *pipeline = film_test_pipeline (VIDEO NO_AUDIO);
  GstAppSink *sink = film_test_sink (pipeline, "video");

  gst_element_set_state (pipeline, GST_STATE_PLAYING);
  film_test_push (pipeline, plan, TRUE);
  film_test_check_rest (pipeline, sink, plan, 0);
  fail_unless_equals_int (film_test_count_messages (pipeline,
                              GST_MESSAGE_WARNING, NULL),
      0);
  stop (pipeline);
}
GST_END_TEST

GST_START_TEST (test_crossfades)
{
  g_autoptr (GstMontagePlan) plan = film_test_plan (2, 40, TRUE);
  GstElement *pipeline = film_test_pipeline (VIDEO NO_AUDIO);
  GstAppSink *sink = film_test_sink (pipeline, "video");

  gst_element_set_state (pipeline, GST_STATE_PLAYING);
  film_test_push (pipeline, plan, TRUE);
  film_test_check_rest (pipeline, sink, plan, 0);
  stop (pipeline);
}
GST_END_TEST

/* The same cut twice in a row goes on in one reader, and so does a cut that
 * goes on where the one before ended. */
GST_START_TEST (test_continued_cuts)
{
  g_autoptr (GstMontagePlan) plan = film_test_plan (3, 0, FALSE);
  GstElement *pipeline = film_test_pipeline (VIDEO NO_AUDIO);
  GstAppSink *sink = film_test_sink (pipeline, "video");
  guint i;

  for (i = 0; i < 6; i++)
    film_test_add_cut (plan, CLIP_30, 20 + 12 * i, 10, 0);
  for (i = 0; i < 6; i++)
    film_test_add_cut (plan, CLIP_30, 50, 10, 0);
  for (i = 0; i < 6; i++)
    film_test_add_cut (plan, CLIP_30, 20 + 10 * i, 10, i % 2 ? 4 : 0);
  film_test_add_cut (plan, CLIP_30, 0, 1, 0);
  film_test_add_cut (plan, CLIP_24, FILM_CLIP_FRAMES - 1, 1, 0);
  gst_element_set_state (pipeline, GST_STATE_PLAYING);
  film_test_push (pipeline, plan, TRUE);
  film_test_check_rest (pipeline, sink, plan, 0);
  stop (pipeline);
}
GST_END_TEST

static void
play_one_pad (const gchar *rest)
{
  g_autoptr (GstMontagePlan) plan = film_test_plan (4, 5, TRUE);
  GstElement *pipeline = film_test_pipeline (rest);
  g_autoptr (GstMessage) message = NULL;

  film_test_set_music (plan, 0, 0);
  gst_element_set_state (pipeline, GST_STATE_PLAYING);
  film_test_push (pipeline, plan, TRUE);
  message = wait_for (pipeline, GST_MESSAGE_EOS | GST_MESSAGE_ERROR);
  fail_unless_equals_int (GST_MESSAGE_TYPE (message), GST_MESSAGE_EOS);
  stop (pipeline);
}

GST_START_TEST (test_unlinked_audio)
{
  play_one_pad ("t.video_src ! fakesink");
}
GST_END_TEST

GST_START_TEST (test_unlinked_video)
{
  play_one_pad ("t.audio_src ! fakesink");
}
GST_END_TEST

static guint64
seek_and_pull (GstElement *pipeline, GstAppSink *sink, GstClockTime time)
{
  g_autoptr (GstSample) sample = NULL;

  fail_unless (gst_element_seek_simple (pipeline, GST_FORMAT_TIME,
      GST_SEEK_FLAG_FLUSH, time));
  sample = film_test_pull (pipeline, sink);
  fail_unless (sample != NULL);
  return GST_BUFFER_PTS (gst_sample_get_buffer (sample));
}

GST_START_TEST (test_seek)
{
  g_autoptr (GstMontagePlan) plan = film_test_plan (5, 20, FALSE);
  GstElement *pipeline = film_test_pipeline (VIDEO);
  GstAppSink *sink = film_test_sink (pipeline, "video");
  guint64 n = gst_montage_plan_n_frames (plan);
  const guint64 targets[] = {n / 2, 3, n - 2, n / 3, 0};
  gint64 duration, position;
  guint i;

  gst_element_set_state (pipeline, GST_STATE_PLAYING);
  film_test_push (pipeline, plan, TRUE);
  gst_sample_unref (film_test_pull (pipeline, sink));
  fail_unless (
      gst_element_query_duration (pipeline, GST_FORMAT_TIME, &duration));
  fail_unless_equals_uint64 (duration, plan->duration);
  for (i = 0; i < G_N_ELEMENTS (targets); i++) {
    GstClockTime time = gst_montage_output_frame_time (&plan->output,
        targets[i]);

    fail_unless_equals_uint64 (seek_and_pull (pipeline, sink,
                                   time + 10 * GST_MSECOND),
        time);
    fail_unless (
        gst_element_query_position (pipeline, GST_FORMAT_TIME, &position));
  }
  film_test_check_rest (pipeline, sink, plan, 1);
  fail_if (gst_element_seek (pipeline, -1.0, GST_FORMAT_TIME,
      GST_SEEK_FLAG_FLUSH, GST_SEEK_TYPE_SET, 0, GST_SEEK_TYPE_SET, n));
  stop (pipeline);
}
GST_END_TEST

/* Nothing before the part is shown, nothing behind it. */
GST_START_TEST (test_seek_before_the_plan)
{
  g_autoptr (GstMontagePlan) plan = film_test_plan (5, 20, TRUE);
  GstElement *pipeline = film_test_pipeline (VIDEO);
  g_autoptr (GstElement)
      element = gst_bin_get_by_name (GST_BIN (pipeline), "t");
  GstAppSink *sink = film_test_sink (pipeline, "video");
  guint64 n = gst_montage_plan_n_frames (plan);
  guint64 frame = n / 3;

  fail_unless (gst_element_seek (element, 1.0, GST_FORMAT_TIME,
      GST_SEEK_FLAG_NONE, GST_SEEK_TYPE_SET,
      gst_montage_output_frame_time (&plan->output, frame), GST_SEEK_TYPE_SET,
      gst_montage_output_frame_time (&plan->output, n / 2)));
  gst_element_set_state (pipeline, GST_STATE_PLAYING);
  film_test_push (pipeline, plan, TRUE);
  for (; frame < n / 2; frame++) {
    g_autoptr (GstSample) sample = film_test_pull (pipeline, sink);
    guint id, number, shown_id, shown_number;

    fail_unless (sample != NULL);
    if (!film_test_expected (plan, frame, &id, &number))
      continue;
    fail_unless (film_test_read (sample, &shown_id, &shown_number));
    fail_unless (shown_id == id && shown_number == number);
  }
  fail_unless (film_test_pull (pipeline, sink) == NULL);
  stop (pipeline);
}
GST_END_TEST

/* gst_parse_launch() links the first pad of a name only. */
static void
link_again (GstElement *element, GstPad *pad, GstElement *sink)
{
  g_autoptr (GstPad) peer = gst_element_get_static_pad (sink, "sink");

  if (g_str_has_prefix (GST_PAD_NAME (pad), "video")
      && !gst_pad_is_linked (pad))
    fail_unless_equals_int (gst_pad_link (pad, peer), GST_PAD_LINK_OK);
}

GST_START_TEST (test_states)
{
  g_autoptr (GstMontagePlan) plan = film_test_plan (6, 8, TRUE);
  GstElement *pipeline = film_test_pipeline (VIDEO NO_AUDIO);
  g_autoptr (GstElement)
      element = gst_bin_get_by_name (GST_BIN (pipeline), "t");
  GstAppSink *sink = film_test_sink (pipeline, "video");
  guint i, k;

  g_signal_connect (element, "pad-added", G_CALLBACK (link_again), sink);
  for (i = 0; i < 4; i++) {
    GstSample *sample;
    gint64 begin;

    gst_element_set_state (pipeline, GST_STATE_PLAYING);
    film_test_push (pipeline, plan, TRUE);
    for (k = 0; k < 7 * i; k++)
      gst_sample_unref (film_test_pull (pipeline, sink));
    begin = g_get_monotonic_time ();
    gst_element_set_state (pipeline, i % 2 ? GST_STATE_READY : GST_STATE_NULL);
    fail_unless (g_get_monotonic_time () - begin < 20 * G_USEC_PER_SEC);
    /* appsink keeps its queue in READY. */
    while ((sample = gst_app_sink_try_pull_sample (sink, 0)))
      gst_sample_unref (sample);
  }
  gst_element_set_state (pipeline, GST_STATE_PLAYING);
  film_test_push (pipeline, plan, TRUE);
  film_test_check_rest (pipeline, sink, plan, 0);
  stop (pipeline);
}
GST_END_TEST

/* One error, and it names what it is about. */
static void
check_refused (GstElement *pipeline, const gchar *what)
{
  g_autofree G_GNUC_UNUSED gchar *text = NULL;
  g_autoptr (GstMessage)
      message = wait_for (pipeline, GST_MESSAGE_EOS | GST_MESSAGE_ERROR);
  g_autoptr (GError) error = NULL;
  g_autofree gchar *debug = NULL;

  fail_unless_equals_int (GST_MESSAGE_TYPE (message), GST_MESSAGE_ERROR);
  gst_message_parse_error (message, &error, &debug);
  fail_unless (strstr (error->message, what) != NULL, "%s", error->message);
  stop (pipeline);
}

GST_START_TEST (test_missing_file)
{
  g_autofree gchar *path = film_test_path ("gone.mp4");
  g_autoptr (GstMontagePlan) plan = film_test_plan_of (path, 30);
  GstElement *pipeline = film_test_pipeline (VIDEO NO_AUDIO);

  gst_element_set_state (pipeline, GST_STATE_PLAYING);
  film_test_push (pipeline, plan, TRUE);
  check_refused (pipeline, "gone.mp4");
}
GST_END_TEST

static void
push_text (GstElement *pipeline, const gchar *text)
{
  g_autoptr (GstElement)
      source = gst_bin_get_by_name (GST_BIN (pipeline), "src");

  if (*text)
    gst_app_src_push_buffer (GST_APP_SRC (source),
        gst_buffer_new_memdup (text, strlen (text)));
}

GST_START_TEST (test_broken_plan)
{
  static const gchar *const texts[] = {"", "no plan", "{\"schema\": ", "}",
      "{\"schema\": \"gst-montage/plan\", \"version\": 1}"};
  static const gchar *const words[] = {"No plan", "plan", "plan", "plan",
      "plan"};
  guint i;

  for (i = 0; i < G_N_ELEMENTS (texts); i++) {
    GstElement *pipeline = film_test_pipeline (VIDEO NO_AUDIO);
    g_autoptr (GstElement)
        source = gst_bin_get_by_name (GST_BIN (pipeline), "src");

    gst_element_set_state (pipeline, GST_STATE_PLAYING);
    push_text (pipeline, texts[i]);
    gst_app_src_end_of_stream (GST_APP_SRC (source));
    check_refused (pipeline, words[i]);
  }
}
GST_END_TEST

GST_START_TEST (test_plan_in_pieces)
{
  g_autoptr (GstMontagePlan) plan = film_test_plan (7, 3, FALSE);
  g_autofree gchar *text = gst_montage_plan_to_json (plan);
  GstElement *pipeline = film_test_pipeline (VIDEO NO_AUDIO);
  GstAppSink *sink = film_test_sink (pipeline, "video");
  gsize i, length = strlen (text);

  gst_element_set_state (pipeline, GST_STATE_PLAYING);
  for (i = 0; i < length; i += 37) {
    g_autofree gchar *piece = g_strndup (text + i, 37);

    push_text (pipeline, piece);
  }
  film_test_check_rest (pipeline, sink, plan, 0);
  stop (pipeline);
}
GST_END_TEST

static gchar *
truncated_clip (void)
{
  g_autofree gchar *whole = film_test_clip (CLIP_30);
  gchar *path = film_test_path ("truncated.mkv");
  g_autofree gchar *data = NULL;
  gsize length;

  fail_unless (g_file_get_contents (whole, &data, &length, NULL));
  fail_unless (g_file_set_contents (path, data, length / 2, NULL));
  return path;
}

/* The frames that are there come, then the last one stays. */
GST_START_TEST (test_truncated_file)
{
  g_autofree gchar *path = truncated_clip ();
  g_autoptr (GstMontagePlan) plan = film_test_plan_of (path, FILM_CLIP_FRAMES);
  GstElement *pipeline = film_test_pipeline (VIDEO NO_AUDIO);
  GstAppSink *sink = film_test_sink (pipeline, "video");
  g_autofree gchar *text = NULL;
  guint id, number, k, last = 0;

  film_test_add_cut (plan, 0, FILM_CLIP_FRAMES - 20, 10, 0);
  gst_element_set_state (pipeline, GST_STATE_PLAYING);
  film_test_push (pipeline, plan, TRUE);
  for (k = 0; k < FILM_CLIP_FRAMES + 10; k++) {
    g_autoptr (GstSample) sample = film_test_pull (pipeline, sink);

    fail_unless (sample != NULL, "the film ends at frame %u", k);
    fail_unless (film_test_read (sample, &id, &number));
    fail_unless (number == k || (number >= last && last > 50), "frame %u: %u",
        k, number);
    last = number;
  }
  fail_unless (film_test_pull (pipeline, sink) == NULL);
  fail_unless (last < FILM_CLIP_FRAMES - 50);
  fail_unless_equals_int (film_test_count_messages (pipeline,
                              GST_MESSAGE_WARNING, &text),
      1);
  fail_unless (strstr (text, "truncated.mkv") != NULL, "%s", text);
  stop (pipeline);
}
GST_END_TEST

GST_START_TEST (test_no_video_at_all)
{
  g_autofree gchar *path = film_test_path ("text.mp4");
  g_autoptr (GstMontagePlan) plan = film_test_plan_of (path, 10);
  GstElement *pipeline = film_test_pipeline (VIDEO NO_AUDIO);
  GstAppSink *sink = film_test_sink (pipeline, "video");
  g_autofree gchar *text = NULL;
  guint n = 0;
  GstSample *sample;

  fail_unless (g_file_set_contents (path, "This is no video.\n", -1, NULL));
  gst_element_set_state (pipeline, GST_STATE_PLAYING);
  film_test_push (pipeline, plan, TRUE);
  while ((sample = film_test_pull (pipeline, sink))) {
    gst_sample_unref (sample);
    n++;
  }
  fail_unless_equals_int (n, 10);
  fail_unless_equals_int (film_test_count_messages (pipeline,
                              GST_MESSAGE_WARNING, &text),
      1);
  fail_unless (strstr (text, "text.mp4") != NULL, "%s", text);
  stop (pipeline);
}
GST_END_TEST

GST_START_TEST (test_two_instances)
{
  g_autoptr (GstMontagePlan) one = film_test_plan (8, 10, TRUE);
  g_autoptr (GstMontagePlan) two = film_test_plan (9, 10, FALSE);
  GstElement *first = film_test_pipeline (VIDEO NO_AUDIO);
  GstElement *second = film_test_pipeline (VIDEO NO_AUDIO);

  gst_element_set_state (first, GST_STATE_PLAYING);
  gst_element_set_state (second, GST_STATE_PLAYING);
  film_test_push (first, one, TRUE);
  film_test_push (second, two, TRUE);
  film_test_check_rest (second, film_test_sink (second, "video"), two, 0);
  film_test_check_rest (first, film_test_sink (first, "video"), one, 0);
  stop (first);
  stop (second);
}
GST_END_TEST

typedef struct
{
  guint revision; /* both atomic */
  guint n_cuts;
} Committed;

static GstPadProbeReturn
on_upstream (GstPad *pad, GstPadProbeInfo *info, gpointer data)
{
  Committed *committed = data;
  guint revision, n_cuts;

  if (gst_montage_event_parse_committed (GST_PAD_PROBE_INFO_EVENT (info),
          &revision, &n_cuts)) {
    g_atomic_int_set (&committed->revision, revision);
    g_atomic_int_set (&committed->n_cuts, n_cuts);
  }
  return GST_PAD_PROBE_OK;
}

static void
watch_committed (GstElement *pipeline, Committed *committed)
{
  g_autoptr (GstElement)
      source = gst_bin_get_by_name (GST_BIN (pipeline), "src");
  g_autoptr (GstPad) pad = gst_element_get_static_pad (source, "src");

  gst_pad_add_probe (pad, GST_PAD_PROBE_TYPE_EVENT_UPSTREAM, on_upstream,
      committed, NULL);
}

static void
on_timeline (GObject *element, GParamSpec *spec, gpointer pipeline)
{
  gst_element_post_message (GST_ELEMENT (pipeline),
      gst_message_new_application (GST_OBJECT (element),
          gst_structure_new_empty ("read")));
}

static GstMontagePlan *
revise (const GstMontagePlan *plan, guint first, guint revision)
{
  GstMontagePlan *revised = gst_montage_plan_copy (plan);
  guint i;

  revised->revision = revision;
  for (i = first; i < plan->cuts->len; i++) {
    GstMontageCut *cut = &g_array_index (revised->cuts, GstMontageCut, i);
    GstMontageSource *source;

    cut->source = (cut->source + 1) % N_FILM_CLIPS;
    source = &g_array_index (revised->sources, GstMontageSource, cut->source);
    cut->in_point = gst_util_uint64_scale (GST_SECOND * (guint64) source->fps_d,
        4 * 30 + 1, 4 * source->fps_n);
  }
  return revised;
}

GST_START_TEST (test_revision)
{
  g_autoptr (GstMontagePlan) plan = film_test_plan (10, 30, FALSE);
  g_autoptr (GstMontagePlan) revised = NULL;
  g_autoptr (GstMontagePlan) late = NULL;
  GstElement *pipeline = film_test_pipeline (VIDEO NO_AUDIO);
  g_autoptr (GstElement)
      element = gst_bin_get_by_name (GST_BIN (pipeline), "t");
  GstAppSink *sink = film_test_sink (pipeline, "video");
  Committed committed = {0};
  /* The film is up to six frames ahead of what is pulled, and no cut has fewer
   * than eight: after the first frame of cut 3 that one plays. */
  const guint n_pulled = gst_montage_output_frame_at (&plan->output,
                             g_array_index (plan->cuts, GstMontageCut, 3).start)
      + 1;
  guint k;

  watch_committed (pipeline, &committed);
  g_signal_connect (element, "notify::timeline", G_CALLBACK (on_timeline),
      pipeline);
  gst_element_set_state (pipeline, GST_STATE_PLAYING);
  film_test_push (pipeline, plan, FALSE);
  gst_message_unref (wait_for (pipeline, GST_MESSAGE_APPLICATION));
  for (k = 0; k < n_pulled; k++)
    gst_sample_unref (film_test_pull (pipeline, sink));
  fail_unless_equals_int (g_atomic_int_get (&committed.revision), 1);
  fail_unless_equals_int (g_atomic_int_get (&committed.n_cuts), 5);

  /* The second cut after the playing one changes, though it is prepared. */
  revised = revise (plan, 5, 2);
  film_test_push (pipeline, revised, FALSE);
  gst_message_unref (wait_for (pipeline, GST_MESSAGE_APPLICATION));
  /* Cuts that have been shown cannot change. */
  late = revise (revised, 0, 3);
  film_test_push (pipeline, late, TRUE);
  gst_message_unref (wait_for (pipeline, GST_MESSAGE_WARNING));
  film_test_check_rest (pipeline, sink, revised, n_pulled);
  fail_unless_equals_int (g_atomic_int_get (&committed.revision), 2);
  fail_unless_equals_int (g_atomic_int_get (&committed.n_cuts), 30);
  stop (pipeline);
}
GST_END_TEST

/* Collects the left channel until the end. */
static GArray *
pull_sound (GstElement *pipeline, GstAppSink *sink)
{
  GArray *samples = g_array_new (FALSE, FALSE, sizeof (gfloat));
  GstSample *sample;

  while ((sample = film_test_pull (pipeline, sink))) {
    GstBuffer *buffer = gst_sample_get_buffer (sample);
    GstMapInfo map;
    gsize i;

    fail_unless_equals_uint64 (GST_BUFFER_PTS (buffer),
        gst_util_uint64_scale_round (samples->len, GST_SECOND, 48000));
    fail_unless (gst_buffer_map (buffer, &map, GST_MAP_READ));
    for (i = 0; i < map.size / sizeof (gfloat); i += 2)
      g_array_append_val (samples, ((gfloat *) map.data)[i]);
    gst_buffer_unmap (buffer, &map);
    gst_sample_unref (sample);
  }
  return samples;
}

GST_START_TEST (test_sound)
{
  const GstClockTime start = 1234567890;
  const guint64 offset = gst_util_uint64_scale_round (start, 48000, GST_SECOND);
  g_autoptr (GstMontagePlan) plan = film_test_plan (11, 12, FALSE);
  GstElement *pipeline = film_test_pipeline (AUDIO);
  GstAppSink *sink = film_test_sink (pipeline, "audio");
  g_autoptr (GArray) samples = NULL;
  guint64 length, fade, i;

  film_test_set_music (plan, start, GST_SECOND);
  length = gst_util_uint64_scale_round (plan->duration, 48000, GST_SECOND);
  fade = length - 48000;
  gst_element_set_state (pipeline, GST_STATE_PLAYING);
  film_test_push (pipeline, plan, TRUE);
  samples = pull_sound (pipeline, sink);
  fail_unless_equals_uint64 (samples->len, length);
  for (i = 0; i < length; i++) {
    gdouble x = i < fade ? 0 : (gdouble) (i - fade) / 48000;
    gdouble wanted = film_test_tone (offset + i) * cos (G_PI_2 * x);

    fail_unless (fabs (g_array_index (samples, gfloat, i) - wanted) < 1e-4,
        "sample %u", (guint) i);
  }
  stop (pipeline);
}
GST_END_TEST

/* The song is shorter than the film: silence, and a warning. */
GST_START_TEST (test_short_song)
{
  g_autoptr (GstMontagePlan) plan = film_test_plan (12, 12, FALSE);
  GstElement *pipeline = film_test_pipeline (AUDIO);
  GstAppSink *sink = film_test_sink (pipeline, "audio");
  g_autoptr (GArray) samples = NULL;
  guint64 length;

  film_test_set_music (plan, 29 * GST_SECOND, 0);
  length = gst_util_uint64_scale_round (plan->duration, 48000, GST_SECOND);
  gst_element_set_state (pipeline, GST_STATE_PLAYING);
  film_test_push (pipeline, plan, TRUE);
  samples = pull_sound (pipeline, sink);
  fail_unless_equals_uint64 (samples->len, length);
  fail_unless (g_array_index (samples, gfloat, 47999) != 0.0f);
  fail_unless (g_array_index (samples, gfloat, 48000) == 0.0f);
  fail_unless (g_array_index (samples, gfloat, length - 1) == 0.0f);
  fail_unless_equals_int (film_test_count_messages (pipeline,
                              GST_MESSAGE_WARNING, NULL),
      1);
  stop (pipeline);
}
GST_END_TEST

GST_START_TEST (test_sound_seek)
{
  g_autoptr (GstMontagePlan) plan = film_test_plan (13, 20, FALSE);
  GstElement *pipeline = film_test_pipeline (AUDIO);
  GstAppSink *sink = film_test_sink (pipeline, "audio");
  static const GstClockTime targets[] = {4 * GST_SECOND, GST_SECOND};
  guint i;

  film_test_set_music (plan, 0, 0);
  gst_element_set_state (pipeline, GST_STATE_PLAYING);
  film_test_push (pipeline, plan, TRUE);
  gst_sample_unref (film_test_pull (pipeline, sink));
  for (i = 0; i < G_N_ELEMENTS (targets); i++) {
    g_autoptr (GstSample) sample = NULL;
    gfloat value;

    fail_unless (gst_element_seek_simple (pipeline, GST_FORMAT_TIME,
        GST_SEEK_FLAG_FLUSH, targets[i]));
    sample = film_test_pull (pipeline, sink);
    fail_unless_equals_uint64 (GST_BUFFER_PTS (gst_sample_get_buffer (sample)),
        targets[i]);
    gst_buffer_extract (gst_sample_get_buffer (sample), 0, &value,
        sizeof value);
    fail_unless (fabs (value
                     - film_test_tone (
                         gst_util_uint64_scale (targets[i], 48000, GST_SECOND)))
        < 1e-4);
  }
  stop (pipeline);
}
GST_END_TEST

/* Luma at the middle of the left edge, and the code. */
static guint
show_first (const gchar *path, guint width, guint height, GstMontageFit fit,
    guint *id, guint *number)
{
  g_autoptr (GstMontagePlan) plan = film_test_plan_of (path, 4);
  GstElement *pipeline = film_test_pipeline (VIDEO NO_AUDIO);
  GstAppSink *sink = film_test_sink (pipeline, "video");
  g_autoptr (GstSample) sample = NULL;
  GstVideoInfo info;
  guint8 luma;

  plan->output.width = width;
  plan->output.height = height;
  plan->output.fit = fit;
  gst_element_set_state (pipeline, GST_STATE_PLAYING);
  film_test_push (pipeline, plan, TRUE);
  sample = film_test_pull (pipeline, sink);
  fail_unless (gst_video_info_from_caps (&info, gst_sample_get_caps (sample)));
  fail_unless_equals_int (info.width, width);
  fail_unless_equals_int (info.height, height);
  fail_unless_equals_int (info.finfo->format, GST_VIDEO_FORMAT_I420);
  fail_unless (film_test_read (sample, id, number));
  gst_buffer_extract (gst_sample_get_buffer (sample),
      info.offset[0] + (height / 2) * info.stride[0], &luma, 1);
  stop (pipeline);
  return luma;
}

GST_START_TEST (test_fit)
{
  g_autofree gchar *wide = film_test_special_clip ("wide.mp4", 320, 180, 0, 8);
  g_autofree gchar *odd = film_test_special_clip ("odd.mp4", 322, 182, 0, 8);
  g_autofree gchar *deep = film_test_special_clip ("deep.mp4", 320, 180, 0, 10);
  const gchar *const paths[] = {wide, odd, deep};
  guint id, number, edge, i;

  for (i = 0; i < G_N_ELEMENTS (paths); i++) {
    /* Into a square: crop fills it, the others leave bars above and below. */
    show_first (paths[i], 240, 240, GST_MONTAGE_FIT_CROP, &id, &number);
    fail_unless (id == 100 && number == 0);
    show_first (paths[i], 240, 240, GST_MONTAGE_FIT_PAD, &id, &number);
    fail_unless (id == 100 && number == 0);
    show_first (paths[i], 240, 240, GST_MONTAGE_FIT_BLUR, &id, &number);
    fail_unless (id == 100 && number == 0);
    /* Into a wide film: bars at the sides, black or not. */
    fail_unless_equals_int (show_first (paths[i], 640, 180, GST_MONTAGE_FIT_PAD,
                                &id, &number),
        16);
    edge = show_first (paths[i], 640, 180, GST_MONTAGE_FIT_BLUR, &id, &number);
    fail_unless (edge > 20, "%s: %u", paths[i], edge);
    fail_unless (id == 100 && number == 0);
  }
}
GST_END_TEST

GST_START_TEST (test_rotation)
{
  static const guint angles[] = {0, 90, 180, 270};
  guint id, number, i, fit;

  for (i = 0; i < G_N_ELEMENTS (angles); i++) {
    g_autofree gchar *name = g_strdup_printf ("turned%u.mp4", angles[i]);
    g_autofree gchar *path = film_test_special_clip (name, 180, 320, angles[i],
        8);

    for (fit = GST_MONTAGE_FIT_CROP; fit <= GST_MONTAGE_FIT_BLUR; fit++) {
      guint edge = show_first (path, 320, 180, fit, &id, &number);

      fail_unless (id == 100 && number == 0, "%u degrees, fit %u", angles[i],
          fit);
      fail_unless ((edge == 16) == (fit == GST_MONTAGE_FIT_PAD));
    }
  }
}
GST_END_TEST

static Suite *
montagetimeline_suite (void)
{
  Suite *suite = suite_create ("montagetimeline");
  TCase *tc = tcase_create ("general");

  tcase_set_timeout (tc, 100);
  suite_add_tcase (suite, tc);
  tcase_add_unchecked_fixture (tc, film_test_make_folder,
      film_test_remove_folder);
  tcase_add_test (tc, test_every_frame);
  tcase_add_test (tc, test_crossfades);
  tcase_add_test (tc, test_continued_cuts);
  tcase_add_test (tc, test_unlinked_audio);
  tcase_add_test (tc, test_unlinked_video);
  tcase_add_test (tc, test_seek);
  tcase_add_test (tc, test_seek_before_the_plan);
  tcase_add_test (tc, test_states);
  tcase_add_test (tc, test_missing_file);
  tcase_add_test (tc, test_broken_plan);
  tcase_add_test (tc, test_plan_in_pieces);
  tcase_add_test (tc, test_truncated_file);
  tcase_add_test (tc, test_no_video_at_all);
  tcase_add_test (tc, test_two_instances);
  tcase_add_test (tc, test_revision);
  tcase_add_test (tc, test_sound);
  tcase_add_test (tc, test_short_song);
  tcase_add_test (tc, test_sound_seek);
  tcase_add_test (tc, test_fit);
  tcase_add_test (tc, test_rotation);
  return suite;
}

GST_CHECK_MAIN (montagetimeline)
