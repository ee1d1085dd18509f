/* SPDX-License-Identifier: LGPL-2.1-or-later */

/* What else could have been shown in a slot, and why it was not. */

#include "planlooks.h"
#include "planrunners.h"

#define N_RUNNERS_UP 3
/* A difference below this many points is not worth a word. */
#define WORTH_A_WORD 3.0
#define MAX_BLAMES 2

typedef struct
{
  GstMontageRunnerUp runner;
  MontageTake take;
} Candidate;

typedef struct
{
  gdouble points;
  const gchar *text;
} Blame;

static const MontageTake *
get_take (const MontageFilmTakes *self, guint slot)
{
  return &g_array_index (self->takes, MontageTake, slot);
}

void
montage_film_score (const MontageFilmTakes *self, guint slot,
    const MontageTake *take, GstMontageScore *score)
{
  guint first = slot > MONTAGE_REUSE_REACH ? slot - MONTAGE_REUSE_REACH : 0;
  guint source = montage_scorer_span (self->scorer, take->span)->source;

  memset (score, 0, sizeof (*score));
  montage_score_alone (self->scorer, slot, take->span, score);
  montage_score_moment (self->scorer, slot, take, score);
  for (guint lag = 1; lag <= MIN (slot, MONTAGE_SCORE_LAGS); lag++)
    montage_score_pair (self->scorer, slot, lag, get_take (self, slot - lag),
        take, score);
  for (guint i = first; i < slot; i++) {
    score->terms[GST_MONTAGE_TERM_REPEAT] += montage_score_again (self->scorer,
        i, get_take (self, i), slot, take);
  }
  if (!self->seen[source])
    score->terms[GST_MONTAGE_TERM_COVERAGE] =
        montage_score_coverage (self->scorer, source);
  montage_score_sum (score);
}

/* What the next cuts get from @take before them. */
static gdouble
score_next (const MontageFilmTakes *self, guint slot, const MontageTake *take)
{
  gdouble points = 0.0;

  for (guint lag = 1;
       lag <= MONTAGE_SCORE_LAGS && slot + lag < self->takes->len; lag++)
    points += montage_score_pair (self->scorer, slot + lag, lag, take,
        get_take (self, slot + lag), NULL);

  return points;
}

/* What later cuts lose if @take is shown before. */
static gdouble
score_again (const MontageFilmTakes *self, guint slot, const MontageTake *take)
{
  guint end = MIN (slot + MONTAGE_REUSE_REACH + 1, self->takes->len);
  gdouble points = 0.0;

  for (guint i = slot + 1; i < end; i++) {
    points += montage_score_again (self->scorer, slot, take, i,
        get_take (self, i));
  }

  return points;
}

static guint
gather_earlier (const MontageFilmTakes *self, guint slot, guint span)
{
  const MontageMaterial *material = self->scorer->material;
  guint first = slot > MONTAGE_REUSE_REACH ? slot - MONTAGE_REUSE_REACH : 0;
  guint n = 0;

  for (guint i = first; i < slot; i++) {
    const MontageTake *take = get_take (self, i);
    if (take->span == MONTAGE_NO_SPAN
        || montage_looks_get (material, take->span)
            != montage_looks_get (material, span))
      continue;
    self->uses[n].slot = i;
    self->uses[n++].in_point = montage_looks_time (material, take->span,
        take->in_point, span);
  }

  return n;
}

/* ---- what it lacked ---- */

static const gchar *
blame_text (const MontageFilmTakes *self, guint slot, const Candidate *other,
    GstMontageTerm term)
{
  gdouble motion = montage_scorer_span (self->scorer, other->take.span)->motion;

  if (term == GST_MONTAGE_TERM_ENERGY)
    return motion < montage_score_energy (self->scorer, slot)
        ? "it moves too little for the music"
        : "it moves too much for the music";
  if (term == GST_MONTAGE_TERM_RESERVE && other->runner.score.terms[term] >= 0)
    return "it is not among the best shots";
  return gst_montage_term_info (term)->blame;
}

