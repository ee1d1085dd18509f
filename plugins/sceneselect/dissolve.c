/* SPDX-License-Identifier: LGPL-2.1-or-later */

/* In a dissolve from A to B every picture F is (1 - a) A + a B, with a rising
 * steadily. For each picture as B and several lengths, a is the projection of
 * F - A onto B - A; what the projections leave over, against how much the
 * pictures change at all, tells a dissolve from a pan or from action. */

#include "dissolve.h"

#include <math.h>
#include <string.h>

#include "sameview.h"
#include "shotconstants.h"

#define RING 64

typedef struct
{
  guint64 first;
  guint64 last;
  gdouble score; /* 0: none */
} Candidate;

struct _DissolveFinder
{
  guint8 thumbs[RING][THUMB_SIZE];
  gfloat deviations[RING];
  gfloat distances[RING];
  FrameMotion motions[RING];
  guint64 n_frames;
  guint64 barred;
  Candidate best;
};

static const guint lengths[] = {6, 8, 12, 16, 20, 24, 32, 40, 48};

DissolveFinder *
dissolve_finder_new (void)
{
  return g_new0 (DissolveFinder, 1);
}

void
dissolve_finder_free (DissolveFinder *self)
{
  g_free (self);
}

void
dissolve_finder_bar (DissolveFinder *self, guint64 frame)
{
  self->barred = MAX (self->barred, frame);
  if (self->best.score > 0 && self->best.first < self->barred)
    self->best.score = 0;
}

/* Sums over one picture: its projection onto @d from @a, and its distance
 * from @a. */
static void
project (const guint8 *frame, const guint8 *a, const gint16 *d, gdouble *along,
    gdouble *squared)
{
  gint32 fd = 0, ff = 0;

  for (gint i = 0; i < THUMB_SIZE; i++) {
    gint32 f = frame[i] - a[i];

    fd += f * d[i];
    ff += f * f;
  }
  *along = fd;
  *squared = ff;
}

/* How well the pictures from @first to @last are a dissolve; 0: not at all. */
static gdouble
fit (const DissolveFinder *self, guint64 first, guint64 last)
{
  const guint8 *a = self->thumbs[first % RING];
  const guint8 *b = self->thumbs[last % RING];
  gdouble n = (gdouble) (last - first + 1), dd = 0;
  gdouble left = 0, spread = 0, sa = 0, saa = 0, sia = 0, before = -1;
  gdouble mean_i = (n - 1) / 2, var_i = (n * n - 1) / 12, cov, line;
  gint16 d[THUMB_SIZE];

  for (gint i = 0; i < THUMB_SIZE; i++) {
    d[i] = b[i] - a[i];
    dd += d[i] * d[i];
  }
  for (guint64 i = first; i <= last; i++) {
    gdouble along, squared, alpha;

    project (self->thumbs[i % RING], a, d, &along, &squared);
    alpha = along / dd;
    if (alpha < before - DISSOLVE_MAX_BACKSTEP)
      return 0;
    before = alpha;
    left += squared - along * alpha;
    sa += alpha;
    saa += alpha * alpha;
    sia += alpha * ((gdouble) (i - first) - mean_i);
  }
  spread = dd * (saa - sa * sa / n) + left;
  if (left > DISSOLVE_MAX_RESIDUAL * spread)
    return 0;
  cov = sia / n;
  line = cov * cov / (var_i * MAX (saa / n - sa * sa / n / n, 1e-9));
  return line < DISSOLVE_MIN_LINE ? 0 : sqrt (dd) * line;
}

/* No single step makes most of the change: that would be a cut. And there is
 * always something to see: from or to nothing is a fade. */
static gboolean
is_gradual (const DissolveFinder *self, guint64 first, guint64 last,
    gdouble distance)
{
  for (guint64 i = first + 1; i <= last; i++) {
    if (self->distances[i % RING] > DISSOLVE_MAX_STEP * distance
        || self->deviations[i % RING] < DISSOLVE_MIN_DEVIATION)
      return FALSE;
  }
  return TRUE;
}

static void
try (DissolveFinder *self, guint64 first, guint64 last)
{
  const guint8 *a = self->thumbs[first % RING];
  const guint8 *b = self->thumbs[last % RING];
  gdouble distance, score;

  if (self->deviations[first % RING] < DISSOLVE_MIN_DEVIATION)
    return;
  distance = frame_traits_structure_distance (a, b);
  if (distance < DISSOLVE_MIN_DISTANCE
      || !is_gradual (self, first, last, distance))
    return;
  score = fit (self, first, last);
  if (score > self->best.score)
    self->best = (Candidate){first, last, score};
}

/* In a slow pan or zoom, too, each picture is nearly a mix of its neighbours;
 * but there A, moved, is the picture halfway, and that, moved, is B. */
static gboolean
is_camera_move (const DissolveFinder *self, guint64 first, guint64 last)
{
  gdouble dx = 0, dy = 0, zoom = 0;
  const guint8 *halfway = self->thumbs[(first + last) / 2 % RING];

  for (guint64 i = first + 1; i <= last; i++) {
    const FrameMotion *motion = &self->motions[i % RING];

    dx += motion->dx;
    dy += motion->dy;
    zoom += motion->zoom;
  }
  if (hypot (dx, dy) < DISSOLVE_MIN_MOVE && fabs (zoom) < DISSOLVE_MIN_ZOOM)
    return FALSE;
  return same_view (self->thumbs[first % RING], halfway)
      && same_view (halfway, self->thumbs[last % RING]);
}

static gboolean
take (DissolveFinder *self, guint64 *first, guint64 *last)
{
  if (self->best.score > 0
      && is_camera_move (self, self->best.first, self->best.last))
    self->best.score = 0;
  if (self->best.score == 0)
    return FALSE;
  *first = self->best.first + 1; /* A itself is still the old shot */
  *last = self->best.last;
  self->best.score = 0;
  self->barred = *last;
  return TRUE;
}

gboolean
dissolve_finder_push (DissolveFinder *self, const FrameTraits *traits,
    const FrameMotion *motion, gfloat distance, guint64 *first, guint64 *last)
{
  guint64 frame = self->n_frames++;

  memcpy (self->thumbs[frame % RING], traits->thumb, THUMB_SIZE);
  self->deviations[frame % RING] = traits->deviation;
  self->distances[frame % RING] = distance;
  self->motions[frame % RING] = *motion;
  for (guint i = 0; i < G_N_ELEMENTS (lengths); i++) {
    if (frame >= self->barred + lengths[i])
      try (self, frame - lengths[i], frame);
  }
  /* a longer one may still fit better */
  return self->best.score > 0 && frame >= self->best.last + DISSOLVE_WAIT
      && take (self, first, last);
}

gboolean
dissolve_finder_finish (DissolveFinder *self, guint64 *first, guint64 *last)
{
  return take (self, first, last);
}
