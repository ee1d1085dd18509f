/* SPDX-License-Identifier: LGPL-2.1-or-later */

/* Plans that keep what has been shown. */

#include <gst/check/gstcheck.h>
#include <json-glib/json-glib.h>
#include <string.h>

#include "testplan.h"

static void
film_init (TestFilm *self, guint n_clips)
{
  test_film_init (self, test_full_song_new (121, 40));
  self->instructions->pacing.speed = GST_MONTAGE_SPEED_MEDIUM;
  self->instructions->transitions.type = GST_MONTAGE_TRANSITIONS_MIXED;
  self->instructions->transitions.crossfade_duration_sec = 0.5;
  test_film_add_clips (self, n_clips, 5, 4);
  self->request.seed = 7;
}

static GstMontagePlan *
replan (TestFilm *film, const GstMontagePlan *previous, guint n_frozen)
{
  film->request.previous = previous;
  film->request.n_frozen = n_frozen;

  return plan_ok (film);
}

static void
refused (TestFilm *film, const GstMontagePlan *previous, const gchar *why)
{
  g_autoptr (GError) error = NULL;

  film->request.previous = previous;
  film->request.n_frozen = 3;
  fail_unless (test_film_plan (film, &error) == NULL);
  fail_unless (strstr (error->message, why) != NULL, "%s", error->message);
}

static JsonNode *
read_cuts (const GstMontagePlan *plan)
{
  g_autofree gchar *text = gst_montage_plan_to_json (plan);
  g_autoptr (JsonNode) root = json_from_string (text, NULL);

  return json_node_copy (
      json_object_get_member (json_node_get_object (root), "cuts"));
}

/* The first @n cuts are the same to the last digit. */
static void
check_prefix (const GstMontagePlan *before, const GstMontagePlan *after,
    guint n)
{
  g_autoptr (JsonNode) a = read_cuts (before), b = read_cuts (after);

  for (guint i = 0; i < n; i++)
    fail_unless (json_node_equal (json_array_get_element (json_node_get_array (
                                                              a),
                                      i),
                     json_array_get_element (json_node_get_array (b), i)),
        "cut %u of the first %u changed", i, n);
}

/* From any cut on, with the same wishes: as good as before. */
GST_START_TEST (test_every_cut)
{
  TestFilm film;
  g_autoptr (GstMontagePlan) plan = NULL;

  film_init (&film, 7);
  plan = plan_ok (&film);
  for (guint n = 0; n <= plan->cuts->len; n++) {
    g_autoptr (GstMontagePlan) again = replan (&film, plan, n);

    check_prefix (plan, again, n);
    check_material (again, film.clips);
    fail_unless_equals_uint64 (again->duration, plan->duration);
    fail_unless_equals_uint64 (again->music.start, plan->music.start);
    fail_unless_equals_int (again->revision, plan->revision + 1);
    fail_unless (again->metrics.total_score >= 0.99 * plan->metrics.total_score,
        "from cut %u: %f of %f", n, again->metrics.total_score,
        plan->metrics.total_score);
  }
  test_film_clear (&film);
}
GST_END_TEST;

GST_START_TEST (test_deterministic)
{
  TestFilm film;
  g_autoptr (GstMontagePlan) plan = NULL, a = NULL, b = NULL;
  g_autofree gchar *x = NULL, *y = NULL;

  film_init (&film, 7);
  plan = plan_ok (&film);
  film.instructions->pacing.speed = GST_MONTAGE_SPEED_FAST;
  a = replan (&film, plan, 6);
  b = replan (&film, plan, 6);
  x = gst_montage_plan_to_json (a);
  y = gst_montage_plan_to_json (b);
  fail_unless_equals_string (x, y);
  test_film_clear (&film);
}
GST_END_TEST;

static gdouble
mean_sec (const GstMontagePlan *plan, guint from, guint to)
{
  GstClockTime end = get_cut (plan, to - 1)->start
      + get_cut (plan, to - 1)->duration;

  return (gdouble) (end - get_cut (plan, from)->start) / GST_SECOND
      / (to - from);
}

/* "Too slow" is heard at the next cut. */
GST_START_TEST (test_at_once)
{
  TestFilm film;
  g_autoptr (GstMontagePlan) plan = NULL, faster = NULL;

  film_init (&film, 9);
  plan = plan_ok (&film);
  film.instructions->pacing.speed = GST_MONTAGE_SPEED_VERY_FAST;
  faster = replan (&film, plan, 8);
  check_prefix (plan, faster, 8);
  fail_unless (mean_sec (faster, 8, 12) < 0.7 * mean_sec (plan, 8, 12),
      "%f instead of %f s", mean_sec (faster, 8, 12), mean_sec (plan, 8, 12));
  test_film_clear (&film);
}
GST_END_TEST;

