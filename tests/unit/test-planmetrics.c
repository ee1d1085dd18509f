/* SPDX-License-Identifier: LGPL-2.1-or-later */

/* The figures of plans that were made by hand, against what they must be. */

#include <gst/check/gstcheck.h>
#include <gst/montage/planmetrics.h>
#include <gst/montage/planstatistics.h>

#include "testplan.h"

#define FPS 25
#define SEC GST_SECOND

typedef struct
{
  GPtrArray *clips; /* of GstMontageShotList */
  GstMontagePlan *plan;
  GstMontageMetrics metrics;
} Film;

static void
film_init (Film *self, guint n_clips, guint n_shots, gdouble shot_sec)
{
  *self = (Film){
      .clips = g_ptr_array_new_with_free_func (
          (GDestroyNotify) gst_montage_shot_list_free),
      .plan = gst_montage_plan_new (),
  };
  self->plan->output = (GstMontageOutput){640, 360, FPS, 1, 0};
  for (guint i = 0; i < n_clips; i++) {
    GstMontageSource source = {
        .uri = g_strdup_printf ("file:///%u.mp4", i),
        .width = 640,
        .height = 360,
    };

    g_ptr_array_add (self->clips, test_clip_new (i, n_shots, shot_sec, FPS, 1));
    g_array_append_val (self->plan->sources, source);
  }
}

static GstMontageShot *
film_shot (Film *self, guint clip, guint shot)
{
  GstMontageShotList *list = g_ptr_array_index (self->clips, clip);

  return &g_array_index (list->shots, GstMontageShot, shot);
}

/* Appends a cut of @sec that shows @source from @in_sec on. */
static GstMontageCut *
film_cut (Film *self, gdouble sec, guint source, gdouble in_sec)
{
  GstMontagePlan *plan = self->plan;
  GstMontageCut cut;

  gst_montage_cut_init (&cut);
  cut.start = plan->duration;
  cut.duration = (GstClockTime) (sec * SEC);
  cut.source = source;
  cut.in_point = (GstClockTime) (in_sec * SEC) + SEC / FPS / 4;
  plan->duration += cut.duration;
  g_array_append_val (plan->cuts, cut);
  g_array_index (plan->sources, GstMontageSource, source).n_cuts++;

  return &g_array_index (plan->cuts, GstMontageCut, plan->cuts->len - 1);
}

/* Beats every half second from @from on, a bar each two seconds. */
static void
film_beats (Film *self, GstClockTime from, guint n)
{
  for (guint i = 0; i < n; i++) {
    GstMontageBeat beat = {
        .time = from + i * SEC / 2,
        .position = i % 4 + 1,
        .energy = 0.5,
    };
    g_array_append_val (self->plan->music.beats, beat);
  }
}

static void
film_section (Film *self, gdouble start, gdouble end)
{
  GstMontageSection section = {
      .start = (GstClockTime) (start * SEC),
      .end = (GstClockTime) (end * SEC),
  };

  g_array_append_val (self->plan->music.sections, section);
}

static const GstMontageMetrics *
film_measure (Film *self)
{
  g_autoptr (MontageMaterial)
      material = montage_material_new ((const GstMontageShotList *const *)
                                           self->clips->pdata,
          self->clips->len, NULL, &self->plan->output, FPS / 2);

  memset (&self->metrics, 0, sizeof (self->metrics));
  montage_metrics_compute (self->plan, material, &self->metrics);
  return &self->metrics;
}

static void
film_clear (Film *self)
{
  g_ptr_array_unref (self->clips);
  gst_montage_plan_free (self->plan);
}

static gboolean
is_near (gdouble a, gdouble b)
{
  return ABS (a - b) < 1e-6;
}

