/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "frametraits.h"

G_BEGIN_DECLS

/* Finds hard cuts, some frames after they were seen. */
typedef struct _CutFinder CutFinder;

/* A picture about which it is decided whether a shot begins with it. */
typedef struct
{
  const FrameTraits *traits; /* valid until the next picture is pushed */
  const FrameMotion *motion; /* since the picture before */
  gfloat distance;           /* from the picture before, 0..1 */
  gboolean is_cut;
} CutDecision;

CutFinder *cut_finder_new (void);
/* @motion is filled with what moved since the picture before (zeroed for the
 * first). */
void
cut_finder_push (CutFinder *self, const SmallFrame *frame, FrameMotion *motion);
/* No more pictures follow. */
void cut_finder_finish (CutFinder *self);
/* The next picture that is decided, in order; %FALSE where that takes more
 * pictures. To be called until it is, after each push. */
gboolean cut_finder_next (CutFinder *self, CutDecision *decision);
void cut_finder_free (CutFinder *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CutFinder, cut_finder_free)

G_END_DECLS
