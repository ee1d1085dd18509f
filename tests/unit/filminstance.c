/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include <math.h>
#include <string.h>

#include <gst/montage/planrandom.h>

#include "filminstance.h"

#define CURVE_STEP (250 * GST_MSECOND)
/* One shot in so many is a long take. */
#define LONG_TAKES 9
#define LONG_FACTOR 6.0

/* The next of a row of numbers in [0, 1). */
static gdouble
draw (guint64 *state)
{
  *state = montage_hash (*state);
  return (gdouble) (*state >> 11) / 9007199254740992.0;
}

/* Nearly normal, of mean 0 and deviation 1. */
static gdouble
draw_normal (guint64 *state)
{
  gdouble sum = 0;

  for (guint i = 0; i < 12; i++)
    sum += draw (state);
  return sum - 6;
}

/* ---- the song ---- */

typedef struct
{
  GstMontageSectionLabel label;
  guint bars;
  gdouble from, to; /* energy */
} Part;

static const Part form[] = {
    {GST_MONTAGE_SECTION_INTRO, 8, 0.15, 0.3},
    {GST_MONTAGE_SECTION_VERSE, 8, 0.4, 0.5},
    {GST_MONTAGE_SECTION_BUILD, 8, 0.5, 0.8},
    {GST_MONTAGE_SECTION_DROP, 16, 0.95, 0.9},
    {GST_MONTAGE_SECTION_BREAK, 8, 0.25, 0.35},
    {GST_MONTAGE_SECTION_VERSE, 8, 0.45, 0.55},
    {GST_MONTAGE_SECTION_BUILD, 4, 0.55, 0.85},
    {GST_MONTAGE_SECTION_DROP, 16, 1.0, 0.9},
    {GST_MONTAGE_SECTION_OUTRO, 8, 0.3, 0.1},
};

static void
add_part (GstMontageBeatGrid *song, const Part *part, GstClockTime bar,
    guint64 *state)
{
  GstMontageSection section = {.label = part->label,
      .energy = (part->from + part->to) / 2};
  GstClockTime start = song->sections->len > 0 ? g_array_index (song->sections,
                           GstMontageSection, song->sections->len - 1)
                                                     .end
                                               : 0;

  section.start = start;
  section.end = MIN (start + part->bars * bar, song->duration);
  for (guint i = 0; i < 4 * part->bars; i++) {
    gdouble along = i / (4.0 * part->bars);
    GstMontageBeat beat = {.time = start + i * bar / 4,
        .position = i % 4 + 1,
        .strength = i % 4 == 0 ? 0.9 : 0.5,
        .energy = CLAMP (part->from + (part->to - part->from) * along
                + 0.05 * draw_normal (state),
            0, 1)};
    if (beat.time < song->duration)
      g_array_append_val (song->beats, beat);
  }
  g_array_append_val (song->sections, section);
}

GstMontageBeatGrid *
film_instance_song (guint64 seed, gdouble bpm, gdouble sec)
{
  GstMontageBeatGrid *song = gst_montage_beat_grid_new ();
  GstClockTime bar = (GstClockTime) (240 / bpm * GST_SECOND);
  guint64 state = montage_hash (seed);

  song->uri = g_strdup ("file:///song.ogg");
  song->duration = (GstClockTime) (sec * GST_SECOND);
  song->tempo = bpm;
  song->confidence = 1;
  song->beats_per_bar = 4;
  for (guint i = 0; song->sections->len == 0
       || g_array_index (song->sections, GstMontageSection,
              song->sections->len - 1)
               .end
           < song->duration;
       i++)
    add_part (song, &form[i % G_N_ELEMENTS (form)], bar, &state);

  return song;
}

/* ---- the footage ---- */

/* Two pictures of soft blobs; @x and @y wander a little from one to the other.
 */
static gchar *
make_signature (gdouble x, gdouble y, gdouble size, guint64 *state)
{
  GString *text = g_string_new (NULL);

  for (guint picture = 0; picture < 2; picture++) {
    for (guint i = 0; i < MONTAGE_SIGNATURE_SIZE; i++) {
      gdouble far = hypot (i % 16 - x, i / 16 - y);
      gdouble value = 230 * exp (-far * far / (size * size))
          + 20 * draw (state);
      g_string_append_printf (text, "%02x", (guint) CLAMP (value, 0, 255));
    }
    x += draw_normal (state);
    y += draw_normal (state) / 2;
  }

  return g_string_free (text, FALSE);
}

