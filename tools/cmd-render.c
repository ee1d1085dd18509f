/* SPDX-License-Identifier: LGPL-2.1-or-later */
#ifdef HAVE_CONFIG_H
#include "config.h"
#endif

#include <stdio.h>

#include "commands.h"
#include "documents.h"
#include "filmrender.h"
#include "jsontext.h"
#include "summary.h"
#include "values.h"

#define CHUNKS_MAX 10000
/* What is rendered where no film is named. */
#define DEFAULT_FILM "film.mp4"

typedef enum
{
  KIND_RENDER,
  KIND_CHUNK, /* no film, but the parts of a chunk */
  KIND_JOIN   /* the film of parts */
} Kind;

typedef struct
{
  Kind kind;
  gchar *output;
  gchar *chunk_text;
  ToolFormatOptions encoding;
  ToolRenderOptions options;
  gboolean force;
  gboolean json;
  gchar **plans;
  ToolFilmChunk chunk;
} Render;

static gboolean
read_chunk (Render *self, GError **error)
{
  g_auto (GStrv) words = g_strsplit (self->chunk_text, "/", 3);
  guint64 number, total;

  self->kind = KIND_CHUNK;
  if (g_strv_length (words) != 2
      || !g_ascii_string_to_unsigned (words[1], 10, 1, CHUNKS_MAX, &total, NULL)
      || !g_ascii_string_to_unsigned (words[0], 10, 1, total, &number, NULL))
    return tool_usage_error (error,
        "--chunk '%s' is not K/N, the K-th of N chunks: write --chunk 1/3, "
        "--chunk 2/3 and --chunk 3/3, at most %d.",
        self->chunk_text, CHUNKS_MAX);
  self->chunk = (ToolFilmChunk){number - 1, total};
  return TRUE;
}

static gboolean
check (Render *self, GError **error)
{
  if (self->plans == NULL || self->plans[1] != NULL)
    return tool_usage_error (error, "Give one plan, or - for standard input.");
  if (self->chunk_text != NULL && !read_chunk (self, error))
    return FALSE;
  if (self->kind == KIND_JOIN && self->options.parts == NULL)
    return tool_usage_error (error,
        "No parts are named; add --parts with the folder that 'render --chunk "
        "K/N --parts DIR' has put them in.");
  if (self->kind != KIND_CHUNK && self->output == NULL)
    return tool_usage_error (error, "No film is named; add -o FILM.mp4.");
  return tool_render_options_read (&self->options, error);
}

static gboolean
parse (Render *self, GStrv *arguments, GError **error)
{
  const GOptionEntry render[] = {
      {"chunk", 0, 0, G_OPTION_ARG_FILENAME, &self->chunk_text,
          "Render the parts of the K-th of N chunks only, no film", "K/N"},
      TOOL_RENDER_ENTRIES (&self->options),
  };
  const GOptionEntry join[] = {
      {"parts", 0, 0, G_OPTION_ARG_FILENAME, &self->options.parts,
          "The folder of the parts", "DIR"},
  };
  const GOptionEntry common[] = {
      {"output", 'o', 0, G_OPTION_ARG_FILENAME, &self->output,
          "The film: .mp4, .mov, .mkv, .webm or .mxf", "FILM"},
      TOOL_FORMAT_ENTRIES (&self->encoding, 0),
      {"force", 'f', 0, G_OPTION_ARG_NONE, &self->force,
          "Replace a film that is there", NULL},
      {"json", 0, 0, G_OPTION_ARG_NONE, &self->json,
          "Progress and result as one JSON object per line", NULL},
      {G_OPTION_REMAINING, 0, 0, G_OPTION_ARG_FILENAME_ARRAY, &self->plans,
          NULL, NULL},
  };
  g_autoptr (GArray) entries = g_array_new (TRUE, FALSE, sizeof (GOptionEntry));
  gboolean joins = self->kind == KIND_JOIN;

  if (joins)
    g_array_append_vals (entries, join, G_N_ELEMENTS (join));
  else
    g_array_append_vals (entries, render, G_N_ELEMENTS (render));
  g_array_append_vals (entries, common, G_N_ELEMENTS (common));
  return tool_options_parse (arguments, "PLAN",
             joins
                 ? "Joins the parts of a film that 'render --chunk' has made, "
                   "without encoding anything again."
                 : "Renders the film of a plan.",
             (const GOptionEntry *) entries->data, error)
      && check (self, error);
}

