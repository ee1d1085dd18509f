/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "filmtest.h"

#include "../media/barcode.h"

#include <glib/gstdio.h>
#include <gst/controller/controller.h>
#include <gst/pbutils/encoding-profile.h>
#include <gst/pipelines/gestimeline.h>
#include <gst/video/video.h>
#include <unistd.h>

#define QUARTER (GST_SECOND / 120)

static GESTimeline *
make_timeline (const GstMontagePlan *plan)
{
  g_autoptr (GError) error = NULL;
  GESTimeline *timeline = montage_ges_timeline_new (plan, &error);

  fail_unless (timeline != NULL, "%s", error ? error->message : "no reason");
  return g_object_ref_sink (timeline);
}

/* The clips of a layer in order; transitions apart. */
static GPtrArray *
clips_of (GESTimeline *timeline, guint layer, guint *n_transitions)
{
  GPtrArray *found = g_ptr_array_new_with_free_func (gst_object_unref);
  GList *layers = ges_timeline_get_layers (timeline);
  GList *clips = ges_layer_get_clips (g_list_nth_data (layers, layer));
  GList *l;

  *n_transitions = 0;
  for (l = clips; l != NULL; l = l->next) {
    if (GES_IS_URI_CLIP (l->data)) {
      g_ptr_array_add (found, gst_object_ref (l->data));
    } else if (GES_IS_TRANSITION_CLIP (l->data)) {
      gint type;

      g_object_get (l->data, "vtype", &type, NULL);
      fail_unless_equals_int (type, GES_VIDEO_STANDARD_TRANSITION_TYPE_FADE_IN);
      ++*n_transitions;
    }
  }
  g_list_free_full (clips, gst_object_unref);
  g_list_free_full (layers, gst_object_unref);
  return found;
}

static void
check_clips (const GstMontagePlan *plan, GESTimeline *timeline)
{
  guint n_transitions, n_fades = 0, i;
  g_autoptr (GPtrArray) clips = clips_of (timeline, 0, &n_transitions);

  fail_unless_equals_int (clips->len, plan->cuts->len);
  for (i = 0; i < clips->len; i++) {
    const GstMontageCut *cut = &g_array_index (plan->cuts, GstMontageCut, i);
    GESTimelineElement *clip = g_ptr_array_index (clips, i);
    GstClockTime lead = (i > 0 ? QUARTER : 0) + cut->transition_duration / 2;

    n_fades += cut->transition == GST_MONTAGE_TRANSITION_CROSSFADE;
    fail_unless_equals_uint64 (clip->start, cut->start - lead);
    fail_unless_equals_uint64 (clip->inpoint, cut->in_point - lead);
    fail_unless_equals_string (ges_uri_clip_get_uri (GES_URI_CLIP (clip)),
        g_array_index (plan->sources, GstMontageSource, cut->source).uri);
    fail_unless_equals_string (ges_meta_container_get_string (
                                   GES_META_CONTAINER (clip), "montage-reason"),
        cut->reason);
  }
  fail_unless_equals_int (n_transitions, n_fades);
  fail_unless_equals_uint64 (ges_timeline_get_duration (timeline),
      plan->duration);
}

static void
add_beats (GstMontagePlan *plan)
{
  GstMontageBeat beat = {.position = 1, .energy = 0.5, .strength = 0.5};
  GstMontageSection section = {.label = GST_MONTAGE_SECTION_INTRO,
      .end = 5 * GST_SECOND};

  for (beat.time = 0; beat.time < 30 * GST_SECOND; beat.time += GST_SECOND / 2)
    g_array_append_val (plan->music.beats, beat);
  g_array_append_val (plan->music.sections, section);
  section = (GstMontageSection){.start = 5 * GST_SECOND,
      .end = 7 * GST_SECOND,
      .label = GST_MONTAGE_SECTION_DROP};
  g_array_append_val (plan->music.sections, section);
}

