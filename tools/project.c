/* SPDX-License-Identifier: LGPL-2.1-or-later */
#ifdef HAVE_CONFIG_H
#include "config.h"
#endif

#include "project.h"

#include "values.h"
#ifdef HAVE_GES
#include <gst/pipelines/gestimeline.h>
#endif

gboolean
tool_project_available (void)
{
#ifdef HAVE_GES
  return TRUE;
#else
  return FALSE;
#endif
}

static gboolean
missing (GError **error)
{
  g_set_error_literal (error, GST_MONTAGE_ERROR, GST_MONTAGE_ERROR_MISSING,
      "This build has no GES, so it writes no projects; install "
      "libges1.0-dev and build it again.");
  return FALSE;
}

gboolean
tool_project_check (const gchar *path, GError **error)
{
  g_autofree gchar *lower = g_ascii_strdown (path, -1);

  if (!g_str_has_suffix (lower, ".xges"))
    return tool_usage_error (error,
        "'%s' is no project that can be written; .xges is, so let the name "
        "end in that.",
        path);
  return tool_project_available () || missing (error);
}

gchar *
tool_project_text (const GstMontagePlan *plan, GError **error)
{
#ifdef HAVE_GES
  if (ges_init ())
    return montage_ges_timeline_to_xges (plan, error);
#endif
  missing (error);
  return NULL;
}
