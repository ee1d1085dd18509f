/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include <math.h>

#include "plancuts.h"
#include "planmetrics.h"
#include "planrandom.h"
#include "planreason.h"
#include "planzoom.h"

#define N_RUNNERS_UP 3
/* How much chance there is in which half of the cuts is faded when transitions
 * are mixed; the rest is the music's energy. */
#define MIXED_CHANCE 0.35

typedef struct
{
  const MontageChoices *choices;
  const MontageScorer *scorer;
  const GArray *takes;
  guint from;
  gboolean *seen; /* sources */
} Context;

static const MontageSlot *
get_slot (const Context *self, guint slot)
{
  return &g_array_index (self->scorer->slots, MontageSlot, slot);
}

static const MontageTake *
get_take (const Context *self, guint slot)
{
  return &g_array_index (self->takes, MontageTake, slot);
}

static const MontageSpan *
get_span (const Context *self, guint span)
{
  return &g_array_index (self->scorer->material->spans, MontageSpan, span);
}

/* All terms of @take in @slot, after the cuts before it. */
static void
score_take (const Context *self, guint slot, const MontageTake *take,
    GstMontageScore *score)
{
  guint first = slot > MONTAGE_REUSE_REACH ? slot - MONTAGE_REUSE_REACH : 0;

  memset (score, 0, sizeof (*score));
  montage_score_alone (self->scorer, slot, take->span, score);
  montage_score_moment (self->scorer, slot, take, score);
  for (guint lag = 1; lag <= MIN (slot, MONTAGE_SCORE_LAGS); lag++)
    montage_score_pair (self->scorer, slot, lag, get_take (self, slot - lag),
        take, score);
  for (guint i = first; i < slot; i++) {
    if (get_take (self, i)->span == take->span)
      score->terms[GST_MONTAGE_TERM_REPEAT] +=
          montage_score_reuse (self->scorer, i, get_take (self, i)->in_point,
              slot, take->in_point);
  }
  if (!self->seen[get_span (self, take->span)->source])
    score->terms[GST_MONTAGE_TERM_COVERAGE] =
        montage_score_coverage (self->scorer,
            get_span (self, take->span)->source);
  montage_score_sum (score);
}

static guint
gather_earlier (const Context *self, guint slot, guint span, MontageUse *uses)
{
  guint first = slot > MONTAGE_REUSE_REACH ? slot - MONTAGE_REUSE_REACH : 0;
  guint n = 0;

  for (guint i = first; i < slot; i++) {
    if (get_take (self, i)->span != span)
      continue;
    uses[n].slot = i;
    uses[n++].in_point = get_take (self, i)->in_point;
  }

  return n;
}

static void
keep_runner_up (GArray *best, const GstMontageRunnerUp *candidate)
{
  guint at = best->len;

  while (at > 0
      && g_array_index (best, GstMontageRunnerUp, at - 1).score.total
          < candidate->score.total)
    at--;
  if (at >= N_RUNNERS_UP)
    return;
  g_array_insert_val (best, at, *candidate);
  if (best->len > N_RUNNERS_UP)
    g_array_set_size (best, N_RUNNERS_UP);
}

/* The best of what else could have been here, by the same score. */
static void
find_runners_up (const Context *self, guint slot, MontageUse *uses,
    GArray *best)
{
  const GArray *choices = self->choices->slots[slot];

  for (guint i = 0; i < choices->len; i++) {
    const MontageChoice *choice = &g_array_index (choices, MontageChoice, i);
    const MontageSpan *span = get_span (self, choice->span);
    GstMontageRunnerUp candidate = {.source = span->source};
    MontageTake take;

    if (choice->span == get_take (self, slot)->span)
      continue;
    montage_choices_pick (self->choices, slot, choice, uses,
        gather_earlier (self, slot, choice->span, uses), &take);
    candidate.in_point = take.in_point;
    candidate.shot = montage_material_shot_at (self->scorer->material, span,
        take.in_point);
    score_take (self, slot, &take, &candidate.score);
    keep_runner_up (best, &candidate);
  }
}

