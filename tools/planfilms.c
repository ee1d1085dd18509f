/* SPDX-License-Identifier: LGPL-2.1-or-later */
#ifdef HAVE_CONFIG_H
#include "config.h"
#endif

#include "planfilms.h"

#include "filmoutputs.h"
#include "picture.h"
#include "values.h"

static gboolean
is_to_stdout (const ToolFilmOptions *options)
{
  return options->output == NULL || g_str_equal (options->output, "-");
}

/* Everything that can be found wrong before any work. */
static gboolean
prepare (GArray *takes, ToolFilmJob *job, const ToolFilmOptions *options,
    GError **error)
{
  guint n = options->n_takes;

  if (n > 1 && is_to_stdout (options))
    return tool_usage_error (error,
        "Several plans need a name; add -o film.plan.json for "
        "film-1.plan.json and so on.");
  if (options->picture != NULL && !tool_picture_check (options->picture, error))
    return FALSE;
  for (guint i = 0; i < n; i++) {
    ToolFilmOutputs *out = tool_film_outputs_append (takes);

    if (!tool_film_outputs_add (job->outputs, options->output, i, n, &out->plan,
            error)
        || !tool_film_outputs_add (job->outputs, options->decisions, i, n,
            &out->decisions, error)
        || !tool_film_outputs_add (job->outputs, options->picture, i, n,
            &out->picture, error))
      return FALSE;
  }
  return TRUE;
}

static gboolean
write_takes (const GArray *takes, ToolFilmJob *job, const GPtrArray *plans,
    const ToolFilmOptions *options, GError **error)
{
  for (guint i = 0; i < plans->len; i++)
    if (!tool_film_outputs_write (&g_array_index (takes, ToolFilmOutputs, i),
            job, g_ptr_array_index (plans, i), error))
      return FALSE;
  return tool_film_outputs_draw (takes, job, plans, options, error)
      && tool_outputs_commit (job->outputs, error);
}

/* The figures beside the plan, which has standard output. */
static void
print_plan (const GstMontagePlan *plan, const gchar *figures)
{
  g_autofree gchar *text = gst_montage_plan_to_json (plan);

  tool_out (text);
  g_printerr ("%s", figures);
}

static void
print_result (const GArray *takes, const ToolFilmJob *job,
    const GPtrArray *plans, const ToolFilmOptions *options)
{
  tool_terminal_close (job->session.terminal);
  if (options->json) {
    tool_film_outputs_print_json (takes, job, plans, TRUE);
    return;
  }
  for (guint i = 0; i < plans->len; i++) {
    g_autofree gchar *text = tool_film_outputs_text (plans, i);

    if (is_to_stdout (options))
      print_plan (g_ptr_array_index (plans, i), text);
    else
      tool_out (text);
  }
}

gboolean
tool_plan_films (ToolFilmJob *job, ToolFilmOptions *options,
    const GstMontagePlan *previous, guint n_kept, GError **error)
{
  g_autoptr (GArray) takes = tool_film_outputs_array_new ();
  g_autoptr (GPtrArray) plans = NULL;

  options->no_render = TRUE;
  if (!prepare (takes, job, options, error))
    return FALSE;
  plans = tool_film_job_plan (job, options, previous, n_kept, error);
  if (plans == NULL)
    return FALSE;
  tool_film_job_show (job, plans, options->verbose,
      options->json || is_to_stdout (options));
  if (!write_takes (takes, job, plans, options, error))
    return FALSE;
  print_result (takes, job, plans, options);
  return TRUE;
}
