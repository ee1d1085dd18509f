/* SPDX-License-Identifier: LGPL-2.1-or-later */

/* All that is settled before the choice of the shots: the film's format and
 * length, the material, the places of the cuts. */

#include <math.h>

#include <gst/montage/error.h>

#include "plandraft.h"
#include "planformat.h"
#include "planlength.h"
#include "plannotes.h"
#include "planscarcity.h"
#include "planscenes.h"
#include "plansilence.h"

/* If no clip has a shot of the shortest length asked for, cuts become shorter,
 * but not shorter than a cut can be in any style. */
#define SHORTEST_SEC 0.5
/* Slots move when one of them gets shorter. */
#define MAX_FITS 4
/* Each time at least one slot is left out. */
#define MAX_SHORTER 100

gboolean
montage_draft_fail (GError **error, const gchar *text)
{
  g_set_error_literal (error, GST_MONTAGE_ERROR, GST_MONTAGE_ERROR_MATERIAL,
      text);
  return FALSE;
}

static void
clear_film (MontageDraft *self)
{
  montage_pace_clear (&self->pace);
  g_clear_pointer (&self->material, montage_material_free);
  g_clear_pointer (&self->rules, montage_rules_free);
  g_clear_pointer (&self->slots, g_array_unref);
  g_clear_pointer (&self->fixed, g_array_unref);
}

void
montage_draft_clear (MontageDraft *self)
{
  clear_film (self);
  g_clear_pointer (&self->silence, gst_montage_beat_grid_free);
  g_clear_pointer (&self->energy, montage_energy_free);
  g_clear_pointer (&self->notes, g_ptr_array_unref);
}

/* ---- what can be shown ---- */

static gboolean
no_material (const MontageDraft *self, gdouble min_sec, GError **error)
{
  const GstMontageRequest *request = self->request;
  gint longest = -1;
  g_autofree gchar *name = NULL, *length = NULL, *needed = NULL;

  for (guint i = 0; i < request->n_sources; i++) {
    if (!self->rules->clips[i].skip
        && (longest < 0
            || request->sources[i]->duration
                > request->sources[longest]->duration))
      longest = (gint) i;
  }
  if (longest < 0)
    return montage_draft_fail (error,
        "Every clip is skipped: a film needs at least one.");
  name = montage_material_source_name (request->sources[longest], longest);
  length = montage_notes_seconds (
      (gdouble) request->sources[longest]->duration / GST_SECOND);
  needed = montage_notes_seconds (min_sec);
  g_set_error (error, GST_MONTAGE_ERROR, GST_MONTAGE_ERROR_MATERIAL,
      "No clip can be used: the longest, %s, lasts %s s, and a cut needs %s s "
      "and a frame; add longer clips.",
      name, length, needed);

  return FALSE;
}

static guint64
shortest_frames (const MontageDraft *self)
{
  gdouble fps = (gdouble) self->film.output.fps_n / self->film.output.fps_d;

  return (guint64) MAX (floor (self->pace.min_sec * fps + 1e-6), 1.0);
}

/* Shortens the shortest cut to the longest shot there is. */
static gboolean
relax_shortest (MontageDraft *self, GError **error)
{
  gdouble fps = (gdouble) self->film.output.fps_n / self->film.output.fps_d;
  gdouble asked = self->pace.min_sec;
  g_autofree gchar *from = NULL, *to = NULL;
  guint64 longest;

  self->pace.min_sec = SHORTEST_SEC;
  g_clear_pointer (&self->material, montage_material_free);
  self->material = montage_material_new (self->request->sources,
      self->request->n_sources, self->rules->clips, &self->film.output,
      shortest_frames (self));
  longest = montage_material_longest (self->material);
  if (longest == 0)
    return no_material (self, SHORTEST_SEC, error);

  self->pace.min_sec = CLAMP (montage_material_comfortable (self->material,
                                  self->film.n_frames)
          / fps,
      SHORTEST_SEC, longest / fps);
  self->pace.min_sec = MIN (self->pace.min_sec, asked);
  from = montage_notes_seconds (asked);
  to = montage_notes_seconds (self->pace.min_sec);
  g_ptr_array_add (self->notes,
      g_strdup_printf ("Cuts may last %s s instead of at least %s s: no clip "
                       "has a longer shot.",
          to, from));

  return TRUE;
}

