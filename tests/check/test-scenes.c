/* SPDX-License-Identifier: LGPL-2.1-or-later */

/* Models that look at the shots of clips, on a server that records what it is
 * shown. */

#include <gst/montage/montage.h>
#include <json-glib/json-glib.h>

#include "../../gst/pipelines/scenelooker.h"
#include "modelserver.h"
#include "smallmedia.h"

#define SHOT_SECONDS 0.5

typedef struct
{
  ModelServer *server;
  MontageDirector *director;
  GPtrArray *clips; /* of GstMontageShotList */
  GArray *rules;    /* of GstMontageSceneRule */
  GPtrArray *notes;
  gchar *cache_folder;
  gchar *bodies[4]; /* of replies */
  ModelReply replies[4];
  guint n_replies;
} Studio;

static void
studio_init (Studio *self)
{
  MontageDirectorSettings *settings = montage_director_settings_new ();
  MontageBackendSettings *backend;

  memset (self, 0, sizeof (*self));
  self->server = model_server_new ();
  backend = montage_backend_settings_new (MONTAGE_BACKEND_OLLAMA,
      model_server_get_base (self->server));
  g_free (backend->model);
  backend->model = g_strdup ("eyes");
  backend->model_is_set = TRUE;
  backend->deadline = 30000;
  backend->max_retries = 0;
  g_ptr_array_add (settings->backends, backend);
  self->director = montage_director_new (settings);
  self->clips = g_ptr_array_new_with_free_func (
      (GDestroyNotify) gst_montage_shot_list_free);
  self->rules = g_array_new (FALSE, TRUE, sizeof (GstMontageSceneRule));
  self->notes = g_ptr_array_new_with_free_func (g_free);
  self->cache_folder = media_path ("cache");
}

static void
studio_clear (Studio *self)
{
  montage_director_free (self->director);
  model_server_free (self->server);
  g_ptr_array_unref (self->clips);
  for (guint i = 0; i < self->rules->len; i++)
    g_free (g_array_index (self->rules, GstMontageSceneRule, i).when);
  g_array_unref (self->rules);
  g_ptr_array_unref (self->notes);
  g_free (self->cache_folder);
  for (guint i = 0; i < G_N_ELEMENTS (self->bodies); i++)
    g_free (self->bodies[i]);
}

/* A clip of @n_shots shots of half a second. */
static GstMontageShotList *
add_clip (Studio *self, const gchar *name, guint n_shots)
{
  GstMontageShotList *clip = gst_montage_shot_list_new ();

  clip->uri = media_uri (name);
  clip->width = 96;
  clip->height = 64;
  clip->fps_n = 30;
  clip->fps_d = 1;
  for (guint i = 0; i < n_shots; i++) {
    GstMontageShot *shot = gst_montage_shot_list_append (clip);

    shot->start = i * (GstClockTime) (SHOT_SECONDS * GST_SECOND);
    shot->end = shot->start + (GstClockTime) (SHOT_SECONDS * GST_SECOND);
    shot->first_frame = i * 15;
    shot->n_frames = 15;
    clip->duration = shot->end;
  }
  g_ptr_array_add (self->clips, clip);
  return clip;
}

static void
add_rule (Studio *self, const gchar *when)
{
  GstMontageSceneRule rule = {g_strdup (when), 1, 0};

  g_array_append_val (self->rules, rule);
}

/* The next reply: of the pictures with these numbers, each an animal, and the
 * first rule holds for the first. */
