/* SPDX-License-Identifier: LGPL-2.1-or-later */

/* Each term of a score: of two candidates that differ in nothing else, the
 * right one has more of its points, and none without its weight. */

#include <gst/check/gstcheck.h>
#include <string.h>

#include <gst/montage/plandraft.h>
#include <gst/montage/planlooks.h>
#include <gst/montage/planscore.h>

#include "planner-material.h"

#define N_CLIPS 10

static const GstMontageSectionLabel labels[] = {GST_MONTAGE_SECTION_VERSE,
    GST_MONTAGE_SECTION_DROP};
static const gdouble energies[] = {0.2, 0.95};

typedef struct
{
  TestFilm film;
  GstMontageClipRule rules[N_CLIPS];
  MontageDraft draft;
  MontageScorer scorer;
  guint calm;   /* the calmest slot inside the verse */
  guint climax; /* and one inside the drop */
} Stage;

static GstMontageShot *
get_shot (Stage *stage, guint clip)
{
  const GstMontageShotList *list = g_ptr_array_index (stage->film.clips, clip);

  return &g_array_index (list->shots, GstMontageShot, 0);
}

/* Clip 0 comes before; of 1 and 2, the first is the right one. */
#define BEFORE get_shot (stage, 0)
#define GOOD get_shot (stage, 1)
#define BAD get_shot (stage, 2)

static void
stage_init (Stage *self)
{
  memset (self, 0, sizeof (*self));
  test_film_init (&self->film, test_song_new (120, 60, labels, energies, 2));
  self->film.instructions->transitions.type = GST_MONTAGE_TRANSITIONS_HARD_CUTS;
  self->film.instructions->constraints.max_clip_duration_sec = 3;
  test_film_add_clips (&self->film, N_CLIPS, 1, 8);
  for (guint i = 0; i < N_CLIPS; i++) {
    GstMontageShot *shot = get_shot (self, i);
    shot->motion = shot->brightness = shot->sharpness = 0.5;
    shot->exposure = 0.9;
    self->rules[i].weight = 1;
  }
}

static void
stage_open (Stage *self)
{
  TestFilm *film = &self->film;

  film->request.instructions = film->instructions;
  film->request.music = film->song;
  film->request.sources = (const GstMontageShotList *const *)
                              film->clips->pdata;
  film->request.n_sources = film->clips->len;
  self->draft.request = &film->request;
  self->draft.notes = g_ptr_array_new_with_free_func (g_free);
  fail_unless (montage_draft_prepare (&self->draft, NULL));
  self->draft.material->rules = self->rules;
  for (guint i = 0; i < self->draft.material->spans->len; i++) {
    MontageSpan *span = &g_array_index (self->draft.material->spans,
        MontageSpan, i);
    span->weight = self->rules[span->source].weight;
  }
  self->scorer = (MontageScorer){.instructions = film->instructions,
      .film = &self->draft.film,
      .material = self->draft.material,
      .slots = self->draft.slots};
  montage_scorer_init (&self->scorer);
  for (guint i = 1; i < self->draft.slots->len; i++) {
    if (montage_scorer_slot (&self->scorer, i)->section_start)
      continue;
    if (montage_scorer_is_climax (&self->scorer, i))
      self->climax = i;
    else if (self->calm == 0
        || montage_score_energy (&self->scorer, i)
            < montage_score_energy (&self->scorer, self->calm))
      self->calm = i;
  }
  fail_unless (self->calm > 0 && self->climax > 0);
}

static void
stage_close (Stage *self)
{
  montage_scorer_clear (&self->scorer);
  montage_draft_clear (&self->draft);
  test_film_clear (&self->film);
}

/* The best take of a clip; of the one before the last, of the others the first
 * pictures where @at_once. */
static MontageTake
take_of (const Stage *stage, guint slot, guint clip, gboolean at_once)
{
  MontageTake takes[MONTAGE_MAX_POINTS], take;
  GstClockTime earliest, latest;

  fail_unless (montage_score_points (&stage->scorer, slot, clip, takes) > 0);
  if (!at_once)
    return takes[0];
  montage_score_range (&stage->scorer, slot, clip, &earliest, &latest);
  montage_score_take (&stage->scorer, slot, clip, clip == 0 ? latest : earliest,
      &take);
  return take;
}

