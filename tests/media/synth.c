/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "synth.h"

#include <math.h>

gdouble
synth_noise (Synth *self)
{
  self->random ^= self->random << 13;
  self->random ^= self->random >> 17;
  self->random ^= self->random << 5;
  return self->random / 2147483648.0 - 1;
}

void
synth_add (Synth *self, gsize frame, gdouble value, gdouble pan)
{
  if (frame >= self->n_frames)
    return;
  self->samples[2 * frame] += (gfloat) (value * (1 - pan));
  self->samples[2 * frame + 1] += (gfloat) (value * (1 + pan));
}

gdouble
synth_pitch (gint semitones)
{
  return 55.0 * pow (2, semitones / 12.0);
}

void
synth_kick (Synth *self, gdouble time, gdouble gain)
{
  gsize start = (gsize) llround (time * SYNTH_RATE);

  for (guint i = 0; i < SYNTH_RATE / 4; i++) {
    gdouble t = (gdouble) i / SYNTH_RATE;
    gdouble phase = 48 * t + 90 * 0.035 * (1 - exp (-t / 0.035));

    synth_add (self, start + i, gain * exp (-t / 0.09) * sin (2 * G_PI * phase),
        0);
  }
}

void
synth_snare (Synth *self, gdouble time, gdouble gain)
{
  gsize start = (gsize) llround (time * SYNTH_RATE);

  for (guint i = 0; i < SYNTH_RATE / 5; i++) {
    gdouble t = (gdouble) i / SYNTH_RATE;
    gdouble body = 0.5 * sin (2 * G_PI * 190 * t) * exp (-t / 0.05);

    synth_add (self, start + i,
        gain * (body + 0.6 * synth_noise (self) * exp (-t / 0.06)), 0.1);
  }
}

void
synth_hat (Synth *self, gdouble time, gdouble gain)
{
  gsize start = (gsize) llround (time * SYNTH_RATE);
  gdouble last = 0;

  for (guint i = 0; i < SYNTH_RATE / 12; i++) {
    gdouble x = synth_noise (self);

    synth_add (self, start + i,
        gain * (x - last) * exp (-(gdouble) i / SYNTH_RATE / 0.02), -0.2);
    last = x;
  }
}

/* A tone of four harmonics with an attack and an exponential decay. */
void
synth_note (Synth *self, gdouble time, gdouble length, gdouble frequency,
    gdouble gain, gdouble attack, gdouble pan)
{
  gsize start = (gsize) llround (time * SYNTH_RATE);
  guint n = (guint) (length * SYNTH_RATE);

  for (guint i = 0; i < n; i++) {
    gdouble t = (gdouble) i / SYNTH_RATE, value = 0;
    gdouble envelope = MIN (t / attack, 1) * exp (-t / (0.6 * length))
        * MIN ((length - t) / 0.01, 1);

    for (guint harmonic = 1; harmonic <= 4; harmonic++)
      value += sin (2 * G_PI * frequency * harmonic * t)
          / (harmonic * harmonic);
    synth_add (self, start + i, gain * envelope * value, pan);
  }
}

void
synth_beep (Synth *self, gdouble time, gdouble frequency, gdouble length,
    gdouble gain)
{
  gsize start = (gsize) llround (time * SYNTH_RATE);
  guint n = (guint) (length * SYNTH_RATE);

  for (guint i = 0; i < n; i++)
    synth_add (self, start + i,
        gain * sin (2 * G_PI * frequency * i / SYNTH_RATE), 0);
}


void
synth_crash (Synth *self, gdouble time, gdouble gain)
{
  gsize start = (gsize) llround (time * SYNTH_RATE);
  gdouble last = 0, level = gain;

  for (guint i = 0; i < 2 * SYNTH_RATE; i++) {
    gdouble x = synth_noise (self);

    synth_add (self, start + i, level * (x - last), 0.1);
    level *= 1 - 1 / (0.5 * SYNTH_RATE);
    last = x;
  }
}

#define TABLE 1024

/* One period of each voice: the first harmonics, so that no note of four
 * octaves is folded back at half the rate. */
static const gfloat *
voice_table (SynthVoice voice)
{
  static const guint harmonics[] = {2, 8, 6};
  static gfloat tables[G_N_ELEMENTS (harmonics)][TABLE];
  static gsize once = 0;

  if (g_once_init_enter (&once)) {
    for (guint v = 0; v < G_N_ELEMENTS (harmonics); v++)
      for (guint i = 0; i < TABLE; i++)
        for (guint h = 1; h <= harmonics[v]; h++)
          tables[v][i] += (gfloat) (sin (2 * G_PI * h * i / TABLE) / h);
    g_once_init_leave (&once, 1);
  }
  return tables[voice];
}

void
synth_tone (Synth *self, SynthVoice voice, gdouble time, gdouble length,
    gint semitones, gdouble gain, gdouble pan)
{
  const gfloat *table = voice_table (voice);
  gsize start = (gsize) llround (time * SYNTH_RATE);
  guint n = (guint) (length * SYNTH_RATE);
  guint attack = SYNTH_RATE / (voice == SYNTH_SOFT ? 50 : 200);
  guint release = SYNTH_RATE / 100;
  gdouble decay = voice == SYNTH_PLUCKED ? 0.25 : 3.0, level = gain;
  gdouble step = synth_pitch (semitones) * TABLE / SYNTH_RATE, phase = 0;

  for (guint i = 0; i < n; i++, phase += step) {
    gdouble edge = MIN (1.0, (gdouble) i / attack);

    edge = MIN (edge, (gdouble) (n - i) / release);
    synth_add (self, start + i, level * edge * table[(guint) phase % TABLE],
        pan);
    level *= 1 - 1 / (decay * SYNTH_RATE);
  }
}
