/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Arguments of the command line as users write them, the names that are shown,
 * and JSON as it is written for programs. */
#include <gst/check/gstcheck.h>

#include "jsontext.h"
#include "takes.h"
#include "values.h"

static GstClockTime
time_of (const gchar *text, gint fps_n, gint fps_d)
{
  g_autoptr (GError) error = NULL;
  GstClockTime time = GST_CLOCK_TIME_NONE;

  if (tool_value_time ("--x", text, fps_n, fps_d, &time, &error)) {
    fail_unless (error == NULL);
    return time;
  }
  fail_unless (g_error_matches (error, TOOL_USAGE_ERROR, 0));
  fail_unless (strstr (error->message, "--x") != NULL);
  return GST_CLOCK_TIME_NONE;
}

GST_START_TEST (test_times)
{
  fail_unless_equals_uint64 (time_of ("83.5", 0, 0), 83500 * GST_MSECOND);
  fail_unless_equals_uint64 (time_of ("1:23.5", 0, 0), 83500 * GST_MSECOND);
  fail_unless_equals_uint64 (time_of ("01:01:01", 0, 0), 3661 * GST_SECOND);
  fail_unless_equals_uint64 (time_of ("0", 0, 0), 0);
  fail_unless_equals_uint64 (time_of (".25", 0, 0), 250 * GST_MSECOND);
  /* Frames of 25 and of 30000/1001, the latter counted as 30. */
  fail_unless_equals_uint64 (time_of ("00:01:23:12", 25, 1),
      83480 * GST_MSECOND);
  fail_unless_equals_uint64 (time_of ("00:00:10:00", 30000, 1001),
      10010 * GST_MSECOND);
}
GST_END_TEST;

GST_START_TEST (test_bad_times)
{
  static const gchar *const bad[] = {"", "a", "-1", "1:60", "1:2:3:4:5",
      "1:61:00", "1,5", "1e3", "0x10", " 1", "1 ", "1:", ":1:", "1.2.3", "nan",
      "999999999", "1:2.5:3"};

  for (guint i = 0; i < G_N_ELEMENTS (bad); i++)
    fail_unless (time_of (bad[i], 0, 0) == GST_CLOCK_TIME_NONE, "'%s'", bad[i]);
  /* Frames need a rate, and there are only so many. */
  fail_unless (time_of ("0:0:0:1", 0, 0) == GST_CLOCK_TIME_NONE);
  fail_unless (time_of ("0:0:0:25", 25, 1) == GST_CLOCK_TIME_NONE);
  fail_unless (time_of ("0:0:0:29", 30000, 1001) != GST_CLOCK_TIME_NONE);
  fail_unless (time_of ("0:0:0:30", 30000, 1001) == GST_CLOCK_TIME_NONE);
}
GST_END_TEST;

GST_START_TEST (test_sizes)
{
  static const gchar *const bad[] = {"", "1920", "1920x", "x1080", "1921x1080",
      "0x0", "8x8", "10000x10", "1920x1080x3", "-2x4", "1920 x 1080",
      "0x780x438"};
  guint width = 0, height = 0;

  fail_unless (tool_value_size ("--size", "1920x1080", &width, &height, NULL));
  fail_unless_equals_int (width, 1920);
  fail_unless_equals_int (height, 1080);
  for (guint i = 0; i < G_N_ELEMENTS (bad); i++) {
    g_autoptr (GError) error = NULL;

    fail_if (tool_value_size ("--size", bad[i], &width, &height, &error));
    fail_unless (g_error_matches (error, TOOL_USAGE_ERROR, 0));
  }
}
GST_END_TEST;

static void
check_rate (const gchar *text, gint n, gint d)
{
  gint fps_n = 0, fps_d = 0;

  fail_unless (tool_value_rate ("--fps", text, &fps_n, &fps_d, NULL));
  fail_unless_equals_int (fps_n, n);
  fail_unless_equals_int (fps_d, d);
}

