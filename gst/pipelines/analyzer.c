/* SPDX-License-Identifier: LGPL-2.1-or-later */
#ifdef HAVE_CONFIG_H
#include "config.h"
#endif

#include <stdlib.h>
#include <string.h>

#include "analysiscache.h"
#include "analyzer.h"
#include "beatsfile.h"
#include "filepipeline.h"
#include "mediafiles.h"
#include "mediaprobe.h"
#include "stills.h"

/* What a file of unknown length counts for in the progress. */
#define UNKNOWN_DURATION (10 * GST_SECOND)
/* Smaller pictures are no photos. */
#define MIN_SIDE 64

GST_DEBUG_CATEGORY_STATIC (analyzer_debug);
#define GST_CAT_DEFAULT (analyzer_debug)

typedef struct _Run Run;

/* One file; belongs to the worker that took it. */
typedef struct
{
  Run *run;
  MontageAnalysis *analysis;
  MontageCachedFile *cached; /* nullable */
  GstMontageBeatGrid
      *labels; /* nullable: to replace the beats that are heard */
  MontageBeatSettings settings;
  GstClockTime weight; /* for progress and order; set before the workers start
                          on the analyses */
  GstClockTime done;   /* under the run's lock */
} Job;

struct _Run
{
  const MontageAnalyzerOptions *options;
  GCancellable *cancellable;
  MontageAnalysisCache *cache; /* nullable */
  gchar *versions[2];          /* of the analyses, by kind */
  Job **jobs;
  guint n_jobs;
  gboolean alone; /* only one file is left to be analysed at a time */
  gint next;      /* atomic: the first job that nobody has taken */
  void (*step) (Job *job);

  GMutex lock; /* serialises the progress callback */
  GstClockTime done;
  GstClockTime total;
};

MontageAnalysis *
montage_analysis_new (const gchar *uri, MontageAnalysisKind kind)
{
  MontageAnalysis *self = g_new0 (MontageAnalysis, 1);

  self->uri = g_strdup (uri);
  self->kind = kind;
  self->settings.first_downbeat = GST_CLOCK_TIME_NONE;
  return self;
}

static void
montage_analysis_clear_result (MontageAnalysis *self)
{
  g_clear_pointer (&self->beats, gst_montage_beat_grid_free);
  g_clear_pointer (&self->shots, gst_montage_shot_list_free);
  g_clear_error (&self->error);
  g_clear_pointer (&self->warning, g_free);
  g_clear_pointer (&self->beats_from, g_free);
  self->from_cache = FALSE;
}

void
montage_analysis_free (MontageAnalysis *self)
{
  montage_analysis_clear_result (self);
  g_free (self->beats_file);
  g_free (self->uri);
  g_free (self);
}

static gboolean
is_settled (const MontageAnalysis *self)
{
  return self->beats || self->shots || self->error;
}

/* The document without the name of its file. */
static gchar *
to_document (const MontageAnalysis *self)
{
  if (self->kind == MONTAGE_ANALYSIS_BEATS) {
    g_clear_pointer (&self->beats->uri, g_free);
    return gst_montage_beat_grid_to_json (self->beats);
  }
  g_clear_pointer (&self->shots->uri, g_free);
  return gst_montage_shot_list_to_json (self->shots);
}

static gboolean
from_document (MontageAnalysis *self, const gchar *text, const gchar *origin,
    GError **error)
{
  if (self->kind == MONTAGE_ANALYSIS_BEATS) {
    g_clear_pointer (&self->beats, gst_montage_beat_grid_free);
    self->beats = gst_montage_beat_grid_from_json (text, -1, origin, error);
    if (!self->beats)
      return FALSE;
    g_free (self->beats->uri);
    self->beats->uri = g_strdup (self->uri);
    return TRUE;
  }
  g_clear_pointer (&self->shots, gst_montage_shot_list_free);
  self->shots = gst_montage_shot_list_from_json (text, -1, origin, error);
  if (!self->shots)
    return FALSE;
  g_free (self->shots->uri);
  self->shots->uri = g_strdup (self->uri);
  return TRUE;
}

/* Shorter than announced by more than the streams of one file usually differ:
 * cut off, or with sound that goes on. */
