/* SPDX-License-Identifier: LGPL-2.1-or-later */
#ifdef HAVE_CONFIG_H
#include "config.h"
#endif

#include "cachenotes.h"

#include <glib/gstdio.h>
#include <gst/pipelines/cachespace.h>
#include <unistd.h>

GPtrArray *
tool_cache_notes (void)
{
  GPtrArray *notes = g_ptr_array_new_with_free_func (g_free);
  g_autofree gchar *folder = montage_cache_folder (NULL);
  const gchar *limit = g_getenv (MONTAGE_CACHE_LIMIT_VARIABLE);
  guint64 parsed;

  /* It costs time, nothing else. */
  if (g_mkdir_with_parents (folder, 0700) != 0 || g_access (folder, W_OK) != 0)
    g_ptr_array_add (notes,
        g_strdup_printf (
            "'%s' cannot be written, so every file is analysed each time: set "
            "XDG_CACHE_HOME to a folder that can be.",
            folder));
  if (limit != NULL && *limit != '\0'
      && !montage_cache_parse_limit (limit, &parsed))
    g_ptr_array_add (notes,
        g_strdup_printf (MONTAGE_CACHE_LIMIT_VARIABLE
            " is '%s', which is no size and counts as 1G: write it like 500M "
            "or 2G.",
            limit));
  return notes;
}