static gdouble
points_of (const Stage *stage, GstMontageTerm term, guint slot, guint clip,
    gboolean at_once)
{
  MontageTake before = take_of (stage, slot - 1, 0, at_once);
  MontageTake take = take_of (stage, slot, clip, at_once);
  GstMontageScore score = {0};
  gdouble sum = montage_score_alone (&stage->scorer, slot, clip, &score);
  gdouble fast;

  sum += montage_score_moment (&stage->scorer, slot, &take, &score);
  fast = montage_score_pair (&stage->scorer, slot, 1, &before, &take, NULL);
  sum += montage_score_pair (&stage->scorer, slot, 1, &before, &take, &score);
  fail_unless (
      fast <= montage_score_pair_most (&stage->scorer, 0, clip) + 1e-4);
  sum += score.terms[GST_MONTAGE_TERM_REPEAT] =
      montage_score_again (&stage->scorer, slot - 1, &before, slot, &take);
  /* What is summed fast is what is told. */
  montage_score_sum (&score);
  fail_unless (ABS (score.total - sum) < 1e-4, "%f, %f", score.total, sum);

  return score.terms[term];
}

/* ---- how the two differ ---- */

static void
set_energy (Stage *stage)
{
  GOOD->motion = 0.1;
  BAD->motion = 0.9;
}

static void
set_wide (Stage *stage)
{
  stage->film.instructions->cinematography.prefer_wide_shots = TRUE;
  GOOD->shot_size = GST_MONTAGE_SHOT_SIZE_WIDE;
  BAD->shot_size = GST_MONTAGE_SHOT_SIZE_CLOSE;
}

static void
set_action (Stage *stage)
{
  stage->film.instructions->cinematography.prefer_high_action = TRUE;
  GOOD->motion = 0.9;
}

static void
set_quality (Stage *stage)
{
  BAD->sharpness = 0.1;
}

static void
set_scene (Stage *stage)
{
  stage->film.instructions->style.mood = GST_MONTAGE_MOOD_CALM;
  GOOD->scene = gst_montage_scene_new ();
  GOOD->scene->mood = GST_MONTAGE_MOOD_CALM;
}

static void
set_clip (Stage *stage)
{
  stage->rules[1].weight = 2;
}

/* In calm music the best shot is the wrong one. */
static void
set_reserve (Stage *stage)
{
  BAD->motion = 0.9;
  BAD->sharpness = 1;
}

static void
set_moment (Stage *stage)
{
  GstMontageStretch stretch = {GST_SECOND, 7 * GST_SECOND, 0.9};

  g_array_append_val (GOOD->best, stretch);
}

static void
set_peak (Stage *stage)
{
  GstClockTime peak = 4 * GST_SECOND;

  g_array_append_val (GOOD->action_peaks, peak);
}

static void
set_direction (Stage *stage)
{
  BEFORE->pan_x = GOOD->pan_x = 0.3;
  BAD->pan_x = -0.3;
}

static void
set_position (Stage *stage)
{
  BEFORE->focus_x = GOOD->focus_x = 0.2;
  BAD->focus_x = 0.9;
  BEFORE->focus_y = GOOD->focus_y = BAD->focus_y = 0.5;
}

static void
set_light (Stage *stage)
{
  BAD->brightness = 0.95;
}

static void
add_color (GstMontageShot *shot, guint color)
{
  g_array_append_val (shot->palette, color);
}

static void
set_color (Stage *stage)
{
  add_color (BEFORE, 0xa03020);
  add_color (GOOD, 0xb04030);
  add_color (BAD, 0x2040b0);
}

/* Bars of the width @period, in both pictures. */
static void
set_bars (GstMontageShot *shot, guint period)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < 2 * MONTAGE_SIGNATURE_SIZE; i++)
    g_string_append (text, i / period % 2 ? "e0" : "20");
  shot->signature = g_string_free (text, FALSE);
}

static void
set_match (Stage *stage)
{
  stage->film.instructions->cinematography.match_cuts_enabled = TRUE;
  set_bars (BEFORE, 4);
  set_bars (GOOD, 4);
  set_bars (BAD, 1);
}

static void
set_invisible (Stage *stage)
{
  stage->film.instructions->cinematography.invisible_cuts_enabled = TRUE;
  BEFORE->motion = GOOD->motion = 0.9;
}

static void
set_size (Stage *stage)
{
  BEFORE->shot_size = BAD->shot_size = GST_MONTAGE_SHOT_SIZE_WIDE;
  GOOD->shot_size = GST_MONTAGE_SHOT_SIZE_CLOSE;
}

static void
set_variety (Stage *stage)
{
  set_bars (BEFORE, 4);
  set_bars (GOOD, 1);
  set_bars (BAD, 4);
}

