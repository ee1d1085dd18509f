/* SPDX-License-Identifier: LGPL-2.1-or-later */

/* The search against a greedy choice and a narrow beam, on the same films and
 * the same sum of points. */

#include <gst/check/gstcheck.h>

#include <gst/montage/planbound.h>
#include <gst/montage/planlocal.h>
#include <gst/montage/plansearch.h>

#include "filminstance.h"

static gdouble
search_total (const FilmInstance *self, guint width, guint effort)
{
  MontageSearch search = {width, effort};
  g_autoptr (GArray) takes = montage_search_run (self->choices, NULL, &search);

  fail_unless_equals_int (takes->len, self->draft.slots->len);
  return montage_local_total (self->choices, takes, 0);
}

/* Ten films of a kind; returns how much better than a greedy choice they are in
 * the mean. */
static gdouble
compare_searches (guint n_clips, guint n_shots)
{
  gdouble gain = 0.0;

  for (guint seed = 0; seed < 10; seed++) {
    FilmInstanceSize size = {.seed = 100 * n_clips + seed,
        .film_sec = 60,
        .bpm = 80 + 10 * seed,
        .longest_sec = 2.5,
        .n_clips = n_clips,
        .n_shots = n_shots,
        .shot_sec = 3.0};
    FilmInstance instance;
    gdouble greedy, beam3, full;

    film_instance_init (&instance, &size, NULL);
    film_instance_choose (&instance);
    greedy = search_total (&instance, 1, 0);
    beam3 = search_total (&instance, 3, 0);
    full = search_total (&instance, montage_search_default.beam_width,
        montage_search_default.effort);
    fail_unless (full >= greedy, "%f < %f", full, greedy);
    fail_unless (full >= beam3, "%f < %f", full, beam3);
    gain += full / greedy - 1;
    film_instance_clear (&instance);
  }
  GST_INFO ("%u shots: %+.2f %% over a greedy choice", n_clips * n_shots,
      10 * gain);

  return gain / 10;
}

/* Some minutes of film from too little footage, from enough and from plenty. */
GST_START_TEST (test_beats_greedy)
{
  gdouble scarce = compare_searches (5, 3);

  fail_unless (scarce >= 0.03, "%f", scarce);
  fail_unless (compare_searches (12, 4) > 0.01);
  fail_unless (compare_searches (40, 8) > 0.01);
}
GST_END_TEST;

/* ---- all films ---- */

typedef struct
{
  const MontageChoices *choices;
  GArray *takes;    /* of the film so far */
  gdouble *at_most; /* what the slots from here on can add */
  gdouble best;
} Exhaustive;

static void
init_most (Exhaustive *self)
{
  const MontageChoices *choices = self->choices;

  self->at_most = g_new0 (gdouble, choices->n_slots + 1);
  for (guint slot = choices->n_slots; slot-- > 0;) {
    gdouble most = 0.0;
    for (guint i = 0; i < choices->slots[slot]->len; i++)
      most = MAX (most,
          g_array_index (choices->slots[slot], MontageChoice, i).most);
    self->at_most[slot] = self->at_most[slot + 1] + most
        + montage_score_any_pair_most (choices->scorer)
        + montage_score_coverage_most (choices->scorer);
  }
}

/* Every way to go on with every in-point, but for those that cannot lead to
 * more than the best. */
static void
try_all (Exhaustive *self, guint slot)
{
  const GArray *choices = self->choices->slots[slot];

  for (guint i = 0; i < choices->len; i++) {
    const MontageChoice *choice = &g_array_index (choices, MontageChoice, i);
    for (guint p = 0; p < choice->n_points; p++) {
      gdouble total;
      g_array_append_val (self->takes,
          g_array_index (self->choices->points, MontageTake,
              choice->first_point + p));
      total = montage_local_total (self->choices, self->takes, 0);
      if (slot + 1 == self->choices->n_slots)
        self->best = MAX (self->best, total);
      else if (total + self->at_most[slot + 1] > self->best)
        try_all (self, slot + 1);
      g_array_set_size (self->takes, slot);
    }
  }
}

