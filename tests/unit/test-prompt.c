/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <string.h>

#include <gst/check/gstcheck.h>
#include <gst/montage/montage.h>
#include <json-glib/json-glib.h>

/* prompts.json: sentences with everything that the reading must make of them.
 * "expect" is the style; "fields" hold what differs from that style, named as
 * in caps; "scenes" the wishes that hold where a shot shows something, as
 * "WHEN SPEED_STEP WEIGHT"; "left_over" the words that must not be understood.
 * All other fields must be those of the style. */

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

static GstMontageInstructions *
read_prompt (const gchar *style, const gchar *prompt)
{
  g_autoptr (GError) error = NULL;
  GstMontageInstructions *read = gst_montage_prompt_read (styles, style, prompt,
      &error);

  g_assert_no_error (error);
  fail_unless (gst_montage_instructions_validate (read, &error));
  fail_unless_equals_int (read->revision, 1);
  return read;
}

/* The value of a field as text; numbers in their shortest form. */
static gchar *
value_text (const GValue *value)
{
  gchar number[G_ASCII_DTOSTR_BUF_SIZE];

  if (!value)
    return g_strdup ("(absent)");
  if (G_VALUE_HOLDS_DOUBLE (value))
    return g_strdup (g_ascii_formatd (number, sizeof number, "%.6g",
        g_value_get_double (value)));
  if (G_VALUE_HOLDS_STRING (value))
    return g_value_dup_string (value);
  return gst_value_serialize (value);
}

static gchar *
expected_text (JsonObject *entry, const gchar *name, const GValue *of_style)
{
  JsonObject *fields = json_object_has_member (entry, "fields")
      ? json_object_get_object_member (entry, "fields")
      : NULL;

  if (fields && json_object_has_member (fields, name))
    return g_strdup (json_object_get_string_member (fields, name));
  return value_text (of_style);
}

static guint
compare_fields (JsonObject *entry, const gchar *title,
    const GstMontageInstructions *read)
{
  const GstMontageStyle *style = gst_montage_styles_lookup (styles,
      json_object_get_string_member (entry, "expect"));
  g_autoptr (GstStructure)
      got = gst_montage_instructions_to_structure (read, "x");
  g_autoptr (GstStructure)
      plain = gst_montage_instructions_to_structure (style->instructions, "x");
  guint wrong = 0;

  for (gint i = 0; i < gst_structure_n_fields (got); i++) {
    const gchar *name = gst_structure_nth_field_name (got, (guint) i);
    g_autofree gchar *is = NULL;
    g_autofree gchar *right = NULL;

    if (g_str_has_prefix (name, "origin"))
      continue;
    is = value_text (gst_structure_get_value (got, name));
    right = expected_text (entry, name, gst_structure_get_value (plain, name));
    if (g_str_equal (is, right))
      continue;
    g_printerr ("\"%s\": %s is %s, not %s\n", title, name, is, right);
    wrong++;
  }
  return wrong;
}

/* The strings of a member that may be absent, with commas. */
static gchar *
join_member (JsonObject *entry, const gchar *name)
{
  GString *out = g_string_new (NULL);
  JsonArray *array = json_object_has_member (entry, name)
      ? json_object_get_array_member (entry, name)
      : NULL;

  for (guint i = 0; array && i < json_array_get_length (array); i++)
    g_string_append_printf (out, "%s%s", i > 0 ? "," : "",
        json_array_get_string_element (array, i));
  return g_string_free (out, FALSE);
}

static gchar *
join_scenes (const GArray *scenes)
{
  GString *out = g_string_new (NULL);

  for (guint i = 0; i < scenes->len; i++) {
    const GstMontageSceneRule *rule = &g_array_index (scenes,
        GstMontageSceneRule, i);

    g_string_append_printf (out, "%s%s %d %g", i > 0 ? "," : "", rule->when,
        rule->speed_step, rule->weight);
  }
  return g_string_free (out, FALSE);
}

