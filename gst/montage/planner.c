/* SPDX-License-Identifier: LGPL-2.1-or-later */

/* The planner: what follows what. The steps are in files of their own:
 * planformat (format of the film), planwindow (part of the song), planmaterial
 * and planscenes (what can be shown, and what of it is asked for), planpace and
 * planslots (where the cuts are), planscore and planpoints (what a shot is worth
 * there), planchoices, plansearch and planlocal (the choice), planmoment (cuts
 * off the beat), plancuts and planreason (the decisions in words), planmetrics
 * and plannotes. */

#ifdef HAVE_CONFIG_H
#include "config.h"
#endif

#include <math.h>

#include <gst/montage/error.h>
#include <gst/montage/planner.h>

#include "plancuts.h"
#include "planformat.h"
#include "planmetrics.h"
#include "planmoment.h"
#include "plannotes.h"
#include "planreason.h"
#include "planscenes.h"
#include "plansearch.h"
#include "planwindow.h"

/* If no clip has a shot of the shortest length asked for, cuts become shorter,
 * but not shorter than a cut can be in any style. */
#define SHORTEST_SEC 0.5

typedef struct
{
  const GstMontageRequest *request;
  MontageEnergy *energy;
  MontageFilmGrid film;
  MontagePace pace;
  MontageMaterial *material;
  GArray *slots; /* of MontageSlot */
  GArray *fixed; /* of MontageTake */
  GPtrArray *notes;
  guint n_frozen;
} Planner;

static gboolean
fail (GError **error, const gchar *text)
{
  g_set_error_literal (error, GST_MONTAGE_ERROR, GST_MONTAGE_ERROR_MATERIAL,
      text);
  return FALSE;
}

static void
planner_clear (Planner *self)
{
  g_clear_pointer (&self->energy, montage_energy_free);
  montage_pace_clear (&self->pace);
  g_clear_pointer (&self->material, montage_material_free);
  g_clear_pointer (&self->slots, g_array_unref);
  g_clear_pointer (&self->fixed, g_array_unref);
  g_clear_pointer (&self->notes, g_ptr_array_unref);
}

static gboolean
check_request (const GstMontageRequest *request, GError **error)
{
  if (request->music->duration == 0)
    return fail (error, "The music has no sound: there is nothing to cut to.");
  if (request->n_sources == 0)
    return fail (error, "There are no clips: a film needs at least one.");
  if (request->n_frozen > 0) {
    if (request->previous == NULL
        || request->previous->sources->len != request->n_sources)
      return fail (error,
          "The plan cannot be revised: it was made from other clips.");
  }

  return TRUE;
}

/* ---- the film: its format, its part of the song, its length ---- */

static GstClockTime
asked_duration (const GstMontageRequest *request)
{
  if (request->duration > 0)
    return request->duration;
  return (GstClockTime) (request->instructions->constraints.target_duration_sec
      * GST_SECOND);
}

/* The song from @start to its end in whole frames: all of it is heard. */
static guint64
frames_to_end (const MontageFilmGrid *film, GstClockTime start)
{
  GstClockTime rest = film->music->duration - start;
  guint64 frames = gst_montage_output_frame_at (&film->output, rest);

  if (gst_montage_output_frame_time (&film->output, frames) < rest)
    frames++;
  return MAX (frames, 1);
}

static void
note_shorter (Planner *self, GstClockTime asked, guint64 frames)
{
  g_autofree gchar *wanted = montage_reason_number ((gdouble) asked
          / GST_SECOND,
      2);
  g_autofree gchar *got =
      montage_reason_number ((gdouble)
                                 gst_montage_output_frame_time (&self->film
                                                                     .output,
                                     frames)
              / GST_SECOND,
          2);

  g_ptr_array_add (self->notes,
      g_strdup_printf ("The film lasts %s s, not the %s s that were asked for: "
                       "the song ends there.",
          got, wanted));
}

static gboolean
choose_window (Planner *self, GError **error)
{
  const GstMontageRequest *request = self->request;
  MontageFilmGrid *film = &self->film;
  GstClockTime asked = asked_duration (request);
  guint64 frames, most;

  if (self->n_frozen > 0)
    film->music_start = request->previous->music.start;
  else if (GST_CLOCK_TIME_IS_VALID (request->music_start))
    film->music_start = request->music_start;
  else if (asked > 0)
    film->music_start = montage_window_choose (film->music, self->energy,
        asked);
  else
    film->music_start = 0;
  if (film->music_start >= film->music->duration)
    return fail (error, "The film cannot start there: the song is shorter.");

  most = frames_to_end (film, film->music_start);
  frames = asked > 0 ? gst_montage_output_frame_at (&film->output, asked)
                     : most;
  film->n_frames = CLAMP (frames, 1, most);
  if (frames > most)
    note_shorter (self, asked, most);

  return TRUE;
}

