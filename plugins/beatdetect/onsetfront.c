/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "onsetfront.h"

#include <math.h>

#include "beatconstants.h"
#include "spectrum.h"

#define N_BINS (BEAT_WINDOW / 2 + 1)

/* A triangle over bins [first, first + n), its weights at weights + offset. */
typedef struct
{
  guint first;
  guint n;
  guint offset;
  gdouble hz;
} Band;

struct _OnsetFront
{
  Spectrum *spectrum;
  gfloat *hop; /* in the spectrum's window */
  guint fill;  /* samples in hop */

  GArray *bands;   /* of Band */
  GArray *weights; /* of gfloat */
  guint n_low;     /* bands below BEAT_LOW_HZ */
  guint high_from;
  guint high_to;
  guint chroma_from;
  guint chroma_to;
  guint8 *chroma; /* of each band */

  /* Log bands of this frame and of the BEAT_FLUX_LAG frames before. */
  gfloat *log_bands[BEAT_FLUX_LAG + 1];
  gfloat smooth_low; /* states of the two one-pole filters */
  gfloat smooth_mid;
  gfloat power[ATTACK_PARTS][3]; /* low, mid, high of the newest parts */
  GArray *frames;                /* of OnsetFrame */
};

/* Centre bins on a logarithmic scale; where it is finer than the transform,
 * each bin counts once. */
static GArray *
band_edges (void)
{
  GArray *edges = g_array_new (FALSE, FALSE, sizeof (guint));
  gdouble step = pow (2.0, 1.0 / BEAT_BANDS_PER_OCTAVE);
  guint last = 0;

  for (gdouble hz = BEAT_LOWEST_HZ; hz <= BEAT_HIGHEST_HZ; hz *= step) {
    guint bin = (guint) (hz * BEAT_WINDOW / BEAT_RATE + 0.5);

    if (bin > last) {
      g_array_append_val (edges, bin);
      last = bin;
    }
  }
  return edges;
}

static void
add_band (OnsetFront *self, guint left, guint centre, guint right)
{
  Band band = {left + 1, right - left - 1, self->weights->len,
      (gdouble) centre * BEAT_RATE / BEAT_WINDOW};
  gdouble sum = 0.0;

  for (guint pass = 0; pass < 2; pass++) {
    for (guint bin = left + 1; bin < right; bin++) {
      gdouble w = bin <= centre ? (gdouble) (bin - left) / (centre - left)
                                : (gdouble) (right - bin) / (right - centre);
      if (pass == 0) {
        sum += w;
      } else {
        gfloat weight = (gfloat) (w / sum);
        g_array_append_val (self->weights, weight);
      }
    }
  }
  g_array_append_val (self->bands, band);
}

static guint
bands_below (const OnsetFront *self, gdouble hz)
{
  guint n = 0;

  while (n < self->bands->len && g_array_index (self->bands, Band, n).hz < hz)
    n++;
  return n;
}

static void
build_bank (OnsetFront *self)
{
  g_autoptr (GArray) edges = band_edges ();

  self->bands = g_array_new (FALSE, FALSE, sizeof (Band));
  self->weights = g_array_new (FALSE, FALSE, sizeof (gfloat));
  for (guint i = 0; i + 2 < edges->len; i++)
    add_band (self, g_array_index (edges, guint, i),
        g_array_index (edges, guint, i + 1),
        g_array_index (edges, guint, i + 2));
  self->n_low = bands_below (self, BEAT_LOW_HZ);
  self->high_from = bands_below (self, BEAT_MIDHIGH_FROM_HZ);
  self->high_to = bands_below (self, BEAT_MIDHIGH_TO_HZ);
  self->chroma_from = bands_below (self, BEAT_CHROMA_FROM_HZ);
  self->chroma_to = bands_below (self, BEAT_CHROMA_TO_HZ);
  self->chroma = g_new (guint8, self->bands->len);
  for (guint b = 0; b < self->bands->len; b++) {
    gdouble hz = g_array_index (self->bands, Band, b).hz;
    gint semitone = (gint) floor (12.0 * log2 (hz / 440.0) + 0.5);

    self->chroma[b] = (guint8) (((semitone % 12) + 12) % 12);
  }
}

OnsetFront *
onset_front_new (void)
{
  OnsetFront *self = g_new0 (OnsetFront, 1);

  self->spectrum = spectrum_new (BEAT_WINDOW, BEAT_HOP);
  self->hop = spectrum_hop (self->spectrum);
  build_bank (self);
  for (guint i = 0; i <= BEAT_FLUX_LAG; i++)
    self->log_bands[i] = g_new0 (gfloat, self->bands->len);
  self->frames = g_array_new (FALSE, TRUE, sizeof (OnsetFrame));
  return self;
}

void
onset_front_free (OnsetFront *self)
{
  if (!self)
    return;
  spectrum_free (self->spectrum);
  for (guint i = 0; i <= BEAT_FLUX_LAG; i++)
    g_free (self->log_bands[i]);
  g_free (self->chroma);
  g_array_unref (self->bands);
  g_array_unref (self->weights);
  g_array_unref (self->frames);
  g_free (self);
}

static void
compute_log_bands (OnsetFront *self, gfloat *out)
{
  const gfloat *bins = spectrum_measure (self->spectrum);
  const Band *bands = (const Band *) self->bands->data;
  const gfloat *weights = (const gfloat *) self->weights->data;
  /* A Hann window sums to half its length, a real sine to half of that. */
  const gfloat gain = (gfloat) (BEAT_LOG_GAIN * 4.0 / BEAT_WINDOW);

  for (guint b = 0; b < self->bands->len; b++) {
    const gfloat *w = weights + bands[b].offset;
    const gfloat *norm = bins + bands[b].first;
    gfloat sum = 0.0f;

    for (guint i = 0; i < bands[b].n; i++)
      sum += w[i] * norm[i];
    out[b] = log10f (1.0f + gain * sum);
  }
}

