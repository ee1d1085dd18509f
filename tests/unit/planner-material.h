/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/* Songs and clips that exist only as documents, for the planner's tests. */

#include <gst/montage/montage.h>
#include <string.h>

/* A song at a constant tempo, 4/4 from @offset on, whose energy rises over each
 * of its sections; without sections where @labels is NULL. */
static inline GstMontageBeatGrid *
test_song_new (gdouble bpm, gdouble sec, const GstMontageSectionLabel *labels,
    const gdouble *energies, guint n_sections)
{
  GstMontageBeatGrid *song = gst_montage_beat_grid_new ();

  song->uri = g_strdup ("file:///song.ogg");
  song->duration = (GstClockTime) (sec * GST_SECOND);
  song->tempo = bpm;
  song->confidence = bpm > 0 ? 1 : 0;
  song->beats_per_bar = 4;
  for (guint i = 0; bpm > 0; i++) {
    GstMontageBeat beat = {
        .time = (GstClockTime) ((0.1 + i * 60 / bpm) * GST_SECOND),
        .position = i % 4 + 1,
        .energy = 0.5,
        .strength = i % 2 ? 0.4 : 0.9,
    };
    guint part;

    if (beat.time >= song->duration)
      break;
    part = (guint) (beat.time * MAX (n_sections, 1) / song->duration);
    if (n_sections > 0)
      beat.energy = energies[part];
    g_array_append_val (song->beats, beat);
  }
  for (guint i = 0; i < n_sections; i++) {
    GstMontageSection section = {
        .start = song->duration * i / n_sections,
        .end = song->duration * (i + 1) / n_sections,
        .label = labels[i],
        .energy = energies[i],
    };
    g_array_append_val (song->sections, section);
  }

  return song;
}

/* A clip of @n_shots shots of @shot_sec; @number makes it different. */
static inline GstMontageShotList *
test_clip_new (guint number, guint n_shots, gdouble shot_sec, gint fps_n,
    gint fps_d)
{
  GstMontageShotList *clip = gst_montage_shot_list_new ();
  guint64 frames = (guint64) (shot_sec * fps_n / fps_d + 0.5);

  clip->uri = g_strdup_printf ("file:///clips/clip%u.mp4", number);
  clip->width = 1280;
  clip->height = 720;
  clip->fps_n = fps_n;
  clip->fps_d = fps_d;
  clip->has_audio = TRUE;
  for (guint i = 0; i < n_shots; i++) {
    GstMontageShot *shot = gst_montage_shot_list_append (clip);
    guint mix = (number * 7919 + i * 104729) % 1000;

    shot->first_frame = i * frames;
    shot->n_frames = frames;
    shot->start = gst_util_uint64_scale (shot->first_frame,
        (guint64) fps_d * GST_SECOND, fps_n);
    shot->end = gst_util_uint64_scale (shot->first_frame + frames,
        (guint64) fps_d * GST_SECOND, fps_n);
    shot->transition_in = i == 0 ? GST_MONTAGE_BOUNDARY_START
                                 : GST_MONTAGE_BOUNDARY_CUT;
    shot->motion = mix / 1000.0;
    shot->brightness = (mix * 13 % 1000) / 1000.0;
    shot->contrast = 0.6;
    shot->exposure = 0.5 + (mix * 29 % 500) / 1000.0;
    shot->sharpness = (mix * 17 % 1000) / 1000.0;
    clip->duration = shot->end;
  }

  return clip;
}

typedef struct
{
  GstMontageInstructions *instructions;
  GstMontageBeatGrid *song;
  GPtrArray *clips; /* of GstMontageShotList */
  GstMontageRequest request;
} TestFilm;

/* Takes @song, which is nullable. */
static inline void
test_film_init (TestFilm *self, GstMontageBeatGrid *song)
{
  memset (self, 0, sizeof (*self));
  self->instructions = gst_montage_instructions_new ();
  self->song = song;
  self->clips = g_ptr_array_new_with_free_func (
      (GDestroyNotify) gst_montage_shot_list_free);
  self->request.music_start = GST_CLOCK_TIME_NONE;
}

static inline void
test_film_add_clips (TestFilm *self, guint n, guint n_shots, gdouble shot_sec)
{
  for (guint i = 0; i < n; i++)
    g_ptr_array_add (self->clips,
        test_clip_new (self->clips->len, n_shots, shot_sec, 30, 1));
}

static inline GstMontagePlan *
test_film_plan (TestFilm *self, GError **error)
{
  self->request.instructions = self->instructions;
  self->request.music = self->song;
  self->request.sources = (const GstMontageShotList *const *)
                              self->clips->pdata;
  self->request.n_sources = self->clips->len;
  return gst_montage_planner_plan (&self->request, error);
}

static inline void
test_film_clear (TestFilm *self)
{
  gst_montage_instructions_free (self->instructions);
  g_clear_pointer (&self->song, gst_montage_beat_grid_free);
  g_ptr_array_unref (self->clips);
}
