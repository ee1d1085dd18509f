/* SPDX-License-Identifier: LGPL-2.1-or-later */
#ifdef HAVE_CONFIG_H
#include "config.h"
#endif

#include "filmjob.h"

#include <gst/pipelines/analyzer.h>
#include <gst/pipelines/filmrules.h>
#include <gst/pipelines/mediafiles.h>

#include <stdio.h>

#include "cachenotes.h"
#include "card.h"
#include "documents.h"
#include "jsontext.h"
#include "picture.h"
#include "songfinder.h"
#include "thumbnails.h"

/* Seconds, before anything is known: ten clips of half a minute, a song of
 * three minutes. */
#define ANALYSE_SECONDS 20.0
#define LOOK_SECONDS 60.0
#define PLAN_SECONDS 1.0
#define RENDER_SECONDS 90.0
#define PICTURE_SECONDS 8.0
#define PICTURE_SECONDS_PER_CUT 0.15

static const gchar *const stage_names[] = {"analyse", "look", "plan", "render",
    "picture"};

void
tool_film_job_begin (ToolFilmJob *self, gboolean json, gboolean force)
{
  static const gdouble weights[] = {ANALYSE_SECONDS, 0, PLAN_SECONDS,
      RENDER_SECONDS, 0};

  tool_session_begin (&self->session, json);
  tool_progress_init (&self->progress, weights, G_N_ELEMENTS (weights),
      g_get_monotonic_time ());
  self->outputs = tool_outputs_new (force);
  self->notes = g_ptr_array_new_with_free_func (g_free);
  self->n_takes = 1;
  self->take = 0;
}

ToolStatus
tool_film_job_end (ToolFilmJob *self, GError *error)
{
  /* Before the sentence: then nothing is left when it is read. */
  tool_outputs_free (self->outputs);
  g_ptr_array_unref (self->notes);
  return tool_session_finish (&self->session, error);
}

void
tool_film_job_advance (ToolFilmJob *self, ToolStage stage, gdouble fraction)
{
  gint64 now = g_get_monotonic_time ();

  tool_progress_set (&self->progress, stage, fraction, now);
  tool_terminal_progress (self->session.terminal, stage_names[stage],
      tool_progress_percent (&self->progress),
      tool_progress_seconds_left (&self->progress, now));
}

/* The same of several takes is said once. */
void
tool_film_job_tell (ToolFilmJob *self, const gchar *sentence)
{
  if (g_ptr_array_find_with_equal_func (self->notes, sentence, g_str_equal,
          NULL))
    return;
  g_ptr_array_add (self->notes, g_strdup (sentence));
  tool_terminal_note (self->session.terminal, sentence);
}

static void
tell_all (ToolFilmJob *self, const GStrv sentences)
{
  for (guint i = 0; sentences != NULL && sentences[i] != NULL; i++)
    tool_film_job_tell (self, sentences[i]);
}

void
tool_film_job_tell_cache (ToolFilmJob *self)
{
  g_autoptr (GPtrArray) notes = tool_cache_notes ();

  for (guint i = 0; i < notes->len; i++)
    tool_film_job_tell (self, g_ptr_array_index (notes, i));
}

static gboolean
is_in_all (const gchar *sentence, const GPtrArray *plans)
{
  for (guint i = 0; i < plans->len; i++) {
    const GstMontagePlan *plan = g_ptr_array_index (plans, i);

    if (plan->notes == NULL
        || !g_strv_contains ((const gchar *const *) plan->notes, sentence))
      return FALSE;
  }
  return TRUE;
}

/* What holds for one of several takes only is told as such. */
static void
tell_take (ToolFilmJob *self, const GPtrArray *plans, guint take)
{
  const GstMontagePlan *plan = g_ptr_array_index (plans, take);

  for (guint i = 0; plan->notes != NULL && plan->notes[i] != NULL; i++) {
    g_autofree gchar *own = is_in_all (plan->notes[i], plans)
        ? g_strdup (plan->notes[i])
        : g_strdup_printf ("Take %u: %s", take + 1, plan->notes[i]);

    tool_film_job_tell (self, own);
  }
}

static void
print_cards (const GstMontagePlan *plan, FILE *stream)
{
  g_autofree gchar *style = tool_style_text (plan->instructions);

  fprintf (stream, "%s\n", style);
  for (guint i = 0; i < plan->cuts->len; i++) {
    g_autofree gchar *card = tool_card_text (plan, i);

    fprintf (stream, "%s\n", card);
  }
}

void
tool_film_job_show (ToolFilmJob *self, const GPtrArray *plans, gboolean cards,
    gboolean on_stderr)
{
  FILE *stream = on_stderr ? stderr : stdout;
  const GstMontagePlan *first = g_ptr_array_index (plans, 0);

  tell_all (self, first->instructions->origin.notes);
  for (guint i = 0; i < plans->len; i++)
    tell_take (self, plans, i);
  if (!cards)
    return;
  tool_terminal_close (self->session.terminal);
  for (guint i = 0; i < plans->len; i++) {
    if (plans->len > 1)
      fprintf (stream, "Take %u\n\n", i + 1);
    print_cards (g_ptr_array_index (plans, i), stream);
  }
  fflush (stream);
}