/* ---- what can be shown ---- */

static gboolean
no_material (const Planner *self, gdouble min_sec, GError **error)
{
  const GstMontageRequest *request = self->request;
  guint longest = 0;
  g_autofree gchar *name = NULL, *length = NULL, *needed = NULL;

  for (guint i = 1; i < request->n_sources; i++)
    if (request->sources[i]->duration > request->sources[longest]->duration)
      longest = i;
  name = montage_material_source_name (request->sources[longest], longest);
  length = montage_reason_number ((gdouble) request->sources[longest]->duration
          / GST_SECOND,
      2);
  needed = montage_reason_number (min_sec, 2);
  g_set_error (error, GST_MONTAGE_ERROR, GST_MONTAGE_ERROR_MATERIAL,
      "No clip can be used: the longest, %s, lasts %s s, and a cut needs %s s "
      "and a frame; add longer clips.",
      name, length, needed);

  return FALSE;
}

static guint64
shortest_frames (const Planner *self)
{
  gdouble fps = (gdouble) self->film.output.fps_n / self->film.output.fps_d;

  return (guint64) MAX (floor (self->pace.min_sec * fps + 1e-6), 1.0);
}

/* Shortens the shortest cut to the longest shot there is. */
static gboolean
relax_shortest (Planner *self, GError **error)
{
  gdouble fps = (gdouble) self->film.output.fps_n / self->film.output.fps_d;
  gdouble asked = self->pace.min_sec;
  g_autofree gchar *from = NULL, *to = NULL;
  guint64 longest;

  self->pace.min_sec = SHORTEST_SEC;
  g_clear_pointer (&self->material, montage_material_free);
  self->material = montage_material_new (self->request->sources,
      self->request->n_sources, &self->film.output, shortest_frames (self));
  longest = montage_material_longest (self->material);
  if (longest == 0)
    return no_material (self, SHORTEST_SEC, error);

  self->pace.min_sec = CLAMP (montage_material_comfortable (self->material,
                                  self->film.n_frames)
          / fps,
      SHORTEST_SEC, longest / fps);
  self->pace.min_sec = MIN (self->pace.min_sec, asked);
  from = montage_reason_number (asked, 2);
  to = montage_reason_number (self->pace.min_sec, 2);
  g_ptr_array_add (self->notes,
      g_strdup_printf ("Cuts may last %s s instead of at least %s s: no clip "
                       "has a longer shot.",
          to, from));

  return TRUE;
}

static gboolean
can_be_filled (const Planner *self, guint64 n_frames)
{
  guint64 shortest, longest;

  montage_film_limits (&self->film, &self->pace, &shortest, &longest);
  return (n_frames + longest - 1) / longest <= n_frames / shortest;
}

/* No number of cuts within the limits is as long as the film: then they are a
 * little shorter, and it is said. */
static void
fit_shortest (Planner *self, guint64 n_frames)
{
  gdouble fps = (gdouble) self->film.output.fps_n / self->film.output.fps_d;
  gdouble asked = self->pace.min_sec;
  g_autofree gchar *from = montage_reason_number (asked, 2);
  g_autofree gchar *to = NULL;
  guint64 shortest, longest;

  montage_film_limits (&self->film, &self->pace, &shortest, &longest);
  self->pace.min_sec = (gdouble) (n_frames
                           / ((n_frames + longest - 1) / longest))
      / fps;
  to = montage_reason_number (self->pace.min_sec, 2);
  g_ptr_array_add (self->notes,
      g_strdup_printf ("Cuts may last %s s instead of at least %s s: longer "
                       "ones do not fill the film exactly.",
          to, from));
}

/* Cuts are never longer than what can be shown; and not longer than what most
 * clips have, so that the film does not live on a few of them. */
