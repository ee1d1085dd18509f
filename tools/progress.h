/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define TOOL_PROGRESS_STAGES_MAX 5

/**
 * ToolProgress:
 *
 * One percentage over all stages of a job. A stage's weight is the seconds
 * that it is expected to take; weights of stages to come may be corrected as
 * more becomes known, and the percentage still never goes back. Pure: the
 * caller gives the time (monotonic, in µs).
 */
typedef struct
{
  guint n_stages;
  gdouble weights[TOOL_PROGRESS_STAGES_MAX];
  guint stage;
  gdouble base;     /* percent where the stage began */
  gdouble fraction; /* of the stage, 0..1 */
  gint64 began;     /* of the stage */
} ToolProgress;

void tool_progress_init (ToolProgress *self, const gdouble *weights,
    guint n_stages, gint64 now);
/* Corrects the weight of @stage. */
void tool_progress_weigh (ToolProgress *self, guint stage, gdouble weight);
/* Stage @stage has done @fraction of its work. Earlier stages are over. */
void tool_progress_set (ToolProgress *self, guint stage, gdouble fraction,
    gint64 now);
gdouble tool_progress_percent (const ToolProgress *self);
/* Seconds to the end of the last stage, -1 where it is too early to say. */
gdouble tool_progress_seconds_left (const ToolProgress *self, gint64 now);

G_END_DECLS
