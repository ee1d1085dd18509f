/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "beatpulse.h"

#include <math.h>
#include <stdlib.h>

#include "beatconstants.h"
#include "beattracker.h"
#include "steadytempo.h"
#include "tempogram.h"

static gint
compare_doubles (gconstpointer a, gconstpointer b)
{
  gdouble x = *(const gdouble *) a, y = *(const gdouble *) b;

  return (x > y) - (x < y);
}

/* Does the tempo path keep to @period, its multiples and parts? Two tempi like
 * 100 and 125 share a pulse, and yet are two. */
static gboolean
keeps_to (const gdouble *path, guint n, gdouble period)
{
  static const gdouble ratios[] = {1.0, 0.5, 2.0, 1.0 / 3.0, 3.0, 2.0 / 3.0,
      1.5};
  guint near = 0;

  for (guint t = 0; t < n; t++)
    for (guint i = 0; i < G_N_ELEMENTS (ratios); i++)
      if (fabs (path[t] / (period * ratios[i]) - 1.0) < STEADY_OFF_PATH) {
        near++;
        break;
      }
  return near >= STEADY_ON_PATH * n;
}

static GArray *
even_marks (guint n, gdouble phase, gdouble period)
{
  GArray *marks = g_array_new (FALSE, FALSE, sizeof (gdouble));

  for (guint i = 0; phase + i * period < n; i++) {
    gdouble mark = phase + i * period;

    g_array_append_val (marks, mark);
  }
  return marks;
}

static GArray *
tracked_marks (const Activation *activation, const gdouble *path)
{
  GArray *marks = g_array_new (FALSE, FALSE, sizeof (gdouble));
  g_autoptr (GArray)
      tracked = beat_tracker_run (activation->beat, activation->n, path);

  for (guint i = 0; i < tracked->len; i++) {
    gdouble mark = g_array_index (tracked, guint, i);

    g_array_append_val (marks, mark);
  }
  return marks;
}

static gdouble
median_period (const gdouble *path, guint n)
{
  g_autofree gdouble *sorted = g_memdup2 (path, n * sizeof (gdouble));

  qsort (sorted, n, sizeof (gdouble), compare_doubles);
  return sorted[n / 2];
}

BeatPulse
beat_pulse_find (const Activation *activation, gdouble bpm_min, gdouble bpm_max)
{
  guint n = activation->n;
  g_autoptr (Tempogram)
      tempogram = tempogram_new (activation->beat, n, bpm_min, bpm_max);
  g_autofree gdouble *path = tempogram_path (tempogram, n, TEMPO_PRIOR_BPM);
  gdouble period = median_period (path, n);
  BeatPulse self = {.strength = tempogram_mean (tempogram, path, n, 1.0)};
  gboolean one_tempo = steady_tempo_find (activation->all, n, &period)
      && keeps_to (path, n, period);

  self.steady = one_tempo
      && steady_tempo_keeps_phase (activation->all, n, period);
  for (guint t = 0; t < n && one_tempo; t++)
    path[t] = period;
  self.marks = self.steady
      ? even_marks (n, steady_tempo_phase (activation->beat, n, period), period)
      : tracked_marks (activation, path);
  return self;
}

void
beat_pulse_clear (BeatPulse *self)
{
  g_clear_pointer (&self->marks, g_array_unref);
}