static gboolean
choose_material (Planner *self, guint64 n_frames, GError **error)
{
  gdouble fps = (gdouble) self->film.output.fps_n / self->film.output.fps_d;
  gdouble asked = self->pace.max_sec, longest, comfortable;

  /* A film can be one short cut. */
  self->pace.min_sec = MIN (self->pace.min_sec, MAX (n_frames, 1) / fps);
  self->material = montage_material_new (self->request->sources,
      self->request->n_sources, &self->film.output, shortest_frames (self));
  if (montage_material_longest (self->material) == 0
      && !relax_shortest (self, error))
    return FALSE;
  montage_notes_left_out (self->material, self->pace.min_sec, self->notes);

  comfortable = (gdouble) montage_material_comfortable (self->material,
                    self->film.n_frames)
      / fps;
  longest = (gdouble) montage_material_longest (self->material) / fps;
  self->pace.max_sec = MAX (MIN (asked, comfortable), self->pace.min_sec);
  if (!can_be_filled (self, n_frames))
    self->pace.max_sec = MAX (MIN (asked, longest), self->pace.min_sec);
  if (!can_be_filled (self, n_frames))
    fit_shortest (self, n_frames);

  return TRUE;
}

/* ---- the cuts that have been shown ---- */

static void
add_frozen (Planner *self)
{
  const GArray *cuts;

  self->slots = g_array_new (FALSE, FALSE, sizeof (MontageSlot));
  self->fixed = g_array_new (FALSE, FALSE, sizeof (MontageTake));
  if (self->n_frozen == 0)
    return;

  cuts = self->request->previous->cuts;
  for (guint i = 0; i < self->n_frozen; i++) {
    const GstMontageCut *cut = &g_array_index (cuts, GstMontageCut, i);
    const GstMontageOutput *output = &self->film.output;
    MontageSlot slot = {
        .first_frame = gst_montage_output_frame_at (output, cut->start)};
    gint span = montage_material_find (self->material, cut->source,
        cut->in_point);
    MontageTake take = {span < 0 ? MONTAGE_NO_SPAN : (guint) span,
        cut->in_point, cut->score.terms[GST_MONTAGE_TERM_MOMENT]};

    slot.n_frames = gst_montage_output_frame_at (output,
                        cut->start + cut->duration)
        - slot.first_frame;
    montage_slot_describe (&self->film, &slot);
    g_array_append_val (self->slots, slot);
    g_array_append_val (self->fixed, take);
  }
}

static guint64
frozen_frames (const Planner *self)
{
  const GstMontageCut *last;

  if (self->n_frozen == 0)
    return 0;
  last = &g_array_index (self->request->previous->cuts, GstMontageCut,
      self->n_frozen - 1);
  return gst_montage_output_frame_at (&self->film.output,
      last->start + last->duration);
}

/* ---- the plan ---- */

static void
fill_music (const Planner *self, GstMontagePlan *plan)
{
  const GstMontageBeatGrid *music = self->film.music;

  plan->music.uri = g_strdup (music->uri);
  plan->music.start = self->film.music_start;
  plan->music.duration = plan->duration;
  plan->music.fade_out = montage_window_fade (&self->film, &self->pace);
  plan->music.tempo = music->tempo;
  plan->music.confidence = music->confidence;
  g_array_append_vals (plan->music.beats, music->beats->data,
      music->beats->len);
  g_array_append_vals (plan->music.sections, music->sections->data,
      music->sections->len);
}

static void
fill_sources (const Planner *self, GstMontagePlan *plan)
{
  for (guint i = 0; i < self->request->n_sources; i++) {
    const GstMontageShotList *list = self->request->sources[i];
    GstMontageSource source = {
        .uri = g_strdup (list->uri != NULL ? list->uri : ""),
        .duration = list->duration,
        .width = list->width,
        .height = list->height,
        .fps_n = list->fps_n,
        .fps_d = list->fps_d,
        .variable_rate = list->variable_rate,
        .has_audio = list->has_audio,
        .n_shots = list->shots->len,
    };
    g_array_append_val (plan->sources, source);
  }
  for (guint i = 0; i < plan->cuts->len; i++) {
    guint source = g_array_index (plan->cuts, GstMontageCut, i).source;
    g_array_index (plan->sources, GstMontageSource, source).n_cuts++;
  }
}

/* The frozen cuts as they are: with all strings and arrays of their own. */
static void
copy_frozen (const Planner *self, GstMontagePlan *plan)
{
  GstMontagePlan *copy;

  if (self->n_frozen == 0)
    return;
  copy = gst_montage_plan_copy (self->request->previous);
  g_array_append_vals (plan->cuts, copy->cuts->data, self->n_frozen);
  /* They belong to the plan now. */
  memset (copy->cuts->data, 0, self->n_frozen * sizeof (GstMontageCut));
  gst_montage_plan_free (copy);
}

/* Where to cut, from the settled frames on. */
static void
add_slots (Planner *self)
{
  guint64 settled = frozen_frames (self);
  g_autoptr (GArray) slots = NULL;

  g_array_set_size (self->slots, self->n_frozen);
  if (self->film.n_frames <= settled)
    return;
  slots = montage_slots_new (&self->film, &self->pace, settled);
  g_array_append_vals (self->slots, slots->data, slots->len);
}

