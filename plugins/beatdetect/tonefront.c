/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "tonefront.h"

#include <math.h>
#include <string.h>

#include "beatconstants.h"
#include "spectrum.h"

#define RATE ((gdouble) BEAT_RATE / TONE_DECIMATION)
#define HOP (TONE_HOP / TONE_DECIMATION)
#define N_BINS (TONE_WINDOW / 2 + 1)

/* Bins [first, first + n) of a semitone, their weights in a triangle. */
typedef struct
{
  guint first;
  guint n;
  gfloat weights[TONE_MOST_BINS];
} Semitone;

/* Direct form I. */
typedef struct
{
  gdouble b[3];
  gdouble a[2];
  gdouble x[2]; /* the last samples in and out */
  gdouble y[2];
} Biquad;

struct _ToneFront
{
  Biquad shelf;
  Biquad pass;
  gdouble power; /* sum over the newest hop */

  gfloat taps[TONE_TAPS];
  gfloat past[2 * TONE_TAPS]; /* the last TONE_TAPS samples, twice */
  guint at;                   /* in past */
  guint phase;                /* samples since the last decimated one */

  Spectrum *spectrum; /* of the decimated samples */
  guint fill;         /* decimated samples of the newest hop */

  Semitone semitones[TONE_SEMITONES];
  GArray *frames; /* of ToneFrame */
};

/* Low pass at 2.4 kHz: a sinc under a Hann window. */
static void
design_filter (gfloat *taps)
{
  gdouble sum = 0.0;

  for (guint i = 0; i < TONE_TAPS; i++) {
    gdouble x = (i - 0.5 * (TONE_TAPS - 1)) * 2.0 * TONE_CUTOFF_HZ / BEAT_RATE;
    gdouble hann = 0.5 - 0.5 * cos (2.0 * G_PI * (i + 0.5) / TONE_TAPS);

    taps[i] = (gfloat) (hann
        * (fabs (x) < 1e-9 ? 1.0 : sin (G_PI * x) / (G_PI * x)));
    sum += taps[i];
  }
  for (guint i = 0; i < TONE_TAPS; i++)
    taps[i] = (gfloat) (taps[i] / sum);
}

static gdouble
biquad_run (Biquad *self, gdouble x)
{
  gdouble y = self->b[0] * x + self->b[1] * self->x[0] + self->b[2] * self->x[1]
      - self->a[0] * self->y[0] - self->a[1] * self->y[1];

  /* Numbers near 0 that never get there cost time. */
  if (fabs (y) < 1e-30)
    y = 0.0;
  self->x[1] = self->x[0];
  self->x[0] = x;
  self->y[1] = self->y[0];
  self->y[0] = y;
  return y;
}

static void
design_loudness (ToneFront *self)
{
  gdouble k = tan (G_PI * LOUDNESS_SHELF_HZ / BEAT_RATE), q = LOUDNESS_SHELF_Q;
  gdouble high = pow (10.0, LOUDNESS_SHELF_DB / 20.0);
  gdouble band = pow (high, LOUDNESS_SHELF_SLOPE);
  gdouble scale = 1.0 + k / q + k * k;

  self->shelf = (Biquad){.b = {(high + band * k / q + k * k) / scale,
                             2.0 * (k * k - high) / scale,
                             (high - band * k / q + k * k) / scale},
      .a = {2.0 * (k * k - 1.0) / scale, (1.0 - k / q + k * k) / scale}};
  k = tan (G_PI * LOUDNESS_PASS_HZ / BEAT_RATE);
  q = LOUDNESS_PASS_Q;
  scale = 1.0 + k / q + k * k;
  self->pass = (Biquad){.b = {1.0, -2.0, 1.0},
      .a = {2.0 * (k * k - 1.0) / scale, (1.0 - k / q + k * k) / scale}};
}

/* A triangle that reaches to the next semitones, at least one bin wide. */
static void
lay_semitone (Semitone *self, guint number)
{
  gdouble centre = TONE_LOWEST_HZ * exp2 (number / 12.0) * TONE_WINDOW / RATE;
  gdouble reach = MAX (1.0, centre * (exp2 (1.0 / 12.0) - 1.0));
  gdouble sum = 0.0;

  self->first = (guint) ceil (centre - reach);
  for (guint bin = self->first;
       bin < centre + reach && self->n < TONE_MOST_BINS && bin < N_BINS;
       bin++) {
    self->weights[self->n] = (gfloat) (1.0 - fabs (bin - centre) / reach);
    sum += self->weights[self->n++];
  }
  for (guint i = 0; i < self->n; i++)
    self->weights[i] = (gfloat) (self->weights[i] / sum);
}

