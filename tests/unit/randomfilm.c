/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include <string.h>

#include <gst/montage/planrandom.h>

#include "randomfilm.h"

gdouble
random_film_draw (RandomFilm *self)
{
  self->state = montage_hash (self->state);
  return (gdouble) (self->state >> 11) / 9007199254740992.0;
}

static gboolean
chance (RandomFilm *self, gdouble share)
{
  return random_film_draw (self) < share;
}

static gdouble
between (RandomFilm *self, gdouble low, gdouble high)
{
  return low + (high - low) * random_film_draw (self);
}

/* Small ones are as frequent as large ones. */
static gdouble
between_magnitudes (RandomFilm *self, gdouble low, gdouble high)
{
  gdouble draw = random_film_draw (self);

  return low + (high - low) * draw * draw * draw;
}

static gint
choose_enum (RandomFilm *self, GType type)
{
  g_autoptr (GTypeClass) enums = g_type_class_ref (type);
  const GEnumClass *values = (const GEnumClass *) enums;
  guint i = (guint) between (self, 0, values->n_values);

  return values->values[i].value;
}

/* ---- instructions ---- */

static void
choose_instructions (RandomFilm *self)
{
  GstMontageInstructions *all = self->instructions;

  all->style.mood = choose_enum (self, GST_TYPE_MONTAGE_MOOD);
  all->pacing.speed = choose_enum (self, GST_TYPE_MONTAGE_SPEED);
  all->pacing.variation = choose_enum (self, GST_TYPE_MONTAGE_VARIATION);
  all->pacing.intro_duration_beats = (guint) between (self, 4, 33);
  all->pacing.climax_intensity = random_film_draw (self);
  all->cinematography.prefer_wide_shots = chance (self, 0.5);
  all->cinematography.prefer_high_action = chance (self, 0.5);
  all->cinematography.match_cuts_enabled = chance (self, 0.5);
  all->cinematography.invisible_cuts_enabled = chance (self, 0.5);
  all->cinematography.shot_variation_priority = choose_enum (self,
      GST_TYPE_MONTAGE_PRIORITY);
  all->transitions.type = choose_enum (self, GST_TYPE_MONTAGE_TRANSITIONS);
  all->transitions.crossfade_duration_sec = between (self, 0.1, 2);
  all->transitions.look = choose_enum (self, GST_TYPE_MONTAGE_TRANSITION_LOOK);
  all->energy_mapping.sync_to_beats = chance (self, 0.7);
  all->energy_mapping.energy_amplification = between (self, 0.5, 2);
  all->effects.color_grading = choose_enum (self, GST_TYPE_MONTAGE_GRADING);
  all->effects.stabilization = chance (self, 0.5);
  all->constraints.min_clip_duration_sec = between_magnitudes (self, 0.5, 10);
  all->constraints.max_clip_duration_sec = between_magnitudes (self,
      MAX (all->constraints.min_clip_duration_sec, 2.0), 60);
  for (guint i = 0; i < GST_MONTAGE_N_TERMS; i++)
    all->weights.terms[i] = chance (self, 0.8) ? 1.0 : between (self, 0, 4);
}

/* ---- the song ---- */

static GstClockTime
beat_length (RandomFilm *self, gboolean steady, GstClockTime last)
{
  if (steady && last > 0)
    return last;
  return (GstClockTime) (between (self, 0.25, steady ? 1.2 : 3) * GST_SECOND);
}

static void
add_beats (RandomFilm *self, GstMontageBeatGrid *song)
{
  gboolean steady = chance (self, 0.7);
  guint meter = (guint) between (self, 2, 8);
  GstClockTime at = (GstClockTime) (between (self, 0, 2) * GST_SECOND);
  GstClockTime length = 0;

  while (song->beats->len < 400 && at < song->duration) {
    GstMontageBeat beat = {.time = at,
        .position = song->beats->len % meter + 1,
        .energy = random_film_draw (self),
        .strength = random_film_draw (self)};
    g_array_append_val (song->beats, beat);
    length = beat_length (self, steady, length);
    at += length;
  }
  song->beats_per_bar = meter;
  if (song->beats->len == 0)
    return;
  song->tempo = 60e9 / length;
  /* It may be heard at twice or half its tempo, or wrong. */
  if (chance (self, 0.2))
    song->tempo *= chance (self, 0.5) ? 2 : 0.5;
  song->confidence = random_film_draw (self);
}

static void
add_sections (RandomFilm *self, GstMontageBeatGrid *song)
{
  GstClockTime at = 0;

  while (at < song->duration) {
    GstMontageSection section = {.start = at,
        .label = choose_enum (self, GST_TYPE_MONTAGE_SECTION_LABEL),
        .energy = random_film_draw (self)};
    at += (GstClockTime) (between_magnitudes (self, 0.1, 60) * GST_SECOND);
    section.end = MIN (at, song->duration);
    g_array_append_val (song->sections, section);
  }
}

