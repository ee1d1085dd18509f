/* SPDX-License-Identifier: LGPL-2.1-or-later */
#ifdef HAVE_CONFIG_H
#include "config.h"
#endif

#include "filmprojects.h"

#include <string.h>

gboolean
tool_film_projects_add (GArray *self, ToolOutputs *outputs, const gchar *film,
    ToolProjectFormats formats, GError **error)
{
  const gchar *dot = strrchr (film, '.');
  const gchar *suffix;

  for (guint i = 0; (suffix = tool_project_suffix (i)) != NULL; i++) {
    g_autofree gchar *path = NULL;
    gint index;

    if ((formats & (1u << i)) == 0)
      continue;
    path = g_strdup_printf ("%.*s%s", (gint) (dot - film), film, suffix);
    index = tool_outputs_add (outputs, path, error);
    if (index < 0)
      return FALSE;
    g_array_append_val (self, index);
  }
  return TRUE;
}

/* The places of all @texts of the project at @first; what is in the way of a
 * second one was not seen before the plan was there. */
static GArray *
add_parts (ToolOutputs *outputs, gint first, const gchar *const *texts,
    GError **error)
{
  g_autoptr (GArray) places = g_array_new (FALSE, FALSE, sizeof (gint));

  g_array_append_val (places, first);
  for (guint part = 1; texts[part] != NULL; part++) {
    g_autofree gchar *path = tool_project_part_path (tool_outputs_path (outputs,
                                                         first),
        part);
    gint index = tool_outputs_add (outputs, path, error);

    if (index < 0)
      return NULL;
    g_array_append_val (places, index);
  }
  return g_steal_pointer (&places);
}

gboolean
tool_film_projects_write (GArray *self, ToolFilmJob *job,
    const GstMontagePlan *plan, GstMontagePaths paths, GError **error)
{
  g_autoptr (GArray) wanted = g_array_copy (self);

  g_array_set_size (self, 0);
  for (guint i = 0; i < wanted->len; i++) {
    gint first = g_array_index (wanted, gint, i);
    g_autoptr (GError) cause = NULL;
    g_auto (GStrv) texts = tool_project_texts (plan,
        tool_outputs_path (job->outputs, first), paths, &cause);
    g_autoptr (GArray) places = texts == NULL
        ? NULL
        : add_parts (job->outputs, first, (const gchar *const *) texts, &cause);

    if (places == NULL) {
      tool_film_job_tell (job, cause->message);
      continue;
    }
    for (guint part = 0; part < places->len; part++)
      if (!tool_outputs_write (job->outputs, g_array_index (places, gint, part),
              texts[part], -1, error))
        return FALSE;
    g_array_append_vals (self, places->data, places->len);
  }
  return TRUE;
}
