/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <string.h>

#include <gio/gio.h>
#include <glib/gstdio.h>
#include <gst/check/gstcheck.h>
#include <gst/montage/montage.h>

/* The figures that every style was promised to have. */
typedef struct
{
  const gchar *name;
  const gchar *mood;
  const gchar *speed;
  const gchar *variation;
  guint intro;
  gdouble climax;
  gboolean wide, action, match, invisible;
  const gchar *shots;
  const gchar *transitions;
  gdouble fade;
  const gchar *grade;
  gboolean sharpen, stabilize, sync;
  gdouble amplification, shortest, longest;
} Row;

#define Y TRUE
#define N FALSE
/* clang-format off */
static const Row table[] = {
  {"action", "dramatic", "fast", "fibonacci", 4, .95, N, Y, Y, Y, "high",
      "hard_cuts", .3, "vibrant", Y, N, Y, 1.8, .5, 5},
  {"cinema_trailer", "suspenseful", "dynamic", "high", 8, 1.0, Y, Y, Y, N,
      "high", "energy_aware", .5, "teal_orange", Y, N, Y, 1.5, .5, 8},
  {"documentary", "calm", "slow", "moderate", 16, .4, Y, N, Y, Y, "medium",
      "crossfade", 1.0, "neutral", N, N, N, .7, 2, 20},
  {"dynamic", "neutral", "dynamic", "moderate", 16, .8, N, N, N, N, "medium",
      "energy_aware", .5, "neutral", N, N, Y, 1.0, .5, 10},
  {"gaming", "energetic", "fast", "high", 4, .95, N, Y, Y, Y, "high", "mixed",
      .1, "high_contrast", Y, N, Y, 1.5, .5, 4},
  {"hitchcock", "suspenseful", "dynamic", "high", 16, .9, N, Y, Y, Y, "high",
      "hard_cuts", .3, "high_contrast", Y, N, Y, 1.0, .5, 8},
  {"minimalist", "calm", "very_slow", "minimal", 32, .3, Y, N, Y, Y, "low",
      "crossfade", 2.0, "desaturated", N, N, N, .5, 4, 60},
  {"mtv", "energetic", "very_fast", "high", 4, 1.0, N, Y, N, Y, "high",
      "hard_cuts", .3, "vibrant", Y, N, Y, 1.5, .5, 4},
  {"sport", "energetic", "fast", "fibonacci", 4, .9, Y, Y, N, N, "high",
      "hard_cuts", .3, "high_contrast", Y, N, Y, 1.5, .5, 3},
  {"travel", "playful", "medium", "high", 4, .8, Y, N, Y, Y, "high", "mixed",
      .5, "teal_orange", N, N, Y, 1.0, 1, 8},
  {"viral", "energetic", "very_fast", "high", 4, 1.0, N, Y, Y, Y, "high",
      "hard_cuts", .3, "high_contrast", Y, N, Y, 2.0, .5, 2},
  {"vlog", "playful", "medium", "moderate", 4, .6, N, N, N, Y, "medium",
      "hard_cuts", .3, "vibrant", N, Y, Y, 1.0, 2, 8},
  {"wedding", "romantic", "slow", "moderate", 8, .7, Y, N, Y, Y, "medium",
      "crossfade", 1.0, "warm", N, N, Y, .6, 2, 12},
  {"wes_anderson", "playful", "slow", "minimal", 8, .5, Y, N, Y, N, "low",
      "crossfade", .8, "warm", N, N, Y, 1.0, 1, 12},
};
/* clang-format on */

