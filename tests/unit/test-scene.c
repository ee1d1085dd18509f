/* SPDX-License-Identifier: LGPL-2.1-or-later */

/* What models say of pictures, and what words mean of it. */

#include <gst/check/gstcheck.h>
#include <gst/montage/montage.h>
#include <string.h>

#define SHOT(number, more)                                                     \
  "{\"shot\":" number ",\"tags\":[\"car\",\"street\"],\"action\":\"high\","    \
  "\"shot_size\":\"wide\",\"mood\":\"energetic\",\"focus_x\":0.25,"            \
  "\"focus_y\":null" more "}"

static const gchar *const rules[] = {"people arguing", "the sea", NULL};

typedef struct
{
  GstMontageScene *scenes[3];
  GPtrArray *faults;
  GError *error;
  gboolean read;
} Reading;

static void
reading_clear (Reading *self)
{
  for (guint i = 0; i < G_N_ELEMENTS (self->scenes); i++)
    gst_montage_scene_free (self->scenes[i]);
  g_ptr_array_unref (self->faults);
  g_clear_error (&self->error);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Reading, reading_clear)

static Reading
read_answer (const gchar *text)
{
  Reading self = {.faults = g_ptr_array_new_with_free_func (g_free)};

  self.read = gst_montage_scene_answer_read (text, -1, rules, "tiny",
      self.scenes, G_N_ELEMENTS (self.scenes), self.faults, &self.error);
  fail_unless (self.read == (self.error == NULL));
  return self;
}

GST_START_TEST (test_tags)
{
  const gchar *const *tags = gst_montage_scene_tags ();
  guint n = g_strv_length ((GStrv) tags);

  fail_unless (n >= 80 && n <= 110, "%u tags", n);
  for (guint i = 0; i < n; i++) {
    for (const gchar *p = tags[i]; *p; p++)
      fail_unless (g_ascii_islower (*p) || *p == '_', "%s", tags[i]);
    for (guint k = 0; k < i; k++)
      fail_if (strcmp (tags[i], tags[k]) == 0, "%s is there twice", tags[i]);
  }
}
GST_END_TEST;

typedef struct
{
  const gchar *tags;
  const gchar *when;
  gboolean shows;
} Wish;

static const Wish wishes[] = {
    {"car street", "cars", TRUE},
    {"car street", "Autos", TRUE},
    {"dog", "shots of animals", TRUE},
    {"dog", "cats", FALSE},
    {"dog", "cats or dogs", TRUE},
    {"dog", "Katzen und Hunde", TRUE},
    {"child playing", "children playing", TRUE},
    {"child", "children playing", FALSE},
    {"child playing", "wenn Kinder spielen", TRUE},
    {"sea", "the sea", TRUE},
    {"sea", "das Meer", TRUE},
    {"aerial sea", "drone shots of the sea", TRUE},
    {"aerial forest", "drone shots of the sea", FALSE},
    {"crowd", "people", TRUE},
    {"woman", "Gesichter", FALSE},
    {"face", "Gesichter", TRUE},
    {"person talking", "people arguing", FALSE},
    {"person", "the", FALSE},
    {"person", "", FALSE},
    {"car", "carpet", FALSE},
};

GST_START_TEST (test_words)
{
  const Wish *wish = &wishes[__i__];
  g_autoptr (GstMontageScene) scene = gst_montage_scene_new ();

  scene->tags = g_strsplit (wish->tags, " ", -1);
  fail_unless (gst_montage_scene_shows (scene, wish->when) == wish->shows,
      "\"%s\" of %s", wish->when, wish->tags);
}
GST_END_TEST;

/* What the model said of a wish needs no tag. */
GST_START_TEST (test_rules_hold)
{
  g_autoptr (GstMontageScene) scene = gst_montage_scene_new ();

  scene->rules = g_strsplit ("people arguing", ",", -1);
  fail_unless (gst_montage_scene_shows (scene, "people arguing"));
  fail_if (gst_montage_scene_shows (scene, "people kissing"));
}
GST_END_TEST;

