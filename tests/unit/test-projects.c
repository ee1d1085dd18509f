/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include <gst/check/gstcheck.h>
#include <gst/montage/json.h>
#include <gst/montage/montage.h>
#include <gst/montage/timecode.h>

/* ---- time codes ---- */

static void
assert_timecode (gint fps_n, gint fps_d, guint64 frame, const gchar *expected)
{
  MontageTimecode timecode = montage_timecode_for (fps_n, fps_d);
  g_autofree gchar *text = montage_timecode_text (&timecode, frame);

  fail_unless_equals_string (text, expected);
}

/* The numbers that SMPTE 12M drops, at their edges. */
GST_START_TEST (test_timecodes)
{
  assert_timecode (25, 1, 0, "00:00:00:00");
  assert_timecode (25, 1, 25 * 3600 + 24, "01:00:00:24");
  assert_timecode (24000, 1001, 24, "00:00:01:00");
  assert_timecode (30, 1, 1800, "00:01:00:00");
  assert_timecode (30000, 1001, 1799, "00:00:59;29");
  assert_timecode (30000, 1001, 1800, "00:01:00;02");
  assert_timecode (30000, 1001, 3597, "00:01:59;29");
  assert_timecode (30000, 1001, 3598, "00:02:00;02");
  assert_timecode (30000, 1001, 17981, "00:09:59;29");
  assert_timecode (30000, 1001, 17982, "00:10:00;00");
  assert_timecode (30000, 1001, 107892, "01:00:00;00");
  assert_timecode (60000, 1001, 3600, "00:01:00;04");
}
GST_END_TEST;

/* Each frame has its own code, and they rise. */
GST_START_TEST (test_timecodes_are_unique)
{
  MontageTimecode timecode = montage_timecode_for (30000, 1001);
  g_autofree gchar *last = g_strdup ("");

  for (guint64 frame = 0; frame < 20000; frame++) {
    gchar *text = montage_timecode_text (&timecode, frame);

    fail_unless (strcmp (last, text) < 0, "%s, then %s", last, text);
    g_free (last);
    last = text;
  }
  fail_unless_equals_uint64 (montage_timecode_hour (&timecode, 1), 107892);
}
GST_END_TEST;

/* ---- a film ---- */

static void
add_source (GstMontagePlan *plan, const gchar *uri, gint fps_n, gint fps_d)
{
  GstMontageSource source = {.uri = g_strdup (uri),
      .duration = 20 * GST_SECOND,
      .width = 640,
      .height = 360,
      .fps_n = fps_n,
      .fps_d = fps_d,
      .n_shots = 1};

  g_array_append_val (plan->sources, source);
}

/* @n_frames from source frame @from on; @half: of a crossfade into it. */
static GstMontageCut *
add_cut (GstMontagePlan *plan, guint source, guint64 from, guint64 n_frames,
    guint64 half)
{
  const GstMontageSource *clip = &g_array_index (plan->sources,
      GstMontageSource, source);
  guint64 first = gst_montage_plan_n_frames (plan);
  GstMontageCut cut;

  gst_montage_cut_init (&cut);
  cut.start = plan->duration;
  cut.duration = gst_montage_output_frame_time (&plan->output, first + n_frames)
      - cut.start;
  cut.source = source;
  cut.in_point = gst_util_uint64_scale (GST_SECOND * clip->fps_d, 4 * from + 1,
      4 * (guint64) clip->fps_n);
  cut.reason = g_strdup ("On \"the\" beat <&>.");
  if (half > 0) {
    cut.transition = GST_MONTAGE_TRANSITION_CROSSFADE;
    cut.transition_duration = 2
        * gst_montage_output_frame_time (&plan->output, half);
  }
  g_array_append_val (plan->cuts, cut);
  plan->duration += cut.duration;
  plan->music.duration = plan->duration;
  return &g_array_index (plan->cuts, GstMontageCut, plan->cuts->len - 1);
}

