/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "frametraits.h"
#include "shotdetector.h"

G_BEGIN_DECLS

/* Finds fades, dips, dissolves, wipes and pushes. */
typedef struct _GradualDetector GradualDetector;

GradualDetector *gradual_detector_new (void);
/* @motion is that since the picture before. */
void gradual_detector_push (GradualDetector *self, const FrameTraits *traits,
    const FrameMotion *motion);
/* There is a cut at @frame: no gradual transition runs across it. */
void gradual_detector_cut (GradualDetector *self, guint64 frame);
/* What begins before @frame stays as it is from now on. */
void gradual_detector_freeze (GradualDetector *self, guint64 frame);
void gradual_detector_finish (GradualDetector *self);
/* First frame of a transition that may still be going on; G_MAXUINT64 where
 * there is none. */
guint64 gradual_detector_get_open (const GradualDetector *self);
/* Of ShotBoundary, in order, apart from each other. (transfer none) */
const GArray *gradual_detector_get_found (const GradualDetector *self);
void gradual_detector_free (GradualDetector *self);

G_END_DECLS
