/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <gst/montage/montage.h>

#include "smallmedia.h"
#include "modelsetup.h"

/* montagesrc where words leave something open. */

static void
setup (void)
{
  media_setup ();
  media_make_clip ("a.avi", 150, "ball");
  media_make_song ("song.ogg", 4);
}

static GstElement *
make_source (const ModelSetup *models)
{
  GstElement *source = gst_element_factory_make ("montagesrc", NULL);
  g_autofree gchar *music = media_path ("song.ogg");
  g_autofree gchar *clip = media_path ("a.avi");

  fail_unless (source != NULL);
  g_object_set (source, "music", music, "clips", clip, "cache", FALSE, "prompt",
      SETUP_PUZZLE, "models-file", models->file, NULL);
  return gst_object_ref_sink (source);
}

/* Plays until the film is open, or the error, whose sentence is returned. */
static gchar *
plan (GstElement *source, GstBus *bus)
{
  gst_element_set_bus (source, bus);
  gst_element_set_state (source, GST_STATE_PLAYING);
  while (TRUE) {
    g_autoptr (GstMessage) message = gst_bus_timed_pop_filtered (bus,
        60 * GST_SECOND, GST_MESSAGE_PROGRESS | GST_MESSAGE_ERROR);
    g_autoptr (GError) error = NULL;
    g_autofree gchar *code = NULL;
    GstProgressType type;

    fail_unless (message != NULL);
    if (GST_MESSAGE_TYPE (message) == GST_MESSAGE_ERROR) {
      gst_message_parse_error (message, &error, NULL);
      return g_strdup (error->message);
    }
    gst_message_parse_progress (message, &type, &code, NULL);
    if (type == GST_PROGRESS_TYPE_COMPLETE && strcmp (code, "open") == 0)
      return NULL;
  }
}

static void
stop (GstElement *source)
{
  fail_unless_equals_int (gst_element_set_state (source, GST_STATE_NULL),
      GST_STATE_CHANGE_SUCCESS);
  gst_element_set_bus (source, NULL);
}

static GstMontagePlan *
plan_of (GstElement *source)
{
  g_autofree gchar *text = NULL;
  GstMontagePlan *read;

  g_object_get (source, "plan", &text, NULL);
  fail_unless (text != NULL);
  read = gst_montage_plan_from_json (text, -1, "plan", NULL);
  fail_unless (read != NULL);
  return read;
}

GST_START_TEST (test_answer)
{
  static const ModelReply reply = {200, SETUP_ANSWER};
  g_autoptr (ModelSetup) models = model_setup_new ("ollama");
  g_autoptr (GstElement) source = make_source (models);
  g_autoptr (GstBus) bus = gst_bus_new ();
  g_autoptr (GstMontagePlan) made = NULL;
  g_autofree gchar *error = NULL;

  model_server_reply (models->server, "/api/chat", &reply, 1);
  error = plan (source, bus);
  fail_unless (error == NULL, "%s", error);
  made = plan_of (source);
  fail_unless_equals_string (made->instructions->style.name, "travel");
  stop (source);
}
GST_END_TEST;

/* As a setting of a URI. */
GST_START_TEST (test_offline)
{
  g_autoptr (ModelSetup) models = model_setup_new ("ollama");
  g_autoptr (GstElement) source = make_source (models);
  g_autoptr (GstBus) bus = gst_bus_new ();
  g_autoptr (GstMontagePlan) made = NULL;
  g_autofree gchar *error = NULL;
  g_autofree gchar *uri = NULL;

  fail_unless (gst_uri_handler_set_uri (GST_URI_HANDLER (source),
      "montage:?offline=true", NULL));
  uri = gst_uri_handler_get_uri (GST_URI_HANDLER (source));
  fail_unless (strstr (uri, "offline=true") && strstr (uri, "models-file="),
      "%s", uri);
  error = plan (source, bus);
  fail_unless (error == NULL, "%s", error);
  made = plan_of (source);
  fail_unless_equals_string (made->instructions->style.name, "dynamic");
  fail_unless_equals_int (model_server_count (models->server), 0);
  stop (source);
}
GST_END_TEST;

/* No state change waits for a model. */
GST_START_TEST (test_called_off)
{
  static const ModelReply silence = {200, SETUP_ANSWER, NULL, NULL,
      MODEL_SLEEPS};
  static const GstState states[] = {GST_STATE_READY, GST_STATE_NULL};
  g_autoptr (ModelSetup) models = model_setup_new ("ollama");
  g_autoptr (GstElement) source = make_source (models);

  model_server_reply (models->server, "/api/chat", &silence, 1);
  for (guint i = 0; i < G_N_ELEMENTS (states); i++) {
    gst_element_set_state (source, GST_STATE_PLAYING);
    model_setup_wait_for_question (models, i + 1);
    fail_unless_equals_int (gst_element_set_state (source, states[i]),
        GST_STATE_CHANGE_SUCCESS);
  }
}
GST_END_TEST;

GST_START_TEST (test_wrong_settings)
{
  g_autoptr (ModelSetup) models = model_setup_new ("olama");
  g_autoptr (GstElement) source = make_source (models);
  g_autoptr (GstBus) bus = gst_bus_new ();
  g_autofree gchar *error = plan (source, bus);

  fail_unless (error && strstr (error, "[olama]"), "%s", error);
  stop (source);
}
GST_END_TEST;

static Suite *
filmmodels_suite (void)
{
  Suite *suite = suite_create ("filmmodels");
  TCase *tcase = tcase_create ("general");

  suite_add_tcase (suite, tcase);
  tcase_add_checked_fixture (tcase, setup, media_teardown);
  tcase_add_test (tcase, test_answer);
  tcase_add_test (tcase, test_offline);
  tcase_add_test (tcase, test_called_off);
  tcase_add_test (tcase, test_wrong_settings);
  return suite;
}

int
main (int argc, char **argv)
{
  gst_check_init (&argc, &argv);
  /* beatdetect is not built without aubio. */
  if (!media_has_element ("beatdetect"))
    return 77;
  return gst_check_run_suite (filmmodels_suite (), "filmmodels", __FILE__);
}
