/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <gst/montage/montage.h>

#include "smallmedia.h"

static void
setup (void)
{
  media_setup ();
}

/* Three clips and a song of eight seconds. */
static void
make_material (void)
{
  g_autofree gchar *folder = media_path ("clips");

  fail_unless_equals_int (g_mkdir (folder, 0700), 0);
  media_make_clip ("clips/a.avi", 150, "ball");
  media_make_clip ("clips/b.avi", 150, "snow");
  media_make_clip_with_sound ("clips/c.avi", 150);
  media_make_song ("song.ogg", 8);
}

static GstElement *
make_source (const gchar *clips)
{
  GstElement *source = gst_element_factory_make ("montagesrc", NULL);
  g_autofree gchar *music = media_path ("song.ogg");
  g_autofree gchar *folder = media_path (clips);

  fail_unless (source != NULL);
  g_object_set (source, "music", music, "clips", folder, "cache", FALSE, NULL);
  return source;
}

typedef struct
{
  GstElement *pipeline; /* borrowed */
  gint n_buffers[2];    /* video, audio; atomic */
} Film;

static GstPadProbeReturn
count_buffer (GstPad *pad, GstPadProbeInfo *info, gpointer counter)
{
  g_atomic_int_inc ((gint *) counter);
  return GST_PAD_PROBE_OK;
}

static gboolean
pad_has_sound (GstPad *pad)
{
  g_autoptr (GstCaps) caps = gst_pad_query_caps (pad, NULL);
  GstStructure *structure = gst_caps_get_structure (caps, 0);
  gboolean has_sound = gst_structure_has_name (structure, "audio/x-raw");

  fail_unless (has_sound || gst_structure_has_name (structure, "video/x-raw"));
  return has_sound;
}

/* Of uridecodebin, pads can come from several threads at once. */
static void
link_pad (GstElement *source, GstPad *pad, gpointer data)
{
  Film *film = data;
  GstElement *queue = gst_element_factory_make ("queue", NULL);
  GstElement *sink = gst_element_factory_make ("fakesink", NULL);
  g_autoptr (GstPad) sink_pad = gst_element_get_static_pad (queue, "sink");
  gint is_audio = pad_has_sound (pad);

  g_object_set (sink, "sync", FALSE, NULL);
  gst_bin_add_many (GST_BIN (film->pipeline), queue, sink, NULL);
  gst_element_link (queue, sink);
  gst_element_sync_state_with_parent (sink);
  gst_element_sync_state_with_parent (queue);
  gst_pad_add_probe (pad, GST_PAD_PROBE_TYPE_BUFFER, count_buffer,
      &film->n_buffers[is_audio], NULL);
  fail_unless_equals_int (gst_pad_link (pad, sink_pad), GST_PAD_LINK_OK);
}

/* What was posted until the end or the first error: progress as "TYPE code"
 * in turn, repeats left out; sentences of warnings and of the error. */
typedef struct
{
  GString *progress;
  GPtrArray *warnings;
  guint n_errors;
  gchar *error;
} Report;

static void
report_clear (Report *self)
{
  g_string_free (self->progress, TRUE);
  g_ptr_array_unref (self->warnings);
  g_free (self->error);
}

static void
note_progress (Report *report, GstMessage *message)
{
  static const gchar *const names[] = {"start", "continue", "complete",
      "canceled", "error"};
  GstProgressType type;
  g_autofree gchar *code = NULL;
  g_autofree gchar *text = NULL;
  g_autofree gchar *entry = NULL;

  gst_message_parse_progress (message, &type, &code, &text);
  fail_unless (text && *text);
  entry = g_strdup_printf ("%s %s\n", names[type], code);
  if (!g_str_has_suffix (report->progress->str, entry))
    g_string_append (report->progress, entry);
}

/* TRUE where @message ends the run. */
static gboolean
note_message (Report *report, GstMessage *message)
{
  g_autoptr (GError) error = NULL;

  switch (GST_MESSAGE_TYPE (message)) {
    case GST_MESSAGE_PROGRESS:
      note_progress (report, message);
      return FALSE;
    case GST_MESSAGE_WARNING:
      gst_message_parse_warning (message, &error, NULL);
      g_ptr_array_add (report->warnings, g_strdup (error->message));
      return FALSE;
    case GST_MESSAGE_ERROR:
      gst_message_parse_error (message, &error, NULL);
      report->n_errors++;
      g_free (report->error);
      report->error = g_strdup (error->message);
      return TRUE;
    default:
      return GST_MESSAGE_TYPE (message) == GST_MESSAGE_EOS;
  }
}

