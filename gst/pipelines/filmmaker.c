/* SPDX-License-Identifier: LGPL-2.1-or-later */
#ifdef HAVE_CONFIG_H
#include "config.h"
#endif

#include "analyzer.h"
#include "filmmaker.h"
#include "mediafiles.h"
#include "scenelooker.h"

/* The music, then the clips. */
static GPtrArray *
list_files (const MontageFilmRequest *request, GError **error)
{
  g_autoptr (GPtrArray) files = NULL;
  g_autofree gchar *music = NULL;
  MontageAnalysis *song;
  GPtrArray *analyses;

  if (!request->music || !request->clips || !request->clips[0]) {
    g_set_error_literal (error, GST_MONTAGE_ERROR, GST_MONTAGE_ERROR_MATERIAL,
        request->music ? "A film needs clips: name files or folders of videos."
                       : "A film needs music: name a file with the song.");
    return NULL;
  }
  music = montage_media_uri (request->music, error);
  if (!music)
    return NULL;
  files = montage_media_files (request->clips, error);
  if (!files)
    return NULL;
  analyses = g_ptr_array_new_with_free_func (
      (GDestroyNotify) montage_analysis_free);
  song = montage_analysis_new (music, MONTAGE_ANALYSIS_BEATS);
  song->settings.tempo = request->tempo;
  song->beats_file = g_strdup (request->beats);
  g_ptr_array_add (analyses, song);
  for (guint i = 0; i < files->len; i++)
    g_ptr_array_add (analyses,
        montage_analysis_new (g_ptr_array_index (files, i),
            MONTAGE_ANALYSIS_SHOTS));
  return analyses;
}

static void
on_analyzed (GstClockTime done, GstClockTime total, const gchar *uri,
    gpointer data)
{
  const MontageFilmRequest *request = data;

  request->progress (MONTAGE_FILM_ANALYSE,
      total > 0 ? (gdouble) done / (gdouble) total : 1.0, uri,
      request->progress_data);
}

/* A song shorter than this is a jingle or a mistake. */
#define MUSIC_DURATION_MIN (2 * GST_SECOND)
/* Loudness, 0..1, that nothing in the song exceeds: -60 dBFS. */
#define MUSIC_LOUDNESS_MIN 0.001

static gboolean
is_silent (const GstMontageBeatGrid *music)
{
  for (guint i = 0; i < music->envelope->len; i++)
    if (g_array_index (music->envelope, gdouble, i) >= MUSIC_LOUDNESS_MIN)
      return FALSE;
  /* A sidecar may come without. */
  return music->envelope->len > 0;
}

/* There must be something to cut to. */
static gboolean
check_music (const MontageAnalysis *music, GError **error)
{
  g_autofree gchar *name = montage_media_name (music->uri);

  if (music->beats->duration < MUSIC_DURATION_MIN) {
    gchar seconds[G_ASCII_DTOSTR_BUF_SIZE];

    g_ascii_formatd (seconds, sizeof seconds, "%.1f",
        (gdouble) music->beats->duration / GST_SECOND);
    g_set_error (error, GST_MONTAGE_ERROR, GST_MONTAGE_ERROR_MATERIAL,
        "'%s' lasts %s s, and a film needs at least 2 s of music: take a "
        "longer song.",
        name, seconds);
    return FALSE;
  }
  if (is_silent (music->beats)) {
    g_set_error (error, GST_MONTAGE_ERROR, GST_MONTAGE_ERROR_MATERIAL,
        "'%s' is silent from start to end: take another file as the music.",
        name);
    return FALSE;
  }
  return TRUE;
}

static gboolean
analyse (const MontageFilmRequest *request, GPtrArray *analyses,
    GCancellable *cancellable, GError **error)
{
  const MontageAnalyzerOptions options = {
      .n_workers = request->n_workers,
      .use_cache = request->use_cache,
      .cache_folder = request->cache_folder,
      .progress = request->progress ? on_analyzed : NULL,
      .progress_data = (gpointer) request,
  };
  MontageAnalysis *music = g_ptr_array_index (analyses, 0);

  if (!montage_analyzer_run (analyses, &options, cancellable, error))
    return FALSE;
  if (music->error) {
    g_propagate_error (error, g_error_copy (music->error));
    return FALSE;
  }
  return check_music (music, error);
}

/* Takes what can be used into @sources and tells the rest. */
static gboolean
sort_out (GPtrArray *analyses, GPtrArray *sources, GPtrArray *notes,
    GError **error)
{
  const GError *first = NULL;

  for (guint i = 0; i < analyses->len; i++) {
    MontageAnalysis *analysis = g_ptr_array_index (analyses, i);
    const gchar *note = analysis->error ? analysis->error->message
                                        : analysis->warning;

    if (note)
      g_ptr_array_add (notes, g_strdup (note));
    if (analysis->error && !first)
      first = analysis->error;
    if (analysis->shots)
      g_ptr_array_add (sources, analysis->shots);
  }
  if (sources->len == 0 && first)
    g_propagate_error (error, g_error_copy (first));
  return sources->len > 0;
}

