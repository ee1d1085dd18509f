/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <string.h>

#include <glib/gstdio.h>

#include "directorharness.h"

GST_START_TEST (test_one_revision)
{
  GstHarness *harness = director_harness_new (
      "montagedirector prompt=\"Edit like a thriller with slow builds\"");
  g_autoptr (GstMontageInstructions) got = NULL;

  gst_harness_play (harness);
  got = director_pull_revision (harness);
  fail_unless_equals_int (got->revision, 1);
  fail_unless_equals_string (got->style.name, "hitchcock");
  fail_unless_equals_int (got->pacing.intro_duration_beats, 32);
  fail_unless_equals_int (got->origin.source, GST_MONTAGE_ORIGIN_KEYWORDS);
  director_expect_eos (harness);
  director_check_caps (harness, got);
  fail_unless_equals_int (gst_harness_buffers_in_queue (harness), 0);
  director_harness_free (harness);
}
GST_END_TEST;

/* The sticky event is there for whoever links later. */
GST_START_TEST (test_sticky)
{
  GstHarness *harness = director_harness_new ("montagedirector style=mtv");
  g_autoptr (GstMontageInstructions) got = NULL;
  g_autoptr (GstMontageInstructions) kept = NULL;
  g_autoptr (GstEvent) event = NULL;

  gst_harness_play (harness);
  got = director_pull_revision (harness);
  event = gst_pad_get_sticky_event (harness->sinkpad,
      GST_EVENT_CUSTOM_DOWNSTREAM_STICKY, 0);
  fail_unless (event != NULL);
  fail_unless (gst_montage_event_parse_instructions (event, &kept, NULL));
  fail_unless_equals_string (kept->style.name, "mtv");
  director_harness_free (harness);
}
GST_END_TEST;

GST_START_TEST (test_defaults)
{
  GstHarness *harness = director_harness_new ("montagedirector");
  g_autoptr (GstMontageInstructions) got = NULL;

  gst_harness_play (harness);
  got = director_pull_revision (harness);
  fail_unless_equals_string (got->style.name, "dynamic");
  fail_unless_equals_int (got->origin.source, GST_MONTAGE_ORIGIN_DEFAULTS);
  director_expect_eos (harness);
  director_harness_free (harness);
}
GST_END_TEST;

/* The style wins over the prompt's, the rest of the prompt still counts. */
GST_START_TEST (test_style_and_prompt)
{
  GstHarness *harness = director_harness_new (
      "montagedirector style=mtv prompt=\"a thriller, black and white, 2:30\"");
  g_autoptr (GstMontageInstructions) got = NULL;

  gst_harness_play (harness);
  got = director_pull_revision (harness);
  fail_unless_equals_string (got->style.name, "mtv");
  fail_unless_equals_int (got->effects.color_grading, GST_MONTAGE_GRADING_NOIR);
  fail_unless_equals_float (got->constraints.target_duration_sec, 150);
  director_harness_free (harness);
}
GST_END_TEST;

GST_START_TEST (test_updates)
{
  GstHarness *harness = director_harness_new (
      "montagedirector updates=true style=mtv");

  gst_harness_play (harness);
  director_expect_next (harness, 1, "mtv");
  gst_harness_set (harness, "montagedirector", "style", "travel", NULL);
  director_expect_next (harness, 2, "travel");
  gst_harness_set (harness, "montagedirector", "style", NULL, NULL);
  director_expect_next (harness, 3, "dynamic");
  gst_harness_set (harness, "montagedirector", "prompt", "ein Krimi", NULL);
  director_expect_next (harness, 4, "hitchcock");
  gst_harness_set (harness, "montagedirector", "updates", FALSE, NULL);
  director_expect_eos (harness);
  director_harness_free (harness);
}
GST_END_TEST;

static void
expect_warning (GstHarness *harness, const gchar *part)
{
  g_autofree gchar *text = director_wait_for_text (harness,
      GST_MESSAGE_WARNING);

  fail_unless (strstr (text, part) != NULL, "%s", text);
}

/* A bad change is said and changes nothing; the next good one counts. */
GST_START_TEST (test_bad_update)
{
  GstHarness *harness = director_harness_new (
      "montagedirector updates=true style=mtv");

  gst_harness_play (harness);
  director_expect_next (harness, 1, "mtv");
  gst_harness_set (harness, "montagedirector", "prompt", "slow \xff", NULL);
  expect_warning (harness, "UTF-8");
  gst_harness_set (harness, "montagedirector", "style", "opera", NULL);
  expect_warning (harness, "opera");
  gst_harness_set (harness, "montagedirector", "prompt", "warm", NULL);
  expect_warning (harness, "opera");
  gst_harness_set (harness, "montagedirector", "style", "vlog", NULL);
  director_expect_next (harness, 2, "vlog");
  director_harness_free (harness);
}
GST_END_TEST;

