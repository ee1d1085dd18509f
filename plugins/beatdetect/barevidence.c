/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "barevidence.h"

#include <math.h>
#include <string.h>

#include "beatconstants.h"
#include "beatsnap.h"

const gfloat bar_evidence_least[N_BAR_EVIDENCE] = {
    [BAR_HARMONY_1] = 0.05f,
    [BAR_HARMONY_2] = 0.05f,
    [BAR_BASS_1] = 0.05f,
    [BAR_BASS_2] = 0.05f,
    [BAR_ONSET] = 0.1f,
    [BAR_KICK] = 0.1f,
    [BAR_SNARE] = 0.1f,
    [BAR_HALF_ONSET] = 0.1f,
    [BAR_HALF_KICK] = 0.1f,
    [BAR_HALF_SNARE] = 0.1f,
    [BAR_LOUDNESS] = 0.05f,
    [BAR_DENSITY] = 0.2f,
    [BAR_COLOUR_1] = 0.03f,
    [BAR_COLOUR_4] = 0.03f,
    [BAR_COLOUR_8] = 0.03f,
};

/* What sounds during a beat. */
typedef struct
{
  gdouble chroma[ONSET_CHROMA];
  gdouble bass[BAR_BASS_SEMITONES];
  gdouble colour[TONE_SEMITONES];
} Beat;

typedef struct
{
  const OnsetFrame *frames;
  guint n_frames;
  const Activation *activation;
  const GArray *times;
  Beat *beats;
  gfloat *rows;
} Evidence;

static gdouble
time_at (const GArray *times, guint i)
{
  guint last = times->len - 1;

  if (i <= last)
    return g_array_index (times, gdouble, i);
  return 2.0 * g_array_index (times, gdouble, last)
      - g_array_index (times, gdouble, last - 1);
}

static guint
frame_at (const Evidence *self, gdouble seconds)
{
  gdouble frame = beat_seconds_to_frame (seconds) + 0.5;

  return (guint) CLAMP (frame, 0.0, self->n_frames - 1.0);
}

static void
hear_beat (Beat *beat, const ToneFront *tones, gdouble from, gdouble to)
{
  ToneFrame mean;

  tone_front_mean (tones, from, to, &mean);
  for (guint k = 0; k < TONE_SEMITONES; k++) {
    beat->colour[k] = mean.level[k];
    if (k < BAR_BASS_SEMITONES)
      beat->bass[k] = mean.level[k];
    if (k >= BAR_CHROMA_FROM)
      beat->chroma[k % ONSET_CHROMA] += mean.level[k];
  }
}

/* Sum of the vectors at @offset of @width beats, less its mean. */
static void
sum_up (const Beat *beats, gsize offset, guint length, guint width,
    gdouble *sum)
{
  gdouble mean = 0.0;

  for (guint w = 0; w < width; w++) {
    const gdouble *x = G_STRUCT_MEMBER_P (beats + w, offset);

    for (guint k = 0; k < length; k++) {
      sum[k] += x[k];
      mean += x[k] / length;
    }
  }
  for (guint k = 0; k < length; k++)
    sum[k] -= mean;
}

/* Cosine distance of the vectors of @width beats before and from @i on. */
static gdouble
change (const Beat *beats, gsize offset, guint length, guint n, guint i,
    guint width)
{
  gdouble a[TONE_SEMITONES] = {0}, b[TONE_SEMITONES] = {0};
  gdouble square[2] = {0}, product = 0.0;

  if (i < width || i + width > n)
    return 0.0;
  sum_up (beats + i - width, offset, length, width, a);
  sum_up (beats + i, offset, length, width, b);
  for (guint k = 0; k < length; k++) {
    square[0] += a[k] * a[k];
    square[1] += b[k] * b[k];
    product += a[k] * b[k];
  }
  return square[0] * square[1] > 1e-12
      ? 1.0 - product / sqrt (square[0] * square[1])
      : 0.0;
}

static gfloat
peak_at (const gfloat *x, guint n, guint frame)
{
  guint to = MIN (n - 1, frame + 2);
  gfloat best = 0.0f;

  for (guint i = frame > 2 ? frame - 2 : 0; i <= to; i++)
    best = MAX (best, x[i]);
  return best;
}

