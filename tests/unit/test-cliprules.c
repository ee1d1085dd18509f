/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* What users say of clips: the document, the words of options, what is wrong
 * with them. */
#include <gst/check/gstcheck.h>
#include <gst/montage/montage.h>

static const gchar *const uris[] = {"file:///films/day1/a.mp4",
    "file:///films/day1/b%20%C3%A4.mp4", "file:///films/day2/a.mp4"};

static GstMontageClipRules *
rules_of (const gchar *kind, const gchar *text)
{
  GstMontageClipRules *rules = gst_montage_clip_rules_new ();
  g_autoptr (GError) error = NULL;

  fail_unless (gst_montage_clip_rules_add_text (rules, kind, text, &error),
      "%s", error != NULL ? error->message : "");
  return rules;
}

/* Of @uris, as a set of bits. */
static guint
clips_of (const gchar *name)
{
  g_autoptr (GstMontageClipRules) rules = gst_montage_clip_rules_new ();
  guint found = 0;

  gst_montage_clip_rules_append (rules, name);
  for (guint i = 0; i < G_N_ELEMENTS (uris); i++)
    if (gst_montage_clip_rule_holds (&g_array_index (rules->rules,
                                         GstMontageClipRule, 0),
            uris[i]))
      found |= 1u << i;
  return found;
}

GST_START_TEST (test_names)
{
  fail_unless_equals_int (clips_of ("a.mp4"), 5);
  fail_unless_equals_int (clips_of ("./a.mp4"), 5);
  fail_unless_equals_int (clips_of ("day1/a.mp4"), 1);
  fail_unless_equals_int (clips_of ("ay1/a.mp4"), 0);
  fail_unless_equals_int (clips_of ("films/day2/a.mp4"), 4);
  fail_unless_equals_int (clips_of ("/films/day2/a.mp4"), 4);
  fail_unless_equals_int (clips_of ("/day2/a.mp4"), 0);
  fail_unless_equals_int (clips_of ("x/films/day2/a.mp4"), 0);
  fail_unless_equals_int (clips_of ("/x/films/day2/a.mp4"), 0);
  fail_unless_equals_int (clips_of ("b ä.mp4"), 2);
  fail_unless_equals_int (clips_of ("b ?.mp4"), 2);
  fail_unless_equals_int (clips_of ("file:///films/day1/b%20%C3%A4.mp4"), 2);
  fail_unless_equals_int (clips_of ("*.mp4"), 7);
  fail_unless_equals_int (clips_of ("day1/*"), 3);
  fail_unless_equals_int (clips_of ("*/day1/*"), 3);
  fail_unless_equals_int (clips_of ("A.mp4"), 0);
  fail_unless_equals_int (clips_of ("a"), 0);
  fail_unless_equals_int (clips_of (""), 0);
  fail_unless_equals_int (clips_of ("?.mp4"), 5);
}
GST_END_TEST;

/* A pattern of many stars takes no longer than others: the end of this test is
 * what it tests. */
GST_START_TEST (test_many_stars)
{
  g_autoptr (GString) pattern = g_string_new (NULL);
  g_autoptr (GString) uri = g_string_new ("file:///");
  g_autoptr (GstMontageClipRules) rules = gst_montage_clip_rules_new ();

  for (guint i = 0; i < 60; i++)
    g_string_append (pattern, "*a");
  g_string_append_c (pattern, 'b');
  for (guint i = 0; i < 240; i++)
    g_string_append_c (uri, 'a');
  gst_montage_clip_rules_append (rules, pattern->str);
  fail_if (gst_montage_clip_rule_holds (&g_array_index (rules->rules,
                                            GstMontageClipRule, 0),
      uri->str));
}
GST_END_TEST;

static GstMontageClipRule
find (const GstMontageClipRules *rules, const gchar *uri)
{
  GstMontageClipRule rule;

  gst_montage_clip_rules_find (rules, uri, &rule);
  return rule;
}