static gdouble
total_jitter (const FilmInstance *instance, const GArray *takes)
{
  gdouble total = 0.0;

  for (guint i = 0; i < takes->len; i++)
    total += montage_choices_jitter (instance->choices, i,
        g_array_index (takes, MontageTake, i).span);

  return total;
}

/* Small films have their best within a percent, and their bound above it. */
GST_START_TEST (test_near_the_best)
{
  FilmInstanceSize size = {.seed = __i__,
      .film_sec = 4 + __i__ % 2,
      .bpm = 100 + 7 * __i__,
      .longest_sec = 1.5,
      .n_clips = 2 + __i__ % 2,
      .n_shots = 2,
      .shot_sec = 2.0};
  FilmInstance instance;
  Exhaustive all = {0};
  g_autoptr (GArray) takes = NULL;
  gdouble total, bound;

  film_instance_init (&instance, &size, NULL);
  film_instance_choose (&instance);
  fail_unless (instance.draft.slots->len >= 3);
  takes = montage_search_run (instance.choices, NULL, &montage_search_default);
  total = montage_local_total (instance.choices, takes, 0);
  bound = montage_bound_compute (instance.choices, takes, 0);
  fail_unless (bound >= total - total_jitter (&instance, takes));

  all.choices = instance.choices;
  all.takes = g_array_new (FALSE, FALSE, sizeof (MontageTake));
  all.best = total;
  init_most (&all);
  try_all (&all, 0);
  GST_INFO ("%u cuts from %u shots: %.2f of %.2f, bound %.2f",
      instance.draft.slots->len, instance.draft.material->spans->len, total,
      all.best, bound);
  fail_unless (total >= 0.99 * all.best, "%f of %f", total, all.best);
  /* The seed shifts each cut by at most three points. */
  fail_unless (bound >= all.best - 3.0 * takes->len, "%f < %f", bound,
      all.best);
  g_array_unref (all.takes);
  g_free (all.at_most);
  film_instance_clear (&instance);
}
GST_END_TEST;

/* What the local search counts up step by step is what the film is worth. */
GST_START_TEST (test_totals_agree)
{
  FilmInstanceSize size = {.seed = 1,
      .film_sec = 60,
      .bpm = 120,
      .longest_sec = 2.5,
      .n_clips = 6,
      .n_shots = 4,
      .shot_sec = 3.0};
  FilmInstance instance;
  MontageSearch search = {8, 0};
  g_autoptr (GArray) takes = NULL;
  gdouble total = 0;

  film_instance_init (&instance, &size, NULL);
  film_instance_choose (&instance);
  takes = montage_search_run (instance.choices, NULL, &search);
  total = montage_local_total (instance.choices, takes, 0);
  for (guint i = 0; i < takes->len; i++) {
    const MontageTake *take = &g_array_index (takes, MontageTake, i);
    const MontageChoice *choice = montage_choices_find (instance.choices, i,
        take->span);
    GstMontageScore score = {0};
    gdouble alone = montage_score_alone (&instance.scorer, i, take->span,
        &score);
    /* The seed shifts by at most three points. */
    fail_unless (ABS (choice->alone - alone) <= 3.0);
  }
  fail_unless (total > 40.0 * takes->len);
  film_instance_clear (&instance);
}
GST_END_TEST;

static Suite *
plansearch_suite (void)
{
  Suite *suite = suite_create ("plansearch");
  TCase *tests = tcase_create ("search");

  suite_add_tcase (suite, tests);
  tcase_set_timeout (tests, 60);
  tcase_add_test (tests, test_beats_greedy);
  tcase_add_loop_test (tests, test_near_the_best, 0, 20);
  tcase_add_test (tests, test_totals_agree);

  return suite;
}

GST_CHECK_MAIN (plansearch);
