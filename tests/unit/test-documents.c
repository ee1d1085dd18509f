/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <string.h>

#include <gst/check/gstcheck.h>
#include <gst/montage/montage.h>

/* ---- documents with something in every field ---- */

static void
append_beat (GArray *beats, GstClockTime time, guint position, gdouble energy)
{
  GstMontageBeat beat = {time, position, energy, 1 - energy};

  g_array_append_val (beats, beat);
}

static GstMontageBeatGrid *
new_grid (void)
{
  GstMontageBeatGrid *grid = gst_montage_beat_grid_new ();
  GstMontageSection sections[] = {
      {0, 2 * GST_SECOND, GST_MONTAGE_SECTION_INTRO, 0.25},
      {2 * GST_SECOND, 4 * GST_SECOND, GST_MONTAGE_SECTION_DROP, 0.875},
  };
  gdouble envelope[] = {0, 0.25, 0.5};

  grid->uri = g_strdup ("file:///a%20song.ogg");
  grid->duration = 4 * GST_SECOND;
  grid->tempo = 120.5;
  grid->alternative_tempo = 60.25;
  grid->confidence = 0.75;
  grid->beats_per_bar = 4;
  append_beat (grid->beats, 500 * GST_MSECOND, 1, 0.5);
  append_beat (grid->beats, 1000 * GST_MSECOND, 2, 1);
  append_beat (grid->beats, 1500 * GST_MSECOND, 3, 0);
  g_array_append_vals (grid->sections, sections, 2);
  grid->envelope_interval = GST_SECOND;
  g_array_append_vals (grid->envelope, envelope, 3);
  return grid;
}

static GstMontageShotList *
new_shots (void)
{
  GstMontageShotList *list = gst_montage_shot_list_new ();
  GstMontageShot *shot;
  guint colors[] = {0xff8000, 0x000010};
  GstClockTime times[] = {5, 6};

  list->uri = g_strdup ("file:///clip.mp4");
  list->duration = 4 * GST_SECOND;
  list->width = 1280;
  list->height = 720;
  list->fps_n = 30000;
  list->fps_d = 1001;
  list->codec = g_strdup ("H.264");
  shot = gst_montage_shot_list_append (list);
  shot->end = 2 * GST_SECOND;
  shot->n_frames = 60;
  shot->motion = 0.3;
  shot->pan_x = -1.5;
  shot->signature = g_strdup ("00ff");
  g_array_append_vals (shot->palette, colors, 2);
  g_array_append_vals (shot->action_peaks, times, 2);
  shot = gst_montage_shot_list_append (list);
  shot->start = 2 * GST_SECOND;
  shot->end = 4 * GST_SECOND;
  shot->first_frame = 60;
  shot->transition_in = GST_MONTAGE_BOUNDARY_CUT;
  shot = gst_montage_shot_list_append (list);
  shot->start = 4 * GST_SECOND;
  shot->end = list->duration = 6 * GST_SECOND;
  shot->first_frame = 120;
  shot->transition_in = GST_MONTAGE_BOUNDARY_DISSOLVE;
  shot->transition_duration = 10 * GST_SECOND * 1001 / 30000;
  shot->transition_frames = 10;
  return list;
}

static void
append_cut (GstMontagePlan *plan, guint64 first, guint64 last)
{
  GstMontageCut cut;

  gst_montage_cut_init (&cut);
  cut.start = gst_montage_output_frame_time (&plan->output, first);
  cut.duration = gst_montage_output_frame_time (&plan->output, last)
      - cut.start;
  cut.in_point = GST_SECOND + 123;
  cut.beat = -1;
  cut.reason = g_strdup ("A \"reason\" <&'>, ä.");
  g_array_set_size (cut.runners_up, 1);
  cut.score.total = 41.7;
  g_array_append_val (plan->cuts, cut);
  plan->duration = cut.start + cut.duration;
}

static GstMontagePlan *
new_plan (void)
{
  GstMontagePlan *plan = gst_montage_plan_new ();
  GstMontageSource source = {g_strdup ("file:///clip.mp4"), 5 * GST_SECOND,
      1280, 720, 25, 1, FALSE, TRUE, 1, 2};
  const gchar *notes[] = {"A note.", NULL};

  plan->seed = G_MAXINT64;
  plan->output.fps_n = 30000;
  plan->output.fps_d = 1001;
  plan->music.uri = g_strdup ("file:///song.ogg");
  plan->music.duration = 2 * GST_SECOND;
  plan->notes = g_strdupv ((GStrv) notes);
  g_array_append_val (plan->sources, source);
  append_cut (plan, 0, 31);
  append_cut (plan, 31, 60);
  return plan;
}

/* ---- helpers ---- */

static gchar *
replaced (const gchar *text, const gchar *from, const gchar *to)
{
  g_autoptr (GString) out = g_string_new (text);

  fail_unless (strstr (text, from) != NULL, "%s is not there", from);
  g_string_replace (out, from, to, 1);
  return g_string_free (g_steal_pointer (&out), FALSE);
}

