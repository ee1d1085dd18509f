/* SPDX-License-Identifier: LGPL-2.1-or-later */
#ifdef HAVE_CONFIG_H
#include "config.h"
#endif

#include "modelcheck.h"

#include <gst/director/probe.h>
#include <stdio.h>

#include "values.h"

/* ms */
#define PROBE_DEADLINE 2000

static void
print_line (const gchar *verdict, const gchar *what, const gchar *detail)
{
  g_autofree gchar *printable = tool_printable (detail);

  printf ("  %-7s %-18s %s\n", verdict, what, printable);
}

/* A model that does not answer costs nothing but its help. */
static void
check_backend (const MontageBackendSettings *backend)
{
  const gchar *name = montage_backend_name (backend);
  g_autofree gchar *address = montage_backend_address (backend);
  g_autofree gchar *model = NULL;
  g_autofree gchar *detail = NULL;
  g_autoptr (GError) error = NULL;

  if (!montage_backend_probe (backend, PROBE_DEADLINE, &model, NULL, &error)) {
    print_line ("note", name, error->message);
    return;
  }
  detail = g_strdup_printf ("%s, %s", address,
      model != NULL ? model : "but it has no model that writes text");
  print_line (model != NULL ? "ok" : "note", name, detail);
}

static void
print_place (const gchar *path)
{
  g_autofree gchar *detail = g_strconcat (path,
      g_file_test (path, G_FILE_TEST_EXISTS) ? "" : " (is not there)", NULL);

  print_line ("ok", "settings", detail);
}

gboolean
tool_check_models (void)
{
  g_autoptr (GError) error = NULL;
  g_autofree gchar *path = montage_director_settings_path ();
  g_autoptr (MontageDirectorSettings)
      settings = montage_director_settings_load (NULL, &error);

  if (settings == NULL) {
    print_line ("WRONG", "settings", error->message);
    return FALSE;
  }
  print_place (path);
  for (guint i = 0; i < settings->backends->len; i++)
    check_backend (g_ptr_array_index (settings->backends, i));
  if (settings->backends->len == 0)
    print_line ("ok", "models", "none is set up, so none is ever asked");
  return TRUE;
}