/* The best part is not at the start. */
static void
set_key_unit (Stage *stage)
{
  GstMontageStretch stretch = {4 * GST_SECOND, 7 * GST_SECOND, 0.9};
  GstMontageShotList *good = g_ptr_array_index (stage->film.clips, 1);
  GstMontageShotList *bad = g_ptr_array_index (stage->film.clips, 2);

  for (GstClockTime time = 0; time < 8 * GST_SECOND; time += GST_SECOND)
    g_array_append_val (good->key_units, time);
  g_array_set_size (bad->key_units, 1);
  g_array_append_val (GOOD->best, stretch);
  g_array_append_val (BAD->best, stretch);
}

static const struct
{
  GstMontageTerm term;
  void (*set) (Stage *stage);
  gboolean at_once; /* the cut is where the one ends and the other begins */
} cases[] = {
    {GST_MONTAGE_TERM_ENERGY, set_energy, FALSE},
    {GST_MONTAGE_TERM_WIDE, set_wide, FALSE},
    {GST_MONTAGE_TERM_ACTION, set_action, FALSE},
    {GST_MONTAGE_TERM_QUALITY, set_quality, FALSE},
    {GST_MONTAGE_TERM_SCENE, set_scene, FALSE},
    {GST_MONTAGE_TERM_CLIP, set_clip, FALSE},
    {GST_MONTAGE_TERM_RESERVE, set_reserve, FALSE},
    {GST_MONTAGE_TERM_MOMENT, set_moment, FALSE},
    {GST_MONTAGE_TERM_PEAK, set_peak, FALSE},
    {GST_MONTAGE_TERM_DIRECTION, set_direction, FALSE},
    {GST_MONTAGE_TERM_POSITION, set_position, FALSE},
    {GST_MONTAGE_TERM_LIGHT, set_light, FALSE},
    {GST_MONTAGE_TERM_COLOR, set_color, FALSE},
    {GST_MONTAGE_TERM_MATCH, set_match, TRUE},
    {GST_MONTAGE_TERM_INVISIBLE, set_invisible, FALSE},
    {GST_MONTAGE_TERM_SIZE, set_size, FALSE},
    {GST_MONTAGE_TERM_VARIETY, set_variety, FALSE},
    {GST_MONTAGE_TERM_KEY_UNIT, set_key_unit, FALSE},
};

GST_START_TEST (test_term)
{
  GstMontageTerm term = cases[__i__].term;
  const gchar *name = gst_montage_term_info (term)->name;
  Stage stage;
  gdouble good, bad;

  stage_init (&stage);
  cases[__i__].set (&stage);
  stage_open (&stage);
  good = points_of (&stage, term, stage.calm, 1, cases[__i__].at_once);
  bad = points_of (&stage, term, stage.calm, 2, cases[__i__].at_once);
  fail_unless (good > bad + 0.25, "%s: %f, %f", name, good, bad);

  stage.film.instructions->weights.terms[term] = 0;
  montage_scorer_clear (&stage.scorer);
  montage_scorer_init (&stage.scorer);
  good = points_of (&stage, term, stage.calm, 1, cases[__i__].at_once);
  bad = points_of (&stage, term, stage.calm, 2, cases[__i__].at_once);
  fail_unless (good == 0 && bad == 0, "%s: %f, %f", name, good, bad);
  stage_close (&stage);
}
GST_END_TEST;

/* The same clip again, the same take at once, the same pictures. */
GST_START_TEST (test_again)
{
  static const GstMontageTerm terms[] = {GST_MONTAGE_TERM_SOURCE,
      GST_MONTAGE_TERM_JUMP, GST_MONTAGE_TERM_REPEAT};
  Stage stage;

  stage_init (&stage);
  stage_open (&stage);
  for (guint i = 0; i < G_N_ELEMENTS (terms); i++) {
    fail_unless (points_of (&stage, terms[i], stage.calm, 1, FALSE) == 0);
    fail_unless (points_of (&stage, terms[i], stage.calm, 0, FALSE) < -5);
    stage.film.instructions->weights.terms[terms[i]] = 0;
    fail_unless (points_of (&stage, terms[i], stage.calm, 0, FALSE) == 0);
  }
  stage_close (&stage);
}
GST_END_TEST;

/* The best shots cost points before the climax and bring some at it. */
GST_START_TEST (test_reserve)
{
  Stage stage;

  stage_init (&stage);
  set_reserve (&stage);
  stage_open (&stage);
  fail_unless (
      points_of (&stage, GST_MONTAGE_TERM_RESERVE, stage.calm, 2, FALSE) < -5);
  fail_unless (
      points_of (&stage, GST_MONTAGE_TERM_RESERVE, stage.climax, 2, FALSE) > 5);
  stage_close (&stage);
}
GST_END_TEST;

