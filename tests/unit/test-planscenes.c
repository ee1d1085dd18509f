/* SPDX-License-Identifier: LGPL-2.1-or-later */

/* Wishes that hold where a shot shows something. */

#include <gst/check/gstcheck.h>
#include <string.h>

#include "testplan.h"

#define ARGUING "people arguing"

/* Every third shot shows @tags and what the rules say. */
static void
look (TestFilm *film, const gchar *tag, const gchar *rule)
{
  guint n = 0;

  for (guint i = 0; i < film->clips->len; i++) {
    const GstMontageShotList *clip = g_ptr_array_index (film->clips, i);

    for (guint k = 0; k < clip->shots->len; k++) {
      GstMontageShot *shot = &g_array_index (clip->shots, GstMontageShot, k);
      gboolean shows = n++ % 3 == 0;

      shot->scene = gst_montage_scene_new ();
      shot->scene->tags = g_strsplit (shows ? tag : "sky", " ", -1);
      if (shows && rule)
        shot->scene->rules = g_strsplit (rule, ",", -1);
    }
  }
}

static void
add_rule (TestFilm *film, const gchar *when, gint speed_step, gdouble weight)
{
  GArray *rules = film->instructions->scenes;
  GstMontageSceneRule rule = {g_strdup (when), speed_step, weight};

  g_array_append_val (rules, rule);
}

static void
film_init (TestFilm *self, guint n_clips)
{
  /* beats that lie beside frames, as those of real songs */
  test_film_init (self, test_full_song_new (121, 90));
  self->instructions->pacing.speed = GST_MONTAGE_SPEED_SLOW;
  self->instructions->pacing.variation = GST_MONTAGE_VARIATION_MINIMAL;
  self->instructions->energy_mapping.sync_to_beats = TRUE;
  test_film_add_clips (self, n_clips, 9, 6);
}

static const GstMontageShot *
shot_of (const TestFilm *film, const GstMontageCut *cut)
{
  const GstMontageShotList *clip = g_ptr_array_index (film->clips, cut->source);

  return &g_array_index (clip->shots, GstMontageShot, cut->shot);
}

/* Mean length of the cuts that show it and of the others in seconds, and what
 * share of the film it is. */
typedef struct
{
  gdouble sec;
  gdouble rest;
  gdouble share;
} Figures;

static Figures
measure (const TestFilm *film, const GstMontagePlan *plan, const gchar *when)
{
  GstClockTime shown[2] = {0};
  guint n[2] = {0};

  for (guint i = 0; i < plan->cuts->len; i++) {
    const GstMontageCut *cut = get_cut (plan, i);
    gboolean shows = gst_montage_scene_shows (shot_of (film, cut)->scene, when);

    shown[shows] += cut->duration;
    n[shows]++;
  }
  return (Figures){(gdouble) shown[TRUE] / GST_SECOND / MAX (n[TRUE], 1),
      (gdouble) shown[FALSE] / GST_SECOND / MAX (n[FALSE], 1),
      (gdouble) shown[TRUE] / (gdouble) plan->duration};
}

static gboolean
has_note (const GstMontagePlan *plan, const gchar *part)
{
  for (guint i = 0; plan->notes && plan->notes[i]; i++)
    if (strstr (plan->notes[i], part))
      return TRUE;
  return FALSE;
}

static guint
count_reasons (const GstMontagePlan *plan, const gchar *part)
{
  guint n = 0;

  for (guint i = 0; i < plan->cuts->len; i++)
    n += strstr (get_cut (plan, i)->reason, part) != NULL;
  return n;
}

static Figures
figures_with (gint speed_step, gdouble weight)
{
  TestFilm film;
  g_autoptr (GstMontagePlan) plan = NULL;
  Figures figures;

  film_init (&film, 6);
  look (&film, "person talking", ARGUING);
  if (speed_step != 0 || weight != 0)
    add_rule (&film, ARGUING, speed_step, weight);
  plan = plan_ok (&film);
  check_limits (plan, "scenes");
  check_material (plan, film.clips);
  figures = measure (&film, plan, ARGUING);
  test_film_clear (&film);
  return figures;
}

/* The shots that show it are cut faster or more slowly, the others are not. */
GST_START_TEST (test_speed)
{
  Figures plain = figures_with (0, 0);
  Figures faster = figures_with (1, 0);
  Figures fastest = figures_with (2, 0);
  Figures slower = figures_with (-1, 0);

  fail_unless (faster.sec <= 0.75 * plain.sec, "%f, %f", faster.sec, plain.sec);
  fail_unless (fastest.sec <= 0.75 * faster.sec, "%f, %f", fastest.sec,
      faster.sec);
  fail_unless (slower.sec >= 1.25 * plain.sec, "%f, %f", slower.sec, plain.sec);
  fail_unless (ABS (faster.rest - plain.rest) < 0.3 * plain.rest, "%f, %f",
      faster.rest, plain.rest);
  fail_unless (faster.share > 0.5 * plain.share, "%f, %f", faster.share,
      plain.share);
}
GST_END_TEST;

GST_START_TEST (test_weight)
{
  Figures plain = figures_with (0, 0);
  Figures more = figures_with (0, 0.5);
  Figures less = figures_with (0, -0.5);
  Figures none = figures_with (0, -1);

  fail_unless (more.share > 1.3 * plain.share, "%f, %f", more.share,
      plain.share);
  fail_unless (less.share < 0.7 * plain.share, "%f, %f", less.share,
      plain.share);
  fail_unless (none.share < 0.05, "%f", none.share);
}
GST_END_TEST;