static GstMontagePlan *
new_plan (gint fps_n, gint fps_d)
{
  GstMontagePlan *plan = gst_montage_plan_new ();

  plan->output = (GstMontageOutput){640, 360, fps_n, fps_d,
      GST_MONTAGE_FIT_CROP};
  plan->music.uri = g_strdup ("file:///music/the%20song.ogg");
  plan->music.start = 2500 * GST_MSECOND;
  add_source (plan, "file:///clips/a%20long-name.mp4", 25, 1);
  add_source (plan, "file:///clips/a%20long-name%202.mp4", 50, 1);
  for (guint i = 0; i < 8; i++) {
    GstMontageBeat beat = {.time = (2 + i) * GST_SECOND,
        .position = i % 4 + 1,
        .energy = 0.5,
        .strength = 1};
    g_array_append_val (plan->music.beats, beat);
  }
  for (guint i = 0; i < 2; i++) {
    GstMontageSection section = {.start = 4 * i * GST_SECOND,
        .end = 4 * (i + 1) * GST_SECOND,
        .label = i == 0 ? GST_MONTAGE_SECTION_BUILD : GST_MONTAGE_SECTION_DROP};
    g_array_append_val (plan->music.sections, section);
  }
  return plan;
}

static const GstMontageProjectOptions plain = {0};

/* ---- edit decision lists ---- */

GST_START_TEST (test_edl)
{
  g_autoptr (GstMontagePlan) plan = new_plan (25, 1);
  g_auto (GStrv) lists = NULL;

  add_cut (plan, 0, 100, 50, 0);
  add_cut (plan, 1, 200, 25, 6);
  add_cut (plan, 0, 10, 25, 0)->speed = 0.5;
  lists = gst_montage_plan_to_edl (plan, &plain);
  fail_unless_equals_int (g_strv_length (lists), 1);
  fail_unless_equals_string (lists[0],
      "TITLE: montage\n"
      "FCM: NON-DROP FRAME\n"
      "\n"
      "001  THE_SONG AA    C        00:00:02:13 00:00:06:13 01:00:00:00 "
      "01:00:04:00\n"
      "* FROM CLIP NAME: the song.ogg\n"
      "002  A_LONG_N V     C        00:00:04:00 00:00:05:19 01:00:00:00 "
      "01:00:01:19\n"
      "* FROM CLIP NAME: a long-name.mp4\n"
      "* SOURCE FILE: /clips/a long-name.mp4\n"
      "003  A_LONG_N V     C        00:00:05:19 00:00:05:19 01:00:01:19 "
      "01:00:01:19\n"
      "003  A_LONG_2 V     D    012 00:00:03:19 00:00:05:00 01:00:01:19 "
      "01:00:03:00\n"
      "* FROM CLIP NAME: a long-name.mp4\n"
      "* SOURCE FILE: /clips/a long-name.mp4\n"
      "* TO CLIP NAME: a long-name 2.mp4\n"
      "* SOURCE FILE: /clips/a long-name 2.mp4\n"
      "004  A_LONG_N V     C        00:00:00:10 00:00:00:23 01:00:03:00 "
      "01:00:04:00\n"
      "* FROM CLIP NAME: a long-name.mp4\n"
      "* SOURCE FILE: /clips/a long-name.mp4\n"
      "M2   A_LONG_N 012.5                00:00:00:10\n");
}
GST_END_TEST;

/* The record times go on; each list has its 999 events. */
/* Wipes are events as crossfades are; dips are cuts that say so. */
GST_START_TEST (test_looks)
{
  static const gchar *const lines[] = {"V     D    008", "* DIP TO BLACK: 8 ",
      "* DIP TO WHITE: 8 ", "V     W101 008", "V     W001 008",
      "V     W102 008", "V     W002 008"};
  static const gchar *const names[] = {"\"crossfade\"", "\"dip_black\"",
      "\"dip_white\"", "\"wipe_left\"", "\"wipe_right\"", "\"wipe_up\"",
      "\"wipe_down\""};
  GstMontageProjectOptions options = {.title = "looks"};
  g_autoptr (GstMontagePlan) plan = new_plan (25, 1);
  g_autofree gchar *otio = NULL;
  g_auto (GStrv) edl = NULL;

  add_cut (plan, 0, 100, 30, 0);
  for (gint kind = GST_MONTAGE_TRANSITION_CROSSFADE;
       kind <= GST_MONTAGE_TRANSITION_WIPE_DOWN; kind++)
    add_cut (plan, kind % 2, 100, 30, 4)->transition = kind;
  edl = gst_montage_plan_to_edl (plan, &options);
  otio = gst_montage_plan_to_otio (plan, &options);
  for (guint i = 0; i < G_N_ELEMENTS (lines); i++) {
    fail_unless (strstr (edl[0], lines[i]) != NULL, "%s: %s", lines[i], edl[0]);
    fail_unless (strstr (otio, names[i]) != NULL, "%s", names[i]);
  }
}
GST_END_TEST;

