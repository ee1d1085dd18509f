/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <string.h>

#include <gst/check/gstcheck.h>
#include <gst/montage/montage.h>
#include <json-glib/json-glib.h>

/* What language models answer: answers as they have been seen in the wild, and
 * what must become of each. */

#define ANSWER                                                                 \
  "{\"style\": {\"name\": \"mtv\", \"mood\": \"energetic\"},"                  \
  " \"pacing\": {\"speed\": \"fast\", \"variation\": \"high\","                \
  " \"intro_duration_beats\": 8, \"climax_intensity\": 0.9},"                  \
  " \"cinematography\": {\"prefer_wide_shots\": false,"                        \
  " \"prefer_high_action\": true, \"match_cuts_enabled\": false,"              \
  " \"invisible_cuts_enabled\": true, \"shot_variation_priority\": \"high\"}," \
  " \"transitions\": {\"type\": \"hard_cuts\","                                \
  " \"crossfade_duration_sec\": 0.5},"                                         \
  " \"energy_mapping\": {\"sync_to_beats\": true,"                             \
  " \"energy_amplification\": 1.5},"                                           \
  " \"effects\": {\"color_grading\": \"vibrant\", \"color_intensity\": 0.8,"   \
  " \"stabilization\": false, \"upscale\": false,"                             \
  " \"sharpness_boost\": true},"                                               \
  " \"constraints\": {\"target_duration_sec\": null,"                          \
  " \"min_clip_duration_sec\": 0.5, \"max_clip_duration_sec\": 4}}"

static GstMontageStyles *styles;

static void
setup (void)
{
  g_autoptr (GError) error = NULL;

  styles = gst_montage_styles_load (NULL, &error);
  g_assert_no_error (error);
}

static void
teardown (void)
{
  g_clear_pointer (&styles, gst_montage_styles_free);
}

static GPtrArray *
new_strings (void)
{
  return g_ptr_array_new_with_free_func (g_free);
}

static GstMontageInstructions *
read_prompt (const gchar *prompt)
{
  g_autoptr (GError) error = NULL;
  GstMontageInstructions *read = gst_montage_prompt_read (styles, NULL, prompt,
      &error);

  g_assert_no_error (error);
  return read;
}

static GstMontageInstructions *
read_answer (const gchar *text, const GstMontageInstructions *before,
    GPtrArray *faults, GError **error)
{
  return gst_montage_answer_read (text, -1, before, styles, NULL,
      GST_MONTAGE_ORIGIN_GOOGLE, "model-1", faults, error);
}

static GstMontageInstructions *
take (const gchar *text, const gchar *prompt)
{
  g_autoptr (GstMontageInstructions) before = read_prompt (prompt);
  g_autoptr (GPtrArray) faults = new_strings ();
  g_autoptr (GError) error = NULL;
  GstMontageInstructions *out = read_answer (text, before, faults, &error);

  fail_unless (out != NULL, "%s: %s", text, error ? error->message : "");
  return out;
}

static void
refuse (const gchar *text, gint code, const gchar *part)
{
  g_autoptr (GstMontageInstructions) before = read_prompt ("zzz");
  g_autoptr (GPtrArray) faults = new_strings ();
  g_autoptr (GError) error = NULL;
  g_autoptr (GstMontageInstructions)
      out = read_answer (text, before, faults, &error);

  fail_unless (out == NULL, "%s was taken", text);
  fail_unless (g_error_matches (error, GST_MONTAGE_ERROR, code), "%s: %s", text,
      error->message);
  fail_unless (strstr (error->message, part) != NULL, "%s: %s", text,
      error->message);
  fail_unless ((faults->len > 0) == (code == GST_MONTAGE_ERROR_FIELD));
}

/* @json with the first @old replaced by @new. */
static gchar *
replaced (const gchar *old, const gchar *new)
{
  const gchar *at = strstr (ANSWER, old);

  g_assert (at != NULL);
  return g_strdup_printf ("%.*s%s%s", (int) (at - ANSWER), ANSWER, new,
      at + strlen (old));
}

