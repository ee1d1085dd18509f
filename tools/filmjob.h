/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "filmformat.h"
#include "options.h"
#include "outputs.h"
#include "progress.h"
#include "session.h"

G_BEGIN_DECLS

typedef enum
{
  TOOL_STAGE_ANALYSE,
  TOOL_STAGE_LOOK,
  TOOL_STAGE_PLAN,
  TOOL_STAGE_RENDER,
  TOOL_STAGE_PICTURE
} ToolStage;

/**
 * ToolFilmJob:
 *
 * What make, plan and render have in common: one progress over all stages, the
 * outputs, and the steps.
 */
typedef struct
{
  ToolSession session;
  ToolProgress progress;
  ToolOutputs *outputs;
  GPtrArray *notes;           /* of gchar *: what the user has been told */
  gboolean draws;             /* pictures are to come */
  const gchar *video_encoder; /* of the last film; NULL: none was made */
  const gchar *audio_encoder;
  guint n_takes; /* films or pictures of a stage */
  guint take;    /* the one that is made, from 0 */
} ToolFilmJob;

void tool_film_job_begin (ToolFilmJob *self, gboolean json, gboolean force);
/* Says what @error says; takes it. */
ToolStatus tool_film_job_end (ToolFilmJob *self, GError *error);

/* Stage @stage has done @fraction of its work. */
void
tool_film_job_advance (ToolFilmJob *self, ToolStage stage, gdouble fraction);
/* A sentence that is no failure. */
void tool_film_job_tell (ToolFilmJob *self, const gchar *sentence);
/* What there is to say about the cache, for those who use it. */
void tool_film_job_tell_cache (ToolFilmJob *self);
/* Analysis and plans (of GstMontagePlan), one per take. Finds the song where
 * none is given. @previous: (nullable) the plan whose first @n_kept cuts stay. */
GPtrArray *tool_film_job_plan (ToolFilmJob *self, ToolFilmOptions *options,
    const GstMontagePlan *previous, guint n_kept, GError **error);
/* The same of the film or picture that is made of several. */
void tool_film_job_advance_take (ToolFilmJob *self, ToolStage stage,
    gdouble fraction);
/* The pictures of @plan, where some are asked for, are to come. */
void
tool_film_job_weigh_pictures (ToolFilmJob *self, const GstMontagePlan *plan);
/* What the film was encoded with: as a sentence on standard output, or as a
 * member of the result for programs. Nothing where no film was made. */
void tool_film_job_print_encoders (const ToolFilmJob *self);
void tool_film_job_append_encoders (const ToolFilmJob *self, GString *out);
/* Draws @plan into output @index. */
gboolean tool_film_job_draw (ToolFilmJob *self, const GstMontagePlan *plan,
    const ToolFilmOptions *options, gint index, GError **error);
/* Tells the notes of @plans and, where @cards, their styles and a card per cut:
 * on stdout, or on stderr where stdout is for programs. */
void tool_film_job_show (ToolFilmJob *self, const GPtrArray *plans,
    gboolean cards, gboolean on_stderr);
/* The files that are read are never replaced. */
void tool_film_job_protect (ToolFilmJob *self, const ToolFilmOptions *options);
void tool_film_job_protect_plan (ToolFilmJob *self, const GstMontagePlan *plan);

G_END_DECLS