static void
measure_flux (const OnsetFront *self, OnsetFrame *frame)
{
  const gfloat *now = self->log_bands[0];
  const gfloat *before = self->log_bands[BEAT_FLUX_LAG];
  guint n = self->bands->len;

  for (guint b = 0; b < n; b++) {
    gfloat reference = before[b];
    gfloat rise;

    if (b > 0)
      reference = MAX (reference, before[b - 1]);
    if (b + 1 < n)
      reference = MAX (reference, before[b + 1]);
    rise = MAX (0.0f, now[b] - reference);
    frame->flux += rise;
    if (b < self->n_low)
      frame->low += rise;
    if (b >= self->high_from && b < self->high_to)
      frame->high += rise;
  }
}

static void
measure_colour (const OnsetFront *self, OnsetFrame *frame)
{
  const gfloat *now = self->log_bands[0];
  gfloat sum = 0.0f, moment = 0.0f;

  for (guint b = 0; b < self->bands->len; b++) {
    sum += now[b];
    moment += now[b] * (gfloat) b;
    if (b < self->n_low)
      frame->low_power += now[b];
  }
  frame->brightness = sum > 0.0f ? moment / (sum * (gfloat) self->bands->len)
                                 : 0.0f;

  for (guint b = self->chroma_from; b < self->chroma_to; b++)
    frame->chroma[self->chroma[b]] += now[b];
}

/* Sums of the squares of @n samples in three bands: up to 200 Hz, to 2 kHz, and
 * above. */
static void
band_powers (OnsetFront *self, const gfloat *x, guint n, gfloat *power)
{
  gfloat low = 0.0f, mid = 0.0f, high = 0.0f;

  for (guint i = 0; i < n; i++) {
    gfloat above;

    self->smooth_mid += ATTACK_MID_POLE * (x[i] - self->smooth_mid);
    self->smooth_low += ATTACK_LOW_POLE * (x[i] - self->smooth_low);
    above = x[i] - self->smooth_mid;
    high += above * above;
    above = self->smooth_mid - self->smooth_low;
    mid += above * above;
    low += self->smooth_low * self->smooth_low;
  }
  power[0] = low;
  power[1] = mid;
  power[2] = high;
}

/* The transform sees an attack before or behind its true time, the louder the
 * earlier. So its time is taken from the loudness of 3.3 ms, every 1.1 ms, in
 * three bands so that it is also seen under a note that goes on. */
static void
measure_attack (OnsetFront *self, OnsetFrame *frame)
{
  const guint length = BEAT_HOP / ONSET_PARTS;

  for (guint part = 0; part < ONSET_PARTS; part++) {
    /* A hop holds a whole number of windows, so this is the oldest part. */
    band_powers (self, self->hop + part * length, length,
        self->power[part % ATTACK_PARTS]);
    for (guint band = 0; band < 3; band++) {
      gfloat sum = 0.0f;

      for (guint i = 0; i < ATTACK_PARTS; i++)
        sum += self->power[i][band];
      frame->attack[part] += 0.5f
          * logf (ATTACK_FLOOR + sum / (gfloat) (ATTACK_PARTS * length));
    }
  }
}

static void
measure_hop (OnsetFront *self)
{
  gfloat *oldest = self->log_bands[BEAT_FLUX_LAG];
  OnsetFrame frame = {0};

  for (guint i = 0; i < BEAT_HOP; i++)
    frame.power += self->hop[i] * self->hop[i];
  frame.power /= BEAT_HOP;

  for (guint i = BEAT_FLUX_LAG; i > 0; i--)
    self->log_bands[i] = self->log_bands[i - 1];
  self->log_bands[0] = oldest;

  compute_log_bands (self, self->log_bands[0]);
  measure_flux (self, &frame);
  measure_colour (self, &frame);
  measure_attack (self, &frame);
  g_array_append_val (self->frames, frame);

  spectrum_advance (self->spectrum);
  self->fill = 0;
}

void
onset_front_push (OnsetFront *self, const gfloat *samples, gsize n)
{
  while (n > 0) {
    guint take = (guint) MIN (n, (gsize) (BEAT_HOP - self->fill));

    /* What is no number or far beyond full scale is hostile, not music. */
    for (guint i = 0; i < take; i++) {
      gfloat x = samples[i];
      self->hop[self->fill + i] = isfinite (x) ? CLAMP (x, -8.0f, 8.0f) : 0.0f;
    }
    self->fill += take;
    samples += take;
    n -= take;
    if (self->fill == BEAT_HOP)
      measure_hop (self);
  }
}

void
onset_front_finish (OnsetFront *self)
{
  static const gfloat silence[BEAT_WINDOW / 2] = {0};

  onset_front_push (self, silence, G_N_ELEMENTS (silence));
  if (self->fill > 0)
    onset_front_push (self, silence, BEAT_HOP - self->fill);
}

void
onset_front_forget (OnsetFront *self)
{
  g_array_set_size (self->frames, 0);
}

const OnsetFrame *
onset_front_frames (const OnsetFront *self, guint *n_frames)
{
  *n_frames = self->frames->len;
  return (const OnsetFrame *) (gpointer) self->frames->data;
}