/* What to show there. */
typedef struct
{
  MontageScorer scorer;
  MontageChoices *choices;
  GArray *takes;
} Choice;

static void
choice_init (Choice *choice, const Planner *self)
{
  choice->scorer = (MontageScorer){.instructions = self->request->instructions,
      .film = &self->film,
      .material = self->material,
      .slots = self->slots,
      .has_changes = self->pace.changes->len > 0,
      .seed = self->request->seed};
  montage_scorer_init (&choice->scorer);
  choice->choices = montage_choices_new (&choice->scorer, self->n_frozen);
  choice->takes = montage_search_run (choice->choices, self->fixed,
      &montage_search_default);
}

static void
choice_clear (Choice *choice)
{
  g_array_unref (choice->takes);
  montage_choices_free (choice->choices);
  montage_scorer_clear (&choice->scorer);
}

/* Where the film shows what is to be cut faster it is cut anew, and the shots
 * are chosen once more. */
static void
choose_cuts (Planner *self, GstMontagePlan *plan)
{
  Choice choice;

  choice_init (&choice, self);
  if (montage_scenes_mark (self->material, &self->film, self->slots,
          choice.takes, self->n_frozen, &self->pace)) {
    choice_clear (&choice);
    add_slots (self);
    choice_init (&choice, self);
  }
  if (!self->request->instructions->energy_mapping.sync_to_beats) {
    montage_moments_apply (&choice.scorer, &self->pace, self->slots,
        choice.takes, self->n_frozen);
    montage_scorer_update (&choice.scorer);
  }
  montage_cuts_append (choice.choices, choice.takes, self->n_frozen,
      plan->cuts);
  choice_clear (&choice);
}

static GstMontagePlan *
build_plan (Planner *self)
{
  const GstMontageRequest *request = self->request;
  GstMontagePlan *plan = gst_montage_plan_new ();

  plan->seed = request->seed;
  plan->revision = request->previous != NULL ? request->previous->revision + 1
                                             : 1;
  plan->output = self->film.output;
  plan->duration = gst_montage_output_frame_time (&self->film.output,
      self->film.n_frames);
  g_clear_pointer (&plan->instructions, gst_montage_instructions_free);
  plan->instructions = gst_montage_instructions_copy (request->instructions);
  copy_frozen (self, plan);
  if (self->slots->len > self->n_frozen)
    choose_cuts (self, plan);
  fill_music (self, plan);
  fill_sources (self, plan);
  montage_metrics_compute (plan, request->sources, &plan->metrics);
  montage_notes_unused (self->material, plan, self->notes);
  montage_notes_repeats (self->material, plan, self->notes);
  if (self->notes->len > 0) {
    g_ptr_array_add (self->notes, NULL);
    plan->notes = g_strdupv ((GStrv) self->notes->pdata);
  }

  return plan;
}

static gboolean
prepare (Planner *self, GError **error)
{
  const GstMontageRequest *request = self->request;
  MontageFilmGrid *film = &self->film;
  guint64 settled;

  film->music = request->music;
  film->energy = self->energy;
  film->output = self->n_frozen > 0 ? request->previous->output
                                    : request->output;
  montage_format_choose (request->sources, request->n_sources, &film->output);
  if (!choose_window (self, error))
    return FALSE;
  settled = frozen_frames (self);
  film->n_frames = MAX (film->n_frames, settled);
  montage_pace_init (&self->pace, request->instructions, film->music,
      self->energy, film->music_start,
      montage_film_song_time (film, film->n_frames));
  if (!choose_material (self, film->n_frames - settled, error))
    return FALSE;
  montage_scenes_apply (self->material, request->instructions, self->notes);
  add_frozen (self);
  add_slots (self);

  return TRUE;
}

GstMontagePlan *
gst_montage_planner_plan (const GstMontageRequest *request, GError **error)
{
  Planner self = {.request = request};
  GstMontagePlan *plan = NULL;

  g_return_val_if_fail (request != NULL, NULL);
  g_return_val_if_fail (request->instructions != NULL, NULL);
  g_return_val_if_fail (request->music != NULL, NULL);

  if (!check_request (request, error))
    return NULL;
  if (request->previous != NULL)
    self.n_frozen = MIN (request->n_frozen, request->previous->cuts->len);
  self.notes = g_ptr_array_new_with_free_func (g_free);
  self.energy = montage_energy_new (request->music);
  if (prepare (&self, error))
    plan = build_plan (&self);
  planner_clear (&self);

  return plan;
}
