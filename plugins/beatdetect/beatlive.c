/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "beatlive.h"

#include <math.h>

#include "beatenergy.h"
#include "beatsnap.h"
#include "livebars.h"
#include "livelevel.h"
#include "livetempo.h"
#include "livetracker.h"

struct _BeatLive
{
  BeatSettings settings;
  gdouble lag;    /* s that are heard beyond what is told */
  guint n;        /* frames so far */
  gdouble last;   /* s, the beat told last; negative before the first */
  GArray *told;   /* of LiveBeat, not popped yet */
  guint n_popped; /* of them */
  LiveCurves curves;
  LiveTempo tempo;
  LiveTracker *tracker;
  LiveBars bars;
  GArray *unheard;  /* of Told: what bars has not heard yet */
  gboolean open;    /* is there a pulse? */
  gdouble strength; /* of it */
  LiveGrid grid;
  gdouble loudest; /* of the beats so far, dB */
};

/* A beat that was told. */
typedef struct
{
  gdouble frame;
  gdouble period; /* frames */
  guint steps;    /* from the beat before */
} Told;

/* The pulse as it looks now, the latest beat first, frames. */
typedef struct
{
  guint beats[LIVE_LEVEL_BEATS];
  guint n;
  gdouble period;
} Pulse;

BeatLive *
beat_live_new (const BeatSettings *settings)
{
  BeatLive *self = g_new0 (BeatLive, 1);
  gdouble fastest = settings->tempo_max, slowest = settings->tempo_min;
  guint shortest, longest;

  if (settings->tempo > 0.0) {
    fastest = settings->tempo * (1.0 + LIVE_TEMPO_TOLERANCE);
    slowest = settings->tempo * (1.0 - LIVE_TEMPO_TOLERANCE);
  }
  shortest = (guint) MAX (2.0, floor (60.0 * BEAT_FPS / fastest));
  longest = (guint) ceil (60.0 * BEAT_FPS / slowest);
  longest = MIN (longest, shortest + LIVE_MOST_PERIODS - 1);
  self->settings = *settings;
  self->lag = settings->lookahead;
  self->last = -1.0;
  self->loudest = -G_MAXDOUBLE;
  self->told = g_array_new (FALSE, FALSE, sizeof (LiveBeat));
  self->unheard = g_array_new (FALSE, FALSE, sizeof (Told));
  self->grid.beats = g_array_new (FALSE, FALSE, sizeof (gdouble));
  live_bars_init (&self->bars, settings->beats_per_bar);
  live_tempo_init (&self->tempo, shortest, longest - shortest + 1);
  self->tracker = live_tracker_new (shortest, longest - shortest + 1);
  return self;
}

void
beat_live_free (BeatLive *self)
{
  if (!self)
    return;
  live_tracker_free (self->tracker);
  g_array_unref (self->told);
  g_array_unref (self->unheard);
  g_array_unref (self->grid.beats);
  g_free (self);
}

static gdouble
to_seconds (const BeatLive *self, gdouble frame)
{
  return beat_frame_to_seconds (frame) - LIVE_LATE + self->settings.offset;
}

static gdouble
to_frame (const BeatLive *self, gdouble seconds)
{
  return beat_seconds_to_frame (seconds + LIVE_LATE - self->settings.offset);
}

/* Does what was heard repeat as it does in music? Chance allows more of it in
 * short sounds; where there was a beat, it goes on more easily. */
static gboolean
is_music (const BeatLive *self)
{
  gdouble seconds = (gdouble) self->n / BEAT_FPS;
  gdouble least = self->open
      ? LIVE_KEEP_STRENGTH
      : LIVE_LEAST_STRENGTH + LIVE_LEAST_STRENGTH_SECONDS / seconds;

  gdouble onsets = live_curves_onsets (&self->curves);

  return self->strength >= least && onsets >= LIVE_LEAST_ONSETS
      && onsets <= LIVE_MOST_ONSETS;
}

