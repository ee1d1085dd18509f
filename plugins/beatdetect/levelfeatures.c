/* SPDX-License-Identifier: GPL-3.0-or-later */

/* All curves are read once at every part of the pulse: then a candidate is every
 * n-th reading, and what is measured of it is a mean over the whole song, so that
 * single bars do not turn the decision. */

#include "levelfeatures.h"

#include <math.h>

#include "barevidence.h"
#include "beatbars.h"
#include "beatconstants.h"
#include "beatsnap.h"
#include "chroma.h"

/* From a quarter of the pulse to four of it, in parts. */
static const guint lengths[] = {6, 8, 12, 16, 24, 32, 36, 48, 72, 96};

typedef enum
{
  CURVE_ALL,
  CURVE_LOW,
  CURVE_HARMONY,
  N_CURVES
} Curve;

typedef struct
{
  const OnsetFrame *frames;
  const Activation *activation;
  const ToneFront *tones;
  const GArray *pulse;
  guint n; /* readings of each curve */
  gfloat *readings[N_CURVES];
  gdouble most[N_CURVES]; /* of the means of the candidates */
  gdouble bpm;            /* of the pulse */
  gdouble density;        /* onsets per minute */
  gdouble first;          /* parts up to the first onset */
  gdouble liveliness;
} Context;