GST_START_TEST (test_told)
{
  TestFilm film;
  g_autoptr (GstMontagePlan) plan = NULL;

  film_init (&film, 6);
  look (&film, "person talking", ARGUING);
  add_rule (&film, ARGUING, 1, 0);
  add_rule (&film, "the sky", 0, 0.2);
  add_rule (&film, "elephants", 0, 1);
  plan = plan_ok (&film);
  fail_unless (
      count_reasons (plan, "it shows \"people arguing\", cut faster as asked")
      > 0);
  fail_unless (count_reasons (plan, "it shows \"the sky\" as asked") > 0);
  fail_unless (has_note (plan, "No shot shows \"elephants\""));
  fail_if (has_note (plan, "arguing"));
  fail_unless_equals_int (count_reasons (plan, "of the mood"), 0);
  test_film_clear (&film);
}
GST_END_TEST;

/* Nobody has looked. */
GST_START_TEST (test_not_looked_at)
{
  TestFilm film;
  g_autoptr (GstMontagePlan) plan = NULL;

  film_init (&film, 6);
  add_rule (&film, ARGUING, 1, 1);
  plan = plan_ok (&film);
  fail_unless (has_note (plan, "no model was asked to look"));
  fail_unless_equals_float (get_cut (plan, 0)
                                ->score.terms[GST_MONTAGE_TERM_SCENE],
      0);
  test_film_clear (&film);
}
GST_END_TEST;

/* Not for the sake of showing every clip. */
GST_START_TEST (test_unwanted_clip)
{
  TestFilm film;
  g_autoptr (GstMontagePlan) plan = NULL;
  GstMontageShotList *clip;

  film_init (&film, 5);
  look (&film, "person", NULL);
  clip = test_clip_new (7, 3, 6, 30, 1);
  for (guint i = 0; i < clip->shots->len; i++) {
    GstMontageShot *shot = &g_array_index (clip->shots, GstMontageShot, i);

    shot->scene = gst_montage_scene_new ();
    shot->scene->tags = g_strsplit ("car street", " ", -1);
  }
  g_ptr_array_add (film.clips, clip);
  add_rule (&film, "autos", 0, -1);
  plan = plan_ok (&film);
  fail_unless_equals_int (g_array_index (plan->sources, GstMontageSource, 5)
                              .n_cuts,
      0);
  fail_unless (has_note (plan, "all that it shows was to be avoided"));
  test_film_clear (&film);
}
GST_END_TEST;

/* What was seen stands in for what was not measured, and the mood counts. */
GST_START_TEST (test_size_and_mood)
{
  gdouble wide = 0, scene = 0;
  TestFilm film;
  g_autoptr (GstMontagePlan) plan = NULL;

  film_init (&film, 6);
  look (&film, "person", NULL);
  film.instructions->cinematography.prefer_wide_shots = TRUE;
  film.instructions->style.mood = GST_MONTAGE_MOOD_CALM;
  for (guint i = 0; i < film.clips->len; i++) {
    const GstMontageShotList *clip = g_ptr_array_index (film.clips, i);
    GstMontageShot *shot = &g_array_index (clip->shots, GstMontageShot, i);

    shot->scene->shot_size = GST_MONTAGE_SHOT_SIZE_WIDE;
    shot->scene->mood = GST_MONTAGE_MOOD_CALM;
  }
  plan = plan_ok (&film);
  for (guint i = 0; i < plan->cuts->len; i++) {
    wide += get_cut (plan, i)->score.terms[GST_MONTAGE_TERM_WIDE];
    scene += get_cut (plan, i)->score.terms[GST_MONTAGE_TERM_SCENE];
  }
  fail_unless (wide >= 20);
  fail_unless (scene >= 8);
  fail_unless (count_reasons (plan, "a picture of the mood") > 0);
  test_film_clear (&film);
}
GST_END_TEST;

/* Cuts that have been shown stay; the rest follows the wish. */
GST_START_TEST (test_revised)
{
  TestFilm film;
  g_autoptr (GstMontagePlan) before = NULL;
  g_autoptr (GstMontagePlan) after = NULL;

  film_init (&film, 6);
  look (&film, "person talking", ARGUING);
  before = plan_ok (&film);
  add_rule (&film, ARGUING, 1, 0);
  film.request.previous = before;
  film.request.n_frozen = 5;
  after = plan_ok (&film);
  fail_unless (after->cuts->len > before->cuts->len);
  for (guint i = 0; i < 5; i++) {
    fail_unless_equals_uint64 (get_cut (after, i)->start,
        get_cut (before, i)->start);
    fail_unless_equals_uint64 (get_cut (after, i)->in_point,
        get_cut (before, i)->in_point);
  }
  check_material (after, film.clips);
  test_film_clear (&film);
}
GST_END_TEST;

static Suite *
planscenes_suite (void)
{
  Suite *suite = suite_create ("planscenes");
  TCase *tcase = tcase_create ("general");

  suite_add_tcase (suite, tcase);
  tcase_set_timeout (tcase, 60);
  tcase_add_test (tcase, test_speed);
  tcase_add_test (tcase, test_weight);
  tcase_add_test (tcase, test_told);
  tcase_add_test (tcase, test_not_looked_at);
  tcase_add_test (tcase, test_unwanted_clip);
  tcase_add_test (tcase, test_size_and_mood);
  tcase_add_test (tcase, test_revised);
  return suite;
}

GST_CHECK_MAIN (planscenes);