/* Waiting for a change that never comes does not hold up a state change. */
GST_START_TEST (test_stop_while_waiting)
{
  GstHarness *harness = director_harness_new ("montagedirector updates=true");

  gst_harness_play (harness);
  director_expect_next (harness, 1, "dynamic");
  fail_unless_equals_int (gst_element_set_state (harness->element,
                              GST_STATE_NULL),
      GST_STATE_CHANGE_SUCCESS);
  director_harness_free (harness);
}
GST_END_TEST;

GST_START_TEST (test_errors)
{
  director_expect_error ("montagedirector style=opera", "opera");
  director_expect_error ("montagedirector style=opera", "wes_anderson");
  director_expect_error ("montagedirector styles-folder=/nonexistent",
      "/nonexistent");
  director_expect_error ("montagedirector instructions=x", "instructions");
  director_expect_error ("montagedirector instructions=\"{\\\"schema\\\":"
                         "\\\"gst-montage/instructions\\\",\\\"version\\\":1,"
                         "\\\"pacing\\\":{\\\"speed\\\":\\\"warp\\\"}}\"",
      "pacing.speed");
}
GST_END_TEST;

GST_START_TEST (test_ready_document)
{
  g_autoptr (GstMontageInstructions) sent = gst_montage_instructions_new ();
  g_autofree gchar *text = NULL;
  GstHarness *harness = director_harness_new (
      "montagedirector prompt=thriller");
  g_autoptr (GstMontageInstructions) got = NULL;

  sent->pacing.speed = GST_MONTAGE_SPEED_SLOW;
  sent->revision = 7;
  text = gst_montage_instructions_to_json (sent);
  gst_harness_set (harness, "montagedirector", "instructions", text, NULL);
  gst_harness_play (harness);
  got = director_pull_revision (harness);
  fail_unless_equals_int (got->revision, 1);
  fail_unless_equals_string (got->style.name, "dynamic");
  fail_unless_equals_int (got->pacing.speed, GST_MONTAGE_SPEED_SLOW);
  fail_unless_equals_int (got->origin.source, GST_MONTAGE_ORIGIN_FILE);
  director_harness_free (harness);
}
GST_END_TEST;

GST_START_TEST (test_own_styles)
{
  g_autofree gchar *folder = g_dir_make_tmp ("styles-XXXXXX", NULL);
  g_autofree gchar *path = g_build_filename (folder, "own.json", NULL);
  GstHarness *harness = director_harness_new ("montagedirector style=own");
  g_autoptr (GstMontageInstructions) got = NULL;

  fail_unless (g_file_set_contents (path,
      "{\"schema\":\"gst-montage/style\",\"version\":1,\"name\":\"own\","
      "\"instructions\":{\"pacing\":{\"speed\":\"fast\"}}}",
      -1, NULL));
  gst_harness_set (harness, "montagedirector", "styles-folder", folder, NULL);
  gst_harness_play (harness);
  got = director_pull_revision (harness);
  fail_unless_equals_string (got->style.name, "own");
  fail_unless_equals_int (got->pacing.speed, GST_MONTAGE_SPEED_FAST);
  director_harness_free (harness);
  g_unlink (path);
  g_rmdir (folder);
}
GST_END_TEST;

GST_START_TEST (test_reuse)
{
  GstHarness *harness = director_harness_new ("montagedirector style=vlog");

  for (guint i = 0; i < 3; i++) {
    g_autoptr (GstMontageInstructions) got = NULL;

    gst_harness_play (harness);
    got = director_pull_revision (harness);
    fail_unless_equals_int (got->revision, 1);
    director_expect_eos (harness);
    gst_element_set_state (harness->element, GST_STATE_READY);
  }
  director_harness_free (harness);
}
GST_END_TEST;