static GstClockTime
marker_position (GESMarkerList *list, guint index, const gchar *comment)
{
  GList *markers = ges_marker_list_get_markers (list);
  GESMarker *marker = g_list_nth_data (markers, index);
  GstClockTime position = GST_CLOCK_TIME_NONE;

  fail_unless (marker != NULL);
  g_object_get (marker, "position", &position, NULL);
  fail_unless_equals_string (ges_meta_container_get_string (GES_META_CONTAINER (
                                                                marker),
                                 "comment"),
      comment);
  g_list_free_full (markers, g_object_unref);
  return position;
}

/* Sections on the timeline, in its time; beats on the song, in the song's. The
 * film begins 2 s into the song. */
static void
check_markers (GESTimeline *timeline, GESTimelineElement *song)
{
  g_autoptr (GESMarkerList)
      sections = ges_meta_container_get_marker_list (GES_META_CONTAINER (
                                                         timeline),
          "markers");
  g_autoptr (GESTrackElement)
      source = ges_clip_find_track_element (GES_CLIP (song), NULL,
          GES_TYPE_AUDIO_SOURCE);
  g_autoptr (GESMarkerList)
      beats = ges_meta_container_get_marker_list (GES_META_CONTAINER (source),
          "beat_markers");
  GESMarkerFlags flags;

  fail_unless (sections != NULL);
  fail_unless_equals_int (ges_marker_list_size (sections), 2);
  fail_unless_equals_uint64 (marker_position (sections, 0, "intro"), 0);
  fail_unless_equals_uint64 (marker_position (sections, 1, "drop"),
      3 * GST_SECOND);
  fail_unless (beats != NULL);
  fail_unless_equals_int (ges_marker_list_size (beats), 60);
  fail_unless_equals_uint64 (marker_position (beats, 7, "bar"),
      7 * GST_SECOND / 2);
  g_object_get (beats, "flags", &flags, NULL);
  fail_unless_equals_int (flags, GES_MARKER_FLAG_SNAPPABLE);
}

GST_START_TEST (test_placement)
{
  g_autoptr (GstMontagePlan) plan = film_test_plan (21, 20, TRUE);
  g_autoptr (GESTimeline) timeline = NULL;
  g_autoptr (GPtrArray) music = NULL;
  GESTimelineElement *clip;
  guint n;

  film_test_set_music (plan, 2 * GST_SECOND, GST_SECOND);
  add_beats (plan);
  timeline = make_timeline (plan);
  check_clips (plan, timeline);
  music = clips_of (timeline, 1, &n);
  fail_unless_equals_int (music->len, 1);
  clip = g_ptr_array_index (music, 0);
  fail_unless_equals_uint64 (clip->start, 0);
  fail_unless_equals_uint64 (clip->inpoint, 2 * GST_SECOND);
  fail_unless_equals_uint64 (clip->duration, plan->duration);
  check_markers (timeline, clip);
}
GST_END_TEST

static void
on_loaded (GESProject *project, GESTimeline *timeline, gpointer data)
{
  g_main_loop_quit (data);
}

static GESTimeline *
load (const gchar *path)
{
  g_autofree gchar *uri = gst_filename_to_uri (path, NULL);
  g_autoptr (GESProject) project = ges_project_new (uri);
  g_autoptr (GMainLoop) loop = g_main_loop_new (NULL, FALSE);
  g_autoptr (GError) error = NULL;
  GESTimeline *timeline;

  g_signal_connect (project, "loaded", G_CALLBACK (on_loaded), loop);
  timeline = GES_TIMELINE (ges_asset_extract (GES_ASSET (project), &error));
  g_assert_no_error (error);
  g_object_ref_sink (timeline);
  g_main_loop_run (loop);
  return timeline;
}

/* The last second of the song is its fade: full before it, and nine points of
 * the curve. */
static void
check_volume (GESTimelineElement *song)
{
  g_autoptr (GESTrackElement)
      source = ges_clip_find_track_element (GES_CLIP (song), NULL,
          GES_TYPE_AUDIO_SOURCE);
  GstControlBinding *binding = ges_track_element_get_control_binding (source,
      "volume");
  g_autoptr (GstControlSource) keys = NULL;

  fail_unless (binding != NULL);
  g_object_get (binding, "control-source", &keys, NULL);
  fail_unless_equals_int (gst_timed_value_control_source_get_count (
                              GST_TIMED_VALUE_CONTROL_SOURCE (keys)),
      10);
}