/* Cuts since the pictures of @cut, the next of @cuts, were last shown; 0 if
 * never. */
static guint
last_repeat (const GArray *cuts, const GstMontageCut *cut)
{
  for (guint i = cuts->len; i-- > 0;) {
    if (montage_metrics_is_repeat (&g_array_index (cuts, GstMontageCut, i),
            cut))
      return cuts->len - i;
  }

  return 0;
}

static GStrv
list_effects (const GstMontageInstructions *instructions)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  gboolean any = FALSE;

  if (instructions->effects.color_grading != GST_MONTAGE_GRADING_NONE
      && instructions->effects.color_intensity > 0) {
    g_autofree gchar *grade = g_strconcat ("grade:",
        gst_montage_enum_nick (GST_TYPE_MONTAGE_GRADING,
            (gint) instructions->effects.color_grading),
        NULL);
    g_strv_builder_add (builder, grade);
    any = TRUE;
  }
  if (instructions->effects.stabilization) {
    g_strv_builder_add (builder, "stabilize");
    any = TRUE;
  }
  if (instructions->effects.upscale) {
    g_strv_builder_add (builder, "upscale");
    any = TRUE;
  }
  if (instructions->effects.sharpness_boost) {
    g_strv_builder_add (builder, "sharpen");
    any = TRUE;
  }

  return any ? g_strv_builder_end (builder) : NULL;
}

/* ---- transitions ---- */

/* How readily a cut is faded where only half of them are: in calm music, and
 * by chance. */
static gdouble
fade_rank (const Context *self, guint slot)
{
  return (1.0 - MIXED_CHANCE) * get_slot (self, slot)->energy
      + MIXED_CHANCE * montage_random (self->scorer->seed, slot, 0xfade);
}

static gint
compare_doubles (gconstpointer a, gconstpointer b)
{
  gdouble x = *(const gdouble *) a, y = *(const gdouble *) b;

  return (x > y) - (x < y);
}

/* The rank below which half of the cuts lie. */
static gdouble
median_rank (const Context *self)
{
  g_autoptr (GArray) ranks = g_array_new (FALSE, FALSE, sizeof (gdouble));

  for (guint i = 1; i < self->takes->len; i++) {
    gdouble rank = fade_rank (self, i);
    g_array_append_val (ranks, rank);
  }
  if (ranks->len == 0)
    return 0.0;
  g_array_sort (ranks, compare_doubles);

  return g_array_index (ranks, gdouble, ranks->len / 2);
}

/* The share of the shorter neighbour that a crossfade into @slot may take; 0
 * where there is to be none. */
static gdouble
fade_share (const Context *self, guint slot, gdouble median)
{
  switch (self->scorer->instructions->transitions.type) {
    case GST_MONTAGE_TRANSITIONS_CROSSFADE:
      return 0.3;
    case GST_MONTAGE_TRANSITIONS_MIXED:
      return fade_rank (self, slot) < median ? 0.3 : 0.0;
    case GST_MONTAGE_TRANSITIONS_ENERGY_AWARE:
      return get_slot (self, slot)->energy < 0.3 ? 0.2 : 0.0;
    default:
      return 0.0;
  }
}

/* Output frames of source material around a take: before it and after it. */
static void
take_margins (const Context *self, guint slot, guint64 *before, guint64 *after)
{
  const MontageTake *take = get_take (self, slot);
  const GstMontageOutput *output = &self->scorer->film->output;
  guint64 per_sec = (guint64) output->fps_d * GST_SECOND;
  gdouble speed = 1.0 - get_slot (self, slot)->slow;
  const MontageSpan *span;
  GstClockTime last;

  *before = *after = 0;
  if (take->span == MONTAGE_NO_SPAN)
    return;
  span = get_span (self, take->span);
  last = take->in_point
      + montage_material_reach (self->scorer->material,
          montage_slot_material (get_slot (self, slot)));
  if (span->still)
    *before = *after = G_MAXUINT32;
  else if (take->in_point > span->first)
    *before = (guint64) ((gdouble) gst_util_uint64_scale (take->in_point
                                 - span->first,
                             output->fps_n, per_sec)
        / speed);
  if (last < span->last)
    *after = (guint64) ((gdouble) gst_util_uint64_scale (span->last - last,
                            output->fps_n, per_sec)
        / speed);
}

