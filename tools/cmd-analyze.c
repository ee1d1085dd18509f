/* SPDX-License-Identifier: LGPL-2.1-or-later */
#ifdef HAVE_CONFIG_H
#include "config.h"
#endif

#include <gst/pbutils/pbutils.h>
#include <gst/pipelines/analysiscache.h>
#include <gst/pipelines/analyzer.h>
#include <gst/pipelines/mediafiles.h>
#include <gst/pipelines/stills.h>

#include "analysiswriter.h"
#include "commands.h"
#include "corrections.h"
#include "filmjob.h"
#include "songfinder.h"
#include "values.h"

/* A file that does not say what it is by then is taken by its name. */
#define PROBE_TIMEOUT (10 * GST_SECOND)
#define WORKERS_MAX 256

typedef struct
{
  gchar *output; /* a folder, or the file of one document */
  gchar *picture;
  gchar *kind_text;
  gchar *format_text;
  gchar *workers_text;
  gboolean no_cache;
  gboolean fast;
  gboolean force;
  gboolean json;
  gchar **files;
  ToolCorrections corrections;
  ToolAnalysisFormat format;
  gint kind; /* MontageAnalysisKind, -1: by content */
  guint64 n_workers;
  GPtrArray *analyses;
  ToolAnalysisWriter writer;
} Analyze;

static gboolean
parse (Analyze *self, GStrv *arguments, GError **error)
{
  ToolCorrections *corrections = &self->corrections;
  const GOptionEntry entries[] = {
      {"output", 'o', 0, G_OPTION_ARG_FILENAME, &self->output,
          "The folder for the documents, or the file of the only one; default: "
          "standard output for one file",
          "DIR|FILE"},
      {"kind", 0, 0, G_OPTION_ARG_FILENAME, &self->kind_text,
          "beats or shots; default: what the file holds", "KIND"},
      {"format", 0, 0, G_OPTION_ARG_FILENAME, &self->format_text,
          "json, beats-txt, labels or cuts-txt (default: json)", "FORMAT"},
      {"picture", 0, 0, G_OPTION_ARG_FILENAME, &self->picture,
          "Also draw what is found (.png or .svg); 'png' or 'svg': a picture "
          "per file beside its document",
          "FILE"},
      {"tempo", 0, 0, G_OPTION_ARG_FILENAME, &corrections->tempo_text,
          "The tempo of the song", "BPM"},
      {"tempo-min", 0, 0, G_OPTION_ARG_FILENAME, &corrections->tempo_min_text,
          "The lowest tempo that it can have", "BPM"},
      {"tempo-max", 0, 0, G_OPTION_ARG_FILENAME, &corrections->tempo_max_text,
          "The highest tempo that it can have", "BPM"},
      {"beats-per-bar", 0, 0, G_OPTION_ARG_FILENAME,
          &corrections->beats_per_bar_text, "How many beats a bar has", "N"},
      {"first-downbeat", 0, 0, G_OPTION_ARG_FILENAME,
          &corrections->first_downbeat_text, "A time at which a bar begins",
          "TIME"},
      {"halve", 0, 0, G_OPTION_ARG_NONE, &corrections->halve,
          "Leave out every second beat", NULL},
      {"double", 0, 0, G_OPTION_ARG_NONE, &corrections->doubles,
          "Put a beat between every two", NULL},
      {"shift", 0, 0, G_OPTION_ARG_FILENAME, &corrections->shift_text,
          "Move the beats by so much time, negative: to earlier", "SECONDS"},
      {"shift-bar", 0, 0, G_OPTION_ARG_FILENAME, &corrections->shift_bar_text,
          "Move the first beat of the bars by so many beats", "N"},
      {"beats", 0, 0, G_OPTION_ARG_FILENAME, &corrections->beats,
          "Take the beats of a document or a label file", "FILE"},
      {"detect", 0, 0, G_OPTION_ARG_NONE, &corrections->detect,
          "Find the beats also where a file beside the song has them", NULL},
      {"workers", 0, 0, G_OPTION_ARG_FILENAME, &self->workers_text,
          "Files analysed at the same time; default: one per core", "N"},
      {"fast", 0, 0, G_OPTION_ARG_NONE, &self->fast,
          "Look only at the pictures of a clip that are needed to find its "
          "shots",
          NULL},
      {"no-cache", 0, 0, G_OPTION_ARG_NONE, &self->no_cache,
          "Analyse anew, keep nothing", NULL},
      {"force", 'f', 0, G_OPTION_ARG_NONE, &self->force,
          "Replace files that are there", NULL},
      {"json", 0, 0, G_OPTION_ARG_NONE, &self->json,
          "Progress and result as one JSON object per line", NULL},
      {G_OPTION_REMAINING, 0, 0, G_OPTION_ARG_FILENAME_ARRAY, &self->files,
          NULL, NULL},
      {NULL},
  };

  if (!tool_options_parse (arguments, "FILE...",
          "Finds the beats of songs and the shots of clips.", entries, error))
    return FALSE;
  if (self->files == NULL)
    return tool_usage_error (error, "No file is given.");
  return tool_corrections_read (corrections, error)
      && (self->workers_text == NULL
          || tool_value_unsigned ("--workers", self->workers_text, WORKERS_MAX,
              &self->n_workers, error));
}

