/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "beatanalyzer.h"

#include <math.h>

#include "activation.h"
#include "barevidence.h"
#include "beatbars.h"
#include "beatconstants.h"
#include "beatenergy.h"
#include "beatlevel.h"
#include "beatlive.h"
#include "beatsections.h"
#include "beatsnap.h"
#include "beattracker.h"
#include "envelope.h"
#include "onsetfront.h"
#include "steadytempo.h"
#include "tempogram.h"
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

static gint
compare_doubles (gconstpointer a, gconstpointer b)
{
  gdouble x = *(const gdouble *) a, y = *(const gdouble *) b;

  return (x > y) - (x < y);
}

/* Of the mean tempi of 8 beats each. */
static gdouble
median_tempo (const GArray *times)
{
  guint span = MIN (times->len - 1, SNAP_NEIGHBOURS);
  guint n = times->len - span;
  g_autofree gdouble *lengths = g_new (gdouble, n);

  for (guint i = 0; i < n; i++)
    lengths[i] = g_array_index (times, gdouble, i + span)
        - g_array_index (times, gdouble, i);
  qsort (lengths, n, sizeof (gdouble), compare_doubles);
  return 60.0 * span / lengths[n / 2];
}

static void
add_beats (const BeatAnalyzer *self, GstMontageBeatGrid *grid,
    const GArray *times, const OnsetFrame *frames, guint n,
    const Activation *activation, gdouble last)
{
  g_autofree gfloat *evidence = bar_evidence (frames, n, activation,
      self->tones, times);
  g_autofree guint *positions = g_new0 (guint, times->len + 1);
  g_autoptr (GArray) energy = NULL;

  grid->subdivisions = beat_subdivisions (activation, times);
  grid->beats_per_bar = beat_bars (evidence, times, grid->subdivisions,
      &self->settings, positions);
  energy = beat_energy (frames, n, times, last, grid->beats_per_bar);
  for (guint i = 0; i < times->len; i++) {
    gdouble time = g_array_index (times, gdouble, i);
    GstMontageBeat beat = {to_clock_time (time), positions[i],
        g_array_index (energy, gdouble, i), beat_strength (activation, time),
        0.0};

    g_array_append_val (grid->beats, beat);
  }
}

/* The other reading: the octave that repeats more strongly. */
static gdouble
other_tempo (const BeatAnalyzer *self, const Tempogram *tempogram,
    const gdouble *path, guint n, gdouble tempo)
{
  gdouble twice = tempogram_mean (tempogram, path, n, 0.5);
  gdouble half = tempogram_mean (tempogram, path, n, 2.0);

  if (MAX (twice, half) < BEAT_LEAST_STRENGTH)
    return 0.0;
  return twice > half ? 2.0 * tempo : 0.5 * tempo;
}

/* Does the tempo path keep to @period, its multiples and parts? Two tempi like
 * 100 and 125 share a pulse, and yet are two. */
static gboolean
keeps_to (const gdouble *path, guint n, gdouble period)
{
  static const gdouble ratios[] = {1.0, 0.5, 2.0, 1.0 / 3.0, 3.0, 2.0 / 3.0,
      1.5};
  guint near = 0;

  for (guint t = 0; t < n; t++)
    for (guint i = 0; i < G_N_ELEMENTS (ratios); i++)
      if (fabs (path[t] / (period * ratios[i]) - 1.0) < STEADY_OFF_PATH) {
        near++;
        break;
      }
  return near >= STEADY_ON_PATH * n;
}

/* A pulse over the whole song, frames (of gdouble): marks at one distance where
 * the tempo is steady, else as tracked. */
static GArray *
find_pulse (const Activation *activation, const gdouble *path, gboolean *steady)
{
  GArray *pulse = g_array_new (FALSE, FALSE, sizeof (gdouble));
  guint n = activation->n;
  g_autofree gdouble *sorted = g_memdup2 (path, n * sizeof (gdouble));
  gdouble period;

  qsort (sorted, n, sizeof (gdouble), compare_doubles);
  period = sorted[n / 2];
  *steady = steady_tempo_find (activation->all, n, &period)
      && keeps_to (path, n, period);
  if (*steady) {
    gdouble phase = steady_tempo_phase (activation->beat, n, period);

    for (guint i = 0; phase + i * period < n; i++) {
      gdouble mark = phase + i * period;
      g_array_append_val (pulse, mark);
    }
  } else {
    g_autoptr (GArray) tracked = beat_tracker_run (activation->beat, n, path);

    for (guint i = 0; i < tracked->len; i++) {
      gdouble mark = g_array_index (tracked, guint, i);
      g_array_append_val (pulse, mark);
    }
  }
  return pulse;
}

static void
find_beats (BeatAnalyzer *self, GstMontageBeatGrid *grid,
    const OnsetFrame *frames, guint n, gdouble first, gdouble last)
{
  g_autoptr (Activation) activation = activation_new (frames, n);
  g_autoptr (Tempogram) tempogram = tempogram_new (activation->beat, n,
      self->settings.tempo_min, self->settings.tempo_max);
  g_autofree gdouble *path = tempogram_path (tempogram, n, TEMPO_PRIOR_BPM);
  gdouble strength = tempogram_mean (tempogram, path, n, 1.0);
  g_autoptr (GArray) pulse = NULL;
  g_autoptr (GArray) beats = NULL;
  g_autoptr (GArray) times = NULL;
  BeatLevel level;
  gboolean steady;

  if (strength < BEAT_LEAST_STRENGTH)
    return;
  pulse = find_pulse (activation, path, &steady);
  level = beat_level_choose (frames, activation, pulse,
      self->settings.tempo_min, self->settings.tempo_max);
  beats = level.beats;
  times = beat_snap (frames, activation, beats, steady, first, last);
  if (times->len < SNAP_FEWEST)
    return;
  grid->tempo = median_tempo (times);
  grid->alternative_tempo = other_tempo (self, tempogram, path, n, grid->tempo);
  grid->confidence = MIN (1.0, strength / BEAT_SURE_STRENGTH);
  add_beats (self, grid, times, frames, n, activation, last);
}

GstMontageBeatGrid *
beat_analyzer_finish (BeatAnalyzer *self)
{
  GstMontageBeatGrid *grid = gst_montage_beat_grid_new ();
  gdouble seconds = (gdouble) self->n_samples / BEAT_RATE;
  gdouble first, last;
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
  if (seconds >= BEAT_SHORTEST_SECONDS
      && envelope_extent (frames, n, seconds, &first, &last))
    find_beats (self, grid, frames, n, first, last);
  sections = beat_sections (frames, n, grid->beats, grid->beats_per_bar,
      grid->duration);
  g_array_append_vals (grid->sections, sections->data, sections->len);
  g_array_unref (sections);
  return grid;
}