static void
tell_missing_part (MontageAnalysis *self)
{
  GstClockTime found = self->shots ? self->shots->duration : 0;
  g_autofree gchar *name = NULL;
  g_autofree gchar *used = NULL;
  g_autofree gchar *all = NULL;

  if (!self->shots || found + GST_SECOND >= self->media_duration
      || found >= self->media_duration / 20 * 19)
    return;
  name = montage_media_name (self->uri);
  used = montage_media_seconds (found);
  all = montage_media_seconds (self->media_duration);
  self->warning = g_strdup_printf (
      "Only %s s of '%s' are used: the rest of its %s s has no picture.", used,
      name, all);
}

/* Which of the files has the beats, where that may surprise. */
static void
tell_beats_file (MontageAnalysis *self, const gchar *also)
{
  g_autofree gchar *name = montage_media_name (self->beats_from);
  const MontageBeatSettings *settings = &self->settings;

  if (also) {
    g_autofree gchar *other = montage_media_name (also);

    self->warning = g_strdup_printf (
        "The beats are those of '%s', not of '%s': move one of them away.",
        name, other);
  } else if (settings->tempo > 0 || settings->tempo_min > 0
      || settings->tempo_max > 0) {
    self->warning = g_strdup_printf (
        "The beats are those of '%s', whatever tempo is asked for: move it "
        "away to have them found anew.",
        name);
  }
}

/* Beats that somebody wrote or corrected win; their faults are told. */
static void
read_beats_file (Job *job, const gchar *song)
{
  MontageAnalysis *analysis = job->analysis;
  g_autofree gchar *also = NULL;
  g_autoptr (GstMontageBeatGrid) grid = NULL;
  gboolean is_labels = FALSE;

  job->settings = analysis->settings;
  analysis->beats_from = analysis->beats_file ? g_strdup (analysis->beats_file)
      : analysis->detect                      ? NULL
                         : montage_beats_file_find (song, &also);
  if (!analysis->beats_from)
    return;
  grid = montage_beats_file_read (analysis->beats_from, &is_labels,
      &analysis->error);
  if (!grid)
    return;
  GST_INFO ("beats of %s", analysis->beats_from);
  tell_beats_file (analysis, also);
  if (is_labels) {
    /* What is heard gives but the energy. */
    job->settings = (MontageBeatSettings) MONTAGE_BEAT_SETTINGS_INIT;
    job->labels = g_steal_pointer (&grid);
    return;
  }
  analysis->beats = g_steal_pointer (&grid);
  g_free (analysis->beats->uri);
  analysis->beats->uri = g_strdup (analysis->uri);
}

/* The beats of a label file over what was heard. */
static void
take_labels (Job *job)
{
  MontageAnalysis *analysis = job->analysis;
  g_autofree gchar *name = NULL;

  if (!job->labels || !analysis->beats)
    return;
  name = montage_media_name (analysis->beats_from);
  if (!gst_montage_beat_grid_take_labels (analysis->beats, job->labels, name,
          &analysis->error))
    g_clear_pointer (&analysis->beats, gst_montage_beat_grid_free);
}

/* Beats that are heard under other settings are another entry, and so is what
 * was found @fast. A picture was a clip of one frame once. */
static gchar *
cache_version (const Job *job, gboolean fast)
{
  const gchar *version = job->run->versions[job->analysis->kind];
  g_autofree gchar *settings = montage_beat_settings_text (&job->settings);

  return g_strconcat (version, settings ? " " : "", settings ? settings : "",
      montage_still_is_name (job->analysis->uri) ? " still"
          : fast                                 ? " fast"
                                                 : "",
      NULL);
}

static gboolean
is_fast (const Job *job)
{
  return job->run->options->fast
      && job->analysis->kind == MONTAGE_ANALYSIS_SHOTS
      && !montage_still_is_name (job->analysis->uri);
}