static Report
run_to_end (GstElement *pipeline)
{
  Report report = {g_string_new (NULL), g_ptr_array_new_with_free_func (g_free),
      0, NULL};
  g_autoptr (GstBus) bus = gst_element_get_bus (pipeline);
  gboolean ended = FALSE;

  gst_element_set_state (pipeline, GST_STATE_PLAYING);
  while (!ended) {
    g_autoptr (GstMessage) message = gst_bus_timed_pop (bus, 100 * GST_SECOND);

    fail_unless (message != NULL, "nothing for 100 s");
    ended = note_message (&report, message);
  }
  gst_element_set_state (pipeline, GST_STATE_NULL);
  return report;
}

/* Plays the film of @source, which it takes. */
static Report
play (GstElement *source, Film *film)
{
  g_autoptr (GstElement)
      pipeline = gst_object_ref_sink (gst_pipeline_new (NULL));

  film->pipeline = pipeline;
  g_signal_connect (source, "pad-added", G_CALLBACK (link_pad), film);
  gst_bin_add (GST_BIN (pipeline), source);
  return run_to_end (pipeline);
}

static GstMontagePlan *
plan_of (GstElement *source)
{
  g_autofree gchar *text = NULL;
  g_autoptr (GError) error = NULL;
  GstMontagePlan *plan;

  g_object_get (source, "plan", &text, NULL);
  fail_unless (text != NULL);
  plan = gst_montage_plan_from_json (text, -1, "plan", &error);
  fail_unless (plan != NULL, "%s", error ? error->message : "no error");
  return plan;
}

GST_START_TEST (film_is_made)
{
  g_autoptr (GstElement) source = NULL;
  g_autoptr (GstMontagePlan) plan = NULL;
  Film film = {NULL};
  Report report;

  make_material ();
  source = gst_object_ref (make_source ("clips"));
  g_object_set (source, "width", 97, "height", 64, "framerate", 30, 1, NULL);
  report = play (source, &film);
  fail_unless (report.error == NULL, "%s", report.error);
  fail_unless_equals_string (report.progress->str,
      "start direct\ncomplete direct\nstart analyse\ncontinue analyse\n"
      "complete analyse\nstart plan\ncomplete plan\nstart open\ncomplete open\n");
  plan = plan_of (source);
  fail_unless_equals_int (plan->output.width, 96);
  fail_unless_equals_uint64 ((guint64) film.n_buffers[0],
      gst_montage_plan_n_frames (plan));
  fail_unless (film.n_buffers[1] > 0);
  fail_unless_equals_int (plan->sources->len, 3);
  report_clear (&report);
}

GST_END_TEST;

GST_START_TEST (unlinked_pads_do_no_harm)
{
  g_autoptr (GstElement) pipeline = NULL;
  GstElement *source;
  Report report;

  make_material ();
  pipeline = gst_parse_launch (
      "montagesrc name=m duration=2000000000 m.audio_src ! fakesink "
      "sync=false",
      NULL);
  source = gst_bin_get_by_name (GST_BIN (pipeline), "m");
  {
    g_autofree gchar *music = media_uri ("song.ogg");
    g_autofree gchar *clips = media_path ("clips");

    g_object_set (source, "music", music, "clips", clips, "cache", FALSE, NULL);
  }
  gst_object_unref (source);
  report = run_to_end (pipeline);
  fail_unless (report.error == NULL, "%s", report.error);
  report_clear (&report);
}

GST_END_TEST;

GST_START_TEST (files_that_cannot_be_used_are_told)
{
  g_autoptr (GstElement) source = NULL;
  g_autoptr (GstMontagePlan) plan = NULL;
  Film film = {NULL};
  Report report;

  make_material ();
  media_write ("clips/text.mp4", "Not a film at all.\n", 19);
  source = gst_object_ref (make_source ("clips"));
  g_object_set (source, "duration", 2 * GST_SECOND, NULL);
  report = play (source, &film);
  fail_unless (report.error == NULL, "%s", report.error);
  fail_unless (report.warnings->len >= 1);
  fail_unless (strstr (g_ptr_array_index (report.warnings, 0),
                   "clips/text.mp4' is not a media file"),
      "%s", (gchar *) g_ptr_array_index (report.warnings, 0));
  plan = plan_of (source);
  fail_unless_equals_string (plan->notes[0],
      g_ptr_array_index (report.warnings, 0));
  fail_unless_equals_int (plan->sources->len, 3);
  report_clear (&report);
}

