/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Positions are counted in marks of the pulse: a level of length 1/2 and start
 * 1/4 lies at 1/4, 3/4, 5/4 and so on. What is compared are means over the whole
 * song, so that single bars do not turn the decision. */

#include "beatlevel.h"

#include <math.h>

#include "beatconstants.h"

typedef struct
{
  gdouble length; /* marks of the pulse */
  gdouble start;
  gdouble onset;    /* mean activation at its beats */
  gdouble low;      /* the same of the bass */
  gdouble novelty;  /* mean change of harmony at its beats */
  gdouble backbeat; /* kick and snare taking turns, 0..1 */
} Level;

typedef struct
{
  const Activation *activation;
  const GArray *pulse;
  gfloat *novelty;
  gfloat *low; /* the curves of the frames */
  gfloat *high;
  gdouble bpm; /* of the pulse */
  gdouble bpm_min;
  gdouble bpm_max;
} Context;

static gdouble
frame_at (const GArray *pulse, gdouble position)
{
  gint i = (gint) CLAMP (floor (position), 0.0, pulse->len - 2.0);
  gdouble from = g_array_index (pulse, gdouble, i);
  gdouble to = g_array_index (pulse, gdouble, i + 1);

  return from + (to - from) * (position - i);
}

static gfloat
peak_near (const gfloat *x, guint n, gdouble frame, gint reach)
{
  gint centre = (gint) floor (frame + 0.5);
  gfloat best = 0.0f;

  for (gint i = centre - reach; i <= centre + reach; i++)
    if (i >= 0 && i < (gint) n)
      best = MAX (best, x[i]);
  return best;
}

/* Mean of @x at start, start + length and so on, each the most of @reach frames
 * around. */
static gdouble
mean_around (const Context *self, const gfloat *x, gdouble length,
    gdouble start, gint reach)
{
  gdouble sum = 0.0;
  guint n = 0;

  for (; start + n * length <= self->pulse->len - 1.0; n++)
    sum += peak_near (x, self->activation->n,
        frame_at (self->pulse, start + n * length), reach);
  return n > 0 ? sum / n : 0.0;
}

static gdouble
mean_at (const Context *self, const gfloat *x, gdouble length, gdouble start)
{
  return mean_around (self, x, length, start, LEVEL_REACH);
}

/* Sums of each chroma up to frame t at [t * ONSET_CHROMA]. */
static gdouble *
chroma_sums (const OnsetFrame *frames, guint n)
{
  gdouble *sums = g_new0 (gdouble, (n + 1) * (gsize) ONSET_CHROMA);

  for (guint t = 0; t < n; t++)
    for (guint k = 0; k < ONSET_CHROMA; k++)
      sums[(t + 1) * ONSET_CHROMA + k] = sums[t * ONSET_CHROMA + k]
          + frames[t].chroma[k];
  return sums;
}

/* 1 - correlation of the chroma of [a, b) and [b, c). */
static gdouble
chroma_change (const gdouble *sums, guint a, guint b, guint c)
{
  gdouble x[ONSET_CHROMA], y[ONSET_CHROMA];
  gdouble mx = 0.0, my = 0.0, xx = 0.0, yy = 0.0, xy = 0.0;

  for (guint k = 0; k < ONSET_CHROMA; k++) {
    x[k] = sums[b * ONSET_CHROMA + k] - sums[a * ONSET_CHROMA + k];
    y[k] = sums[c * ONSET_CHROMA + k] - sums[b * ONSET_CHROMA + k];
    mx += x[k] / ONSET_CHROMA;
    my += y[k] / ONSET_CHROMA;
  }
  for (guint k = 0; k < ONSET_CHROMA; k++) {
    xx += (x[k] - mx) * (x[k] - mx);
    yy += (y[k] - my) * (y[k] - my);
    xy += (x[k] - mx) * (y[k] - my);
  }
  return xx > 1e-6 && yy > 1e-6 ? 1.0 - xy / sqrt (xx * yy) : 0.0;
}

