/* SPDX-License-Identifier: LGPL-2.1-or-later */
#ifdef HAVE_CONFIG_H
#include "config.h"
#endif

#include "songfinder.h"

#include <gst/montage/error.h>
#include <string.h>

#include "values.h"

/* By name, not by content type: that depends on which MIME database is
 * installed. */
static const gchar *const extensions[] = {"aac", "ac3", "aif", "aiff", "amr",
    "ape", "au", "flac", "m4a", "mid", "mka", "mp2", "mp3", "mpc", "oga", "ogg",
    "opus", "spx", "wav", "weba", "wma", "wv", NULL};

gboolean
tool_is_song_name (const gchar *path)
{
  const gchar *dot = strrchr (path, '.');
  g_autofree gchar *extension = NULL;

  if (dot == NULL || strchr (dot, G_DIR_SEPARATOR) != NULL)
    return FALSE;
  extension = g_ascii_strdown (dot + 1, -1);
  return g_strv_contains (extensions, extension);
}

static void
add_folder (GPtrArray *songs, const gchar *folder)
{
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  const gchar *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL) {
    g_autofree gchar *path = g_build_filename (folder, name, NULL);

    if (name[0] != '.' && tool_is_song_name (name)
        && g_file_test (path, G_FILE_TEST_IS_REGULAR))
      g_ptr_array_add (songs, g_steal_pointer (&path));
  }
}

static gint
compare_names (gconstpointer a, gconstpointer b)
{
  return strcmp (*(const gchar *const *) a, *(const gchar *const *) b);
}

gchar *
tool_find_song (const gchar *const *paths, GError **error)
{
  g_autoptr (GPtrArray) songs = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; paths[i] != NULL; i++) {
    g_autoptr (GFile) file = g_file_new_for_commandline_arg (paths[i]);
    g_autofree gchar *path = g_file_get_path (file);

    if (path == NULL)
      continue;
    if (g_file_test (path, G_FILE_TEST_IS_DIR))
      add_folder (songs, path);
    else if (tool_is_song_name (path))
      g_ptr_array_add (songs, g_steal_pointer (&path));
  }
  g_ptr_array_sort (songs, compare_names);
  if (songs->len == 1)
    return g_strdup (g_ptr_array_index (songs, 0));
  if (songs->len == 0)
    tool_usage_error (error,
        "No music is given and no song is among the files; name one with "
        "--music FILE.");
  else
    tool_usage_error (error,
        "%u songs are among the files (the first is '%s'); choose one with "
        "--music FILE.",
        songs->len, (const gchar *) g_ptr_array_index (songs, 0));
  return NULL;
}

GStrv
tool_without_songs (const gchar *const *paths)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  GStrv kept;

  for (guint i = 0; paths[i] != NULL; i++)
    if (!tool_is_song_name (paths[i])
        || g_file_test (paths[i], G_FILE_TEST_IS_DIR))
      g_strv_builder_add (builder, paths[i]);
  kept = g_strv_builder_end (builder);
  if (kept[0] != NULL)
    return kept;
  g_strfreev (kept);
  return g_strdupv ((gchar **) paths);
}
