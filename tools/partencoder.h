/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <gio/gio.h>

#include "filmformat.h"
#include "filmsegments.h"
#include "partstore.h"

G_BEGIN_DECLS

/**
 * ToolPartJob:
 *
 * A part of a film that is to be encoded: montagetimeline, limited to the part,
 * an encoder, a file.
 *
 * @plan: a bare one, see tool_bare_plan()
 * @text: @plan as its document
 * @segment: nullable: then the part is the sound of the whole film
 * @n_coded: atomic, counts the packets that have come
 */
typedef struct
{
  const ToolFilmFormat *format;
  const ToolPartStore *store;
  const GstMontagePlan *plan;
  GBytes *text;
  const ToolFilmSegment *segment;
  const gchar *key;
  gint *n_coded;
} ToolPartJob;

/* Blocks. The part that is now in the store; NULL with an error. */
ToolPart *tool_part_encode (const ToolPartJob *job, GCancellable *cancellable,
    GError **error);

G_END_DECLS