GST_START_TEST (test_later_rules_win)
{
  g_autoptr (GstMontageClipRules) rules = rules_of ("weight", "*.mp4=2");
  g_autoptr (GstMontageClipRules) more = rules_of ("weight", "a.mp4=0.5");
  GstMontageClipRule rule;

  fail_unless (gst_montage_clip_rules_add_text (more, "pin", "a.mp4@3", NULL));
  gst_montage_clip_rules_merge (rules, more);
  gst_montage_clip_rules_merge (rules, NULL);
  fail_unless_equals_int (rules->rules->len, 3);
  rule = find (rules, uris[0]);
  fail_unless_equals_float (rule.weight, 0.5);
  fail_unless_equals_int (rule.pins->len, 1);
  gst_montage_clip_rule_clear (&rule);
  rule = find (rules, uris[1]);
  fail_unless_equals_float (rule.weight, 2);
  gst_montage_clip_rule_clear (&rule);
  rule = find (rules, NULL);
  fail_unless_equals_float (rule.weight, 1);
  gst_montage_clip_rule_clear (&rule);
  rule = find (NULL, uris[0]);
  fail_unless_equals_float (rule.weight, 1);
  gst_montage_clip_rule_clear (&rule);
}
GST_END_TEST;

/* What a later rule says in so many words undoes what was said before, also
 * where that is the default; what it does not speak of stays. */
GST_START_TEST (test_defaults_undo)
{
  g_autoptr (GstMontageClipRules) rules = gst_montage_clip_rules_from_json (
      "{\"schema\": \"gst-montage/clips\", \"version\": 1, \"clips\": ["
      "{\"clip\": \"*\", \"skip\": true, \"first\": true, \"last\": true, "
      "\"order\": 3, \"weight\": 2, \"from_sec\": 1, \"to_sec\": 5, "
      "\"pins\": [{\"at_sec\": 7}]}, {\"clip\": \"b.mp4\"}, "
      "{\"clip\": \"a.mp4\", \"skip\": false, \"first\": false, "
      "\"order\": 0, \"weight\": 1, \"to_sec\": 0, \"pins\": []}]}",
      -1, "text", NULL);
  g_autoptr (GstMontageClipRules) merged = gst_montage_clip_rules_new ();
  g_autofree gchar *before = NULL, *after = NULL;
  GstMontageClipRule rule;

  fail_unless (rules != NULL);
  gst_montage_clip_rules_merge (merged, rules);
  before = gst_montage_clip_rules_to_json (rules);
  after = gst_montage_clip_rules_to_json (merged);
  fail_unless_equals_string (before, after);
  fail_unless (strstr (after, "\"skip\": false") != NULL);

  rule = find (merged, "file:///films/a.mp4");
  fail_if (rule.skip || rule.first);
  fail_unless (rule.last);
  fail_unless_equals_int (rule.order, 0);
  fail_unless_equals_float (rule.weight, 1);
  fail_unless_equals_float (rule.from_sec, 1);
  fail_unless_equals_float (rule.to_sec, 0);
  fail_unless_equals_int (rule.pins->len, 0);
  gst_montage_clip_rule_clear (&rule);
  rule = find (merged, "file:///films/b.mp4");
  fail_unless (rule.skip && rule.first);
  fail_unless_equals_float (rule.weight, 2);
  fail_unless_equals_int (rule.pins->len, 1);
  gst_montage_clip_rule_clear (&rule);
}
GST_END_TEST;

