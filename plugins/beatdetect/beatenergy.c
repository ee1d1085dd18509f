/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "beatenergy.h"

#include <math.h>
#include <string.h>

#include "beatconstants.h"
#include "beatsnap.h"

typedef enum
{
  TERM_LOUDNESS,
  TERM_DENSITY,
  TERM_BASS,
  TERM_BRIGHTNESS,
  N_TERMS
} Term;

/* What a term contributes, and the spread below which its differences are no
 * dynamics of the music: 6 dB, and small shares of the log spectrum. */
static const struct
{
  gdouble weight;
  gdouble least_spread;
} terms[N_TERMS] = {
    [TERM_LOUDNESS] = {0.40, 6.0},
    [TERM_DENSITY] = {0.25, 1.0},
    [TERM_BASS] = {0.20, 2.0},
    [TERM_BRIGHTNESS] = {0.15, 0.05},
};

static gint
compare_doubles (gconstpointer a, gconstpointer b)
{
  gdouble x = *(const gdouble *) a, y = *(const gdouble *) b;

  return (x > y) - (x < y);
}

/* 5th percentile to 0, 95th to 1; a spread below @least fills less than that,
 * around the middle. */
static void
normalize (gdouble *x, guint n, gdouble least)
{
  g_autofree gdouble *sorted = g_memdup2 (x, n * sizeof (gdouble));
  gdouble low, high, spread;

  qsort (sorted, n, sizeof (gdouble), compare_doubles);
  low = sorted[(guint) (0.05 * (n - 1))];
  high = sorted[(guint) ceil (0.95 * (n - 1))];
  spread = MAX (high - low, least);
  for (guint i = 0; i < n; i++)
    x[i] = CLAMP (0.5 + (x[i] - 0.5 * (low + high)) / spread, 0.0, 1.0);
}

static void
measure (const OnsetFrame *frames, guint from, guint to, gdouble *out)
{
  memset (out, 0, N_TERMS * sizeof (gdouble));
  for (guint t = from; t < to; t++) {
    out[TERM_DENSITY] += frames[t].flux / (to - from);
    out[TERM_BASS] += frames[t].low_power / (to - from);
    out[TERM_BRIGHTNESS] += frames[t].brightness / (to - from);
  }
}

static void
smooth (gdouble *x, guint n, guint width)
{
  g_autofree gdouble *copy = g_memdup2 (x, n * sizeof (gdouble));

  for (guint i = 0; i < n; i++) {
    guint from = i > width / 2 ? i - width / 2 : 0;
    guint to = MIN (n, i + (width + 1) / 2);

    x[i] = 0.0;
    for (guint k = from; k < to; k++)
      x[i] += copy[k] / (to - from);
  }
}

GArray *
beat_energy (const OnsetFrame *frames, guint n, const ToneFront *tones,
    const GArray *times, gdouble end, guint beats_per_bar)
{
  guint n_beats = times->len;
  GArray *energy = g_array_sized_new (FALSE, TRUE, sizeof (gdouble), n_beats);
  g_autofree gdouble *columns = g_new0 (gdouble,
      N_TERMS * (gsize) (n_beats + 1));

  g_array_set_size (energy, n_beats);
  if (n_beats == 0 || n == 0)
    return energy;
  for (guint i = 0; i < n_beats; i++) {
    gdouble next = i + 1 < n_beats ? g_array_index (times, gdouble, i + 1)
                                   : end;
    gdouble start = g_array_index (times, gdouble, i);
    gdouble from = beat_seconds_to_frame (start);
    guint first = (guint) CLAMP (from + 0.5, 0.0, n - 1.0);
    guint past = (guint) CLAMP (beat_seconds_to_frame (next) + 0.5, first + 1.0,
        (gdouble) n);
    gdouble row[N_TERMS];

    measure (frames, first, past, row);
    row[TERM_LOUDNESS] = tone_front_loudness (tones, start,
        MAX (next, start + LOUDNESS_SECONDS));
    for (guint k = 0; k < N_TERMS; k++)
      columns[k * n_beats + i] = row[k];
  }
  for (guint k = 0; k < N_TERMS; k++) {
    normalize (columns + k * n_beats, n_beats, terms[k].least_spread);
    for (guint i = 0; i < n_beats; i++)
      g_array_index (energy, gdouble, i) += terms[k].weight
          * columns[k * n_beats + i];
  }
  smooth ((gdouble *) (gpointer) energy->data, n_beats,
      beats_per_bar > 0 ? beats_per_bar : 4);
  normalize ((gdouble *) (gpointer) energy->data, n_beats, 0.25);
  return energy;
}

gdouble
beat_strength (const Activation *activation, gdouble seconds)
{
  gint frame = (gint) floor (beat_seconds_to_frame (seconds) + 0.5);
  gfloat best = 0.0f;

  for (gint i = frame - SNAP_FRAMES; i <= frame + SNAP_FRAMES; i++)
    if (i >= 0 && i < (gint) activation->n)
      best = MAX (best, activation->all[i]);
  return best;
}
