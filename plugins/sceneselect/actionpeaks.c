/* SPDX-License-Identifier: LGPL-2.1-or-later */

/* A peak of motion is when most moves. What people hear with it is when that
 * ends: hands meet, feet land, a ball is hit. So the moment is the last picture
 * before motion drops most, behind the peak (visual impacts are decelerations:
 * Davis & Agrawala, "Visual Rhythm and Beat", 2018). Motion that fades out
 * has no such picture: then it is the peak. */

#include "actionpeaks.h"

#include "shotconstants.h"

typedef struct
{
  GstClockTime time;
  gfloat motion;
  gfloat smooth; /* mean of the neighbours too */
} Move;

typedef struct
{
  GstClockTime time;
  gfloat level;
} Peak;

struct _ActionPeaks
{
  GArray *moves; /* of Move: what surrounds the next one */
  guint next;    /* the first that may be a peak yet */
  GArray *peaks; /* of Peak */
};

ActionPeaks *
action_peaks_new (void)
{
  ActionPeaks *self = g_new0 (ActionPeaks, 1);

  self->moves = g_array_new (FALSE, FALSE, sizeof (Move));
  self->peaks = g_array_new (FALSE, FALSE, sizeof (Peak));
  return self;
}

void
action_peaks_free (ActionPeaks *self)
{
  g_array_unref (self->moves);
  g_array_unref (self->peaks);
  g_free (self);
}

static Move *
move_at (const ActionPeaks *self, guint i)
{
  return &g_array_index (self->moves, Move, i);
}

static void
smooth (ActionPeaks *self, guint i)
{
  guint begin = i > PEAK_SMOOTH ? i - PEAK_SMOOTH : 0;
  guint end = MIN (i + PEAK_SMOOTH + 1, self->moves->len);
  gfloat sum = 0;

  for (guint k = begin; k < end; k++)
    sum += move_at (self, k)->motion;
  move_at (self, i)->smooth = sum / (end - begin);
}

/* Nothing within PEAK_DISTANCE moves more. */
static gboolean
is_peak (const ActionPeaks *self, guint i)
{
  const Move *move = move_at (self, i);

  if (move->smooth < PEAK_LEVEL)
    return FALSE;
  for (guint k = i; k-- > 0;) {
    if (move->time - move_at (self, k)->time >= PEAK_DISTANCE)
      break;
    if (move_at (self, k)->smooth >= move->smooth)
      return FALSE;
  }
  for (guint k = i + 1; k < self->moves->len; k++) {
    if (move_at (self, k)->time - move->time >= PEAK_DISTANCE)
      break;
    if (move_at (self, k)->smooth > move->smooth)
      return FALSE;
  }
  return TRUE;
}

/* How much less moves right behind @i than up to it; two pictures on each side,
 * since every second one may be a copy. */
static gfloat
drop_at (const ActionPeaks *self, guint i)
{
  guint last = self->moves->len - 1;

  return (move_at (self, i)->motion + move_at (self, i > 0 ? i - 1 : 0)->motion
             - move_at (self, MIN (i + 1, last))->motion
             - move_at (self, MIN (i + 2, last))->motion)
      / 2;
}

static GstClockTime
strike_of (const ActionPeaks *self, guint peak)
{
  const Move *move = move_at (self, peak);
  gfloat most = PEAK_MIN_DROP * move->smooth;
  GstClockTime time = move->time;

  for (guint i = peak > PEAK_SMOOTH ? peak - PEAK_SMOOTH : 0;
       i < self->moves->len; i++) {
    const Move *at = move_at (self, i);

    if (at->time > move->time + PEAK_STRIKE)
      break;
    if (drop_at (self, i) > most) {
      most = drop_at (self, i);
      time = at->time;
    }
  }
  return time;
}

static void
take_next (ActionPeaks *self)
{
  if (is_peak (self, self->next)) {
    Peak peak = {strike_of (self, self->next),
        move_at (self, self->next)->smooth};

    g_array_append_val (self->peaks, peak);
  }
  self->next++;
}

static void
trim (ActionPeaks *self)
{
  guint n = 0;

  while (n < self->next && n + PEAK_SMOOTH < self->next
      && move_at (self, n)->time + PEAK_DISTANCE
          < move_at (self, self->next)->time)
    n++;
  g_array_remove_range (self->moves, 0, n);
  self->next -= n;
}

void
action_peaks_push (ActionPeaks *self, GstClockTime time, gfloat motion)
{
  Move move = {time, motion, motion};
  guint n;

  g_array_append_val (self->moves, move);
  n = self->moves->len;
  for (guint i = n - MIN (n, PEAK_SMOOTH + 1); i < n; i++)
    smooth (self, i);
  while (move_at (self, self->next)->time + PEAK_DISTANCE + PEAK_MARGIN < time)
    take_next (self);
  if (self->next > 0)
    trim (self);
}

void
action_peaks_finish (ActionPeaks *self, gdouble level, GArray *times)
{
  while (self->next < self->moves->len)
    take_next (self);
  for (guint i = 0; i < self->peaks->len; i++) {
    const Peak *peak = &g_array_index (self->peaks, Peak, i);

    if (peak->level >= level)
      g_array_append_val (times, peak->time);
  }
}