GST_START_TEST (test_words)
{
  static const struct
  {
    const gchar *kind, *text, *json;
  } rows[] = {
      {"skip", "a,b=1.mp4", "\"clip\":\"a,b=1.mp4\",\"skip\":true"},
      {"show", "a", "\"clip\":\"a\",\"skip\":false"},
      {"first", "a", "\"clip\":\"a\",\"first\":true"},
      {"last", "a", "\"clip\":\"a\",\"last\":true"},
      {"order", "a,b\\,c",
          "\"clip\":\"a\",\"order\":1},{\"clip\":\"b,c\",\"order\":2"},
      {"weight", "a=b=1.5", "\"clip\":\"a=b\",\"weight\":1.5"},
      {"weight", "a=0", "\"clip\":\"a\",\"weight\":0"},
      {"window", "a-1=1:05-70.5",
          "\"clip\":\"a-1\",\"from_sec\":65,\"to_sec\":70.5"},
      {"window", "a=5-", "\"clip\":\"a\",\"from_sec\":5"},
      {"window", "a=0-5", "\"clip\":\"a\",\"from_sec\":0,\"to_sec\":5"},
      {"window", "a=-5", "\"clip\":\"a\",\"to_sec\":5"},
      {"pin", "a@b@12", "\"clip\":\"a@b\",\"pins\":[{\"at_sec\":12}]"},
      {"pin", "a@0=1:00",
          "\"clip\":\"a\",\"pins\":[{\"at_sec\":0,\"in_sec\":60}]"},
      {"pin", "a@12.5=3+2",
          "\"clip\":\"a\",\"pins\":[{\"at_sec\":12.5,\"in_sec\":3,"
          "\"duration_sec\":2}]"},
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_autoptr (GstMontageClipRules)
        rules = rules_of (rows[i].kind, rows[i].text);
    g_autoptr (GstMontageClipRules) read = NULL;
    g_autofree gchar *text = gst_montage_clip_rules_to_json (rules);
    g_autofree gchar *want = g_strdup_printf ("[{%s}]", rows[i].json);
    g_auto (GStrv) words = g_strsplit_set (text, " \n", -1);
    g_autofree gchar *dense = g_strjoinv ("", words);

    fail_unless (strstr (dense, want) != NULL, "%s: %s", want, dense);
    read = gst_montage_clip_rules_from_json (text, -1, "x", NULL);
    fail_unless (read != NULL);
  }
}
GST_END_TEST;

GST_START_TEST (test_wrong_words)
{
  static const gchar *const rows[][2] = {{"skip", ""}, {"skip", "\xff"},
      {"order", "a,,b"}, {"order", ","}, {"weight", "a"}, {"weight", "=1"},
      {"weight", "a=5"}, {"weight", "a=-1"}, {"weight", "a=x"},
      {"weight", "a=1e0"}, {"weight", "a=."}, {"window", "a=-"},
      {"window", "a=5"}, {"window", "a=5-4"}, {"window", "a=5-5"},
      {"window", "a=1-2-3"}, {"window", "5-4"}, {"window", "a=x-"},
      {"pin", "a"}, {"pin", "@5"}, {"pin", "a@"}, {"pin", "a@x"},
      {"pin", "a@5="}, {"pin", "a@5=1+"}, {"pin", "a@5=1+0"}, {"pin", "a@5+2"},
      {"pin", "a@-5"}, {"pin", "a@5=1=2"}, {"pin", "a@24:00:01"}};

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_autoptr (GstMontageClipRules) rules = gst_montage_clip_rules_new ();
    g_autoptr (GError) error = NULL;

    fail_if (gst_montage_clip_rules_add_text (rules, rows[i][0], rows[i][1],
                 &error),
        "%s %s", rows[i][0], rows[i][1]);
    fail_unless (
        g_error_matches (error, GST_MONTAGE_ERROR, GST_MONTAGE_ERROR_FIELD));
    fail_unless (g_str_has_prefix (error->message, rows[i][0]));
    fail_unless (g_utf8_validate (error->message, -1, NULL));
  }
}
GST_END_TEST;

