/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "beatsnap.h"

#include <math.h>

#include "beatconstants.h"

typedef struct
{
  gdouble index;  /* which beat, counted by the period */
  gdouble time;   /* seconds */
  gdouble weight; /* how clear its onset is */
} Point;

typedef struct
{
  gdouble start; /* seconds of index 0 */
  gdouble period;
} Line;

gdouble
beat_frame_to_seconds (gdouble frame)
{
  return (frame + 1.0) / BEAT_FPS - BEAT_DELAY;
}

gdouble
beat_seconds_to_frame (gdouble seconds)
{
  return (seconds + BEAT_DELAY) * BEAT_FPS - 1.0;
}

/* Where between -0.5 and 0.5 a parabola through three values peaks. */
static gdouble
parabola (gdouble before, gdouble at, gdouble after)
{
  gdouble curve = before - 2.0 * at + after;

  return curve < -1e-6 ? CLAMP (0.5 * (before - after) / curve, -0.5, 0.5)
                       : 0.0;
}

/* Loudness up to the end of @part, silence outside the song. */
static gdouble
attack_at (const OnsetFrame *frames, guint n, gint part)
{
  if (part < 0 || part >= (gint) (n * ONSET_PARTS))
    return 1.5 * log (ATTACK_FLOOR);
  return frames[part / ONSET_PARTS].attack[part % ONSET_PARTS];
}

/* From the two windows before the begin of @part to the two behind it. */
static gdouble
rise_at (const OnsetFrame *frames, guint n, gint part)
{
  return 0.5
      * (attack_at (frames, n, part + 2 * ATTACK_PARTS - 1)
          + attack_at (frames, n, part + ATTACK_PARTS - 1)
          - attack_at (frames, n, part - 1)
          - attack_at (frames, n, part - ATTACK_PARTS - 1));
}

static gint
steepest_near (const OnsetFrame *frames, guint n, gint centre)
{
  gint best = centre;

  for (gint i = centre - ATTACK_REACH; i <= centre + ATTACK_REACH; i++)
    if (rise_at (frames, n, i) > rise_at (frames, n, best))
      best = i;
  return best;
}

/* Where the rise that is steepest near @seconds begins, or @seconds. Hard attacks
 * are steepest at their begin, soft ones behind it, but both leave the level
 * before at it. */
static gdouble
attack_near (const OnsetFrame *frames, guint n, gdouble seconds)
{
  const gdouble parts_per_second = BEAT_FPS * ONSET_PARTS;
  gint at = steepest_near (frames, n,
      (gint) floor (seconds * parts_per_second + 0.5));
  gdouble rise = rise_at (frames, n, at), before = rise_at (frames, n, at - 1);
  gdouble least = ATTACK_BEGIN * rise, ripple = ATTACK_RIPPLE * rise;

  if (rise < ATTACK_LEAST)
    return seconds;
  for (guint i = 0;
       i < ATTACK_LONGEST && before > least && before < rise + ripple; i++) {
    at--;
    rise = before;
    before = rise_at (frames, n, at - 1);
  }
  return ATTACK_DELAY
      + (at - CLAMP ((rise - least) / MAX (1e-6, rise - before), 0.0, 1.0))
      / parts_per_second;
}

/* The onset near @frame: the peak of the activation, then its attack. */
static Point
onset_near (const OnsetFrame *frames, const Activation *activation,
    gdouble position)
{
  const gfloat *x = activation->all;
  guint frame = (guint) CLAMP (position + 0.5, 0.0, activation->n - 1.0);
  guint from = frame > SNAP_FRAMES ? frame - SNAP_FRAMES : 0;
  guint to = MIN (activation->n - 1, frame + SNAP_FRAMES);
  guint best = from;
  gdouble at;

  for (guint i = from; i <= to; i++)
    if (x[i] > x[best])
      best = i;
  if (x[best] < SNAP_WEAK)
    return (
        Point){0.0, beat_frame_to_seconds (position), SNAP_WEAK * SNAP_WEAK};
  at = best;
  if (best > 0 && best + 1 < activation->n)
    at += parabola (x[best - 1], x[best], x[best + 1]);
  return (Point){0.0,
      attack_near (frames, activation->n, beat_frame_to_seconds (at)), x[best]};
}