/* One of @names by its index. */
static gboolean
choose (const gchar *option, const gchar *text, const gchar *const *names,
    gint *index, GError **error)
{
  g_autofree gchar *list = NULL;

  for (gint i = 0; names[i] != NULL; i++) {
    if (g_str_equal (names[i], text)) {
      *index = i;
      return TRUE;
    }
  }
  list = g_strjoinv (" or ", (gchar **) names);
  return tool_usage_error (error, "%s '%s' is not known; it is %s.", option,
      text, list);
}

/* The formats but json are of one kind. */
static gboolean
take_kind_of_format (Analyze *self, GError **error)
{
  MontageAnalysisKind kind = self->format == TOOL_FORMAT_CUTS_TXT
      ? MONTAGE_ANALYSIS_SHOTS
      : MONTAGE_ANALYSIS_BEATS;

  if (self->format == TOOL_FORMAT_JSON)
    return TRUE;
  if (self->kind >= 0 && self->kind != (gint) kind)
    return tool_usage_error (error, "--format %s is for %s.", self->format_text,
        kind == MONTAGE_ANALYSIS_SHOTS ? "shots" : "beats");
  self->kind = kind;
  return TRUE;
}

static gboolean
read_choices (Analyze *self, GError **error)
{
  static const gchar *const kinds[] = {"beats", "shots", NULL};
  static const gchar *const formats[] = {"json", "beats-txt", "labels",
      "cuts-txt", NULL};
  gint format = TOOL_FORMAT_JSON;

  self->kind = -1;
  if (self->kind_text != NULL
      && !choose ("--kind", self->kind_text, kinds, &self->kind, error))
    return FALSE;
  if (self->format_text != NULL
      && !choose ("--format", self->format_text, formats, &format, error))
    return FALSE;
  self->format = format;
  return take_kind_of_format (self, error);
}

/* A song's cover is a still, too, and makes no clip. */
static gboolean
has_pictures (GstDiscovererInfo *info)
{
  GList *pictures = gst_discoverer_info_get_video_streams (info);
  GList *sounds = gst_discoverer_info_get_audio_streams (info);
  gboolean found = FALSE;

  for (GList *item = pictures; item != NULL; item = item->next)
    found |= sounds == NULL || !gst_discoverer_video_info_is_image (item->data);
  gst_discoverer_stream_info_list_free (pictures);
  gst_discoverer_stream_info_list_free (sounds);
  return found;
}

/* FALSE where the file does not say what it holds; then it is taken by its
 * name. */
