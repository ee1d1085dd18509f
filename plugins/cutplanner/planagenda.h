/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "planjob.h"

G_BEGIN_DECLS

typedef enum
{
  PLAN_STEP_WAIT, /* not handed out */
  PLAN_STEP_PLAN,
  PLAN_STEP_END,
  PLAN_STEP_FAIL,
  PLAN_STEP_STOP
} PlanStep;

/**
 * PlanAgenda:
 *
 * What cutplanner has got, what it has sent, and thus what it has to do next.
 * The branches bring, each in its thread; the task of the src pad waits for the
 * next step. Nothing is pushed or posted in here.
 */
typedef struct
{
  GMutex lock;  /* protects all, and what the branches hold */
  GCond wakeup; /* for @changed and @running */

  gboolean running;     /* the task may work */
  gboolean changed;     /* there may be something to do */
  GPtrArray *branches;  /* of GstCutPlannerPad, borrowed */
  gboolean failed;      /* an error has been posted */
  gboolean at_eos;      /* EOS has been sent */
  gchar *used;          /* the instructions of the last plan */
  GPtrArray *plans;     /* of GstMontagePlan, by revision */
  guint n_frozen;       /* cuts of the last plan that were settled before it */
  guint shown_revision; /* what downstream has handed out; 0 is nothing */
  guint shown_cuts;
  guint margin; /* so many cuts more are settled, as plans came too late */
} PlanAgenda;

void plan_agenda_init (PlanAgenda *self);
void plan_agenda_clear (PlanAgenda *self);
/* Forgets all but the branches. */
void plan_agenda_reset (PlanAgenda *self);
/* Whether the task works or is about to stop. */
void plan_agenda_set_running (PlanAgenda *self, gboolean running);

void plan_agenda_add_branch (PlanAgenda *self, GstCutPlannerPad *branch);
void plan_agenda_remove_branch (PlanAgenda *self, GstCutPlannerPad *branch);
void plan_agenda_set_caps (PlanAgenda *self, GstCutPlannerPad *branch,
    const GstCaps *caps);
gboolean plan_agenda_take_event (PlanAgenda *self, GstCutPlannerPad *branch,
    GstEvent *event, GError **error);
/* FALSE without an error where an error has been posted before. */
gboolean plan_agenda_take_buffer (PlanAgenda *self, GstCutPlannerPad *branch,
    GstBuffer *buffer, GError **error);
/* @uri, if not NULL, names the file of what has come without a name. */
gboolean plan_agenda_end_branch (PlanAgenda *self, GstCutPlannerPad *branch,
    const gchar *uri, GError **error);
void plan_agenda_flush_branch (PlanAgenda *self, GstCutPlannerPad *branch);
/* Downstream has handed out cuts. */
void plan_agenda_commit (PlanAgenda *self, guint revision, guint n_cuts);

/* Waits for the next step. Sets @job for PLAN_STEP_PLAN and a static sentence
 * @problem for PLAN_STEP_FAIL. */
PlanStep
plan_agenda_wait (PlanAgenda *self, PlanJob **job, const gchar **problem);
/* FALSE where the film has got further than @n_frozen cuts while @plan was made:
 * the next step is another one, and @plan is not to be sent. */
gboolean plan_agenda_add_plan (PlanAgenda *self, const GstMontagePlan *plan,
    guint n_frozen);
/* No step follows a failure; TRUE for the first one, which is posted. */
gboolean plan_agenda_fail (PlanAgenda *self);

G_END_DECLS