/* FALSE where there is none. */
static gboolean
find_pulse (BeatLive *self, Pulse *pulse)
{
  guint period, n;

  pulse->n = live_tracker_trace (self->tracker, pulse->beats, LIVE_LEVEL_BEATS,
      &period);
  if (pulse->n < 2)
    return FALSE;
  self->strength = self->tempo.strength[period - self->tempo.shortest];
  if (!is_music (self))
    return FALSE;
  /* The mean of some beats is finer than one, where they are alike. */
  n = MIN (pulse->n, SNAP_NEIGHBOURS);
  pulse->period = period;
  if (n > 1) {
    gdouble mean = (gdouble) (pulse->beats[0] - pulse->beats[n - 1]) / (n - 1);

    if (fabs (mean / period - 1.0) < LIVE_ALIKE)
      pulse->period = mean;
  }
  return TRUE;
}

/* Of the onsets at the last beats. */
static gdouble
recent_strength (const BeatLive *self)
{
  const GArray *beats = self->grid.beats;
  guint n = MIN (beats->len, SNAP_NEIGHBOURS);
  gdouble sum = 0.0;

  for (guint i = beats->len - n; i < beats->len; i++)
    sum += live_curves_peak (&self->curves, self->curves.beat,
        g_array_index (beats, gdouble, i), LEVEL_REACH);
  return sum / MAX (1, n);
}

/* What was heard at and after a beat, as far as bar_evidence() has it too. */
static void
measure_beat (const BeatLive *self, const Told *told, gfloat *row)
{
  const LiveCurves *curves = &self->curves;
  gdouble half = told->frame + 0.5 * told->period;
  gdouble end = told->frame + told->period;

  row[BAR_HARMONY_1] = live_curves_peak (curves, curves->novelty, told->frame,
      0);
  row[BAR_ONSET] = live_curves_peak (curves, curves->all, told->frame, 2);
  row[BAR_KICK] = live_curves_peak (curves, curves->low, told->frame, 2);
  row[BAR_SNARE] = live_curves_peak (curves, curves->high, told->frame, 2);
  row[BAR_HALF_ONSET] = live_curves_peak (curves, curves->all, half, 2);
  row[BAR_HALF_KICK] = live_curves_peak (curves, curves->low, half, 2);
  row[BAR_HALF_SNARE] = live_curves_peak (curves, curves->high, half, 2);
  row[BAR_LOUDNESS] = (gfloat) log10 (
      1e-7 + live_curves_mean (curves, curves->power, told->frame, end));
  row[BAR_DENSITY] = (gfloat) live_curves_mean (curves, curves->flux,
      told->frame, end);
}

/* Lets the bars hear those beats of which enough is known by now. */
static void
hear_bars (BeatLive *self)
{
  guint n = 0;

  for (; n < self->unheard->len; n++) {
    const Told *told = &g_array_index (self->unheard, Told, n);
    gfloat row[N_BAR_EVIDENCE] = {0};

    if (told->frame + MAX (told->period, LIVE_CHROMA_AFTER + 1) > self->n)
      break;
    measure_beat (self, told, row);
    live_bars_advance (&self->bars, told->steps, row);
  }
  if (n > 0)
    g_array_remove_range (self->unheard, 0, n);
}

static guint
count_unheard (const BeatLive *self)
{
  guint steps = 0;

  for (guint i = 0; i < self->unheard->len; i++)
    steps += g_array_index (self->unheard, Told, i).steps;
  return steps;
}

/* The beat that the user knows is no later than the one at @time: its bar
 * counts from here on, whatever was heard. */
static void
take_downbeat (BeatLive *self, gdouble time, gdouble period)
{
  gdouble beats = (time - self->settings.first_downbeat) / period;

  if (self->settings.first_downbeat < 0.0 || beats < -0.5)
    return;
  live_bars_set_downbeat (&self->bars);
  g_array_set_size (self->unheard, 0);
  live_bars_advance (&self->bars, (guint) fmod (beats + 0.5, LIVE_BARS_CYCLE),
      NULL);
  self->settings.first_downbeat = -1.0;
}

