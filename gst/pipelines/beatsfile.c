/* SPDX-License-Identifier: LGPL-2.1-or-later */
#ifdef HAVE_CONFIG_H
#include "config.h"
#endif

#include <string.h>

#include <glib/gstdio.h>

#include "beatsfile.h"
#include "mediafiles.h"

/* An empty file is what a shell leaves that is about to write one. */
static gboolean
holds_something (const gchar *path)
{
  GStatBuf status;

  return g_stat (path, &status) == 0 && status.st_size > 0;
}

/* @path without its extension, NULL where it has none. */
static gchar *
without_extension (const gchar *path)
{
  const gchar *name = strrchr (path, G_DIR_SEPARATOR);
  const gchar *dot = strrchr (name ? name : path, '.');

  if (!dot || dot == name + 1)
    return NULL;
  return g_strndup (path, (gsize) (dot - path));
}

gchar *
montage_beats_file_find (const gchar *song, gchar **also)
{
  static const gchar *const extensions[] = {".beats.json", ".beats.txt"};
  g_autofree gchar *base = without_extension (song);
  const gchar *stems[] = {song, base};
  g_autofree gchar *found = NULL;

  *also = NULL;
  for (guint i = 0; i < G_N_ELEMENTS (extensions); i++) {
    for (guint k = 0; k < G_N_ELEMENTS (stems) && stems[k]; k++) {
      g_autofree gchar *path = g_strconcat (stems[k], extensions[i], NULL);

      if (!holds_something (path))
        continue;
      if (!found)
        found = g_steal_pointer (&path);
      else if (!*also)
        *also = g_steal_pointer (&path);
    }
  }
  return g_steal_pointer (&found);
}

/* By its name, or by the bracket that it begins with. */
static gboolean
is_document (const gchar *path, const gchar *text, gsize length)
{
  const gchar *end = text + length;

  if (g_str_has_suffix (path, ".json"))
    return TRUE;
  if (length >= 3 && memcmp (text, "\xef\xbb\xbf", 3) == 0)
    text += 3;
  while (text < end && g_ascii_isspace (*text))
    text++;
  return text < end && *text == '{';
}

GstMontageBeatGrid *
montage_beats_file_read (const gchar *path, gboolean *is_labels, GError **error)
{
  g_autofree gchar *name = montage_media_name (path);
  g_autofree gchar *text = NULL;
  g_autoptr (GError) reason = NULL;
  gsize length;

  if (!g_file_get_contents (path, &text, &length, &reason)) {
    g_set_error (error, GST_MONTAGE_ERROR, GST_MONTAGE_ERROR_IO,
        reason->code == G_FILE_ERROR_NOENT
            ? "'%s' does not exist: check the name and the folder."
            : "'%s' cannot be read: allow it with chmod, or move it away to "
              "have the beats found anew.",
        name);
    return NULL;
  }
  *is_labels = !is_document (path, text, length);
  return *is_labels
      ? gst_montage_beat_grid_from_labels (text, (gssize) length, name, error)
      : gst_montage_beat_grid_from_json (text, (gssize) length, name, error);
}