/* @notes before the plan's own. */
static void
add_notes (GstMontagePlan *plan, GPtrArray *notes)
{
  if (notes->len == 0)
    return;
  for (guint i = 0; plan->notes && plan->notes[i]; i++)
    g_ptr_array_add (notes, g_strdup (plan->notes[i]));
  g_ptr_array_add (notes, NULL);
  g_strfreev (plan->notes);
  plan->notes = g_strdupv ((gchar **) notes->pdata);
}

typedef struct
{
  const MontageFilmRequest *request;
  gdouble fraction;
  const gchar *backend; /* that was told last; static */
} Looking;

static void
on_look_asked (const gchar *backend, gpointer data)
{
  Looking *self = data;

  if (backend == self->backend)
    return;
  self->backend = backend;
  self->request->progress (MONTAGE_FILM_LOOK, self->fraction, backend,
      self->request->progress_data);
}

static void
on_looked (gdouble fraction, gpointer data)
{
  Looking *self = data;

  self->fraction = fraction;
  self->request->progress (MONTAGE_FILM_LOOK, fraction, NULL,
      self->request->progress_data);
}

/* Only where the user wants it: pictures leave this machine. */
static gboolean
look (const MontageFilmRequest *request, MontageDirector *director,
    const GstMontageInstructions *instructions, GPtrArray *sources,
    GPtrArray *notes, GCancellable *cancellable, GError **error)
{
  Looking looking = {request, 0, NULL};
  const MontageLookOptions options = {
      .rules = instructions->scenes,
      .use_cache = request->use_cache,
      .cache_folder = request->cache_folder,
      .progress = request->progress ? on_looked : NULL,
      .progress_data = &looking,
  };

  if (!request->look
      && !montage_director_get_settings (director)->look_at_scenes)
    return TRUE;
  if (!montage_director_has_backends (director)) {
    g_ptr_array_add (notes,
        g_strdup (request->offline
                ? "No model looks at the shots: none may be asked."
                : "No model looks at the shots: none is set up."));
    return TRUE;
  }
  if (request->progress)
    montage_director_set_watch (director, on_look_asked, &looking);
  return montage_look_at_shots (director, sources, &options, notes, cancellable,
      error);
}

static GstMontagePlan *
plan_film (const MontageFilmRequest *request,
    const GstMontageInstructions *instructions, const MontageAnalysis *music,
    GPtrArray *sources, GPtrArray *notes, GError **error)
{
  GstMontageRequest wish = {
      .instructions = instructions,
      .music = music->beats,
      .seed = request->seed,
      .output = request->output,
      .music_start = request->music_start,
      .duration = request->duration,
  };
  GstMontagePlan *plan;

  wish.sources = (const GstMontageShotList *const *) sources->pdata;
  wish.n_sources = sources->len;
  plan = gst_montage_planner_plan (&wish, error);
  if (plan)
    add_notes (plan, notes);
  return plan;
}

GstMontagePlan *
montage_film_plan (const MontageFilmRequest *request, GCancellable *cancellable,
    GError **error)
{
  g_autoptr (GstMontageInstructions) instructions = NULL;
  g_autoptr (GPtrArray) analyses = NULL;
  g_autoptr (MontageDirector) director = NULL;
  g_autoptr (GPtrArray) sources = g_ptr_array_new ();
  g_autoptr (GPtrArray) notes = g_ptr_array_new_with_free_func (g_free);
  GstMontagePlan *plan;

  /* First what is quick to fail. */
  analyses = list_files (request, error);
  director = analyses ? montage_film_director (request, error) : NULL;
  if (!director)
    return NULL;
  instructions = montage_film_instructions (request, director, NULL,
      cancellable, error);
  if (!instructions || !analyse (request, analyses, cancellable, error)
      || !sort_out (analyses, sources, notes, error)
      || !look (request, director, instructions, sources, notes, cancellable,
          error))
    return NULL;
  if (request->progress)
    request->progress (MONTAGE_FILM_PLAN, 0.0, NULL, request->progress_data);
  plan = plan_film (request, instructions, g_ptr_array_index (analyses, 0),
      sources, notes, error);
  if (plan && request->progress)
    request->progress (MONTAGE_FILM_PLAN, 1.0, NULL, request->progress_data);
  if (plan && g_cancellable_set_error_if_cancelled (cancellable, error))
    g_clear_pointer (&plan, gst_montage_plan_free);
  return plan;
}