/* A slow random walk around @mean. */
static void
make_curve (GArray *curve, guint n, gdouble mean, gdouble low, gdouble high,
    guint64 *state)
{
  gdouble away = 0;

  for (guint i = 0; i < n; i++) {
    gint value = (gint) (1000 * CLAMP (mean + away, low, high));
    away = 0.85 * away + 0.08 * draw_normal (state);
    g_array_append_val (curve, value);
  }
}

static void
make_curves (GstMontageShot *shot, guint64 *state)
{
  guint n = MAX ((guint) ((shot->end - shot->start) / CURVE_STEP), 1);
  GstMontageShotCurves *curves = &shot->curves;
  const GArray *action = curves->action;

  make_curve (curves->motion, n, shot->motion, 0, 1, state);
  make_curve (curves->action, n, shot->action, 0, 1, state);
  make_curve (curves->pan_x, n, shot->pan_x, -2, 2, state);
  make_curve (curves->pan_y, n, shot->pan_y, -2, 2, state);
  make_curve (curves->zoom, n, shot->zoom, -1, 1, state);
  make_curve (curves->shake, n, shot->shake, 0, 1, state);
  make_curve (curves->brightness, n, shot->brightness, 0, 1, state);
  make_curve (curves->sharpness, n, shot->sharpness, 0, 1, state);
  make_curve (curves->focus_x, n, shot->focus_x, 0, 1, state);
  make_curve (curves->focus_y, n, shot->focus_y, 0, 1, state);
  for (guint i = 1; i + 1 < n; i++) {
    gint value = g_array_index (action, gint, i);
    GstClockTime time = shot->start + i * CURVE_STEP;
    if (value > g_array_index (action, gint, i - 1)
        && value >= g_array_index (action, gint, i + 1) && value > 300)
      g_array_append_val (shot->action_peaks, time);
  }
}

static void
make_stretches (GstMontageShot *shot, guint64 *state)
{
  GstClockTime length = shot->end - shot->start;

  for (guint i = 0; i < 3 && length > 2 * GST_SECOND; i++) {
    GstMontageStretch stretch = {.score = 1.0 - 0.2 * i};
    GstClockTime key;
    stretch.start = shot->start
        + (GstClockTime) (draw (state) * (length - 2 * GST_SECOND));
    stretch.end = stretch.start + 2 * GST_SECOND;
    key = stretch.start + GST_SECOND;
    g_array_append_val (shot->best, stretch);
    g_array_append_val (shot->key_frames, key);
  }
}

/* What the shots of one clip have in common. */
typedef struct
{
  gdouble motion, brightness, sharpness, x, y;
  guint color;
} Look;

static void
make_shot (GstMontageShot *shot, const Look *look, guint64 *state)
{
  guint color = look->color ^ (guint) (draw (state) * 0x3f3f3f);

  shot->motion = CLAMP (look->motion + 0.15 * draw_normal (state), 0, 1);
  shot->action = shot->motion * draw (state);
  shot->pan_x = draw (state) < 0.4 ? 0.3 * draw_normal (state) : 0;
  shot->pan_y = draw (state) < 0.2 ? 0.1 * draw_normal (state) : 0;
  shot->shake = 0.4 * draw (state);
  shot->brightness = CLAMP (look->brightness + 0.1 * draw_normal (state), 0, 1);
  shot->contrast = 0.4 + 0.4 * draw (state);
  shot->exposure = 0.6 + 0.4 * draw (state);
  shot->sharpness = CLAMP (look->sharpness + 0.1 * draw_normal (state), 0, 1);
  shot->saturation = shot->colorfulness = draw (state);
  shot->focus_x = CLAMP (0.5 + 0.15 * draw_normal (state), 0, 1);
  shot->focus_y = CLAMP (0.5 + 0.1 * draw_normal (state), 0, 1);
  shot->shot_size = (GstMontageShotSize) (draw (state)
      * (GST_MONTAGE_SHOT_SIZE_UNKNOWN + 1));
  shot->signature = make_signature (look->x + draw_normal (state),
      look->y + draw_normal (state), 2 + 3 * draw (state), state);
  g_array_append_val (shot->palette, color);
  make_curves (shot, state);
  make_stretches (shot, state);
}

