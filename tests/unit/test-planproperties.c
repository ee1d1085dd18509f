/* SPDX-License-Identifier: LGPL-2.1-or-later */

/* What holds for every plan, on thousands of random requests. A case that fails
 * names its seed; MONTAGE_CASE=SEED runs that one alone, MONTAGE_CASES=N the
 * first N of each round. */

#include <math.h>
#include <stdlib.h>

#include <gst/check/gstcheck.h>

#include <gst/montage/planbound.h>
#include <gst/montage/plandraft.h>
#include <gst/montage/planlocal.h>
#include <gst/montage/plansearch.h>

#include "randomfilm.h"

#define N_LOOPS 40
#define N_CASES 80

static const GstMontageCut *
get_cut (const GstMontagePlan *plan, guint i)
{
  return &g_array_index (plan->cuts, GstMontageCut, i);
}

static guint64
frame_at (const GstMontagePlan *plan, GstClockTime time)
{
  return gst_montage_output_frame_at (&plan->output, time);
}

static gboolean
on_grid (const GstMontagePlan *plan, GstClockTime time)
{
  return gst_montage_output_frame_time (&plan->output, frame_at (plan, time))
      == time;
}

static gboolean
is_sentence (const gchar *text)
{
  gsize length = strlen (text);

  return length > 2 && text[length - 1] == '.'
      && g_utf8_validate (text, -1, NULL);
}

static gboolean
has_note (const GstMontagePlan *plan, const gchar *part)
{
  for (guint i = 0; plan->notes != NULL && plan->notes[i] != NULL; i++) {
    if (strstr (plan->notes[i], part) != NULL)
      return TRUE;
  }

  return FALSE;
}

/* ---- what must hold ---- */

static void
check_order (const GstMontagePlan *plan, guint64 seed)
{
  GstClockTime at = 0;

  fail_unless (plan->cuts->len > 0, "case %" G_GUINT64_FORMAT, seed);
  for (guint i = 0; i < plan->cuts->len; i++) {
    const GstMontageCut *cut = get_cut (plan, i);
    fail_unless (cut->start == at && cut->duration > 0 && on_grid (plan, at),
        "case %" G_GUINT64_FORMAT ": cut %u starts at %" GST_TIME_FORMAT
        " for %" GST_TIME_FORMAT,
        seed, i, GST_TIME_ARGS (cut->start), GST_TIME_ARGS (cut->duration));
    at += cut->duration;
  }
  fail_unless (at == plan->duration && on_grid (plan, at),
      "case %" G_GUINT64_FORMAT ": ends at %" GST_TIME_FORMAT, seed,
      GST_TIME_ARGS (at));
}

/* Source time that passes while @frames are shown. */
static gdouble
shown (const GstMontagePlan *plan, const GstMontageCut *cut, guint64 frames)
{
  return cut->speed
      * (gdouble) gst_montage_output_frame_time (&plan->output, frames);
}

static void
check_source (const GstMontagePlan *plan, guint i, const RandomFilm *film,
    guint64 seed)
{
  const GstMontageCut *cut = get_cut (plan, i);
  const GstMontageShotList *clip;
  const GstMontageShot *shot;
  guint64 n_frames = frame_at (plan, cut->start + cut->duration)
      - frame_at (plan, cut->start);
  gdouble first = (gdouble) cut->in_point, last;

  fail_unless (cut->source < film->clips->len, "case %" G_GUINT64_FORMAT, seed);
  clip = g_ptr_array_index (film->clips, cut->source);
  fail_unless (cut->shot < clip->shots->len, "case %" G_GUINT64_FORMAT, seed);
  if (clip->still)
    return;
  shot = &g_array_index (clip->shots, GstMontageShot, cut->shot);
  fail_unless (shot->start <= cut->in_point && cut->in_point < shot->end,
      "case %" G_GUINT64_FORMAT ": cut %u is not in its shot", seed, i);
  last = first + shown (plan, cut, n_frames - 1);
  first -= cut->speed * (gdouble) gst_montage_cut_handle (cut);
  if (i + 1 < plan->cuts->len)
    last += cut->speed
        * (gdouble) gst_montage_cut_handle (get_cut (plan, i + 1));
  fail_unless (first >= 0 && last < (gdouble) clip->duration,
      "case %" G_GUINT64_FORMAT ": cut %u shows %f to %f of %" GST_TIME_FORMAT,
      seed, i, first, last, GST_TIME_ARGS (clip->duration));
}

static void
check_transition (const GstMontagePlan *plan, guint i, guint64 seed)
{
  const GstMontageCut *cut = get_cut (plan, i);

  if (cut->transition == GST_MONTAGE_TRANSITION_CUT) {
    fail_unless (cut->transition_duration == 0, "case %" G_GUINT64_FORMAT,
        seed);
    return;
  }
  fail_unless (i > 0, "case %" G_GUINT64_FORMAT, seed);
  fail_unless (cut->transition_duration
              <= MIN (cut->duration, get_cut (plan, i - 1)->duration)
          && on_grid (plan, cut->transition_duration / 2),
      "case %" G_GUINT64_FORMAT ": cut %u", seed, i);
}