GST_START_TEST (test_takes_the_object)
{
  static const struct
  {
    const gchar *before;
    const gchar *behind;
    const gchar *note;
  } wrappings[] = {
      {"", "", NULL},
      {"\xef\xbb\xbf", "\n", NULL},
      {"```json\n", "\n```", "before"},
      {"```\n", "```\n\n", "before"},
      {"Here is your edit:\n", "", "before"},
      {"<think>A fast one? {\"style\": 1}</think>", "", "Thinking"},
      {"hm {x}</think>\n", "", "Thinking"},
      {"<thinking>\n\n</thinking>```json", "```", "Thinking"},
      {"", "}", NULL},
      {"", " ].`;", NULL},
      {"", "\nThis edit fits the song.", "behind"},
  };

  for (guint i = 0; i < G_N_ELEMENTS (wrappings); i++) {
    g_autofree gchar *text = g_strconcat (wrappings[i].before, ANSWER,
        wrappings[i].behind, NULL);
    g_autoptr (GstMontageInstructions) out = take (text, "zzz");
    g_autofree gchar *notes = out->origin.notes
        ? g_strjoinv ("|", out->origin.notes)
        : g_strdup ("");

    fail_unless_equals_string (out->style.name, "mtv");
    fail_unless_equals_int (out->pacing.speed, GST_MONTAGE_SPEED_FAST);
    fail_unless_equals_int (out->pacing.intro_duration_beats, 8);
    if (wrappings[i].note)
      fail_unless (strstr (notes, wrappings[i].note) != NULL, "%s: %s", text,
          notes);
    else
      fail_unless_equals_string (notes, "");
  }
}
GST_END_TEST;

GST_START_TEST (test_refuses_what_is_no_object)
{
  const gint parse = GST_MONTAGE_ERROR_PARSE;
  g_autofree gchar *twice = g_strconcat (ANSWER, ANSWER, NULL);
  g_autofree gchar *cut = g_strndup (ANSWER, strlen (ANSWER) - 40);
  g_autofree gchar *huge = g_strnfill (GST_MONTAGE_ANSWER_MAX_BYTES + 1, ' ');
  g_autoptr (GString) deep = g_string_new (NULL);

  refuse ("", parse, "no JSON object");
  refuse ("I cannot help with that.", parse, "no JSON object");
  refuse ("[1, 2]", parse, "no JSON object");
  refuse (cut, parse, "");
  refuse (twice, parse, "second object");
  refuse ("{\"style\": 1} and {\"style\": 2}", parse, "second object");
  refuse ("{'style': 1}", parse, "double quotes");
  refuse ("{\"a\": 1, \"a\": 2}", parse, "twice");
  refuse ("{\"a\": 1, \"\\u0061\": 2}", parse, "twice");
  refuse ("{\"a\": 99999999999999999999}", parse, "too large");
  refuse ("{\"a\": 1e999}", parse, "too large");
  refuse ("{\"a\": NaN}", parse, "value");
  refuse ("{\"a\": 1, // no\n}", parse, "");
  refuse ("{\"a\": \"\xff\"}", parse, "UTF-8");
  refuse (huge, parse, "256 KiB");
  for (guint i = 0; i < 20000; i++)
    g_string_append (deep, "{\"a\":");
  refuse (deep->str, parse, "deep");
}
GST_END_TEST;

