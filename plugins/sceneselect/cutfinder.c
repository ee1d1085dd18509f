/* SPDX-License-Identifier: LGPL-2.1-or-later */

/* Every step from picture to picture that stands out is scored with what lies
 * CUT_REACH frames around it; of scores that are closer than two cuts can be
 * the best counts. */

#include "cutfinder.h"

#include "cutfeatures.h"
#include "cutscore.h"
#include "shotconstants.h"

#define DELAY (CUT_REACH + CUT_MIN_SHOT - 1)

struct _CutFinder
{
  CutWindow window;
  gfloat scores[CUT_RING]; /* above 0: a cut, unless another one is better */
  guint64 n_scored;
  guint64 n_decided;
  gboolean finished;
};

CutFinder *
cut_finder_new (void)
{
  return g_new0 (CutFinder, 1);
}

void
cut_finder_free (CutFinder *self)
{
  g_free (self);
}

static void
score (CutFinder *self, guint64 frame)
{
  gfloat features[N_CUT_FEATURES];
  gfloat *result = &self->scores[frame % CUT_RING];

  *result = -1;
  if (frame == 0 || !cut_features_is_candidate (&self->window, frame))
    return;
  cut_features_measure (&self->window, frame, features);
  /* the picture before, at another zoom or lighter */
  if (features[CUT_SAME_VIEW] >= SAME_VIEW_SURE
      && self->window.distances[frame % CUT_RING].whole < SAME_VIEW_BELOW)
    return;
  if (features[CUT_ONE_SIDED] >= ONE_SIDED_SURE)
    return;
  *result = (gfloat) cut_score (features);
}

void
cut_finder_push (CutFinder *self, const SmallFrame *frame, FrameMotion *motion)
{
  cut_window_push (&self->window, frame, motion);
  if (self->window.n_frames > CUT_REACH)
    score (self, self->n_scored++);
}

void
cut_finder_finish (CutFinder *self)
{
  while (self->n_scored < self->window.n_frames)
    score (self, self->n_scored++);
  self->finished = TRUE;
}

static gboolean
is_cut (const CutFinder *self, guint64 frame)
{
  gfloat level = self->scores[frame % CUT_RING];

  if (level <= 0)
    return FALSE;
  for (guint k = 1; k < CUT_MIN_SHOT; k++) {
    if (frame >= k && self->scores[(frame - k) % CUT_RING] >= level)
      return FALSE;
    if (frame + k < self->n_scored
        && self->scores[(frame + k) % CUT_RING] > level)
      return FALSE;
  }
  return TRUE;
}

gboolean
cut_finder_next (CutFinder *self, CutDecision *decision)
{
  guint64 frame = self->n_decided;
  guint at = frame % CUT_RING;

  if (frame >= self->window.n_frames
      || (!self->finished && frame + DELAY >= self->window.n_frames))
    return FALSE;
  decision->traits = &self->window.traits[at];
  decision->motion = &self->window.motions[at];
  decision->distance = self->window.distances[at].whole;
  decision->is_cut = is_cut (self, frame);
  self->n_decided++;
  return TRUE;
}
