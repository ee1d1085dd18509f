/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <ges/ges.h>
#include <gst/montage/montage.h>

G_BEGIN_DECLS

/* Gives the clip of cut @index the dips at its ends, as keyframes of its alpha:
 * under it lies black. */
void
montage_ges_dip_clip (GESClip *clip, const GstMontagePlan *plan, guint index);
/* White on a layer of its own, below all others, where a dip is to white. */
void montage_ges_add_white (GESTimeline *timeline, const GstMontagePlan *plan);
/* What the transitions look like that GES made where clips of @layer overlap. */
void montage_ges_set_transitions (GESLayer *layer, const GstMontagePlan *plan);

G_END_DECLS
