/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "clippacket.h"
#include "frametraits.h"

G_BEGIN_DECLS

/* What the pictures that decode alone tell about what lies between them. */
typedef struct
{
  GstClockTime time; /* of the second one */
  gfloat distance;   /* as of frame_traits_compare() */
  gfloat flattest;   /* the lesser deviation of the two, of luma */
  gfloat unrest;     /* the worst mismatch of pictures that follow the second */
} StillChange;

/**
 * FastPlan:
 *
 * Decides from the sizes of a clip's packets and from the pictures that decode
 * alone which parts have to be looked at in full, and where a cut is certain
 * without that.
 */
typedef struct _FastPlan FastPlan;

/* @packets: of ClipPacket, in decoding order. @changes: of StillChange, by
 * time. NULL where the clip has to be decoded anyway. */
FastPlan *fast_plan_new (const GArray *packets, const GArray *changes);
guint64 fast_plan_get_n_frames (const FastPlan *self);
/* Stream time of picture @frame, in order of presentation. */
GstClockTime fast_plan_get_time (const FastPlan *self, guint64 frame);
/* G_MAXUINT64 where there is no picture at @time. */
guint64 fast_plan_find (const FastPlan *self, GstClockTime time);
/* Whether packet @index is of a part that has to be looked at. */
gboolean fast_plan_wants (const FastPlan *self, guint index);
/* Whether picture @frame is of such a part. */
gboolean fast_plan_is_wanted (const FastPlan *self, guint64 frame);
guint fast_plan_count_wanted (const FastPlan *self);
/* Of guint64: cuts that need no look, in order. (transfer none) */
const GArray *fast_plan_get_cuts (const FastPlan *self);
void fast_plan_free (FastPlan *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (FastPlan, fast_plan_free)

G_END_DECLS