GST_END_TEST;

GST_START_TEST (music_has_to_be_long_enough)
{
  Film film = {NULL};
  GstElement *source;
  g_autofree gchar *music = media_path ("short.ogg");
  Report report;

  make_material ();
  media_make_song ("short.ogg", 1);
  source = make_source ("clips");
  g_object_set (source, "music", music, NULL);
  report = play (source, &film);
  fail_unless_equals_int (report.n_errors, 1);
  fail_unless (strstr (report.error, "short.ogg' lasts 1.0 s"), "%s",
      report.error);
  report_clear (&report);
}

GST_END_TEST;

GST_START_TEST (no_music_is_a_silent_film)
{
  Film film = {NULL};
  GstElement *source;
  g_autoptr (GstElement) kept = NULL;
  g_autoptr (GstMontagePlan) plan = NULL;
  Report report;

  make_material ();
  source = make_source ("clips");
  kept = gst_object_ref (source);
  g_object_set (source, "no-music", TRUE, "duration", 4 * GST_SECOND, NULL);
  report = play (source, &film);
  fail_unless (report.error == NULL, "%s", report.error);
  plan = plan_of (kept);
  fail_unless (plan->music.uri == NULL);
  fail_unless_equals_uint64 ((guint64) film.n_buffers[0],
      gst_montage_plan_n_frames (plan));
  report_clear (&report);
}

GST_END_TEST;

GST_START_TEST (silence_is_music)
{
  Film film = {NULL};
  GstElement *source;
  g_autofree gchar *music = media_path ("silent.ogg");
  Report report;

  make_material ();
  media_make ("silent.ogg",
      "audiotestsrc wave=silence num-buffers=300 ! "
      "audio/x-raw,rate=44100 ! vorbisenc ! oggmux");
  source = make_source ("clips");
  g_object_set (source, "music", music, NULL);
  report = play (source, &film);
  fail_unless_equals_int (report.n_errors, 0);
  fail_unless (film.n_buffers[0] > 0);
  fail_unless (film.n_buffers[1] > 0);
  report_clear (&report);
}

GST_END_TEST;

static const gchar rules[] =
    "{\"schema\": \"gst-montage/clips\", \"version\": 1, \"clips\": ["
    "{\"clip\": \"b.avi\", \"first\": true},"
    "{\"clip\": \"a.avi\", \"skip\": true}]}";

/* From the property, or from the file beside the clips. */
GST_START_TEST (clips_follow_rules)
{
  for (gint from_file = 0; from_file < 2; from_file++) {
    g_autoptr (GstElement) source = NULL;
    g_autoptr (GstMontagePlan) plan = NULL;
    Film film = {NULL};
    Report report;

    if (from_file)
      media_write ("clips/clips.json", rules, sizeof (rules) - 1);
    else
      make_material ();
    source = gst_object_ref (make_source ("clips"));
    g_object_set (source, "duration", 4 * GST_SECOND, "clip-rules",
        from_file ? NULL : rules, NULL);
    report = play (source, &film);
    fail_unless (report.error == NULL, "%s", report.error);
    plan = plan_of (source);
    fail_unless_equals_int (plan->sources->len, 3);
    fail_unless_equals_int (g_array_index (plan->sources, GstMontageSource, 0)
                                .n_cuts,
        0);
    fail_unless_equals_int (g_array_index (plan->cuts, GstMontageCut, 0).source,
        1);
    if (from_file)
      fail_unless (strstr (plan->notes[0], "clips/clips.json'") != NULL);
    report_clear (&report);
  }
}

GST_END_TEST;

GST_START_TEST (errors_come_once)
{
  static const struct
  {
    const gchar *property;
    const gchar *value;
    const gchar *sentence;
  } cases[] = {
      {"music", "/missing.ogg", "'/missing.ogg' does not exist"},
      {"music", NULL, "A film needs music"},
      {"clips", NULL, "A film needs clips"},
      {"clips", "/missing.mp4", "'/missing.mp4' does not exist"},
      {"style", "nonesuch", "nonesuch"},
      {"clip-rules", "/missing.json", "'/missing.json' cannot be read"},
      {"clip-rules",
          "{\"schema\": \"gst-montage/clips\", \"version\": 1, \"clips\": ["
          "{\"clip\": \"d.avi\", \"skip\": true}]}",
          "No clip is called 'd.avi'; there are 'a.avi', 'b.avi', 'c.avi'."},
  };

  make_material ();
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    Film film = {NULL};
    GstElement *source = make_source ("clips");
    Report report;

    g_object_set (source, cases[i].property, cases[i].value, NULL);
    report = play (source, &film);
    fail_unless_equals_int (report.n_errors, 1);
    fail_unless (strstr (report.error, cases[i].sentence), "%s", report.error);
    report_clear (&report);
  }
}

