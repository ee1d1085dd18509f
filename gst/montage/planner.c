/* SPDX-License-Identifier: LGPL-2.1-or-later */

/* The planner: what follows what. The steps are in files of their own:
 * plandraft with planformat (format of the film), planwindow and planlength
 * (part of the song, length), planmaterial and planscenes (what can be shown,
 * and what of it is asked for), planpace and planslots (where the cuts are);
 * then planscore and planpoints (what a shot is worth there), plantakes (what
 * other takes show), planchoices, plansearch with planbeam and planlocal (the
 * choice), planbound (how good it can be), planmoment (cuts off the beat),
 * plancuts and planreason (the decisions in words), planmetrics and
 * plannotes. */

#ifdef HAVE_CONFIG_H
#include "config.h"
#endif

#include <gst/montage/error.h>
#include <gst/montage/planner.h>

#include "planbound.h"
#include "plancuts.h"
#include "plandraft.h"
#include "planmetrics.h"
#include "planmoment.h"
#include "plannotes.h"
#include "planrevision.h"
#include "planscarcity.h"
#include "planscenes.h"
#include "plansearch.h"
#include "plantakes.h"
#include "planwindow.h"

static gboolean
check_request (const GstMontageRequest *request, GError **error)
{
  if (request->music != NULL && request->music->duration == 0)
    return montage_draft_fail (error,
        "The music has no sound: there is nothing to cut to.");
  if (request->n_sources == 0)
    return montage_draft_fail (error,
        "There are no clips: a film needs at least one.");
  return montage_revision_check (request, error);
}

/* ---- the plan ---- */

static void
fill_music (const MontageDraft *self, GstMontagePlan *plan)
{
  const GstMontageBeatGrid *music = self->film.music;

  plan->music.uri = g_strdup (music->uri);
  plan->music.start = self->film.music_start;
  plan->music.duration = plan->duration;
  if (self->silence == NULL)
    plan->music.fade_out = montage_window_fade (&self->film, &self->pace);
  plan->music.tempo = music->tempo;
  plan->music.confidence = music->confidence;
  g_array_append_vals (plan->music.beats, music->beats->data,
      music->beats->len);
  g_array_append_vals (plan->music.sections, music->sections->data,
      music->sections->len);
}

static void
fill_sources (const MontageDraft *self, GstMontagePlan *plan)
{
  for (guint i = 0; i < self->request->n_sources; i++) {
    const GstMontageShotList *list = self->request->sources[i];
    GstMontageSource source = {
        .uri = g_strdup (list->uri != NULL ? list->uri : ""),
        .duration = list->duration,
        .width = list->width,
        .height = list->height,
        .fps_n = list->fps_n,
        .fps_d = list->fps_d,
        .variable_rate = list->variable_rate,
        .has_audio = list->has_audio,
        .still = list->still,
        .n_shots = list->shots->len,
    };
    g_array_append_val (plan->sources, source);
  }
  for (guint i = 0; i < plan->cuts->len; i++) {
    guint source = g_array_index (plan->cuts, GstMontageCut, i).source;
    g_array_index (plan->sources, GstMontageSource, source).n_cuts++;
  }
}

/* What to show there. */
typedef struct
{
  gfloat *taken;
  MontageScorer scorer;
  MontageChoices *choices;
  GArray *takes;
} Choice;

static void
choice_init (Choice *choice, const MontageDraft *self)
{
  const GstMontageRequest *request = self->request;

  choice->taken = montage_takes_new (request, self->material, &self->film,
      self->slots);
  choice->scorer = (MontageScorer){.instructions = self->request->instructions,
      .film = &self->film,
      .material = self->material,
      .slots = self->slots,
      .rules = self->rules,
      .taken = choice->taken,
      .once = request->scarcity != GST_MONTAGE_SCARCITY_REUSE,
      .has_changes = self->pace.changes->len > 0,
      .seed = self->request->seed};
  montage_scorer_init (&choice->scorer);
  choice->choices = montage_choices_new (&choice->scorer, self->n_frozen);
  choice->takes = montage_search_run (choice->choices, self->fixed,
      &montage_search_default);
  montage_revision_improve (request->previous, choice->choices, self->n_frozen,
      choice->takes);
}