#define NICK(type, value)                                                      \
  gst_montage_enum_nick (GST_TYPE_MONTAGE_##type, (gint) (value))

static void
check_row (const Row *row, const GstMontageInstructions *got)
{
  fail_unless_equals_string (got->style.name, row->name);
  fail_unless_equals_string (NICK (MOOD, got->style.mood), row->mood);
  fail_unless_equals_string (NICK (SPEED, got->pacing.speed), row->speed);
  fail_unless_equals_string (NICK (VARIATION, got->pacing.variation),
      row->variation);
  fail_unless_equals_int (got->pacing.intro_duration_beats, row->intro);
  fail_unless_equals_float (got->pacing.climax_intensity, row->climax);
  fail_unless_equals_int (got->cinematography.prefer_wide_shots, row->wide);
  fail_unless_equals_int (got->cinematography.prefer_high_action, row->action);
  fail_unless_equals_int (got->cinematography.match_cuts_enabled, row->match);
  fail_unless_equals_int (got->cinematography.invisible_cuts_enabled,
      row->invisible);
  fail_unless_equals_string (NICK (PRIORITY,
                                 got->cinematography.shot_variation_priority),
      row->shots);
  fail_unless_equals_string (NICK (TRANSITIONS, got->transitions.type),
      row->transitions);
  fail_unless_equals_float (got->transitions.crossfade_duration_sec, row->fade);
  fail_unless_equals_int (got->energy_mapping.sync_to_beats, row->sync);
  fail_unless_equals_float (got->energy_mapping.energy_amplification,
      row->amplification);
  fail_unless_equals_string (NICK (GRADING, got->effects.color_grading),
      row->grade);
  fail_unless_equals_int (got->effects.sharpness_boost, row->sharpen);
  fail_unless_equals_int (got->effects.stabilization, row->stabilize);
  fail_unless_equals_int (got->effects.upscale, FALSE);
  fail_unless_equals_float (got->constraints.min_clip_duration_sec,
      row->shortest);
  fail_unless_equals_float (got->constraints.max_clip_duration_sec,
      row->longest);
  fail_unless_equals_float (got->constraints.target_duration_sec, 0);
}

GST_START_TEST (test_figures)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GstMontageStyles) styles = gst_montage_styles_load (NULL, &error);

  g_assert_no_error (error);
  fail_unless_equals_int (gst_montage_styles_size (styles),
      G_N_ELEMENTS (table));
  for (guint i = 0; i < G_N_ELEMENTS (table); i++) {
    const GstMontageStyle *style = gst_montage_styles_get (styles, i);

    fail_unless_equals_string (style->name, table[i].name);
    fail_unless (style->title && style->description && style->path);
    check_row (&table[i], style->instructions);
    fail_unless (gst_montage_styles_lookup (styles, table[i].name) == style);
  }
}
GST_END_TEST;

/* The style "dynamic" is what instructions are without any style. */
GST_START_TEST (test_default)
{
  g_autoptr (GstMontageInstructions) plain = gst_montage_instructions_new ();

  for (guint i = 0; i < G_N_ELEMENTS (table); i++)
    if (g_str_equal (table[i].name, "dynamic"))
      check_row (&table[i], plain);
}
GST_END_TEST;

GST_START_TEST (test_lookup)
{
  g_autoptr (GstMontageStyles) styles = gst_montage_styles_load (NULL, NULL);

  fail_unless (gst_montage_styles_lookup (styles, "Wes Anderson") != NULL);
  fail_unless (gst_montage_styles_lookup (styles, " cinema-trailer ") != NULL);
  fail_unless (gst_montage_styles_lookup (styles, "wes") == NULL);
  fail_unless (gst_montage_styles_lookup (styles, "") == NULL);
}
GST_END_TEST;

#define HEAD "{\"schema\":\"gst-montage/style\",\"version\":1,"

/* What is wrong with a style, and what the sentence about it must hold. */
static const struct
{
  const gchar *text;
  const gchar *part;
} bad[] = {
    {"", "bad.json"},
    {"not JSON", "bad.json"},
    {"[]", "gst-montage/style"},
    {"{\"schema\":\"gst-montage/plan\",\"version\":1}", "gst-montage/style"},
    {"{\"schema\":\"gst-montage/style\",\"version\":2}", "version"},
    {HEAD "\"name\":\"x\"}", "instructions is missing"},
    {HEAD "\"instructions\":{}}", "name is missing"},
    {HEAD "\"name\":\"A b\",\"instructions\":{}}", "name is \"A b\""},
    {HEAD "\"name\":\"\",\"instructions\":{}}", "name is \"\""},
    {HEAD "\"name\":7,\"instructions\":{}}", "name is 7"},
    {HEAD "\"name\":\"x\",\"colour\":1,\"instructions\":{}}", "colour"},
    {HEAD "\"name\":\"x\",\"keywords\":{\"fr\":[]},\"instructions\":{}}",
        "keywords.fr"},
    {HEAD "\"name\":\"x\",\"keywords\":{\"en\":[\"?\"]},\"instructions\":{}}",
        "keywords.en[0]"},
    {HEAD "\"name\":\"x\",\"instructions\":{\"style\":{\"name\":\"y\"}}}",
        "instructions.style.name is \"y\""},
    {HEAD "\"name\":\"x\",\"instructions\":{\"pacing\":{\"speed\":\"warp\"}}}",
        "instructions.pacing.speed is \"warp\""},
    {HEAD "\"name\":\"x\",\"instructions\":{\"pacing\":{"
          "\"climax_intensity\":2}}}",
        "instructions.pacing.climax_intensity is 2"},
    {HEAD "\"name\":\"x\",\"instructions\":{\"constraints\":{"
          "\"min_clip_duration_sec\":9,\"max_clip_duration_sec\":3}}}",
        "instructions.constraints.min_clip_duration_sec is 9"},
};

