/* SPDX-License-Identifier: LGPL-2.1-or-later */
#ifdef HAVE_CONFIG_H
#include "config.h"
#endif

#include "planagenda.h"

void
plan_agenda_init (PlanAgenda *self)
{
  self->branches = g_ptr_array_new ();
  self->plans = g_ptr_array_new_with_free_func (
      (GDestroyNotify) gst_montage_plan_free);
}

void
plan_agenda_clear (PlanAgenda *self)
{
  g_clear_pointer (&self->branches, g_ptr_array_unref);
  g_clear_pointer (&self->plans, g_ptr_array_unref);
  g_clear_pointer (&self->used, g_free);
}

void
plan_agenda_reset (PlanAgenda *self)
{
  for (guint i = 0; i < self->branches->len; i++)
    gst_cut_planner_pad_reset (g_ptr_array_index (self->branches, i));
  g_ptr_array_set_size (self->plans, 0);
  g_clear_pointer (&self->used, g_free);
  self->failed = FALSE;
  self->at_eos = FALSE;
  self->n_frozen = 0;
  self->shown_revision = 0;
  self->shown_cuts = 0;
}

void
plan_job_free (PlanJob *self)
{
  g_clear_pointer (&self->instructions, gst_montage_instructions_free);
  g_clear_pointer (&self->music, gst_montage_beat_grid_free);
  g_clear_pointer (&self->clips, g_ptr_array_unref);
  g_clear_pointer (&self->pads, g_ptr_array_unref);
  g_clear_pointer (&self->rules, gst_montage_clip_rules_free);
  g_clear_pointer (&self->pad_rules, g_ptr_array_unref);
  g_clear_pointer (&self->source_rules, g_ptr_array_unref);
  g_clear_pointer (&self->previous, gst_montage_plan_free);
  g_free (self);
}

gboolean
plan_job_read_pads (PlanJob *self, GError **error)
{
  self->pad_rules = g_ptr_array_new_with_free_func (
      (GDestroyNotify) gst_montage_clip_rules_free);
  self->source_rules = g_ptr_array_new ();
  for (guint i = 0; i < self->pads->len; i++) {
    GstMontageClipRules *rules =
        gst_cut_planner_clip_pad_get_rules (g_ptr_array_index (self->pads, i),
            error);

    if (rules == NULL)
      return FALSE;
    g_ptr_array_add (self->pad_rules, rules);
    g_ptr_array_add (self->source_rules, rules->rules->data);
  }
  self->request.source_rules = (const GstMontageClipRule *const *)
                                   self->source_rules->pdata;
  return TRUE;
}

/* The order of the clips is that of their pads' numbers. */
static gint
compare_numbers (gconstpointer a, gconstpointer b)
{
  const GstCutPlannerPad *x = *(GstCutPlannerPad *const *) a;
  const GstCutPlannerPad *y = *(GstCutPlannerPad *const *) b;

  return (x->number > y->number) - (x->number < y->number);
}

/* The plan to go on from: the one whose cuts downstream shows,
 * else the last. */
static void
take_previous (PlanAgenda *self, PlanJob *job)
{
  const GstMontagePlan *last;

  job->revision = 1;
  if (self->plans->len == 0)
    return;
  last = g_ptr_array_index (self->plans, self->plans->len - 1);
  job->revision = last->revision + 1;
  for (guint i = 0; i < self->plans->len; i++) {
    const GstMontagePlan *plan = g_ptr_array_index (self->plans, i);
    if (plan->revision == self->shown_revision) {
      job->request.n_frozen = self->shown_cuts;
      last = plan;
    }
  }
  job->previous = gst_montage_plan_copy (last);
  job->request.previous = job->previous;
}

