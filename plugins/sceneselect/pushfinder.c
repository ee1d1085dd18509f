/* SPDX-License-Identifier: LGPL-2.1-or-later */

/* In a push every picture is the old one, moved out by u, and behind it the
 * new one, moved in by as much; u runs from nothing to the whole width or
 * height, and begins and ends at rest: that tells it from a pan. */

#include "pushfinder.h"

#include <math.h>
#include <stdlib.h>

#include "shotconstants.h"

#define MAX_LENGTH 48

/* Where the new picture comes from. */
typedef enum
{
  FROM_LEFT,
  FROM_RIGHT,
  FROM_TOP,
  FROM_BOTTOM,
  N_SIDES
} Side;

static const guint lengths[] = {7, 9, 12, 16, 21, 27, 35, 46};

static inline gint
side_size (Side side)
{
  return side <= FROM_RIGHT ? THUMB_WIDTH : THUMB_HEIGHT;
}

/* Sum of differences of line @i from @from and line @k of @f. */
static inline gint
line_error (const MixThumb *from, gint i, const MixThumb *f, gint k,
    gboolean is_column)
{
  gint sum = 0;

  if (is_column) {
    for (gint y = 0; y < THUMB_HEIGHT; y++)
      sum += abs (from->y[y][i] - f->y[y][k]);
  } else {
    for (gint x = 0; x < THUMB_WIDTH; x++)
      sum += abs (from->y[i][x] - f->y[k][x]);
  }
  return sum;
}

/* The same of their means alone: quick. */
static inline gint
mean_error (const MixThumb *from, gint i, const MixThumb *f, gint k,
    gboolean is_column)
{
  return is_column ? abs (from->columns[i] - f->columns[k])
                   : abs (from->rows[i] - f->rows[k]);
}

/* What is left of @f where @b has come in by @u lines from @side. */
static gint
push_error (const MixThumb *a, const MixThumb *b, const MixThumb *f, Side side,
    gint u, gboolean quick)
{
  gint n = side_size (side), sum = 0;
  gboolean is_column = side <= FROM_RIGHT;

  for (gint k = 0; k < n; k++) {
    gint old = side == FROM_LEFT || side == FROM_TOP ? k - u : k + u;
    gboolean is_old = old >= 0 && old < n;
    const MixThumb *from = is_old ? a : b;
    gint i = is_old ? old : old < 0 ? old + n : old - n;

    sum += quick ? mean_error (from, i, f, k, is_column)
                 : line_error (from, i, f, k, is_column);
  }
  return sum;
}

static gint
best_shift (const MixThumb *a, const MixThumb *b, const MixThumb *f, Side side,
    gboolean quick, gint *error)
{
  gint best = 0;

  *error = G_MAXINT;
  for (gint u = 0; u <= side_size (side); u++) {
    gint e = push_error (a, b, f, side, u, quick);

    if (e < *error) {
      *error = e;
      best = u;
    }
  }
  return best;
}

/* Whether the picture halfway shows both, in its columns' or rows' means. */
static gboolean
may_be (const MixRing *ring, guint64 begin, guint64 end, Side side)
{
  const MixThumb *a = mix_ring_get (ring, begin);
  const MixThumb *b = mix_ring_get (ring, end);
  const MixThumb *f = mix_ring_get (ring, (begin + end) / 2);
  gint n = side_size (side), error, u;
  gint rest = push_error (a, b, f, side, 0, TRUE);
  gint gone = push_error (a, b, f, side, n, TRUE);

  u = best_shift (a, b, f, side, TRUE, &error);
  return u > 0 && u < n && error < PUSH_MAX_ERROR * MIN (rest, gone);
}

/* 0..1, how much of the pictures from @begin to @end a push leaves
 * unexplained; @first and @last are its ends. */