static gboolean
probe_kind (const gchar *uri, const gchar *path, MontageAnalysisKind *kind)
{
  g_autofree gchar *usable = montage_media_uri (uri, NULL);
  g_autoptr (GstDiscoverer) discoverer = usable != NULL
      ? gst_discoverer_new (PROBE_TIMEOUT, NULL)
      : NULL;
  g_autoptr (GstDiscovererInfo) info = discoverer != NULL
      ? gst_discoverer_discover_uri (discoverer, uri, NULL)
      : NULL;
  GstDiscovererResult result = info != NULL
      ? gst_discoverer_info_get_result (info)
      : GST_DISCOVERER_ERROR;
  /* Also where another stream, say of an action camera's sensors, has no
   * decoder. */
  gboolean known = result == GST_DISCOVERER_OK
      || (result == GST_DISCOVERER_MISSING_PLUGINS && has_pictures (info));
  gboolean is_clip = known ? has_pictures (info)
                           : path == NULL || !tool_is_song_name (path);

  *kind = is_clip ? MONTAGE_ANALYSIS_SHOTS : MONTAGE_ANALYSIS_BEATS;
  return known;
}

static MontageAnalysisKind
kind_of (const Analyze *self, const gchar *uri, MontageAnalysisCache *cache)
{
  g_autofree gchar *path = g_filename_from_uri (uri, NULL, NULL);
  g_autoptr (MontageCachedFile) file = NULL;
  MontageAnalysisKind kind;

  if (self->kind >= 0)
    return (MontageAnalysisKind) self->kind;
  if (montage_still_is_name (uri))
    return MONTAGE_ANALYSIS_SHOTS;
  if (cache != NULL && path != NULL)
    file = montage_cached_file_new (cache, path);
  if (file != NULL && montage_cached_file_get_kind (file, &kind))
    return kind;
  if (probe_kind (uri, path, &kind) && file != NULL)
    montage_cached_file_set_kind (file, kind);
  return kind;
}

/* Corrections are for songs, the beats of a file for one. */
static gboolean
check_corrections (const Analyze *self, guint n_songs, GError **error)
{
  if (n_songs == 0 && tool_corrections_given (&self->corrections))
    return tool_usage_error (error,
        "Beats are to be corrected, and no file is a song; --kind beats takes "
        "the sound of a clip.");
  if (n_songs > 1 && self->corrections.beats != NULL)
    return tool_usage_error (error,
        "--beats has the beats of one song, and %u are given.", n_songs);
  return TRUE;
}

/* The URIs of what the user named. A file that is there but is no use, as one
 * that is empty, has its sentence in its turn where there are others. */
static GPtrArray *
list_files (const Analyze *self, const gchar *name, GError **error)
{
  const gchar *one[] = {name, NULL};
  g_autoptr (GError) reason = NULL;
  g_autoptr (GFile) file = NULL;
  GPtrArray *uris = montage_media_files (one, &reason);

  if (uris != NULL)
    return uris;
  file = g_file_new_for_commandline_arg (name);
  if (self->files[1] == NULL
      || g_file_query_file_type (file, G_FILE_QUERY_INFO_NONE, NULL)
          != G_FILE_TYPE_REGULAR) {
    g_propagate_error (error, g_steal_pointer (&reason));
    return NULL;
  }
  uris = g_ptr_array_new_with_free_func (g_free);
  g_ptr_array_add (uris, g_file_get_uri (file));
  return uris;
}

static void
add_analysis (Analyze *self, ToolFilmJob *job, const gchar *uri,
    MontageAnalysisCache *cache)
{
  g_autofree gchar *path = g_filename_from_uri (uri, NULL, NULL);
  MontageAnalysis *analysis = montage_analysis_new (uri,
      kind_of (self, uri, cache));

  g_ptr_array_add (self->analyses, analysis);
  tool_outputs_protect (job->outputs, path);
  if (analysis->kind == MONTAGE_ANALYSIS_BEATS)
    tool_corrections_prepare (&self->corrections, analysis);
}

static gboolean
collect (Analyze *self, ToolFilmJob *job, GError **error)
{
  g_autoptr (MontageAnalysisCache)
      cache = self->no_cache ? NULL : montage_analysis_cache_new (NULL);
  guint n_songs = 0;

  self->analyses = g_ptr_array_new_with_free_func (
      (GDestroyNotify) montage_analysis_free);
  for (guint i = 0; self->files[i] != NULL; i++) {
    g_autoptr (GPtrArray) uris = list_files (self, self->files[i], error);

    if (uris == NULL)
      return FALSE;
    for (guint j = 0; j < uris->len; j++)
      add_analysis (self, job, g_ptr_array_index (uris, j), cache);
  }
  for (guint i = 0; i < self->analyses->len; i++) {
    const MontageAnalysis *analysis = g_ptr_array_index (self->analyses, i);

    n_songs += analysis->kind == MONTAGE_ANALYSIS_BEATS;
  }
  return check_corrections (self, n_songs, error);
}