/* All that a project is asked to keep. */
static void
check_project (const GstMontagePlan *plan, GESTimeline *timeline)
{
  GESProject *project = GES_PROJECT (
      ges_extractable_get_asset (GES_EXTRACTABLE (timeline)));
  const GList *profiles = ges_project_list_encoding_profiles (project);
  guint n_transitions;
  g_autoptr (GPtrArray) music = clips_of (timeline, 1, &n_transitions);

  check_clips (plan, timeline);
  fail_unless_equals_int (music->len, 1);
  check_markers (timeline, g_ptr_array_index (music, 0));
  check_volume (g_ptr_array_index (music, 0));
  fail_unless (profiles != NULL);
  fail_unless_equals_string (gst_encoding_profile_get_name (profiles->data),
      "gst-montage");
}

/* What users call their files; loaded and saved by GES, and loaded again. */
GST_START_TEST (test_xges_again)
{
  g_autofree gchar *clip = film_test_clip (CLIP_30);
  g_autofree gchar *odd = film_test_path ("ä 'q' \"x\" %41 & <y> #.mkv");
  g_autofree gchar *path = film_test_path ("film.xges");
  g_autofree gchar *again_path = film_test_path ("again.xges");
  g_autofree gchar *uri = NULL;
  g_autoptr (GstMontagePlan) plan = NULL;
  g_autoptr (GESTimeline) timeline = NULL;
  g_autoptr (GESTimeline) again = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree gchar *text = NULL;
  g_autofree gchar *data = NULL;
  gsize length;

  fail_unless (g_file_get_contents (clip, &data, &length, NULL));
  fail_unless (g_file_set_contents (odd, data, length, NULL));
  plan = film_test_plan_of (odd, 30);
  film_test_add_cut (plan, 0, 100, 30, 6);
  film_test_add_cut (plan, 0, 150, 90, 0);
  film_test_set_music (plan, 2 * GST_SECOND, GST_SECOND);
  add_beats (plan);
  g_array_index (plan->sources, GstMontageSource, 0).duration = 10 * GST_SECOND;
  text = montage_ges_timeline_to_xges (plan, &error);
  g_assert_no_error (error);
  fail_unless (g_str_has_prefix (text, "<ges"));
  fail_unless (g_file_set_contents (path, text, -1, NULL));
  timeline = load (path);
  check_project (plan, timeline);
  uri = gst_filename_to_uri (again_path, NULL);
  fail_unless (ges_timeline_save_to_uri (timeline, uri, NULL, TRUE, &error));
  again = load (again_path);
  check_project (plan, again);
}
GST_END_TEST

typedef void (*SeeSample) (GstSample *sample, gint *seen);

static void
see_code (GstSample *sample, gint *seen)
{
  guint id, number;

  if (film_test_read (sample, &id, &number))
    *seen = (gint) number;
}

/* Plays the timeline through GES; @shown[k * n_each] becomes what @see sees in
 * frame k. */