GST_START_TEST (test_quantiles)
{
  const gdouble odd[] = {5, 1, 3}, even[] = {4, 1, 3, 2};
  g_autoptr (GArray) values = g_array_new (FALSE, FALSE, sizeof (gdouble));

  fail_unless_equals_float (montage_median (values), 0);
  fail_unless_equals_float (montage_quantile (values, 0.95), 0);
  g_array_append_vals (values, odd, G_N_ELEMENTS (odd));
  fail_unless_equals_float (montage_median (values), 3);
  g_array_set_size (values, 0);
  g_array_append_vals (values, even, G_N_ELEMENTS (even));
  fail_unless_equals_float (montage_median (values), 2.5);
  /* 20 values: 19 of them are not more than the 19th. */
  g_array_set_size (values, 0);
  for (gdouble value = 20; value > 0; value--)
    g_array_append_val (values, value);
  fail_unless_equals_float (montage_quantile (values, 0.95), 19);
  fail_unless_equals_float (montage_quantile (values, 1), 20);
}
GST_END_TEST;

GST_START_TEST (test_rank_correlation)
{
  gdouble rising[] = {0.1, 0.2, 0.3, 0.9}, curved[] = {1, 10, 100, 1000};
  gdouble x[] = {1, 2, 3, 4, 5}, y[] = {2, 1, 4, 3, 5};
  gdouble tied[] = {1, 1, 2}, same[] = {3, 3, 3}, any[] = {1, 2, 3};

  fail_unless (is_near (montage_correlate_ranks (rising, curved, 4), 1));
  /* 1 - 6 * 4 / (5 * 24) */
  fail_unless (is_near (montage_correlate_ranks (x, y, 5), 0.8));
  fail_unless_equals_float (montage_correlate_ranks (same, any, 3), 0);
  /* Ranks 0.5, 0.5, 2 against 0, 1, 2. */
  fail_unless (is_near (montage_correlate_ranks (tied, any, 3), 0.8660254));
}
GST_END_TEST;

GST_START_TEST (test_spread)
{
  g_autoptr (GArray)
      values = g_array_new (FALSE, FALSE, sizeof (MontageWeighted));
  const MontageWeighted parts[] = {{0.9, 80}, {0.1, 5}, {0.4, 15}};

  fail_unless_equals_float (montage_spread (values), 0);
  g_array_append_vals (values, parts, G_N_ELEMENTS (parts));
  /* A tenth of the weight is reached at 0.4, nine tenths at 0.9. */
  fail_unless (is_near (montage_spread (values), 0.5));
}
GST_END_TEST;

GST_START_TEST (test_beats)
{
  Film film;
  const GstMontageMetrics *metrics;
  /* In ms from a beat: 0, 20, 40 and 100; the last is after all beats. */
  const gdouble lengths[] = {2, 1.02, 1.02, 1.06, 8, 2};

  film_init (&film, 2, 4, 20);
  /* In the song, the film starts at 10 s. */
  film.plan->music.start = 10 * SEC;
  film_beats (&film, 0, 36);
  for (guint i = 0; i < G_N_ELEMENTS (lengths); i++)
    film_cut (&film, lengths[i], i % 2, 5 * i);
  g_array_index (film.plan->cuts, GstMontageCut, 0).beat = 20;
  g_array_index (film.plan->cuts, GstMontageCut, 1).beat = 24;
  g_array_index (film.plan->cuts, GstMontageCut, 2).beat = 26;
  metrics = film_measure (&film);

  /* The film's start does not count. */
  fail_unless (is_near (metrics->cuts_on_beat, 2 / 5.));
  fail_unless (is_near (metrics->cuts_on_downbeat, 1 / 5.));
  fail_unless (is_near (metrics->cut_beat_error_ms, 10));
  fail_unless (is_near (metrics->cut_beat_error_median_ms, 30));
  fail_unless (is_near (metrics->cut_beat_error_p95_ms, 100));
  film_clear (&film);
}
GST_END_TEST;

GST_START_TEST (test_without_beats)
{
  Film film;
  const GstMontageMetrics *metrics;

  film_init (&film, 1, 1, 60);
  film_cut (&film, 3, 0, 1);
  film_cut (&film, 3, 0, 10);
  metrics = film_measure (&film);
  fail_unless_equals_float (metrics->cuts_on_beat, 0);
  fail_unless_equals_float (metrics->cut_beat_error_p95_ms, 0);
  fail_unless_equals_float (metrics->section_hits, 1);
  film_clear (&film);
}
GST_END_TEST;

