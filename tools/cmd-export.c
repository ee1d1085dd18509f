/* SPDX-License-Identifier: LGPL-2.1-or-later */
#ifdef HAVE_CONFIG_H
#include "config.h"
#endif

#include "commands.h"
#include "documents.h"
#include "filmjob.h"
#include "project.h"
#include "values.h"

typedef struct
{
  gchar *output;
  gchar *paths_text;
  gint paths; /* of GstMontagePaths */
  gboolean force;
  gchar **plans;
} Export;

static gboolean
parse (Export *self, GStrv *arguments, GError **error)
{
  const GOptionEntry entries[] = {
      {"output", 'o', 0, G_OPTION_ARG_FILENAME, &self->output,
          "The project: .xges (Pitivi, GES), .otio, .edl, .markers.edl "
          "(Resolve), .fcpxml or .mlt (melt, Kdenlive)",
          "FILE"},
      {"paths", 0, 0, G_OPTION_ARG_FILENAME, &self->paths_text,
          "How media are named: absolute, relative or file-uri (default: "
          "absolute)",
          "HOW"},
      {"force", 'f', 0, G_OPTION_ARG_NONE, &self->force,
          "Replace a project that is there", NULL},
      {G_OPTION_REMAINING, 0, 0, G_OPTION_ARG_FILENAME_ARRAY, &self->plans,
          NULL, NULL},
      {NULL},
  };

  if (!tool_options_parse (arguments, "PLAN",
          "Writes the plan as a project of an editing tool.", entries, error))
    return FALSE;
  if (self->plans == NULL || self->plans[1] != NULL)
    return tool_usage_error (error, "Give one plan, or - for standard input.");
  if (self->output == NULL)
    return tool_usage_error (error, "No project is named; add -o FILE.xges.");
  return self->paths_text == NULL
      || tool_value_enum ("--paths", self->paths_text, GST_TYPE_MONTAGE_PATHS,
          &self->paths, error);
}

/* All parts, or none. */
static gboolean
write_texts (const Export *self, ToolOutputs *outputs, GStrv texts,
    GError **error)
{
  for (guint i = 0; texts[i] != NULL; i++) {
    g_autofree gchar *path = tool_project_part_path (self->output, i);
    gint index = tool_outputs_add (outputs, path, error);

    if (index < 0 || !tool_outputs_write (outputs, index, texts[i], -1, error))
      return FALSE;
  }
  return tool_outputs_commit (outputs, error);
}

static gboolean
run (const Export *self, GError **error)
{
  g_autoptr (ToolOutputs) outputs = tool_outputs_new (self->force);
  g_autoptr (GstMontagePlan) plan = NULL;
  g_auto (GStrv) texts = NULL;

  if (!tool_project_check (self->output, error))
    return FALSE;
  plan = tool_plan_load (self->plans[0], error);
  if (plan == NULL)
    return FALSE;
  tool_outputs_protect (outputs, self->plans[0]);
  texts = tool_project_texts (plan, self->output, (GstMontagePaths) self->paths,
      error);
  return texts != NULL && write_texts (self, outputs, texts, error);
}

ToolStatus
tool_cmd_export (GStrv arguments)
{
  Export self = {0};
  GError *error = NULL;
  ToolStatus status = TOOL_OK;

  if (!parse (&self, &arguments, &error) || !run (&self, &error))
    status = tool_report (FALSE, "export", error);
  g_free (self.output);
  g_free (self.paths_text);
  g_strfreev (self.plans);
  return status;
}