static PlanJob *
collect_job (PlanAgenda *self)
{
  PlanJob *job = g_new0 (PlanJob, 1);

  job->clips = g_ptr_array_new_with_free_func (
      (GDestroyNotify) gst_montage_shot_list_free);
  job->pads = g_ptr_array_new_with_free_func (gst_object_unref);
  g_ptr_array_sort (self->branches, compare_numbers);
  for (guint i = 0; i < self->branches->len; i++) {
    GstCutPlannerPad *branch = g_ptr_array_index (self->branches, i);
    if (branch->instructions != NULL)
      job->instructions = gst_montage_instructions_copy (branch->instructions);
    if (branch->beats != NULL)
      job->music = gst_montage_beat_grid_copy (branch->beats);
    if (branch->shots != NULL) {
      g_ptr_array_add (job->clips, gst_montage_shot_list_copy (branch->shots));
      g_ptr_array_add (job->pads, gst_object_ref (branch));
    }
  }
  if (job->instructions == NULL)
    job->instructions = gst_montage_instructions_new ();
  job->request.instructions = job->instructions;
  job->request.music = job->music;
  job->request.sources = (const GstMontageShotList *const *) job->clips->pdata;
  job->request.n_sources = job->clips->len;
  take_previous (self, job);

  return job;
}

typedef struct
{
  guint n_music;
  guint n_clips;
  gboolean media_done;
  GstCutPlannerPad *director;
} Census;

static Census
count_branches (PlanAgenda *self)
{
  Census census = {.media_done = TRUE};

  for (guint i = 0; i < self->branches->len; i++) {
    GstCutPlannerPad *branch = g_ptr_array_index (self->branches, i);
    switch (branch->kind) {
      case GST_CUT_PLANNER_PAD_DIRECTOR:
        census.director = branch;
        continue;
      case GST_CUT_PLANNER_PAD_MUSIC:
        census.n_music++;
        break;
      default:
        census.n_clips++;
        break;
    }
    census.media_done &= branch->eos;
  }

  return census;
}

PlanStep
plan_agenda_next (PlanAgenda *self, PlanJob **job, const gchar **problem)
{
  Census census = count_branches (self);
  gboolean last = census.director == NULL || census.director->eos;
  g_autofree gchar *text = NULL;

  if (self->failed || self->at_eos || !census.media_done)
    return PLAN_STEP_WAIT;
  if (census.director != NULL && census.director->instructions == NULL)
    return PLAN_STEP_WAIT;
  if (census.n_music + census.n_clips == 0 && !last)
    return PLAN_STEP_WAIT;
  if (census.n_clips == 0) {
    *problem = "There are no clips: link a branch with sceneselect to the pad "
               "clip_0.";
    return PLAN_STEP_FAIL;
  }

  *job = collect_job (self);
  text = gst_montage_instructions_to_json ((*job)->instructions);
  if (g_strcmp0 (text, self->used) != 0) {
    g_free (self->used);
    self->used = g_steal_pointer (&text);
    return PLAN_STEP_PLAN;
  }
  g_clear_pointer (job, plan_job_free);

  return last ? PLAN_STEP_END : PLAN_STEP_WAIT;
}

void
plan_agenda_invalidate (PlanAgenda *self)
{
  g_clear_pointer (&self->used, g_free);
}

void
plan_agenda_add_plan (PlanAgenda *self, const GstMontagePlan *plan,
    guint n_frozen)
{
  self->n_frozen = n_frozen;
  g_ptr_array_add (self->plans, gst_montage_plan_copy (plan));
}

gboolean
plan_agenda_commit (PlanAgenda *self, guint revision, guint n_cuts)
{
  if (revision < self->shown_revision
      || (revision == self->shown_revision && n_cuts <= self->shown_cuts))
    return FALSE;
  self->shown_revision = revision;
  self->shown_cuts = n_cuts;
  /* A cut has been shown while a plan was made that changes it. */
  if (revision >= self->plans->len || n_cuts <= self->n_frozen)
    return FALSE;
  plan_agenda_invalidate (self);

  return TRUE;
}
