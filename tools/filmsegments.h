/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <gst/montage/montage.h>

G_BEGIN_DECLS

/**
 * ToolFilmSegment:
 *
 * The frames [@begin, @end) of a film, which are encoded by an encoder of their
 * own.
 */
typedef struct
{
  guint64 begin;
  guint64 end;
} ToolFilmSegment;

/* Returns: (of ToolFilmSegment): @plan in parts of about 4 to 15 s, at hard
 * cuts where there are some, never inside a transition. They depend on the plan
 * only, and those of its first cuts on these alone. */
GArray *tool_film_segments (const GstMontagePlan *plan);
/* Those of @n that belong to chunk @chunk, from 0, of @n_chunks: [first, end). */
void tool_film_chunk (guint n, guint chunk, guint n_chunks, guint *first,
    guint *end);

G_END_DECLS