static guint
compare_member (JsonObject *entry, const gchar *title, const gchar *name,
    const gchar *is)
{
  g_autofree gchar *right = join_member (entry, name);

  if (g_str_equal (is, right))
    return 0;
  g_printerr ("\"%s\": %s is %s, not %s\n", title, name, is, right);
  return 1;
}

static guint
compare_lists (JsonObject *entry, const gchar *title,
    const GstMontageInstructions *read)
{
  g_autofree gchar *scenes = join_scenes (read->scenes);
  g_autofree gchar *left_over = read->origin.left_over
      ? g_strjoinv (",", read->origin.left_over)
      : g_strdup ("");

  return compare_member (entry, title, "scenes", scenes)
      + compare_member (entry, title, "left_over", left_over);
}

static guint
check_entry (JsonObject *entry)
{
  const gchar *prompt = json_object_get_string_member (entry, "prompt");
  const gchar *style = json_object_get_string_member_with_default (entry,
      "style", NULL);
  g_autoptr (GstMontageInstructions) read = read_prompt (style, prompt);

  return compare_fields (entry, prompt, read)
      + compare_lists (entry, prompt, read);
}

GST_START_TEST (test_table)
{
  g_autofree gchar *path = g_build_filename (g_getenv ("MONTAGE_SOURCE"),
      "tests", "unit", "prompts.json", NULL);
  g_autoptr (JsonParser) parser = json_parser_new ();
  g_autoptr (GError) error = NULL;
  JsonArray *entries;
  guint wrong = 0;

  json_parser_load_from_file (parser, path, &error);
  g_assert_no_error (error);
  entries = json_node_get_array (json_parser_get_root (parser));
  fail_unless (json_array_get_length (entries) >= 300);
  for (guint i = 0; i < json_array_get_length (entries); i++)
    wrong += check_entry (json_array_get_object_element (entries, i)) ? 1 : 0;
  fail_unless (wrong == 0, "%u of %u sentences are read wrongly", wrong,
      json_array_get_length (entries));
}
GST_END_TEST;

static void
check_origin (const gchar *style, const gchar *prompt, GstMontageOrigin source,
    const gchar *keywords)
{
  g_autoptr (GstMontageInstructions) read = read_prompt (style, prompt);
  g_autofree gchar *got = read->origin.keywords
      ? g_strjoinv ("|", read->origin.keywords)
      : g_strdup ("");

  fail_unless_equals_int (read->origin.source, source);
  fail_unless_equals_string (got, keywords);
}

/* The words in their order, with their negation and degree. */
GST_START_TEST (test_origin)
{
  check_origin (NULL, NULL, GST_MONTAGE_ORIGIN_DEFAULTS, "");
  check_origin (NULL, "", GST_MONTAGE_ORIGIN_DEFAULTS, "");
  check_origin (NULL, "lorem ipsum", GST_MONTAGE_ORIGIN_DEFAULTS, "");
  check_origin ("mtv", NULL, GST_MONTAGE_ORIGIN_PRESET, "");
  check_origin ("mtv", "lorem", GST_MONTAGE_ORIGIN_PRESET, "");
  check_origin (NULL, "Hitchcock", GST_MONTAGE_ORIGIN_PRESET, "hitchcock");
  check_origin (NULL, "a thriller", GST_MONTAGE_ORIGIN_KEYWORDS, "thriller");
  check_origin ("mtv", "Very slow, no fades, 2:30 please",
      GST_MONTAGE_ORIGIN_KEYWORDS, "very slow|no fades|2:30");
  check_origin (NULL, "Weiche ÜBERGÄNGE, auf jeden Takt",
      GST_MONTAGE_ORIGIN_KEYWORDS, "weiche übergänge|jeden takt");
}
GST_END_TEST;