static gboolean
can_be_filled (const MontageDraft *self, guint64 n_frames)
{
  guint64 shortest, longest;

  montage_film_limits (&self->film, &self->pace, &shortest, &longest);
  return (n_frames + longest - 1) / longest <= n_frames / shortest;
}

/* No number of cuts within the limits is as long as the film: then they are a
 * little shorter, and it is said. */
static void
fit_shortest (MontageDraft *self, guint64 n_frames)
{
  gdouble fps = (gdouble) self->film.output.fps_n / self->film.output.fps_d;
  gdouble asked = self->pace.min_sec;
  g_autofree gchar *from = montage_notes_seconds (asked);
  g_autofree gchar *to = NULL;
  guint64 shortest, longest;

  montage_film_limits (&self->film, &self->pace, &shortest, &longest);
  self->pace.min_sec = (gdouble) (n_frames
                           / ((n_frames + longest - 1) / longest))
      / fps;
  to = montage_notes_seconds (self->pace.min_sec);
  g_ptr_array_add (self->notes,
      g_strdup_printf ("Cuts may last %s s instead of at least %s s: longer "
                       "ones do not fill the film exactly.",
          to, from));
}

/* Cuts are never longer than what can be shown; and not longer than what most
 * clips have, so that the film does not live on a few of them. */
static gboolean
choose_material (MontageDraft *self, guint64 n_frames, GError **error)
{
  gdouble fps = (gdouble) self->film.output.fps_n / self->film.output.fps_d;
  gdouble asked = self->pace.max_sec, longest, comfortable;

  /* A film can be one short cut. */
  self->pace.min_sec = MIN (self->pace.min_sec, MAX (n_frames, 1) / fps);
  self->material = montage_material_new (self->request->sources,
      self->request->n_sources, self->rules->clips, &self->film.output,
      shortest_frames (self));
  if (montage_material_longest (self->material) == 0
      && !relax_shortest (self, error))
    return FALSE;
  montage_notes_left_out (self->material, self->pace.min_sec, self->notes);

  comfortable = (gdouble) montage_material_comfortable (self->material,
                    self->film.n_frames)
      / fps;
  longest = (gdouble) montage_material_longest (self->material) / fps;
  /* Less than a frame: what may be shown is rounded down. */
  self->pace.min_sec = MIN (self->pace.min_sec, longest);
  self->pace.max_sec = MAX (MIN (asked, comfortable), self->pace.min_sec);
  if (!can_be_filled (self, n_frames))
    self->pace.max_sec = MAX (MIN (asked, longest), self->pace.min_sec);
  if (!can_be_filled (self, n_frames))
    fit_shortest (self, n_frames);

  return TRUE;
}

/* ---- the cuts that have been shown ---- */

static void
add_frozen (MontageDraft *self)
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
    MontageSlot slot = {.first_frame = gst_montage_output_frame_at (output,
                            cut->start),
        .slow = 1.0 - cut->speed};
    gint span = montage_material_find (self->material, cut->source,
        cut->in_point);
    MontageTake take = {span < 0 ? MONTAGE_NO_SPAN : (guint) span,
        cut->in_point};

    slot.n_frames = gst_montage_output_frame_at (output,
                        cut->start + cut->duration)
        - slot.first_frame;
    montage_slot_describe (&self->film, &slot);
    montage_take_look (&take, self->material, slot.n_frames);
    g_array_append_val (self->slots, slot);
    g_array_append_val (self->fixed, take);
  }
}