GST_START_TEST (test_sections)
{
  Film film;

  film_init (&film, 1, 1, 60);
  film.plan->music.start = 10 * SEC;
  film.plan->instructions->constraints.min_clip_duration_sec = 1;
  /* Before the film, near its start, hit, hit by two frames, missed by three,
   * near its end. */
  film_section (&film, 0, 10.5);
  film_section (&film, 10.5, 14);
  film_section (&film, 14, 18.08);
  film_section (&film, 18.08, 22.12);
  film_section (&film, 22.12, 25.5);
  film_section (&film, 25.5, 40);
  for (guint i = 0; i < 4; i++)
    film_cut (&film, 4, 0, 5 * i);
  fail_unless (is_near (film_measure (&film)->section_hits, 2 / 3.));
  film_clear (&film);
}
GST_END_TEST;

GST_START_TEST (test_pace)
{
  Film film;
  const GstMontageMetrics *metrics;

  film_init (&film, 1, 1, 60);
  film_beats (&film, 0, 40);
  /* Loud from 8 to 12 s of 20 s, where a cut lasts half a second. */
  for (guint i = 16; i < 24; i++)
    g_array_index (film.plan->music.beats, GstMontageBeat, i).energy = 0.9;
  film_cut (&film, 8, 0, 0);
  for (guint i = 0; i < 8; i++)
    film_cut (&film, 0.5, 0, 10 + i);
  film_cut (&film, 8, 0, 20);
  metrics = film_measure (&film);

  fail_unless (is_near (metrics->mean_clip_sec, 2));
  fail_unless (is_near (metrics->median_clip_sec, 0.5));
  /* Variance: (8 * 1.5^2 + 2 * 6^2) / 10 = 9. */
  fail_unless (is_near (metrics->clip_variation, 1.5));
  fail_unless (is_near (metrics->cuts_per_minute, 30));
  fail_unless (is_near (metrics->climax_cuts_per_minute, 120));
  /* The first 4 s are half of a shot. */
  fail_unless (is_near (metrics->intro_cuts_per_minute, 7.5));
  film_clear (&film);
}
GST_END_TEST;

GST_START_TEST (test_climax_without_peak)
{
  Film film;

  film_init (&film, 1, 1, 60);
  film_beats (&film, 0, 40);
  film_cut (&film, 10, 0, 0);
  for (guint i = 0; i < 10; i++)
    film_cut (&film, 1, 0, 10 + i);
  /* All of the music counts alike. */
  fail_unless (is_near (film_measure (&film)->climax_cuts_per_minute, 33));
  film_clear (&film);
}
GST_END_TEST;

GST_START_TEST (test_energy)
{
  Film film;
  const gdouble energies[] = {0.1, 0.9, 0.5, 0.7};
  const gdouble motions[] = {0.2, 0.8, 0.6, 0.3};
  const GstMontageMetrics *metrics;

  film_init (&film, 4, 1, 20);
  for (guint i = 0; i < 4; i++) {
    GstMontageCut *cut = film_cut (&film, 2, i, 1);

    cut->energy = energies[i];
    cut->motion = motions[i];
    film_shot (&film, i, 0)->motion = i / 10.;
  }
  metrics = film_measure (&film);
  /* Ranks 0 3 1 2 and 0 3 2 1: 1 - 6 * 2 / (4 * 15). */
  fail_unless (is_near (metrics->energy_correlation, 0.8));
  fail_unless (is_near (metrics->energy_range, 0.8));
  fail_unless (is_near (metrics->motion_range, 0.3));
  fail_unless (is_near (metrics->mean_motion, 1.9 / 4));
  film_clear (&film);
}
GST_END_TEST;

GST_START_TEST (test_sources)
{
  Film film;
  const GstMontageMetrics *metrics;

  /* The last can be used but is not; the one before it is too short. */
  film_init (&film, 4, 1, 20);
  film_shot (&film, 2, 0)->end = SEC / 5;
  film_cut (&film, 2, 0, 0);
  film_cut (&film, 2, 1, 0);
  metrics = film_measure (&film);
  fail_unless (is_near (metrics->source_coverage, 2 / 3.));
  fail_unless (is_near (metrics->source_diversity, 0.6309298)); /* log3 (2) */
  film_clear (&film);
}
GST_END_TEST;