gdouble
level_features_frame (const GArray *pulse, guint part)
{
  guint i = MIN (part / LEVEL_PARTS, pulse->len - 2);
  gdouble from = g_array_index (pulse, gdouble, i);
  gdouble to = g_array_index (pulse, gdouble, i + 1);

  return from + (to - from) * ((gdouble) part / LEVEL_PARTS - i);
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

/* From the harmony of [a, b) to that of [b, c). */
static gdouble
change_at (const gdouble *sums, guint a, guint b, guint c)
{
  gdouble before[ONSET_CHROMA], after[ONSET_CHROMA];

  for (guint k = 0; k < ONSET_CHROMA; k++) {
    before[k] = sums[b * ONSET_CHROMA + k] - sums[a * ONSET_CHROMA + k];
    after[k] = sums[c * ONSET_CHROMA + k] - sums[b * ONSET_CHROMA + k];
  }
  return chroma_change (before, after);
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

    novelty[t] = (gfloat) change_at (sums, from, t,
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

/* Each reading is the most of LEVEL_REACH frames around; only a change of harmony,
 * which is slow, is read where it is. */
static void
read_curves (Context *self)
{
  const Activation *activation = self->activation;
  g_autofree gfloat *novelty = harmonic_novelty (self->frames, activation->n);
  const gfloat *curves[N_CURVES] = {activation->all, activation->low, novelty};

  for (guint c = 0; c < N_CURVES; c++) {
    self->readings[c] = g_new (gfloat, self->n);
    for (guint i = 0; i < self->n; i++)
      self->readings[c][i] = peak_near (curves[c], activation->n,
          level_features_frame (self->pulse, i),
          c == CURVE_HARMONY ? 0 : LEVEL_REACH);
  }
}

static gboolean
is_peak (const gfloat *x, guint t, gfloat least)
{
  return x[t] > least && x[t] > x[t - 1] && x[t] >= x[t + 1];
}

static void
count_onsets (Context *self)
{
  const Activation *activation = self->activation;
  const GArray *pulse = self->pulse;
  const gfloat *x = activation->all;
  guint onsets = 1, first = 0, mark = 0;
  gdouble from, to;

  for (guint t = 1; t + 1 < activation->n; t++) {
    onsets += is_peak (x, t, LEVEL_WEAK);
    if (first == 0 && is_peak (x, t, LEVEL_CLEAR))
      first = t;
  }
  self->density = 60.0 * BEAT_FPS * onsets / activation->n;
  while (mark + 2 < pulse->len
      && g_array_index (pulse, gdouble, mark + 1) <= first)
    mark++;
  from = g_array_index (pulse, gdouble, mark);
  to = g_array_index (pulse, gdouble, mark + 1);
  self->first = LEVEL_PARTS * (mark + (first - from) / (to - from));
}

/* How much the spectrum changes while something is heard, in nepers off what is
 * usual: who hears much of it feels a faster beat (cf. Elowsson and Friberg,
 * "Modelling perception of speed in music audio", SMC 2013). */
static void
measure_liveliness (Context *self)
{
  gdouble flux = LEVEL_LEAST_FLUX, power = AUDIBLE_POWER;
  gfloat loudest = 0.0f;
  guint heard = 0;

  for (guint t = 0; t < self->activation->n; t++)
    loudest = MAX (loudest, self->frames[t].power);
  for (guint t = 0; t < self->activation->n; t++) {
    if (self->frames[t].power < LEVEL_HEARD * loudest)
      continue;
    flux += self->frames[t].flux;
    power += self->frames[t].power;
    heard++;
  }
  heard = MAX (heard, 1);
  self->liveliness = log (flux / heard)
      - LEVEL_LIVELY_GAIN * log (power / heard) - LEVEL_LIVELY_USUAL;
}

/* Mean of the readings @start, @start + @length and so on, of the most. */
static gdouble
share_of (const Context *self, Curve curve, guint start, guint length)
{
  gdouble sum = 0.0;
  guint n = 0;

  for (guint i = start; i < self->n; i += length, n++)
    sum += self->readings[curve][i];
  return n > 0 && self->most[curve] > 0.0 ? sum / n / self->most[curve] : 0.0;
}

/* Share of these readings that are an onset. */
static gdouble
presence (const Context *self, guint start, guint length)
{
  guint n = 0, onsets = 0;

  for (guint i = start; i < self->n; i += length, n++)
    onsets += self->readings[CURVE_ALL][i] > LEVEL_ONSET;
  return n > 0 ? (gdouble) onsets / n : 0.0;
}

/* Correlation of a curve with itself @lag parts later. */
static gdouble
repetition (const Context *self, Curve curve, guint lag)
{
  const gfloat *x = self->readings[curve];
  gdouble mean = 0.0, square = 0.0, sum = 0.0;

  if (lag >= self->n / 2)
    return 0.0;
  for (guint i = 0; i < self->n; i++)
    mean += x[i] / self->n;
  for (guint i = 0; i < self->n; i++)
    square += (x[i] - mean) * (x[i] - mean) / self->n;
  for (guint i = 0; i + lag < self->n; i++)
    sum += (x[i] - mean) * (x[i + lag] - mean);
  return square > 0.0 ? sum / (self->n - lag) / square : 0.0;
}

static gdouble
octaves_squared (gdouble ratio)
{
  return log2 (ratio) * log2 (ratio);
}

/* What all candidates of a length have in common. */
static void
measure_length (const Context *self, LevelCandidate *c)
{
  gdouble bpm = self->bpm * LEVEL_PARTS / c->length;
  gdouble *f = c->features;

  f[LEVEL_TEMPO] = octaves_squared (bpm / TEMPO_PRIOR_BPM);
  f[LEVEL_LIVELY] = self->liveliness * log2 (bpm / TEMPO_PRIOR_BPM);
  f[LEVEL_DENSITY] = octaves_squared (self->density / bpm);
  f[LEVEL_LOW_FOUR] = repetition (self, CURVE_LOW, 4 * c->length);
  f[LEVEL_HARMONY_TWO] = repetition (self, CURVE_HARMONY, 2 * c->length);
}

/* Bars begin where the harmony changes. */
static gdouble
harmony_of_four (const Context *self, guint start, guint length)
{
  gdouble most = 0.0, sum = 0.0;

  for (guint k = 0; k < 4; k++) {
    gdouble share = share_of (self, CURVE_HARMONY, start + k * length,
        4 * length);

    most = MAX (most, share);
    sum += share;
  }
  return most - sum / 4.0;
}

static gdouble
fit_of_bars (const Context *self, guint start, guint length)
{
  g_autoptr (GArray) times = g_array_new (FALSE, FALSE, sizeof (gdouble));
  g_autofree gfloat *evidence = NULL;

  if (!self->tones)
    return 0.0;
  for (guint i = start; i < self->n; i += length) {
    gdouble time = beat_frame_to_seconds (
        level_features_frame (self->pulse, i));

    g_array_append_val (times, time);
  }
  evidence = bar_evidence (self->frames, self->activation->n, self->activation,
      self->tones, times);
  return beat_bars_fit (evidence, times,
      beat_subdivisions (self->activation, times));
}

static void
measure_start (const Context *self, LevelCandidate *c)
{
  guint length = c->length, start = c->start;
  gdouble off = (self->first - start) / length;
  gdouble *f = c->features;

  f[LEVEL_ALL] = share_of (self, CURVE_ALL, start, length);
  f[LEVEL_LOW] = share_of (self, CURVE_LOW, start, length);
  f[LEVEL_HARMONY] = share_of (self, CURVE_HARMONY, start, length);
  f[LEVEL_HALF_LOW] = share_of (self, CURVE_LOW, start + length / 2, length);
  f[LEVEL_QUARTERS] = 0.5
      * (share_of (self, CURVE_ALL, start + length / 4, length)
          + share_of (self, CURVE_ALL, start + 3 * length / 4, length));
  f[LEVEL_THIRD] = presence (self, start + length / 3, length);
  f[LEVEL_FIRST] = fabs (off - floor (off + 0.5)) < LEVEL_FIRST_REACH;
  f[LEVEL_HARMONY_FOUR] = harmony_of_four (self, start, length);
  f[LEVEL_BARS] = fit_of_bars (self, start, length);
}

/* The @n candidates are those of one length. */
static void
compare_starts (LevelCandidate *list, guint n)
{
  gdouble all = 0.0, low = 0.0, harmony = 0.0;

  for (guint i = 0; i < n; i++) {
    all = MAX (all, list[i].features[LEVEL_ALL]);
    low = MAX (low, list[i].features[LEVEL_LOW]);
    harmony = MAX (harmony, list[i].features[LEVEL_HARMONY]);
  }
  for (guint i = 0; i < n; i++) {
    list[i].features[LEVEL_START_ALL] = all;
    list[i].features[LEVEL_START_LOW] = low;
    if (harmony > 0.0)
      list[i].features[LEVEL_HARMONY] /= harmony;
  }
}

/* On the marks of the pulse and on halves, thirds and quarters of it. */
static gboolean
is_start (guint start, guint length)
{
  return start % 6 == 0 || start % 8 == 0 || 2 * start == length;
}

static void
find_most (Context *self)
{
  for (guint k = 0; k < N_CURVES; k++) {
    gdouble most = 0.0;

    self->most[k] = 1.0;
    for (guint i = 0; i < G_N_ELEMENTS (lengths); i++)
      for (guint start = 0; start < lengths[i]; start++)
        if (is_start (start, lengths[i]))
          most = MAX (most, share_of (self, k, start, lengths[i]));
    self->most[k] = most;
  }
}

static GArray *
measure_all (const Context *self, gdouble bpm_min, gdouble bpm_max)
{
  GArray *candidates = g_array_new (FALSE, TRUE, sizeof (LevelCandidate));

  for (guint i = 0; i < G_N_ELEMENTS (lengths); i++) {
    gdouble bpm = self->bpm * LEVEL_PARTS / lengths[i];
    guint before = candidates->len;
    LevelCandidate candidate = {.length = lengths[i]};

    /* What is rounded counts as within. */
    if (bpm < bpm_min * 0.99 || bpm > bpm_max * 1.01)
      continue;
    measure_length (self, &candidate);
    for (guint start = 0; start < MIN (lengths[i], self->n); start++) {
      if (!is_start (start, lengths[i]))
        continue;
      candidate.start = start;
      measure_start (self, &candidate);
      g_array_append_val (candidates, candidate);
    }
    compare_starts (&g_array_index (candidates, LevelCandidate, before),
        candidates->len - before);
  }
  return candidates;
}

GArray *
level_features_measure (const OnsetFrame *frames, const Activation *activation,
    const ToneFront *tones, const GArray *pulse, gdouble bpm_min,
    gdouble bpm_max)
{
  Context self = {frames, activation, tones, pulse,
      .n = (pulse->len - 1) * LEVEL_PARTS + 1};
  GArray *candidates;

  self.bpm = 60.0 * BEAT_FPS * (pulse->len - 1)
      / (g_array_index (pulse, gdouble, pulse->len - 1)
          - g_array_index (pulse, gdouble, 0));
  read_curves (&self);
  count_onsets (&self);
  measure_liveliness (&self);
  find_most (&self);
  candidates = measure_all (&self, bpm_min, bpm_max);
  for (guint k = 0; k < N_CURVES; k++)
    g_free (self.readings[k]);
  return candidates;
}

gdouble
level_features_weigh (const LevelCandidate *candidate, const gdouble *weights)
{
  gdouble sum = 0.0;

  for (guint k = 0; k < N_LEVEL_FEATURES; k++)
    sum += weights[k] * candidate->features[k];
  return sum;
}