static void
assert_plan_refused (const gchar *from, const gchar *to, const gchar *part)
{
  g_autoptr (GstMontagePlan) plan = new_plan ();
  g_autofree gchar *good = gst_montage_plan_to_json (plan);
  g_autofree gchar *bad = replaced (good, from, to);
  g_autoptr (GError) error = NULL;
  g_autoptr (GstMontagePlan)
      read = gst_montage_plan_from_json (bad, -1, "p.json", &error);

  fail_unless (read == NULL, "%s was taken", to);
  fail_unless (g_str_has_prefix (error->message, "p.json"), "%s",
      error->message);
  fail_unless (strstr (error->message, part) != NULL, "%s", error->message);
}

/* ---- tests ---- */

GST_START_TEST (test_beats_round_trip)
{
  g_autoptr (GstMontageBeatGrid) grid = new_grid ();
  g_autofree gchar *json = gst_montage_beat_grid_to_json (grid);
  g_autoptr (GstMontageBeatGrid)
      back = gst_montage_beat_grid_from_json (json, -1, NULL, NULL);
  g_autofree gchar *again = gst_montage_beat_grid_to_json (back);

  fail_unless_equals_string (json, again);
  fail_unless_equals_float (back->tempo, 120.5);
  fail_unless_equals_uint64 (g_array_index (back->beats, GstMontageBeat, 1)
                                 .time,
      GST_SECOND);
  fail_unless_equals_int (g_array_index (back->sections, GstMontageSection, 1)
                              .label,
      GST_MONTAGE_SECTION_DROP);
}
GST_END_TEST;

GST_START_TEST (test_beats_text)
{
  g_autoptr (GstMontageBeatGrid) grid = new_grid ();
  g_autofree gchar *text = gst_montage_beat_grid_to_text (grid);

  fail_unless_equals_string (text, "0.500000 1\n1.000000 2\n1.500000 3\n");
}
GST_END_TEST;

GST_START_TEST (test_energy_between_beats_and_outside)
{
  g_autoptr (GstMontageBeatGrid) grid = new_grid ();

  fail_unless_equals_float (gst_montage_beat_grid_energy_at (grid,
                                750 * GST_MSECOND),
      0.75);
  fail_unless_equals_float (gst_montage_beat_grid_energy_at (grid,
                                1500 * GST_MSECOND),
      0.5);
  fail_unless_equals_float (gst_montage_beat_grid_energy_at (grid,
                                3 * GST_SECOND),
      1);
  fail_unless_equals_float (gst_montage_beat_grid_energy_at (grid, 0), 0);
  fail_unless_equals_int (gst_montage_beat_grid_section_at (grid,
                              2 * GST_SECOND),
      1);
  fail_unless_equals_int (gst_montage_beat_grid_section_at (grid,
                              4 * GST_SECOND),
      -1);
}
GST_END_TEST;

GST_START_TEST (test_shots_round_trip)
{
  g_autoptr (GstMontageShotList) list = new_shots ();
  g_autofree gchar *json = gst_montage_shot_list_to_json (list);
  g_autoptr (GstMontageShotList)
      back = gst_montage_shot_list_from_json (json, -1, NULL, NULL);
  g_autofree gchar *again = gst_montage_shot_list_to_json (back);
  g_autofree gchar *text = gst_montage_shot_list_to_text (back);

  fail_unless_equals_string (json, again);
  fail_unless_equals_string (text, "60\n120-129\n");
  fail_unless (strstr (json, "\"frame_rate\": \"30000/1001\"") != NULL);
  fail_unless (strstr (json, "[\"#ff8000\", \"#000010\"]") != NULL);
}
GST_END_TEST;

GST_START_TEST (test_plan_round_trip)
{
  g_autoptr (GstMontagePlan) plan = new_plan ();
  g_autofree gchar *json = gst_montage_plan_to_json (plan);
  g_autoptr (GError) error = NULL;
  g_autoptr (GstMontagePlan)
      back = gst_montage_plan_from_json (json, -1, NULL, &error);

  fail_unless (back != NULL, "%s", error ? error->message : "");
  g_autoptr (GstMontagePlan) copy = gst_montage_plan_copy (back);
  g_autofree gchar *again = gst_montage_plan_to_json (copy);
  guint index;

  fail_unless_equals_string (json, again);
  fail_unless_equals_uint64 (gst_montage_plan_n_frames (back), 60);
  fail_unless (gst_montage_plan_cut_at (back,
      gst_montage_output_frame_time (&back->output, 31), &index));
  fail_unless_equals_int (index, 1);
  fail_unless (gst_montage_plan_cut_at (back,
      gst_montage_output_frame_time (&back->output, 31) - 1, &index));
  fail_unless_equals_int (index, 0);
  fail_unless (gst_montage_plan_cut_at (back, back->duration, NULL) == NULL);
}
GST_END_TEST;

