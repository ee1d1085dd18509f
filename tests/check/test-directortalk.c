/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <string.h>

#include "directorharness.h"
#include "modelsetup.h"

/* Conversations with montagedirector, and with models behind it. */

static GstHarness *
harness_in (const ModelSetup *models, const gchar *launch)
{
  GstHarness *harness = director_harness_new (launch);

  gst_harness_set (harness, "montagedirector", "models-file", models->file,
      NULL);
  return harness;
}

static void
say (GstHarness *harness, const gchar *prompt)
{
  gst_harness_set (harness, "montagedirector", "prompt", prompt, NULL);
}

static GstMontageInstructions *
next_revision (GstHarness *harness, guint revision)
{
  GstMontageInstructions *got = director_pull_revision (harness);

  fail_unless_equals_int (got->revision, revision);
  director_check_caps (harness, got);
  return got;
}

/* Each turn changes what it names; caps, event, message and buffer agree. */
GST_START_TEST (test_conversation)
{
  GstHarness *harness = director_harness_new (
      "montagedirector updates=true conversation=true "
      "prompt=\"a slow thriller, 40 seconds\"");
  g_autoptr (GstMontageInstructions) one = NULL;
  g_autoptr (GstMontageInstructions) two = NULL;
  g_autoptr (GstMontageInstructions) three = NULL;

  gst_harness_play (harness);
  one = next_revision (harness, 1);
  say (harness, "black and white");
  two = next_revision (harness, 2);
  say (harness, "faster");
  three = next_revision (harness, 3);
  fail_unless_equals_string (three->style.name, "hitchcock");
  fail_unless_equals_float (three->constraints.target_duration_sec, 40);
  fail_unless_equals_int (two->pacing.speed, one->pacing.speed);
  fail_unless (three->pacing.speed > two->pacing.speed);
  fail_unless_equals_int (three->effects.color_grading,
      GST_MONTAGE_GRADING_NOIR);
  fail_unless_equals_int (three->origin.turns->len, 3);
  director_harness_free (harness);
}
GST_END_TEST;

/* Another style keeps what was said; it is no turn of its own. */
GST_START_TEST (test_style_in_a_conversation)
{
  GstHarness *harness = director_harness_new (
      "montagedirector updates=true conversation=true style=mtv "
      "prompt=\"40 seconds\"");
  g_autoptr (GstMontageInstructions) one = NULL;
  g_autoptr (GstMontageInstructions) two = NULL;
  g_autoptr (GstMontageInstructions) three = NULL;

  gst_harness_play (harness);
  one = next_revision (harness, 1);
  say (harness, "black and white");
  two = next_revision (harness, 2);
  fail_unless_equals_string (two->style.name, "mtv");
  gst_harness_set (harness, "montagedirector", "style", "documentary", NULL);
  three = next_revision (harness, 3);
  fail_unless_equals_string (three->style.name, "documentary");
  fail_unless_equals_float (three->constraints.target_duration_sec, 40);
  fail_unless_equals_int (three->effects.color_grading,
      GST_MONTAGE_GRADING_NOIR);
  fail_unless_equals_int (three->origin.turns->len, 2);
  director_harness_free (harness);
}
GST_END_TEST;

/* The same word can be said twice, with NULL in between. */
GST_START_TEST (test_same_word_twice)
{
  GstHarness *harness = director_harness_new (
      "montagedirector updates=true conversation=true "
      "prompt=\"a slow thriller\"");
  g_autoptr (GstMontageInstructions) one = NULL;
  g_autoptr (GstMontageInstructions) two = NULL;
  g_autoptr (GstMontageInstructions) three = NULL;
  g_autoptr (GstMontageInstructions) four = NULL;

  gst_harness_play (harness);
  one = next_revision (harness, 1);
  say (harness, "faster");
  two = next_revision (harness, 2);
  say (harness, NULL);
  three = next_revision (harness, 3);
  fail_unless_equals_int (three->pacing.speed, two->pacing.speed);
  say (harness, "faster");
  four = next_revision (harness, 4);
  fail_unless (four->pacing.speed > three->pacing.speed);
  director_harness_free (harness);
}
GST_END_TEST;

