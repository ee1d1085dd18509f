/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "filmjob.h"
#include "project.h"

G_BEGIN_DECLS

/* The projects beside a film: places in the outputs of a job (GArray of gint),
 * in the order of the formats. */

/* Checks one place for each of @formats beside @film. */
gboolean tool_film_projects_add (GArray *self, ToolOutputs *outputs,
    const gchar *film, ToolProjectFormats formats, GError **error);
/* A project that cannot be made is no reason to withhold the film: it is told,
 * and left out of @self. Long edit lists have several files. */
gboolean tool_film_projects_write (GArray *self, ToolFilmJob *job,
    const GstMontagePlan *plan, GstMontagePaths paths, GError **error);

G_END_DECLS
