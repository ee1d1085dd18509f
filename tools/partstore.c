/* SPDX-License-Identifier: LGPL-2.1-or-later */
#ifdef HAVE_CONFIG_H
#include "config.h"
#endif

#include "partstore.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <gst/montage/error.h>
#include <gst/pipelines/cachespace.h>
#include <unistd.h>

#include "outputs.h"

#define TEMPORARY_NAME ".gst-montage-parts-XXXXXX"

static gchar *
path_of (const ToolPartStore *self, const gchar *key)
{
  g_autofree gchar *name = g_strconcat (key, MONTAGE_CACHE_PART_SUFFIX, NULL);

  return g_build_filename (self->folder, name, NULL);
}

static gboolean
folder_error (const gchar *folder, gint code, GError **error)
{
  g_set_error (error, GST_MONTAGE_ERROR, GST_MONTAGE_ERROR_IO,
      "The folder '%s' for the parts of the film cannot be used: %s; choose "
      "another with --parts.",
      folder, g_strerror (code));
  return FALSE;
}

static gboolean
is_usable (const gchar *folder, mode_t mode)
{
  return g_mkdir_with_parents (folder, mode) == 0
      && g_access (folder, W_OK | X_OK) == 0;
}

static gboolean
open_beside (ToolPartStore *self, const gchar *beside, GError **error)
{
  g_autofree gchar *above = g_path_get_dirname (beside);

  self->is_temporary = TRUE;
  self->folder = g_build_filename (above, TEMPORARY_NAME, NULL);
  if (g_mkdtemp_full (self->folder, 0700) != NULL)
    return TRUE;
  folder_error (above, errno, error);
  g_clear_pointer (&self->folder, g_free);
  return FALSE;
}

gboolean
tool_part_store_open (ToolPartStore *self, const gchar *folder,
    gboolean use_cache, const gchar *beside, GError **error)
{
  *self = (ToolPartStore){
      .used = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL)};
  if (folder != NULL) {
    self->is_kept = TRUE;
    self->folder = g_strdup (folder);
    return is_usable (folder, 0777) || folder_error (folder, errno, error);
  }
  if (use_cache && montage_cache_limit () > 0) {
    self->folder = montage_cache_parts_folder (NULL);
    /* Permission bits say little: a file is tried. */
    if (is_usable (self->folder, 0700)) {
      g_autofree gchar *probe = tool_part_store_begin (self, NULL);

      if (probe != NULL) {
        tool_part_store_abandon (probe);
        return TRUE;
      }
    }
    g_clear_pointer (&self->folder, g_free);
  }
  return open_beside (self, beside, error);
}

static void
remove_folder (const gchar *path)
{
  g_autoptr (GDir) dir = g_dir_open (path, 0, NULL);
  const gchar *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL) {
    g_autofree gchar *child = g_build_filename (path, name, NULL);

    g_unlink (child);
  }
  g_rmdir (path);
}

void
tool_part_store_close (ToolPartStore *self)
{
  g_clear_pointer (&self->used, g_hash_table_unref);
  if (self->folder == NULL)
    return;
  if (self->is_temporary)
    remove_folder (self->folder);
  else if (!self->is_kept)
    montage_cache_trim_parts (NULL, montage_cache_limit (), FALSE, NULL);
  g_clear_pointer (&self->folder, g_free);
}

ToolPart *
tool_part_store_find (const ToolPartStore *self, const gchar *key)
{
  g_autofree gchar *path = path_of (self, key);

  return tool_part_open (path, key);
}

gchar *
tool_part_store_begin (const ToolPartStore *self, GError **error)
{
  g_autofree gchar *name = g_build_filename (self->folder, "part-XXXXXX", NULL);
  gint fd = g_mkstemp_full (name, O_RDWR | O_CLOEXEC, 0600);

  if (fd < 0) {
    folder_error (self->folder, errno, error);
    return NULL;
  }
  close (fd);
  return g_steal_pointer (&name);
}

gboolean
tool_part_store_commit (const ToolPartStore *self, const gchar *temporary,
    const gchar *key, GError **error)
{
  g_autofree gchar *path = path_of (self, key);

  return g_rename (temporary, path) == 0
      || folder_error (self->folder, errno, error);
}

void
tool_part_store_abandon (const gchar *temporary)
{
  g_unlink (temporary);
}

void
tool_part_store_use (ToolPartStore *self, const gchar *key)
{
  g_hash_table_add (self->used, g_strdup (key));
}

void
tool_part_store_release (const ToolPartStore *self)
{
  GHashTableIter iter;
  gpointer key;

  if (self->folder == NULL || self->is_kept)
    return;
  g_hash_table_iter_init (&iter, self->used);
  while (g_hash_table_iter_next (&iter, &key, NULL)) {
    g_autofree gchar *path = path_of (self, key);

    g_unlink (path);
  }
}