GST_START_TEST (test_tempi)
{
  static const gchar *const wrong[] = {"", "29", "301", "-90", "1e2", "90bpm",
      "9.0.0", "90,5"};
  gdouble tempo = 0;

  fail_unless (tool_value_tempo ("--tempo", "127.5", &tempo, NULL));
  fail_unless_equals_float (tempo, 127.5);
  for (guint i = 0; i < G_N_ELEMENTS (wrong); i++) {
    g_autoptr (GError) error = NULL;

    fail_if (tool_value_tempo ("--tempo", wrong[i], &tempo, &error));
    fail_unless (g_error_matches (error, TOOL_USAGE_ERROR, 0));
    fail_unless (strstr (error->message, "30 to 300") != NULL);
  }
}

GST_END_TEST;

GST_START_TEST (test_rates)
{
  static const gchar *const bad[] = {"", "0", "0.5", "241", "25/0", "/1",
      "25/1/1", "fast", "-25", "1/2", "1000000/1"};
  gint n = 0, d = 0;

  check_rate ("25", 25, 1);
  check_rate ("12.5", 25, 2);
  check_rate ("29.97", 30000, 1001);
  check_rate ("23.976", 24000, 1001);
  check_rate ("23.98", 24000, 1001);
  check_rate ("59.94", 60000, 1001);
  check_rate ("30000/1001", 30000, 1001);
  for (guint i = 0; i < G_N_ELEMENTS (bad); i++)
    fail_if (tool_value_rate ("--fps", bad[i], &n, &d, NULL), "%s", bad[i]);
}
GST_END_TEST;

GST_START_TEST (test_choices)
{
  g_autoptr (GError) error = NULL;
  gint value = -1;
  guint64 number = 0;

  fail_unless (
      tool_value_enum ("--fit", "blur", GST_TYPE_MONTAGE_FIT, &value, NULL));
  fail_unless_equals_int (value, GST_MONTAGE_FIT_BLUR);
  fail_if (tool_value_enum ("--fit", "stretch", GST_TYPE_MONTAGE_FIT, &value,
      &error));
  /* The message lists what there is. */
  fail_unless (strstr (error->message, "crop, pad or blur") != NULL);
  fail_unless (tool_value_unsigned ("--seed", "18446744073709551615",
      G_MAXUINT64, &number, NULL));
  fail_unless_equals_uint64 (number, G_MAXUINT64);
  fail_if (tool_value_unsigned ("--seed", "-1", G_MAXUINT64, &number, NULL));
  fail_if (tool_value_unsigned ("--seed", "1.5", G_MAXUINT64, &number, NULL));
  fail_if (tool_value_unsigned ("--workers", "9", 8, &number, NULL));
}
GST_END_TEST;

GST_START_TEST (test_switches)
{
  fail_if (tool_value_switch (NULL));
  fail_if (tool_value_switch (""));
  fail_if (tool_value_switch ("0"));
  fail_if (tool_value_switch ("False"));
  fail_if (tool_value_switch ("no"));
  fail_unless (tool_value_switch ("1"));
  fail_unless (tool_value_switch ("true"));
}
GST_END_TEST;

static void
check_text (gchar *text, const gchar *expected)
{
  fail_unless_equals_string (text, expected);
  g_free (text);
}

GST_START_TEST (test_texts)
{
  check_text (tool_time_text (0), "0:00.000");
  check_text (tool_time_text (83500 * GST_MSECOND), "1:23.500");
  check_text (tool_time_text (3723 * GST_SECOND + 4 * GST_MSECOND),
      "1:02:03.004");
  /* Rounded once, and carried over. */
  check_text (tool_time_text (59999999999), "1:00.000");
  check_text (tool_span_text (6.2), "7 s");
  check_text (tool_span_text (200), "3 min 20 s");
  check_text (tool_span_text (3900), "1 h 5 min");
  check_text (tool_printable ("a\nb\tä\xff"
                              "c"),
      "a\\nb\\x09ä\\xffc");
  check_text (tool_uri_name ("file:///tmp/a%20b%25%0A.mp4"), "a b%\\n.mp4");
}
GST_END_TEST;

