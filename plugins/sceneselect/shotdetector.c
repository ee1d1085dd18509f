/* SPDX-License-Identifier: LGPL-2.1-or-later */

/* Cuts are decided some frames late, fades and dissolves when they are over;
 * boundaries are handed out after SETTLE_FRAMES, when nothing
 * can overlap them any more. */

#include "shotdetector.h"

#include <stdlib.h>

#include "cutfeatures.h"
#include "cutfinder.h"
#include "framethinner.h"
#include "gradualdetector.h"
#include "shotconstants.h"

struct _ShotDetector
{
  CutFinder *finder;
  FrameThinner *thinner; /* its pictures are the frames of gradual */
  GradualDetector *gradual;
  GradualDetector *quick; /* looks at all of them, once one was left out */
  guint64 quick_start;
  GstClockTime times[CUT_RING];
  GArray *cuts;       /* of guint64, those not settled yet */
  GArray *boundaries; /* of ShotBoundary, settled */
  guint64 n_frames;
  guint64 n_decided; /* frames that are cuts or not */
  guint64 n_settled;
};

ShotDetector *
shot_detector_new (void)
{
  ShotDetector *self = g_new0 (ShotDetector, 1);

  self->finder = cut_finder_new ();
  self->thinner = frame_thinner_new ();
  self->gradual = gradual_detector_new ();
  self->cuts = g_array_new (FALSE, FALSE, sizeof (guint64));
  self->boundaries = g_array_new (FALSE, FALSE, sizeof (ShotBoundary));
  return self;
}

void
shot_detector_free (ShotDetector *self)
{
  cut_finder_free (self->finder);
  frame_thinner_free (self->thinner);
  gradual_detector_free (self->gradual);
  g_clear_pointer (&self->quick, gradual_detector_free);
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

/* Adds those of the thinned pictures that are not handed out yet, in frames. */
static void
add_graduals (const ShotDetector *self, GArray *graduals)
{
  const GArray *found = gradual_detector_get_found (self->gradual);

  for (guint i = found->len; i > 0; i--) {
    ShotBoundary b = g_array_index (found, ShotBoundary, i - 1);

    b.first = frame_thinner_get_first (self->thinner, b.first);
    b.last = frame_thinner_get_last (self->thinner, b.last);
    if (b.last + 1 < self->n_settled)
      return;
    g_array_append_val (graduals, b);
  }
}

static gboolean
is_covered (const GArray *graduals, const ShotBoundary *self)
{
  for (guint i = 0; i < graduals->len; i++) {
    const ShotBoundary *other = &g_array_index (graduals, ShotBoundary, i);

    if (self->first <= other->last + 1 && self->last + 1 >= other->first)
      return TRUE;
  }
  return FALSE;
}

/* Adds those that are too short to be seen in the thinned pictures. */
static void
add_quick_ones (const ShotDetector *self, GArray *graduals)
{
  guint64 n_shown = frame_thinner_get_n_shown (self->thinner);
  const GArray *found = gradual_detector_get_found (self->quick);

  for (guint i = found->len; i > 0; i--) {
    ShotBoundary b = g_array_index (found, ShotBoundary, i - 1);

    b.first += self->quick_start;
    b.last += self->quick_start;
    if (b.last + 1 < self->n_settled)
      return;
    if ((b.last - b.first + 1) * n_shown <= THIN_QUICK * self->n_decided
        && !is_covered (graduals, &b))
      g_array_append_val (graduals, b);
  }
}

/* Hands out what begins before @end. A steep fade looks like a cut at its dark
 * end, so a cut within a gradual transition, or right beside, gives way. */
static void
settle (ShotDetector *self, guint64 end)
{
  guint kept = self->boundaries->len;
  g_autoptr (GArray)
      graduals = g_array_new (FALSE, FALSE, sizeof (ShotBoundary));

  add_graduals (self, graduals);
  if (self->quick)
    add_quick_ones (self, graduals);
  while (self->cuts->len > 0 && g_array_index (self->cuts, guint64, 0) < end) {
    guint64 cut = g_array_index (self->cuts, guint64, 0);
    ShotBoundary boundary = {cut, cut, GST_MONTAGE_BOUNDARY_CUT};

    if (!is_covered (graduals, &boundary))
      g_array_append_val (self->boundaries, boundary);
    g_array_remove_index (self->cuts, 0);
  }
  for (guint i = 0; i < graduals->len; i++) {
    const ShotBoundary *b = &g_array_index (graduals, ShotBoundary, i);

    if (b->first >= self->n_settled && b->first < end)
      g_array_append_val (self->boundaries, *b);
  }
  if (self->boundaries->len > kept)
    qsort (&g_array_index (self->boundaries, ShotBoundary, kept),
        self->boundaries->len - kept, sizeof (ShotBoundary),
        compare_boundaries);
  self->n_settled = end;
}

static void
take_gradual (ShotDetector *self, const CutDecision *decision)
{
  guint64 frame = self->n_decided;
  FrameMotion motion = *decision->motion;
  gboolean shown = frame_thinner_push (self->thinner,
      self->times[frame % CUT_RING], decision->is_cut, &motion);

  if (shown)
    gradual_detector_push (self->gradual, decision->traits, &motion);
  if (!shown && !self->quick) {
    self->quick = gradual_detector_new ();
    self->quick_start = frame;
  }
  if (self->quick)
    gradual_detector_push (self->quick, decision->traits, decision->motion);
}

/* Cuts come first: no gradual transition runs across them. */
static void
take_decided (ShotDetector *self)
{
  CutDecision decision;

  for (; cut_finder_next (self->finder, &decision); self->n_decided++) {
    if (decision.is_cut) {
      g_array_append_val (self->cuts, self->n_decided);
      gradual_detector_cut (self->gradual,
          frame_thinner_get_n_shown (self->thinner));
      if (self->quick)
        gradual_detector_cut (self->quick, self->n_decided - self->quick_start);
    }
    take_gradual (self, &decision);
  }
}

void
shot_detector_push (ShotDetector *self, const SmallFrame *frame,
    GstClockTime time, FrameMotion *motion)
{
  guint64 n_shown, end;

  self->times[self->n_frames++ % CUT_RING] = time;
  cut_finder_push (self->finder, frame, motion);
  take_decided (self);
  n_shown = frame_thinner_get_n_shown (self->thinner);
  if (n_shown <= SETTLE_FRAMES)
    return;
  end = MIN (n_shown - SETTLE_FRAMES,
      gradual_detector_get_open (self->gradual));
  settle (self, frame_thinner_get_first (self->thinner, end));
  gradual_detector_freeze (self->gradual, end);
}

void
shot_detector_finish (ShotDetector *self)
{
  cut_finder_finish (self->finder);
  take_decided (self);
  gradual_detector_finish (self->gradual);
  if (self->quick)
    gradual_detector_finish (self->quick);
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
