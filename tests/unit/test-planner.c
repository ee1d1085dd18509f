/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include <gst/check/gstcheck.h>

#include "planner-material.h"

static const GstMontageSectionLabel labels[] = {
    GST_MONTAGE_SECTION_INTRO,
    GST_MONTAGE_SECTION_VERSE,
    GST_MONTAGE_SECTION_BUILD,
    GST_MONTAGE_SECTION_DROP,
    GST_MONTAGE_SECTION_BREAK,
    GST_MONTAGE_SECTION_BUILD,
    GST_MONTAGE_SECTION_DROP,
    GST_MONTAGE_SECTION_OUTRO,
};
static const gdouble energies[] = {0.2, 0.45, 0.6, 0.9, 0.3, 0.6, 0.95, 0.25};

static GstMontagePlan *
plan_ok (TestFilm *film)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GstMontagePlan) read = NULL;
  g_autofree gchar *text = NULL;
  GstMontagePlan *plan = test_film_plan (film, &error);

  fail_unless (plan != NULL, "%s", error != NULL ? error->message : "");
  /* The reader checks the plan across its fields. */
  text = gst_montage_plan_to_json (plan);
  read = gst_montage_plan_from_json (text, -1, "plan", &error);
  fail_unless (read != NULL, "%s", error != NULL ? error->message : "");

  return plan;
}

static const GstMontageCut *
get_cut (const GstMontagePlan *plan, guint i)
{
  return &g_array_index (plan->cuts, GstMontageCut, i);
}

GST_START_TEST (test_covers_the_song)
{
  TestFilm film;
  g_autoptr (GstMontagePlan) plan = NULL;
  GstClockTime end = 0;

  test_film_init (&film, test_song_new (121, 180.013, labels, energies, 8));
  test_film_add_clips (&film, 6, 10, 6);
  plan = plan_ok (&film);

  /* 180.013 s are 5400.39 frames: 5401 cover them. */
  fail_unless_equals_uint64 (gst_montage_plan_n_frames (plan), 5401);
  for (guint i = 0; i < plan->cuts->len; i++) {
    const GstMontageCut *cut = get_cut (plan, i);
    fail_unless_equals_uint64 (cut->start, end);
    end += cut->duration;
  }
  fail_unless_equals_uint64 (end, plan->duration);
  test_film_clear (&film);
}
GST_END_TEST;

GST_START_TEST (test_same_seed_same_bytes)
{
  TestFilm film;
  gchar *text[3];

  test_film_init (&film, test_song_new (121, 60, labels, energies, 8));
  test_film_add_clips (&film, 6, 10, 6);
  for (guint i = 0; i < 3; i++) {
    g_autoptr (GstMontagePlan) plan = NULL;
    film.request.seed = i == 2 ? 8 : 7;
    plan = plan_ok (&film);
    plan->seed = 0;
    text[i] = gst_montage_plan_to_json (plan);
  }
  fail_unless_equals_string (text[0], text[1]);
  fail_if (strcmp (text[0], text[2]) == 0);
  g_free (text[0]);
  g_free (text[1]);
  g_free (text[2]);
  test_film_clear (&film);
}
GST_END_TEST;

static Suite *
planner_suite (void)
{
  Suite *suite = suite_create ("planner");
  TCase *tests = tcase_create ("plan");

  suite_add_tcase (suite, tests);
  tcase_add_test (tests, test_covers_the_song);
  tcase_add_test (tests, test_same_seed_same_bytes);

  return suite;
}

GST_CHECK_MAIN (planner);
