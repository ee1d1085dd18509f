/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "beatanalyzer.h"

#include "activation.h"
#include "barevidence.h"
#include "beatbars.h"
#include "beatconstants.h"
#include "beatenergy.h"
#include "beatlevel.h"
#include "beatlive.h"
#include "beatpulse.h"
#include "beatsections.h"
#include "beatsnap.h"
#include "beattempo.h"
#include "envelope.h"
#include "onsetfront.h"
#include "tonefront.h"

G_STATIC_ASSERT (BEAT_ANALYZER_RATE == BEAT_RATE);

struct _BeatAnalyzer
{
  BeatSettings settings;
  guint64 n_samples;
  OnsetFront *front;
  ToneFront *tones;
  BeatLive *live;     /* NULL until it is asked for */
  guint n_live;       /* frames that it has heard, of those kept */
  gdouble live_start; /* s, the first that it heard */
};

BeatAnalyzer *
beat_analyzer_new (const BeatSettings *settings)
{
  BeatAnalyzer *self = g_new0 (BeatAnalyzer, 1);

  self->settings = *settings;
  self->settings.tempo_max = MAX (settings->tempo_min, settings->tempo_max);
  self->front = onset_front_new ();
  self->tones = tone_front_new ();
  return self;
}

void
beat_analyzer_free (BeatAnalyzer *self)
{
  if (!self)
    return;
  onset_front_free (self->front);
  tone_front_free (self->tones);
  beat_live_free (self->live);
  g_free (self);
}

void
beat_analyzer_push (BeatAnalyzer *self, const gfloat *samples, gsize n)
{
  guint n_kept;

  onset_front_frames (self->front, &n_kept);
  /* Live beats that nobody asks for any more. */
  if (self->n_live < n_kept)
    g_clear_pointer (&self->live, beat_live_free);
  if (self->settings.live_only) {
    onset_front_forget (self->front);
    n_kept = 0;
  }
  self->n_live = n_kept;
  onset_front_push (self->front, samples, n);
  if (!self->settings.live_only)
    tone_front_push (self->tones, samples, n);
  self->n_samples += n;
}

static GstClockTime
to_clock_time (gdouble seconds)
{
  return (GstClockTime) (MAX (0.0, seconds) * GST_SECOND + 0.5);
}

/* From the frames of the last push on, @n being kept. */
static void
start_live (BeatAnalyzer *self, guint n)
{
  BeatSettings settings = self->settings;
  guint64 heard = self->n_samples / BEAT_HOP;

  self->live_start = (gdouble) (heard - (n - self->n_live)) / BEAT_FPS;
  if (settings.first_downbeat >= 0.0)
    settings.first_downbeat -= self->live_start;
  self->live = beat_live_new (&settings);
}

gboolean
beat_analyzer_next_live (BeatAnalyzer *self, LiveBeat *beat)
{
  guint n;
  const OnsetFrame *frames = onset_front_frames (self->front, &n);

  if (!self->live)
    start_live (self, n);
  while (!beat_live_pop (self->live, beat)) {
    if (self->n_live >= n)
      return FALSE;
    beat_live_push (self->live, &frames[self->n_live++]);
  }
  beat->time += self->live_start;
  return TRUE;
}

void
beat_analyzer_catch_up (BeatAnalyzer *self)
{
  if (self->live)
    beat_live_catch_up (self->live);
}

static void
add_beats (const BeatAnalyzer *self, GstMontageBeatGrid *grid,
    const GArray *times, const OnsetFrame *frames, const Activation *activation,
    gdouble last)
{
  guint n = activation->n;
  g_autofree gdouble *tempi = beat_tempo_curve (times);
  g_autofree gfloat *evidence = bar_evidence (frames, n, activation,
      self->tones, times);
  g_autofree guint *positions = g_new0 (guint, times->len + 1);
  g_autoptr (GArray) energy = NULL;

  grid->subdivisions = beat_subdivisions (activation, times);
  grid->beats_per_bar = beat_bars (evidence, times, grid->subdivisions,
      &self->settings, positions);
  energy = beat_energy (frames, n, self->tones, times, last,
      grid->beats_per_bar);
  for (guint i = 0; i < times->len; i++) {
    gdouble time = g_array_index (times, gdouble, i);
    gdouble moved = time + self->settings.offset;
    GstMontageBeat beat = {to_clock_time (moved), positions[i],
        g_array_index (energy, gdouble, i), beat_strength (activation, time),
        tempi[i]};

    if (moved >= 0.0 && beat.time < grid->duration)
      g_array_append_val (grid->beats, beat);
  }
}

/* Fewer clear onsets a minute than beats of the slowest music, as in a tone that
 * goes on, carry none. */