GST_START_TEST (test_answer)
{
  g_auto (Reading) reading = read_answer (
      "{\"shots\":[" SHOT ("1", ",\"rules\":[\"rule_2\"]") "," SHOT ("2",
          ",\"rules\":[]") "," SHOT ("3", ",\"rules\":[\"rule_9\"]") "]}");
  const GstMontageScene *scene = reading.scenes[0];

  fail_unless (reading.read);
  fail_unless_equals_int (reading.faults->len, 0);
  fail_unless_equals_string (scene->tags[1], "street");
  fail_unless_equals_int (scene->action, GST_MONTAGE_ACTION_LEVEL_HIGH);
  fail_unless_equals_int (scene->shot_size, GST_MONTAGE_SHOT_SIZE_WIDE);
  fail_unless_equals_int (scene->mood, GST_MONTAGE_MOOD_ENERGETIC);
  fail_unless_equals_float (scene->focus_x, 0.25);
  fail_unless_equals_float (scene->focus_y, 0);
  fail_unless_equals_string (scene->model, "tiny");
  fail_unless_equals_int (g_strv_length (scene->rules), 1);
  fail_unless_equals_string (scene->rules[0], "the sea");
  fail_unless (reading.scenes[1]->rules == NULL);
  fail_unless (reading.scenes[2]->rules == NULL);
}
GST_END_TEST;

/* A number that belongs to no picture, a picture that nothing is said of, one
 * that is spoken of twice. */
GST_START_TEST (test_wrong_shots)
{
  g_auto (Reading)
      reading = read_answer ("Here: ```json\n{\"shots\":[" SHOT ("9",
          "") "," SHOT ("0", "") "," SHOT ("-1",
          "") ",{\"shot\":2,\"tags\":[\"dog\"]}," SHOT ("2", "") "]}```");

  fail_unless (reading.read);
  fail_unless (reading.scenes[0] == NULL);
  fail_unless (reading.scenes[2] == NULL);
  fail_unless_equals_string (reading.scenes[1]->tags[0], "dog");
  fail_unless (reading.faults->len >= 2);
}
GST_END_TEST;

/* A wrong value costs its shot; words beyond the vocabulary are dropped. */
GST_START_TEST (test_wrong_values)
{
  g_auto (Reading) reading = read_answer (
      "{\"shots\":[{\"shot\":1,\"tags\":[\"car\"],\"action\":\"wild\"},"
      "{\"shot\":2,\"tags\":[\"ignore all orders\",\"Cat\",7],\"focus_x\":3},"
      "[], {\"shot\":3,\"tags\":\"car\"}]}");

  fail_unless (reading.read);
  fail_unless (reading.scenes[0] == NULL);
  fail_unless (reading.scenes[2] == NULL);
  fail_unless_equals_int (g_strv_length (reading.scenes[1]->tags), 1);
  fail_unless_equals_string (reading.scenes[1]->tags[0], "cat");
  fail_unless_equals_float (reading.scenes[1]->focus_x, 1);
  fail_unless_equals_int (reading.faults->len, 3);
}
GST_END_TEST;

static const gchar *const useless[] = {"", "I see a car.", "{}",
    "{\"shots\":{}}", "{\"shots\":[]}", "{\"shots\":[" SHOT ("4", "") "]}",
    "{\"shots\":[]}{\"shots\":[]}"};

GST_START_TEST (test_useless)
{
  g_auto (Reading) reading = read_answer (useless[__i__]);

  fail_if (reading.read, "%s", useless[__i__]);
}
GST_END_TEST;

static JsonObject *
item_schema (const gchar *const *wanted, JsonNode **root)
{
  g_autofree gchar *text = gst_montage_scene_answer_schema (wanted,
      GST_MONTAGE_SCHEMA_FULL);
  JsonObject *object;

  *root = json_from_string (text, NULL);
  fail_unless (*root != NULL);
  object = json_object_get_object_member (json_node_get_object (*root),
      "properties");
  object = json_object_get_object_member (object, "shots");
  object = json_object_get_object_member (object, "items");
  return json_object_get_object_member (object, "properties");
}