GST_START_TEST (test_long_edl)
{
  g_autoptr (GstMontagePlan) plan = new_plan (30000, 1001);
  g_auto (GStrv) lists = NULL;

  for (guint i = 0; i < 1500; i++)
    add_cut (plan, i % 2, i % 100, 20, 0);
  lists = gst_montage_plan_to_edl (plan, &plain);
  fail_unless_equals_int (g_strv_length (lists), 2);
  fail_unless (strstr (lists[0], "FCM: DROP FRAME") != NULL);
  fail_unless (strstr (lists[0], "\n999  ") != NULL);
  fail_unless (strstr (lists[0], "\n1000  ") == NULL);
  fail_unless (g_str_has_prefix (lists[1], "TITLE: montage PART 2\n"));
  /* 998 cuts of 20 frames are in the first: 19960 frames. */
  fail_unless (strstr (lists[1], "01:11:06;00") != NULL, "%.400s", lists[1]);
  fail_unless (strstr (lists[1], "\n502  ") != NULL);
  fail_unless (strstr (lists[1], "\n503  ") == NULL);
}
GST_END_TEST;

GST_START_TEST (test_marker_edl)
{
  g_autoptr (GstMontagePlan) plan = new_plan (25, 1);
  g_autofree gchar *list = NULL;

  add_cut (plan, 0, 100, 100, 0);
  list = gst_montage_plan_to_marker_edl (plan, &plain);
  fail_unless_equals_string (list,
      "TITLE: montage\n"
      "FCM: NON-DROP FRAME\n"
      "\n"
      "001  001      V     C        01:00:00:00 01:00:00:01 01:00:00:00 "
      "01:00:00:01\n"
      " |C:ResolveColorYellow |M:build |D:1\n"
      "002  001      V     C        01:00:01:13 01:00:01:14 01:00:01:13 "
      "01:00:01:14\n"
      " |C:ResolveColorRed |M:drop |D:1\n"
      "003  001      V     C        01:00:03:13 01:00:03:14 01:00:03:13 "
      "01:00:03:14\n"
      " |C:ResolveColorCyan |M:downbeat |D:1\n");
}
GST_END_TEST;

/* ---- OpenTimelineIO ---- */

static JsonObject *
member (JsonObject *object, const gchar *path)
{
  g_auto (GStrv) names = g_strsplit (path, ".", -1);

  for (guint i = 0; names[i] != NULL; i++) {
    fail_unless (json_object_has_member (object, names[i]), "%s of %s",
        names[i], path);
    object = json_object_get_object_member (object, names[i]);
  }
  return object;
}

static void
assert_schema (JsonObject *object, const gchar *schema)
{
  fail_unless_equals_string (json_object_get_string_member (object,
                                 "OTIO_SCHEMA"),
      schema);
}

static gdouble
value_of (JsonObject *object, const gchar *path)
{
  JsonObject *time = member (object, path);

  assert_schema (time, "RationalTime.1");
  return json_object_get_double_member (time, "value");
}

static JsonObject *
child (JsonObject *parent, guint index)
{
  return json_array_get_object_element (json_object_get_array_member (parent,
                                            "children"),
      index);
}

static JsonNode *
read_otio (const GstMontagePlan *plan, const GstMontageProjectOptions *options)
{
  g_autofree gchar *text = gst_montage_plan_to_otio (plan, options);
  g_autoptr (GError) error = NULL;
  JsonNode *root = gst_montage_json_parse (text, -1, "film.otio", &error);

  fail_unless (root != NULL, "%s", error != NULL ? error->message : "");
  return root;
}