GST_START_TEST (test_other_length)
{
  TestFilm film;
  g_autoptr (GstMontagePlan) plan = NULL, longer = NULL, shorter = NULL;
  const GstMontageCut *sixth;

  film_init (&film, 7);
  film.request.duration = 25 * GST_SECOND;
  plan = plan_ok (&film);
  film.request.duration = 30 * GST_SECOND;
  longer = replan (&film, plan, 6);
  check_prefix (plan, longer, 6);
  fail_unless_equals_uint64 (longer->music.start, plan->music.start);
  fail_unless_equals_uint64 (longer->duration,
      MIN (30 * GST_SECOND, 40 * GST_SECOND - plan->music.start));

  /* What stays is longer than that. */
  film.request.duration = 2 * GST_SECOND;
  shorter = replan (&film, plan, 6);
  check_prefix (plan, shorter, 6);
  sixth = get_cut (plan, 5);
  fail_unless_equals_int (shorter->cuts->len, 6);
  fail_unless_equals_uint64 (shorter->duration, sixth->start + sixth->duration);
  fail_unless (strstr (shorter->notes[0], "the cuts that stay") != NULL);
  test_film_clear (&film);
}
GST_END_TEST;

/* A clip that comes later is shown from the next cut on. */
GST_START_TEST (test_more_clips)
{
  TestFilm film;
  g_autoptr (GstMontagePlan) plan = NULL, more = NULL;

  film_init (&film, 4);
  plan = plan_ok (&film);
  test_film_add_clips (&film, 2, 5, 4);
  more = replan (&film, plan, 5);
  check_prefix (plan, more, 5);
  fail_unless (g_array_index (more->sources, GstMontageSource, 4).n_cuts > 0);
  fail_unless (g_array_index (more->sources, GstMontageSource, 5).n_cuts > 0);
  test_film_clear (&film);
}
GST_END_TEST;

GST_START_TEST (test_other_clips)
{
  TestFilm film, few;
  g_autoptr (GstMontagePlan) plan = NULL;
  GstMontageShotList *first;

  film_init (&film, 4);
  plan = plan_ok (&film);
  film_init (&few, 3);
  refused (&few, plan, "made from 4 clips");
  test_film_clear (&few);

  first = g_ptr_array_index (film.clips, 0);
  g_free (first->uri);
  first->uri = g_strdup ("file:///clips/other.mp4");
  refused (&film, plan, "other.mp4");
  g_free (first->uri);
  first->uri = g_strdup ("file:///clips/clip0.mp4");
  for (guint i = 0; i < film.clips->len; i++) {
    GstMontageShotList *clip = g_ptr_array_index (film.clips, i);
    GstMontageShotList *empty = gst_montage_shot_list_new ();

    empty->uri = g_strdup (clip->uri);
    empty->duration = clip->duration;
    film.clips->pdata[i] = empty;
    gst_montage_shot_list_free (clip);
  }
  refused (&film, plan, "is gone");
  test_film_clear (&film);
}
GST_END_TEST;

/* Skipped from here on: what was shown of it stays. */
GST_START_TEST (test_new_rules)
{
  TestFilm film;
  g_autoptr (GstMontagePlan) plan = NULL, without = NULL;
  g_autoptr (GstMontageClipRules) rules = gst_montage_clip_rules_new ();
  guint last = 0;

  film_init (&film, 6);
  plan = plan_ok (&film);
  for (guint i = 0; i < plan->cuts->len && last == 0; i++)
    last = get_cut (plan, i)->source == 2 ? i + 1 : 0;
  fail_unless (last > 0);
  gst_montage_clip_rules_append (rules, "clip2.mp4")->skip = TRUE;
  film.request.rules = rules;
  without = replan (&film, plan, last);
  check_prefix (plan, without, last);
  for (guint i = last; i < without->cuts->len; i++)
    fail_unless (get_cut (without, i)->source != 2);
  test_film_clear (&film);
}
GST_END_TEST;

/* What has been shown is not shown again while there is something else. */
GST_START_TEST (test_no_repeats)
{
  TestFilm film;
  g_autoptr (GstMontagePlan) plan = NULL, again = NULL;

  film_init (&film, 12);
  plan = plan_ok (&film);
  film.request.seed = 99;
  again = replan (&film, plan, 7);
  fail_unless_equals_int (again->metrics.repeats, plan->metrics.repeats);
  test_film_clear (&film);
}
GST_END_TEST;

static Suite *
replan_suite (void)
{
  Suite *suite = suite_create ("replan");
  TCase *tcase = tcase_create ("general");

  suite_add_tcase (suite, tcase);
  tcase_set_timeout (tcase, 100);
  tcase_add_test (tcase, test_every_cut);
  tcase_add_test (tcase, test_deterministic);
  tcase_add_test (tcase, test_at_once);
  tcase_add_test (tcase, test_other_length);
  tcase_add_test (tcase, test_more_clips);
  tcase_add_test (tcase, test_other_clips);
  tcase_add_test (tcase, test_new_rules);
  tcase_add_test (tcase, test_no_repeats);
  return suite;
}

GST_CHECK_MAIN (replan);