/* How much harmony changes at each frame, above what is usual around it. */
static gfloat *
harmonic_novelty (const OnsetFrame *frames, guint n)
{
  g_autofree gdouble *sums = chroma_sums (frames, n);
  g_autofree gdouble *totals = g_new0 (gdouble, n + 1);
  gfloat *novelty = g_new0 (gfloat, n + 1);

  for (guint t = 0; t < n; t++) {
    guint from = t > LEVEL_NOVELTY_FRAMES ? t - LEVEL_NOVELTY_FRAMES : 0;

    novelty[t] = (gfloat) chroma_change (sums, from, t,
        MIN (n, t + LEVEL_NOVELTY_FRAMES));
    totals[t + 1] = totals[t] + novelty[t];
  }
  for (guint t = 0; t < n; t++) {
    guint from = t > LEVEL_MEAN_FRAMES ? t - LEVEL_MEAN_FRAMES : 0;
    guint to = MIN (n, t + LEVEL_MEAN_FRAMES + 1);
    gdouble mean = (totals[to] - totals[from]) / (to - from);

    novelty[t] = (gfloat) MAX (0.0, novelty[t] - mean);
  }
  return novelty;
}

/* The back-beat: every second beat has a snare, and no more bass than the others.
 * Contrast of the high bands, from the curves before loud and soft are levelled;
 * 0 where every second mark is all but empty, or stronger altogether. */
static gdouble
backbeat (const Context *self, gdouble length, gdouble start)
{
  gdouble low[2], high[2], bass, snare;

  for (guint i = 0; i < 2; i++) {
    low[i] = mean_at (self, self->low, 2.0 * length, start + i * length);
    high[i] = mean_at (self, self->high, 2.0 * length, start + i * length);
  }
  if (low[0] + low[1] <= 0.0 || high[0] + high[1] <= 0.0)
    return 0.0;
  bass = (low[0] - low[1]) / (low[0] + low[1]);
  snare = (high[0] - high[1]) / (high[0] + high[1]);
  if (fabs (snare) > LEVEL_MOST_SNARE || bass * snare > LEVEL_MOST_BASS)
    return 0.0;
  return fabs (snare);
}

static Level
measure (const Context *self, gdouble length, gdouble start)
{
  return (Level){length, start,
      mean_at (self, self->activation->all, length, start),
      mean_at (self, self->activation->low, length, start),
      mean_around (self, self->novelty, length, start, 0),
      backbeat (self, length, start)};
}

/* How much more speaks for @level than for @other of the same length. */
static gdouble
preference (const Level *level, const Level *other)
{
  gdouble novelty = level->novelty + other->novelty;

  return LEVEL_ONSET * (level->onset - other->onset)
      + LEVEL_LOW * (level->low - other->low)
      + (novelty > 0.0
              ? LEVEL_NOVELTY * (level->novelty - other->novelty) / novelty
              : 0.0);
}

/* The best start for a level of @length: on a mark, between marks, or, where
 * the music swings, on a third. */
static Level
best_start (const Context *self, gdouble length)
{
  static const gdouble parts[] = {0.0, 0.5, 1.0 / 3.0, 2.0 / 3.0, 0.25, 0.75};
  /* On quarters only where these are marks or swing of the pulse. */
  guint n = length > 1.0 ? G_N_ELEMENTS (parts) : 4;
  Level levels[G_N_ELEMENTS (parts)];
  gdouble most = 0.0;
  guint reference = 0, best;

  for (guint i = 0; i < n; i++) {
    levels[i] = measure (self, length, parts[i] * length);
    if (levels[i].onset > most) {
      most = levels[i].onset;
      reference = i;
    }
  }
  best = reference;
  for (guint i = 0; i < n; i++)
    if (levels[i].onset >= LEVEL_LEAST_ONSET * most
        && preference (&levels[i], &levels[reference])
            > preference (&levels[best], &levels[reference]))
      best = i;
  return levels[best];
}