GST_START_TEST (test_frame_times_do_not_drift)
{
  GstMontageOutput output = {16, 16, 30000, 1001, GST_MONTAGE_FIT_CROP};

  for (guint64 k = 0; k < 400000; k += 997) {
    GstClockTime time = gst_montage_output_frame_time (&output, k);

    fail_unless_equals_uint64 (gst_montage_output_frame_at (&output, time), k);
    fail_unless (ABS (GST_CLOCK_DIFF (gst_util_uint64_scale (k,
                                          1001 * GST_SECOND, 30000),
                     time))
        <= 1);
  }
}
GST_END_TEST;

GST_START_TEST (test_plan_names_the_wrong_field)
{
  assert_plan_refused ("\"version\": 1", "\"version\": 2", "version");
  assert_plan_refused ("gst-montage/plan", "gst-montage/beats", "schema");
  assert_plan_refused ("\"width\": 1920", "\"width\": \"x\"",
      "output.width is \"x\": a whole number from 16 to 16384");
  assert_plan_refused ("\"width\": 1920", "\"width\": 1921", "even");
  assert_plan_refused ("\"fit\": \"crop\"", "\"fit\": \"stretch\"",
      "output.fit is \"stretch\": one of crop, pad, blur is expected");
  assert_plan_refused ("\"30000/1001\"", "\"30000/0\"", "output.frame_rate");
  assert_plan_refused ("\"start\": 1034366667", "\"start\": 1034366668",
      "cuts[1].start");
  assert_plan_refused ("\"source\": 0", "\"source\": 1", "cuts[0].source");
  assert_plan_refused ("\"shot\": 0", "\"shot\": 7", "cuts[0].shot");
  assert_plan_refused ("\"in_point\": 1000000123", "\"in_point\": 5000000000",
      "cuts[0].in_point");
  assert_plan_refused ("\"in_point\": 1000000123", "\"in_point\": -1",
      "cuts[0].in_point");
  assert_plan_refused ("\"transition_duration\": 0",
      "\"transition_duration\": 5", "cuts[0].transition_duration");
  assert_plan_refused ("\"seed\":", "\"sead\":", "sead is no field");
  assert_plan_refused ("\"revision\": 1,\n  \"duration\"",
      "\"revision\": 1.5,\n  \"duration\"", "revision is 1.5");
}
GST_END_TEST;

GST_START_TEST (test_instructions_and_structure)
{
  g_autoptr (GstMontageInstructions)
      instructions = gst_montage_instructions_new ();
  g_autoptr (GError) error = NULL;

  fail_unless (gst_montage_instructions_validate (instructions, &error));
  fail_unless_equals_string (instructions->style.name, "dynamic");
  fail_unless_equals_int (instructions->pacing.intro_duration_beats, 16);
  instructions->pacing.speed = GST_MONTAGE_SPEED_FAST;
  instructions->constraints.target_duration_sec = 40;

  g_autoptr (GstStructure)
      structure = gst_montage_instructions_to_structure (instructions,
          "application/x-montage-instructions");
  fail_unless_equals_string (gst_structure_get_string (structure,
                                 "pacing-speed"),
      "fast");
  g_autoptr (GstMontageInstructions)
      back = gst_montage_instructions_from_structure (structure, &error);
  g_autofree gchar *a = gst_montage_instructions_to_json (instructions);
  g_autofree gchar *b = gst_montage_instructions_to_json (back);
  fail_unless_equals_string (a, b);

  gst_structure_set (structure, "pacing-speed", G_TYPE_STRING, "warp", NULL);
  fail_unless (
      gst_montage_instructions_from_structure (structure, &error) == NULL);
  fail_unless (strstr (error->message, "pacing-speed is warp") != NULL, "%s",
      error->message);
}
GST_END_TEST;

GST_START_TEST (test_instructions_limits_agree)
{
  g_autoptr (GstMontageInstructions)
      instructions = gst_montage_instructions_new ();
  g_autoptr (GError) error = NULL;

  instructions->constraints.min_clip_duration_sec = 5;
  instructions->constraints.max_clip_duration_sec = 4;
  fail_if (gst_montage_instructions_validate (instructions, &error));
  fail_unless (strstr (error->message, "min_clip_duration_sec") != NULL);
}
GST_END_TEST;

static Suite *
documents_suite (void)
{
  Suite *suite = suite_create ("documents");
  TCase *tests = tcase_create ("general");

  suite_add_tcase (suite, tests);
  tcase_add_test (tests, test_beats_round_trip);
  tcase_add_test (tests, test_beats_text);
  tcase_add_test (tests, test_energy_between_beats_and_outside);
  tcase_add_test (tests, test_shots_round_trip);
  tcase_add_test (tests, test_plan_round_trip);
  tcase_add_test (tests, test_frame_times_do_not_drift);
  tcase_add_test (tests, test_plan_names_the_wrong_field);
  tcase_add_test (tests, test_instructions_and_structure);
  tcase_add_test (tests, test_instructions_limits_agree);
  return suite;
}

GST_CHECK_MAIN (documents);
