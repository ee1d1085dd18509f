/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <gio/gio.h>
#include <gst/montage/montage.h>

G_BEGIN_DECLS

/**
 * ToolPicture:
 *
 * What is drawn: the film strip of @plan over the waveform of its music.
 *
 * @music: nullable; its envelope is the waveform
 * @thumbnails: nullable; of ToolThumbnail or NULL, one per cut
 */
typedef struct
{
  const GstMontagePlan *plan;
  const GstMontageBeatGrid *music;
  GPtrArray *thumbnails;
  const gchar *title;
} ToolPicture;

/* FALSE with an error where the extension of @path is neither .svg nor .png, or
 * this build cannot draw. */
gboolean tool_picture_check (const gchar *path, GError **error);
/* Thumbnails in pixels that fit the strip. */
guint tool_picture_thumbnail_height (void);
/* SVG or PNG, as the extension of @name says. */
GBytes *tool_picture_draw (const ToolPicture *picture, const gchar *name,
    GError **error);

G_END_DECLS
