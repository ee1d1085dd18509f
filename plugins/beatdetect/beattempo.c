/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "beattempo.h"

#include <math.h>
#include <stdlib.h>

#include "beatconstants.h"

static gint
compare_doubles (gconstpointer a, gconstpointer b)
{
  gdouble x = *(const gdouble *) a, y = *(const gdouble *) b;

  return (x > y) - (x < y);
}

/* Of the mean tempi of 8 beats each. */
gdouble
beat_tempo_median (const GArray *times)
{
  guint span = MIN (times->len - 1, SNAP_NEIGHBOURS);
  guint n = times->len - span;
  g_autofree gdouble *lengths = g_new (gdouble, n);

  for (guint i = 0; i < n; i++)
    lengths[i] = g_array_index (times, gdouble, i + span)
        - g_array_index (times, gdouble, i);
  qsort (lengths, n, sizeof (gdouble), compare_doubles);
  return 60.0 * span / lengths[n / 2];
}

/* Slope of the line through the beats around @i, the near ones counting more. */
static gdouble
period_around (const GArray *times, guint i)
{
  guint from = i > TEMPO_CURVE_BEATS ? i - TEMPO_CURVE_BEATS : 0;
  guint to = MIN (times->len, i + TEMPO_CURVE_BEATS + 1);
  gdouble centre = g_array_index (times, gdouble, i);
  gdouble sw = 0.0, sx = 0.0, sy = 0.0, sxx = 0.0, sxy = 0.0;

  for (guint k = from; k < to; k++) {
    gdouble x = (gdouble) k - i;
    gdouble y = g_array_index (times, gdouble, k) - centre;
    gdouble w = cos (0.5 * G_PI * x / (TEMPO_CURVE_BEATS + 1));

    sw += w;
    sx += w * x;
    sy += w * y;
    sxx += w * x * x;
    sxy += w * x * y;
  }
  return (sw * sxy - sx * sy) / (sw * sxx - sx * sx);
}

gdouble *
beat_tempo_curve (const GArray *times)
{
  gdouble *curve = g_new0 (gdouble, times->len + 1);

  if (times->len >= 2)
    for (guint i = 0; i < times->len; i++)
      curve[i] = 60.0 / period_around (times, i);
  return curve;
}
