/* SPDX-License-Identifier: LGPL-2.1-or-later */

/* The search against a greedy choice and a narrow beam, on the same films and
 * the same sum of points. */

#include <gst/check/gstcheck.h>

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
  tcase_add_test (tests, test_beats_greedy);
  tcase_add_test (tests, test_totals_agree);

  return suite;
}

GST_CHECK_MAIN (plansearch);