static gboolean
has_onsets (const Activation *activation)
{
  const gfloat *x = activation->all;
  guint onsets = 0;

  for (guint t = 1; t + 1 < activation->n; t++)
    onsets += x[t] > BEAT_CLEAR_ONSET && x[t] > x[t - 1] && x[t] >= x[t + 1];
  return (gdouble) onsets * BEAT_FPS >= BEAT_LEAST_ONSETS * activation->n;
}

static gboolean
is_music (const Activation *activation, const BeatPulse *pulse)
{
  gdouble seconds = (gdouble) activation->n / BEAT_FPS;

  return has_onsets (activation)
      && pulse->strength
      >= BEAT_LEAST_STRENGTH + BEAT_LEAST_STRENGTH_SECONDS / seconds;
}

/* Where the user's tempo is no level of what is heard, the sound is searched for
 * that tempo alone. */
static BeatLevel
find_level (const BeatAnalyzer *self, const OnsetFrame *frames,
    const Activation *activation, BeatPulse *pulse)
{
  gdouble low = self->settings.tempo_min, high = self->settings.tempo_max;
  BeatLevel level;

  if (self->settings.tempo > 0.0) {
    low = self->settings.tempo / BEAT_TEMPO_TOLERANCE;
    high = self->settings.tempo * BEAT_TEMPO_TOLERANCE;
  }
  level = beat_level_choose (frames, activation, self->tones, pulse->marks, low,
      high);
  if (level.beats->len > 0)
    return level;
  beat_level_clear (&level);
  beat_pulse_clear (pulse);
  *pulse = beat_pulse_find (activation, low, high);
  return beat_level_choose (frames, activation, self->tones, pulse->marks,
      low / BEAT_TEMPO_STRAY, high * BEAT_TEMPO_STRAY);
}

static gboolean
find_beats (const BeatAnalyzer *self, GstMontageBeatGrid *grid,
    const OnsetFrame *frames, const Activation *activation, gdouble first,
    gdouble last)
{
  g_auto (BeatPulse)
      pulse = beat_pulse_find (activation, TEMPO_LOWEST, TEMPO_HIGHEST);
  g_auto (BeatLevel) level = {NULL};
  g_autoptr (GArray) times = NULL;

  if (!is_music (activation, &pulse))
    return FALSE;
  level = find_level (self, frames, activation, &pulse);
  times = beat_snap (frames, activation, level.beats,
      pulse.steady && level.even, first, last);
  if (times->len < SNAP_FEWEST)
    return FALSE;
  grid->tempo = beat_tempo_median (times);
  grid->alternative_tempo = level.other > 0.0 ? grid->tempo / level.other : 0.0;
  grid->confidence = level.probability
      * CLAMP (pulse.strength / BEAT_SURE_STRENGTH, 0.0, 1.0);
  add_beats (self, grid, times, frames, activation, last);
  return TRUE;
}

static const gchar *
look_for_beats (const BeatAnalyzer *self, GstMontageBeatGrid *grid,
    const OnsetFrame *frames, guint n)
{
  gdouble seconds = (gdouble) self->n_samples / BEAT_RATE;
  g_autoptr (Activation) activation = activation_new (frames, n);
  gdouble first, last;

  activation_curve (activation, seconds, grid->onsets);
  if (!envelope_extent (frames, n, seconds, &first, &last))
    return "No beat was found: the sound is silent.";
  if (seconds < BEAT_SHORTEST_SECONDS)
    return "No beat was found: the sound is too short.";
  if (!find_beats (self, grid, frames, activation, first, last))
    return "No beat was found: the sound has no steady pulse, like speech or "
           "ambience.";
  return NULL;
}

GstMontageBeatGrid *
beat_analyzer_finish (BeatAnalyzer *self)
{
  GstMontageBeatGrid *grid = gst_montage_beat_grid_new ();
  gdouble seconds = (gdouble) self->n_samples / BEAT_RATE;
  const OnsetFrame *frames;
  GArray *sections;
  guint n;

  onset_front_finish (self->front);
  tone_front_finish (self->tones);
  frames = onset_front_frames (self->front, &n);
  grid->duration = gst_util_uint64_scale_round (self->n_samples, GST_SECOND,
      BEAT_RATE);
  grid->envelope_interval = GST_SECOND / BEAT_FPS * ENVELOPE_FRAMES;
  envelope_append (frames, n, seconds, grid->envelope);
  grid->onset_interval = GST_SECOND / BEAT_FPS * ACTIVATION_CURVE_FRAMES;
  grid->note = g_strdup (look_for_beats (self, grid, frames, n));
  sections = beat_sections (frames, n, self->tones, grid->beats,
      grid->beats_per_bar, grid->duration);
  g_array_append_vals (grid->sections, sections->data, sections->len);
  g_array_unref (sections);
  return grid;
}
