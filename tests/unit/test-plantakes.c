/* SPDX-License-Identifier: LGPL-2.1-or-later */

/* Takes of one film differ, and each is as good as the first. */

#include <gst/check/gstcheck.h>

#include "filminstance.h"

#define N_TAKES 4

typedef struct
{
  FilmInstance instance;
  GPtrArray *takes; /* of GstMontagePlan */
} Film;

static void
film_init (Film *self, guint n_clips, guint64 seed)
{
  FilmInstanceSize size = {.seed = seed,
      .film_sec = 60,
      .bpm = 120,
      .n_clips = n_clips,
      .n_shots = 5,
      .shot_sec = 4.0};
  GstMontageRequest *request = &self->instance.request;

  film_instance_init (&self->instance, &size, NULL);
  self->takes = g_ptr_array_new_with_free_func (
      (GDestroyNotify) gst_montage_plan_free);
  for (guint i = 0; i < N_TAKES; i++) {
    GstMontagePlan *plan;
    request->seed = seed + i;
    request->other_takes = (const GstMontagePlan *const *) self->takes->pdata;
    request->n_other_takes = i;
    plan = gst_montage_planner_plan (request, NULL);
    fail_unless (plan != NULL);
    g_ptr_array_add (self->takes, plan);
  }
}

static void
film_clear (Film *self)
{
  g_ptr_array_unref (self->takes);
  film_instance_clear (&self->instance);
}

/* Of the cuts, without what the takes have to do with each other. */
static gdouble
get_score (const GstMontagePlan *plan)
{
  gdouble score = plan->metrics.total_score;

  for (guint i = 0; i < plan->cuts->len; i++)
    score -= g_array_index (plan->cuts, GstMontageCut, i)
                 .score.terms[GST_MONTAGE_TERM_TAKE];
  return score;
}

/* The share of @plan in which @other shows the same shot at the same time. */
static gdouble
get_common (const GstMontagePlan *plan, const GstMontagePlan *other)
{
  GstClockTime common = 0;

  for (guint i = 0; i < plan->cuts->len; i++) {
    const GstMontageCut *a = &g_array_index (plan->cuts, GstMontageCut, i);
    for (guint k = 0; k < other->cuts->len; k++) {
      const GstMontageCut *b = &g_array_index (other->cuts, GstMontageCut, k);
      GstClockTime from = MAX (a->start, b->start);
      GstClockTime to = MIN (a->start + a->duration, b->start + b->duration);
      if (to > from && a->source == b->source && a->shot == b->shot)
        common += to - from;
    }
  }

  return (gdouble) common / (gdouble) plan->duration;
}

GST_START_TEST (test_takes_differ)
{
  Film film;
  const GstMontagePlan *first;

  film_init (&film, 20, __i__);
  first = g_ptr_array_index (film.takes, 0);
  for (guint i = 1; i < N_TAKES; i++) {
    const GstMontagePlan *plan = g_ptr_array_index (film.takes, i);
    gdouble score = get_score (plan) / get_score (first);

    fail_unless (score >= 0.97, "take %u: %f", i, score);
    for (guint k = 0; k < i; k++) {
      const GstMontagePlan *other = g_ptr_array_index (film.takes, k);
      const GstMontageCut *a = &g_array_index (plan->cuts, GstMontageCut, 0);
      const GstMontageCut *b = &g_array_index (other->cuts, GstMontageCut, 0);
      gdouble common = get_common (plan, other);

      fail_unless (common <= 0.25, "takes %u and %u: %f", i, k, common);
      fail_unless (a->source != b->source || a->shot != b->shot);
    }
  }
  film_clear (&film);
}
GST_END_TEST;

/* Where there is little to choose from, films are still made of it. */
GST_START_TEST (test_takes_of_little)
{
  Film film;

  film_init (&film, 2, 5);
  for (guint i = 0; i < N_TAKES; i++) {
    const GstMontagePlan *plan = g_ptr_array_index (film.takes, i);
    fail_unless (plan->metrics.score_bound >= plan->metrics.total_score);
  }
  film_clear (&film);
}
GST_END_TEST;

static Suite *
plantakes_suite (void)
{
  Suite *suite = suite_create ("plantakes");
  TCase *tests = tcase_create ("takes");

  suite_add_tcase (suite, tests);
  tcase_set_timeout (tests, 60);
  tcase_add_loop_test (tests, test_takes_differ, 0, 3);
  tcase_add_test (tests, test_takes_of_little);

  return suite;
}

GST_CHECK_MAIN (plantakes);