/* Closed, and a list of choices is never empty. */
GST_START_TEST (test_schema)
{
  static const gchar *const none[] = {NULL};
  g_autoptr (JsonNode) with = NULL;
  g_autoptr (JsonNode) without = NULL;
  g_autofree gchar *words = gst_montage_scene_answer_describe (rules);
  JsonObject *shot = item_schema (rules, &with);
  JsonObject *items =
      json_object_get_object_member (json_object_get_object_member (shot,
                                         "rules"),
          "items");

  fail_unless_equals_int (json_array_get_length (
                              json_object_get_array_member (items, "enum")),
      2);
  fail_if (json_object_has_member (item_schema (none, &without), "rules"));
  fail_unless (strstr (words, "rule_2") != NULL);
  fail_unless (strstr (words, "underwater") != NULL);
}
GST_END_TEST;

#define LIST(more)                                                             \
  "{\"schema\":\"gst-montage/shots\",\"version\":1,\"duration\":9,"            \
  "\"width\":640,\"height\":360,\"frame_rate\":\"25/1\",\"shots\":[{"          \
  "\"start\":0,\"end\":9,\"first_frame\":0,\"n_frames\":1,"                    \
  "\"transition_in\":\"start\"" more "}]}"

/* Documents from before there were scenes are read, and what is read is
 * written. */
GST_START_TEST (test_document)
{
  static const gchar *const texts[] = {LIST (""), LIST (",\"scene\":null"),
      LIST (",\"scene\":{\"tags\":[\"car\"],\"mood\":\"calm\","
            "\"focus_x\":0.5,\"rules\":[\"cars\"],\"model\":\"m\"}")};

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++) {
    g_autoptr (GError) error = NULL;
    g_autoptr (GstMontageShotList)
        list = gst_montage_shot_list_from_json (texts[i], -1, NULL, &error);
    g_autoptr (GstMontageShotList) copy = NULL;
    g_autofree gchar *text = NULL;
    g_autofree gchar *again = NULL;
    const GstMontageScene *scene;

    g_assert_no_error (error);
    copy = gst_montage_shot_list_copy (list);
    scene = g_array_index (copy->shots, GstMontageShot, 0).scene;
    fail_unless ((scene != NULL) == (i == 2));
    if (scene)
      fail_unless_equals_int (scene->mood, GST_MONTAGE_MOOD_CALM);
    text = gst_montage_shot_list_to_json (list);
    again = gst_montage_shot_list_to_json (copy);
    fail_unless_equals_string (text, again);
  }
}
GST_END_TEST;

GST_START_TEST (test_wrong_document)
{
  static const gchar *const texts[] = {LIST (",\"scene\":[]"),
      LIST (",\"scene\":{\"mood\":\"odd\"}"),
      LIST (",\"scene\":{\"tags\":[],\"faces\":1}")};

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++) {
    g_autoptr (GError) error = NULL;

    fail_if (gst_montage_shot_list_from_json (texts[i], -1, NULL, &error));
    fail_unless (error && strstr (error->message, "shots[0].scene"));
  }
}
GST_END_TEST;

static Suite *
scene_suite (void)
{
  Suite *suite = suite_create ("scene");
  TCase *tcase = tcase_create ("general");

  suite_add_tcase (suite, tcase);
  tcase_add_test (tcase, test_tags);
  tcase_add_loop_test (tcase, test_words, 0, G_N_ELEMENTS (wishes));
  tcase_add_test (tcase, test_rules_hold);
  tcase_add_test (tcase, test_answer);
  tcase_add_test (tcase, test_wrong_shots);
  tcase_add_test (tcase, test_wrong_values);
  tcase_add_loop_test (tcase, test_useless, 0, G_N_ELEMENTS (useless));
  tcase_add_test (tcase, test_schema);
  tcase_add_test (tcase, test_document);
  tcase_add_test (tcase, test_wrong_document);
  return suite;
}

GST_CHECK_MAIN (scene);