static void
measure_tones (const Evidence *self, guint i, gfloat *row)
{
  static const struct
  {
    BarEvidence kind;
    gsize offset;
    guint length;
    guint width;
  } changes[] = {
      {BAR_HARMONY_1, G_STRUCT_OFFSET (Beat, chroma), ONSET_CHROMA, 1},
      {BAR_HARMONY_2, G_STRUCT_OFFSET (Beat, chroma), ONSET_CHROMA, 2},
      {BAR_BASS_1, G_STRUCT_OFFSET (Beat, bass), BAR_BASS_SEMITONES, 1},
      {BAR_BASS_2, G_STRUCT_OFFSET (Beat, bass), BAR_BASS_SEMITONES, 2},
      {BAR_COLOUR_1, G_STRUCT_OFFSET (Beat, colour), TONE_SEMITONES, 1},
      {BAR_COLOUR_4, G_STRUCT_OFFSET (Beat, colour), TONE_SEMITONES, 4},
      {BAR_COLOUR_8, G_STRUCT_OFFSET (Beat, colour), TONE_SEMITONES, 8},
  };

  for (guint k = 0; k < G_N_ELEMENTS (changes); k++)
    row[changes[k].kind] = (gfloat) change (self->beats, changes[k].offset,
        changes[k].length, self->times->len, i, changes[k].width);
}

static void
measure_onsets (const Evidence *self, guint i, gfloat *row)
{
  const Activation *activation = self->activation;
  guint n = self->n_frames;
  guint frame = frame_at (self, time_at (self->times, i));
  guint next = MAX (frame + 1, frame_at (self, time_at (self->times, i + 1)));
  guint half = (frame + next) / 2;
  gfloat power = 1e-7f;

  row[BAR_ONSET] = peak_at (activation->all, n, frame);
  row[BAR_KICK] = peak_at (activation->low, n, frame);
  row[BAR_SNARE] = peak_at (activation->high, n, frame);
  row[BAR_HALF_ONSET] = peak_at (activation->all, n, half);
  row[BAR_HALF_KICK] = peak_at (activation->low, n, half);
  row[BAR_HALF_SNARE] = peak_at (activation->high, n, half);
  for (guint t = frame; t < MIN (next, n); t++) {
    power += self->frames[t].power / (gfloat) (next - frame);
    row[BAR_DENSITY] += self->frames[t].flux / (gfloat) (next - frame);
  }
  row[BAR_LOUDNESS] = log10f (power);
}

/* Less the mean of the beats around, by the deviation of all. */
static void
standardize (gfloat *rows, guint n, guint k)
{
  g_autofree gdouble *sums = g_new0 (gdouble, n + 1);
  gdouble square = 0.0, scale;

  for (guint i = 0; i < n; i++)
    sums[i + 1] = sums[i] + rows[i * N_BAR_EVIDENCE + k];
  for (guint i = 0; i < n; i++) {
    guint from = i > BAR_AROUND ? i - BAR_AROUND : 0;
    guint to = MIN (n, i + BAR_AROUND + 1);
    gfloat *x = &rows[i * N_BAR_EVIDENCE + k];

    *x -= (gfloat) ((sums[to] - sums[from]) / (to - from));
    square += *x * *x;
  }
  scale = 1.0 / MAX (sqrt (square / n), bar_evidence_least[k]);
  for (guint i = 0; i < n; i++) {
    gfloat *x = &rows[i * N_BAR_EVIDENCE + k];

    *x = (gfloat) CLAMP (scale * *x, -BAR_MOST, BAR_MOST);
  }
}

gfloat *
bar_evidence (const OnsetFrame *frames, guint n, const Activation *activation,
    const ToneFront *tones, const GArray *times)
{
  guint n_beats = times->len;
  g_autofree Beat *beats = g_new0 (Beat, n_beats);
  Evidence self = {frames, n, activation, times, beats,
      g_new0 (gfloat, (gsize) n_beats * N_BAR_EVIDENCE)};

  if (n == 0 || n_beats < 2)
    return self.rows;
  for (guint i = 0; i < n_beats; i++)
    hear_beat (&beats[i], tones, time_at (times, i), time_at (times, i + 1));
  for (guint i = 0; i < n_beats; i++) {
    gfloat *row = self.rows + (gsize) i * N_BAR_EVIDENCE;

    measure_tones (&self, i, row);
    measure_onsets (&self, i, row);
  }
  for (guint k = 0; k < N_BAR_EVIDENCE; k++)
    standardize (self.rows, n_beats, k);
  return self.rows;
}
