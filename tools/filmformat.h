/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "encoders.h"

G_BEGIN_DECLS

typedef enum
{
  TOOL_QUALITY_PREVIEW,
  TOOL_QUALITY_STANDARD,
  TOOL_QUALITY_HIGH,
  TOOL_QUALITY_MASTER
} ToolQuality;

/**
 * ToolFilmFormat:
 *
 * How a film is written; picked once, before any work.
 *
 * @video_options, @audio_options: what the encoders are made with, of the form
 *   that tool_element_make() takes
 */
typedef struct
{
  const ToolContainer *container;
  const ToolEncoder *video;
  const ToolEncoder *audio;
  ToolQuality quality;
  gchar *video_options;
  gchar *audio_options;
} ToolFilmFormat;

/* For the film at @path. @profile is nullable. FALSE with a sentence where
 * something that rendering needs is not on this machine. */
gboolean tool_film_format_init (ToolFilmFormat *self, const gchar *path,
    const gchar *profile, ToolQuality quality, GError **error);
void tool_film_format_clear (ToolFilmFormat *self);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (ToolFilmFormat, tool_film_format_clear)

G_END_DECLS
