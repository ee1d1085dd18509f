/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <math.h>
#include <glib.h>

/* Songs with exactly known beats: every sound starts at its time to the
 * sample. Mono floats; the same on every machine. */

typedef struct
{
  GArray *samples; /* of gfloat */
  guint rate;
  guint32 noise; /* state of the generator of noise */
} Song;

static inline Song *
song_new (guint rate, gdouble seconds)
{
  Song *self = g_new0 (Song, 1);

  self->rate = rate;
  self->noise = 1;
  self->samples = g_array_new (FALSE, TRUE, sizeof (gfloat));
  g_array_set_size (self->samples, (guint) (seconds * rate + 0.5));
  return self;
}

static inline void
song_free (Song *self)
{
  g_array_unref (self->samples);
  g_free (self);
}
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Song, song_free)

/* White, -1..1. */
static inline gdouble
song_noise (Song *self)
{
  self->noise = self->noise * 1664525u + 1013904223u;
  return (gdouble) (self->noise >> 8) / (1 << 23) - 1.0;
}

static inline void
song_add (Song *self, gint64 at, gdouble x)
{
  if (at >= 0 && at < (gint64) self->samples->len)
    g_array_index (self->samples, gfloat, at) += (gfloat) x;
}

/* 1 kHz, 10 ms. */
static inline void
song_click (Song *self, gdouble time, gdouble level)
{
  gint64 start = (gint64) (time * self->rate + 0.5);

  for (gint64 i = 0; i < self->rate / 100; i++) {
    gdouble t = (gdouble) i / self->rate;
    song_add (self, start + i,
        level * exp (-t * 300.0) * sin (2.0 * G_PI * 1000.0 * t));
  }
}

/* A sine that falls from 150 to 50 Hz. */
static inline void
song_kick (Song *self, gdouble time, gdouble level)
{
  gint64 start = (gint64) (time * self->rate + 0.5);

  for (gint64 i = 0; i < self->rate / 4; i++) {
    gdouble t = (gdouble) i / self->rate;
    gdouble phase = 50.0 * t + 100.0 / 30.0 * (1.0 - exp (-t * 30.0));
    song_add (self, start + i,
        level * exp (-t * 12.0) * sin (2.0 * G_PI * phase));
  }
}

static inline void
song_snare (Song *self, gdouble time, gdouble level)
{
  gint64 start = (gint64) (time * self->rate + 0.5);

  for (gint64 i = 0; i < self->rate / 8; i++) {
    gdouble t = (gdouble) i / self->rate;
    song_add (self, start + i,
        level * exp (-t * 25.0)
            * (0.6 * song_noise (self) + 0.4 * sin (2.0 * G_PI * 190.0 * t)));
  }
}

/* The difference of neighbouring values of noise: high frequencies. */
static inline void
song_hat (Song *self, gdouble time, gdouble level)
{
  gint64 start = (gint64) (time * self->rate + 0.5);
  gdouble last = 0.0;

  for (gint64 i = 0; i < self->rate / 20; i++) {
    gdouble t = (gdouble) i / self->rate, x = song_noise (self);
    song_add (self, start + i, level * exp (-t * 80.0) * 0.5 * (x - last));
    last = x;
  }
}

/* Three notes with four harmonics each, on a semitone above A2. */
static inline void
song_chord (Song *self, gdouble time, gdouble length, guint root, gdouble level)
{
  static const guint steps[] = {0, 4, 7};
  gint64 start = (gint64) (time * self->rate + 0.5);
  gint64 n = (gint64) (length * self->rate);

  for (guint k = 0; k < G_N_ELEMENTS (steps); k++) {
    gdouble hz = 220.0 * exp2 ((root + steps[k]) / 12.0);

    for (gint64 i = 0; i < n; i++) {
      gdouble t = (gdouble) i / self->rate, x = 0.0;

      for (guint h = 1; h <= 4; h++)
        x += sin (2.0 * G_PI * hz * h * t) / h;
      song_add (self, start + i,
          level / 3.0 * x * MIN (1.0, t * 200.0) * exp (-t * 0.7));
    }
  }
}

/* A bar of rock or, with three beats, a waltz: @beats are the times of its
 * beats and of the beat behind it. */
static inline void
song_bar (Song *self, const gdouble *beats, guint n, guint bar)
{
  static const guint roots[] = {0, 5, 7, 5};

  song_chord (self, beats[0], beats[n] - beats[0], roots[bar % 4], 0.25);
  for (guint i = 0; i < n; i++) {
    if (n == 3 ? i == 0 : i % 2 == 0)
      song_kick (self, beats[i], 0.6);
    else if (n == 3)
      song_hat (self, beats[i], 0.4);
    else
      song_snare (self, beats[i], 0.4);
    song_hat (self, beats[i], 0.2);
    song_hat (self, 0.5 * (beats[i] + beats[i + 1]), 0.2);
  }
}

/* Fills @self with bars whose beats are @beats (of gdouble). */
static inline void
song_band (Song *self, const GArray *beats, guint beats_per_bar)
{
  for (guint i = 0; i + beats_per_bar < beats->len; i += beats_per_bar)
    song_bar (self, &g_array_index (beats, gdouble, i), beats_per_bar,
        i / beats_per_bar);
}

/* Beats from @first on, up to @seconds, while the tempo goes evenly from @from
 * to @to BPM. */
static inline GArray *
song_beats (gdouble first, gdouble seconds, gdouble from, gdouble to)
{
  GArray *beats = g_array_new (FALSE, FALSE, sizeof (gdouble));

  for (gdouble time = first; time < seconds;) {
    gdouble bpm = from + (to - from) * time / seconds;

    g_array_append_val (beats, time);
    time = from == to ? first + beats->len * 60.0 / from : time + 60.0 / bpm;
  }
  return beats;
}
