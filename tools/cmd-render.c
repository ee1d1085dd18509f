/* SPDX-License-Identifier: LGPL-2.1-or-later */
#ifdef HAVE_CONFIG_H
#include "config.h"
#endif

#include "commands.h"
#include "documents.h"
#include "filmjob.h"
#include "filmwriter.h"
#include "jsontext.h"
#include "summary.h"
#include "values.h"

typedef struct
{
  gchar *output;
  ToolFormatOptions encoding;
  gboolean force;
  gboolean json;
  gchar **plans;
} Render;

static gboolean
parse (Render *self, GStrv *arguments, GError **error)
{
  const GOptionEntry entries[] = {
      {"output", 'o', 0, G_OPTION_ARG_FILENAME, &self->output,
          "The film: .mp4, .mov, .mkv, .webm or .mxf", "FILM"},
      TOOL_FORMAT_ENTRIES (&self->encoding, 0),
      {"force", 'f', 0, G_OPTION_ARG_NONE, &self->force,
          "Replace a film that is there", NULL},
      {"json", 0, 0, G_OPTION_ARG_NONE, &self->json,
          "Progress and result as one JSON object per line", NULL},
      {G_OPTION_REMAINING, 0, 0, G_OPTION_ARG_FILENAME_ARRAY, &self->plans,
          NULL, NULL},
      {NULL},
  };

  if (!tool_options_parse (arguments, "PLAN", "Renders the film of a plan.",
          entries, error))
    return FALSE;
  if (self->plans == NULL || self->plans[1] != NULL)
    return tool_usage_error (error, "Give one plan, or - for standard input.");
  if (self->output == NULL)
    return tool_usage_error (error, "No film is named; add -o FILM.mp4.");
  return TRUE;
}

static void
print_result (const Render *self, const ToolFilmJob *job,
    const GstMontagePlan *plan)
{
  g_autoptr (GString) out = g_string_new (NULL);
  g_autofree gchar *summary = tool_summary_text (plan);

  tool_terminal_close (job->session.terminal);
  if (!self->json) {
    tool_out (summary);
    tool_film_job_print_encoders (job);
    return;
  }
  tool_json_begin (out, NULL, '{');
  tool_json_string (out, "film", self->output);
  tool_json_uint (out, "frames", job->n_frames);
  tool_json_uint (out, "duration", plan->duration);
  tool_film_job_append_encoders (job, out);
  tool_json_begin (out, "notes", '[');
  for (guint i = 0; i < job->notes->len; i++)
    tool_json_string (out, NULL, g_ptr_array_index (job->notes, i));
  tool_json_end (out, ']');
  tool_json_end (out, '}');
  tool_json_line (out);
  tool_out (out->str);
}

static gboolean
run (const Render *self, ToolFilmJob *job, GError **error)
{
  g_auto (ToolFilmFormat) format = {0};
  g_autoptr (GstMontagePlan) plan = NULL;
  gint index;

  if (!tool_film_format_init (&format, self->output, &self->encoding, error))
    return FALSE;
  plan = tool_plan_load (self->plans[0], error);
  if (plan == NULL)
    return FALSE;
  tool_outputs_protect (job->outputs, self->plans[0]);
  tool_film_job_protect_plan (job, plan);
  tool_progress_weigh (&job->progress, TOOL_STAGE_ANALYSE, 0);
  tool_progress_weigh (&job->progress, TOOL_STAGE_PLAN, 0);
  index = tool_outputs_add (job->outputs, self->output, error);
  if (index < 0 || !tool_film_job_render (job, plan, &format, index, error)
      || !tool_outputs_commit (job->outputs, error))
    return FALSE;
  print_result (self, job, plan);
  return TRUE;
}

ToolStatus
tool_cmd_render (GStrv arguments)
{
  Render self = {0};
  ToolFilmJob job = {0};
  GError *error = NULL;
  ToolStatus status;

  if (!parse (&self, &arguments, &error)) {
    status = tool_report (self.json, "render", error);
  } else {
    tool_film_job_begin (&job, self.json, self.force);
    run (&self, &job, &error);
    status = tool_film_job_end (&job, error);
  }
  g_free (self.output);
  tool_format_options_clear (&self.encoding);
  g_strfreev (self.plans);
  return status;
}
