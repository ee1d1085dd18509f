/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <gio/gio.h>
#include <gst/montage/montage.h>

#include "filmformat.h"
#include "partstore.h"

G_BEGIN_DECLS

/**
 * ToolFilmRenderer:
 *
 * Makes the parts of a film, several at a time, in threads of its own. The plan
 * may be replaced meanwhile: parts that show the same in both stay, finished or
 * not. For one thread, which owns it.
 */
typedef struct _ToolFilmRenderer ToolFilmRenderer;

/* Which of the parts are to be made: chunk @number, from 0, of @total; the
 * sound is in the first. All of them: {0, 1}. */
typedef struct
{
  guint number;
  guint total;
} ToolFilmChunk;

/* @format and @store have to outlive it. @n_jobs: parts that are encoded at a
 * time, 0: as many as the machine is made for. */
ToolFilmRenderer *tool_film_renderer_new (const ToolFilmFormat *format,
    ToolPartStore *store, ToolFilmChunk chunk, guint n_jobs);
/* Stops what is running. */
void tool_film_renderer_free (ToolFilmRenderer *self);
gboolean tool_film_renderer_set_plan (ToolFilmRenderer *self,
    const GstMontagePlan *plan, GError **error);
/* Makes the parts; waits until all parts are there, an error, or @until (monotonic time). */
gboolean tool_film_renderer_wait (ToolFilmRenderer *self, gint64 until,
    gboolean *done, GError **error);
/* 0..1 */
gdouble tool_film_renderer_progress (ToolFilmRenderer *self);
/* All frames before this one are encoded. */
guint64 tool_film_renderer_position (ToolFilmRenderer *self);
/* How many parts were encoded, and how many were there before. */
void tool_film_renderer_count (ToolFilmRenderer *self, guint *n_encoded,
    guint *n_found);
/* The parts (of ToolPart, the renderer's), in order; NULL where they are not
 * there. Only when all are done. */
GPtrArray *tool_film_renderer_pictures (ToolFilmRenderer *self);
const ToolPart *tool_film_renderer_sound (ToolFilmRenderer *self);
/* Instead of tool_film_renderer_wait(): looks for the parts, makes none. How
 * many are missing. */
guint tool_film_renderer_find (ToolFilmRenderer *self, guint *n_parts);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ToolFilmRenderer, tool_film_renderer_free)

G_END_DECLS