/* Said before the first picture leaves, and of each backend anew. */
static void
tell_look (ToolFilmJob *self, gdouble fraction, const gchar *backend)
{
  if (backend != NULL)
    tool_sending_pictures (self->session.terminal, backend);
  else if (fraction <= 0)
    tool_progress_weigh (&self->progress, TOOL_STAGE_LOOK, LOOK_SECONDS);
  tool_film_job_advance (self, TOOL_STAGE_LOOK, fraction);
}

static void
on_plan_progress (MontageFilmStage stage, gdouble fraction, const gchar *what,
    gpointer data)
{
  ToolFilmJob *self = data;

  if (stage == MONTAGE_FILM_DIRECT)
    tool_asking (self->session.terminal, what);
  else if (stage == MONTAGE_FILM_LOOK)
    tell_look (self, fraction, what);
  else
    tool_film_job_advance (self,
        stage == MONTAGE_FILM_ANALYSE ? TOOL_STAGE_ANALYSE : TOOL_STAGE_PLAN,
        fraction);
}

static gboolean
find_music (ToolFilmJob *self, ToolFilmOptions *options, GError **error)
{
  g_autofree gchar *name = NULL;
  g_autofree gchar *sentence = NULL;

  if (options->music != NULL || options->no_music)
    return TRUE;
  options->music = tool_find_song ((const gchar *const *) options->clips,
      error);
  if (options->music == NULL)
    return FALSE;
  name = montage_media_name (options->music);
  sentence = g_strdup_printf ("The music is '%s', the only song given.", name);
  tool_film_job_tell (self, sentence);
  return TRUE;
}

static MontageFilmRequest
request_of (ToolFilmJob *self, const ToolFilmOptions *options)
{
  return (MontageFilmRequest){
      .no_music = options->no_music,
      .beats = options->beats,
      .tempo = options->tempo,
      .prompt = options->prompt,
      .style = options->style,
      .offline = options->directing.offline,
      .models_file = options->directing.models,
      .allow_stabilization = options->directing.allow_slow,
      .allow_upscale = options->directing.allow_slow,
      .look = options->look,
      .rules = options->clip.rules,
      .given_order = options->clip.given_order,
      .scarcity = options->clip.scarcity,
      .seed = options->seed,
      .output = options->format,
      .music_start = options->music_start,
      .duration = options->duration,
      .n_workers = options->n_workers,
      .use_cache = !options->no_cache,
      .progress = on_plan_progress,
      .progress_data = self,
  };
}

static void
prepare_stages (ToolFilmJob *self, const ToolFilmOptions *options)
{
  if (!options->no_cache)
    tool_film_job_tell_cache (self);
  if (options->no_render)
    tool_progress_weigh (&self->progress, TOOL_STAGE_RENDER, 0);
  self->n_takes = options->n_takes;
  self->draws = options->picture != NULL;
  if (self->draws)
    tool_progress_weigh (&self->progress, TOOL_STAGE_PICTURE, PICTURE_SECONDS);
}

static GPtrArray *
plan_again (ToolFilmJob *self, const ToolFilmOptions *options,
    const GstMontagePlan *previous, guint n_kept, GError **error)
{
  MontageFilmRequest request = request_of (self, options);

  prepare_stages (self, options);
  request.previous = previous;
  request.n_kept = n_kept;
  request.before = previous->instructions;
  if (options->seed_text == NULL)
    request.seed = previous->seed;
  return montage_film_takes (&request, options->n_takes,
      self->session.cancellable, error);
}

GPtrArray *
tool_film_job_plan (ToolFilmJob *self, ToolFilmOptions *options,
    const GstMontagePlan *previous, guint n_kept, GError **error)
{
  g_auto (GStrv) clips = NULL;
  g_autoptr (GstMontageInstructions) before = NULL;
  MontageFilmRequest request;

  if (previous != NULL)
    return plan_again (self, options, previous, n_kept, error);
  if (!tool_directing_load (&options->directing, &before, error)
      || !find_music (self, options, error))
    return NULL;
  prepare_stages (self, options);
  clips = tool_without_songs ((const gchar *const *) options->clips);
  request = request_of (self, options);
  request.before = before;
  request.music = options->music;
  request.clips = (const gchar *const *) clips;
  return montage_film_takes (&request, options->n_takes,
      self->session.cancellable, error);
}

void
tool_film_job_advance_take (ToolFilmJob *self, ToolStage stage,
    gdouble fraction)
{
  tool_film_job_advance (self, stage, (self->take + fraction) / self->n_takes);
}

static gdouble
picture_seconds (const ToolFilmJob *self, const GstMontagePlan *plan)
{
  return self->n_takes * plan->cuts->len * PICTURE_SECONDS_PER_CUT;
}

void
tool_film_job_weigh_pictures (ToolFilmJob *self, const GstMontagePlan *plan)
{
  if (self->draws)
    tool_progress_weigh (&self->progress, TOOL_STAGE_PICTURE,
        picture_seconds (self, plan));
}