/* Three equal onsets to a mark and none halfway: then the mark is no beat, but
 * two thirds of it or four are. */
static gboolean
is_three_of_two (const Context *self)
{
  const gfloat *x = self->activation->all;
  gdouble onset = mean_at (self, x, 1.0, 0.0);
  gdouble thirds = MIN (mean_at (self, x, 1.0, 1.0 / 3.0),
      mean_at (self, x, 1.0, 2.0 / 3.0));

  return thirds >= LEVEL_EQUAL * onset
      && mean_at (self, x, 1.0, 0.5) < LEVEL_EMPTY * onset;
}

static gdouble
distance (gdouble bpm)
{
  return fabs (log2 (bpm / TEMPO_PRIOR_BPM));
}

static gboolean
is_allowed (const Context *self, gdouble length)
{
  gdouble bpm = self->bpm / length;

  return bpm >= self->bpm_min * 0.99 && bpm <= self->bpm_max * 1.01;
}

/* A back-beat shows at @other and not at @level, and the marks in which they
 * differ are as they should be: weak where they go, strong where they come. */
static gboolean
is_better_octave (const Context *self, const Level *other, const Level *level)
{
  const gfloat *x = self->activation->all;

  if (other->backbeat <= level->backbeat + LEVEL_BACKBEAT_MARGIN)
    return FALSE;
  if (other->length > level->length)
    return mean_at (self, x, other->length, other->start + level->length)
        < LEVEL_WEAKER * other->onset;
  return mean_at (self, x, level->length, level->start + other->length)
      > LEVEL_STRONG * level->onset;
}

static Level
best_level (const Context *self)
{
  static const gdouble octaves[] = {0.5, 2.0};
  gdouble length = 1.0;
  Level best, level;

  if (is_three_of_two (self)) {
    gdouble fast = 2.0 / 3.0, slow = 4.0 / 3.0;

    length = distance (self->bpm / fast) < distance (self->bpm / slow) ? fast
                                                                       : slow;
    if (!is_allowed (self, length))
      length = 1.0;
  }
  level = best = best_start (self, length);
  for (guint i = 0; i < G_N_ELEMENTS (octaves); i++) {
    Level other;

    if (!is_allowed (self, length * octaves[i]))
      continue;
    other = best_start (self, length * octaves[i]);
    if (is_better_octave (self, &other, &level)
        && other.backbeat > best.backbeat)
      best = other;
  }
  return best;
}

GArray *
beat_level_choose (const OnsetFrame *frames, const Activation *activation,
    const GArray *pulse, gdouble bpm_min, gdouble bpm_max)
{
  GArray *beats = g_array_new (FALSE, FALSE, sizeof (gdouble));
  Context self = {.activation = activation,
      .pulse = pulse,
      .bpm_min = bpm_min,
      .bpm_max = bpm_max};
  Level level;

  if (pulse->len < 2)
    return beats;
  self.bpm = 60.0 * BEAT_FPS * (pulse->len - 1)
      / (g_array_index (pulse, gdouble, pulse->len - 1)
          - g_array_index (pulse, gdouble, 0));
  self.novelty = harmonic_novelty (frames, activation->n);
  self.low = g_new (gfloat, activation->n);
  self.high = g_new (gfloat, activation->n);
  for (guint t = 0; t < activation->n; t++) {
    self.low[t] = frames[t].low;
    self.high[t] = frames[t].high;
  }
  level = best_level (&self);
  g_free (self.novelty);
  g_free (self.low);
  g_free (self.high);
  for (guint i = 0; level.start + i * level.length <= pulse->len - 1.0; i++) {
    gdouble frame = frame_at (pulse, level.start + i * level.length);

    g_array_append_val (beats, frame);
  }
  return beats;
}