ToneFront *
tone_front_new (void)
{
  ToneFront *self = g_new0 (ToneFront, 1);

  design_filter (self->taps);
  design_loudness (self);
  self->spectrum = spectrum_new (TONE_WINDOW, HOP);
  for (guint i = 0; i < TONE_SEMITONES; i++)
    lay_semitone (&self->semitones[i], i);
  self->frames = g_array_new (FALSE, FALSE, sizeof (ToneFrame));
  return self;
}

void
tone_front_free (ToneFront *self)
{
  if (!self)
    return;
  spectrum_free (self->spectrum);
  g_array_unref (self->frames);
  g_free (self);
}

static void
measure_hop (ToneFront *self)
{
  const gfloat gain = (gfloat) (BEAT_LOG_GAIN * 4.0 / TONE_WINDOW);
  const gfloat *bins = spectrum_measure (self->spectrum);
  ToneFrame frame;

  for (guint k = 0; k < TONE_SEMITONES; k++) {
    const Semitone *semitone = &self->semitones[k];
    gfloat sum = 0.0f;

    for (guint i = 0; i < semitone->n; i++)
      sum += semitone->weights[i] * bins[semitone->first + i];
    frame.level[k] = log10f (1.0f + gain * sum);
  }
  frame.power = (gfloat) (self->power / TONE_HOP);
  self->power = 0.0;
  g_array_append_val (self->frames, frame);
  spectrum_advance (self->spectrum);
  self->fill = 0;
}

static void
decimate (ToneFront *self)
{
  const gfloat *past = self->past + self->at;
  gfloat sum = 0.0f;

  for (guint i = 0; i < TONE_TAPS; i++)
    sum += self->taps[i] * past[i];
  spectrum_hop (self->spectrum)[self->fill++] = sum;
  if (self->fill == HOP)
    measure_hop (self);
}

void
tone_front_push (ToneFront *self, const gfloat *samples, gsize n)
{
  for (gsize i = 0; i < n; i++) {
    gfloat x = isfinite (samples[i]) ? CLAMP (samples[i], -8.0f, 8.0f) : 0.0f;
    gdouble weighted = biquad_run (&self->pass, biquad_run (&self->shelf, x));

    self->power += weighted * weighted;
    self->past[self->at] = self->past[self->at + TONE_TAPS] = x;
    self->at = (self->at + 1) % TONE_TAPS;
    if (++self->phase == TONE_DECIMATION) {
      self->phase = 0;
      decimate (self);
    }
  }
}

void
tone_front_finish (ToneFront *self)
{
  static const gfloat silence[TONE_WINDOW / 2 * TONE_DECIMATION] = {0};

  tone_front_push (self, silence, G_N_ELEMENTS (silence));
}

const ToneFrame *
tone_front_frames (const ToneFront *self, guint *n_frames)
{
  *n_frames = self->frames->len;
  return (const ToneFrame *) (gpointer) self->frames->data;
}

void
tone_front_mean (const ToneFront *self, gdouble from, gdouble to,
    ToneFrame *mean)
{
  const gdouble fps = (gdouble) BEAT_RATE / TONE_HOP;
  /* The centre of frame i is (i + 1) hops less half a window behind 0. */
  const gdouble delay = 0.5 * TONE_WINDOW / HOP - 1.0;
  guint n = self->frames->len;
  gint first = (gint) ceil (from * fps + delay);
  gint past = (gint) ceil (to * fps + delay);

  memset (mean, 0, sizeof (*mean));
  if (n == 0)
    return;
  first = CLAMP (first, 0, (gint) n - 1);
  past = CLAMP (past, first + 1, (gint) n);
  for (gint i = first; i < past; i++)
    for (guint k = 0; k < TONE_SEMITONES; k++)
      mean->level[k] += g_array_index (self->frames, ToneFrame, i).level[k]
          / (gfloat) (past - first);
}

gdouble
tone_front_loudness (const ToneFront *self, gdouble from, gdouble to)
{
  const gdouble fps = (gdouble) BEAT_RATE / TONE_HOP;
  guint n = self->frames->len;
  gdouble sum = 0.0;
  guint first, past;

  if (n == 0)
    return -70.0;
  first = (guint) CLAMP (from * fps + 0.5, 0.0, n - 1.0);
  past = (guint) CLAMP (to * fps + 0.5, first + 1.0, (gdouble) n);
  for (guint i = first; i < past; i++)
    sum += g_array_index (self->frames, ToneFrame, i).power / (past - first);
  return MAX (-70.0, LOUDNESS_OFFSET + 10.0 * log10 (sum + 1e-12));
}
