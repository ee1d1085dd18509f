/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "encoderchoice.h"

#include <gst/pbutils/pbutils.h>

G_BEGIN_DECLS

/**
 * ToolFilmProfile:
 *
 * What a GstEncodingProfile asks for.
 *
 * @video, @audio: (of #GstEncodingProfile) what may be in it, best first
 */
typedef struct
{
  GstEncodingProfile *profile;
  const ToolContainer *container;
  GPtrArray *video;
  GPtrArray *audio;
} ToolFilmProfile;

/* @text is the name of a target ("youtube", "youtube/default"), a .gep file or
 * a description ("video/webm:video/x-vp8:audio/x-vorbis"); the film is to be
 * @path, in @container. */
gboolean tool_film_profile_init (ToolFilmProfile *self, const gchar *text,
    const ToolContainer *container, const gchar *path, GError **error);
void tool_film_profile_clear (ToolFilmProfile *self);
/* Fills @choice with the first of @streams that this machine can encode.
 * @codecs: those of the container. @chosen: which one it is. */
gboolean tool_film_profile_choose (const ToolFilmProfile *self,
    const GPtrArray *streams, const ToolCodec *const *codecs,
    const gchar *element, ToolQuality quality, ToolEncoderChoice *choice,
    GstEncodingProfile **chosen, GPtrArray *notes, GError **error);
/* The properties that @stream sets of @element, as options. */
gchar *
tool_film_profile_options (GstEncodingProfile *stream, const gchar *element);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (ToolFilmProfile, tool_film_profile_clear)

G_END_DECLS
