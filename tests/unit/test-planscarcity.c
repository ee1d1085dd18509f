/* SPDX-License-Identifier: LGPL-2.1-or-later */

/* Too little footage, and pictures that are no footage. */

#include <gst/check/gstcheck.h>
#include <math.h>
#include <string.h>

#include "testplan.h"

#define FRAME (GST_SECOND / 30)

static void
film_init (TestFilm *self, guint n_clips, GstMontageScarcity scarcity)
{
  test_film_init (self, test_full_song_new (120, 60));
  self->instructions->pacing.speed = GST_MONTAGE_SPEED_MEDIUM;
  self->instructions->constraints.max_clip_duration_sec = 3;
  self->instructions->transitions.type = GST_MONTAGE_TRANSITIONS_HARD_CUTS;
  self->request.scarcity = scarcity;
  test_film_add_clips (self, n_clips, 1, 6);
  /* None that is too dark to be shown. */
  for (guint i = 0; i < n_clips; i++) {
    const GstMontageShotList *clip = g_ptr_array_index (self->clips, i);
    g_array_index (clip->shots, GstMontageShot, 0).brightness = 0.5;
  }
}

static void
add_still (TestFilm *self, guint number)
{
  GstMontageShotList *still = test_clip_new (number, 1, 10, 30, 1);

  still->still = TRUE;
  still->fps_n = 0;
  still->fps_d = 1;
  g_array_index (still->shots, GstMontageShot, 0).motion = 0;
  g_array_index (still->shots, GstMontageShot, 0).focus_x = 0.3;
  g_array_index (still->shots, GstMontageShot, 0).focus_y = 0.6;
  g_ptr_array_add (self->clips, still);
}

static gboolean
is_noted (const GstMontagePlan *plan, const gchar *text)
{
  for (guint i = 0; plan->notes != NULL && plan->notes[i] != NULL; i++)
    if (strstr (plan->notes[i], text) != NULL)
      return TRUE;

  return FALSE;
}

static guint
count_slow (const GstMontagePlan *plan)
{
  guint n = 0;

  for (guint i = 0; i < plan->cuts->len; i++)
    n += get_cut (plan, i)->speed < 1.0;

  return n;
}

/* What is shown lies inside the clip, at the speed that it is shown with. */
static void
check_inside (const GstMontagePlan *plan, GPtrArray *clips)
{
  for (guint i = 0; i < plan->cuts->len; i++) {
    const GstMontageCut *cut = get_cut (plan, i);
    const GstMontageShotList *clip = g_ptr_array_index (clips, cut->source);
    gdouble end = cut->in_point + cut->speed * (cut->duration - FRAME);

    fail_unless (clip->still || end < clip->duration, "cut %u: %f", i, end);
  }
}

static gdouble
mean_energy (const GstMontagePlan *plan, gboolean slow)
{
  gdouble sum = 0.0;
  guint n = 0;

  for (guint i = 0; i < plan->cuts->len; i++) {
    if ((get_cut (plan, i)->speed < 1.0) == slow) {
      sum += get_cut (plan, i)->energy;
      n++;
    }
  }

  return sum / MAX (n, 1);
}

GST_START_TEST (test_slow)
{
  TestFilm film;
  g_autoptr (GstMontagePlan) plan = NULL;

  film_init (&film, 11, GST_MONTAGE_SCARCITY_SLOW);
  plan = plan_ok (&film);
  fail_unless_equals_uint64 (plan->duration, 60 * GST_SECOND);
  fail_unless (count_slow (plan) > 0);
  fail_unless (count_slow (plan) < plan->cuts->len);
  for (guint i = 0; i < plan->cuts->len; i++) {
    gdouble speed = get_cut (plan, i)->speed;
    fail_unless (speed == 1.0 || fabs (speed - 0.8) < 1e-9
        || fabs (speed - 2.0 / 3) < 1e-9 || speed == 0.5);
  }
  fail_unless (mean_energy (plan, TRUE) < mean_energy (plan, FALSE));
  fail_unless (is_noted (plan, "run slower"));
  fail_unless (plan->metrics.repeats == 0, "%u repeats", plan->metrics.repeats);
  check_inside (plan, film.clips);
  test_film_clear (&film);
}
GST_END_TEST;

/* No more than it takes: the less footage, the slower. */
GST_START_TEST (test_slow_as_needed)
{
  static const guint n_clips[] = {16, 11, 8};
  gdouble before = 1.01;

  for (guint i = 0; i < G_N_ELEMENTS (n_clips); i++) {
    TestFilm film;
    gdouble mean = 0.0;
    g_autoptr (GstMontagePlan) plan = NULL;

    film_init (&film, n_clips[i], GST_MONTAGE_SCARCITY_SLOW);
    plan = plan_ok (&film);
    for (guint k = 0; k < plan->cuts->len; k++)
      mean += get_cut (plan, k)->speed / plan->cuts->len;
    fail_unless (i > 0 || mean > 0.999, "%f", mean);
    fail_unless (mean < before, "%u clips: %f after %f", n_clips[i], mean,
        before);
    fail_unless (mean > 0.499);
    fail_unless (plan->metrics.repeats == 0 || mean < 0.51, "%u clips: %u",
        n_clips[i], plan->metrics.repeats);
    before = mean;
    test_film_clear (&film);
  }
}
GST_END_TEST;

