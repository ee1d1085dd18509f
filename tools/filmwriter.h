/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <gio/gio.h>
#include <gst/montage/montage.h>

#include "filmformat.h"
#include "filmrenderer.h"

G_BEGIN_DECLS

/* @fraction of the film is encoded. */
typedef void (*ToolFilmProgress) (gdouble fraction, gpointer data);
/* All frames before @position are encoded. Returns: (nullable): a later
 * revision of the plan that is to be rendered from now on; it has to outlive
 * the rendering. */
typedef const GstMontagePlan *(
    *ToolFilmRevise) (guint64 position, gpointer data);

/**
 * ToolFilmWriter:
 *
 * Renders a plan into a film file: parts, encoded several at a time, and one
 * file of them. All functions block; the callbacks are called by the thread
 * that waits, several times a second.
 *
 * @name: the film as the user calls it, for messages
 * @location: where it is written
 * @scratch: nullable, a file for what the muxer must put aside
 * @n_jobs: parts that are encoded at a time, 0: as many as the machine is made
 *   for
 * @revise: nullable
 */
typedef struct
{
  const gchar *name;
  const gchar *location;
  const gchar *scratch;
  const ToolFilmFormat *format;
  ToolPartStore *store;
  guint n_jobs;
  ToolFilmProgress progress;
  gpointer progress_data;
  ToolFilmRevise revise;
  gpointer revise_data;
} ToolFilmWriter;

/**
 * ToolFilmResult:
 *
 * @n_frames: of the film or the chunk
 * @n_encoded: parts that were encoded
 * @n_found: parts that were there before
 * @notes: (of gchar *) what there was to say of the material
 */
typedef struct
{
  guint64 n_frames;
  guint n_encoded;
  guint n_found;
  GPtrArray *notes;
} ToolFilmResult;

/* The whole film. */
gboolean
tool_film_write (const ToolFilmWriter *writer, const GstMontagePlan *plan,
    GCancellable *cancellable, ToolFilmResult *result, GError **error);
/* The parts of @chunk only. */
gboolean tool_film_write_chunk (const ToolFilmWriter *writer,
    const GstMontagePlan *plan, ToolFilmChunk chunk, GCancellable *cancellable,
    ToolFilmResult *result, GError **error);
/* The whole film from parts that are all there. */
gboolean tool_film_write_joined (const ToolFilmWriter *writer,
    const GstMontagePlan *plan, GCancellable *cancellable,
    ToolFilmResult *result, GError **error);

G_END_DECLS
