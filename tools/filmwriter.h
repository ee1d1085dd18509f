/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <gio/gio.h>
#include <gst/montage/montage.h>

#include "filmformat.h"

G_BEGIN_DECLS

/* @fraction of the film is encoded; called from the thread that renders. */
typedef void (*ToolFilmProgress) (gdouble fraction, gpointer data);

/**
 * ToolFilmWriter:
 *
 * Renders a plan into a film file: montagetimeline, encoders, muxer.
 *
 * @name: the film as the user calls it, for messages
 * @location: where it is written
 * @scratch: nullable, a file for what the muxer must put aside
 */
typedef struct
{
  const gchar *name;
  const gchar *location;
  const gchar *scratch;
  const ToolFilmFormat *format;
  ToolFilmProgress progress;
  gpointer progress_data;
} ToolFilmWriter;

/* Blocks. @n_frames: how many frames were encoded. @notes: (of gchar *) what
 * the pipeline warned of. */
gboolean tool_film_write (const ToolFilmWriter *writer,
    const GstMontagePlan *plan, GCancellable *cancellable, guint64 *n_frames,
    GPtrArray *notes, GError **error);

G_END_DECLS