GST_START_TEST (test_json)
{
  g_autoptr (GString) out = g_string_new (NULL);
  static const gchar *const list[] = {"a", "b", NULL};

  tool_json_begin (out, NULL, '{');
  tool_json_string (out, "text", "{\"[,\n");
  tool_json_string (out, "none", NULL);
  tool_json_double (out, "half", 0.5);
  tool_json_int (out, "minus", -1);
  tool_json_boolean (out, "yes", TRUE);
  tool_json_strings (out, "list", list);
  tool_json_begin (out, "rows", '[');
  tool_json_line (out);
  tool_json_raw (out, NULL, "{}\n");
  tool_json_line (out);
  tool_json_uint (out, NULL, 2);
  tool_json_end (out, ']');
  tool_json_end (out, '}');
  fail_unless_equals_string (out->str,
      "{\"text\": \"{\\\"[,\\n\", \"none\": null, \"half\": 0.5, "
      "\"minus\": -1, \"yes\": true, \"list\": [\"a\", \"b\"], "
      "\"rows\": [\n{},\n2]}");
}
GST_END_TEST;

GST_START_TEST (test_names_of_takes)
{
  static const gchar *const rows[][2] = {{"film.mp4", "film-2.mp4"},
      {"a.b/film", "a.b/film-2"}, {"a/film.plan.json", "a/film-2.plan.json"},
      {"film.json", "film-2.json"}, {"v1.2.webm", "v1.2-2.webm"}};

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_autofree gchar *one = tool_take_path (rows[i][0], 0, 1);
    g_autofree gchar *taken = tool_take_path (rows[i][0], 1, 3);

    fail_unless_equals_string (one, rows[i][0]);
    fail_unless_equals_string (taken, rows[i][1]);
  }
}
GST_END_TEST;

static void
add_cut (GstMontagePlan *plan, GstClockTime duration, guint source, guint shot)
{
  GstMontageCut cut;

  gst_montage_cut_init (&cut);
  cut.start = plan->duration;
  cut.duration = duration;
  cut.source = source;
  cut.shot = shot;
  g_array_append_val (plan->cuts, cut);
  plan->duration += duration;
}

/* The same shots at the same times are no difference, however often they are
 * cut. */
GST_START_TEST (test_differences_of_takes)
{
  g_autoptr (GstMontagePlan) a = gst_montage_plan_new ();
  g_autoptr (GstMontagePlan) b = gst_montage_plan_new ();

  add_cut (a, 4 * GST_SECOND, 0, 0);
  add_cut (a, 4 * GST_SECOND, 1, 0);
  add_cut (b, 2 * GST_SECOND, 0, 0);
  add_cut (b, 2 * GST_SECOND, 0, 1);
  add_cut (b, 4 * GST_SECOND, 1, 0);
  add_cut (b, 2 * GST_SECOND, 1, 0);
  fail_unless_equals_int (tool_take_differences (a, a), 0);
  /* Another shot, and a cut after the end of the other film. */
  fail_unless_equals_int (tool_take_differences (b, a), 2);
}
GST_END_TEST;

static Suite *
toolvalues_suite (void)
{
  Suite *suite = suite_create ("toolvalues");
  TCase *tc = tcase_create ("general");

  suite_add_tcase (suite, tc);
  tcase_add_test (tc, test_times);
  tcase_add_test (tc, test_names_of_takes);
  tcase_add_test (tc, test_differences_of_takes);
  tcase_add_test (tc, test_bad_times);
  tcase_add_test (tc, test_sizes);
  tcase_add_test (tc, test_tempi);
  tcase_add_test (tc, test_rates);
  tcase_add_test (tc, test_choices);
  tcase_add_test (tc, test_switches);
  tcase_add_test (tc, test_texts);
  tcase_add_test (tc, test_json);
  return suite;
}

GST_CHECK_MAIN (toolvalues);
