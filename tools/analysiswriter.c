/* SPDX-License-Identifier: LGPL-2.1-or-later */
#ifdef HAVE_CONFIG_H
#include "config.h"
#endif

#include "analysiswriter.h"

#include "jsontext.h"
#include "picture.h"
#include "values.h"

static const MontageAnalysis *
analysis_at (const ToolAnalysisWriter *self, guint index)
{
  return g_ptr_array_index (self->analyses, index);
}

/* "song.ogg" gives "song.beats", "clip.mp4" gives "clip.mp4.cuts.txt": two
 * clips can share a stem, and these are the names that scorers look for. */
static gchar *
output_name (const MontageAnalysis *analysis, const gchar *extension)
{
  g_autofree gchar *path = g_filename_from_uri (analysis->uri, NULL, NULL);
  g_autofree gchar *name = g_path_get_basename (path);
  gchar *dot = strrchr (name, '.');

  if (analysis->kind == MONTAGE_ANALYSIS_BEATS && dot != NULL && dot != name)
    *dot = '\0';
  return g_strconcat (name, extension, NULL);
}

static const gchar *
document_extension (const ToolAnalysisWriter *self,
    const MontageAnalysis *analysis)
{
  switch (self->format) {
    case TOOL_FORMAT_BEATS_TXT:
      return ".beats";
    case TOOL_FORMAT_LABELS:
      return ".beats.txt";
    case TOOL_FORMAT_CUTS_TXT:
      return ".cuts.txt";
    default:
      return analysis->kind == MONTAGE_ANALYSIS_BEATS ? ".beats.json"
                                                      : ".shots.json";
  }
}

/* Whether --output is the name of the only document. */
static gboolean
is_file_name (const ToolAnalysisWriter *self)
{
  return self->output != NULL && self->analyses->len == 1
      && !g_file_test (self->output, G_FILE_TEST_IS_DIR)
      && (g_str_has_suffix (self->output, ".json")
          || g_str_has_suffix (self->output, ".txt")
          || g_str_has_suffix (self->output, ".beats"));
}

/* An output of that name in the folder of all. */
static gint
add_named (const ToolAnalysisWriter *self, ToolFilmJob *job, const gchar *name,
    GError **error)
{
  g_autofree gchar *folder = is_file_name (self)
      ? g_path_get_dirname (self->output)
      : g_strdup (self->output);
  g_autofree gchar *path = NULL;

  if (folder == NULL)
    return tool_outputs_add (job->outputs, name, error);
  if (!tool_outputs_make_folder (job->outputs, folder, error))
    return -1;
  path = g_build_filename (folder, name, NULL);
  return tool_outputs_add (job->outputs, path, error);
}

static gint
add_document (const ToolAnalysisWriter *self, ToolFilmJob *job,
    const MontageAnalysis *analysis, GError **error)
{
  g_autofree gchar *name = is_file_name (self)
      ? g_path_get_basename (self->output)
      : output_name (analysis, document_extension (self, analysis));

  return add_named (self, job, name, error);
}

/* --picture png or svg: named after each file. */
static gboolean
is_picture_kind (const gchar *picture)
{
  return g_str_equal (picture, "png") || g_str_equal (picture, "svg");
}

static gint
add_picture (const ToolAnalysisWriter *self, ToolFilmJob *job,
    const MontageAnalysis *analysis, GError **error)
{
  g_autofree gchar *extension = g_strconcat (analysis->kind
              == MONTAGE_ANALYSIS_BEATS
          ? ".beats."
          : ".shots.",
      self->picture, NULL);
  g_autofree gchar *name = output_name (analysis, extension);

  return is_picture_kind (self->picture)
      ? add_named (self, job, name, error)
      : tool_outputs_add (job->outputs, self->picture, error);
}

static gboolean
check_picture (const ToolAnalysisWriter *self, GError **error)
{
  g_autofree gchar *name = NULL;

  if (self->picture == NULL)
    return TRUE;
  name = is_picture_kind (self->picture)
      ? g_strconcat ("picture.", self->picture, NULL)
      : g_strdup (self->picture);
  if (!tool_picture_check (name, error))
    return FALSE;
  if (self->analyses->len > 1 && !is_picture_kind (self->picture))
    return tool_usage_error (error,
        "--picture '%s' is one file for the pictures of %u; --picture png or "
        "--picture svg makes one beside each document.",
        self->picture, self->analyses->len);
  return TRUE;
}

