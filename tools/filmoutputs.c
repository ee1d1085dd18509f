/* SPDX-License-Identifier: LGPL-2.1-or-later */
#ifdef HAVE_CONFIG_H
#include "config.h"
#endif

#include "filmoutputs.h"

#include "decisions.h"
#include "jsontext.h"
#include "summary.h"
#include "takes.h"

static void
clear (gpointer data)
{
  ToolFilmOutputs *self = data;

  g_array_unref (self->projects);
}

GArray *
tool_film_outputs_array_new (void)
{
  GArray *self = g_array_new (FALSE, FALSE, sizeof (ToolFilmOutputs));

  g_array_set_clear_func (self, clear);
  return self;
}

ToolFilmOutputs *
tool_film_outputs_append (GArray *takes)
{
  ToolFilmOutputs take = {-1, -1, -1, -1,
      g_array_new (FALSE, FALSE, sizeof (gint))};

  g_array_append_val (takes, take);
  return &g_array_index (takes, ToolFilmOutputs, takes->len - 1);
}

gboolean
tool_film_outputs_add (ToolOutputs *outputs, const gchar *path, guint take,
    guint n_takes, gint *index, GError **error)
{
  g_autofree gchar *own = NULL;

  if (path == NULL || g_str_equal (path, "-"))
    return TRUE;
  own = tool_take_path (path, take, n_takes);
  *index = tool_outputs_add (outputs, own, error);
  return *index >= 0;
}

static gboolean
write_text (ToolFilmJob *job, gint index, gchar *text, GError **error)
{
  g_autofree G_GNUC_UNUSED gchar *owned = text;

  return tool_outputs_write (job->outputs, index, text, -1, error);
}

gboolean
tool_film_outputs_write (const ToolFilmOutputs *self, ToolFilmJob *job,
    const GstMontagePlan *plan, GError **error)
{
  if (self->plan >= 0
      && !write_text (job, self->plan, gst_montage_plan_to_json (plan), error))
    return FALSE;
  return self->decisions < 0
      || write_text (job, self->decisions, tool_decisions_json (plan), error);
}

gboolean
tool_film_outputs_draw (const GArray *takes, ToolFilmJob *job,
    const GPtrArray *plans, const ToolFilmOptions *options, GError **error)
{
  for (job->take = 0; job->take < takes->len; job->take++) {
    gint index = g_array_index (takes, ToolFilmOutputs, job->take).picture;

    if (index >= 0
        && !tool_film_job_draw (job, g_ptr_array_index (plans, job->take),
            options, index, error))
      return FALSE;
  }
  return TRUE;
}

gchar *
tool_film_outputs_text (const GPtrArray *plans, guint take)
{
  return plans->len == 1 ? tool_summary_text (g_ptr_array_index (plans, 0))
                         : tool_take_text (plans, take);
}

static void
append_path (GString *out, const gchar *key, const ToolFilmJob *job, gint index)
{
  if (index >= 0)
    tool_json_string (out, key, tool_outputs_path (job->outputs, index));
}

static void
append_projects (GString *out, const GArray *projects, const ToolFilmJob *job)
{
  if (projects->len == 0)
    return;
  tool_json_begin (out, "projects", '[');
  for (guint i = 0; i < projects->len; i++)
    append_path (out, NULL, job, g_array_index (projects, gint, i));
  tool_json_end (out, ']');
}

static void
append_take (GString *out, const ToolFilmOutputs *self, const ToolFilmJob *job,
    const GstMontagePlan *plan, gboolean always_plan)
{
  g_autofree gchar *metrics = gst_montage_metrics_to_json (&plan->metrics);

  append_path (out, "film", job, self->film);
  append_path (out, "plan", job, self->plan);
  if (always_plan && self->plan < 0)
    tool_json_string (out, "plan", NULL);
  append_path (out, "decisions", job, self->decisions);
  append_path (out, "picture", job, self->picture);
  append_projects (out, self->projects, job);
  tool_json_uint (out, "frames", gst_montage_plan_n_frames (plan));
  tool_json_uint (out, "duration", plan->duration);
  tool_json_uint (out, "cuts", plan->cuts->len);
  tool_json_raw (out, "metrics", metrics);
}

static void
append_takes (GString *out, const GArray *takes, const ToolFilmJob *job,
    const GPtrArray *plans, gboolean always_plan)
{
  tool_json_begin (out, "takes", '[');
  for (guint i = 0; i < takes->len; i++) {
    const GstMontagePlan *plan = g_ptr_array_index (plans, i);

    tool_json_begin (out, NULL, '{');
    append_take (out, &g_array_index (takes, ToolFilmOutputs, i), job, plan,
        always_plan);
    tool_json_uint (out, "different_cuts",
        tool_take_differences (plan, g_ptr_array_index (plans, 0)));
    tool_json_end (out, '}');
  }
  tool_json_end (out, ']');
}

void
tool_film_outputs_print_json (const GArray *takes, const ToolFilmJob *job,
    const GPtrArray *plans, gboolean always_plan)
{
  g_autoptr (GString) out = g_string_new (NULL);

  tool_json_begin (out, NULL, '{');
  if (takes->len == 1)
    append_take (out, &g_array_index (takes, ToolFilmOutputs, 0), job,
        g_ptr_array_index (plans, 0), always_plan);
  else
    append_takes (out, takes, job, plans, always_plan);
  tool_film_job_append_encoders (job, out);
  tool_json_begin (out, "notes", '[');
  for (guint i = 0; i < job->notes->len; i++)
    tool_json_string (out, NULL, g_ptr_array_index (job->notes, i));
  tool_json_end (out, ']');
  tool_json_end (out, '}');
  tool_json_line (out);
  tool_out (out->str);
}