GST_START_TEST (test_document_goes_on)
{
  GstHarness *harness = director_harness_new (
      "montagedirector conversation=true prompt=\"black and white\"");
  g_autoptr (GstMontageInstructions) sent = gst_montage_instructions_new ();
  g_autoptr (GstMontageInstructions) got = NULL;
  g_autofree gchar *text = NULL;

  sent->constraints.target_duration_sec = 77;
  text = gst_montage_instructions_to_json (sent);
  gst_harness_set (harness, "montagedirector", "instructions", text, NULL);
  gst_harness_play (harness);
  got = next_revision (harness, 1);
  fail_unless_equals_float (got->constraints.target_duration_sec, 77);
  fail_unless_equals_int (got->effects.color_grading, GST_MONTAGE_GRADING_NOIR);
  director_expect_eos (harness);
  director_harness_free (harness);
}
GST_END_TEST;

GST_START_TEST (test_model_answers)
{
  static const ModelReply reply = {200, SETUP_ANSWER};
  g_autoptr (ModelSetup) models = model_setup_new ("ollama");
  GstHarness *harness = harness_in (models,
      "montagedirector updates=true prompt=\"" SETUP_PUZZLE "\"");
  g_autoptr (GstMontageInstructions) got = NULL;

  model_server_reply (models->server, "/api/chat", &reply, 1);
  gst_harness_play (harness);
  got = next_revision (harness, 1);
  fail_unless_equals_string (got->style.name, "travel");
  fail_unless_equals_int (got->origin.source, GST_MONTAGE_ORIGIN_OLLAMA);
  director_harness_free (harness);
}
GST_END_TEST;

GST_START_TEST (test_offline)
{
  static const ModelReply reply = {200, SETUP_ANSWER};
  g_autoptr (ModelSetup) models = model_setup_new ("ollama");
  GstHarness *harness = harness_in (models,
      "montagedirector offline=true prompt=\"" SETUP_PUZZLE "\"");
  g_autoptr (GstMontageInstructions) got = NULL;

  model_server_reply (models->server, "", &reply, 1);
  gst_harness_play (harness);
  got = next_revision (harness, 1);
  fail_unless_equals_int (got->origin.source, GST_MONTAGE_ORIGIN_DEFAULTS);
  director_expect_eos (harness);
  fail_unless_equals_int (model_server_count (models->server), 0);
  director_harness_free (harness);
}
GST_END_TEST;

/* No state change waits for a model. */
GST_START_TEST (test_silent_model_and_states)
{
  static const ModelReply silence = {200, SETUP_ANSWER, NULL, NULL,
      MODEL_SLEEPS};
  static const GstState states[] = {GST_STATE_READY, GST_STATE_NULL};
  g_autoptr (ModelSetup) models = model_setup_new ("ollama");
  GstHarness *harness = harness_in (models,
      "montagedirector prompt=\"" SETUP_PUZZLE "\"");

  model_server_reply (models->server, "/api/chat", &silence, 1);
  for (guint i = 0; i < G_N_ELEMENTS (states); i++) {
    gst_harness_play (harness);
    model_setup_wait_for_question (models, i + 1);
    fail_unless_equals_int (gst_element_set_state (harness->element, states[i]),
        GST_STATE_CHANGE_SUCCESS);
  }
  director_harness_free (harness);
}
GST_END_TEST;

/* No flush does either; what was asked is asked again after it. */
GST_START_TEST (test_silent_model_and_flush)
{
  static const ModelReply replies[] = {{200, SETUP_ANSWER, NULL, NULL,
                                           MODEL_SLEEPS},
      {200, SETUP_ANSWER}};
  g_autoptr (ModelSetup) models = model_setup_new ("ollama");
  GstHarness *harness = harness_in (models,
      "montagedirector updates=true style=mtv");
  g_autoptr (GstMontageInstructions) one = NULL;
  g_autoptr (GstMontageInstructions) two = NULL;

  model_server_reply (models->server, "/api/chat", replies,
      G_N_ELEMENTS (replies));
  gst_harness_play (harness);
  one = next_revision (harness, 1);
  say (harness, SETUP_PUZZLE);
  model_setup_wait_for_question (models, 1);
  fail_unless (
      gst_element_send_event (harness->element, gst_event_new_flush_start ()));
  fail_unless (gst_element_send_event (harness->element,
      gst_event_new_flush_stop (TRUE)));
  two = next_revision (harness, 2);
  fail_unless_equals_int (two->origin.source, GST_MONTAGE_ORIGIN_OLLAMA);
  fail_unless_equals_int (model_server_count (models->server), 2);
  director_harness_free (harness);
}
GST_END_TEST;

GST_START_TEST (test_wrong_settings)
{
  g_autoptr (ModelSetup) models = model_setup_new ("olama");
  g_autofree gchar *launch =
      g_strdup_printf ("montagedirector models-file=\"%s\"", models->file);

  director_expect_error (launch, "[olama]");
  director_expect_error ("montagedirector models-file=/nonexistent.conf",
      "/nonexistent.conf");
}
GST_END_TEST;

