/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <glib.h>

/* The instruments of the synthetic songs. Everything starts at its time to the
 * sample and is the same on every machine. */

#define SYNTH_RATE 44100

typedef struct
{
  gfloat *samples; /* two channels, interleaved */
  gsize n_frames;
  guint32 random; /* state of the noise, not 0 */
} Synth;

/* White, -1..1. */
gdouble synth_noise (Synth *self);
/* Hz of semitones above A1. */
gdouble synth_pitch (gint semitones);
void synth_add (Synth *self, gsize frame, gdouble value, gdouble pan);

void synth_kick (Synth *self, gdouble time, gdouble gain);
void synth_snare (Synth *self, gdouble time, gdouble gain);
void synth_hat (Synth *self, gdouble time, gdouble gain);
/* Noise that dies away within 2 s. */
void synth_crash (Synth *self, gdouble time, gdouble gain);
void synth_beep (Synth *self, gdouble time, gdouble frequency, gdouble length,
    gdouble gain);
/* A tone of four harmonics with an attack and an exponential decay. */
void synth_note (Synth *self, gdouble time, gdouble length, gdouble frequency,
    gdouble gain, gdouble attack, gdouble pan);

typedef enum
{
  SYNTH_SOFT,   /* few harmonics, held */
  SYNTH_BRIGHT, /* many harmonics, held */
  SYNTH_PLUCKED /* many, dying away */
} SynthVoice;

/* A tone of SYNTH_PITCH semitones, from a table: fast. */
void synth_tone (Synth *self, SynthVoice voice, gdouble time, gdouble length,
    gint semitones, gdouble gain, gdouble pan);
