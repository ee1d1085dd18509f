/* SPDX-License-Identifier: LGPL-2.1-or-later */
#ifdef HAVE_CONFIG_H
#include "config.h"
#endif

#include <string.h>

#include "commands.h"
#include "decisions.h"
#include "filmjob.h"
#include "filmwriter.h"
#include "jsontext.h"
#include "picture.h"
#include "project.h"
#include "summary.h"

#define DEFAULT_FILM "montage.mp4"

/* The outputs of the run, -1 where one is not asked for. */
typedef struct
{
  const ToolContainer *container;
  gint film;
  gint plan;
  gint xges;
  gint decisions;
  gint picture;
} Make;

/* @path with its extension replaced. */
static gchar *
beside (const gchar *path, const gchar *extension)
{
  const gchar *dot = strrchr (path, '.');
  g_autofree gchar *stem = g_strndup (path, dot - path);

  return g_strconcat (stem, extension, NULL);
}

static gboolean
add_beside (ToolOutputs *outputs, const gchar *film, const gchar *extension,
    gint *index, GError **error)
{
  g_autofree gchar *path = beside (film, extension);

  *index = tool_outputs_add (outputs, path, error);
  return *index >= 0;
}

static gboolean
add_optional (ToolOutputs *outputs, const gchar *path, gint *index,
    GError **error)
{
  *index = -1;
  if (path == NULL)
    return TRUE;
  *index = tool_outputs_add (outputs, path, error);
  return *index >= 0;
}

/* Everything that can be found wrong before any work. */
static gboolean
prepare (Make *self, ToolFilmJob *job, const ToolFilmOptions *options,
    GError **error)
{
  const gchar *film = options->output != NULL ? options->output : DEFAULT_FILM;

  self->container = tool_container_for (film, error);
  if (self->container == NULL)
    return FALSE;
  if (options->picture != NULL && !tool_picture_check (options->picture, error))
    return FALSE;
  tool_film_job_protect (job, options);
  self->film = self->xges = -1;
  if (!options->no_render
      && !add_optional (job->outputs, film, &self->film, error))
    return FALSE;
  if (!add_beside (job->outputs, film, ".plan.json", &self->plan, error)
      || (tool_project_available ()
          && !add_beside (job->outputs, film, ".xges", &self->xges, error))
      || !add_optional (job->outputs, options->decisions, &self->decisions,
          error)
      || !add_optional (job->outputs, options->picture, &self->picture, error))
    return FALSE;
  return options->no_render || tool_film_check (self->container, error);
}

static gboolean
write_text (ToolFilmJob *job, gint index, gchar *text, GError **error)
{
  g_autofree G_GNUC_UNUSED gchar *owned = text;

  return text != NULL
      && tool_outputs_write (job->outputs, index, text, -1, error);
}

/* A project that cannot be made is no reason to withhold the film. */
static gboolean
write_project (Make *self, ToolFilmJob *job, const GstMontagePlan *plan,
    GError **error)
{
  g_autoptr (GError) cause = NULL;
  g_autofree gchar *text = NULL;

  if (self->xges < 0)
    return TRUE;
  text = tool_project_text (plan, &cause);
  if (text != NULL)
    return tool_outputs_write (job->outputs, self->xges, text, -1, error);
  self->xges = -1;
  tool_film_job_tell (job, cause->message);
  return TRUE;
}

/* Before the film: what fails here has not cost a rendering. */
static gboolean
write_documents (Make *self, ToolFilmJob *job, const ToolFilmOptions *options,
    const GstMontagePlan *plan, GError **error)
{
  if (!write_text (job, self->plan, gst_montage_plan_to_json (plan), error)
      || !write_project (self, job, plan, error))
    return FALSE;
  return self->decisions < 0
      || write_text (job, self->decisions, tool_decisions_json (plan), error);
}

static void
append_path (GString *out, const gchar *key, const ToolFilmJob *job, gint index)
{
  if (index >= 0)
    tool_json_string (out, key, tool_outputs_path (job->outputs, index));
}

static void
print_result_json (const Make *self, const ToolFilmJob *job,
    const GstMontagePlan *plan)
{
  g_autoptr (GString) out = g_string_new (NULL);
  g_autofree gchar *metrics = gst_montage_metrics_to_json (&plan->metrics);

  tool_json_begin (out, NULL, '{');
  append_path (out, "film", job, self->film);
  append_path (out, "plan", job, self->plan);
  append_path (out, "xges", job, self->xges);
  append_path (out, "decisions", job, self->decisions);
  append_path (out, "picture", job, self->picture);
  tool_json_uint (out, "frames",
      self->film >= 0 ? job->n_frames : gst_montage_plan_n_frames (plan));
  tool_json_uint (out, "duration", plan->duration);
  tool_json_uint (out, "cuts", plan->cuts->len);
  tool_json_raw (out, "metrics", metrics);
  tool_json_begin (out, "notes", '[');
  for (guint i = 0; i < job->notes->len; i++)
    tool_json_string (out, NULL, g_ptr_array_index (job->notes, i));
  tool_json_end (out, ']');
  tool_json_end (out, '}');
  tool_json_line (out);
  tool_out (out->str);
}

static void
print_result (const Make *self, const ToolFilmJob *job,
    const GstMontagePlan *plan)
{
  const gint indices[] = {self->film, self->plan, self->xges, self->decisions,
      self->picture};
  g_autofree gchar *summary = tool_summary_text (plan);

  tool_terminal_close (job->session.terminal);
  if (tool_terminal_is_json (job->session.terminal)) {
    print_result_json (self, job, plan);
    return;
  }
  tool_out (summary);
  tool_out ("Written:");
  for (guint i = 0; i < G_N_ELEMENTS (indices); i++) {
    if (indices[i] < 0)
      continue;
    tool_out (" ");
    tool_out (tool_outputs_path (job->outputs, indices[i]));
  }
  tool_out ("\n");
}

static gboolean
run (ToolFilmJob *job, ToolFilmOptions *options, GError **error)
{
  Make self = {0};
  g_autoptr (GstMontagePlan) plan = NULL;

  if (!prepare (&self, job, options, error))
    return FALSE;
  plan = tool_film_job_plan (job, options, error);
  if (plan == NULL)
    return FALSE;
  tool_film_job_show (job, plan, options->verbose, options->json);
  if (!write_documents (&self, job, options, plan, error))
    return FALSE;
  if (self.film >= 0
      && !tool_film_job_render (job, plan, self.container, self.film, error))
    return FALSE;
  if (self.picture >= 0
      && !tool_film_job_draw (job, plan, options, self.picture, error))
    return FALSE;
  if (g_cancellable_set_error_if_cancelled (job->session.cancellable, error)
      || !tool_outputs_commit (job->outputs, error))
    return FALSE;
  print_result (&self, job, plan);
  return TRUE;
}

ToolStatus
tool_cmd_make (GStrv arguments)
{
  ToolFilmOptions options = {0};
  ToolFilmJob job = {0};
  GError *error = NULL;
  ToolStatus status;

  if (!tool_film_options_parse (&options, &arguments,
          "Makes a film from clips, a song and a sentence. Beside FILM.mp4 it "
          "writes FILM.plan.json and FILM.xges.",
          TRUE, &error)) {
    status = tool_report (options.json, "make", error);
  } else {
    tool_film_job_begin (&job, options.json, options.force);
    run (&job, &options, &error);
    status = tool_film_job_end (&job, error);
  }
  tool_film_options_clear (&options);
  return status;
}