static void
print_json (const Render *self, const ToolFilmJob *job,
    const ToolFilmResult *result, const GstMontagePlan *plan)
{
  g_autoptr (GString) out = g_string_new (NULL);

  tool_json_begin (out, NULL, '{');
  if (self->kind == KIND_CHUNK)
    tool_json_string (out, "chunk", self->chunk_text);
  else
    tool_json_string (out, "film", self->output);
  tool_json_uint (out, "frames", result->n_frames);
  if (self->kind != KIND_CHUNK)
    tool_json_uint (out, "duration", plan->duration);
  tool_film_job_append_encoders (job, out);
  tool_json_uint (out, "parts_encoded", result->n_encoded);
  tool_json_uint (out, "parts_found", result->n_found);
  tool_json_begin (out, "notes", '[');
  for (guint i = 0; i < job->notes->len; i++)
    tool_json_string (out, NULL, g_ptr_array_index (job->notes, i));
  tool_json_end (out, ']');
  tool_json_end (out, '}');
  tool_json_line (out);
  tool_out (out->str);
}

static void
print_result (const Render *self, const ToolFilmJob *job,
    const ToolFilmResult *result, const GstMontagePlan *plan)
{
  g_autofree gchar *text = NULL;

  tool_terminal_close (job->session.terminal);
  if (self->json) {
    print_json (self, job, result, plan);
    return;
  }
  if (self->kind == KIND_CHUNK)
    text = g_strdup_printf ("Chunk %s: %u parts rendered, %u were there.\n",
        self->chunk_text, result->n_encoded, result->n_found);
  else
    text = tool_summary_text (plan);
  tool_out (text);
  tool_film_job_print_encoders (job);
}

static gboolean
render (const Render *self, ToolRender *how, ToolFilmJob *job,
    const ToolFilmFormat *format, const GstMontagePlan *plan, GError **error)
{
  gint index;

  if (self->kind == KIND_CHUNK)
    return tool_render_chunk (how, job, plan, format, self->chunk,
        self->output != NULL ? self->output : DEFAULT_FILM, error);
  index = tool_outputs_add (job->outputs, self->output, error);
  if (index < 0)
    return FALSE;
  return (self->kind == KIND_JOIN
                 ? tool_render_joined (how, job, plan, format, index, error)
                 : tool_render_film (how, job, plan, format, index, error))
      && tool_render_commit (how, job, error);
}

static gboolean
run (const Render *self, ToolRender *how, ToolFilmJob *job, GError **error)
{
  g_auto (ToolFilmFormat) format = {0};
  g_autoptr (GstMontagePlan) plan = NULL;

  if (!tool_film_format_init (&format,
          self->output != NULL ? self->output : DEFAULT_FILM, &self->encoding,
          error))
    return FALSE;
  plan = tool_plan_load (self->plans[0], error);
  if (plan == NULL)
    return FALSE;
  tool_outputs_protect (job->outputs, self->plans[0]);
  tool_film_job_protect_plan (job, plan);
  tool_progress_weigh (&job->progress, TOOL_STAGE_ANALYSE, 0);
  tool_progress_weigh (&job->progress, TOOL_STAGE_PLAN, 0);
  if (!render (self, how, job, &format, plan, error))
    return FALSE;
  print_result (self, job, &how->result, plan);
  return TRUE;
}

static ToolStatus
run_command (Render *self, const gchar *name, GStrv arguments)
{
  ToolFilmJob job = {0};
  ToolRender how = {.options = &self->options};
  GError *error = NULL;
  ToolStatus status;

  if (!parse (self, &arguments, &error)) {
    status = tool_report (self->json, name, error);
  } else {
    tool_film_job_begin (&job, self->json, self->force);
    run (self, &how, &job, &error);
    tool_render_clear (&how);
    status = tool_film_job_end (&job, error);
  }
  g_free (self->output);
  g_free (self->chunk_text);
  tool_format_options_clear (&self->encoding);
  tool_render_options_clear (&self->options);
  g_strfreev (self->plans);
  return status;
}

ToolStatus
tool_cmd_render (GStrv arguments)
{
  Render self = {.kind = KIND_RENDER};

  return run_command (&self, "render", arguments);
}

ToolStatus
tool_cmd_join (GStrv arguments)
{
  Render self = {.kind = KIND_JOIN};

  return run_command (&self, "join", arguments);
}