/* Wrong types that are meant well, and values that are beyond. */
GST_START_TEST (test_coerces)
{
  static const struct
  {
    const gchar *old;
    const gchar *new;
    const gchar *field; /* of the structure */
    const gchar *value;
    const gchar *note;
  } cases[] = {
      {"\"mtv\"", "\"Wes Anderson\"", "style-name", "wes_anderson", NULL},
      {"\"fast\"", "\"Very Slow\"", "pacing-speed", "very_slow", "Very Slow"},
      {"\"fast\"", "\"very-fast\"", "pacing-speed", "very_fast", "very-fast"},
      {"8,", "\"16\",", "pacing-intro-duration-beats", "16", "16"},
      {"8,", "16.0,", "pacing-intro-duration-beats", "16", NULL},
      {"8,", "15.6,", "pacing-intro-duration-beats", "16", "15.6"},
      {"8,", "900,", "pacing-intro-duration-beats", "32", "900"},
      {"8,", "-3,", "pacing-intro-duration-beats", "4", "-3"},
      {"0.9}", "1}", "pacing-climax-intensity", "1", NULL},
      {"0.9}", "85}", "pacing-climax-intensity", "1", "85"},
      {"0.9}", "\".5\"}", NULL, NULL, NULL},
      {"\"prefer_wide_shots\": false", "\"prefer_wide_shots\": \"True\"",
          "cinematography-prefer-wide-shots", "true", "true"},
      {"null", "40", "constraints-target-duration-sec", "40", NULL},
      {"null", "0.01", "constraints-target-duration-sec", "0.5", "0.01"},
      {"\"high\",", "\"high\", \"shots\": [1],", "pacing-variation", "high",
          "shots"},
      {"0.5, \"max", "9, \"max", "constraints-max-clip-duration-sec", "9",
          "raised"},
      {"\"speed\": \"fast\", ", "", "pacing-speed", "dynamic", "missing"},
      {"\"speed\": \"fast\"", "\"speed\": null", "pacing-speed", "dynamic",
          "null"},
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autofree gchar *text = replaced (cases[i].old, cases[i].new);
    g_autoptr (GstMontageInstructions) out = NULL;
    g_autoptr (GstStructure) fields = NULL;
    g_autofree gchar *value = NULL;
    g_autofree gchar *notes = NULL;

    if (!cases[i].field) {
      refuse (text, GST_MONTAGE_ERROR_FIELD, "climax_intensity");
      continue;
    }
    out = take (text, "zzz");
    fields = gst_montage_instructions_to_structure (out, "x");
    value = gst_value_serialize (
        gst_structure_get_value (fields, cases[i].field));
    fail_unless_equals_string (value, cases[i].value);
    notes = g_strjoinv ("|",
        out->origin.notes ? out->origin.notes : (gchar *[]){NULL});
    if (cases[i].note)
      fail_unless (strstr (notes, cases[i].note) != NULL, "%s: %s", text,
          notes);
  }
}
GST_END_TEST;

/* What a model writes is quoted in notes, which terminals and pages show. */
GST_START_TEST (test_quotes_on_one_line)
{
  static const gchar *const values[] = {"\"Very\\u202eSlow\"",
      "\"a\\nb\\u001b[2J\\u009b2J\"", "{\"\\u2028\": [\"\\u0007\"]}"};

  for (guint i = 0; i < G_N_ELEMENTS (values); i++) {
    g_autofree gchar *extra = g_strdup_printf ("\"high\", %s: 1,",
        values[i][0] == '"' ? values[i] : "\"x\\u202ey\"");
    g_autofree gchar *speed = g_strconcat ("\"speed\": ", values[i], NULL);
    g_autofree gchar *known = replaced ("\"high\",", extra);
    g_autofree gchar *wrong = replaced ("\"speed\": \"fast\"", speed);
    g_autoptr (GstMontageInstructions) out = take (known, "zzz");
    g_autoptr (GPtrArray) faults = new_strings ();
    g_autoptr (GError) error = NULL;
    g_autoptr (GstMontageInstructions)
        none = read_answer (wrong, out, faults, &error);
    const gchar *const told[] = {out->origin.notes[0],
        none ? "" : error->message};

    for (guint k = 0; k < G_N_ELEMENTS (told); k++)
      for (const gchar *p = told[k]; *p; p = g_utf8_next_char (p))
        fail_unless (g_unichar_isprint (g_utf8_get_char (p)), "%s", told[k]);
  }
}
GST_END_TEST;

