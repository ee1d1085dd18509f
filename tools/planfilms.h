/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "filmjob.h"

G_BEGIN_DECLS

/* What plan and replan do: plans, and what is drawn and said of them, into
 * files or to standard output. @previous: (nullable) the plan whose first
 * @n_kept cuts stay. */
gboolean tool_plan_films (ToolFilmJob *job, ToolFilmOptions *options,
    const GstMontagePlan *previous, guint n_kept, GError **error);

G_END_DECLS