/* Clips with more pictures a second are those that are slowed down. */
GST_START_TEST (test_slow_high_rate)
{
  TestFilm film;
  guint high = 0, n = 0;
  g_autoptr (GstMontagePlan) plan = NULL;

  film_init (&film, 5, GST_MONTAGE_SCARCITY_SLOW);
  /* Of what is left, the energy decides. */
  film.instructions->weights.terms[GST_MONTAGE_TERM_ENERGY] = 0.5;
  film.request.output.fps_n = 30;
  film.request.output.fps_d = 1;
  for (guint i = 0; i < 6; i++) {
    GstMontageShotList *clip = test_clip_new (i, 1, 6, 60, 1);
    g_free (clip->uri);
    clip->uri = g_strdup_printf ("file:///clips/high%u.mp4", i);
    g_array_index (clip->shots, GstMontageShot, 0).brightness = 0.5;
    g_ptr_array_add (film.clips, clip);
  }
  plan = plan_ok (&film);
  for (guint i = 0; i < plan->cuts->len; i++) {
    if (get_cut (plan, i)->speed == 1.0)
      continue;
    n++;
    high += get_cut (plan, i)->source >= 5;
  }
  fail_unless (n > 4 && high > 0.65 * n, "%u of %u", high, n);
  test_film_clear (&film);
}
GST_END_TEST;

GST_START_TEST (test_reuse)
{
  TestFilm film;
  g_autoptr (GstMontagePlan) plan = NULL;

  film_init (&film, 6, GST_MONTAGE_SCARCITY_REUSE);
  plan = plan_ok (&film);
  fail_unless_equals_int (count_slow (plan), 0);
  fail_unless_equals_uint64 (plan->duration, 60 * GST_SECOND);
  fail_unless (is_noted (plan, "show something again"));
  test_film_clear (&film);
}
GST_END_TEST;

static gboolean
ends_on_downbeat (const GstMontagePlan *plan)
{
  GstClockTime end = plan->music.start + plan->duration;

  for (guint i = 0; i < plan->music.beats->len; i++) {
    const GstMontageBeat *beat = &g_array_index (plan->music.beats,
        GstMontageBeat, i);
    if (beat->position == 1
        && ABS (GST_CLOCK_DIFF (beat->time, end)) <= (gint64) FRAME)
      return TRUE;
  }

  return FALSE;
}

GST_START_TEST (test_shorten)
{
  for (guint n_clips = 2; n_clips <= 8; n_clips += 2) {
    TestFilm film;
    g_autoptr (GstMontagePlan) plan = NULL;

    film_init (&film, n_clips, GST_MONTAGE_SCARCITY_SHORTEN);
    plan = plan_ok (&film);
    fail_unless (plan->duration < 60 * GST_SECOND);
    /* Not much less than there is. */
    fail_unless (plan->duration > n_clips * 3 * GST_SECOND,
        "%u clips: %" GST_TIME_FORMAT, n_clips, GST_TIME_ARGS (plan->duration));
    fail_unless (ends_on_downbeat (plan));
    fail_unless (plan->metrics.repeats == 0, "%u clips: %u repeats", n_clips,
        plan->metrics.repeats);
    fail_unless (is_noted (plan, "s, not 60 s: the footage"));
    test_film_clear (&film);
  }
}
GST_END_TEST;

GST_START_TEST (test_shorten_enough)
{
  TestFilm film;
  g_autoptr (GstMontagePlan) plan = NULL;

  film_init (&film, 20, GST_MONTAGE_SCARCITY_SHORTEN);
  plan = plan_ok (&film);
  fail_unless_equals_uint64 (plan->duration, 60 * GST_SECOND);
  fail_unless (plan->notes == NULL || !is_noted (plan, "again"));
  test_film_clear (&film);
}
GST_END_TEST;

/* What has been shown is not taken back, nor shown again. */
GST_START_TEST (test_shorten_revised)
{
  TestFilm film;
  g_autoptr (GstMontagePlan) plan = NULL, again = NULL;

  film_init (&film, 6, GST_MONTAGE_SCARCITY_SHORTEN);
  plan = plan_ok (&film);
  film.request.previous = plan;
  film.request.n_frozen = plan->cuts->len / 2;
  again = plan_ok (&film);
  fail_unless (again->duration >= get_cut (plan, film.request.n_frozen)->start);
  fail_unless (again->duration < 60 * GST_SECOND);
  fail_unless (again->metrics.repeats == 0);
  test_film_clear (&film);
}
GST_END_TEST;