/* Half of the crossfade into @slot in frames; 0 for a cut. It is as long as
 * instructions, both shots and the material around them allow. */
static guint64
fade_half (const Context *self, guint slot, gdouble median)
{
  const GstMontageOutput *output = &self->scorer->film->output;
  gdouble share = slot > 0 ? fade_share (self, slot, median) : 0.0;
  gdouble wanted =
      self->scorer->instructions->transitions.crossfade_duration_sec
      * output->fps_n / output->fps_d;
  guint64 shorter, half, before, after, unused;

  if (share <= 0)
    return 0;
  shorter = MIN (get_slot (self, slot - 1)->n_frames,
      get_slot (self, slot)->n_frames);
  half = (guint64) (MIN (wanted, share * shorter) / 2 + 1e-6);
  take_margins (self, slot - 1, &unused, &after);
  take_margins (self, slot, &before, &unused);

  return MIN (half, MIN (before, after));
}

static void
set_transition (const Context *self, guint slot, gdouble median,
    GstMontageCut *cut)
{
  guint64 half = fade_half (self, slot, median);

  cut->transition = GST_MONTAGE_TRANSITION_CUT;
  if (half == 0)
    return;
  cut->transition = GST_MONTAGE_TRANSITION_CROSSFADE;
  cut->transition_duration = 2
      * gst_montage_output_frame_time (&self->scorer->film->output, half);
}

static void
set_place (const Context *self, guint index, GstMontageCut *cut)
{
  const MontageSlot *slot = get_slot (self, index);
  const GstMontageOutput *output = &self->scorer->film->output;

  cut->start = gst_montage_output_frame_time (output, slot->first_frame);
  cut->duration = gst_montage_output_frame_time (output,
                      slot->first_frame + slot->n_frames)
      - cut->start;
  cut->beat = slot->beat;
  cut->n_beats = slot->n_beats;
  cut->section = slot->label;
  cut->energy = slot->energy;
  cut->speed = 1.0 - slot->slow;
}

void
montage_cuts_append (const MontageChoices *choices, const GArray *takes,
    guint from, GArray *cuts)
{
  Context self = {choices, choices->scorer, takes, from, NULL};
  g_autofree MontageUse *uses = g_new (MontageUse, takes->len + 1);
  g_autofree gboolean *seen = g_new0 (gboolean,
      self.scorer->material->n_sources + 1);
  gdouble median = median_rank (&self);

  self.seen = seen;
  for (guint i = 0; i < takes->len; i++) {
    const MontageTake *take = get_take (&self, i);
    GstMontageCut cut;

    if (i >= from) {
      const MontageSpan *span = get_span (&self, take->span);
      gst_montage_cut_init (&cut);
      set_place (&self, i, &cut);
      cut.source = span->source;
      cut.pinned = montage_rules_is_pinned (self.scorer->rules, i, cut.source);
      cut.in_point = take->in_point;
      if (span->still) {
        cut.speed = 1.0;
        montage_zoom_set (self.scorer->material, span, self.scorer->seed, i,
            &cut);
      }
      cut.shot = montage_material_shot_at (self.scorer->material, span,
          take->in_point);
      cut.motion =
          montage_metrics_motion (self.scorer->material->sources[cut.source],
              cut.in_point, montage_metrics_shown (&cut));
      score_take (&self, i, take, &cut.score);
      find_runners_up (&self, i, uses, cut.runners_up);
      set_transition (&self, i, median, &cut);
      cut.effects = list_effects (self.scorer->instructions);
      cut.seen = last_repeat (cuts, &cut);
      cut.reason = montage_reason_new (self.scorer, i, take, &cut, cut.seen);
      g_array_append_val (cuts, cut);
    }
    if (take->span != MONTAGE_NO_SPAN)
      seen[get_span (&self, take->span)->source] = TRUE;
  }
}
