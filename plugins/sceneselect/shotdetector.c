/* SPDX-License-Identifier: LGPL-2.1-or-later */

/* Cuts are decided some frames late, fades and dissolves when they are over;
 * boundaries are handed out after SETTLE_FRAMES, when nothing
 * can overlap them any more. */

#include "shotdetector.h"

#include <stdlib.h>

#include "cutfinder.h"
#include "gradualdetector.h"
#include "shotconstants.h"

struct _ShotDetector
{
  CutFinder *finder;
  GradualDetector *gradual;
  GArray *cuts;       /* of guint64, those not settled yet */
  GArray *boundaries; /* of ShotBoundary, settled */
  guint64 n_decided;  /* frames that are cuts or not */
  guint64 n_settled;
};

ShotDetector *
shot_detector_new (void)
{
  ShotDetector *self = g_new0 (ShotDetector, 1);

  self->finder = cut_finder_new ();
  self->gradual = gradual_detector_new ();
  self->cuts = g_array_new (FALSE, FALSE, sizeof (guint64));
  self->boundaries = g_array_new (FALSE, FALSE, sizeof (ShotBoundary));
  return self;
}

void
shot_detector_free (ShotDetector *self)
{
  cut_finder_free (self->finder);
  gradual_detector_free (self->gradual);
  g_array_unref (self->cuts);
  g_array_unref (self->boundaries);
  g_free (self);
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

/* Cuts come first: no gradual transition runs across them. */
static void
take_decided (ShotDetector *self)
{
  CutDecision decision;

  for (; cut_finder_next (self->finder, &decision); self->n_decided++) {
    if (decision.is_cut) {
      g_array_append_val (self->cuts, self->n_decided);
      gradual_detector_cut (self->gradual, self->n_decided);
    }
    gradual_detector_push (self->gradual, decision.traits, decision.motion);
  }
}

void
shot_detector_push (ShotDetector *self, const SmallFrame *frame,
    FrameMotion *motion)
{
  cut_finder_push (self->finder, frame, motion);
  take_decided (self);
  if (self->n_decided > SETTLE_FRAMES)
    settle (self,
        MIN (self->n_decided - SETTLE_FRAMES,
            gradual_detector_get_open (self->gradual)));
}

void
shot_detector_finish (ShotDetector *self)
{
  cut_finder_finish (self->finder);
  take_decided (self);
  gradual_detector_finish (self->gradual);
  settle (self, self->n_decided);
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
