/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "beatlive.h"

#include <math.h>

#include "beatenergy.h"
#include "beatsnap.h"
#include "livebars.h"
#include "livecurves.h"
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
  GArray *unheard; /* of Told: what bars has not heard yet */
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

/* Where between two marks of the pulse the beats may lie, in periods: on the
 * marks, halfway, or, where the music swings, on a third. */
static const gdouble parts[] = {0.0, 0.5, 1.0 / 3.0, 2.0 / 3.0};
#define N_PARTS G_N_ELEMENTS (parts)

/* What speaks for beats at one of the parts: means of the curves there. */
typedef struct
{
  gdouble onset;
  gdouble low;
  gdouble novelty;
} Evidence;

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
  g_free (self);
}

static gdouble
to_seconds (const BeatLive *self, gdouble frame)
{
  return beat_frame_to_seconds (frame) - LIVE_LATE + self->settings.offset;
}

/* FALSE where nothing repeats as it does in music. */
static gboolean
find_pulse (const BeatLive *self, Pulse *pulse)
{
  guint period, n;

  pulse->n = live_tracker_trace (self->tracker, pulse->beats, LIVE_LEVEL_BEATS,
      &period);
  if (pulse->n == 0
      || self->tempo.strength[period - self->tempo.shortest]
          < LIVE_LEAST_STRENGTH)
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

static Evidence
evidence_at (const BeatLive *self, const Pulse *pulse, gdouble part)
{
  const LiveCurves *curves = &self->curves;
  Evidence sum = {0};
  guint n = pulse->n - 1, n_novelty = 0;

  for (guint i = 0; i < n; i++) {
    guint from = pulse->beats[i + 1];
    gdouble frame = from + part * (pulse->beats[i] - from);

    sum.onset += live_curves_peak (curves, curves->all, frame, LEVEL_REACH);
    sum.low += live_curves_peak (curves, curves->low, frame, LEVEL_REACH);
    if (frame + LIVE_CHROMA_AFTER < self->n) {
      sum.novelty += live_curves_peak (curves, curves->novelty, frame, 0);
      n_novelty++;
    }
  }
  return (
      Evidence){sum.onset / n, sum.low / n, sum.novelty / MAX (1, n_novelty)};
}

/* How much more speaks for @a than for @b. */
static gdouble
preference (const Evidence *a, const Evidence *b)
{
  gdouble novelty = a->novelty + b->novelty;

  return LIVE_LEVEL_ONSET * (a->onset - b->onset)
      + LIVE_LEVEL_LOW * (a->low - b->low)
      + (novelty > 0.0
              ? LIVE_LEVEL_NOVELTY * (a->novelty - b->novelty) / novelty
              : 0.0);
}

/* Do beats at @part go on from the beat told last? */
static gboolean
goes_on (const BeatLive *self, const Pulse *pulse, gdouble part)
{
  gdouble periods = (self->last - to_seconds (self, pulse->beats[0])) * BEAT_FPS
          / pulse->period
      - part;

  return self->last >= 0.0
      && fabs (periods - floor (periods + 0.5)) < LIVE_SAME_PHASE;
}

static gdouble
best_part (const BeatLive *self, const Pulse *pulse)
{
  Evidence evidence[N_PARTS];
  gdouble trust = pulse->n - 1.0, most = -G_MAXDOUBLE;
  guint reference = 0, best = 0;

  if (pulse->n < 3)
    return 0.0;
  trust /= trust + LIVE_LEVEL_SHRINK;
  for (guint i = 0; i < N_PARTS; i++) {
    evidence[i] = evidence_at (self, pulse, parts[i]);
    if (evidence[i].onset > evidence[reference].onset)
      reference = i;
  }
  for (guint i = 0; i < N_PARTS; i++) {
    gdouble value = trust * preference (&evidence[i], &evidence[reference]);

    if (evidence[i].onset < LIVE_LEVEL_LEAST_ONSET * evidence[reference].onset)
      continue;
    if (self->last < 0.0 ? i == 0 : goes_on (self, pulse, parts[i]))
      value += LIVE_LEVEL_STAY;
    if (value > most) {
      most = value;
      best = i;
    }
  }
  return parts[best];
}

static gdouble
recent_strength (const BeatLive *self, const Pulse *pulse, gdouble shift)
{
  guint n = MIN (pulse->n, SNAP_NEIGHBOURS);
  gdouble sum = 0.0;

  for (guint i = 0; i < n; i++)
    sum += live_curves_peak (&self->curves, self->curves.beat,
        pulse->beats[i] + shift, LEVEL_REACH);
  return sum / n;
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
tell (BeatLive *self, const Pulse *pulse, gdouble shift, gdouble time)
{
  guint index = (guint) (pulse->period + 0.5) - self->tempo.shortest;
  gdouble period = pulse->period / BEAT_FPS;
  gdouble steps = self->last < 0.0 ? 1.0 : (time - self->last) / period + 0.5;
  Told told = {(time - to_seconds (self, 0.0)) * BEAT_FPS, pulse->period,
      (guint) CLAMP (steps, 1.0, LIVE_BARS_STATES)};
  LiveBeat beat = {.time = MAX (0.0, time),
      .period = period,
      .energy = recent_energy (self, pulse->period),
      .strength = MIN (1.0, recent_strength (self, pulse, shift)),
      .confidence = MIN (1.0,
          self->tempo.strength[MIN (index, self->tempo.width - 1)]
              / BEAT_SURE_STRENGTH)};

  hear_bars (self);
  g_array_append_val (self->unheard, told);
  take_downbeat (self, time, period);
  beat.position = live_bars_position (&self->bars, count_unheard (self));
  g_array_append_val (self->told, beat);
  self->last = time;
}

/* Tells the beats between what was told and LIVE_LEAD beyond what was heard,
 * less the lag. What is nearer than LIVE_LEAST_LEAD comes too late. */
static void
decide (BeatLive *self, gdouble lag)
{
  gdouble now = (gdouble) self->n / BEAT_FPS - lag;
  gdouble shift, frame;
  Pulse pulse;

  if (!find_pulse (self, &pulse))
    return;
  shift = best_part (self, &pulse) * pulse.period;
  frame = pulse.beats[0];
  for (guint i = pulse.n;;) {
    gdouble time;

    if (i > 0)
      frame = pulse.beats[--i];
    else
      frame += pulse.period;
    time = to_seconds (self, frame + shift);
    if (time > now + LIVE_LEAD)
      break;
    if (time >= now + LIVE_LEAST_LEAD
        && (self->last < 0.0
            || time > self->last + LIVE_APART * pulse.period / BEAT_FPS))
      tell (self, &pulse, shift, time);
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
  if (self->n >= LIVE_FIRST_FRAMES && self->n % LIVE_EVERY_FRAMES == 0)
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