static gint
compare_blames (gconstpointer a, gconstpointer b, gpointer data)
{
  gdouble x = ((const Blame *) a)->points, y = ((const Blame *) b)->points;

  return (x < y) - (x > y);
}

/* Where @other loses most against what is there. */
static gchar *
describe_lack (const MontageFilmTakes *self, guint slot,
    const GstMontageScore *score, const Candidate *other)
{
  const MontageTake *take = get_take (self, slot);
  Blame blames[GST_MONTAGE_N_TERMS + 1];
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < GST_MONTAGE_N_TERMS; i++)
    blames[i] = (Blame){score->terms[i] - other->runner.score.terms[i],
        blame_text (self, slot, other, i)};
  blames[GST_MONTAGE_TERM_REPEAT].points += score_again (self, slot, take)
      - score_again (self, slot, &other->take);
  blames[GST_MONTAGE_N_TERMS] = (Blame){score_next (self, slot, take)
          - score_next (self, slot, &other->take),
      "the shots after it do not go with it as well"};
  g_qsort_with_data (blames, G_N_ELEMENTS (blames), sizeof (Blame),
      compare_blames, NULL);

  for (guint i = 0, n = 0; i < G_N_ELEMENTS (blames) && n < MAX_BLAMES
       && blames[i].points >= WORTH_A_WORD;
       i++) {
    if (blames[i].text != NULL)
      g_string_append_printf (text, "%s%s", n++ > 0 ? ", and " : "",
          blames[i].text);
  }
  if (text->len == 0)
    g_string_append (text, "it would have been nearly as good");
  text->str[0] = g_ascii_toupper (text->str[0]);
  g_string_append_c (text, '.');

  return g_string_free (text, FALSE);
}

/* ---- the best ---- */

static void
keep (Candidate *best, guint *n, const Candidate *candidate)
{
  guint at = *n;

  while (
      at > 0 && best[at - 1].runner.score.total < candidate->runner.score.total)
    at--;
  if (at >= N_RUNNERS_UP)
    return;
  *n = MIN (*n + 1, N_RUNNERS_UP);
  memmove (&best[at + 1], &best[at], (*n - at - 1) * sizeof (Candidate));
  best[at] = *candidate;
}

/* One of each shot, in the order of what they are worth alone, so that it ends
 * where none can be better any more. */
static guint
find_candidates (const MontageFilmTakes *self, guint slot, Candidate *best)
{
  const GArray *choices = self->choices->slots[slot];
  const GArray *order = self->choices->by_worth[slot];
  gdouble around = montage_score_any_pair_most (self->scorer)
      + montage_score_coverage_most (self->scorer);
  guint n = 0;

  for (guint i = 0; i < order->len; i++) {
    const MontageChoice *choice = &g_array_index (choices, MontageChoice,
        g_array_index (order, guint, i));
    Candidate candidate = {0};

    if (n == N_RUNNERS_UP
        && choice->most + around <= best[n - 1].runner.score.total)
      break;
    if (choice->span == get_take (self, slot)->span)
      continue;
    montage_choices_pick (self->choices, slot, choice, self->uses,
        gather_earlier (self, slot, choice->span), &candidate.take);
    montage_film_score (self, slot, &candidate.take, &candidate.runner.score);
    keep (best, &n, &candidate);
  }

  return n;
}

void
montage_runners_find (const MontageFilmTakes *self, guint slot,
    const GstMontageScore *score, GArray *best)
{
  Candidate candidates[N_RUNNERS_UP];
  guint n = find_candidates (self, slot, candidates);

  for (guint i = 0; i < n; i++) {
    GstMontageRunnerUp *runner = &candidates[i].runner;
    const MontageTake *take = &candidates[i].take;
    const MontageSpan *span = montage_scorer_span (self->scorer, take->span);

    runner->source = span->source;
    runner->in_point = take->in_point;
    runner->shot = montage_material_shot_at (self->scorer->material, span,
        take->in_point);
    runner->lacked = describe_lack (self, slot, score, &candidates[i]);
    g_array_append_val (best, *runner);
  }
}
