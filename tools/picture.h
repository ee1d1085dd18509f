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
 * @thumbnails: nullable; per cut a GPtrArray of ToolThumbnail
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
/* Height in pixels of thumbnails that fit the strip of picture @name, and
 * whether it takes them compressed. */
guint tool_picture_thumbnail_height (const gchar *name, gboolean *with_jpeg);
/* How many thumbnails fill the box of each cut: guint. */
GArray *tool_picture_n_thumbnails (const GstMontagePlan *plan);
/* SVG or PNG, as the extension of @name says. */
GBytes *tool_picture_draw (const ToolPicture *picture, const gchar *name,
    GError **error);
/* And of a song: what was found in it. */
GBytes *tool_song_picture_draw (const GstMontageBeatGrid *song,
    const gchar *name, GError **error);
/* And of a clip: its shots, with frames that are read from it. */
GBytes *tool_shot_picture_draw (const GstMontageShotList *clip,
    const gchar *name, GCancellable *cancellable, GError **error);

G_END_DECLS