static void
check_score (const GstMontagePlan *plan, guint i, guint64 seed)
{
  const GstMontageScore *score = &get_cut (plan, i)->score;
  gdouble total = 0;

  for (guint term = 0; term < GST_MONTAGE_N_TERMS; term++)
    total += score->terms[term];
  fail_unless (isfinite (total) && ABS (total - score->total) < 1e-6,
      "case %" G_GUINT64_FORMAT ": cut %u", seed, i);
  fail_unless (is_sentence (get_cut (plan, i)->reason),
      "case %" G_GUINT64_FORMAT ": cut %u: %s", seed, i,
      get_cut (plan, i)->reason);
}

/* The seconds hold, give or take the rounding of both ends, or a note says what
 * holds instead. */
static void
check_limits (const GstMontagePlan *plan, guint i, const RandomFilm *film,
    guint64 seed)
{
  gdouble min = film->instructions->constraints.min_clip_duration_sec;
  gdouble max = film->instructions->constraints.max_clip_duration_sec;
  gdouble frame = (gdouble) plan->output.fps_d / plan->output.fps_n;
  gdouble sec = (gdouble) get_cut (plan, i)->duration / GST_SECOND;

  g_autofree gchar *notes = plan->notes != NULL ? g_strjoinv (" ", plan->notes)
                                                : g_strdup ("");

  if (has_note (plan, "Cuts may last"))
    return;
  fail_unless (sec < max + frame + 1e-6,
      "case %" G_GUINT64_FORMAT ": cut %u of %u lasts %f s, more than %f: %s",
      seed, i, plan->cuts->len, sec, max, notes);
  /* What is left of a film may be one short cut; where a clip must be at a
   * place, cuts beside it are as long as is left. */
  fail_unless (plan->cuts->len - film->request.n_frozen == 1
          || (film->rules->rules->len > 0
              && has_note (plan, "what is wanted of the clips leaves"))
          || sec > min - frame - 1e-6,
      "case %" G_GUINT64_FORMAT ": cut %u of %u lasts %f s, less than %f: %s",
      seed, i, plan->cuts->len, sec, min, notes);
}

/* As long as was asked for, to the frame, or a note says why not. */
static void
check_duration (const GstMontagePlan *plan, const RandomFilm *film,
    guint64 seed)
{
  guint64 frames = frame_at (plan, plan->duration);
  guint64 asked = frame_at (plan, film->request.duration);

  if (film->request.duration == 0 || frames == MAX (asked, 1))
    return;
  fail_unless (frames < asked && plan->notes != NULL,
      "case %" G_GUINT64_FORMAT ": %" G_GUINT64_FORMAT
      " frames, asked for %" G_GUINT64_FORMAT,
      seed, frames, asked);
}

static void
check_document (const GstMontagePlan *plan, guint64 seed)
{
  g_autoptr (GError) error = NULL;
  g_autofree gchar *text = gst_montage_plan_to_json (plan), *again = NULL;
  g_autoptr (GstMontagePlan)
      read = gst_montage_plan_from_json (text, -1, "plan", &error);

  fail_unless (read != NULL, "case %" G_GUINT64_FORMAT ": %s", seed,
      error != NULL ? error->message : "");
  again = gst_montage_plan_to_json (read);
  fail_unless (g_str_equal (text, again), "case %" G_GUINT64_FORMAT, seed);
}

static void
check_plan (const GstMontagePlan *plan, const RandomFilm *film, guint64 seed)
{
  guint n_frozen = film->request.n_frozen;

  check_order (plan, seed);
  for (guint i = n_frozen; i < plan->cuts->len; i++) {
    check_source (plan, i, film, seed);
    check_transition (plan, i, seed);
    check_score (plan, i, seed);
    check_limits (plan, i, film, seed);
  }
  for (guint i = 0; plan->notes != NULL && plan->notes[i] != NULL; i++)
    fail_unless (is_sentence (plan->notes[i]), "case %" G_GUINT64_FORMAT ": %s",
        seed, plan->notes[i]);
  check_document (plan, seed);
}

/* ---- cases ---- */

/* NULL where there is an error, which must be a sentence. */
static GstMontagePlan *
make_plan (const RandomFilm *film, guint64 seed)
{
  g_autoptr (GError) error = NULL;
  GstMontagePlan *plan = gst_montage_planner_plan (&film->request, &error);

  fail_unless (plan != NULL || (error != NULL && is_sentence (error->message)),
      "case %" G_GUINT64_FORMAT ": %s", seed,
      error != NULL ? error->message : "no plan, no error");

  return plan;
}