static void
will_say (Studio *self, const gchar *numbers)
{
  g_auto (GStrv) words = g_strsplit (numbers, " ", -1);
  GString *text = g_string_new ("{\"shots\":[");
  g_autofree gchar *quoted = NULL;

  for (guint i = 0; words[i]; i++)
    g_string_append_printf (text,
        "%s{\"shot\":%s,\"tags\":[\"dog\",\"unicorn\"],\"action\":\"low\","
        "\"shot_size\":\"close\",\"mood\":\"calm\",\"focus_x\":0.5,"
        "\"focus_y\":0.5,\"rules\":[%s]}",
        i > 0 ? "," : "", words[i], i == 0 ? "\"rule_1\"" : "");
  g_string_append (text, "]}");
  quoted = g_strescape (text->str, NULL);
  g_string_free (text, TRUE);
  self->bodies[self->n_replies] = g_strdup_printf (
      "{\"model\":\"eyes:1b\",\"message\":{\"role\":\"assistant\","
      "\"content\":\"%s\"},\"done\":true,\"done_reason\":\"stop\"}",
      quoted);
  self->replies[self->n_replies] = (ModelReply){200,
      self->bodies[self->n_replies]};
  self->n_replies++;
}

static void
look (Studio *self, gboolean use_cache)
{
  const MontageLookOptions options = {.rules = self->rules,
      .use_cache = use_cache,
      .cache_folder = self->cache_folder};
  g_autoptr (GError) error = NULL;

  if (self->n_replies > 0)
    model_server_reply (self->server, "/api/chat", self->replies,
        self->n_replies);
  montage_look_at_shots (self->director, self->clips, &options, self->notes,
      NULL, &error);
  g_assert_no_error (error);
}

static const GstMontageScene *
scene_of (const Studio *self, guint clip, guint shot)
{
  const GstMontageShotList *list = g_ptr_array_index (self->clips, clip);

  return g_array_index (list->shots, GstMontageShot, shot).scene;
}

static guint
count_scenes (const Studio *self)
{
  guint n = 0;

  for (guint i = 0; i < self->clips->len; i++) {
    const GstMontageShotList *clip = g_ptr_array_index (self->clips, i);

    for (guint k = 0; k < clip->shots->len; k++)
      n += scene_of (self, i, k) != NULL;
  }
  return n;
}

static gboolean
has_note (const Studio *self, const gchar *part)
{
  for (guint i = 0; i < self->notes->len; i++)
    if (strstr (g_ptr_array_index (self->notes, i), part))
      return TRUE;
  return FALSE;
}

/* Of a question: how many there are, each a JPEG file. */
static guint
count_pictures (const Studio *self, guint question)
{
  const gchar *body = model_server_get (self->server, question)->body;
  g_autoptr (JsonNode) root = json_from_string (body, NULL);
  JsonArray *messages = json_object_get_array_member (json_node_get_object (
                                                          root),
      "messages");
  JsonObject *last = json_array_get_object_element (messages,
      json_array_get_length (messages) - 1);
  JsonArray *images = json_object_get_array_member (last, "images");

  for (guint i = 0; i < json_array_get_length (images); i++) {
    gsize size;
    g_autofree guchar *data =
        g_base64_decode (json_array_get_string_element (images, i), &size);

    fail_unless (size > 100 && data[0] == 0xff && data[1] == 0xd8);
  }
  return json_array_get_length (images);
}

/* Eight at a time; no name of a file leaves. */
GST_START_TEST (test_batches)
{
  Studio studio;
  const gchar *body;

  studio_init (&studio);
  media_make_clip ("holiday.avi", 150, "smpte");
  add_clip (&studio, "holiday.avi", 10);
  add_rule (&studio, "people arguing");
  will_say (&studio, "1 2 3 4 5 6 7 8");
  will_say (&studio, "2 1");
  look (&studio, FALSE);
  fail_unless_equals_int (model_server_count (studio.server), 2);
  fail_unless_equals_int (count_pictures (&studio, 0), 8);
  fail_unless_equals_int (count_pictures (&studio, 1), 2);
  fail_unless_equals_int (count_scenes (&studio), 10);
  fail_unless_equals_int (studio.notes->len, 0);
  body = model_server_get (studio.server, 0)->body;
  fail_unless (strstr (body, "people arguing") != NULL);
  fail_if (strstr (body, "holiday") != NULL);
  fail_unless_equals_string (scene_of (&studio, 0, 0)->rules[0],
      "people arguing");
  fail_unless_equals_string (scene_of (&studio, 0, 9)->rules[0],
      "people arguing");
  fail_unless (scene_of (&studio, 0, 8)->rules == NULL);
  fail_unless_equals_int (g_strv_length (scene_of (&studio, 0, 3)->tags), 1);
  fail_unless_equals_string (scene_of (&studio, 0, 3)->model, "eyes:1b");
  studio_clear (&studio);
}
GST_END_TEST;