/* Photos alone: any length, a slow zoom, in and out by turns. */
GST_START_TEST (test_stills)
{
  TestFilm film;
  g_autoptr (GstMontagePlan) plan = NULL;

  film_init (&film, 0, GST_MONTAGE_SCARCITY_REUSE);
  film.instructions->pacing.speed = GST_MONTAGE_SPEED_VERY_SLOW;
  film.instructions->constraints.max_clip_duration_sec = 15;
  film.instructions->transitions.type = GST_MONTAGE_TRANSITIONS_CROSSFADE;
  for (guint i = 0; i < 12; i++)
    add_still (&film, i);
  plan = plan_ok (&film);
  for (guint i = 0; i < plan->cuts->len; i++) {
    const GstMontageCut *cut = get_cut (plan, i);
    gdouble sec = (gdouble) cut->duration / GST_SECOND;
    gdouble zoom = MAX (cut->zoom_from, cut->zoom_to);

    fail_unless_equals_uint64 (cut->in_point, 0);
    fail_unless (cut->speed == 1.0);
    fail_unless (MIN (cut->zoom_from, cut->zoom_to) == 1.0);
    fail_unless (zoom > 1.0 && zoom <= 1.25 && (zoom - 1.0) / sec <= 0.05);
    fail_unless_equals_float (cut->focus_x, 0.3);
    fail_unless_equals_float (cut->focus_y, 0.6);
    fail_unless (i == 0
        || (cut->zoom_from > 1.0) != (get_cut (plan, i - 1)->zoom_from > 1.0));
    fail_unless (i == 0 || cut->transition == GST_MONTAGE_TRANSITION_CROSSFADE);
    fail_unless (
        g_array_index (plan->sources, GstMontageSource, cut->source).still);
  }
  test_film_clear (&film);
}
GST_END_TEST;

/* The second time it is the same picture, however long it is shown. */
GST_START_TEST (test_stills_repeat)
{
  TestFilm film;
  guint n;
  g_autoptr (GstMontagePlan) plan = NULL, shorter = NULL;

  film_init (&film, 0, GST_MONTAGE_SCARCITY_REUSE);
  for (guint i = 0; i < 5; i++)
    add_still (&film, i);
  plan = plan_ok (&film);
  n = plan->cuts->len;
  fail_unless_equals_int (plan->metrics.repeats, n - 5);
  film.request.scarcity = GST_MONTAGE_SCARCITY_SHORTEN;
  shorter = plan_ok (&film);
  fail_unless_equals_int (shorter->metrics.repeats, 0);
  fail_unless (shorter->cuts->len <= 5);
  test_film_clear (&film);
}
GST_END_TEST;

GST_START_TEST (test_stills_and_clips)
{
  static const GstMontageScarcity all[] = {GST_MONTAGE_SCARCITY_REUSE,
      GST_MONTAGE_SCARCITY_SLOW, GST_MONTAGE_SCARCITY_SHORTEN};

  for (guint k = 0; k < G_N_ELEMENTS (all); k++) {
    TestFilm film;
    guint stills = 0;
    g_autoptr (GstMontagePlan) plan = NULL;

    film_init (&film, 5, all[k]);
    film.instructions->energy_mapping.sync_to_beats = FALSE;
    for (guint i = 0; i < 5; i++)
      add_still (&film, 5 + i);
    plan = plan_ok (&film);
    for (guint i = 0; i < plan->cuts->len; i++) {
      const GstMontageCut *cut = get_cut (plan, i);
      gboolean still = cut->source >= 5;
      stills += still;
      fail_unless ((cut->zoom_from != cut->zoom_to) == still);
      fail_unless (!still || cut->in_point == 0);
    }
    fail_unless (stills >= 3, "%u stills", stills);
    check_inside (plan, film.clips);
    test_film_clear (&film);
  }
}
GST_END_TEST;

static Suite *
planscarcity_suite (void)
{
  Suite *suite = suite_create ("planscarcity");
  TCase *tcase = tcase_create ("general");

  suite_add_tcase (suite, tcase);
  tcase_set_timeout (tcase, 100);
  tcase_add_test (tcase, test_slow);
  tcase_add_test (tcase, test_slow_as_needed);
  tcase_add_test (tcase, test_slow_high_rate);
  tcase_add_test (tcase, test_reuse);
  tcase_add_test (tcase, test_shorten);
  tcase_add_test (tcase, test_shorten_enough);
  tcase_add_test (tcase, test_shorten_revised);
  tcase_add_test (tcase, test_stills);
  tcase_add_test (tcase, test_stills_repeat);
  tcase_add_test (tcase, test_stills_and_clips);
  return suite;
}

GST_CHECK_MAIN (planscarcity);