static GstMontageBeatGrid *
make_song (RandomFilm *self)
{
  GstMontageBeatGrid *song = gst_montage_beat_grid_new ();
  gboolean silent = chance (self, 0.1);

  song->uri = g_strdup ("file:///song.ogg");
  song->duration = (GstClockTime) (between_magnitudes (self, 0.2, 40)
      * GST_SECOND);
  if (chance (self, 0.8) && !silent)
    add_beats (self, song);
  if (chance (self, 0.6))
    add_sections (self, song);
  if (chance (self, 0.7)) {
    song->envelope_interval = 100 * GST_MSECOND;
    for (guint i = 0; i * song->envelope_interval < song->duration; i++) {
      gdouble value = silent ? 0.0 : random_film_draw (self);
      g_array_append_val (song->envelope, value);
    }
  }

  return song;
}

/* ---- the clips ---- */

static gchar *
make_signature (RandomFilm *self)
{
  GString *text = g_string_new (NULL);
  gboolean even = chance (self, 0.1);

  for (guint i = 0; i < 2 * 16 * 9; i++)
    g_string_append_printf (text, "%02x",
        even ? 16 : (guint) between (self, 0, 256));
  return g_string_free (text, FALSE);
}

static void
add_curves (RandomFilm *self, GstMontageShot *shot, GstClockTime step)
{
  GArray *curves[] = {shot->curves.motion, shot->curves.action,
      shot->curves.pan_x, shot->curves.pan_y, shot->curves.zoom,
      shot->curves.shake, shot->curves.brightness, shot->curves.sharpness,
      shot->curves.focus_x, shot->curves.focus_y};
  guint n = (guint) MIN ((shot->end - shot->start) / step + 1, 200);

  for (guint c = 0; c < G_N_ELEMENTS (curves); c++) {
    for (guint i = 0; i < n; i++) {
      gint value = (gint) between (self, 0, 1000);
      g_array_append_val (curves[c], value);
    }
  }
}

static void
add_times (RandomFilm *self, GstMontageShot *shot)
{
  GstClockTime length = shot->end - shot->start;
  guint n = (guint) between_magnitudes (self, 0, 12);

  for (guint i = 0; i < n; i++) {
    GstClockTime peak = shot->start + length * i / n;
    GstClockTime key = shot->start
        + (GstClockTime) (random_film_draw (self) * length);
    GstMontageStretch best = {.start = peak,
        .end = MIN (peak + length / 4 + 1, shot->end),
        .score = random_film_draw (self)};
    g_array_append_val (shot->action_peaks, peak);
    if (i < 3)
      g_array_append_val (shot->key_frames, key);
    if (i < 3)
      g_array_append_val (shot->best, best);
  }
}

static void
add_measures (RandomFilm *self, GstMontageShotList *clip, GstMontageShot *shot)
{
  guint color = (guint) between (self, 0, 0x1000000);

  shot->motion = random_film_draw (self);
  shot->action = random_film_draw (self);
  shot->pan_x = between (self, -2, 2);
  shot->pan_y = between (self, -2, 2);
  shot->zoom = between (self, -1, 1);
  shot->shake = random_film_draw (self);
  shot->brightness = random_film_draw (self);
  shot->contrast = random_film_draw (self);
  shot->exposure = random_film_draw (self);
  shot->underexposed = chance (self, 0.1) ? 1 : 0;
  shot->sharpness = random_film_draw (self);
  shot->focus_x = random_film_draw (self);
  shot->focus_y = random_film_draw (self);
  shot->shot_size = choose_enum (self, GST_TYPE_MONTAGE_SHOT_SIZE);
  g_array_append_val (shot->palette, color);
  if (chance (self, 0.7))
    shot->signature = make_signature (self);
  if (clip->curve_step > 0)
    add_curves (self, shot, clip->curve_step);
  add_times (self, shot);
}

static GstClockTime
frame_time (const GstMontageShotList *clip, guint64 frame)
{
  return gst_util_uint64_scale (frame, clip->fps_d * GST_SECOND, clip->fps_n);
}

static void
add_shots (RandomFilm *self, GstMontageShotList *clip, gboolean measured)
{
  gdouble longest = chance (self, 0.05) ? 3600 : between (self, 0.05, 20);
  guint n = 1 + (guint) between_magnitudes (self, 0, 20);
  guint64 at = 0;

  for (guint i = 0; i < n; i++) {
    GstMontageShot *shot = gst_montage_shot_list_append (clip);
    gdouble sec = between_magnitudes (self, 0, longest);
    shot->first_frame = at;
    shot->n_frames = MAX ((guint64) (sec * clip->fps_n / clip->fps_d), 1);
    at += shot->n_frames;
    shot->start = frame_time (clip, shot->first_frame);
    shot->end = frame_time (clip, at);
    if (i > 0)
      shot->transition_in = chance (self, 0.9) ? GST_MONTAGE_BOUNDARY_CUT
                                               : GST_MONTAGE_BOUNDARY_DISSOLVE;
    if (shot->transition_in == GST_MONTAGE_BOUNDARY_DISSOLVE) {
      shot->transition_frames = MIN (shot->n_frames, 10);
      shot->transition_duration = frame_time (clip, shot->transition_frames);
    }
    if (measured)
      add_measures (self, clip, shot);
    clip->duration = shot->end;
  }
}

