/* SPDX-License-Identifier: LGPL-2.1-or-later */
#ifdef HAVE_CONFIG_H
#include "config.h"
#endif

#include "commands.h"
#include "documents.h"
#include "planfilms.h"
#include "values.h"

/* How many cuts of @plan come before the one that @text names: by its number,
 * as the cards have it, or by a time in it. */
static gboolean
find_cut (const gchar *text, const GstMontagePlan *plan, guint *n_kept,
    GError **error)
{
  guint64 number = 0;
  GstClockTime time = 0;

  if (strspn (text, "0123456789") == strlen (text)) {
    if (!g_ascii_string_to_unsigned (text, 10, 1, plan->cuts->len, &number,
            NULL))
      return tool_usage_error (error,
          "--from '%s' is no cut of the plan; it has %u. A time is written "
          "with a point or a colon: 12.0, 0:12.",
          text, plan->cuts->len);
    *n_kept = number - 1;
    return TRUE;
  }
  if (!tool_value_time ("--from", text, plan->output.fps_n, plan->output.fps_d,
          &time, error))
    return FALSE;
  if (gst_montage_plan_cut_at (plan, time, n_kept) == NULL) {
    g_autofree gchar *end = tool_time_text (plan->duration);

    return tool_usage_error (error,
        "--from '%s' is past the end of the film, %s.", text, end);
  }
  return TRUE;
}

/* The kept cuts are part of the new film. */
static gboolean
check_duration (const ToolFilmOptions *options, const GstMontagePlan *plan,
    guint n_kept, GError **error)
{
  GstClockTime kept = g_array_index (plan->cuts, GstMontageCut, n_kept).start;
  g_autofree gchar *text = NULL;

  if (options->duration == 0 || options->duration > kept)
    return TRUE;
  text = tool_time_text (kept);
  return tool_usage_error (error,
      "--duration '%s' is not longer than what is kept, %s.",
      options->duration_text, text);
}

static gboolean
run (ToolFilmJob *job, ToolFilmOptions *options, GError **error)
{
  const gchar *path = options->clips[0];
  g_autoptr (GstMontagePlan) plan = tool_plan_load (path, error);
  guint n_kept = 0;

  if (plan == NULL || !find_cut (options->from_cut, plan, &n_kept, error)
      || !check_duration (options, plan, n_kept, error))
    return FALSE;
  tool_outputs_protect (job->outputs, path);
  tool_film_job_protect_plan (job, plan);
  return tool_plan_films (job, options, plan, n_kept, error);
}

ToolStatus
tool_cmd_replan (GStrv arguments)
{
  ToolFilmOptions options = {0};
  ToolFilmJob job = {0};
  GError *error = NULL;
  ToolStatus status;

  if (!tool_film_options_parse (&options, &arguments,
          "Plans a film anew from a cut on; what comes before stays.",
          TOOL_FILM_REPLAN, &error)) {
    status = tool_report (options.json, "replan", error);
  } else {
    tool_film_job_begin (&job, options.json, options.force);
    run (&job, &options, &error);
    status = tool_film_job_end (&job, error);
  }
  tool_film_options_clear (&options);
  return status;
}