/* Loudness of the last beat's length against the loudest so far. */
static gdouble
recent_energy (BeatLive *self, gdouble period)
{
  gdouble level = 10.0
      * log10 (1e-7
          + live_curves_mean (&self->curves, self->curves.power,
              self->n - period, self->n));

  self->loudest = MAX (self->loudest, level);
  return MAX (0.0, 1.0 - (self->loudest - level) / LIVE_ENERGY_RANGE);
}

static void
tell (BeatLive *self, gdouble time)
{
  gdouble period = self->grid.period / BEAT_FPS;
  gdouble steps = self->last < 0.0 ? 1.0 : (time - self->last) / period + 0.5;
  Told told = {to_frame (self, time), self->grid.period,
      (guint) CLAMP (steps, 1.0, LIVE_BARS_STATES)};
  LiveBeat beat = {.time = MAX (0.0, time),
      .period = period,
      .energy = recent_energy (self, self->grid.period),
      .strength = MIN (1.0, recent_strength (self)),
      .confidence = MIN (1.0, self->strength / BEAT_SURE_STRENGTH)};

  hear_bars (self);
  g_array_append_val (self->unheard, told);
  take_downbeat (self, time, period);
  beat.position = live_bars_position (&self->bars, count_unheard (self));
  g_array_append_val (self->told, beat);
  self->last = time;
}

/* Looks anew where the beats lie. */
static void
look (BeatLive *self)
{
  guint last = self->tempo.shortest + self->tempo.width - 1;
  Pulse pulse;

  self->open = find_pulse (self, &pulse);
  if (self->open)
    live_level_choose (&self->curves, pulse.beats, pulse.n, pulse.period,
        60.0 * BEAT_FPS / last, 60.0 * BEAT_FPS / self->tempo.shortest,
        self->last < 0.0 ? -1.0 : to_frame (self, self->last), &self->grid);
}

/* Tells the beats between what was told and LIVE_LEAD beyond what was heard,
 * less the lag. What is nearer than LIVE_LEAST_LEAD comes too late. */
static void
decide (BeatLive *self, gdouble lag)
{
  gdouble now = (gdouble) self->n / BEAT_FPS - lag, frame = 0.0;
  const GArray *beats = self->grid.beats;

  for (guint i = 0; self->open; i++) {
    gdouble time;

    frame = i < beats->len ? g_array_index (beats, gdouble, i)
                           : frame + self->grid.period;
    time = to_seconds (self, frame);
    if (time > now + LIVE_LEAD)
      break;
    if (time >= now + LIVE_LEAST_LEAD
        && (self->last < 0.0
            || time > self->last + LIVE_APART * self->grid.period / BEAT_FPS))
      tell (self, time);
  }
}

void
beat_live_push (BeatLive *self, const OnsetFrame *frame)
{
  gfloat activation;

  live_curves_push (&self->curves, frame);
  activation = self->curves.beat[self->n % LIVE_HISTORY];
  live_tempo_push (&self->tempo, activation);
  live_tracker_push (self->tracker, activation, self->tempo.likely);
  self->n++;
  if (self->n < LIVE_FIRST_FRAMES || self->n % LIVE_EVERY_FRAMES != 0)
    return;
  if (!self->open || self->n % LIVE_LOOK_FRAMES == 0)
    look (self);
  decide (self, self->lag);
}

void
beat_live_catch_up (BeatLive *self)
{
  if (self->n < LIVE_FIRST_FRAMES)
    return;
  for (gdouble lag = self->lag; lag > 0.0; lag -= 0.5 * LIVE_LEAD)
    decide (self, lag);
  decide (self, 0.0);
}

gboolean
beat_live_pop (BeatLive *self, LiveBeat *beat)
{
  if (self->n_popped == self->told->len) {
    g_array_set_size (self->told, 0);
    self->n_popped = 0;
    return FALSE;
  }
  *beat = g_array_index (self->told, LiveBeat, self->n_popped++);
  return TRUE;
}
