/* SPDX-License-Identifier: LGPL-2.1-or-later */

/* Each step has a vote. What the camera does on purpose lasts: the moves are
 * averaged over about a second before they count. */

#include "cameramove.h"

#include <math.h>

#include "shotconstants.h"

static gdouble
average (const gfloat *values, guint n, guint i)
{
  guint begin = i > CAMERA_REACH ? i - CAMERA_REACH : 0;
  guint end = MIN (i + CAMERA_REACH + 1, n);
  gdouble sum = 0;

  for (guint k = begin; k < end; k++)
    sum += values[k];
  return sum / (end - begin);
}

/* What shake alone makes of a mean over the window: the ends of the way are
 * each off by the shake's deviation or a bit more. */
static gdouble
stray_speed (gfloat shake)
{
  gdouble deviation = -SHAKE_SCALE * log (MAX (1 - shake, 0.001));
  gdouble seconds = (2 * CAMERA_REACH + 1)
      * (CURVE_STEP / (gdouble) GST_SECOND);

  return CAMERA_STRAY * deviation / seconds;
}

/* All speeds are in widths per second; a zoom's is that of a point half way
 * to the edge. */
static GstMontageCamera
vote (const ShotSeries *series, guint i)
{
  gfloat shake = series->values[MEASURE_SHAKE][i];
  gdouble x = fabs (average (series->values[MEASURE_PAN_X], series->n, i));
  gdouble y = fabs (average (series->values[MEASURE_PAN_Y], series->n, i))
      * SMALL_HEIGHT / SMALL_WIDTH;
  gdouble zoom = fabs (average (series->values[MEASURE_ZOOM], series->n, i))
      / 4;

  /* nothing in it that could move */
  if (series->values[MEASURE_CONTRAST][i] < CAMERA_MIN_CONTRAST)
    return GST_MONTAGE_CAMERA_UNKNOWN;
  if (MAX (MAX (x, y), zoom) >= CAMERA_MOVES + stray_speed (shake)) {
    if (zoom > x && zoom > y)
      return GST_MONTAGE_CAMERA_ZOOM;
    return x > y ? GST_MONTAGE_CAMERA_PAN : GST_MONTAGE_CAMERA_TILT;
  }
  return shake >= CAMERA_SHAKES ? GST_MONTAGE_CAMERA_HANDHELD
                                : GST_MONTAGE_CAMERA_STATIC;
}

GstMontageCamera
camera_move_find (const ShotSeries *series)
{
  guint votes[GST_MONTAGE_CAMERA_HANDHELD + 1] = {0};
  guint most = 0;

  for (guint i = series->first; i < series->n; i++)
    votes[vote (series, i)]++;
  for (guint i = 1; i < G_N_ELEMENTS (votes); i++) {
    if (votes[i] > votes[most])
      most = i;
  }
  return (GstMontageCamera) most;
}
