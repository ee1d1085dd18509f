/* SPDX-License-Identifier: LGPL-2.1-or-later */

/* The search against a greedy choice and a narrow beam, on the same films and
 * the same sum of points. */

#include <gst/check/gstcheck.h>

#include <gst/montage/planlocal.h>
#include <gst/montage/planrandom.h>
#include <gst/montage/plansearch.h>

#include "planner-material.h"

static const GstMontageSectionLabel labels[] = {GST_MONTAGE_SECTION_INTRO,
    GST_MONTAGE_SECTION_BUILD, GST_MONTAGE_SECTION_DROP,
    GST_MONTAGE_SECTION_BREAK};
static const gdouble energies[] = {0.2, 0.6, 0.95, 0.3};

/* A signature of soft blobs, another one for each @number. */
static gchar *
make_signature (guint64 number)
{
  GString *text = g_string_new (NULL);
  gdouble x = 16 * montage_random (number, 1, 0);
  gdouble y = 9 * montage_random (number, 2, 0);

  for (guint picture = 0; picture < 2; picture++) {
    for (guint i = 0; i < MONTAGE_SIGNATURE_SIZE; i++) {
      gdouble distance = ABS (i % 16 - x - picture)
          + ABS (i / 16 - y - picture);
      g_string_append_printf (text, "%02x",
          (guint) MAX (255 - 20 * distance, 0));
    }
  }
  return g_string_free (text, FALSE);
}

typedef struct
{
  TestFilm film;
  MontageEnergy *energy;
  MontageFilmGrid grid;
  MontagePace pace;
  MontageMaterial *material;
  GArray *slots;
  MontageScorer scorer;
  MontageChoices *choices;
} Instance;

static void
instance_init (Instance *self, guint n_clips, guint64 seed)
{
  GstMontageOutput output = {.width = 640,
      .height = 360,
      .fps_n = 25,
      .fps_d = 1};

  memset (self, 0, sizeof (*self));
  test_film_init (&self->film, test_song_new (120, 90, labels, energies, 4));
  self->film.instructions->pacing.speed = GST_MONTAGE_SPEED_FAST;
  self->film.instructions->cinematography.match_cuts_enabled = TRUE;
  test_film_add_clips (&self->film, n_clips, 4, 2.5);
  for (guint i = 0; i < n_clips; i++) {
    GstMontageShotList *clip = g_ptr_array_index (self->film.clips, i);
    for (guint k = 0; k < 4; k++) {
      GstMontageShot *shot = &g_array_index (clip->shots, GstMontageShot, k);
      shot->signature = make_signature (seed * 1000 + i * 4 + k);
      shot->pan_x = montage_random (seed, i, k) - 0.5;
      shot->motion = montage_random (seed, i + 100, k);
    }
  }
  self->energy = montage_energy_new (self->film.song);
  self->grid = (MontageFilmGrid){self->film.song, self->energy, output, 0,
      90 * 25};
  montage_pace_init (&self->pace, self->film.instructions, self->film.song,
      self->energy, 0, 90 * GST_SECOND);
  self->pace.max_sec = 2;
  self->slots = montage_slots_new (&self->grid, &self->pace, 0);
  self->material = montage_material_new ((const GstMontageShotList *const *)
                                             self->film.clips->pdata,
      n_clips, NULL, &output, 12);
  self->scorer = (MontageScorer){.instructions = self->film.instructions,
      .film = &self->grid,
      .material = self->material,
      .slots = self->slots,
      .seed = seed};
  montage_scorer_init (&self->scorer);
  self->choices = montage_choices_new (&self->scorer, 0);
}

static void
instance_clear (Instance *self)
{
  montage_choices_free (self->choices);
  montage_scorer_clear (&self->scorer);
  montage_material_free (self->material);
  g_array_unref (self->slots);
  montage_pace_clear (&self->pace);
  montage_energy_free (self->energy);
  test_film_clear (&self->film);
}

static gdouble
search_total (const Instance *self, guint width, guint effort)
{
  MontageSearch search = {width, effort};
  g_autoptr (GArray) takes = montage_search_run (self->choices, NULL, &search);

  fail_unless_equals_int (takes->len, self->slots->len);
  return montage_local_total (self->choices, takes, 0);
}

GST_START_TEST (test_beats_greedy)
{
  static const guint sizes[] = {3, 10, 20, 50};

  for (guint s = 0; s < G_N_ELEMENTS (sizes); s++) {
    gdouble sums[4] = {0};
    for (guint64 seed = 0; seed < 3; seed++) {
      Instance instance;
      gdouble greedy, beam3, beam, full;

      instance_init (&instance, sizes[s], seed);
      greedy = search_total (&instance, 1, 0);
      beam3 = search_total (&instance, 3, 0);
      beam = search_total (&instance, montage_search_default.beam_width, 0);
      full = search_total (&instance, montage_search_default.beam_width,
          montage_search_default.effort);
      fail_unless (full >= greedy, "%f < %f", full, greedy);
      fail_unless (full >= beam3, "%f < %f", full, beam3);
      fail_unless (full >= beam, "%f < %f", full, beam);
      sums[0] += greedy;
      sums[1] += beam3;
      sums[2] += beam;
      sums[3] += full;
      instance_clear (&instance);
    }
    GST_INFO ("%u shots: greedy %.1f, beam of 3 %+.2f %%, beam of 64 %+.2f %%, "
              "with local search %+.2f %%",
        sizes[s] * 4, sums[0], 100 * (sums[1] / sums[0] - 1),
        100 * (sums[2] / sums[0] - 1), 100 * (sums[3] / sums[0] - 1));
    fail_unless (sums[3] > 1.005 * sums[0], "%f, %f", sums[3], sums[0]);
  }
}
GST_END_TEST;

/* What the local search counts up step by step is what the film is worth. */
GST_START_TEST (test_totals_agree)
{
  Instance instance;
  MontageSearch search = {8, 0};
  g_autoptr (GArray) takes = NULL;
  gdouble total = 0;

  instance_init (&instance, 6, 1);
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
  instance_clear (&instance);
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
