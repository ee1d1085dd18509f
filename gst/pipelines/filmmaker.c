/* SPDX-License-Identifier: LGPL-2.1-or-later */
#ifdef HAVE_CONFIG_H
#include "config.h"
#endif

#include "analyzer.h"
#include "filmmaker.h"
#include "filmrevision.h"
#include "filmrules.h"
#include "mediafiles.h"
#include "scenelooker.h"

typedef struct
{
  const MontageFilmRequest *request;
  GstMontageInstructions *instructions;
  GstMontageClipRules *rules;
  GPtrArray *analyses;   /* of MontageAnalysis: the song, if any, the clips */
  MontageAnalysis *song; /* nullable */
  GPtrArray *sources;    /* of GstMontageShotList */
  GPtrArray *lost;       /* of GstMontageShotList: those without an analysis */
  GPtrArray *notes;      /* of gchar * */
} Film;

static void
film_init (Film *self, const MontageFilmRequest *request)
{
  *self = (Film){.request = request,
      .analyses = g_ptr_array_new_with_free_func (
          (GDestroyNotify) montage_analysis_free),
      .sources = g_ptr_array_new (),
      .lost = g_ptr_array_new_with_free_func (
          (GDestroyNotify) gst_montage_shot_list_free),
      .notes = g_ptr_array_new_with_free_func (g_free)};
}

static void
film_clear (Film *self)
{
  g_clear_pointer (&self->instructions, gst_montage_instructions_free);
  g_clear_pointer (&self->rules, gst_montage_clip_rules_free);
  g_ptr_array_unref (self->analyses);
  g_ptr_array_unref (self->sources);
  g_ptr_array_unref (self->lost);
  g_ptr_array_unref (self->notes);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Film, film_clear)

/* FALSE with an error where there is to be music and is none. */
static gboolean
add_song (Film *self, GError **error)
{
  const MontageFilmRequest *request = self->request;
  const gchar *music = request->previous ? request->previous->music.uri
                                         : request->music;
  g_autofree gchar *uri = NULL;

  if (request->no_music || (request->previous && !music))
    return TRUE;
  if (!music) {
    g_set_error_literal (error, GST_MONTAGE_ERROR, GST_MONTAGE_ERROR_MATERIAL,
        "A film needs music: name a file with the song.");
    return FALSE;
  }
  uri = montage_media_uri (music, error);
  if (!uri)
    return FALSE;
  self->song = montage_analysis_new (uri, MONTAGE_ANALYSIS_BEATS);
  self->song->settings.tempo = request->tempo;
  self->song->beats_file = g_strdup (request->beats);
  g_ptr_array_add (self->analyses, self->song);
  return TRUE;
}

static GPtrArray *
list_clips (const MontageFilmRequest *request, GError **error)
{
  if (request->previous)
    return montage_revision_clips (request, error);
  if (request->clips && request->clips[0])
    return montage_media_files (request->clips, error);
  g_set_error_literal (error, GST_MONTAGE_ERROR, GST_MONTAGE_ERROR_MATERIAL,
      "A film needs clips: name files or folders of videos.");
  return NULL;
}