GST_START_TEST (test_finds_faults)
{
  static const struct
  {
    const gchar *old;
    const gchar *new;
    const gchar *part;
  } cases[] = {
      {"\"mtv\"", "\"opera\"", "style.name: \"opera\" is not one of"},
      {"\"mtv\"", "7", "style.name: 7"},
      {"\"energetic\"", "\"angry\"", "style.mood: \"angry\" is not one of"},
      {"\"fast\"", "\"warp\"", "pacing.speed"},
      {"\"fast\"", "3", "pacing.speed"},
      {"\"fast\"", "[\"fast\"]", "pacing.speed"},
      {"8,", "\"many\",", "intro_duration_beats"},
      {"8,", "\"0x10\",", "intro_duration_beats"},
      {"8,", "true,", "intro_duration_beats"},
      {"false", "1", "prefer_wide_shots"},
      {"false", "\"yes\"", "prefer_wide_shots"},
      {"{\"name\": \"mtv\", \"mood\": \"energetic\"}", "\"mtv\"", "style"},
      {"\"style\": {\"name\": \"mtv\", \"mood\": \"energetic\"}, ", "",
          "style: is missing"},
      {"\"pacing\"", "\"tempo\"", "pacing: is missing"},
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autofree gchar *text = replaced (cases[i].old, cases[i].new);

    refuse (text, GST_MONTAGE_ERROR_FIELD, cases[i].part);
  }
  refuse ("{}", GST_MONTAGE_ERROR_FIELD, "style");
}
GST_END_TEST;

/* What the words say wins over what the model makes of them. */
GST_START_TEST (test_words_win)
{
  g_autoptr (GstMontageInstructions)
      out = take (ANSWER, "very slow, 40 seconds, like fog over water");
  g_autofree gchar *notes = g_strjoinv ("|", out->origin.notes);

  fail_unless_equals_int (out->pacing.speed, GST_MONTAGE_SPEED_VERY_SLOW);
  fail_unless_equals_float (out->constraints.target_duration_sec, 40);
  fail_unless_equals_int (out->effects.color_grading,
      GST_MONTAGE_GRADING_VIBRANT);
  fail_unless (strstr (notes, "pacing.speed stays very_slow") != NULL);
  fail_unless_equals_int (out->origin.source, GST_MONTAGE_ORIGIN_GOOGLE);
  fail_unless_equals_string (out->origin.model, "model-1");
  fail_unless (out->origin.left_over == NULL);
}
GST_END_TEST;

/* Hours of computing are never a model's choice. */
GST_START_TEST (test_costs_need_the_user)
{
  g_autofree gchar *text = replaced ("\"stabilization\": false",
      "\"stabilization\": true");
  g_autoptr (GstMontageInstructions) before = read_prompt ("zzz");
  g_autoptr (GPtrArray) faults = new_strings ();
  const GstMontageAnswerOptions options = {.allow_stabilization = TRUE};
  g_autoptr (GstMontageInstructions) without = take (text, "zzz");
  g_autoptr (GstMontageInstructions) asked = take (text, "stabilise it, zzz");
  g_autoptr (GstMontageInstructions) with = gst_montage_answer_read (text, -1,
      before, styles, &options, GST_MONTAGE_ORIGIN_OLLAMA, NULL, faults, NULL);

  fail_if (without->effects.stabilization);
  fail_unless (asked->effects.stabilization);
  fail_unless (with->effects.stabilization);
}
GST_END_TEST;

static const GstMontageDecision *
find_decision (const GstMontageInstructions *self, const gchar *field)
{
  for (guint i = 0; i < self->origin.decisions->len; i++) {
    const GstMontageDecision *decision = &g_array_index (self->origin.decisions,
        GstMontageDecision, i);

    if (g_str_equal (decision->field, field))
      return decision;
  }
  return NULL;
}

GST_START_TEST (test_decisions)
{
  g_autoptr (GstMontageInstructions) out = take (ANSWER, "very slow, zzz");
  const GstMontageDecision *speed = find_decision (out, "pacing.speed");
  const GstMontageDecision *grade = find_decision (out,
      "effects.color_grading");

  fail_unless (speed != NULL && grade != NULL);
  fail_unless_equals_string (speed->value, "very_slow");
  fail_unless_equals_string (speed->words, "very slow");
  fail_unless_equals_int (speed->source, GST_MONTAGE_ORIGIN_KEYWORDS);
  fail_unless_equals_string (grade->value, "vibrant");
  fail_unless_equals_int (grade->source, GST_MONTAGE_ORIGIN_GOOGLE);
  fail_unless (grade->sure < GST_MONTAGE_DECISION_SETTLED);
}
GST_END_TEST;