static void
forget (Studio *self)
{
  for (guint i = 0; i < self->clips->len; i++) {
    const GstMontageShotList *clip = g_ptr_array_index (self->clips, i);

    for (guint k = 0; k < clip->shots->len; k++)
      g_clear_pointer (&g_array_index (clip->shots, GstMontageShot, k).scene,
          gst_montage_scene_free);
  }
}

/* What has been answered is not asked again, but other wishes are. */
GST_START_TEST (test_cache)
{
  Studio studio;

  studio_init (&studio);
  media_make_clip ("a.avi", 60, "smpte");
  add_clip (&studio, "a.avi", 3);
  add_rule (&studio, "people arguing");
  will_say (&studio, "1 2 3");
  look (&studio, TRUE);
  forget (&studio);
  look (&studio, TRUE);
  fail_unless_equals_int (model_server_count (studio.server), 1);
  fail_unless_equals_int (count_scenes (&studio), 3);
  fail_unless_equals_string (scene_of (&studio, 0, 0)->rules[0],
      "people arguing");
  forget (&studio);
  look (&studio, FALSE);
  fail_unless_equals_int (model_server_count (studio.server), 2);
  forget (&studio);
  add_rule (&studio, "the sea");
  look (&studio, TRUE);
  fail_unless_equals_int (model_server_count (studio.server), 3);
  studio_clear (&studio);
}
GST_END_TEST;

/* A number that no picture has, and a picture that is passed over; the next
 * time the clip is shown again. */
GST_START_TEST (test_missing)
{
  Studio studio;

  studio_init (&studio);
  media_make_clip ("b.avi", 60, "smpte");
  add_clip (&studio, "b.avi", 4);
  will_say (&studio, "1 3 7");
  look (&studio, TRUE);
  fail_unless_equals_int (count_scenes (&studio), 2);
  fail_unless (scene_of (&studio, 0, 1) == NULL);
  fail_unless (has_note (&studio, "anything of 2 of 4 shots"));
  forget (&studio);
  look (&studio, TRUE);
  fail_unless_equals_int (model_server_count (studio.server), 2);
  studio_clear (&studio);
}
GST_END_TEST;

/* A server that takes no pictures: said once, and not asked for ever. */
GST_START_TEST (test_refused)
{
  static const ModelReply refusal = {400,
      "{\"error\":\"this model does not support images\"}"};
  Studio studio;

  studio_init (&studio);
  media_make_clip ("c.avi", 450, "smpte");
  add_clip (&studio, "c.avi", 30);
  add_clip (&studio, "none.avi", 3);
  model_server_reply (studio.server, "", &refusal, 1);
  look (&studio, TRUE);
  fail_unless_equals_int (count_scenes (&studio), 0);
  fail_unless_equals_int (studio.notes->len, 1);
  fail_unless (has_note (&studio, "of 33 of 33 shots"));
  fail_unless (has_note (&studio, "does not support images"));
  fail_unless (model_server_count (studio.server) < 10);
  studio_clear (&studio);
}
GST_END_TEST;

/* A clip that cannot be decoded has no scenes; the next one has. */
GST_START_TEST (test_damaged)
{
  Studio studio;

  studio_init (&studio);
  media_write ("broken.avi", "RIFF is not enough", 18);
  media_make_clip ("whole.avi", 60, "smpte");
  add_clip (&studio, "broken.avi", 3);
  add_clip (&studio, "whole.avi", 3);
  add_clip (&studio, "none.avi", 3);
  will_say (&studio, "1 2 3");
  look (&studio, TRUE);
  fail_unless_equals_int (model_server_count (studio.server), 1);
  fail_unless_equals_int (count_scenes (&studio), 3);
  fail_unless (scene_of (&studio, 1, 2) != NULL);
  fail_unless_equals_int (studio.notes->len, 2);
  fail_unless (has_note (&studio, "broken.avi: "));
  fail_unless (has_note (&studio, "none.avi: "));
  studio_clear (&studio);
}
GST_END_TEST;