GST_START_TEST (test_footage)
{
  Film film;

  film_init (&film, 2, 1, 20);
  film_cut (&film, 4, 0, 0);
  film_cut (&film, 4, 1, 0);
  /* Two seconds of it for the second time. */
  film_cut (&film, 4, 0, 2);
  /* Half as fast: shows two seconds. */
  film_cut (&film, 4, 1, 10)->speed = 0.5;
  /* 12 of nearly 40 s. */
  fail_unless (ABS (film_measure (&film)->footage_coverage - 12 / 40.) < 0.002);
  film_clear (&film);
}
GST_END_TEST;

GST_START_TEST (test_repeats)
{
  Film film;
  const GstMontageMetrics *metrics;
  const guint seen[] = {0, 0, 2, 0, 3, 5, 2};

  film_init (&film, 1, 1, 60);
  for (guint i = 0; i < G_N_ELEMENTS (seen); i++)
    film_cut (&film, 2, 0, 0)->seen = seen[i];
  metrics = film_measure (&film);
  fail_unless_equals_int (metrics->repeats, 4);
  fail_unless_equals_int (metrics->min_repeat_distance, 2);
  fail_unless (is_near (metrics->median_repeat_distance, 2.5));
  film_clear (&film);
}
GST_END_TEST;

GST_START_TEST (test_what_is_a_repeat)
{
  Film film;
  GstMontageCut *cuts;

  film_init (&film, 2, 1, 60);
  film_cut (&film, 2, 0, 0);
  film_cut (&film, 2, 1, 0);   /* of another clip */
  film_cut (&film, 2, 0, 1);   /* half of it */
  film_cut (&film, 2, 0, 1.7); /* less than a fifth of it */
  film_cut (&film, 4, 0, 20)->speed = 0.5;
  film_cut (&film, 2, 0, 22); /* after what is shown there */
  film_cut (&film, 1, 0, 21);
  cuts = (GstMontageCut *) film.plan->cuts->data;
  fail_if (montage_metrics_is_repeat (&cuts[0], &cuts[1]));
  fail_unless (montage_metrics_is_repeat (&cuts[0], &cuts[2]));
  fail_if (montage_metrics_is_repeat (&cuts[0], &cuts[3]));
  fail_if (montage_metrics_is_repeat (&cuts[4], &cuts[5]));
  fail_unless (montage_metrics_is_repeat (&cuts[4], &cuts[6]));
  film_clear (&film);
}
GST_END_TEST;

/* The signature of a shot that begins and ends with a picture of bars, or of
 * their negative. */
static gchar *
bars (gboolean negative)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < 2 * MONTAGE_SIGNATURE_SIZE; i++)
    g_string_append (text, (i % 4 < 2) != negative ? "c0" : "40");
  return g_string_free (text, FALSE);
}

GST_START_TEST (test_jump_cuts)
{
  Film film;

  film_init (&film, 2, 3, 20);
  film_shot (&film, 0, 0)->signature = bars (FALSE);
  film_shot (&film, 0, 1)->signature = bars (FALSE);
  film_shot (&film, 0, 2)->signature = bars (TRUE);
  film_cut (&film, 2, 0, 1);
  film_cut (&film, 2, 0, 6);  /* the same shot, 3 s later: a jump */
  film_cut (&film, 2, 0, 14); /* 6 s later */
  film_cut (&film, 2, 1, 14);
  film_cut (&film, 2, 0, 17);
  film_cut (&film, 2, 0, 21); /* another shot of like pictures: a jump */
  film_cut (&film, 2, 0, 37);
  film_cut (&film, 2, 0, 41); /* another shot of other pictures */
  fail_unless_equals_int (film_measure (&film)->jump_cuts, 2);
  film_clear (&film);
}
GST_END_TEST;

