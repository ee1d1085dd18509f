/* SPDX-License-Identifier: LGPL-2.1-or-later */
#ifdef HAVE_CONFIG_H
#include "config.h"
#endif

#include "filmrender.h"

/* Measured: 1800 frames of 1920x1080 through montagetimeline and x264enc at
 * veryfast take 84 s of one core. */
#define SECONDS_PER_PIXEL 22e-9

void
tool_render_clear (ToolRender *self)
{
  if (self->store.used != NULL)
    tool_part_store_close (&self->store);
  g_clear_pointer (&self->result.notes, g_ptr_array_unref);
}

static gdouble
seconds_of (const GstMontagePlan *plan)
{
  gdouble pixels = (gdouble) plan->output.width * plan->output.height
      * gst_montage_plan_n_frames (plan);

  return pixels * SECONDS_PER_PIXEL / g_get_num_processors ();
}

static void
on_progress (gdouble fraction, gpointer data)
{
  tool_film_job_advance_take (data, TOOL_STAGE_RENDER, fraction);
}

/* The store is that of all films of @job. */
static gboolean
begin (ToolRender *self, ToolFilmJob *job, const GstMontagePlan *plan,
    const gchar *beside, GError **error)
{
  g_clear_pointer (&self->result.notes, g_ptr_array_unref);
  self->result.notes = g_ptr_array_new_with_free_func (g_free);
  if (self->store.used == NULL
      && !tool_part_store_open (&self->store, self->options->parts,
          !self->no_cache, beside, error))
    return FALSE;
  tool_progress_weigh (&job->progress, TOOL_STAGE_RENDER,
      job->n_takes * seconds_of (plan));
  tool_film_job_weigh_pictures (job, plan);
  tool_film_job_advance_take (job, TOOL_STAGE_RENDER, 0);
  return TRUE;
}

static ToolFilmWriter
writer_of (ToolRender *self, ToolFilmJob *job, const ToolFilmFormat *format)
{
  return (ToolFilmWriter){
      .format = format,
      .store = &self->store,
      .n_jobs = self->options->n_jobs,
      .progress = on_progress,
      .progress_data = job,
      .revise = self->revise,
      .revise_data = self->revise_data,
  };
}

static void
tell_all (ToolFilmJob *job, const GPtrArray *sentences)
{
  for (guint i = 0; i < sentences->len; i++)
    tool_film_job_tell (job, g_ptr_array_index (sentences, i));
}

static void
finish (ToolRender *self, ToolFilmJob *job, const GstMontagePlan *plan,
    const ToolFilmFormat *format)
{
  tell_all (job, self->result.notes);
  tell_all (job, format->notes);
  job->video_encoder = format->video->element;
  job->audio_encoder = plan->music.uri != NULL ? format->audio->element : NULL;
}

typedef gboolean (*Write) (const ToolFilmWriter *writer,
    const GstMontagePlan *plan, GCancellable *cancellable,
    ToolFilmResult *result, GError **error);

static gboolean
write_film (ToolRender *self, ToolFilmJob *job, const GstMontagePlan *plan,
    const ToolFilmFormat *format, gint index, Write write, GError **error)
{
  ToolFilmWriter writer = writer_of (self, job, format);
  g_autoptr (GstMontagePlan) own = tool_film_format_plan (format, plan, error);
  g_autofree gchar *scratch = NULL;

  if (own == NULL)
    return FALSE;
  writer.name = tool_outputs_path (job->outputs, index);
  if (!begin (self, job, own, writer.name, error))
    return FALSE;
  writer.location = tool_outputs_temporary (job->outputs, index, error);
  if (writer.location == NULL)
    return FALSE;
  if (format->container->scratch != NULL) {
    scratch = tool_outputs_scratch (job->outputs, index, error);
    if (scratch == NULL)
      return FALSE;
    writer.scratch = scratch;
  }
  if (!write (&writer, own, job->session.cancellable, &self->result, error))
    return FALSE;
  finish (self, job, own, format);
  return TRUE;
}

gboolean
tool_render_film (ToolRender *self, ToolFilmJob *job,
    const GstMontagePlan *plan, const ToolFilmFormat *format, gint index,
    GError **error)
{
  return write_film (self, job, plan, format, index, tool_film_write, error);
}

gboolean
tool_render_joined (ToolRender *self, ToolFilmJob *job,
    const GstMontagePlan *plan, const ToolFilmFormat *format, gint index,
    GError **error)
{
  return write_film (self, job, plan, format, index, tool_film_write_joined,
      error);
}

gboolean
tool_render_chunk (ToolRender *self, ToolFilmJob *job,
    const GstMontagePlan *plan, const ToolFilmFormat *format,
    ToolFilmChunk chunk, const gchar *beside, GError **error)
{
  ToolFilmWriter writer = writer_of (self, job, format);
  g_autoptr (GstMontagePlan) own = tool_film_format_plan (format, plan, error);

  if (own == NULL || !begin (self, job, own, beside, error)
      || !tool_film_write_chunk (&writer, own, chunk, job->session.cancellable,
          &self->result, error))
    return FALSE;
  finish (self, job, own, format);
  return TRUE;
}

gboolean
tool_render_commit (ToolRender *self, ToolFilmJob *job, GError **error)
{
  if (!tool_outputs_commit (job->outputs, error))
    return FALSE;
  if (self->store.used != NULL)
    tool_part_store_release (&self->store);
  return TRUE;
}
