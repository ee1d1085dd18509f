/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The level of the beat as beatlevel.c chooses it, from the stretch that the pulse
 * covers so far, and with what speaks for staying. */

#include "livelevel.h"

#include <math.h>

#include "beatsnap.h"
#include "levelfeatures.h"

/* What the level is chosen from. */
typedef struct
{
  guint first; /* frame that the others count from */
  OnsetFrame *frames;
  Activation *activation;
  GArray *marks; /* frames (of gdouble), rising */
} Stretch;

static void
stretch_init (Stretch *self, const LiveCurves *curves, const guint *pulse,
    guint n)
{
  self->first = pulse[n - 1];
  self->frames = live_curves_frames (curves, self->first);
  self->activation = live_curves_activation (curves, self->first);
  self->marks = g_array_new (FALSE, FALSE, sizeof (gdouble));
  for (guint i = n; i-- > 0;) {
    gdouble mark = pulse[i] - self->first;

    g_array_append_val (self->marks, mark);
  }
}

static void
stretch_clear (Stretch *self)
{
  g_free (self->frames);
  activation_free (self->activation);
  g_array_unref (self->marks);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Stretch, stretch_clear)

static const gdouble weights[N_LEVEL_FEATURES] = {LIVE_LEVEL_WEIGHTS};

static guint
last_part (const Stretch *self)
{
  return (self->marks->len - 1) * LEVEL_PARTS;
}

/* What speaks for staying with the pulse and with what was told. */
static gdouble
inertia (const Stretch *self, const LevelCandidate *candidate, gdouble period,
    gdouble last, const LiveGrid *grid)
{
  guint length = candidate->length, past;
  gdouble value = 0.0, beats;

  if (length == LEVEL_PARTS)
    value = LIVE_LEVEL_PULSE + (candidate->start == 0 ? LIVE_LEVEL_MARKS : 0.0);
  period *= (gdouble) length / LEVEL_PARTS;
  if (last < 0.0 || fabs (period / grid->period - 1.0) > LIVE_SAME_TEMPO)
    return value;
  past = (last_part (self) - candidate->start) / length * length;
  beats = (last - self->first
              - level_features_frame (self->marks, candidate->start + past))
      / period;
  if (fabs (beats - floor (beats + 0.5)) < LIVE_SAME_PHASE)
    value += LIVE_LEVEL_STAY;
  return value + LIVE_LEVEL_TEMPO;
}

/* Evidence of few beats counts little. */
static const LevelCandidate *
best_of (const Stretch *self, const GArray *candidates, gdouble period,
    gdouble last, const LiveGrid *grid)
{
  gdouble trust = self->marks->len - 1.0, most = -G_MAXDOUBLE;
  const LevelCandidate *best = NULL;

  trust /= trust + LIVE_LEVEL_SHRINK;
  for (guint i = 0; i < candidates->len; i++) {
    const LevelCandidate *c = &g_array_index (candidates, LevelCandidate, i);
    gdouble value = trust * level_features_weigh (c, weights)
        + inertia (self, c, period, last, grid);

    if (value > most) {
      most = value;
      best = c;
    }
  }
  return best;
}

/* How much earlier, s, sharp attacks are than the curves say. The transform sees
 * what is loud and short before its time; soft attacks it times better than their
 * loudness does. */
static gdouble
sharpness (const Stretch *self, const GArray *beats)
{
  guint n = MIN (beats->len, SNAP_NEIGHBOURS + 1);
  const gdouble *recent = (const gdouble *) (gpointer) beats->data + beats->len
      - n;
  g_autoptr (GArray) last = g_array_new (FALSE, FALSE, sizeof (gdouble));
  g_autoptr (GArray) times = NULL;
  gdouble sum = 0.0;

  g_array_append_vals (last, recent, n);
  times = beat_snap (self->frames, self->activation, last, FALSE,
      beat_frame_to_seconds (recent[0]) - SNAP_REACH,
      (gdouble) self->activation->n / BEAT_FPS);
  if (times->len != n)
    return 0.0;
  for (guint i = 0; i < n; i++)
    sum += g_array_index (times, gdouble, i)
        - beat_frame_to_seconds (recent[i]);
  sum = sum / n - ATTACK_DELAY + LIVE_LATE;
  return sum > LIVE_SHARP ? sum : 0.0;
}

static void
take_level (const Stretch *self, const LevelCandidate *level, LiveGrid *grid)
{
  g_array_set_size (grid->beats, 0);
  for (guint i = level->start; i <= last_part (self); i += level->length) {
    gdouble frame = level_features_frame (self->marks, i);

    g_array_append_val (grid->beats, frame);
  }
}

void
live_level_choose (const LiveCurves *curves, const guint *pulse, guint n,
    gdouble period, gdouble bpm_min, gdouble bpm_max, gdouble last,
    LiveGrid *grid)
{
  static const LevelCandidate as_it_is = {.length = LEVEL_PARTS};
  const LevelCandidate *best = &as_it_is;
  g_autoptr (GArray) candidates = NULL;
  g_auto (Stretch) stretch;
  gdouble shift;

  stretch_init (&stretch, curves, pulse, n);
  candidates = level_features_measure (stretch.frames, stretch.activation, NULL,
      stretch.marks, bpm_min, bpm_max);
  if (n >= LIVE_LEVEL_FEWEST && candidates->len > 0)
    best = best_of (&stretch, candidates, period, last, grid);
  take_level (&stretch, best, grid);
  grid->period = period * best->length / LEVEL_PARTS;
  shift = stretch.first + BEAT_FPS * sharpness (&stretch, grid->beats);
  for (guint i = 0; i < grid->beats->len; i++)
    g_array_index (grid->beats, gdouble, i) += shift;
}