/* What is too short to be shown is not shown to anybody either. */
GST_START_TEST (test_short_shots)
{
  Studio studio;
  GstMontageShotList *clip;

  studio_init (&studio);
  media_make_clip ("d.avi", 60, "smpte");
  clip = add_clip (&studio, "d.avi", 3);
  g_array_index (clip->shots, GstMontageShot, 1).end -= GST_MSECOND;
  will_say (&studio, "1 2");
  look (&studio, TRUE);
  fail_unless_equals_int (count_pictures (&studio, 0), 2);
  fail_unless (scene_of (&studio, 0, 1) == NULL);
  fail_unless (scene_of (&studio, 0, 2) != NULL);
  fail_unless_equals_int (studio.notes->len, 0);
  studio_clear (&studio);
}
GST_END_TEST;

/* Large pictures become small ones of their shape. */
GST_START_TEST (test_size)
{
  Studio studio;
  GstMontageShotList *clip;
  g_autoptr (JsonNode) root = NULL;
  g_autofree guchar *data = NULL;
  gsize size, at = 2;

  studio_init (&studio);
  media_make ("large.avi",
      "videotestsrc num-buffers=30 ! "
      "video/x-raw,width=1600,height=1000,framerate=30/1 ! jpegenc ! avimux");
  clip = add_clip (&studio, "large.avi", 1);
  clip->width = 1600;
  clip->height = 1000;
  will_say (&studio, "1");
  look (&studio, FALSE);
  root = json_from_string (model_server_get (studio.server, 0)->body, NULL);
  {
    JsonArray *messages = json_object_get_array_member (json_node_get_object (
                                                            root),
        "messages");
    JsonObject *last = json_array_get_object_element (messages,
        json_array_get_length (messages) - 1);

    data = g_base64_decode (json_array_get_string_element (
                                json_object_get_array_member (last, "images"),
                                0),
        &size);
  }
  /* the start of frame says the size */
  while (at + 9 < size && (data[at + 1] < 0xc0 || data[at + 1] > 0xc2))
    at += 2u + (guint) (data[at + 2] << 8 | data[at + 3]);
  fail_unless (at + 9 < size);
  fail_unless_equals_int (data[at + 5] << 8 | data[at + 6], 320);
  fail_unless_equals_int (data[at + 7] << 8 | data[at + 8], 512);
  studio_clear (&studio);
}
GST_END_TEST;

GST_START_TEST (test_called_off)
{
  static const ModelReply silence = {200, "", NULL, NULL, MODEL_SLEEPS};
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GError) error = NULL;
  Studio studio;
  MontageLookOptions options = {NULL};

  studio_init (&studio);
  media_make_clip ("e.avi", 60, "smpte");
  add_clip (&studio, "e.avi", 3);
  model_server_reply (studio.server, "", &silence, 1);
  g_cancellable_cancel (cancellable);
  fail_if (montage_look_at_shots (studio.director, studio.clips, &options,
      studio.notes, cancellable, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  fail_unless_equals_int (model_server_count (studio.server), 0);
  studio_clear (&studio);
}
GST_END_TEST;

static Suite *
scenes_suite (void)
{
  Suite *suite = suite_create ("scenes");
  TCase *tcase = tcase_create ("general");

  suite_add_tcase (suite, tcase);
  tcase_set_timeout (tcase, 60);
  tcase_add_checked_fixture (tcase, media_setup, media_teardown);
  tcase_add_test (tcase, test_batches);
  tcase_add_test (tcase, test_cache);
  tcase_add_test (tcase, test_missing);
  tcase_add_test (tcase, test_refused);
  tcase_add_test (tcase, test_damaged);
  tcase_add_test (tcase, test_short_shots);
  tcase_add_test (tcase, test_size);
  tcase_add_test (tcase, test_called_off);
  return suite;
}

GST_CHECK_MAIN (scenes);
