/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "testfolder.h"

#include <glib/gstdio.h>

gchar *test_folder;

void
test_folder_make (void)
{
  static const gchar *const variables[] = {"GEMINI_API_KEY", "GOOGLE_API_KEY",
      "GEMINI_MODEL", "OPENAI_API_KEY", "OPENAI_BASE_URL", "OPENAI_MODEL",
      "CGPU_HOST", "CGPU_PORT", "OLLAMA_HOST", "OLLAMA_MODEL"};

  test_folder = g_dir_make_tmp ("montage-test-XXXXXX", NULL);
  g_assert (test_folder != NULL);
  for (guint i = 0; i < G_N_ELEMENTS (variables); i++)
    g_unsetenv (variables[i]);
}

void
test_folder_remove (void)
{
  g_autoptr (GDir) dir = g_dir_open (test_folder, 0, NULL);
  const gchar *name;

  while ((name = g_dir_read_name (dir))) {
    g_autofree gchar *path = g_build_filename (test_folder, name, NULL);

    g_remove (path);
  }
  g_rmdir (test_folder);
  g_clear_pointer (&test_folder, g_free);
}

gchar *
test_folder_write (const gchar *name, const gchar *text, gssize length,
    gint mode)
{
  gchar *path = g_build_filename (test_folder, name, NULL);

  g_assert (g_file_set_contents (path, text, length, NULL));
  g_assert (g_chmod (path, mode) == 0);
  return path;
}
