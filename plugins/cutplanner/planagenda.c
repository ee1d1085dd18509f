/* SPDX-License-Identifier: LGPL-2.1-or-later */
#ifdef HAVE_CONFIG_H
#include "config.h"
#endif

#include "planagenda.h"

void
plan_agenda_init (PlanAgenda *self)
{
  g_mutex_init (&self->lock);
  g_cond_init (&self->wakeup);
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
  g_cond_clear (&self->wakeup);
  g_mutex_clear (&self->lock);
}

void
plan_agenda_reset (PlanAgenda *self)
{
  g_mutex_lock (&self->lock);
  for (guint i = 0; i < self->branches->len; i++)
    gst_cut_planner_pad_reset (g_ptr_array_index (self->branches, i));
  g_ptr_array_set_size (self->plans, 0);
  g_clear_pointer (&self->used, g_free);
  self->changed = FALSE;
  self->failed = FALSE;
  self->at_eos = FALSE;
  self->n_frozen = 0;
  self->shown_revision = 0;
  self->shown_cuts = 0;
  self->margin = 0;
  g_mutex_unlock (&self->lock);
}

void
plan_agenda_set_running (PlanAgenda *self, gboolean running)
{
  g_mutex_lock (&self->lock);
  self->running = running;
  g_cond_signal (&self->wakeup);
  g_mutex_unlock (&self->lock);
}

/* ---- what the branches bring ---- */

/* With the lock. */
static void
wake (PlanAgenda *self)
{
  self->changed = TRUE;
  g_cond_signal (&self->wakeup);
}

void
plan_agenda_add_branch (PlanAgenda *self, GstCutPlannerPad *branch)
{
  g_mutex_lock (&self->lock);
  g_ptr_array_add (self->branches, branch);
  g_mutex_unlock (&self->lock);
}

void
plan_agenda_remove_branch (PlanAgenda *self, GstCutPlannerPad *branch)
{
  g_mutex_lock (&self->lock);
  g_ptr_array_remove (self->branches, branch);
  wake (self);
  g_mutex_unlock (&self->lock);
}

void
plan_agenda_set_caps (PlanAgenda *self, GstCutPlannerPad *branch,
    const GstCaps *caps)
{
  g_mutex_lock (&self->lock);
  gst_cut_planner_pad_set_caps (branch, caps);
  g_mutex_unlock (&self->lock);
}

gboolean
plan_agenda_take_event (PlanAgenda *self, GstCutPlannerPad *branch,
    GstEvent *event, GError **error)
{
  gboolean ok;

  g_mutex_lock (&self->lock);
  ok = gst_cut_planner_pad_take_event (branch, event, error);
  if (ok && branch->kind == GST_CUT_PLANNER_PAD_DIRECTOR)
    wake (self);
  g_mutex_unlock (&self->lock);

  return ok;
}

gboolean
plan_agenda_take_buffer (PlanAgenda *self, GstCutPlannerPad *branch,
    GstBuffer *buffer, GError **error)
{
  gboolean ok;

  g_mutex_lock (&self->lock);
  ok = !self->failed && gst_cut_planner_pad_take_buffer (branch, buffer, error);
  if (ok && branch->kind == GST_CUT_PLANNER_PAD_DIRECTOR)
    wake (self);
  g_mutex_unlock (&self->lock);

  return ok;
}

gboolean
plan_agenda_end_branch (PlanAgenda *self, GstCutPlannerPad *branch,
    const gchar *uri, GError **error)
{
  gboolean ok;

  g_mutex_lock (&self->lock);
  gst_cut_planner_pad_set_uri (branch, uri);
  ok = gst_cut_planner_pad_finish (branch, error);
  if (ok)
    wake (self);
  g_mutex_unlock (&self->lock);

  return ok;
}

/* What is known has changed: plan again. */
static void
invalidate (PlanAgenda *self)
{
  g_clear_pointer (&self->used, g_free);
}

void
plan_agenda_flush_branch (PlanAgenda *self, GstCutPlannerPad *branch)
{
  g_mutex_lock (&self->lock);
  gst_cut_planner_pad_reset (branch);
  invalidate (self);
  g_mutex_unlock (&self->lock);
}

/* The film was faster than the plan. It is made again for later on, and for
 * twice as much later each time: a film that is rendered shows many cuts while
 * a plan is made. */
static void
try_again (PlanAgenda *self)
{
  self->margin = MAX (1, 2 * self->margin);
  invalidate (self);
  wake (self);
}

/* What has been shown counts for the next plan; the last one has to be made
 * again only where it changes a cut that was shown while it was made. */
static void
take_committed (PlanAgenda *self, guint revision, guint n_cuts)
{
  if (revision > self->plans->len || revision < self->shown_revision
      || (revision == self->shown_revision && n_cuts <= self->shown_cuts))
    return;
  self->shown_revision = revision;
  self->shown_cuts = n_cuts;
  if (revision >= self->plans->len || n_cuts <= self->n_frozen)
    return;
  try_again (self);
}

void
plan_agenda_commit (PlanAgenda *self, guint revision, guint n_cuts)
{
  g_mutex_lock (&self->lock);
  take_committed (self, revision, n_cuts);
  g_mutex_unlock (&self->lock);
}

/* ---- what follows from it ---- */

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
      job->request.n_frozen = MIN (self->shown_cuts + self->margin,
          plan->cuts->len);
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

static gchar *
describe_wishes (const GstCutPlannerPad *director)
{
  g_autoptr (GstMontageInstructions) none = NULL;

  if (director != NULL)
    return gst_montage_instructions_to_json (director->instructions);
  none = gst_montage_instructions_new ();
  return gst_montage_instructions_to_json (none);
}

static PlanStep
next_step (PlanAgenda *self, PlanJob **job, const gchar **problem)
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

  text = describe_wishes (census.director);
  if (g_strcmp0 (text, self->used) == 0)
    return last ? PLAN_STEP_END : PLAN_STEP_WAIT;
  if (self->used != NULL)
    self->margin = 0;
  g_free (self->used);
  self->used = g_steal_pointer (&text);
  *job = collect_job (self);

  return PLAN_STEP_PLAN;
}

PlanStep
plan_agenda_wait (PlanAgenda *self, PlanJob **job, const gchar **problem)
{
  PlanStep step = PLAN_STEP_WAIT;

  g_mutex_lock (&self->lock);
  while (step == PLAN_STEP_WAIT) {
    while (self->running && !self->changed)
      g_cond_wait (&self->wakeup, &self->lock);
    step = self->running ? next_step (self, job, problem) : PLAN_STEP_STOP;
    if (step == PLAN_STEP_STOP)
      break;
    /* After a plan there may be an end. */
    self->changed = step == PLAN_STEP_PLAN;
    self->at_eos |= step == PLAN_STEP_END;
  }
  g_mutex_unlock (&self->lock);

  return step;
}

gboolean
plan_agenda_add_plan (PlanAgenda *self, const GstMontagePlan *plan,
    guint n_frozen)
{
  gboolean in_time;

  g_mutex_lock (&self->lock);
  in_time = self->shown_cuts <= n_frozen;
  if (in_time) {
    self->n_frozen = n_frozen;
    g_ptr_array_add (self->plans, gst_montage_plan_copy (plan));
  } else {
    try_again (self);
  }
  g_mutex_unlock (&self->lock);

  return in_time;
}

gboolean
plan_agenda_fail (PlanAgenda *self)
{
  gboolean first;

  g_mutex_lock (&self->lock);
  first = !self->failed;
  self->failed = TRUE;
  g_mutex_unlock (&self->lock);

  return first;
}
