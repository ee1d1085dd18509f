/* SPDX-License-Identifier: LGPL-2.1-or-later */
#ifdef HAVE_CONFIG_H
#include "config.h"
#endif

#include "planjob.h"

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

static gboolean
read_pads (PlanJob *self, GError **error)
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

/* A revision is the same film: the same song from the same place on, in the
 * same format, and as long as before where no other length is asked for. */
static void
keep_film (PlanJob *self)
{
  const GstMontagePlan *previous = self->previous;

  if (previous == NULL)
    return;
  self->request.output = previous->output;
  if (previous->music.uri != NULL)
    self->request.music_start = previous->music.start;
  if (self->request.duration == 0
      && self->instructions->constraints.target_duration_sec
          == previous->instructions->constraints.target_duration_sec)
    self->request.duration = previous->duration;
}

gboolean
plan_job_set_up (PlanJob *self, const PlanSettings *settings, GError **error)
{
  self->request.seed = settings->seed;
  self->request.output = settings->output;
  self->request.duration = settings->duration;
  self->request.music_start = settings->music_start < 0
      ? GST_CLOCK_TIME_NONE
      : (GstClockTime) settings->music_start;
  self->request.scarcity = settings->scarcity;
  keep_film (self);
  if (settings->clip_rules != NULL) {
    self->rules = gst_montage_clip_rules_load (settings->clip_rules, error);
    self->request.rules = self->rules;
    if (self->rules == NULL)
      return FALSE;
  }
  return read_pads (self, error);
}