GST_END_TEST;

static void
wait_for_progress (GstBus *bus, const gchar *entry)
{
  Report report = {g_string_new (NULL), g_ptr_array_new_with_free_func (g_free),
      0, NULL};

  while (!strstr (report.progress->str, entry)) {
    g_autoptr (GstMessage) message = gst_bus_timed_pop_filtered (bus,
        60 * GST_SECOND, GST_MESSAGE_PROGRESS | GST_MESSAGE_ERROR);

    fail_unless (message != NULL);
    note_message (&report, message);
    fail_unless (report.error == NULL, "%s", report.error);
  }
  report_clear (&report);
}

GST_START_TEST (work_stops_at_any_time)
{
  static const gchar *const moments[] = {"start direct", "start analyse",
      "continue analyse", "complete analyse", "start plan", "start open"};
  g_autoptr (GstElement) pipeline = NULL;
  g_autoptr (GstBus) bus = NULL;
  GstElement *source;

  make_material ();
  pipeline = gst_object_ref_sink (gst_pipeline_new (NULL));
  source = make_source ("clips");
  gst_bin_add (GST_BIN (pipeline), source);
  bus = gst_element_get_bus (pipeline);
  for (guint i = 0; i < G_N_ELEMENTS (moments); i++) {
    gst_element_set_state (pipeline, GST_STATE_PLAYING);
    wait_for_progress (bus, moments[i]);
    fail_unless_equals_int (gst_element_set_state (pipeline,
                                i % 2 ? GST_STATE_NULL : GST_STATE_READY),
        GST_STATE_CHANGE_SUCCESS);
    gst_bus_set_flushing (bus, TRUE);
    gst_bus_set_flushing (bus, FALSE);
  }
  gst_element_set_state (pipeline, GST_STATE_NULL);
  fail_unless_equals_int (source->numsrcpads, 0);
}

GST_END_TEST;

GST_START_TEST (same_seed_same_plan)
{
  g_autofree gchar *first_plan = NULL;

  make_material ();
  /* Without the cache, then from a cold and a warm one. */
  for (guint i = 0; i < 3; i++) {
    g_autoptr (GstElement) source = gst_object_ref (make_source ("clips"));
    g_autofree gchar *plan = NULL;
    Film film = {NULL};
    Report report;

    g_object_set (source, "workers", i + 1, "cache", i > 0, "duration",
        3 * GST_SECOND, NULL);
    report = play (source, &film);
    fail_unless (report.error == NULL, "%s", report.error);
    report_clear (&report);
    g_object_get (source, "plan", &plan, NULL);
    if (!first_plan)
      first_plan = g_steal_pointer (&plan);
    else
      fail_unless_equals_string (plan, first_plan);
  }
}

GST_END_TEST;

GST_START_TEST (clips_can_be_listed)
{
  g_autoptr (GstElement) source = gst_object_ref_sink (
      gst_element_factory_make ("montagesrc", NULL));
  const gchar *const given[] = {"a.mp4", "b;c.mp4", "d e\\.mp4", NULL};
  g_auto (GStrv) list = NULL;
  g_autofree gchar *text = NULL;

  g_object_set (source, "clip-list", given, NULL);
  g_object_get (source, "clips", &text, NULL);
  fail_unless_equals_string (text, "a.mp4;b\\;c.mp4;d e\\.mp4");
  g_object_set (source, "clips", NULL, NULL);
  g_object_get (source, "clip-list", &list, NULL);
  fail_unless (list == NULL);
  g_object_set (source, "clips", text, NULL);
  g_object_get (source, "clip-list", &list, NULL);
  fail_unless (g_strv_equal ((const gchar *const *) list, given));
}

GST_END_TEST;

