/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* Turns files, folders and file:// URIs (as users write them) into the URIs of
 * media files, in the order given, folders expanded (not recursively into
 * hidden ones) and sorted by name in code-point order, duplicates dropped.
 * An error names the path: no such file, unreadable, empty file, folder
 * without media. Returns: array of gchar *. */
GPtrArray *montage_media_files (
    const gchar *const *paths, GError **error);

/* One path or URI to a URI that exists and can be read. */
gchar *montage_media_uri (const gchar *path, GError **error);

G_END_DECLS