/* --- the key ------------------------------------------------------------ */

static GMutex log_lock;
static guint n_logged;
static gboolean told; /* both under log_lock */

static void
look_at_log (GstDebugCategory *category, GstDebugLevel level, const gchar *file,
    const gchar *function, gint line, GObject *object, GstDebugMessage *message,
    gpointer data)
{
  const gchar *text = gst_debug_message_get (message);

  g_mutex_lock (&log_lock);
  n_logged++;
  told = told || (text && strstr (text, SETUP_KEY));
  g_mutex_unlock (&log_lock);
}

static void
check_properties (GstElement *element)
{
  guint n;
  g_autofree GParamSpec **specs =
      g_object_class_list_properties (G_OBJECT_GET_CLASS (element), &n);

  for (guint i = 0; i < n; i++) {
    g_auto (GValue) value = G_VALUE_INIT;
    g_autofree gchar *text = NULL;

    g_value_init (&value, specs[i]->value_type);
    g_object_get_property (G_OBJECT (element), specs[i]->name, &value);
    text = g_strdup_value_contents (&value);
    fail_if (strstr (text, SETUP_KEY) != NULL, "%s", specs[i]->name);
  }
}

static void
check_messages (GstBus *bus)
{
  GstMessage *message;

  while ((message = gst_bus_pop (bus))) {
    const GstStructure *structure = gst_message_get_structure (message);
    g_autofree gchar *text = structure ? gst_structure_to_string (structure)
                                       : NULL;

    fail_if (text && strstr (text, SETUP_KEY), "%s", text);
    gst_message_unref (message);
  }
}

/* The server refuses the key and says it; nobody else does. */
GST_START_TEST (test_key_is_not_told)
{
  static const ModelReply reply = {401,
      "{\"error\":{\"message\":\"Incorrect API key: " SETUP_KEY "\"}}"};
  g_autoptr (ModelSetup) models = model_setup_new ("openai");
  GstHarness *harness = harness_in (models,
      "montagedirector updates=true prompt=\"" SETUP_PUZZLE "\"");
  g_autoptr (GstBus) bus = gst_element_get_bus (harness->element);
  g_autoptr (GstBuffer) buffer = NULL;
  g_autoptr (GstCaps) caps = NULL;
  g_autofree gchar *caps_text = NULL;
  GstMapInfo map;

  gst_debug_remove_log_function (gst_debug_log_default);
  gst_debug_add_log_function (look_at_log, NULL, NULL);
  gst_debug_set_threshold_from_string ("*:9", TRUE);
  model_server_reply (models->server, "", &reply, 1);
  gst_harness_play (harness);
  buffer = gst_harness_pull (harness);
  fail_unless_equals_string (model_server_get (models->server, 0)
                                 ->authorization,
      "Bearer " SETUP_KEY);
  caps = gst_pad_get_current_caps (harness->sinkpad);
  caps_text = gst_caps_to_string (caps);
  fail_if (strstr (caps_text, SETUP_KEY) != NULL);
  fail_unless (gst_buffer_map (buffer, &map, GST_MAP_READ));
  fail_unless (
      g_strstr_len ((const gchar *) map.data, (gssize) map.size, "did not help")
      != NULL);
  fail_if (g_strstr_len ((const gchar *) map.data, (gssize) map.size, SETUP_KEY)
      != NULL);
  gst_buffer_unmap (buffer, &map);
  check_properties (harness->element);
  check_messages (bus);
  director_harness_free (harness);
  gst_debug_set_threshold_from_string ("", TRUE);
  gst_debug_remove_log_function (look_at_log);
  fail_unless (n_logged > 100);
  fail_if (told);
}
GST_END_TEST;

static Suite *
directortalk_suite (void)
{
  Suite *suite = suite_create ("directortalk");
  TCase *tcase = tcase_create ("general");

  suite_add_tcase (suite, tcase);
  tcase_add_test (tcase, test_conversation);
  tcase_add_test (tcase, test_style_in_a_conversation);
  tcase_add_test (tcase, test_same_word_twice);
  tcase_add_test (tcase, test_document_goes_on);
  tcase_add_test (tcase, test_model_answers);
  tcase_add_test (tcase, test_offline);
  tcase_add_test (tcase, test_silent_model_and_states);
  tcase_add_test (tcase, test_silent_model_and_flush);
  tcase_add_test (tcase, test_wrong_settings);
  tcase_add_test (tcase, test_key_is_not_told);
  return suite;
}

GST_CHECK_MAIN (directortalk);
