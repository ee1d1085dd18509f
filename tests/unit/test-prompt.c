/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <string.h>

#include <gst/check/gstcheck.h>
#include <gst/montage/montage.h>

#include "prompttable.h"

/* prompts.json: sentences with everything that the reading must make of them,
 * see prompttable.h; "expect" is the style whose fields the others are. */

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

static gboolean
check_entry (JsonObject *entry)
{
  const gchar *prompt = json_object_get_string_member (entry, "prompt");
  const gchar *style = json_object_get_string_member_with_default (entry,
      "style", NULL);
  const GstMontageStyle *expected = gst_montage_styles_lookup (styles,
      json_object_get_string_member (entry, "expect"));
  g_autoptr (GstMontageInstructions) read = read_prompt (style, prompt);

  return prompt_table_compare (entry, prompt, expected->instructions, read);
}

static void
check_table (const gchar *name, guint n_least)
{
  g_autoptr (JsonParser) parser = prompt_table_load (name);
  JsonArray *entries = json_node_get_array (json_parser_get_root (parser));
  guint n_entries = json_array_get_length (entries);
  guint n_wrong = 0;

  fail_unless (n_entries >= n_least);
  for (guint i = 0; i < n_entries; i++)
    if (!check_entry (json_array_get_object_element (entries, i)))
      n_wrong++;
  fail_unless (n_wrong == 0, "%s: %u of %u sentences are read wrongly", name,
      n_wrong, n_entries);
}

GST_START_TEST (test_table)
{
  check_table ("prompts.json", 400);
}
GST_END_TEST;

/* Written before they were read for the first time. */
GST_START_TEST (test_fresh)
{
  check_table ("prompts-fresh.json", 140);
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
  tcase_add_test (tcase, test_fresh);
  tcase_add_test (tcase, test_origin);
  tcase_add_test (tcase, test_prompt_is_kept);
  tcase_add_test (tcase, test_refusals);
  tcase_add_test (tcase, test_extremes);
  tcase_add_test (tcase, test_longest);
  return suite;
}

GST_CHECK_MAIN (prompt);