guint64
montage_draft_settled (const MontageDraft *self)
{
  const GstMontageCut *last;

  if (self->n_frozen == 0)
    return 0;
  last = &g_array_index (self->request->previous->cuts, GstMontageCut,
      self->n_frozen - 1);
  return gst_montage_output_frame_at (&self->film.output,
      last->start + last->duration);
}

/* ---- the places of the cuts ---- */

static void
place_slots (MontageDraft *self, guint64 settled)
{
  g_autoptr (GArray)
      slots = montage_slots_new (&self->film, &self->pace, settled);

  g_array_set_size (self->slots, self->n_frozen);
  g_array_append_vals (self->slots, slots->data, slots->len);
  montage_rules_assign (self->rules, self->slots, self->n_frozen);
}

/* Where to cut, from the settled frames on. */
void
montage_draft_add_slots (MontageDraft *self)
{
  guint64 settled = montage_draft_settled (self);

  if (self->film.n_frames <= settled)
    return;
  place_slots (self, settled);
  for (guint i = 0; i < MAX_FITS
       && montage_rules_fit_parts (self->rules, self->slots, self->n_frozen);
       i++)
    place_slots (self, settled);
  if (self->request->scarcity == GST_MONTAGE_SCARCITY_SLOW)
    montage_scarcity_slow (self);
}

/* From the film's length to its slots. */
static gboolean
prepare_film (MontageDraft *self, GError **error)
{
  const GstMontageRequest *request = self->request;
  MontageFilmGrid *film = &self->film;
  guint64 settled;

  clear_film (self);
  g_ptr_array_set_size (self->notes, 0);
  if (!montage_length_choose (self, error))
    return FALSE;
  settled = montage_draft_settled (self);
  montage_pace_init (&self->pace, request->instructions, film->music,
      self->energy, film->music_start,
      montage_film_song_time (film, film->n_frames));
  self->rules = montage_rules_new (request, self->notes);
  if (!choose_material (self, film->n_frames - settled, error))
    return FALSE;
  montage_rules_place (self->rules, self->material, film, &self->pace, settled,
      self->notes);
  film->limits = self->rules->limits;
  montage_scenes_apply (self->material, request->instructions, self->notes);
  add_frozen (self);
  montage_draft_add_slots (self);

  return TRUE;
}

/* Makes the film shorter until nothing has to be shown again. */
static gboolean
shorten (MontageDraft *self, GError **error)
{
  const MontageFilmGrid *film = &self->film;

  for (guint i = 0; i < MAX_SHORTER && !montage_scarcity_is_enough (self);
       i++) {
    if (self->full_duration == 0)
      self->full_duration = gst_montage_output_frame_time (&film->output,
          film->n_frames);
    self->shortened = MAX (montage_scarcity_length (self), 1);
    if (!prepare_film (self, error))
      return FALSE;
  }

  return TRUE;
}

/* What the film is cut to. */
static void
choose_music (MontageDraft *self)
{
  const GstMontageRequest *request = self->request;

  self->film.music = request->music;
  if (request->music == NULL) {
    g_autoptr (GPtrArray) notes = g_ptr_array_new_with_free_func (g_free);
    MontageRules *rules = montage_rules_new (request, notes);
    self->silence = montage_silence_new (request, rules->clips,
        montage_length_asked (request));
    montage_rules_free (rules);
    self->film.music = self->silence;
  }
  self->energy = montage_energy_new (self->film.music);
  self->film.energy = self->energy;
}

gboolean
montage_draft_prepare (MontageDraft *self, GError **error)
{
  const GstMontageRequest *request = self->request;
  MontageFilmGrid *film = &self->film;

  if (self->energy == NULL)
    choose_music (self);
  film->output = self->n_frozen > 0 ? request->previous->output
                                    : request->output;
  montage_format_choose (request->sources, request->n_sources, &film->output);
  self->shortened = self->full_duration = 0;
  if (!prepare_film (self, error))
    return FALSE;

  return request->scarcity != GST_MONTAGE_SCARCITY_SHORTEN
      || shorten (self, error);
}
