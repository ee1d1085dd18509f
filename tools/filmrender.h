/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "filmjob.h"
#include "filmwriter.h"
#include "renderoptions.h"

G_BEGIN_DECLS

/**
 * ToolRender:
 *
 * Films that are rendered, and the parts that they share.
 *
 * @no_cache: parts are not to be kept for another time
 * @revise: nullable, see filmwriter.h
 * @result: of the latest film
 */
typedef struct
{
  const ToolRenderOptions *options;
  gboolean no_cache;
  ToolFilmRevise revise;
  gpointer revise_data;
  ToolFilmResult result;
  /*< private >*/
  ToolPartStore store;
} ToolRender;

void tool_render_clear (ToolRender *self);
/* Renders @plan into output @index of @job. */
gboolean tool_render_film (ToolRender *self, ToolFilmJob *job,
    const GstMontagePlan *plan, const ToolFilmFormat *format, gint index,
    GError **error);
/* The same of parts that are all there. */
gboolean tool_render_joined (ToolRender *self, ToolFilmJob *job,
    const GstMontagePlan *plan, const ToolFilmFormat *format, gint index,
    GError **error);
/* Renders the parts of @chunk. @beside: a file name, where the parts go if
 * neither a folder is given nor the cache takes them. */
gboolean tool_render_chunk (ToolRender *self, ToolFilmJob *job,
    const GstMontagePlan *plan, const ToolFilmFormat *format,
    ToolFilmChunk chunk, const gchar *beside, GError **error);
/* The outputs get their names, and the parts that nobody keeps go. */
gboolean
tool_render_commit (ToolRender *self, ToolFilmJob *job, GError **error);

G_END_DECLS
