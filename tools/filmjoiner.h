/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <gio/gio.h>
#include <gst/montage/montage.h>

#include "filmformat.h"
#include "filmpart.h"

G_BEGIN_DECLS

/**
 * ToolFilmJoiner:
 *
 * Puts parts together to a film, without encoding anything again.
 *
 * @name: the film as the user calls it, for messages
 * @location: where it is written
 * @scratch: nullable, a file for what the muxer must put aside
 * @pictures: (of ToolPart) in the order of the film
 * @sound: nullable
 */
typedef struct
{
  const gchar *name;
  const gchar *location;
  const gchar *scratch;
  const ToolFilmFormat *format;
  const GstMontageOutput *output;
  GPtrArray *pictures;
  const ToolPart *sound;
} ToolFilmJoiner;

/* Blocks. @notes: (of gchar *) gets what the muxer warned of. */
gboolean tool_film_join (const ToolFilmJoiner *joiner,
    GCancellable *cancellable, GPtrArray *notes, GError **error);

G_END_DECLS