static void
make_still (GstMontageShotList *clip)
{
  GstMontageShot *shot = gst_montage_shot_list_append (clip);

  clip->still = TRUE;
  clip->fps_n = 0;
  clip->fps_d = 1;
  shot->n_frames = 1;
  clip->duration = shot->end = GST_MONTAGE_STILL_DURATION;
}

static GstMontageShotList *
make_clip (RandomFilm *self)
{
  static const gint rates[][2] = {{25, 1}, {30, 1}, {24000, 1001},
      {30000, 1001}, {60, 1}, {120, 1}, {15, 2}, {1000, 33}};
  GstMontageShotList *clip = gst_montage_shot_list_new ();
  guint rate = (guint) between (self, 0, G_N_ELEMENTS (rates));

  clip->uri = g_strdup_printf ("file:///clips/clip%u.mp4", self->clips->len);
  clip->width = 2 * (guint) between (self, 8, 2000);
  clip->height = 2 * (guint) between (self, 8, 2000);
  clip->fps_n = rates[rate][0];
  clip->fps_d = rates[rate][1];
  clip->variable_rate = chance (self, 0.1);
  if (chance (self, 0.6))
    clip->curve_step = (GstClockTime) between (self, 100, 1000) * GST_MSECOND;
  if (chance (self, 0.08))
    make_still (clip);
  else
    add_shots (self, clip, chance (self, 0.9));

  return clip;
}

/* ---- what the user wants of them ---- */

static void
add_rule (RandomFilm *self)
{
  guint clip = (guint) between (self, 0, self->clips->len + 1);
  g_autofree gchar *name = g_strdup_printf ("clip%u.mp4", clip);
  GstMontageClipRule *rule = gst_montage_clip_rules_append (self->rules, name);

  rule->skip = chance (self, 0.2);
  rule->first = chance (self, 0.2);
  rule->last = chance (self, 0.2);
  rule->order = chance (self, 0.3) ? (guint) between (self, 1, 5) : 0;
  rule->weight = chance (self, 0.5) ? 1 : between (self, 0, 4);
  if (chance (self, 0.3)) {
    rule->from_sec = between (self, 0, 5);
    rule->to_sec = chance (self, 0.5)
        ? 0
        : rule->from_sec + between (self, 0.1, 10);
  }
  if (chance (self, 0.3)) {
    GstMontagePin pin = {between (self, 0, 60),
        chance (self, 0.5) ? -1 : between (self, 0, 5),
        chance (self, 0.5) ? 0 : between (self, 0.2, 5)};
    g_array_append_val (rule->pins, pin);
  }
}

/* ---- the request ---- */

static void
choose_output (RandomFilm *self, GstMontageOutput *output)
{
  static const gint rates[][2] = {{25, 1}, {30000, 1001}, {60, 1}, {12, 1}};
  guint rate = (guint) between (self, 0, G_N_ELEMENTS (rates));

  if (chance (self, 0.5))
    return;
  output->width = 2 * (guint) between (self, 8, 1000);
  output->height = 2 * (guint) between (self, 8, 1000);
  output->fps_n = rates[rate][0];
  output->fps_d = rates[rate][1];
}

void
random_film_init (RandomFilm *self, guint64 seed)
{
  guint n_clips;

  memset (self, 0, sizeof (*self));
  self->state = montage_hash (seed);
  self->instructions = gst_montage_instructions_new ();
  choose_instructions (self);
  self->song = make_song (self);
  self->clips = g_ptr_array_new_with_free_func (
      (GDestroyNotify) gst_montage_shot_list_free);
  n_clips = (guint) between_magnitudes (self, 0, 12) + chance (self, 0.98);
  for (guint i = 0; i < n_clips; i++)
    g_ptr_array_add (self->clips, make_clip (self));
  self->rules = gst_montage_clip_rules_new ();
  for (guint i = 0; i < 3 && chance (self, 0.3); i++)
    add_rule (self);

  self->request = (GstMontageRequest){.instructions = self->instructions,
      .music = self->song,
      .sources = (const GstMontageShotList *const *) self->clips->pdata,
      .n_sources = self->clips->len,
      .seed = seed,
      .music_start = GST_CLOCK_TIME_NONE,
      .rules = self->rules,
      .scarcity = choose_enum (self, GST_TYPE_MONTAGE_SCARCITY)};
  choose_output (self, &self->request.output);
  if (chance (self, 0.08))
    self->request.music = NULL;
  if (chance (self, 0.2))
    self->request.music_start = (GstClockTime) (between (self, 0, 30)
        * GST_SECOND);
  if (chance (self, 0.5))
    self->request.duration =
        (GstClockTime) (between_magnitudes (self, 0.01, 300) * GST_SECOND);
}

void
random_film_change_mind (RandomFilm *self)
{
  choose_instructions (self);
  self->request.seed++;
}

void
random_film_clear (RandomFilm *self)
{
  gst_montage_instructions_free (self->instructions);
  g_clear_pointer (&self->song, gst_montage_beat_grid_free);
  g_ptr_array_unref (self->clips);
  gst_montage_clip_rules_free (self->rules);
}
