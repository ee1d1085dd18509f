/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "gstcutplannerclippad.h"

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

typedef enum
{
  PLAN_STEP_WAIT,
  PLAN_STEP_PLAN,
  PLAN_STEP_END,
  PLAN_STEP_FAIL
} PlanStep;

/**
 * PlanAgenda:
 *
 * What cutplanner has got, what it has sent, and thus what it has to do next.
 * Has no lock of its own: the element's protects it.
 */
typedef struct
{
  GPtrArray *branches;  /* of GstCutPlannerPad, borrowed */
  gboolean failed;      /* an error has been posted */
  gboolean at_eos;      /* EOS has been sent */
  gchar *used;          /* the instructions of the last plan */
  GPtrArray *plans;     /* of GstMontagePlan, by revision */
  guint n_frozen;       /* cuts of the last plan that were settled before it */
  guint shown_revision; /* what downstream has handed out; 0 is nothing */
  guint shown_cuts;
} PlanAgenda;

void plan_agenda_init (PlanAgenda *self);
void plan_agenda_clear (PlanAgenda *self);
/* Forgets all but the branches. */
void plan_agenda_reset (PlanAgenda *self);

/* Sets @job for PLAN_STEP_PLAN and a static sentence @problem for
 * PLAN_STEP_FAIL. */
PlanStep
plan_agenda_next (PlanAgenda *self, PlanJob **job, const gchar **problem);
/* What is known has changed: plan again. */
void plan_agenda_invalidate (PlanAgenda *self);
void plan_agenda_add_plan (PlanAgenda *self, const GstMontagePlan *plan,
    guint n_frozen);
/* Downstream has handed out cuts; returns whether that calls for another
 * plan. */
gboolean plan_agenda_commit (PlanAgenda *self, guint revision, guint n_cuts);

/* What the pads of the clips say; an error where one cannot be read. */
gboolean plan_job_read_pads (PlanJob *self, GError **error);
void plan_job_free (PlanJob *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (PlanJob, plan_job_free)

G_END_DECLS
