/* SPDX-License-Identifier: LGPL-2.1-or-later */

/* Cuts are decided with CUT_DELAY frames of delay, fades and dissolves when
 * they are over; boundaries are handed out after SETTLE_FRAMES, when nothing
 * can overlap them any more. */

#include "shotdetector.h"

#include <math.h>
#include <string.h>

#include "frametraits.h"
#include "gradualdetector.h"
#include "sameview.h"
#include "shotconstants.h"

/* The pictures around a cut that are compared across it. */
#define RING 16

struct _ShotDetector
{
  FrameTraits ring[RING];
  GArray *distances; /* of gfloat, frame to the frame before it */
  GradualDetector *gradual;
  GArray *cuts;       /* of guint64, those not settled yet */
  GArray *boundaries; /* of ShotBoundary, settled */
  guint64 n_frames;
  guint64 n_judged; /* frames that were tried as cuts */
  guint64 n_settled;
  guint64 last_cut;
};

ShotDetector *
shot_detector_new (void)
{
  ShotDetector *self = g_new0 (ShotDetector, 1);

  self->distances = g_array_new (FALSE, FALSE, sizeof (gfloat));
  self->gradual = gradual_detector_new ();
  self->cuts = g_array_new (FALSE, FALSE, sizeof (guint64));
  self->boundaries = g_array_new (FALSE, FALSE, sizeof (ShotBoundary));
  return self;
}

void
shot_detector_free (ShotDetector *self)
{
  g_array_unref (self->distances);
  gradual_detector_free (self->gradual);
  g_array_unref (self->cuts);
  g_array_unref (self->boundaries);
  g_free (self);
}

static inline gfloat
distance_at (const ShotDetector *self, guint64 frame)
{
  return g_array_index (self->distances, gfloat, frame);
}

static gdouble
distance_between (const ShotDetector *self, guint64 a, guint64 b)
{
  const FrameTraits *from = &self->ring[a % RING];
  const FrameTraits *to = &self->ring[b % RING];
  FrameMotion motion;

  frame_motion_estimate (&from->small, &to->small, &motion);
  return frame_traits_distance (from, to, &motion);
}

/* How many times as far as its neighbours; one that is farther makes it 0. */
static gdouble
prominence (const ShotDetector *self, guint64 frame)
{
  guint64 begin = frame > CUT_WINDOW ? frame - CUT_WINDOW : 1;
  guint64 end = MIN (frame + CUT_WINDOW + 1, self->n_frames);
  gdouble level = distance_at (self, frame), sum = 0, mean;

  for (guint64 i = begin; i < end; i++) {
    if (distance_at (self, i) > level)
      return 0;
    if (i != frame)
      sum += distance_at (self, i);
  }
  mean = end - begin > 1 ? sum / (end - begin - 1) : 0;
  return level / MAX (mean, CUT_NEIGHBOUR_FLOOR);
}

/* Neither does the old picture come back soon, nor is the new one what was
 * seen shortly before: kills both ends of a flash. */
static gboolean
persists (const ShotDetector *self, guint64 frame)
{
  for (guint k = 1; k <= CUT_FLASH; k++) {
    guint64 later = MIN (frame + k, self->n_frames - 1);

    if (distance_between (self, frame - 1, later) < CUT_PERSISTENCE)
      return FALSE;
    if (frame > k
        && distance_between (self, frame - 1 - k, frame) < CUT_PERSISTENCE)
      return FALSE;
  }
  return TRUE;
}

/* The picture before, at another zoom or lighter, is no new shot. */
static gboolean
is_same_view (const ShotDetector *self, guint64 frame)
{
  return distance_at (self, frame) < SAME_VIEW_BELOW
      && same_view (self->ring[(frame - 1) % RING].thumb,
          self->ring[frame % RING].thumb);
}

static gboolean
is_cut (const ShotDetector *self, guint64 frame)
{
  return distance_at (self, frame) >= CUT_LEVEL
      && (frame - self->last_cut >= CUT_MIN_SHOT || self->last_cut == 0)
      && prominence (self, frame) >= CUT_RATIO && persists (self, frame)
      && !is_same_view (self, frame);
}

static void
judge (ShotDetector *self, guint64 end)
{
  for (; self->n_judged < end; self->n_judged++) {
    guint64 frame = self->n_judged;

    if (frame > 0 && is_cut (self, frame)) {
      g_array_append_val (self->cuts, frame);
      self->last_cut = frame;
      gradual_detector_cut (self->gradual, frame);
    }
  }
}

static gint
compare_boundaries (gconstpointer a, gconstpointer b)
{
  const ShotBoundary *x = a, *y = b;

  return (x->first > y->first) - (x->first < y->first);
}

/* Hands out what begins before @end. A steep fade looks like a cut at its dark
 * end, so a cut within a gradual transition, or right beside, gives way. */
static void
settle (ShotDetector *self, guint64 end)
{
  guint kept = self->boundaries->len;
  const GArray *graduals = gradual_detector_get_found (self->gradual);

  for (guint i = 0; i < self->cuts->len; i++) {
    guint64 cut = g_array_index (self->cuts, guint64, i);
    ShotBoundary boundary = {cut, cut, GST_MONTAGE_BOUNDARY_CUT};
    gboolean covered = FALSE;

    for (guint k = 0; k < graduals->len && !covered; k++) {
      const ShotBoundary *g = &g_array_index (graduals, ShotBoundary, k);

      covered = cut + 1 >= g->first && cut <= g->last + 1;
    }
    if (cut < end && !covered)
      g_array_append_val (self->boundaries, boundary);
  }
  for (guint k = 0; k < graduals->len; k++) {
    const ShotBoundary *g = &g_array_index (graduals, ShotBoundary, k);

    if (g->first >= self->n_settled && g->first < end)
      g_array_append_val (self->boundaries, *g);
  }
  while (self->cuts->len > 0 && g_array_index (self->cuts, guint64, 0) < end)
    g_array_remove_index (self->cuts, 0);
  if (self->boundaries->len > kept)
    qsort (&g_array_index (self->boundaries, ShotBoundary, kept),
        self->boundaries->len - kept, sizeof (ShotBoundary),
        compare_boundaries);
  self->n_settled = end;
  gradual_detector_freeze (self->gradual, end);
}

void
shot_detector_push (ShotDetector *self, const SmallFrame *frame,
    FrameMotion *motion)
{
  FrameTraits *traits = &self->ring[self->n_frames % RING];
  gfloat distance = 0;

  traits->small = *frame;
  frame_traits_fill (traits);
  *motion = (FrameMotion){0};
  if (self->n_frames > 0) {
    const FrameTraits *before = &self->ring[(self->n_frames - 1) % RING];

    frame_motion_estimate (&before->small, &traits->small, motion);
    distance = (gfloat) frame_traits_distance (before, traits, motion);
  }
  g_array_append_val (self->distances, distance);
  self->n_frames++;
  if (self->n_frames > CUT_DELAY)
    judge (self, self->n_frames - CUT_DELAY);
  gradual_detector_push (self->gradual, traits, motion);
  if (self->n_frames > SETTLE_FRAMES)
    settle (self,
        MIN (self->n_frames - SETTLE_FRAMES,
            gradual_detector_get_open (self->gradual)));
}

void
shot_detector_finish (ShotDetector *self)
{
  judge (self, self->n_frames);
  gradual_detector_finish (self->gradual);
  settle (self, self->n_frames);
}

guint64
shot_detector_get_settled (const ShotDetector *self)
{
  return self->n_settled;
}

const GArray *
shot_detector_get_boundaries (const ShotDetector *self)
{
  return self->boundaries;
}