static void
play_ges (GESTimeline *timeline, const GstMontagePlan *plan, SeeSample see,
    gint *shown, guint n_each)
{
  GESPipeline *pipeline = ges_pipeline_new ();
  GstElement *sink = gst_element_factory_make ("appsink", NULL);
  guint64 k, n_frames = gst_montage_plan_n_frames (plan);
  g_autoptr (GstCaps)
      caps = gst_caps_from_string ("video/x-raw, format=(string)I420");
  GstSample *sample;

  g_object_set (sink, "sync", FALSE, "max-buffers", 4, "caps", caps, NULL);
  fail_unless (ges_pipeline_set_timeline (pipeline, timeline));
  ges_pipeline_preview_set_video_sink (pipeline, sink);
  ges_pipeline_preview_set_audio_sink (pipeline,
      gst_element_factory_make ("fakesink", NULL));
  ges_pipeline_set_mode (pipeline, GES_PIPELINE_MODE_PREVIEW);
  gst_element_set_state (GST_ELEMENT (pipeline), GST_STATE_PLAYING);
  /* The sink is not started before its stream is there. */
  fail_unless (gst_element_get_state (GST_ELEMENT (pipeline), NULL, NULL,
                   60 * GST_SECOND)
      == GST_STATE_CHANGE_SUCCESS);
  for (k = 0; k < n_frames * n_each; k++)
    shown[k] = -1;
  while (
      (sample = film_test_pull (GST_ELEMENT (pipeline), GST_APP_SINK (sink)))) {
    GstClockTime time = gst_segment_to_stream_time (gst_sample_get_segment (
                                                        sample),
        GST_FORMAT_TIME, GST_BUFFER_PTS (gst_sample_get_buffer (sample)));

    k = gst_montage_output_frame_at (&plan->output, time);
    if (k < n_frames)
      see (sample, shown + k * n_each);
    gst_sample_unref (sample);
  }
  gst_element_set_state (GST_ELEMENT (pipeline), GST_STATE_NULL);
  gst_object_unref (pipeline);
}

/* GES and we show the same frame in the middle of each cut; at the cuts
 * themselves GES 1.22 may err. The source has the film's rate: where rates
 * differ, GES takes the nearest frame instead of the last one. */
GST_START_TEST (test_agreement)
{
  g_autofree gchar *clip = film_test_clip (CLIP_30);
  g_autoptr (GstMontagePlan) plan = film_test_plan_of (clip, 20);
  g_autofree gint *shown = NULL;
  guint i, id, wanted, agreed = 0;
  guint64 k, n_frames;

  g_array_index (plan->sources, GstMontageSource, 0).duration = 10 * GST_SECOND;
  for (i = 0; i < 9; i++)
    film_test_add_cut (plan, 0, 20 + (i * 97) % 230, 15 + i, 0);
  n_frames = gst_montage_plan_n_frames (plan);
  shown = g_new (gint, n_frames);
  play_ges (make_timeline (plan), plan, see_code, shown, 1);
  for (k = 0; k < n_frames; k++) {
    film_test_expected (plan, k, &id, &wanted);
    agreed += shown[k] == (gint) wanted;
  }
  GST_INFO ("%u of %u frames agree", agreed, (guint) n_frames);
  for (i = 0; i < plan->cuts->len; i++) {
    const GstMontageCut *cut = &g_array_index (plan->cuts, GstMontageCut, i);

    k = gst_montage_output_frame_at (&plan->output,
        cut->start + cut->duration / 2);
    film_test_expected (plan, k, &id, &wanted);
    fail_unless (shown[k] == (gint) wanted,
        "cut %u: GES shows %d instead of %u; %u of %u frames agree", i,
        shown[k], wanted, agreed, (guint) n_frames);
  }
  fail_unless (agreed >= n_frames - plan->cuts->len, "%u of %u frames agree",
      agreed, (guint) n_frames);
}
GST_END_TEST

static void
draw_code (guint32 *pixels, guint width, guint height)
{
  for (guint i = 0; i < width * height; i++)
    pixels[i] = 0xff808080;
  montage_barcode_write (pixels, width, height, 9, 77);
}

/* A still, slow motion and a zoom: all in their places, and what GES shows of
 * them in the middle of each cut. */
