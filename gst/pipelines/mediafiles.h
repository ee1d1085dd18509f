/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* Turns files, folders and file:// URIs (as users write them) into the URIs of
 * media files, in the order given, folders expanded (not recursively into
 * hidden ones) and sorted by name in code-point order, duplicates dropped.
 * An error names the path: no such file, unreadable, empty file, folder
 * without media. In a folder, what has the name of a video or photo counts; whether it
 * can be read and decoded is found by who opens it. Returns: array of
 * gchar *. */
GPtrArray *montage_media_files (const gchar *const *paths, GError **error);

/* One path or URI to a URI that exists and can be read. */
gchar *montage_media_uri (const gchar *path, GError **error);

/* @ns as seconds for a sentence: "12.3", whatever the locale. */
gchar *montage_media_seconds (guint64 ns);

/* A path or URI as it can stand in a sentence: UTF-8, on one line. */
gchar *montage_media_name (const gchar *path_or_uri);

G_END_DECLS
