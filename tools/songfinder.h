/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* TRUE for files that are called like a song. */
gboolean tool_is_song_name (const gchar *path);
/* The only song among @paths and in the folders among them; NULL with an error
 * that says what to do where there is none or more than one. */
gchar *tool_find_song (const gchar *const *paths, GError **error);
/* @paths without the files that are called like songs, or all of them where
 * nothing else is there. */
GStrv tool_without_songs (const gchar *const *paths);

G_END_DECLS