gboolean
tool_analysis_writer_open (ToolAnalysisWriter *self, ToolFilmJob *job,
    GError **error)
{
  gboolean to_stdout = self->output == NULL && self->analyses->len == 1;

  if (!check_picture (self, error))
    return FALSE;
  /* What is found is in the cache, too. */
  tool_outputs_set_durable (job->outputs, FALSE);
  self->documents = g_new (gint, self->analyses->len);
  self->pictures = g_new (gint, self->analyses->len);
  for (guint i = 0; i < self->analyses->len; i++) {
    const MontageAnalysis *analysis = analysis_at (self, i);

    self->documents[i] = self->pictures[i] = -1;
    if (!to_stdout
        && (self->documents[i] = add_document (self, job, analysis, error)) < 0)
      return FALSE;
    if (self->picture != NULL
        && (self->pictures[i] = add_picture (self, job, analysis, error)) < 0)
      return FALSE;
  }
  return TRUE;
}

static gchar *
document_text (const ToolAnalysisWriter *self, const MontageAnalysis *analysis)
{
  switch (self->format) {
    case TOOL_FORMAT_BEATS_TXT:
      return gst_montage_beat_grid_to_text (analysis->beats);
    case TOOL_FORMAT_LABELS:
      return gst_montage_beat_grid_to_labels (analysis->beats);
    case TOOL_FORMAT_CUTS_TXT:
      return gst_montage_shot_list_to_text (analysis->shots);
    default:
      return analysis->beats != NULL
          ? gst_montage_beat_grid_to_json (analysis->beats)
          : gst_montage_shot_list_to_json (analysis->shots);
  }
}

static gboolean
write_picture (const ToolAnalysisWriter *self, ToolFilmJob *job, guint index,
    GError **error)
{
  const MontageAnalysis *analysis = analysis_at (self, index);
  const gchar *name;
  gint output = self->pictures[index];
  g_autoptr (GBytes) bytes = NULL;

  if (output < 0)
    return TRUE;
  name = tool_outputs_path (job->outputs, output);
  bytes = analysis->beats != NULL
      ? tool_song_picture_draw (analysis->beats, name, error)
      : tool_shot_picture_draw (analysis->shots, name, job->session.cancellable,
          error);
  return bytes != NULL
      && tool_outputs_write (job->outputs, output,
          g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes), error);
}

gboolean
tool_analysis_writer_write (ToolAnalysisWriter *self, ToolFilmJob *job,
    guint index, GError **error)
{
  g_autofree gchar *text = document_text (self, analysis_at (self, index));

  if (!write_picture (self, job, index, error))
    return FALSE;
  if (self->documents[index] >= 0)
    return tool_outputs_write (job->outputs, self->documents[index], text, -1,
        error);
  tool_terminal_close (job->session.terminal);
  tool_out (text);
  return TRUE;
}

static void
print_written (const ToolFilmJob *job, gint output)
{
  g_autoptr (GString) out = g_string_new (NULL);

  if (output < 0 || !tool_terminal_is_json (job->session.terminal))
    return;
  tool_json_begin (out, NULL, '{');
  tool_json_string (out, "written", tool_outputs_path (job->outputs, output));
  tool_json_end (out, '}');
  tool_json_line (out);
  tool_out (out->str);
}

gboolean
tool_analysis_writer_close (ToolAnalysisWriter *self, ToolFilmJob *job,
    GError **error)
{
  if (!tool_outputs_commit (job->outputs, error))
    return FALSE;
  for (guint i = 0; i < self->analyses->len; i++) {
    if (analysis_at (self, i)->error != NULL)
      continue;
    print_written (job, self->documents[i]);
    print_written (job, self->pictures[i]);
  }
  return TRUE;
}

void
tool_analysis_writer_clear (ToolAnalysisWriter *self)
{
  g_free (self->documents);
  g_free (self->pictures);
}