/* What there is to say about an analysis; FALSE where it failed. */
static gboolean
tell (Analyze *self, ToolFilmJob *job, const MontageAnalysis *analysis,
    GError **error)
{
  if (analysis->warning != NULL)
    tool_film_job_tell (job, analysis->warning);
  if (analysis->error != NULL) {
    if (self->analyses->len == 1)
      g_propagate_error (error, g_error_copy (analysis->error));
    else
      tool_film_job_tell (job, analysis->error->message);
  } else if (analysis->beats != NULL && analysis->beats->note != NULL) {
    g_autofree gchar *name = montage_media_name (analysis->uri);
    g_autofree gchar *sentence = g_strdup_printf ("'%s': %s", name,
        analysis->beats->note);

    tool_film_job_tell (job, sentence);
  }
  return analysis->error == NULL;
}

/* What succeeded is written also where something else failed. */
static gboolean
write_results (Analyze *self, ToolFilmJob *job, guint *n_failed, GError **error)
{
  for (guint i = 0; i < self->analyses->len; i++) {
    MontageAnalysis *analysis = g_ptr_array_index (self->analyses, i);

    if (analysis->beats != NULL)
      tool_corrections_apply (&self->corrections, analysis, &analysis->error);
    if (!tell (self, job, analysis, error))
      (*n_failed)++;
    else if (!tool_analysis_writer_write (&self->writer, job, i, error))
      return FALSE;
  }
  return tool_analysis_writer_close (&self->writer, job, error)
      && *n_failed < self->analyses->len;
}

static void
on_progress (GstClockTime done, GstClockTime total, const gchar *uri,
    gpointer data)
{
  tool_film_job_advance (data, TOOL_STAGE_ANALYSE,
      total > 0 ? (gdouble) done / (gdouble) total : 0.0);
}

static gboolean
run (Analyze *self, ToolFilmJob *job, guint *n_failed, GError **error)
{
  MontageAnalyzerOptions options = {.n_workers = self->n_workers,
      .fast = self->fast,
      .use_cache = !self->no_cache,
      .progress = on_progress,
      .progress_data = job};

  for (guint stage = TOOL_STAGE_PLAN; stage <= TOOL_STAGE_PICTURE; stage++)
    tool_progress_weigh (&job->progress, stage, 0);
  if (!collect (self, job, error))
    return FALSE;
  if (!self->no_cache)
    tool_film_job_tell_cache (job);
  self->writer = (ToolAnalysisWriter){.output = self->output,
      .picture = self->picture,
      .format = self->format,
      .analyses = self->analyses};
  if (!tool_analysis_writer_open (&self->writer, job, error)
      || !montage_analyzer_run (self->analyses, &options,
          job->session.cancellable, error))
    return FALSE;
  return write_results (self, job, n_failed, error);
}

static void
clear (Analyze *self)
{
  tool_corrections_clear (&self->corrections);
  tool_analysis_writer_clear (&self->writer);
  g_free (self->picture);
  g_free (self->output);
  g_free (self->kind_text);
  g_free (self->format_text);
  g_free (self->workers_text);
  g_strfreev (self->files);
  g_clear_pointer (&self->analyses, g_ptr_array_unref);
}

ToolStatus
tool_cmd_analyze (GStrv arguments)
{
  Analyze self = {0};
  ToolFilmJob job = {0};
  GError *error = NULL;
  guint n_failed = 0;
  ToolStatus status;

  if (!parse (&self, &arguments, &error) || !read_choices (&self, &error)) {
    status = tool_report (self.json, "analyze", error);
  } else {
    tool_film_job_begin (&job, self.json, self.force);
    run (&self, &job, &n_failed, &error);
    status = tool_film_job_end (&job, error);
    if (status == TOOL_OK && n_failed > 0)
      status = TOOL_FAILED;
  }
  clear (&self);
  return status;
}