GST_START_TEST (uri_holds_the_settings)
{
  g_autoptr (GstElement) source = NULL;
  g_autoptr (GstElement) other = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree gchar *music = NULL;
  g_autofree gchar *uri = NULL;
  g_autofree gchar *again = NULL;
  guint64 seed;
  gint fit, fps_n, fps_d;

  source = gst_element_make_from_uri (GST_URI_SRC,
      "montage:?music=/a%20b%26%C3%A4.ogg&clips=/c%3B/d&seed=7&fit=pad&"
      "framerate=30000/1001&prompt=slow%2C%20warm",
      NULL, &error);
  fail_unless (source != NULL, "%s", error ? error->message : "no error");
  gst_object_ref_sink (source);
  g_object_get (source, "music", &music, "seed", &seed, "fit", &fit,
      "framerate", &fps_n, &fps_d, NULL);
  fail_unless_equals_string (music, "/a b&ä.ogg");
  fail_unless_equals_uint64 (seed, 7);
  fail_unless_equals_int (fit, GST_MONTAGE_FIT_PAD);
  fail_unless_equals_int (fps_n, 30000);
  fail_unless_equals_int (fps_d, 1001);
  uri = gst_uri_handler_get_uri (GST_URI_HANDLER (source));
  other = gst_element_make_from_uri (GST_URI_SRC, uri, NULL, NULL);
  gst_object_ref_sink (other);
  again = gst_uri_handler_get_uri (GST_URI_HANDLER (other));
  fail_unless_equals_string (again, uri);
}

GST_END_TEST;

GST_START_TEST (bad_uris_are_refused)
{
  static const gchar *const uris[] = {"montage:?nonesuch=1", "montage:?plan=x",
      "montage:?seed=many", "montage:?music=%zz", "montage:?music",
      "montage:?width=99999", "montage:?fit=stretch", "montage:?clip-list=a",
      "montage:?name=a"};
  g_autoptr (GstElement) source = gst_object_ref_sink (
      gst_element_factory_make ("montagesrc", NULL));

  for (guint i = 0; i < G_N_ELEMENTS (uris); i++) {
    g_autoptr (GError) error = NULL;

    fail_if (gst_uri_handler_set_uri (GST_URI_HANDLER (source), uris[i],
                 &error),
        "%s", uris[i]);
    fail_unless (error && error->domain == GST_URI_ERROR);
  }
}

GST_END_TEST;

GST_START_TEST (uridecodebin_plays_it)
{
  g_autofree gchar *music = NULL;
  g_autofree gchar *clips = NULL;
  g_autofree gchar *uri = NULL;
  GstElement *source = gst_element_factory_make ("uridecodebin", NULL);
  Film film = {NULL};
  Report report;

  make_material ();
  music = media_path ("song.ogg");
  clips = media_path ("clips");
  uri = g_strdup_printf (
      "montage:?music=%s&clips=%s&duration=2000000000&cache=false", music,
      clips);
  g_object_set (source, "uri", uri, NULL);
  report = play (source, &film);
  fail_unless (report.error == NULL, "%s", report.error);
  fail_unless (film.n_buffers[0] > 0);
  fail_unless (film.n_buffers[1] > 0);
  report_clear (&report);
}

GST_END_TEST;

static Suite *
montagesrc_suite (void)
{
  Suite *suite = suite_create ("montagesrc");
  TCase *tc = tcase_create ("general");

  suite_add_tcase (suite, tc);
  tcase_add_checked_fixture (tc, setup, media_teardown);
  tcase_set_timeout (tc, 120);
  tcase_add_test (tc, film_is_made);
  tcase_add_test (tc, unlinked_pads_do_no_harm);
  tcase_add_test (tc, files_that_cannot_be_used_are_told);
  tcase_add_test (tc, clips_follow_rules);
  tcase_add_test (tc, errors_come_once);
  tcase_add_test (tc, music_has_to_be_long_enough);
  tcase_add_test (tc, no_music_is_a_silent_film);
  tcase_add_test (tc, silence_is_music);
  tcase_add_test (tc, work_stops_at_any_time);
  tcase_add_test (tc, same_seed_same_plan);
  tcase_add_test (tc, clips_can_be_listed);
  tcase_add_test (tc, uri_holds_the_settings);
  tcase_add_test (tc, bad_uris_are_refused);
  tcase_add_test (tc, uridecodebin_plays_it);
  return suite;
}

int
main (int argc, char **argv)
{
  gst_check_init (&argc, &argv);
  /* beatdetect is not built without aubio. */
  if (!media_has_element ("beatdetect"))
    return 77;
  return gst_check_run_suite (montagesrc_suite (), "montagesrc", __FILE__);
}