static void
read_cache (Job *job)
{
  MontageAnalysis *analysis = job->analysis;
  g_autofree gchar *version = cache_version (job, FALSE);
  g_autofree gchar *fast = cache_version (job, TRUE);
  g_autofree gchar *text = montage_cached_file_load (job->cached,
      analysis->kind, version);
  g_autoptr (GError) error = NULL;
  gchar *document;

  if (!text && is_fast (job))
    text = montage_cached_file_load (job->cached, analysis->kind, fast);
  if (!text)
    return;
  analysis->media_duration = g_ascii_strtoull (text, &document, 10);
  analysis->from_cache = from_document (analysis, document, "cached document",
      &error);
  if (error)
    GST_DEBUG ("done again: %s", error->message);
  take_labels (job);
  tell_missing_part (analysis);
}

static void
step_prepare (Job *job)
{
  MontageAnalysis *analysis = job->analysis;
  g_autofree gchar *uri = montage_media_uri (analysis->uri, &analysis->error);
  g_autofree gchar *path = uri ? g_filename_from_uri (uri, NULL, NULL) : NULL;

  if (!path)
    return;
  if (analysis->kind == MONTAGE_ANALYSIS_BEATS)
    read_beats_file (job, path);
  if (!is_settled (analysis) && job->run->cache)
    job->cached = montage_cached_file_new (job->run->cache, path);
  if (job->cached)
    read_cache (job);
  if (is_settled (analysis))
    return;
  if (!montage_still_is_name (uri))
    analysis->media_duration = montage_media_duration (uri,
        job->run->cancellable);
  job->weight = analysis->media_duration;
  if (job->weight == 0)
    job->weight = UNKNOWN_DURATION;
}

static void
report (Job *job, GstClockTime done)
{
  Run *run = job->run;

  g_mutex_lock (&run->lock);
  done = CLAMP (done, job->done, job->weight);
  run->done += done - job->done;
  job->done = done;
  if (run->options->progress)
    run->options->progress (run->done, run->total, job->analysis->uri,
        run->options->progress_data);
  g_mutex_unlock (&run->lock);
}

static void
on_position (GstClockTime position, gpointer data)
{
  report (data, position);
}

static void
write_cache (Job *job, const gchar *document)
{
  MontageAnalysis *analysis = job->analysis;
  g_autofree gchar *version = cache_version (job,
      analysis->shots
          && analysis->shots->analysis == GST_MONTAGE_ANALYSIS_FAST);
  g_autofree gchar *text = g_strdup_printf ("%" G_GUINT64_FORMAT "\n%s",
      analysis->media_duration, document);

  montage_cached_file_store (job->cached, analysis->kind, version, text);
}

/* Icons and thumbnails lie in folders of photos. */
static gboolean
check_size (Job *job)
{
  MontageAnalysis *analysis = job->analysis;
  const GstMontageShotList *shots = analysis->shots;
  g_autofree gchar *name = NULL;

  if (!shots || !shots->still || MIN (shots->width, shots->height) >= MIN_SIDE)
    return TRUE;
  name = montage_media_name (analysis->uri);
  g_set_error (&analysis->error, GST_MONTAGE_ERROR, GST_MONTAGE_ERROR_MATERIAL,
      "'%s' is a picture of only %u x %u pixels: leave it out.", name,
      shots->width, shots->height);
  return FALSE;
}

/* Through the document in any case, so that a result is the same whether it
 * comes from the cache or not. */
static void
keep_result (Job *job)
{
  MontageAnalysis *analysis = job->analysis;
  g_autofree gchar *text = to_document (analysis);

  if (!from_document (analysis, text, analysis->uri, &analysis->error))
    return;
  if (job->cached)
    write_cache (job, text);
  take_labels (job);
  tell_missing_part (analysis);
}

static void
step_analyse (Job *job)
{
  MontageAnalysis *analysis = job->analysis;
  const MontageFileOptions options = {&job->settings, is_fast (job),
      job->run->alone};

  if (is_settled (analysis))
    return;
  report (job, 0);
  if (montage_file_pipeline_run (analysis, &options, on_position, job,
          job->run->cancellable, &analysis->error)
      && check_size (job))
    keep_result (job);
  if (analysis->error) {
    g_clear_pointer (&analysis->beats, gst_montage_beat_grid_free);
    g_clear_pointer (&analysis->shots, gst_montage_shot_list_free);
  }
  if (!g_cancellable_is_cancelled (job->run->cancellable))
    report (job, job->weight);
}