static gboolean
list_files (Film *self, GError **error)
{
  g_autoptr (GPtrArray) uris = NULL;

  if (!add_song (self, error))
    return FALSE;
  uris = list_clips (self->request, error);
  if (!uris)
    return FALSE;
  for (guint i = 0; i < uris->len; i++)
    g_ptr_array_add (self->analyses,
        montage_analysis_new (g_ptr_array_index (uris, i),
            MONTAGE_ANALYSIS_SHOTS));
  self->rules = montage_film_rules (self->request, uris, self->notes, error);
  return self->rules != NULL;
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

/* There must be something to cut to. */
static gboolean
check_song (const MontageAnalysis *song, GError **error)
{
  g_autofree gchar *name = NULL;
  gchar seconds[G_ASCII_DTOSTR_BUF_SIZE];

  if (song->error) {
    g_propagate_error (error, g_error_copy (song->error));
    return FALSE;
  }
  if (song->beats->duration >= MUSIC_DURATION_MIN)
    return TRUE;
  name = montage_media_name (song->uri);
  g_ascii_formatd (seconds, sizeof seconds, "%.1f",
      (gdouble) song->beats->duration / GST_SECOND);
  g_set_error (error, GST_MONTAGE_ERROR, GST_MONTAGE_ERROR_MATERIAL,
      "'%s' lasts %s s, and a film needs at least 2 s of music: take a longer "
      "song.",
      name, seconds);
  return FALSE;
}

static gboolean
analyse (Film *self, GCancellable *cancellable, GError **error)
{
  const MontageFilmRequest *request = self->request;
  const MontageAnalyzerOptions options = {
      .n_workers = request->n_workers,
      .use_cache = request->use_cache,
      .cache_folder = request->cache_folder,
      .progress = request->progress ? on_analyzed : NULL,
      .progress_data = (gpointer) request,
  };

  return montage_analyzer_run (self->analyses, &options, cancellable, error)
      && (!self->song || check_song (self->song, error))
      && (!request->previous
          || montage_revision_check_song (request, self->song, error));
}

/* Takes what can be used as a source and tells the rest. The sources of a
 * revision stay in their places. */
static gboolean
sort_out (Film *self, GError **error)
{
  const gboolean revision = self->request->previous != NULL;
  guint first_clip = self->song ? 1 : 0;
  const GError *first = NULL;

  for (guint i = 0; i < self->analyses->len; i++) {
    MontageAnalysis *analysis = g_ptr_array_index (self->analyses, i);
    const gchar *note = analysis->error ? analysis->error->message
                                        : analysis->warning;

    if (note)
      g_ptr_array_add (self->notes, g_strdup (note));
    if (i < first_clip)
      continue;
    if (revision
        && !montage_revision_check_clip (self->request, i - first_clip,
            analysis, self->notes, error))
      return FALSE;
    if (analysis->shots) {
      g_ptr_array_add (self->sources, analysis->shots);
      continue;
    }
    first = first ? first : analysis->error;
    if (revision) {
      g_ptr_array_add (self->lost,
          montage_revision_lost_clip (self->request, i - first_clip));
      g_ptr_array_add (self->sources,
          g_ptr_array_index (self->lost, self->lost->len - 1));
    }
  }
  if (self->sources->len == self->lost->len && first)
    g_propagate_error (error, g_error_copy (first));
  return self->sources->len > self->lost->len;
}

/* @notes before the plan's own. */
static void
add_notes (GstMontagePlan *plan, const GPtrArray *notes)
{
  g_autoptr (GStrvBuilder) all = NULL;

  if (notes->len == 0)
    return;
  all = g_strv_builder_new ();
  for (guint i = 0; i < notes->len; i++)
    g_strv_builder_add (all, g_ptr_array_index (notes, i));
  for (guint i = 0; plan->notes && plan->notes[i]; i++)
    g_strv_builder_add (all, plan->notes[i]);
  g_strfreev (plan->notes);
  plan->notes = g_strv_builder_end (all);
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
look (Film *self, MontageDirector *director, GCancellable *cancellable,
    GError **error)
{
  const MontageFilmRequest *request = self->request;
  Looking looking = {request, 0, NULL};
  const MontageLookOptions options = {
      .rules = self->instructions->scenes,
      .use_cache = request->use_cache,
      .cache_folder = request->cache_folder,
      .progress = request->progress ? on_looked : NULL,
      .progress_data = &looking,
  };

  if (!request->look
      && !montage_director_get_settings (director)->look_at_scenes)
    return TRUE;
  if (!montage_director_has_backends (director)) {
    g_ptr_array_add (self->notes,
        g_strdup (request->offline
                ? "No model looks at the shots: none may be asked."
                : "No model looks at the shots: none is set up."));
    return TRUE;
  }
  if (request->progress)
    montage_director_set_watch (director, on_look_asked, &looking);
  return montage_look_at_shots (director, self->sources, &options, self->notes,
      cancellable, error);
}

/* Those of a plan stay where nothing is said. */
static gboolean
direct (Film *self, MontageDirector *director, GCancellable *cancellable,
    GError **error)
{
  const MontageFilmRequest *request = self->request;

  if (request->previous && !request->prompt && !request->style)
    self->instructions = gst_montage_instructions_copy (
        request->previous->instructions);
  else
    self->instructions = montage_film_instructions (request, director, NULL,
        cancellable, error);
  return self->instructions != NULL;
}

static GstMontageRequest
wish_of (const Film *self)
{
  const MontageFilmRequest *request = self->request;

  return (GstMontageRequest){
      .instructions = self->instructions,
      .music = self->song ? self->song->beats : NULL,
      .sources = (const GstMontageShotList *const *) self->sources->pdata,
      .n_sources = self->sources->len,
      .seed = request->seed,
      .output = request->previous ? request->previous->output : request->output,
      .music_start = request->previous ? request->previous->music.start
                                       : request->music_start,
      .duration = request->previous
          ? montage_revision_duration (request, self->instructions)
          : request->duration,
      .previous = request->previous,
      .n_frozen = request->n_kept,
      .rules = self->rules,
      .scarcity = request->scarcity,
  };
}

static void
tell_plans (const Film *self, guint done, guint total)
{
  if (self->request->progress)
    self->request->progress (MONTAGE_FILM_PLAN, (gdouble) done / total, NULL,
        self->request->progress_data);
}

static GPtrArray *
plan_takes (const Film *self, guint n_takes, GCancellable *cancellable,
    GError **error)
{
  g_autoptr (GPtrArray) plans = g_ptr_array_new_with_free_func (
      (GDestroyNotify) gst_montage_plan_free);
  GstMontageRequest wish = wish_of (self);

  tell_plans (self, 0, n_takes);
  for (guint i = 0; i < n_takes; i++) {
    GstMontagePlan *plan;

    wish.seed = self->request->seed + i;
    wish.other_takes = (const GstMontagePlan *const *) plans->pdata;
    wish.n_other_takes = plans->len;
    plan = gst_montage_planner_plan (&wish, error);
    if (!plan)
      return NULL;
    g_ptr_array_add (plans, plan);
    if (g_cancellable_set_error_if_cancelled (cancellable, error))
      return NULL;
    tell_plans (self, i + 1, n_takes);
  }
  for (guint i = 0; i < n_takes; i++)
    add_notes (g_ptr_array_index (plans, i), self->notes);
  return g_steal_pointer (&plans);
}

GPtrArray *
montage_film_takes (const MontageFilmRequest *request, guint n_takes,
    GCancellable *cancellable, GError **error)
{
  g_auto (Film) self = {0};
  g_autoptr (MontageDirector) director = NULL;

  film_init (&self, request);
  /* First what is quick to fail. */
  if (!list_files (&self, error))
    return NULL;
  director = montage_film_director (request, error);
  if (!director || !direct (&self, director, cancellable, error)
      || !analyse (&self, cancellable, error) || !sort_out (&self, error)
      || !look (&self, director, cancellable, error))
    return NULL;
  return plan_takes (&self, n_takes, cancellable, error);
}

GstMontagePlan *
montage_film_plan (const MontageFilmRequest *request, GCancellable *cancellable,
    GError **error)
{
  g_autoptr (GPtrArray)
      plans = montage_film_takes (request, 1, cancellable, error);

  return plans ? g_ptr_array_steal_index (plans, 0) : NULL;
}