GST_START_TEST (test_bad_styles)
{
  for (guint i = 0; i < G_N_ELEMENTS (bad); i++) {
    g_autoptr (GError) error = NULL;
    GstMontageStyle *style = gst_montage_style_from_json (bad[i].text, -1,
        "bad.json", &error);

    fail_unless (style == NULL, "case %u", i);
    fail_unless (error != NULL && strstr (error->message, "bad.json")
            && strstr (error->message, bad[i].part),
        "case %u: %s", i, error ? error->message : "no error");
    fail_unless (strchr (error->message, '\n') == NULL);
  }
}
GST_END_TEST;

static gchar *
make_folder (const gchar *name, const gchar *text)
{
  gchar *folder = g_dir_make_tmp ("styles-XXXXXX", NULL);
  g_autofree gchar *path = g_build_filename (folder, name, NULL);

  fail_unless (g_file_set_contents (path, text, -1, NULL));
  return folder;
}

static void
remove_folder (const gchar *folder)
{
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  const gchar *name;

  while ((name = g_dir_read_name (dir))) {
    g_autofree gchar *path = g_build_filename (folder, name, NULL);

    g_unlink (path);
  }
  g_rmdir (folder);
}

/* An own style has its fields, the defaults for the rest, and its words. */
GST_START_TEST (test_own_style)
{
  g_autofree gchar *folder = make_folder ("skate.json",
      HEAD "\"name\":\"skate\",\"keywords\":{\"en\":[\"half pipe\"]},"
           "\"instructions\":{\"pacing\":{\"speed\":\"fast\"}}}");
  g_autoptr (GError) error = NULL;
  g_autoptr (GstMontageStyles)
      styles = gst_montage_styles_load (folder, &error);
  const GstMontageStyle *style;
  g_autoptr (GstMontageInstructions) read = NULL;

  g_assert_no_error (error);
  fail_unless_equals_int (gst_montage_styles_size (styles),
      G_N_ELEMENTS (table) + 1);
  style = gst_montage_styles_lookup (styles, "skate");
  fail_unless (style != NULL);
  fail_unless_equals_string (style->title, "skate");
  fail_unless_equals_string (style->instructions->style.name, "skate");
  fail_unless_equals_int (style->instructions->pacing.speed,
      GST_MONTAGE_SPEED_FAST);
  fail_unless_equals_int (style->instructions->pacing.intro_duration_beats, 16);
  read = gst_montage_prompt_read (styles, NULL, "me in the half-pipe", NULL);
  fail_unless_equals_string (read->style.name, "skate");
  remove_folder (folder);
}
GST_END_TEST;

GST_START_TEST (test_own_style_wins)
{
  g_autofree gchar *folder = make_folder ("mine.json",
      HEAD "\"name\":\"mtv\",\"instructions\":{\"pacing\":{"
           "\"speed\":\"slow\"}}}");
  g_autoptr (GstMontageStyles) styles = gst_montage_styles_load (folder, NULL);

  fail_unless_equals_int (gst_montage_styles_size (styles),
      G_N_ELEMENTS (table));
  fail_unless_equals_int (gst_montage_styles_lookup (styles, "mtv")
                              ->instructions->pacing.speed,
      GST_MONTAGE_SPEED_SLOW);
  remove_folder (folder);
}
GST_END_TEST;

static void
expect_refusal (const gchar *folder, const gchar *part)
{
  g_autoptr (GError) error = NULL;

  fail_unless (gst_montage_styles_load (folder, &error) == NULL);
  fail_unless (strstr (error->message, part) != NULL, "%s", error->message);
}

GST_START_TEST (test_bad_folders)
{
  g_autofree gchar *folder = make_folder ("a.json",
      HEAD "\"name\":\"twice\",\"instructions\":{}}");
  g_autofree gchar *second = g_build_filename (folder, "b.json", NULL);
  g_autofree gchar *directory = g_build_filename (folder, "c.json", NULL);

  expect_refusal ("/nonexistent/styles", "/nonexistent/styles");
  fail_unless (g_file_set_contents (second,
      HEAD "\"name\":\"twice\",\"instructions\":{}}", -1, NULL));
  expect_refusal (folder, "twice");
  fail_unless (g_file_set_contents (second, "{", -1, NULL));
  expect_refusal (folder, "b.json");
  g_unlink (second);
  g_mkdir (directory, 0700);
  expect_refusal (folder, "c.json");
  g_rmdir (directory);
  remove_folder (folder);
}
GST_END_TEST;

static Suite *
style_suite (void)
{
  Suite *suite = suite_create ("style");
  TCase *tcase = tcase_create ("general");

  suite_add_tcase (suite, tcase);
  tcase_add_test (tcase, test_figures);
  tcase_add_test (tcase, test_default);
  tcase_add_test (tcase, test_lookup);
  tcase_add_test (tcase, test_bad_styles);
  tcase_add_test (tcase, test_own_style);
  tcase_add_test (tcase, test_own_style_wins);
  tcase_add_test (tcase, test_bad_folders);
  return suite;
}

GST_CHECK_MAIN (style);