static gpointer
worker (gpointer data)
{
  Run *run = data;
  guint index;

  while ((index = (guint) g_atomic_int_add (&run->next, 1)) < run->n_jobs
      && !g_cancellable_is_cancelled (run->cancellable))
    run->step (run->jobs[index]);
  return NULL;
}

static guint
count_workers (const Run *run)
{
  return run->options->n_workers ? run->options->n_workers
                                 : g_get_num_processors ();
}

/* Does @step on every job; this thread is one of the workers. */
static void
run_step (Run *run, void (*step) (Job *job))
{
  guint n_workers = MIN (count_workers (run), run->n_jobs);
  g_autoptr (GPtrArray) threads = g_ptr_array_new ();

  run->step = step;
  run->next = 0;
  for (guint i = 1; i < n_workers; i++) {
    GThread *thread = g_thread_try_new ("montage-analyse", worker, run, NULL);

    if (thread)
      g_ptr_array_add (threads, thread);
  }
  worker (run);
  for (guint i = 0; i < threads->len; i++)
    g_thread_join (g_ptr_array_index (threads, i));
}

static gint
compare_weights (gconstpointer a, gconstpointer b)
{
  const Job *first = *(Job *const *) a;
  const Job *second = *(Job *const *) b;

  return first->weight < second->weight ? 1
      : first->weight > second->weight  ? -1
                                        : 0;
}

static gboolean
check_elements (GPtrArray *analyses, GError **error)
{
  gboolean checked[2] = {FALSE};

  for (guint i = 0; i < analyses->len; i++) {
    const MontageAnalysis *analysis = g_ptr_array_index (analyses, i);

    if (!checked[analysis->kind]
        && !montage_file_pipeline_check (analysis->kind, error))
      return FALSE;
    checked[analysis->kind] = TRUE;
  }
  return TRUE;
}

static void
run_jobs (Run *run)
{
  guint n_open = 0;

  run_step (run, step_prepare);
  for (guint i = 0; i < run->n_jobs; i++) {
    run->total += run->jobs[i]->weight;
    n_open += !is_settled (run->jobs[i]->analysis);
  }
  run->alone = MIN (count_workers (run), n_open) <= 1;
  /* The longest first, so that no worker is left alone with it at the end. */
  qsort (run->jobs, run->n_jobs, sizeof (Job *), compare_weights);
  run_step (run, step_analyse);
}

gboolean
montage_analyzer_run (GPtrArray *analyses,
    const MontageAnalyzerOptions *options, GCancellable *cancellable,
    GError **error)
{
  static const MontageAnalyzerOptions defaults = {.use_cache = TRUE};
  Run run = {.options = options ? options : &defaults,
      .cancellable = cancellable,
      .n_jobs = analyses->len};
  g_autofree Job *jobs = g_new0 (Job, analyses->len);
  g_autofree Job **order = g_new (Job *, analyses->len);

  GST_DEBUG_CATEGORY_INIT (analyzer_debug, "montageanalyzer", 0,
      "analysis of media files");
  if (!check_elements (analyses, error))
    return FALSE;
  for (guint i = 0; i < analyses->len; i++) {
    jobs[i].run = &run;
    jobs[i].analysis = g_ptr_array_index (analyses, i);
    jobs[i].settings = (MontageBeatSettings) MONTAGE_BEAT_SETTINGS_INIT;
    montage_analysis_clear_result (jobs[i].analysis);
    order[i] = &jobs[i];
  }
  run.jobs = order;
  for (guint i = 0; i < G_N_ELEMENTS (run.versions); i++)
    run.versions[i] = montage_analysis_cache_version (i);
  if (run.options->use_cache)
    run.cache = montage_analysis_cache_new (run.options->cache_folder);
  g_mutex_init (&run.lock);
  run_jobs (&run);
  g_mutex_clear (&run.lock);
  for (guint i = 0; i < G_N_ELEMENTS (run.versions); i++)
    g_free (run.versions[i]);
  for (guint i = 0; i < analyses->len; i++) {
    montage_cached_file_free (jobs[i].cached);
    g_clear_pointer (&jobs[i].labels, gst_montage_beat_grid_free);
  }
  montage_analysis_cache_free (run.cache);
  return !g_cancellable_set_error_if_cancelled (cancellable, error);
}