static void
choice_clear (Choice *choice)
{
  g_array_unref (choice->takes);
  montage_choices_free (choice->choices);
  montage_scorer_clear (&choice->scorer);
  g_free (choice->taken);
}

static gdouble
settled_score (const GstMontagePlan *plan)
{
  gdouble total = 0.0;

  for (guint i = 0; i < plan->cuts->len; i++)
    total += g_array_index (plan->cuts, GstMontageCut, i).score.total;

  return total;
}

/* Where the film shows what is to be cut faster it is cut anew, and the shots
 * are chosen once more. */
static void
choose_cuts (MontageDraft *self, GstMontagePlan *plan)
{
  Choice choice;

  choice_init (&choice, self);
  if (montage_scenes_mark (self->material, &self->film, self->slots,
          choice.takes, self->n_frozen, &self->pace)) {
    choice_clear (&choice);
    montage_draft_add_slots (self);
    choice_init (&choice, self);
  }
  plan->metrics.score_bound = settled_score (plan)
      + montage_bound_compute (choice.choices, choice.takes, self->n_frozen);
  if (!self->request->instructions->energy_mapping.sync_to_beats) {
    montage_moments_apply (&choice.scorer, &self->pace, self->slots,
        choice.takes, self->n_frozen);
    montage_scorer_update (&choice.scorer);
  }
  montage_cuts_append (choice.choices, choice.takes, self->n_frozen,
      plan->cuts);
  choice_clear (&choice);
}

static GstMontagePlan *
build_plan (MontageDraft *self)
{
  const GstMontageRequest *request = self->request;
  GstMontagePlan *plan = gst_montage_plan_new ();

  plan->seed = request->seed;
  plan->revision = request->previous != NULL ? request->previous->revision + 1
                                             : 1;
  plan->output = self->film.output;
  plan->duration = gst_montage_output_frame_time (&self->film.output,
      self->film.n_frames);
  g_clear_pointer (&plan->instructions, gst_montage_instructions_free);
  plan->instructions = gst_montage_instructions_copy (request->instructions);
  montage_revision_copy (request->previous, self->n_frozen, plan);
  if (self->slots->len > self->n_frozen)
    choose_cuts (self, plan);
  fill_music (self, plan);
  fill_sources (self, plan);
  montage_metrics_compute (plan, self->material, &plan->metrics);
  /* Cuts that have left their beats may be worth a little more there. */
  plan->metrics.score_bound = MAX (plan->metrics.score_bound,
      plan->metrics.total_score);
  montage_scarcity_note (self);
  montage_rules_check (self->rules, plan, self->n_frozen, self->pace.min_sec,
      self->notes);
  montage_notes_unused (self->material, plan, self->notes);
  montage_notes_repeats (self->material, plan, self->notes);
  if (self->notes->len > 0) {
    g_ptr_array_add (self->notes, NULL);
    plan->notes = g_strdupv ((GStrv) self->notes->pdata);
  }

  return plan;
}

GstMontagePlan *
gst_montage_planner_plan (const GstMontageRequest *request, GError **error)
{
  MontageDraft self = {.request = request};
  GstMontagePlan *plan = NULL;

  g_return_val_if_fail (request != NULL, NULL);
  g_return_val_if_fail (request->instructions != NULL, NULL);

  if (!check_request (request, error))
    return NULL;
  if (request->previous != NULL)
    self.n_frozen = MIN (request->n_frozen, request->previous->cuts->len);
  self.notes = g_ptr_array_new_with_free_func (g_free);
  do {
    g_clear_pointer (&plan, gst_montage_plan_free);
    if (montage_draft_prepare (&self, error))
      plan = build_plan (&self);
  } while (plan != NULL && montage_scarcity_try_again (&self, plan));
  montage_draft_clear (&self);

  return plan;
}