/* Whatever else it could be, black is not shown; and it is said. */
GST_START_TEST (test_flaws)
{
  static const gchar *const said[] = {"is not used: it is black.",
      "is not used: it is overexposed.", "is not used: it is blurred."};
  Stage film, *stage = &film;

  for (guint i = 0; i < G_N_ELEMENTS (said); i++) {
    g_autoptr (GstMontagePlan) plan = NULL;
    g_autofree gchar *notes = NULL;

    stage_init (stage);
    GOOD->underexposed = i == 0;
    GOOD->overexposed = i == 1;
    if (i == 0)
      GOOD->brightness = GOOD->exposure = GOOD->contrast = 0;
    if (i == 2)
      GOOD->sharpness = 0.02;
    plan = test_film_plan (&stage->film, NULL);
    fail_unless (plan != NULL);
    for (guint k = 0; k < plan->cuts->len; k++)
      fail_unless (g_array_index (plan->cuts, GstMontageCut, k).source != 1);
    notes = plan->notes != NULL ? g_strjoinv ("\n", plan->notes) : NULL;
    fail_unless (notes != NULL && strstr (notes, said[i]) != NULL, "%s", notes);
    test_film_clear (&stage->film);
  }
}
GST_END_TEST;

/* A film that is there in two files is one. */
GST_START_TEST (test_twins)
{
  Stage film, *stage = &film;

  stage_init (stage);
  set_bars (BEFORE, 4);
  set_bars (GOOD, 4);
  set_bars (BAD, 1);
  stage_open (stage);
  fail_unless_equals_int (montage_looks_get (stage->draft.material, 1), 0);
  fail_unless_equals_int (montage_looks_get (stage->draft.material, 2), 2);
  fail_unless (
      points_of (stage, GST_MONTAGE_TERM_REPEAT, stage->calm, 1, FALSE) < -50);
  fail_unless (
      points_of (stage, GST_MONTAGE_TERM_REPEAT, stage->calm, 2, FALSE) == 0);
  stage_close (stage);
}
GST_END_TEST;

/* What a style weighs reaches whoever names it. */
GST_START_TEST (test_weights)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GstMontageStyles) styles = gst_montage_styles_load (NULL, &error);
  g_autoptr (GstMontageInstructions)
      instructions = gst_montage_prompt_read (styles, NULL, "cut it like mtv",
          &error);

  fail_unless (instructions != NULL);
  fail_unless_equals_float (instructions->weights.terms[GST_MONTAGE_TERM_PEAK],
      1.75);
  fail_unless_equals_float (instructions->weights
                                .terms[GST_MONTAGE_TERM_REPEAT],
      1);
}
GST_END_TEST;

/* Each runner-up is another shot and says what it lacked. */
GST_START_TEST (test_lacked)
{
  Stage stage;
  g_autoptr (GstMontagePlan) plan = NULL;

  stage_init (&stage);
  plan = test_film_plan (&stage.film, NULL);
  for (guint i = 0; i < plan->cuts->len; i++) {
    const GstMontageCut *cut = &g_array_index (plan->cuts, GstMontageCut, i);
    fail_unless_equals_int (cut->runners_up->len, 3);
    for (guint k = 0; k < 3; k++) {
      const GstMontageRunnerUp *runner = &g_array_index (cut->runners_up,
          GstMontageRunnerUp, k);
      fail_unless (runner->source != cut->source);
      fail_unless (g_ascii_isupper (runner->lacked[0])
              && g_str_has_suffix (runner->lacked, "."),
          "%s", runner->lacked);
      for (guint other = 0; other < k; other++)
        fail_unless (runner->source
            != g_array_index (cut->runners_up, GstMontageRunnerUp, other)
                   .source);
    }
  }
  test_film_clear (&stage.film);
}
GST_END_TEST;

static Suite *
terms_suite (void)
{
  Suite *suite = suite_create ("terms");
  TCase *tcase = tcase_create ("terms");

  suite_add_tcase (suite, tcase);
  tcase_add_loop_test (tcase, test_term, 0, G_N_ELEMENTS (cases));
  tcase_add_test (tcase, test_again);
  tcase_add_test (tcase, test_reserve);
  tcase_add_test (tcase, test_flaws);
  tcase_add_test (tcase, test_twins);
  tcase_add_test (tcase, test_weights);
  tcase_add_test (tcase, test_lacked);

  return suite;
}

GST_CHECK_MAIN (terms);
