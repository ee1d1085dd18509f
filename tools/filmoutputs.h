/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "filmjob.h"

G_BEGIN_DECLS

/**
 * ToolFilmOutputs:
 *
 * The files of one take, as places in the outputs of a job; -1 where one is not
 * asked for.
 */
typedef struct
{
  gint film;
  gint plan;
  gint decisions;
  gint picture;
  GArray *projects; /* of gint, see filmprojects.h */
} ToolFilmOutputs;

/* For the ToolFilmOutputs of all takes. */
GArray *tool_film_outputs_array_new (void);
/* One more take, with no files yet; valid until the next one. */
ToolFilmOutputs *tool_film_outputs_append (GArray *takes);
/* Sets @index, where a file is asked for: @path is nullable, "-" is none. */
gboolean tool_film_outputs_add (ToolOutputs *outputs, const gchar *path,
    guint take, guint n_takes, gint *index, GError **error);
/* The plan and the decisions. */
gboolean tool_film_outputs_write (const ToolFilmOutputs *self, ToolFilmJob *job,
    const GstMontagePlan *plan, GError **error);
/* Draws the pictures of all takes. @takes: (of ToolFilmOutputs) */
gboolean tool_film_outputs_draw (const GArray *takes, ToolFilmJob *job,
    const GPtrArray *plans, const ToolFilmOptions *options, GError **error);
/* The figures of the film; of one take of several, only a line. */
gchar *tool_film_outputs_text (const GPtrArray *plans, guint take);
/* The result for programs, a line on standard output; "plan" is null
 * where it is asked for (@always_plan) and has no file. */
void tool_film_outputs_print_json (const GArray *takes, const ToolFilmJob *job,
    const GPtrArray *plans, gboolean always_plan);

G_END_DECLS
