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
  gboolean force;
  gchar **plans;
} Export;

static gboolean
parse (Export *self, GStrv *arguments, GError **error)
{
  const GOptionEntry entries[] = {
      {"output", 'o', 0, G_OPTION_ARG_FILENAME, &self->output,
          "The project: .xges, for Pitivi and GES", "FILE"},
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
  return TRUE;
}

static gboolean
run (const Export *self, GError **error)
{
  g_autoptr (ToolOutputs) outputs = tool_outputs_new (self->force);
  g_autoptr (GstMontagePlan) plan = NULL;
  g_autofree gchar *text = NULL;
  gint index;

  if (!tool_project_check (self->output, error))
    return FALSE;
  plan = tool_plan_load (self->plans[0], error);
  if (plan == NULL)
    return FALSE;
  tool_outputs_protect (outputs, self->plans[0]);
  index = tool_outputs_add (outputs, self->output, error);
  if (index < 0)
    return FALSE;
  text = tool_project_text (plan, error);
  return text != NULL && tool_outputs_write (outputs, index, text, -1, error)
      && tool_outputs_commit (outputs, error);
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
  g_strfreev (self.plans);
  return status;
}