GST_START_TEST (test_prompt_is_kept)
{
  g_autoptr (GstMontageInstructions)
      read = read_prompt (NULL, "  slow,\n\twarm\x01 ");
  g_autoptr (GstMontageInstructions) none = read_prompt (NULL, " \n");

  fail_unless_equals_string (read->origin.prompt, "slow,  warm");
  fail_unless_equals_int (read->pacing.speed, GST_MONTAGE_SPEED_SLOW);
  fail_unless_equals_int (read->effects.color_grading,
      GST_MONTAGE_GRADING_WARM);
  fail_unless (none->origin.prompt == NULL);
}
GST_END_TEST;

static void
expect_refusal (const gchar *style, const gchar *prompt, const gchar *part)
{
  g_autoptr (GError) error = NULL;

  fail_unless (gst_montage_prompt_read (styles, style, prompt, &error) == NULL);
  fail_unless (
      g_error_matches (error, GST_MONTAGE_ERROR, GST_MONTAGE_ERROR_FIELD));
  fail_unless (strstr (error->message, part) != NULL, "%s", error->message);
}

GST_START_TEST (test_refusals)
{
  g_autofree gchar *huge = g_strnfill (1 << 20, 'a');

  expect_refusal ("noir_opera", "slow", "noir_opera");
  expect_refusal ("noir_opera", NULL, "hitchcock");
  expect_refusal ("\xff\xfe", NULL, "style");
  expect_refusal (NULL, "slow \xc3\x28", "UTF-8");
  expect_refusal (NULL, huge, "8192");
}
GST_END_TEST;

/* Whatever is asked, the limits agree and the fields are in their ranges. */
GST_START_TEST (test_extremes)
{
  static const gchar *const prompts[] = {"shots of 0.01 seconds",
      "shots of 1000 hours", "999999999999999 seconds", "0 seconds", "0:00",
      "shots of at least 50 seconds", "no shot longer than 0.1 seconds",
      "crossfades of 90 seconds", "crossfades of 0.001 seconds",
      "an intro of 900 beats", "an intro of 0 beats", "every 0 beats",
      "every 900 bars", "0 cuts per bar", "999999 cuts per bar", "every", "per",
      "no", "half", "half a", "couple", "two and a", "1 minute and", "at least",
      "1:2:3:4:5", "-----", "'''", "\xcc\x88\xcc\x88",
      "\xe2\x80\x8f\xef\xb7\xba", "½ ½½", "minute minute minute",
      "no no no no fades", "very very very", "nicht nicht nicht",
      "shots shots shots of of of 3 3 3 seconds seconds",
      "mtv hitchcock action documentary minimalist wes anderson travel"};

  for (guint i = 0; i < gst_montage_styles_size (styles); i++)
    for (guint k = 0; k < G_N_ELEMENTS (prompts); k++)
      gst_montage_instructions_free (
          read_prompt (gst_montage_styles_get (styles, i)->name, prompts[k]));
  for (guint k = 0; k < G_N_ELEMENTS (prompts); k++)
    gst_montage_instructions_free (read_prompt (NULL, prompts[k]));
}
GST_END_TEST;

/* The same words read the same in any case, and the longest sentence that is
 * taken is read in reasonable time. */
GST_START_TEST (test_longest)
{
  g_autoptr (GString) text = g_string_new (NULL);

  while (text->len < 8000)
    g_string_append (text, "no very slow shots of 2 to 3 seconds, ");
  gst_montage_instructions_free (read_prompt (NULL, text->str));
}
GST_END_TEST;

static Suite *
prompt_suite (void)
{
  Suite *suite = suite_create ("prompt");
  TCase *tcase = tcase_create ("general");

  suite_add_tcase (suite, tcase);
  tcase_add_checked_fixture (tcase, setup, teardown);
  tcase_add_test (tcase, test_table);
  tcase_add_test (tcase, test_origin);
  tcase_add_test (tcase, test_prompt_is_kept);
  tcase_add_test (tcase, test_refusals);
  tcase_add_test (tcase, test_extremes);
  tcase_add_test (tcase, test_longest);
  return suite;
}

GST_CHECK_MAIN (prompt);
