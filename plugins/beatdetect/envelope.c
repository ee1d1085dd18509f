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

/* Power of what can be heard in these frames. */
static gfloat
audible (const OnsetFrame *frames, guint n)
{
  gfloat loudest = 0.0f;

  for (guint i = 0; i < n; i++)
    loudest = MAX (loudest, frames[i].power);
  return MAX ((gfloat) AUDIBLE_POWER, loudest * (gfloat) AUDIBLE_SHARE);
}

GArray *
envelope_resumptions (const OnsetFrame *frames, guint n, guint least)
{
  GArray *resumptions = g_array_new (FALSE, FALSE, sizeof (guint));
  gfloat threshold = audible (frames, n);
  guint silent = 0;
  gboolean heard = FALSE;

  for (guint i = 0; i < n; i++) {
    if (frames[i].power < threshold) {
      silent++;
      continue;
    }
    if (heard && silent >= least)
      g_array_append_val (resumptions, i);
    heard = TRUE;
    silent = 0;
  }
  return resumptions;
}

gboolean
envelope_extent (const OnsetFrame *frames, guint n, gdouble seconds,
    gdouble *first, gdouble *last)
{
  gfloat threshold = audible (frames, n);
  guint from = 0, to = n;

  while (from < n && frames[from].power < threshold)
    from++;
  if (from == n)
    return FALSE;
  while (frames[to - 1].power < threshold)
    to--;
  *first = (gdouble) from / BEAT_FPS;
  *last = MIN (seconds, (gdouble) to / BEAT_FPS);
  return TRUE;
}
