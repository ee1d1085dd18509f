/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "framerate.h"

#include <math.h>
#include <stdlib.h>

/* Containers round to a millisecond (Matroska), some to more. */
#define ROUNDING_US 1500
#define ROUNDING_SHARE 0.05
/* So many odd intervals make a clip variable; single ones are lost frames. */
#define VARIABLE_SHARE 0.02
/* Relative error up to which a rate is said to be a standard one or that of
 * the caps; 24 and 24000/1001 are 1/1001 apart. */
#define RATE_TOLERANCE 0.0004
/* A millisecond per end of a short clip is more than that. */
#define RATE_ROUNDING 1e-3

struct _FrameRate
{
  GArray *intervals; /* of guint32, microseconds */
  GstClockTime first;
  GstClockTime last;
};

FrameRate *
frame_rate_new (void)
{
  FrameRate *self = g_new0 (FrameRate, 1);

  self->intervals = g_array_new (FALSE, FALSE, sizeof (guint32));
  self->first = self->last = GST_CLOCK_TIME_NONE;
  return self;
}

void
frame_rate_free (FrameRate *self)
{
  g_array_unref (self->intervals);
  g_free (self);
}

void
frame_rate_push (FrameRate *self, GstClockTime time)
{
  if (GST_CLOCK_TIME_IS_VALID (self->last)) {
    guint64 us = (time - self->last + 500) / 1000;
    guint32 interval = (guint32) MIN (us, G_MAXUINT32);

    g_array_append_val (self->intervals, interval);
  } else {
    self->first = time;
  }
  self->last = time;
}

static int
compare (const void *a, const void *b)
{
  guint32 x = *(const guint32 *) a, y = *(const guint32 *) b;

  return (x > y) - (x < y);
}

GstClockTime
frame_rate_get_interval (const FrameRate *self)
{
  guint n = self->intervals->len;
  g_autofree guint32 *sorted = NULL;

  if (n == 0)
    return GST_CLOCK_TIME_NONE;
  sorted = g_memdup2 (self->intervals->data, n * sizeof (guint32));
  qsort (sorted, n, sizeof (guint32), compare);
  return MAX (sorted[n / 2], 1) * GST_USECOND;
}

gboolean
frame_rate_is_variable (const FrameRate *self)
{
  gdouble median = frame_rate_get_interval (self) / (gdouble) GST_USECOND;
  gdouble tolerance = MAX (ROUNDING_US, median * ROUNDING_SHARE);
  guint odd = 0;

  if (self->intervals->len < 2)
    return FALSE;
  for (guint i = 0; i < self->intervals->len; i++) {
    if (fabs (g_array_index (self->intervals, guint32, i) - median) > tolerance)
      odd++;
  }
  /* at least two: one long interval is a hole */
  return odd > 1 && odd > VARIABLE_SHARE * self->intervals->len;
}

/* The rates that cameras and editors use. */
static gboolean
nearest_standard (gdouble rate, gdouble tolerance, gint *n, gint *d)
{
  static const gint standard[][2] = {
      {24000, 1001},
      {24, 1},
      {25, 1},
      {30000, 1001},
      {30, 1},
      {48, 1},
      {50, 1},
      {60000, 1001},
      {60, 1},
      {15, 1},
      {25, 2},
      {15000, 1001},
      {12, 1},
      {10, 1},
      {100, 1},
      {120000, 1001},
      {120, 1},
      {240000, 1001},
      {240, 1},
  };
  gdouble best = tolerance;

  for (guint i = 0; i < G_N_ELEMENTS (standard); i++) {
    gdouble error = fabs (rate * standard[i][1] / standard[i][0] - 1);

    if (error < best) {
      best = error;
      *n = standard[i][0];
      *d = standard[i][1];
    }
  }
  return best < tolerance;
}

void
frame_rate_get (const FrameRate *self, gint caps_n, gint caps_d, gint *n,
    gint *d)
{
  gboolean caps_known = caps_n > 0 && caps_d > 0;
  gdouble seconds, rate, tolerance;

  *n = caps_known ? caps_n : 25;
  *d = caps_known ? caps_d : 1;
  if (self->intervals->len == 0)
    return;
  seconds = MAX (self->last - self->first, 1) / (gdouble) GST_SECOND;
  rate = self->intervals->len / seconds;
  if (frame_rate_is_variable (self)) {
    rate = CLAMP (rate, 0.001, 1000);
    gst_util_double_to_fraction (floor (rate * 1000 + 0.5) / 1000, n, d);
    return;
  }
  /* one hole must not change the rate of a constant clip */
  rate = CLAMP (rate, 0.001, 1000);
  tolerance = MAX (RATE_TOLERANCE, RATE_ROUNDING / seconds);
  if (caps_known && fabs (rate * caps_d / caps_n - 1) < MAX (tolerance, 0.01))
    return;
  if (!nearest_standard (rate, tolerance, n, d))
    gst_util_double_to_fraction (floor (rate * 1000 + 0.5) / 1000, n, d);
}