static gdouble
measure (const MixRing *ring, guint64 begin, guint64 end, Side side,
    guint64 *first, guint64 *last)
{
  const MixThumb *a = mix_ring_get (ring, begin);
  const MixThumb *b = mix_ring_get (ring, end);
  gint n = side_size (side), before = 0;
  gdouble left = 0, whole = 0;

  *first = *last = 0;
  for (guint64 i = begin; i <= end; i++) {
    const MixThumb *f = mix_ring_get (ring, i);
    gint error, u = best_shift (a, b, f, side, FALSE, &error);

    if (u < before - 1 || u > before + n * PUSH_MAX_STEP)
      return 1;
    before = u;
    if (u > 0 && *first == 0)
      *first = i;
    if (u == 0 || u == n)
      continue;
    *last = i;
    left += error;
    whole += MIN (push_error (a, b, f, side, 0, FALSE),
        push_error (a, b, f, side, n, FALSE));
  }
  if (before < n || *last < *first + PUSH_MIN_LENGTH - 1 || *first < begin + 2
      || *last + 2 > end)
    return 1;
  return left / (whole + THUMB_SIZE);
}

/* A pan by a whole width fits, too, but there the new picture continues the
 * old one: the step at the seam is no larger than those beside it. */
static gboolean
has_seam (const MixRing *ring, guint64 begin, guint64 end, Side side)
{
  const MixThumb *a = mix_ring_get (ring, begin);
  const MixThumb *b = mix_ring_get (ring, end);
  gboolean across = side <= FROM_RIGHT;
  gint n = side_size (side), seam, beside;
  /* the old picture's line that the new one's follows, and the next inside */
  gint old = side == FROM_LEFT || side == FROM_TOP ? 0 : n - 1;
  gint inner = old == 0 ? 1 : n - 2;

  seam = line_error (a, old, b, n - 1 - old, across);
  beside = line_error (a, old, a, inner, across)
      + line_error (b, n - 1 - old, b, n - 1 - inner, across);
  return seam > PUSH_MIN_SEAM * beside;
}

/* The camera of the shots on both sides does not go on the same way. */
static gboolean
is_at_rest (const MixRing *ring, const Push *push, Side side)
{
  gdouble speed = 1.0 / (gdouble) (push->last - push->first + 2);
  Drift a = mix_ring_get_drift (ring, push->first - BLEND_BESIDE, push->first);
  Drift b = mix_ring_get_drift (ring, push->last + 2,
      push->last + 1 + BLEND_BESIDE);
  gboolean across = side <= FROM_RIGHT;
  gdouble sign = side == FROM_LEFT || side == FROM_TOP ? 1 : -1;

  return sign * (across ? a.dx : a.dy) < PUSH_MAX_OUTSIDE * speed
      && sign * (across ? b.dx : b.dy) < PUSH_MAX_OUTSIDE * speed;
}

static void
try (PushFinder *self, const MixRing *ring, guint64 begin, guint64 end)
{
  if (frame_traits_structure_distance (&mix_ring_get (ring, begin)->y[0][0],
          &mix_ring_get (ring, end)->y[0][0])
      < PUSH_MIN_DISTANCE)
    return;
  for (Side side = 0; side < N_SIDES; side++) {
    Push push;

    if (!may_be (ring, begin, end, side))
      continue;
    push.error = measure (ring, begin, end, side, &push.first, &push.last);
    if (push.error < MIN (self->best.error, PUSH_MAX_ERROR)
        && is_at_rest (ring, &push, side) && has_seam (ring, begin, end, side))
      self->best = push;
  }
}

static gboolean
take (PushFinder *self, const MixRing *ring, Push *push)
{
  gboolean found = self->best.error < 1
      && !mix_ring_comes_back (ring, self->best.first, self->best.last);

  *push = self->best;
  if (found)
    self->barred = push->last + 1;
  self->best.error = 1;
  return found;
}

gboolean
push_finder_look (PushFinder *self, const MixRing *ring, Push *push)
{
  guint64 frame = ring->n_frames - 1, end;

  if (frame == 0)
    self->best.error = 1;
  if (frame < BLEND_BESIDE)
    return FALSE;
  end = frame - BLEND_BESIDE;
  for (guint i = 0; i < G_N_ELEMENTS (lengths); i++) {
    guint n = lengths[i];

    if (end % MAX (n / 8, 1) == 0 && end >= self->barred + n + BLEND_BESIDE)
      try (self, ring, end - n, end);
  }
  return self->best.error < 1 && frame >= self->best.last + BLEND_WAIT
      && take (self, ring, push);
}

gboolean
push_finder_finish (PushFinder *self, const MixRing *ring, Push *push)
{
  return ring->n_frames > 0 && take (self, ring, push);
}
