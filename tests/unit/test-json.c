/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <gst/check/gstcheck.h>
#include <gst/montage/error.h>
#include <gst/montage/json.h>

static void
assert_refused (const gchar *text, gssize length, const gchar *part)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonNode)
      node = gst_montage_json_parse (text, length, "x.json", &error);

  fail_unless (node == NULL, "%s was taken", text);
  fail_unless (
      g_error_matches (error, GST_MONTAGE_ERROR, GST_MONTAGE_ERROR_PARSE));
  fail_unless (g_str_has_prefix (error->message, "x.json is not JSON: "), "%s",
      error->message);
  fail_unless (strstr (error->message, part) != NULL, "%s: %s", text,
      error->message);
}

GST_START_TEST (test_takes_json)
{
  static const gchar *texts[] = {"{}", "[]", " [1, -2.5e3, 0, -0, 1E+2] ",
      "{\"a\": {\"b\": [true, false, null]}}", "\"\\u00e4\\ud83d\\ude00\\n\"",
      "\"ä\"", "9223372036854775807", "-9223372036854775808"};

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++) {
    g_autoptr (GError) error = NULL;
    g_autoptr (JsonNode)
        node = gst_montage_json_parse (texts[i], -1, NULL, &error);

    fail_unless (node != NULL, "%s: %s", texts[i],
        error ? error->message : "no error");
  }
}
GST_END_TEST;

GST_START_TEST (test_refuses_what_is_not_json)
{
  assert_refused ("", -1, "ends too early");
  assert_refused ("{'a': 1}", -1, "double quotes");
  assert_refused ("{\"a\": 1} x", -1, "behind the document");
  assert_refused ("{\"a\": 1,}", -1, "double quotes");
  assert_refused ("[1,]", -1, "value");
  assert_refused ("[01]", -1, "comma or ]");
  assert_refused ("[1.]", -1, "digit");
  assert_refused ("[+1]", -1, "value");
  assert_refused ("[NaN]", -1, "value");
  assert_refused ("/* c */ {}", -1, "value");
  assert_refused ("[\"a\nb\"]", -1, "control character");
  assert_refused ("[\"\\x\"]", -1, "escape");
  assert_refused ("[\"\\ud800\"]", -1, "\\u escape");
  assert_refused ("[\"\\udc00\"]", -1, "\\u escape");
  assert_refused ("[\"\\u0000\"]", -1, "\\u escape");
  assert_refused ("[\"abc", -1, "does not end");
  assert_refused ("\xff\xfe", -1, "UTF-8");
  assert_refused ("[1\0]", 4, "UTF-8");
}
GST_END_TEST;

GST_START_TEST (test_refuses_numbers_that_do_not_fit)
{
  assert_refused ("[9223372036854775808]", -1, "integer is too large");
  assert_refused ("[-9223372036854775809]", -1, "integer is too large");
  assert_refused ("[1e999]", -1, "number is too large");
}
GST_END_TEST;

GST_START_TEST (test_refuses_deep_nesting)
{
  g_autoptr (GString) deep = g_string_new (NULL);

  for (guint i = 0; i < 1000000; i++)
    g_string_append_c (deep, '[');
  assert_refused (deep->str, deep->len, "nested too deeply");
}
GST_END_TEST;

GST_START_TEST (test_names_the_line)
{
  assert_refused ("{\n\"a\": 1,\n\"b\": x\n}", -1, "line 3:");
}
GST_END_TEST;

GST_START_TEST (test_numbers_are_short_and_read_back)
{
  static const struct
  {
    gdouble value;
    const gchar *text;
  } cases[] = {{0, "0"}, {-0.0, "0"}, {0.1, "0.1"}, {90, "90"}, {1e21, "1e+21"},
      {0.30000000000000004, "0.30000000000000004"},
      {1.0 / 3, "0.33333333333333331"}, {128.5, "128.5"}};

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autoptr (GString) out = g_string_new (NULL);

    gst_montage_json_append_double (out, cases[i].value);
    fail_unless_equals_string (out->str, cases[i].text);
  }
}
GST_END_TEST;

GST_START_TEST (test_strings_are_escaped)
{
  g_autoptr (GString) out = g_string_new (NULL);

  gst_montage_json_append_string (out, "a\"b\\c\nd\te\001f ä");
  fail_unless_equals_string (out->str, "\"a\\\"b\\\\c\\nd\\te\\u0001f ä\"");
}
GST_END_TEST;

static Suite *
json_suite (void)
{
  Suite *suite = suite_create ("json");
  TCase *tests = tcase_create ("general");

  suite_add_tcase (suite, tests);
  tcase_add_test (tests, test_takes_json);
  tcase_add_test (tests, test_refuses_what_is_not_json);
  tcase_add_test (tests, test_refuses_numbers_that_do_not_fit);
  tcase_add_test (tests, test_refuses_deep_nesting);
  tcase_add_test (tests, test_names_the_line);
  tcase_add_test (tests, test_numbers_are_short_and_read_back);
  tcase_add_test (tests, test_strings_are_escaped);
  return suite;
}

GST_CHECK_MAIN (json);
