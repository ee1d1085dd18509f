/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <gst/gst.h>
#include <gst/montage/enums.h>

#include "framemotion.h"

G_BEGIN_DECLS

/**
 * ShotBoundary:
 * @first: first frame of the new shot: of a cut the first new picture, of a
 *     gradual transition the first picture that changes
 * @last: last frame of the transition; of a cut the same as @first
 *
 * Where a shot begins, in frames from 0 on.
 */
typedef struct
{
  guint64 first;
  guint64 last;
  GstMontageBoundary kind;
} ShotBoundary;

/* Finds cuts, fades and dissolves in a run of pictures. */
typedef struct _ShotDetector ShotDetector;

ShotDetector *shot_detector_new (void);
/* Takes the next picture; @motion is filled with what moved since the one
 * before it (zeroed for the first). @time tells how fast the clip is; where it is
 * GST_CLOCK_TIME_NONE, it is not thinned. */
void shot_detector_push (ShotDetector *self, const SmallFrame *frame,
    GstClockTime time, FrameMotion *motion);
/* No more pictures follow: everything that is left is decided. */
void shot_detector_finish (ShotDetector *self);
/* How many frames, counted from 0, are decided: no boundary will be added or
 * taken away among them. */
guint64 shot_detector_get_settled (const ShotDetector *self);
/* Of ShotBoundary, in order, those among the settled frames only. A first
 * boundary at 0 is a clip that fades in. (transfer none) */
const GArray *shot_detector_get_boundaries (const ShotDetector *self);
void shot_detector_free (ShotDetector *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ShotDetector, shot_detector_free)

G_END_DECLS
