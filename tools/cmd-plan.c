/* SPDX-License-Identifier: LGPL-2.1-or-later */
#ifdef HAVE_CONFIG_H
#include "config.h"
#endif

#include "commands.h"
#include "decisions.h"
#include "filmjob.h"
#include "jsontext.h"
#include "picture.h"
#include "summary.h"

typedef struct
{
  gint plan; /* -1: standard output */
  gint decisions;
  gint picture;
} Plan;

static gboolean
add (ToolOutputs *outputs, const gchar *path, gint *index, GError **error)
{
  *index = -1;
  if (path == NULL || g_str_equal (path, "-"))
    return TRUE;
  *index = tool_outputs_add (outputs, path, error);
  return *index >= 0;
}

static gboolean
write_outputs (const Plan *self, ToolFilmJob *job,
    const ToolFilmOptions *options, const GstMontagePlan *plan,
    const gchar *text, GError **error)
{
  if (self->plan >= 0
      && !tool_outputs_write (job->outputs, self->plan, text, -1, error))
    return FALSE;
  if (self->decisions >= 0) {
    g_autofree gchar *decisions = tool_decisions_json (plan);

    if (!tool_outputs_write (job->outputs, self->decisions, decisions, -1,
            error))
      return FALSE;
  }
  if (self->picture >= 0
      && !tool_film_job_draw (job, plan, options, self->picture, error))
    return FALSE;
  return tool_outputs_commit (job->outputs, error);
}

static void
print_result_json (const Plan *self, const ToolFilmJob *job,
    const ToolFilmOptions *options, const GstMontagePlan *plan)
{
  g_autoptr (GString) out = g_string_new (NULL);
  g_autofree gchar *metrics = gst_montage_metrics_to_json (&plan->metrics);

  tool_json_begin (out, NULL, '{');
  tool_json_string (out, "plan", self->plan >= 0 ? options->output : NULL);
  tool_json_uint (out, "frames", gst_montage_plan_n_frames (plan));
  tool_json_uint (out, "duration", plan->duration);
  tool_json_uint (out, "cuts", plan->cuts->len);
  tool_json_raw (out, "metrics", metrics);
  tool_json_strings (out, "notes", (const gchar *const *) plan->notes);
  tool_json_end (out, '}');
  tool_json_line (out);
  tool_out (out->str);
}

/* What the plan is worth, beside the plan itself where that is printed. */
static void
print_result (const Plan *self, const GstMontagePlan *plan, const gchar *text)
{
  g_autofree gchar *summary = tool_summary_text (plan);

  if (self->plan < 0) {
    tool_out (text);
    g_printerr ("%s", summary);
  } else {
    tool_out (summary);
  }
}

static gboolean
run (ToolFilmJob *job, ToolFilmOptions *options, GError **error)
{
  Plan self = {-1, -1, -1};
  g_autoptr (GstMontagePlan) plan = NULL;
  g_autofree gchar *text = NULL;

  if (options->picture != NULL && !tool_picture_check (options->picture, error))
    return FALSE;
  tool_film_job_protect (job, options);
  options->no_render = TRUE;
  if (!add (job->outputs, options->output, &self.plan, error)
      || !add (job->outputs, options->decisions, &self.decisions, error)
      || !add (job->outputs, options->picture, &self.picture, error))
    return FALSE;
  plan = tool_film_job_plan (job, options, error);
  if (plan == NULL)
    return FALSE;
  tool_film_job_show (job, plan, options->verbose,
      options->json || self.plan < 0);
  text = gst_montage_plan_to_json (plan);
  if (!write_outputs (&self, job, options, plan, text, error))
    return FALSE;
  tool_terminal_close (job->session.terminal);
  if (options->json)
    print_result_json (&self, job, options, plan);
  else
    print_result (&self, plan, text);
  return TRUE;
}

ToolStatus
tool_cmd_plan (GStrv arguments)
{
  ToolFilmOptions options = {0};
  ToolFilmJob job = {0};
  GError *error = NULL;
  ToolStatus status;

  if (!tool_film_options_parse (&options, &arguments,
          "Plans a film from clips, a song and a sentence, and renders "
          "nothing.",
          FALSE, &error)) {
    status = tool_report (options.json, "plan", error);
  } else {
    tool_film_job_begin (&job, options.json, options.force);
    run (&job, &options, &error);
    status = tool_film_job_end (&job, error);
  }
  tool_film_options_clear (&options);
  return status;
}