GST_START_TEST (test_otio)
{
  g_autoptr (GstMontagePlan) plan = new_plan (25, 1);
  g_autoptr (JsonNode) root = NULL;
  JsonObject *film, *video, *clip;

  add_cut (plan, 0, 100, 50, 0);
  add_cut (plan, 1, 200, 25, 6);
  add_cut (plan, 0, 10, 25, 0)->speed = 0.5;
  root = read_otio (plan, &plain);
  film = json_node_get_object (root);
  assert_schema (film, "Timeline.1");
  assert_schema (member (film, "tracks"), "Stack.1");
  video = child (member (film, "tracks"), 0);
  assert_schema (video, "Track.1");
  fail_unless_equals_string (json_object_get_string_member (video, "kind"),
      "Video");

  clip = child (video, 0);
  assert_schema (clip, "Clip.2");
  fail_unless_equals_float (value_of (clip, "source_range.start_time"), 100);
  fail_unless_equals_float (value_of (clip, "source_range.duration"), 50);
  clip = member (clip, "media_references.DEFAULT_MEDIA");
  assert_schema (clip, "ExternalReference.1");
  fail_unless_equals_string (json_object_get_string_member (clip, "target_url"),
      "/clips/a long-name.mp4");
  fail_unless_equals_float (value_of (clip, "available_range.duration"), 500);

  assert_schema (child (video, 1), "Transition.1");
  fail_unless_equals_float (value_of (child (video, 1), "in_offset"), 6);
  fail_unless_equals_float (value_of (child (video, 1), "out_offset"), 6);
  /* 4 s into a clip of 50 frames per second, counted at 25. */
  fail_unless_equals_float (value_of (child (video, 2),
                                "source_range.start_time"),
      100);
  fail_unless_equals_int (json_array_get_length (
                              json_object_get_array_member (child (video, 3),
                                  "effects")),
      1);
  fail_unless_equals_float (value_of (child (child (member (film, "tracks"), 1),
                                          0),
                                "source_range.start_time"),
      63);
}
GST_END_TEST;

static void
assert_media (GstMontagePaths paths, const gchar *folder, const gchar *expected)
{
  g_autoptr (GstMontagePlan) plan = new_plan (25, 1);
  GstMontageProjectOptions options = {NULL, paths, folder};
  g_autoptr (JsonNode) root = NULL;
  JsonObject *clip;

  add_cut (plan, 0, 100, 50, 0);
  root = read_otio (plan, &options);
  clip = child (child (member (json_node_get_object (root), "tracks"), 0), 0);
  fail_unless_equals_string (
      json_object_get_string_member (member (clip,
                                         "media_references.DEFAULT_MEDIA"),
          "target_url"),
      expected);
}

GST_START_TEST (test_media_paths)
{
  assert_media (GST_MONTAGE_PATHS_ABSOLUTE, NULL, "/clips/a long-name.mp4");
  assert_media (GST_MONTAGE_PATHS_URI, NULL, "file:///clips/a%20long-name.mp4");
  assert_media (GST_MONTAGE_PATHS_RELATIVE, "/clips", "a long-name.mp4");
  assert_media (GST_MONTAGE_PATHS_RELATIVE, "/clips/out/",
      "../a long-name.mp4");
  assert_media (GST_MONTAGE_PATHS_RELATIVE, "/films/x",
      "../../clips/a long-name.mp4");
  assert_media (GST_MONTAGE_PATHS_RELATIVE, "/", "clips/a long-name.mp4");
}
GST_END_TEST;

/* A frame of the film that lies in the frame of the source that is meant. */
GST_START_TEST (test_frames_of_other_rates)
{
  static const gint rates[][2] = {{24, 1}, {25, 1}, {30000, 1001},
      {24000, 1001}, {12, 1}};

  for (guint i = 0; i < G_N_ELEMENTS (rates); i++) {
    for (guint64 frame = 0; frame < 60; frame++) {
      g_autoptr (GstMontagePlan) plan = new_plan (30, 1);
      g_autoptr (JsonNode) root = NULL;
      JsonObject *clip;
      gdouble shown;

      add_source (plan, "file:///clips/b.mp4", rates[i][0], rates[i][1]);
      add_cut (plan, 2, frame, 50, 0);
      root = read_otio (plan, &plain);
      clip = child (child (member (json_node_get_object (root), "tracks"), 0),
          0);
      shown = value_of (clip, "source_range.start_time") / 30 * rates[i][0]
          / rates[i][1];
      fail_unless (shown > frame - 1e-6 && shown < frame + 1,
          "%" G_GUINT64_FORMAT " at rate %u: %f", frame, i, shown);
    }
  }
}
GST_END_TEST;

static Suite *
projects_suite (void)
{
  Suite *suite = suite_create ("projects");
  TCase *tests = tcase_create ("general");

  suite_add_tcase (suite, tests);
  tcase_add_test (tests, test_timecodes);
  tcase_add_test (tests, test_timecodes_are_unique);
  tcase_add_test (tests, test_edl);
  tcase_add_test (tests, test_looks);
  tcase_add_test (tests, test_long_edl);
  tcase_add_test (tests, test_marker_edl);
  tcase_add_test (tests, test_otio);
  tcase_add_test (tests, test_media_paths);
  tcase_add_test (tests, test_frames_of_other_rates);
  return suite;
}

GST_CHECK_MAIN (projects);
