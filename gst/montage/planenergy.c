/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include <math.h>

#include "planenergy.h"

/* Fine against a beat (300 ms and more), coarse enough for songs of hours. */
#define STEP (50 * GST_MSECOND)
#define MAX_STEPS (1u << 20)

struct _MontageEnergy
{
  GstClockTime step;
  guint n_steps;
  gdouble *sums; /* sums[i]: of the first i samples; n_steps + 1 of them */
};

MontageEnergy *
montage_energy_new (const GstMontageBeatGrid *music)
{
  MontageEnergy *self = g_new0 (MontageEnergy, 1);

  self->step = MAX (STEP, music->duration / MAX_STEPS + 1);
  self->n_steps = (guint) (music->duration / self->step) + 1;
  self->sums = g_new (gdouble, self->n_steps + 1);
  self->sums[0] = 0.0;
  for (guint i = 0; i < self->n_steps; i++) {
    gdouble energy = gst_montage_beat_grid_energy_at (music,
        i * self->step + self->step / 2);
    self->sums[i + 1] = self->sums[i] + CLAMP (energy, 0.0, 1.0);
  }

  return self;
}

void
montage_energy_free (MontageEnergy *self)
{
  g_free (self->sums);
  g_free (self);
}

gdouble
montage_energy_mean (const MontageEnergy *self, GstClockTime from,
    GstClockTime to)
{
  guint64 first = MIN (from / self->step, self->n_steps - 1);
  guint64 last = MIN (to / self->step, self->n_steps - 1);

  if (last <= first)
    last = first + 1;
  /* The difference of two long sums is not exact. */
  return CLAMP ((self->sums[last] - self->sums[first])
          / (gdouble) (last - first),
      0.0, 1.0);
}

gdouble
montage_energy_amplify (gdouble energy, gdouble amplification)
{
  gdouble high = pow (CLAMP (energy, 0.0, 1.0), amplification);
  gdouble low = pow (1.0 - CLAMP (energy, 0.0, 1.0), amplification);

  return high / (high + low);
}
