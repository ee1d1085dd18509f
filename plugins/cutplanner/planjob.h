/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "gstcutplannerclippad.h"
#include "plansettings.h"

G_BEGIN_DECLS

/**
 * PlanJob:
 *
 * All that a plan needs, of its own.
 */
typedef struct
{
  GstMontageRequest request;
  GstMontageInstructions *instructions;
  GstMontageBeatGrid *music;
  GPtrArray *clips;           /* of GstMontageShotList */
  GPtrArray *pads;            /* of GstCutPlannerClipPad: of the clips */
  GstMontageClipRules *rules; /* nullable */
  GPtrArray *pad_rules;       /* nullable, of GstMontageClipRules */
  GPtrArray *source_rules;    /* nullable: the rule in each of them */
  GstMontagePlan *previous;
  guint revision;
} PlanJob;

/* Fills in what the properties of the element and of the clips' pads say; an
 * error where that cannot be read. */
gboolean
plan_job_set_up (PlanJob *self, const PlanSettings *settings, GError **error);
void plan_job_free (PlanJob *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (PlanJob, plan_job_free)

G_END_DECLS