/* The example is an answer, and one that changes nothing. */
GST_START_TEST (test_example)
{
  for (guint i = 0; i < gst_montage_styles_size (styles); i++) {
    const GstMontageStyle *style = gst_montage_styles_get (styles, i);
    g_autoptr (GstMontageInstructions) before = read_prompt (style->title);
    g_autofree gchar *text = gst_montage_answer_example (before);
    g_autoptr (GPtrArray) faults = new_strings ();
    g_autoptr (GError) error = NULL;
    g_autoptr (GstMontageInstructions)
        out = read_answer (text, before, faults, &error);
    g_autofree gchar *again = NULL;

    g_assert_no_error (error);
    again = gst_montage_answer_example (out);
    fail_unless_equals_string (text, again);
    fail_unless (out->origin.notes == NULL, "%s: %s", style->name,
        out->origin.notes ? out->origin.notes[0] : "");
  }
}
GST_END_TEST;

/* Strict servers want every property required, in its order, in a closed
 * shape. */
static guint
check_shape (JsonObject *schema)
{
  JsonObject *properties = json_object_get_object_member (schema, "properties");
  JsonArray *required = json_object_get_array_member (schema, "required");
  g_autoptr (GList) names = json_object_get_members (properties);
  guint n = 0, i = 0;

  fail_if (json_object_get_boolean_member (schema, "additionalProperties"));
  fail_unless_equals_int (json_array_get_length (required),
      g_list_length (names));
  for (GList *at = names; at; at = at->next, i++) {
    JsonObject *part = json_object_get_object_member (properties, at->data);

    fail_unless_equals_string (json_array_get_string_element (required, i),
        at->data);
    n += json_object_has_member (part, "properties") ? check_shape (part) : 1;
  }
  return n;
}

GST_START_TEST (test_schema)
{
  for (guint level = 0; level <= GST_MONTAGE_SCHEMA_PLAIN; level++) {
    g_autofree gchar *text = gst_montage_answer_schema (styles, level);
    g_autoptr (JsonNode) root = json_from_string (text, NULL);

    fail_unless (root != NULL);
    fail_unless_equals_int (check_shape (json_node_get_object (root)), 23);
    fail_unless_equals_int (strstr (text, "\"maximum\"") != NULL,
        level == GST_MONTAGE_SCHEMA_FULL);
    fail_unless (strstr (text, "\"wes_anderson\"") != NULL);
    fail_unless (strstr (text, "$schema") == NULL);
  }
}
GST_END_TEST;

GST_START_TEST (test_description)
{
  g_autofree gchar *text = gst_montage_answer_describe (styles);

  fail_unless (strstr (text, "style.name: one of action, ") != NULL, "%s",
      text);
  fail_unless (strstr (text,
                   "pacing.intro_duration_beats: a whole number from 4 to 32. ")
      != NULL);
  fail_unless (strstr (text, "from 0.1 to 86400, or null. ") != NULL);
}
GST_END_TEST;

static Suite *
answer_suite (void)
{
  Suite *suite = suite_create ("answer");
  TCase *tcase = tcase_create ("general");

  suite_add_tcase (suite, tcase);
  tcase_add_checked_fixture (tcase, setup, teardown);
  tcase_add_test (tcase, test_takes_the_object);
  tcase_add_test (tcase, test_refuses_what_is_no_object);
  tcase_add_test (tcase, test_coerces);
  tcase_add_test (tcase, test_quotes_on_one_line);
  tcase_add_test (tcase, test_finds_faults);
  tcase_add_test (tcase, test_words_win);
  tcase_add_test (tcase, test_costs_need_the_user);
  tcase_add_test (tcase, test_decisions);
  tcase_add_test (tcase, test_example);
  tcase_add_test (tcase, test_schema);
  tcase_add_test (tcase, test_description);
  return suite;
}

GST_CHECK_MAIN (answer);
