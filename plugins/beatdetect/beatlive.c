/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "beatlive.h"

#include "activation.h"
#include "beatconstants.h"
#include "beatenergy.h"
#include "beatsnap.h"
#include "beattracker.h"
#include "tempogram.h"

void
beat_live_init (BeatLive *self, gdouble tempo_min, gdouble tempo_max)
{
  *self = (BeatLive){.tempo_min = tempo_min,
      .tempo_max = tempo_max,
      .next_update = LIVE_FIRST_FRAMES,
      .last = -1.0};
}

/* Goes on from the last beats found; @offset is the time of frame 0. */
static void
foretell (BeatLive *self, const Activation *activation, const GArray *beats,
    gdouble period, gdouble offset, gdouble now)
{
  guint span = MIN (beats->len, 8);
  gdouble strength = 0.0;

  for (guint i = beats->len - span; i < beats->len; i++)
    strength += beat_strength (activation,
                    beat_frame_to_seconds (g_array_index (beats, guint, i)))
        / span;
  self->strength = strength;
  self->period = period;
  self->next = offset
      + beat_frame_to_seconds (g_array_index (beats, guint, beats->len - 1));
  /* Not again what was told, nor what is over. */
  while (self->next < now - 0.5 * period
      || (self->last >= 0.0 && self->next < self->last + 0.6 * period))
    self->next += period;
}

static void
analyse (BeatLive *self, const OnsetFrame *frames, guint n)
{
  guint length = MIN (n, LIVE_FRAMES);
  gdouble offset = (gdouble) (n - length) / BEAT_FPS;
  g_autoptr (Activation)
      activation = activation_new (frames + (n - length), length);
  g_autoptr (Tempogram) tempogram = tempogram_new (activation->beat, length,
      self->tempo_min, self->tempo_max);
  g_autofree gdouble *path = tempogram_path (tempogram, length,
      self->period > 0.0 ? 60.0 / self->period : TEMPO_PRIOR_BPM);
  g_autoptr (GArray) beats = NULL;

  if (tempogram_mean (tempogram, path, length, 1.0) < LIVE_LEAST_STRENGTH) {
    self->period = 0.0;
    return;
  }
  beats = beat_tracker_run (activation->beat, length, path);
  if (beats->len >= SNAP_FEWEST)
    foretell (self, activation, beats, path[length - 1] / BEAT_FPS, offset,
        (gdouble) n / BEAT_FPS);
}

void
beat_live_update (BeatLive *self, const OnsetFrame *frames, guint n)
{
  /* At fixed frames, so that the result does not depend on how they came. */
  while (self->next_update <= n) {
    analyse (self, frames, self->next_update);
    self->next_update += LIVE_EVERY_FRAMES;
  }
}

gboolean
beat_live_pop (BeatLive *self, gdouble now, gdouble *time)
{
  if (self->period <= 0.0 || self->next > now)
    return FALSE;
  *time = self->next;
  self->last = self->next;
  self->next += self->period;
  return TRUE;
}