GST_START_TEST (test_two_instances)
{
  GstHarness *first = director_harness_new (
      "montagedirector updates=true style=mtv");
  GstHarness *second = director_harness_new (
      "montagedirector updates=true style=sport");

  gst_harness_play (first);
  gst_harness_play (second);
  director_expect_next (first, 1, "mtv");
  director_expect_next (second, 1, "sport");
  gst_harness_set (second, "montagedirector", "style", "vlog", NULL);
  director_expect_next (second, 2, "vlog");
  gst_harness_set (first, "montagedirector", "prompt", "slow", NULL);
  director_expect_next (first, 2, "mtv");
  director_harness_free (first);
  director_harness_free (second);
}
GST_END_TEST;

GST_START_TEST (test_properties)
{
  g_autoptr (GstElement) element = gst_object_ref_sink (
      gst_element_factory_make ("montagedirector", NULL));
  g_autofree gchar *prompt = NULL;
  g_autofree gchar *style = NULL;
  g_autofree gchar *folder = NULL;
  g_autofree gchar *document = NULL;
  gboolean updates;

  g_object_set (element, "prompt", "p", "style", "s", "styles-folder", "f",
      "instructions", "i", "updates", TRUE, NULL);
  g_object_get (element, "prompt", &prompt, "style", &style, "styles-folder",
      &folder, "instructions", &document, "updates", &updates, NULL);
  fail_unless_equals_string (prompt, "p");
  fail_unless_equals_string (style, "s");
  fail_unless_equals_string (folder, "f");
  fail_unless_equals_string (document, "i");
  fail_unless (updates);
}
GST_END_TEST;

/* Every style can be loaded as a preset of the element. */
GST_START_TEST (test_presets)
{
  g_autoptr (GstElement) element = gst_object_ref_sink (
      gst_element_factory_make ("montagedirector", NULL));
  g_autoptr (GstMontageStyles) styles = gst_montage_styles_load (NULL, NULL);
  g_auto (GStrv) names = NULL;

  names = gst_preset_get_preset_names (GST_PRESET (element));
  fail_unless (names != NULL);
  fail_unless_equals_int (g_strv_length (names),
      gst_montage_styles_size (styles));
  for (guint i = 0; i < gst_montage_styles_size (styles); i++) {
    const gchar *name = gst_montage_styles_get (styles, i)->name;
    g_autofree gchar *loaded = NULL;

    fail_unless (gst_preset_load_preset (GST_PRESET (element), name));
    g_object_get (element, "style", &loaded, NULL);
    fail_unless_equals_string (loaded, name);
  }
}
GST_END_TEST;

/* Caps that ask for something else are refused with an error, not a crash. */
GST_START_TEST (test_refused_caps)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GstElement) pipeline = gst_parse_launch (
      "montagedirector style=mtv ! "
      "application/x-montage-instructions,style-name=vlog ! fakesink",
      &error);
  g_autoptr (GstBus) bus = gst_element_get_bus (pipeline);
  g_autoptr (GstMessage) message = NULL;

  g_assert_no_error (error);
  gst_element_set_state (pipeline, GST_STATE_PLAYING);
  message = gst_bus_timed_pop_filtered (bus, 10 * GST_SECOND,
      GST_MESSAGE_ERROR | GST_MESSAGE_EOS);
  fail_unless (message != NULL);
  fail_unless_equals_int (GST_MESSAGE_TYPE (message), GST_MESSAGE_ERROR);
  gst_element_set_state (pipeline, GST_STATE_NULL);
}
GST_END_TEST;

static Suite *
montagedirector_suite (void)
{
  Suite *suite = suite_create ("montagedirector");
  TCase *tcase = tcase_create ("general");
  g_autofree gchar *presets = g_build_filename (g_getenv ("MONTAGE_BUILD"),
      "presets", NULL);

  gst_preset_set_app_dir (presets);
  suite_add_tcase (suite, tcase);
  tcase_add_test (tcase, test_one_revision);
  tcase_add_test (tcase, test_sticky);
  tcase_add_test (tcase, test_defaults);
  tcase_add_test (tcase, test_style_and_prompt);
  tcase_add_test (tcase, test_updates);
  tcase_add_test (tcase, test_bad_update);
  tcase_add_test (tcase, test_stop_while_waiting);
  tcase_add_test (tcase, test_errors);
  tcase_add_test (tcase, test_ready_document);
  tcase_add_test (tcase, test_own_styles);
  tcase_add_test (tcase, test_reuse);
  tcase_add_test (tcase, test_two_instances);
  tcase_add_test (tcase, test_properties);
  tcase_add_test (tcase, test_presets);
  tcase_add_test (tcase, test_refused_caps);
  return suite;
}

GST_CHECK_MAIN (montagedirector);