GST_START_TEST (test_continuity)
{
  Film film;

  film_init (&film, 4, 1, 20);
  film_shot (&film, 0, 0)->signature = bars (FALSE);
  film_shot (&film, 1, 0)->signature = bars (TRUE);
  film_shot (&film, 2, 0)->signature = bars (FALSE);
  /* Neither like nor unlike: the first half like, the second half not. */
  for (guint i = 0; i < 2 * MONTAGE_SIGNATURE_SIZE; i++) {
    gchar *at = film_shot (&film, 2, 0)->signature + 2 * i;

    if (i % MONTAGE_SIGNATURE_SIZE >= MONTAGE_SIGNATURE_SIZE / 2)
      memcpy (at, i % 4 < 2 ? "40" : "c0", 2);
  }
  film_cut (&film, 2, 0, 0);
  film_cut (&film, 2, 1, 0); /* too unlike */
  film_cut (&film, 2, 2, 0);
  film_cut (&film, 2, 0, 8);
  film_cut (&film, 2, 3, 0); /* not known */
  film_cut (&film, 2, 1, 9);
  film_cut (&film, 2, 1, 17); /* too like */
  fail_unless (is_near (film_measure (&film)->continuity, 2 / 4.), "%f",
      film.metrics.continuity);
  film_clear (&film);
}
GST_END_TEST;

GST_START_TEST (test_looks)
{
  Film film;
  const GstMontageMetrics *metrics;
  GstMontageCut *cut;

  film_init (&film, 3, 1, 20);
  film_shot (&film, 0, 0)->shot_size = GST_MONTAGE_SHOT_SIZE_WIDE;
  film_shot (&film, 1, 0)->shot_size = GST_MONTAGE_SHOT_SIZE_CLOSE;
  film_cut (&film, 1, 0, 0);
  cut = film_cut (&film, 3, 1, 0);
  cut->transition = GST_MONTAGE_TRANSITION_CROSSFADE;
  film_cut (&film, 4, 2, 0);
  metrics = film_measure (&film);
  fail_unless (is_near (metrics->wide_shots, 0.25));
  fail_unless (is_near (metrics->crossfades, 0.5));
  film_clear (&film);
}
GST_END_TEST;

GST_START_TEST (test_motion_of_a_part)
{
  const gint values[] = {0, 500, 1000};
  g_autoptr (GstMontageShotList) clip = test_clip_new (0, 2, 3, FPS, 1);
  GstMontageShot *shot = &g_array_index (clip->shots, GstMontageShot, 0);

  shot->motion = 0.25;
  g_array_index (clip->shots, GstMontageShot, 1).motion = 0.75;
  fail_unless (is_near (montage_metrics_motion (clip, SEC, SEC), 0.25));
  /* A second of each. */
  fail_unless (is_near (montage_metrics_motion (clip, 2 * SEC, 2 * SEC), 0.5));
  clip->curve_step = SEC;
  g_array_append_vals (shot->curves.motion, values, G_N_ELEMENTS (values));
  fail_unless (is_near (montage_metrics_motion (clip, 0, SEC), 0));
  fail_unless (is_near (montage_metrics_motion (clip, SEC / 2, SEC), 0.25));
  fail_unless (
      is_near (montage_metrics_motion (clip, 2 * SEC, 2 * SEC), 0.875));
  fail_unless_equals_float (montage_metrics_motion (clip, 60 * SEC, SEC), 0);
}
GST_END_TEST;

static Suite *
planmetrics_suite (void)
{
  Suite *suite = suite_create ("planmetrics");
  TCase *tc = tcase_create ("metrics");

  suite_add_tcase (suite, tc);
  tcase_add_test (tc, test_quantiles);
  tcase_add_test (tc, test_rank_correlation);
  tcase_add_test (tc, test_spread);
  tcase_add_test (tc, test_beats);
  tcase_add_test (tc, test_without_beats);
  tcase_add_test (tc, test_sections);
  tcase_add_test (tc, test_pace);
  tcase_add_test (tc, test_climax_without_peak);
  tcase_add_test (tc, test_energy);
  tcase_add_test (tc, test_sources);
  tcase_add_test (tc, test_footage);
  tcase_add_test (tc, test_repeats);
  tcase_add_test (tc, test_what_is_a_repeat);
  tcase_add_test (tc, test_jump_cuts);
  tcase_add_test (tc, test_continuity);
  tcase_add_test (tc, test_looks);
  tcase_add_test (tc, test_motion_of_a_part);

  return suite;
}

GST_CHECK_MAIN (planmetrics);