static gchar *
cut_text (const GstMontagePlan *plan, guint i)
{
  g_autoptr (GstMontagePlan) copy = gst_montage_plan_copy (plan);
  const GstMontageCut *cut = get_cut (copy, i);

  return g_strdup_printf ("%" G_GUINT64_FORMAT " %" G_GUINT64_FORMAT
                          " %u %u %" G_GUINT64_FORMAT " %f %s",
      cut->start, cut->duration, cut->source, cut->shot, cut->in_point,
      cut->score.total, cut->reason);
}

/* Another mind in the middle of the film: what was shown stays. */
static void
check_revision (RandomFilm *film, const GstMontagePlan *first, guint64 seed)
{
  g_autoptr (GstMontagePlan) plan = NULL;
  guint n = (guint) (random_film_draw (film) * (first->cuts->len + 1));

  random_film_change_mind (film);
  film->request.previous = first;
  film->request.n_frozen = n;
  plan = make_plan (film, seed);
  if (plan == NULL)
    return;
  fail_unless (plan->cuts->len >= n && plan->revision == first->revision + 1,
      "case %" G_GUINT64_FORMAT, seed);
  for (guint i = 0; i < n; i++) {
    g_autofree gchar *before = cut_text (first, i), *after = cut_text (plan, i);
    fail_unless (g_str_equal (before, after),
        "case %" G_GUINT64_FORMAT ": cut %u was %s, is %s", seed, i, before,
        after);
  }
  check_plan (plan, film, seed);
}

/* The search is never worse than a greedy choice, and below its bound. */
static void
check_search (const RandomFilm *film, guint64 seed)
{
  static const MontageSearch greedy = {1, 0};
  MontageDraft draft = {.request = &film->request};
  MontageScorer scorer = {.instructions = film->instructions,
      .film = &draft.film,
      .seed = film->request.seed};
  g_autoptr (MontageChoices) choices = NULL;
  g_autoptr (GArray) one = NULL, other = NULL;
  gdouble total, jitter = 0.0;

  draft.notes = g_ptr_array_new_with_free_func (g_free);
  fail_unless (montage_draft_prepare (&draft, NULL));
  scorer.material = draft.material;
  scorer.slots = draft.slots;
  scorer.rules = draft.rules;
  montage_scorer_init (&scorer);
  choices = montage_choices_new (&scorer, 0);
  one = montage_search_run (choices, NULL, &greedy);
  other = montage_search_run (choices, NULL, &montage_search_default);
  total = montage_local_total (choices, other, 0);
  fail_unless (total >= montage_local_total (choices, one, 0) - 1e-6,
      "case %" G_GUINT64_FORMAT, seed);
  for (guint i = 0; i < other->len; i++)
    jitter += montage_choices_jitter (choices, i,
        g_array_index (other, MontageTake, i).span);
  fail_unless (montage_bound_compute (choices, other, 0)
          >= total - jitter - 1e-6,
      "case %" G_GUINT64_FORMAT, seed);
  g_clear_pointer (&choices, montage_choices_free);
  montage_scorer_clear (&scorer);
  montage_draft_clear (&draft);
}

static void
check_case (guint64 seed)
{
  RandomFilm film;
  g_autoptr (GstMontagePlan) plan = NULL;

  random_film_init (&film, seed);
  plan = make_plan (&film, seed);
  if (plan != NULL) {
    check_plan (plan, &film, seed);
    check_duration (plan, &film, seed);
  }
  if (plan != NULL && random_film_draw (&film) < 0.3) {
    g_autoptr (GstMontagePlan) again = make_plan (&film, seed);
    g_autofree gchar *one = gst_montage_plan_to_json (plan);
    g_autofree gchar *two = gst_montage_plan_to_json (again);
    fail_unless (g_str_equal (one, two), "case %" G_GUINT64_FORMAT, seed);
  }
  if (plan != NULL && random_film_draw (&film) < 0.3)
    check_search (&film, seed);
  if (plan != NULL && random_film_draw (&film) < 0.3)
    check_revision (&film, plan, seed);
  random_film_clear (&film);
}

GST_START_TEST (test_properties)
{
  const gchar *only = g_getenv ("MONTAGE_CASE");
  guint n_cases = N_CASES;

  if (only != NULL) {
    if (__i__ == 0)
      check_case (g_ascii_strtoull (only, NULL, 10));
    return;
  }
  if (g_getenv ("MONTAGE_CASES") != NULL)
    n_cases = (guint) atoi (g_getenv ("MONTAGE_CASES"));
  for (guint i = 0; i < n_cases; i++)
    check_case ((guint64) __i__ * N_CASES + i);
}
GST_END_TEST;

static Suite *
planproperties_suite (void)
{
  Suite *suite = suite_create ("planproperties");
  TCase *tests = tcase_create ("properties");

  suite_add_tcase (suite, tests);
  tcase_set_timeout (tests, 120);
  tcase_add_loop_test (tests, test_properties, 0, N_LOOPS);

  return suite;
}

GST_CHECK_MAIN (planproperties);
