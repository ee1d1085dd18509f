/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "envelope.h"

#include <math.h>

#include "beatconstants.h"

void
envelope_append (const OnsetFrame *frames, guint n, gdouble seconds,
    GArray *envelope)
{
  for (guint from = 0; from < n && from < seconds * BEAT_FPS;
       from += ENVELOPE_FRAMES) {
    guint to = MIN (n, from + ENVELOPE_FRAMES);
    gdouble sum = 0.0, rms;

    for (guint i = from; i < to; i++)
      sum += frames[i].power;
    rms = MIN (1.0, sqrt (2.0 * sum / (to - from)));
    g_array_append_val (envelope, rms);
  }
}

gboolean
envelope_extent (const OnsetFrame *frames, guint n, gdouble seconds,
    gdouble *first, gdouble *last)
{
  gfloat loudest = 0.0f, threshold;
  guint from = 0, to = n;

  for (guint i = 0; i < n; i++)
    loudest = MAX (loudest, frames[i].power);
  if (loudest < AUDIBLE_POWER)
    return FALSE;
  threshold = MAX ((gfloat) AUDIBLE_POWER, loudest * (gfloat) AUDIBLE_SHARE);
  while (frames[from].power < threshold)
    from++;
  while (frames[to - 1].power < threshold)
    to--;
  *first = (gdouble) from / BEAT_FPS;
  *last = MIN (seconds, (gdouble) to / BEAT_FPS);
  return TRUE;
}