static gdouble
line_at (const Line *line, gdouble index)
{
  return line->start + line->period * index;
}

/* Weighted least squares over @n points, twice more with the far ones weakened
 * (Cauchy weights). FALSE where they do not fix a line. */
static gboolean
fit_line (const Point *points, guint n, Line *line)
{
  for (guint round = 0; round < SNAP_ROUNDS; round++) {
    gdouble sw = 0, sx = 0, sy = 0, sxx = 0, sxy = 0, det;

    for (guint i = 0; i < n; i++) {
      gdouble w = points[i].weight;

      if (round > 0) {
        gdouble r = (points[i].time - line_at (line, points[i].index))
            / SNAP_SCALE;
        w /= 1.0 + r * r;
      }
      sw += w;
      sx += w * points[i].index;
      sy += w * points[i].time;
      sxx += w * points[i].index * points[i].index;
      sxy += w * points[i].index * points[i].time;
    }
    det = sw * sxx - sx * sx;
    if (det <= 1e-9 * sw * sw)
      return FALSE;
    line->period = (sw * sxy - sx * sy) / det;
    line->start = (sy - line->period * sx) / sw;
  }
  return line->period > 0.0;
}

static GArray *
constant_grid (const Line *line, gdouble first, gdouble last)
{
  GArray *times = g_array_new (FALSE, FALSE, sizeof (gdouble));
  gdouble index = ceil ((first - SNAP_EDGE - line->start) / line->period);

  for (;; index += 1.0) {
    gdouble time = line_at (line, index);

    if (time >= last)
      break;
    time = MAX (time, 0.0);
    g_array_append_val (times, time);
  }
  return times;
}

static void
extend (GArray *times, gdouble first, gdouble last)
{
  guint n = times->len;
  guint span = MIN (n - 1, SNAP_NEIGHBOURS);
  gdouble head = g_array_index (times, gdouble, 0);
  gdouble tail = g_array_index (times, gdouble, n - 1);
  gdouble period = (g_array_index (times, gdouble, span) - head) / span;
  gdouble time;

  for (time = head - period; time >= first - SNAP_EDGE; time -= period) {
    gdouble at = MAX (time, 0.0);
    g_array_prepend_val (times, at);
  }
  n = times->len;
  period = (tail - g_array_index (times, gdouble, n - 1 - span)) / span;
  for (time = tail + period; time < last; time += period)
    g_array_append_val (times, time);
}

/* Each beat on the line through its neighbours. */
static GArray *
local_grid (Point *points, guint n, gdouble first, gdouble last)
{
  GArray *times = g_array_new (FALSE, FALSE, sizeof (gdouble));

  for (guint i = 0; i < n; i++) {
    guint from = i > SNAP_NEIGHBOURS / 2 ? i - SNAP_NEIGHBOURS / 2 : 0;
    guint to = MIN (n, i + SNAP_NEIGHBOURS / 2 + 1);
    gdouble time = points[i].time;
    Line line;

    if (fit_line (points + from, to - from, &line)
        && fabs (line_at (&line, i) - time) < SNAP_REACH)
      time = line_at (&line, i);
    if (time < first - SNAP_EDGE || time >= last)
      continue;
    time = MAX (time, 0.0);
    if (times->len > 0
        && time <= g_array_index (times, gdouble, times->len - 1) + 0.05)
      continue;
    g_array_append_val (times, time);
  }
  if (times->len >= 2)
    extend (times, first, last);
  return times;
}

GArray *
beat_snap (const OnsetFrame *frames, const Activation *activation,
    const GArray *beats, gboolean steady, gdouble first, gdouble last)
{
  g_autofree Point *points = g_new (Point, beats->len + 1);
  Line line;

  if (beats->len < SNAP_FEWEST)
    return g_array_new (FALSE, FALSE, sizeof (gdouble));
  for (guint i = 0; i < beats->len; i++) {
    points[i] = onset_near (frames, activation,
        g_array_index (beats, gdouble, i));
    points[i].index = i;
  }
  if (steady && fit_line (points, beats->len, &line))
    return constant_grid (&line, first, last);
  return local_grid (points, beats->len, first, last);
}
