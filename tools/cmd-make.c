/* SPDX-License-Identifier: LGPL-2.1-or-later */
#ifdef HAVE_CONFIG_H
#include "config.h"
#endif

#include <string.h>

#include "commands.h"
#include "filmoutputs.h"
#include "filmprojects.h"
#include "filmrender.h"
#include "picture.h"
#include "takes.h"

#define DEFAULT_FILM "montage.mp4"

typedef struct
{
  ToolFilmFormat format;
  ToolRender render;
  GArray *takes; /* of ToolFilmOutputs */
} Make;

static ToolFilmOutputs *
take_of (const Make *self, guint i)
{
  return &g_array_index (self->takes, ToolFilmOutputs, i);
}

/* @path with its extension replaced. */
static gchar *
beside (const gchar *path, const gchar *extension)
{
  const gchar *dot = strrchr (path, '.');
  g_autofree gchar *stem = g_strndup (path, dot - path);

  return g_strconcat (stem, extension, NULL);
}

static gboolean
add_take (Make *self, ToolFilmJob *job, const ToolFilmOptions *options,
    const gchar *film, GError **error)
{
  guint take = self->takes->len, n = options->n_takes;
  g_autofree gchar *own = tool_take_path (film, take, n);
  g_autofree gchar *plan = beside (own, ".plan.json");
  ToolFilmOutputs *out = tool_film_outputs_append (self->takes);

  return tool_film_outputs_add (job->outputs, options->no_render ? NULL : own,
             0, 1, &out->film, error)
      && tool_film_outputs_add (job->outputs, plan, 0, 1, &out->plan, error)
      && tool_film_outputs_add (job->outputs, options->decisions, take, n,
          &out->decisions, error)
      && tool_film_outputs_add (job->outputs, options->picture, take, n,
          &out->picture, error)
      && tool_film_projects_add (out->projects, job->outputs, own,
          options->projects, error);
}

/* Everything that can be found wrong before any work. */
static gboolean
prepare (Make *self, ToolFilmJob *job, const ToolFilmOptions *options,
    GError **error)
{
  const gchar *film = options->output != NULL ? options->output : DEFAULT_FILM;

  if (options->no_render ? tool_container_for (film, error) == NULL
                         : !tool_film_format_init (&self->format, film,
                             &options->encoding, error))
    return FALSE;
  if (options->picture != NULL && !tool_picture_check (options->picture, error))
    return FALSE;
  tool_film_job_protect (job, options);
  while (self->takes->len < options->n_takes)
    if (!add_take (self, job, options, film, error))
      return FALSE;
  return TRUE;
}

/* Before the films: what fails here has not cost a rendering. */
static gboolean
write_documents (Make *self, ToolFilmJob *job, const GPtrArray *plans,
    const ToolFilmOptions *options, GError **error)
{
  for (guint i = 0; i < plans->len; i++) {
    const GstMontagePlan *plan = g_ptr_array_index (plans, i);

    if (!tool_film_outputs_write (take_of (self, i), job, plan, error)
        || !tool_film_projects_write (take_of (self, i)->projects, job, plan,
            (GstMontagePaths) options->paths, error))
      return FALSE;
  }
  return TRUE;
}

static gboolean
render (Make *self, ToolFilmJob *job, const GPtrArray *plans, GError **error)
{
  for (job->take = 0; job->take < plans->len; job->take++) {
    gint film = take_of (self, job->take)->film;

    if (film >= 0
        && !tool_render_film (&self->render, job,
            g_ptr_array_index (plans, job->take), &self->format, film, error))
      return FALSE;
  }
  return TRUE;
}

static void
print_path (const ToolFilmJob *job, gint index)
{
  if (index < 0)
    return;
  tool_out (" ");
  tool_out (tool_outputs_path (job->outputs, index));
}

static void
print_written (const ToolFilmOutputs *take, const ToolFilmJob *job)
{
  const gint indices[] = {take->film, take->plan, take->decisions,
      take->picture};

  tool_out ("Written:");
  for (guint i = 0; i < G_N_ELEMENTS (indices); i++)
    print_path (job, indices[i]);
  for (guint i = 0; i < take->projects->len; i++)
    print_path (job, g_array_index (take->projects, gint, i));
  tool_out ("\n");
}

static void
print_result (const Make *self, const ToolFilmJob *job, const GPtrArray *plans)
{
  tool_terminal_close (job->session.terminal);
  if (tool_terminal_is_json (job->session.terminal)) {
    tool_film_outputs_print_json (self->takes, job, plans, FALSE);
    return;
  }
  for (guint i = 0; i < plans->len; i++) {
    g_autofree gchar *text = tool_film_outputs_text (plans, i);

    tool_out (text);
    tool_film_job_print_encoders (job);
    print_written (take_of (self, i), job);
  }
}

static gboolean
run (Make *self, ToolFilmJob *job, ToolFilmOptions *options, GError **error)
{
  g_autoptr (GPtrArray) plans = NULL;

  if (!prepare (self, job, options, error))
    return FALSE;
  if (!options->no_render)
    tool_film_format_prefer (&self->format, &options->format);
  plans = tool_film_job_plan (job, options, NULL, 0, error);
  if (plans == NULL)
    return FALSE;
  tool_film_job_show (job, plans, options->verbose, options->json);
  if (!write_documents (self, job, plans, options, error)
      || !render (self, job, plans, error)
      || !tool_film_outputs_draw (self->takes, job, plans, options, error)
      || g_cancellable_set_error_if_cancelled (job->session.cancellable, error)
      || !tool_render_commit (&self->render, job, error))
    return FALSE;
  print_result (self, job, plans);
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
          "writes FILM.plan.json and projects for editing tools.",
          TOOL_FILM_MAKE, &error)) {
    status = tool_report (options.json, "make", error);
  } else {
    Make self = {.takes = tool_film_outputs_array_new (),
        .render = {.options = &options.render, .no_cache = options.no_cache}};

    tool_film_job_begin (&job, options.json, options.force);
    run (&self, &job, &options, &error);
    tool_render_clear (&self.render);
    status = tool_film_job_end (&job, error);
    tool_film_format_clear (&self.format);
    g_array_unref (self.takes);
  }
  tool_film_options_clear (&options);
  return status;
}
