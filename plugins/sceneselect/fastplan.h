/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "clipspans.h"
#include "shotdetector.h"

G_BEGIN_DECLS

/**
 * FastPlan:
 *
 * Decides from the sizes of a clip's packets and from the pictures that decode
 * alone which parts have to be looked at in full, as far as the budget goes,
 * and what is there where it does not.
 */
typedef struct _FastPlan FastPlan;

/* @packets: of ClipPacket, in decoding order. @changes: of StillChange, by
 * time. @spent: what the survey has cost. NULL where the clip has to be decoded
 * anyway. */
FastPlan *
fast_plan_new (const GArray *packets, const GArray *changes, gdouble spent);
/* (transfer none) */
const PacketOrder *fast_plan_get_order (const FastPlan *self);
/* Whether packet @index is of a part that has to be looked at. */
gboolean fast_plan_wants (const FastPlan *self, guint index);
/* Whether picture @frame is of such a part. */
gboolean fast_plan_is_wanted (const FastPlan *self, guint64 frame);
guint fast_plan_count_wanted (const FastPlan *self);
/* Of ShotBoundary: what is there without a look, in order. (transfer none) */
const GArray *fast_plan_get_boundaries (const FastPlan *self);
void fast_plan_free (FastPlan *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (FastPlan, fast_plan_free)

G_END_DECLS