GST_START_TEST (test_pictures)
{
  g_autofree gchar *clip = film_test_clip (CLIP_30);
  g_autofree gchar *photo = film_test_still ("code.png", 640, 360, "pngenc",
      draw_code);
  g_autoptr (GstMontagePlan) plan = film_test_plan_of (clip, 20);
  guint source = film_test_add_still (plan, photo);
  g_autofree gint *shown = NULL;
  guint i, id, wanted;

  g_array_index (plan->sources, GstMontageSource, 0).duration = 10 * GST_SECOND;
  film_test_add_cut (plan, source, 0, 400, 0);
  film_test_zoom (plan, 1, 1.3, 0.5, 0.5);
  film_test_add_cut (plan, 0, 100, 30, 0);
  film_test_slow_down (plan, 0.5);
  film_test_add_cut (plan, 0, 20, 30, 0);
  film_test_zoom (plan, 1.4, 1, 0.5, 0.5);
  /* At normal speed the clip is too short for it. */
  film_test_add_cut (plan, 0, 280, 60, 0);
  film_test_slow_down (plan, 0.25);
  shown = g_new (gint, gst_montage_plan_n_frames (plan));
  play_ges (make_timeline (plan), plan, see_code, shown, 1);
  for (i = 0; i < plan->cuts->len; i++) {
    const GstMontageCut *cut = &g_array_index (plan->cuts, GstMontageCut, i);
    guint64 k = gst_montage_output_frame_at (&plan->output,
        cut->start + cut->duration / 2);

    film_test_expected (plan, k, &id, &wanted);
    if (cut->source == source)
      wanted = 77;
    /* Of slow motion, GES takes the nearest frame instead of the last one. */
    fail_unless (shown[k] == (gint) wanted
            || (cut->speed < 1 && shown[k] == (gint) wanted + 1),
        "cut %u: GES shows %d instead of %u", i, shown[k], wanted);
  }
}
GST_END_TEST

/* ---- transitions ---- */

#define SHOT_FRAMES 24
#define HALF 6

static void
draw_dark (guint32 *pixels, guint width, guint height)
{
  for (guint i = 0; i < width * height; i++)
    pixels[i] = 0xff404040;
}

static void
draw_light (guint32 *pixels, guint width, guint height)
{
  for (guint i = 0; i < width * height; i++)
    pixels[i] = 0xffb0b0b0;
}

/* A dark still and a light one in turn, and a cut for each transition. */
static GstMontagePlan *
plan_transitions (void)
{
  g_autofree gchar *dark = film_test_still ("dark.png", 320, 180, "pngenc",
      draw_dark);
  g_autofree gchar *light = film_test_still ("light.png", 320, 180, "pngenc",
      draw_light);
  GstMontagePlan *plan = film_test_plan (1, 0, FALSE);
  guint first = film_test_add_still (plan, dark);

  film_test_add_still (plan, light);
  for (guint kind = 0; kind <= GST_MONTAGE_TRANSITION_WIPE_DOWN; kind++) {
    film_test_add_cut (plan, first + kind % 2, 0, SHOT_FRAMES,
        kind > 0 ? 2 * HALF : 0);
    film_test_set_transition (plan, kind);
  }
  return plan;
}

/* Brightness of the five places of a frame: left, right, top, bottom, middle. */
#define N_PLACES 5

static void
read_places (GstSample *sample, gint *levels)
{
  static const gdouble places[N_PLACES][2] = {{0.2, 0.5}, {0.8, 0.5},
      {0.5, 0.2}, {0.5, 0.8}, {0.5, 0.5}};
  GstVideoInfo info;
  GstVideoFrame frame;

  fail_unless (gst_video_info_from_caps (&info, gst_sample_get_caps (sample)));
  fail_unless (gst_video_frame_map (&frame, &info,
      gst_sample_get_buffer (sample), GST_MAP_READ));
  for (guint i = 0; i < N_PLACES; i++) {
    const guint8 *row = (guint8 *) GST_VIDEO_FRAME_PLANE_DATA (&frame, 0)
        + (gint) (places[i][1] * info.height)
            * GST_VIDEO_FRAME_PLANE_STRIDE (&frame, 0);

    levels[i] = row[(gint) (places[i][0] * info.width)];
  }
  gst_video_frame_unmap (&frame);
}

/* levels[k * N_PLACES] are those of frame k. */
static void
pull_places (GstElement *pipeline, GstAppSink *sink, const GstMontagePlan *plan,
    gint *levels)
{
  guint64 n_frames = gst_montage_plan_n_frames (plan);
  GstSample *sample;

  while ((sample = film_test_pull (pipeline, sink))) {
    guint64 k = gst_montage_output_frame_at (&plan->output,
        gst_segment_to_stream_time (gst_sample_get_segment (sample),
            GST_FORMAT_TIME, GST_BUFFER_PTS (gst_sample_get_buffer (sample))));

    if (k < n_frames)
      read_places (sample, levels + k * N_PLACES);
    gst_sample_unref (sample);
  }
}