void
tool_film_job_print_encoders (const ToolFilmJob *self)
{
  g_autofree gchar *text = NULL;

  if (self->video_encoder == NULL)
    return;
  text = g_strdup_printf ("Encoded with %s%s%s.\n", self->video_encoder,
      self->audio_encoder != NULL ? " and " : "",
      self->audio_encoder != NULL ? self->audio_encoder : "");
  tool_out (text);
}

void
tool_film_job_append_encoders (const ToolFilmJob *self, GString *out)
{
  if (self->video_encoder == NULL)
    return;
  tool_json_begin (out, "encoders", '{');
  tool_json_string (out, "video", self->video_encoder);
  tool_json_string (out, "audio", self->audio_encoder);
  tool_json_end (out, '}');
}

/* The song's grid once more, from the cache: a plan has no waveform. */
static MontageAnalysis *
analyse_song (ToolFilmJob *self, const GstMontagePlan *plan,
    const ToolFilmOptions *film)
{
  g_autoptr (GPtrArray) analyses = g_ptr_array_new ();
  MontageAnalyzerOptions options = {.use_cache = !film->no_cache};
  MontageAnalysis *song;

  if (plan->music.uri == NULL)
    return NULL;
  song = montage_analysis_new (plan->music.uri, MONTAGE_ANALYSIS_BEATS);
  song->settings.tempo = film->tempo;
  song->beats_file = g_strdup (film->beats);
  g_ptr_array_add (analyses, song);
  montage_analyzer_run (analyses, &options, self->session.cancellable, NULL);
  return song;
}

static void
on_thumbnail (gdouble fraction, gpointer data)
{
  tool_film_job_advance_take (data, TOOL_STAGE_PICTURE, fraction);
}

static gchar *
title_of (const GstMontagePlan *plan)
{
  const gchar *prompt = plan->instructions->origin.prompt;

  if (prompt != NULL && *prompt != '\0')
    return g_strdup_printf ("“%s”", prompt);
  return g_strdup (plan->instructions->style.name);
}

gboolean
tool_film_job_draw (ToolFilmJob *self, const GstMontagePlan *plan,
    const ToolFilmOptions *options, gint index, GError **error)
{
  const gchar *path = tool_outputs_path (self->outputs, index);
  gboolean with_jpeg = FALSE;
  guint height = tool_picture_thumbnail_height (path, &with_jpeg);
  g_autoptr (MontageAnalysis) song = NULL;
  g_autoptr (GArray) counts = NULL;
  g_autoptr (GPtrArray) thumbnails = NULL;
  g_autoptr (GBytes) bytes = NULL;
  g_autofree gchar *title = title_of (plan);
  ToolPicture picture = {.plan = plan, .title = title};

  tool_film_job_weigh_pictures (self, plan);
  tool_film_job_advance_take (self, TOOL_STAGE_PICTURE, 0);
  song = analyse_song (self, plan, options);
  counts = tool_picture_n_thumbnails (plan);
  thumbnails = tool_thumbnails_new (plan, counts, height, with_jpeg,
      self->session.cancellable, on_thumbnail, self);
  if (g_cancellable_set_error_if_cancelled (self->session.cancellable, error))
    return FALSE;
  picture.music = song != NULL ? song->beats : NULL;
  picture.thumbnails = thumbnails;
  bytes = tool_picture_draw (&picture, path, error);
  return bytes != NULL
      && tool_outputs_write (self->outputs, index,
          g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes), error);
}

static void
protect (ToolFilmJob *self, const gchar *path_or_uri)
{
  g_autoptr (GFile) file = g_file_new_for_commandline_arg (path_or_uri);
  g_autofree gchar *path = g_file_get_path (file);

  if (path != NULL)
    tool_outputs_protect (self->outputs, path);
}

void
tool_film_job_protect (ToolFilmJob *self, const ToolFilmOptions *options)
{
  g_autoptr (GPtrArray)
      files = montage_media_files ((const gchar *const *) options->clips, NULL);

  if (options->music != NULL)
    protect (self, options->music);
  if (options->beats != NULL)
    protect (self, options->beats);
  if (options->directing.from != NULL)
    protect (self, options->directing.from);
  for (gchar **file = options->clip.files; file != NULL && *file != NULL;
       file++)
    protect (self, *file);
  for (guint i = 0; options->clips[i] != NULL; i++) {
    g_autofree gchar *rules = montage_film_rules_file (options->clips[i]);

    protect (self, options->clips[i]);
    if (rules != NULL)
      protect (self, rules);
  }
  for (guint i = 0; files != NULL && i < files->len; i++)
    protect (self, g_ptr_array_index (files, i));
}

void
tool_film_job_protect_plan (ToolFilmJob *self, const GstMontagePlan *plan)
{
  if (plan->music.uri != NULL)
    protect (self, plan->music.uri);
  for (guint i = 0; i < plan->sources->len; i++)
    protect (self, g_array_index (plan->sources, GstMontageSource, i).uri);
}