GST_START_TEST (test_pins)
{
  g_autoptr (GArray) pins = g_array_new (FALSE, FALSE, sizeof (GstMontagePin));
  g_autoptr (GError) error = NULL;
  const GstMontagePin *pin;

  fail_unless (gst_montage_pins_from_text (pins, "3, 1:00=2+1.5", &error));
  fail_unless (gst_montage_pins_from_text (pins, "", &error));
  fail_unless_equals_int (pins->len, 2);
  pin = &g_array_index (pins, GstMontagePin, 0);
  fail_unless_equals_float (pin->at_sec, 3);
  fail_unless_equals_float (pin->in_sec, -1);
  pin = &g_array_index (pins, GstMontagePin, 1);
  fail_unless_equals_float (pin->at_sec, 60);
  fail_unless_equals_float (pin->in_sec, 2);
  fail_unless_equals_float (pin->duration_sec, 1.5);
  fail_if (gst_montage_pins_from_text (pins, "3,,4", &error));
  fail_unless (
      g_error_matches (error, GST_MONTAGE_ERROR, GST_MONTAGE_ERROR_FIELD));
}
GST_END_TEST;

static void
expect_refusal (const GstMontageClipRules *rules, const gchar *part)
{
  g_autoptr (GError) error = NULL;

  fail_if (
      gst_montage_clip_rules_check (rules, uris, G_N_ELEMENTS (uris), &error));
  fail_unless (strstr (error->message, part) != NULL, "%s", error->message);
}

GST_START_TEST (test_checks)
{
  static const gchar *const rows[][2] = {{"first",
                                             "both skipped and the first"},
      {"last", "both skipped and the last"}};
  g_autoptr (GstMontageClipRules) rules = rules_of ("skip", "day1/a.mp4");
  g_autoptr (GstMontageClipRules) window = rules_of ("window", "a.mp4=5-");
  g_autoptr (GstMontageClipRules) all = rules_of ("skip", "*");
  g_autoptr (GstMontageClipRules) unknown = rules_of ("first", "c.mp4");

  fail_unless (
      gst_montage_clip_rules_check (rules, uris, G_N_ELEMENTS (uris), NULL));
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_autoptr (GstMontageClipRules) both = gst_montage_clip_rules_copy (rules);

    fail_unless (
        gst_montage_clip_rules_add_text (both, rows[i][0], "a.mp4", NULL));
    expect_refusal (both, rows[i][1]);
  }
  fail_unless (gst_montage_clip_rules_add_text (rules, "pin", "a.mp4@5", NULL));
  expect_refusal (rules, "'a.mp4' cannot be both skipped and pinned");
  /* Of two windows the later one wins, end by end. */
  fail_unless (
      gst_montage_clip_rules_add_text (window, "window", "a.mp4=-4", NULL));
  expect_refusal (window, "'a.mp4'");
  expect_refusal (all, "All clips are skipped");
  expect_refusal (unknown,
      "No clip is called 'c.mp4'; there are 'a.mp4', 'b ä.mp4', 'a.mp4'.");
}
GST_END_TEST;

GST_START_TEST (test_unknown_among_many)
{
  g_autoptr (GstMontageClipRules) rules = rules_of ("skip", "x");
  g_autoptr (GError) error = NULL;
  const gchar *many[500];

  for (guint i = 0; i < G_N_ELEMENTS (many); i++)
    many[i] = uris[0];
  fail_if (
      gst_montage_clip_rules_check (rules, many, G_N_ELEMENTS (many), &error));
  fail_unless (g_str_has_suffix (error->message, "'a.mp4' and 492 more."));
}
GST_END_TEST;

static Suite *
cliprules_suite (void)
{
  Suite *suite = suite_create ("cliprules");
  TCase *tc = tcase_create ("general");

  suite_add_tcase (suite, tc);
  tcase_add_test (tc, test_names);
  tcase_add_test (tc, test_many_stars);
  tcase_add_test (tc, test_later_rules_win);
  tcase_add_test (tc, test_defaults_undo);
  tcase_add_test (tc, test_words);
  tcase_add_test (tc, test_wrong_words);
  tcase_add_test (tc, test_pins);
  tcase_add_test (tc, test_checks);
  tcase_add_test (tc, test_unknown_among_many);
  return suite;
}

GST_CHECK_MAIN (cliprules);