/* Whether GES shows at frame @k and place @i what we show there or at a frame
 * beside it: it reads its curves up to half a frame earlier than we do. */
static gboolean
is_near (const gint *ges, const gint *ours, guint64 n_frames, guint64 k,
    guint i)
{
  gint least = 255, most = 0;

  for (guint64 n = MAX (k, 1) - 1; n < MIN (k + 2, n_frames); n++) {
    least = MIN (least, ours[n * N_PLACES + i]);
    most = MAX (most, ours[n * N_PLACES + i]);
  }
  return ges[k * N_PLACES + i] >= least - 2
      && ges[k * N_PLACES + i] <= most + 2;
}

/* GES and we draw the same transitions. */
GST_START_TEST (test_transitions)
{
  g_autoptr (GstMontagePlan) plan = plan_transitions ();
  guint64 n_frames = gst_montage_plan_n_frames (plan);
  g_autofree gint *ges = g_new0 (gint, n_frames * N_PLACES);
  g_autofree gint *ours = g_new0 (gint, n_frames * N_PLACES);
  GstElement *pipeline = film_test_pipeline (
      "t.video_src ! appsink name=video max-buffers=4");
  GstAppSink *sink = film_test_sink (pipeline, "video");

  gst_element_set_state (pipeline, GST_STATE_PLAYING);
  film_test_push (pipeline, plan, TRUE);
  pull_places (pipeline, sink, plan, ours);
  gst_element_set_state (pipeline, GST_STATE_NULL);
  gst_object_unref (pipeline);
  play_ges (make_timeline (plan), plan, read_places, ges, N_PLACES);
  for (guint k = 0; k < n_frames; k++) {
    for (guint i = 0; i < N_PLACES; i++)
      fail_unless (is_near (ges, ours, n_frames, k, i),
          "frame %u, transition %u, place %u: GES shows %d instead of %d", k,
          (k + SHOT_FRAMES / 2) / SHOT_FRAMES, i, ges[k * N_PLACES + i],
          ours[k * N_PLACES + i]);
  }
}
GST_END_TEST

static gpointer
run_loop (gpointer loop)
{
  g_main_loop_run (loop);
  return NULL;
}

/* As in gst-launch-1.0, where the timeline is made in a streaming thread. Each
 * file is another one: GES remembers what it has opened. */
GST_START_TEST (test_loop_in_another_thread)
{
  g_autofree gchar *clip = film_test_clip (CLIP_25);
  g_autoptr (GMainLoop) loop = g_main_loop_new (NULL, FALSE);
  GThread *thread = g_thread_new ("loop", run_loop, loop);

  for (guint k = 0; k < 16; k++) {
    g_autofree gchar *name = g_strdup_printf ("loop-%u.webm", k);
    g_autofree gchar *path = film_test_path (name);
    g_autoptr (GstMontagePlan) plan = NULL;
    g_autoptr (GESTimeline) timeline = NULL;

    fail_unless_equals_int (symlink (clip, path), 0);
    plan = film_test_plan_of (path, 30);
    timeline = make_timeline (plan);
    check_clips (plan, timeline);
  }
  g_main_loop_quit (loop);
  g_thread_join (thread);
}
GST_END_TEST

static Suite *
gestimeline_suite (void)
{
  Suite *suite = suite_create ("gestimeline");
  TCase *tc = tcase_create ("general");

  tcase_set_timeout (tc, 100);
  tcase_add_checked_fixture (tc, (SFun) ges_init, NULL);
  suite_add_tcase (suite, tc);
  tcase_add_unchecked_fixture (tc, film_test_make_folder,
      film_test_remove_folder);
  tcase_add_test (tc, test_placement);
  tcase_add_test (tc, test_xges_again);
  tcase_add_test (tc, test_agreement);
  tcase_add_test (tc, test_pictures);
  tcase_add_test (tc, test_transitions);
  tcase_add_test (tc, test_loop_in_another_thread);
  return suite;
}

GST_CHECK_MAIN (gestimeline)