GstMontageShotList *
film_instance_clip (guint64 seed, guint number, guint n_shots, gdouble shot_sec)
{
  GstMontageShotList *clip = gst_montage_shot_list_new ();
  guint64 state = montage_hash (montage_hash (seed) + number);
  Look look = {draw (&state), 0.2 + 0.6 * draw (&state), draw (&state),
      16 * draw (&state), 9 * draw (&state),
      (guint) (draw (&state) * 0xffffff)};
  guint64 at = 0;

  clip->uri = g_strdup_printf ("file:///clips/clip%u.mp4", number);
  clip->width = 1280;
  clip->height = 720;
  clip->fps_n = 25;
  clip->fps_d = 1;
  clip->curve_step = CURVE_STEP;
  for (guint i = 0; i < n_shots; i++) {
    GstMontageShot *shot = gst_montage_shot_list_append (clip);
    gdouble sec = shot_sec * (0.5 + draw (&state));

    if (draw (&state) < 1.0 / LONG_TAKES)
      sec *= LONG_FACTOR;
    shot->first_frame = at;
    shot->n_frames = MAX ((guint64) (sec * 25), 3);
    at += shot->n_frames;
    shot->start = shot->first_frame * (GST_SECOND / 25);
    shot->end = at * (GST_SECOND / 25);
    shot->transition_in = i == 0 ? GST_MONTAGE_BOUNDARY_START
                                 : GST_MONTAGE_BOUNDARY_CUT;
    make_shot (shot, &look, &state);
    clip->duration = shot->end;
  }

  return clip;
}

/* ---- the film ---- */

void
film_instance_init (FilmInstance *self, const FilmInstanceSize *size,
    GstMontageInstructions *instructions)
{
  memset (self, 0, sizeof (*self));
  self->instructions = instructions;
  if (instructions == NULL) {
    self->instructions = gst_montage_instructions_new ();
    self->instructions->pacing.speed = GST_MONTAGE_SPEED_FAST;
    self->instructions->cinematography.match_cuts_enabled = TRUE;
  }
  if (size->longest_sec > 0)
    self->instructions->constraints.max_clip_duration_sec = size->longest_sec;
  self->song = film_instance_song (size->seed, size->bpm, size->film_sec);
  self->clips = g_ptr_array_new_with_free_func (
      (GDestroyNotify) gst_montage_shot_list_free);
  for (guint i = 0; i < size->n_clips; i++)
    g_ptr_array_add (self->clips,
        film_instance_clip (size->seed, i, size->n_shots, size->shot_sec));

  self->request = (GstMontageRequest){.instructions = self->instructions,
      .music = self->song,
      .sources = (const GstMontageShotList *const *) self->clips->pdata,
      .n_sources = self->clips->len,
      .seed = size->seed,
      .output = {640, 360, 25, 1, GST_MONTAGE_FIT_CROP},
      .music_start = 0};
  self->draft.request = &self->request;
  self->draft.notes = g_ptr_array_new_with_free_func (g_free);
  g_assert_true (montage_draft_prepare (&self->draft, NULL));
}

static void
film_instance_forget (FilmInstance *self)
{
  if (self->choices == NULL)
    return;
  g_clear_pointer (&self->choices, montage_choices_free);
  montage_scorer_clear (&self->scorer);
}

void
film_instance_choose (FilmInstance *self)
{
  film_instance_forget (self);
  self->scorer = (MontageScorer){.instructions = self->instructions,
      .film = &self->draft.film,
      .material = self->draft.material,
      .slots = self->draft.slots,
      .seed = self->request.seed};
  montage_scorer_init (&self->scorer);
  self->choices = montage_choices_new (&self->scorer, 0);
}

void
film_instance_clear (FilmInstance *self)
{
  film_instance_forget (self);
  montage_draft_clear (&self->draft);
  gst_montage_instructions_free (self->instructions);
  gst_montage_beat_grid_free (self->song);
  g_ptr_array_unref (self->clips);
}
