/* SPDX-License-Identifier: LGPL-2.1-or-later */
#ifdef HAVE_CONFIG_H
#include "config.h"
#endif

#include "filmwriter.h"

#include "filmjoiner.h"

/* How often cancelling and progress are looked at. */
#define POLL_USEC (100 * 1000)

static const ToolFilmChunk whole = {0, 1};

/* The same of several parts is said once. */
static void
take_notes (ToolFilmResult *result, const ToolPart *part)
{
  for (guint i = 0; part != NULL && part->notes[i] != NULL; i++)
    if (!g_ptr_array_find_with_equal_func (result->notes, part->notes[i],
            g_str_equal, NULL))
      g_ptr_array_add (result->notes, g_strdup (part->notes[i]));
}

static void
take_result (ToolFilmRenderer *renderer, ToolFilmResult *result)
{
  g_autoptr (GPtrArray) pictures = tool_film_renderer_pictures (renderer);

  tool_film_renderer_count (renderer, &result->n_encoded, &result->n_found);
  result->n_frames = 0;
  for (guint i = 0; i < pictures->len; i++) {
    const ToolPart *part = g_ptr_array_index (pictures, i);

    result->n_frames += part->packets->len;
    take_notes (result, part);
  }
}

static gboolean
revise (const ToolFilmWriter *writer, ToolFilmRenderer *renderer,
    const GstMontagePlan **plan, GError **error)
{
  const GstMontagePlan *next = NULL;

  if (writer->revise != NULL)
    next = writer->revise (tool_film_renderer_position (renderer),
        writer->revise_data);
  if (next == NULL)
    return TRUE;
  *plan = next;
  return tool_film_renderer_set_plan (renderer, next, error);
}

/* Until all parts are there. @plan: the latest. */
static gboolean
render (const ToolFilmWriter *writer, ToolFilmRenderer *renderer,
    const GstMontagePlan **plan, GCancellable *cancellable, GError **error)
{
  gboolean done = FALSE;

  if (!tool_film_renderer_set_plan (renderer, *plan, error))
    return FALSE;
  while (!done) {
    if (g_cancellable_set_error_if_cancelled (cancellable, error)
        || !revise (writer, renderer, plan, error)
        || !tool_film_renderer_wait (renderer,
            g_get_monotonic_time () + POLL_USEC, &done, error))
      return FALSE;
    if (writer->progress != NULL)
      writer->progress (tool_film_renderer_progress (renderer),
          writer->progress_data);
  }
  return TRUE;
}

static gboolean
join (const ToolFilmWriter *writer, const GstMontagePlan *plan,
    ToolFilmRenderer *renderer, GCancellable *cancellable,
    ToolFilmResult *result, GError **error)
{
  g_autoptr (GPtrArray) pictures = tool_film_renderer_pictures (renderer);
  const ToolFilmJoiner joiner = {
      .name = writer->name,
      .location = writer->location,
      .scratch = writer->scratch,
      .format = writer->format,
      .output = &plan->output,
      .pictures = pictures,
      .sound = tool_film_renderer_sound (renderer),
  };

  take_result (renderer, result);
  return tool_film_join (&joiner, cancellable, result->notes, error);
}

gboolean
tool_film_write (const ToolFilmWriter *writer, const GstMontagePlan *plan,
    GCancellable *cancellable, ToolFilmResult *result, GError **error)
{
  g_autoptr (ToolFilmRenderer)
      renderer = tool_film_renderer_new (writer->format, writer->store, whole,
          writer->n_jobs);

  return render (writer, renderer, &plan, cancellable, error)
      && join (writer, plan, renderer, cancellable, result, error);
}

gboolean
tool_film_write_chunk (const ToolFilmWriter *writer, const GstMontagePlan *plan,
    ToolFilmChunk chunk, GCancellable *cancellable, ToolFilmResult *result,
    GError **error)
{
  g_autoptr (ToolFilmRenderer)
      renderer = tool_film_renderer_new (writer->format, writer->store, chunk,
          writer->n_jobs);

  if (!render (writer, renderer, &plan, cancellable, error))
    return FALSE;
  take_result (renderer, result);
  return TRUE;
}

gboolean
tool_film_write_joined (const ToolFilmWriter *writer,
    const GstMontagePlan *plan, GCancellable *cancellable,
    ToolFilmResult *result, GError **error)
{
  g_autoptr (ToolFilmRenderer)
      renderer = tool_film_renderer_new (writer->format, writer->store, whole,
          writer->n_jobs);
  guint n_parts, n_missing;

  if (!tool_film_renderer_set_plan (renderer, plan, error))
    return FALSE;
  n_missing = tool_film_renderer_find (renderer, &n_parts);
  if (n_missing == 0)
    return join (writer, plan, renderer, cancellable, result, error);
  g_set_error (error, GST_MONTAGE_ERROR, GST_MONTAGE_ERROR_MATERIAL,
      "%u of the %u parts of the film are not in '%s', or are damaged or of "
      "another version of the plan, its files or the profile; make them with: "
      "render PLAN --chunk K/N --parts '%s'",
      n_missing, n_parts, writer->store->folder, writer->store->folder);
  return FALSE;
}
