/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "clipinfo.h"
#include "fastplan.h"

G_BEGIN_DECLS

/**
 * FastShots:
 *
 * Finds the shots of a clip of which only some pictures are decoded, in two
 * passes: a survey of those that decode alone, with a few of those that follow
 * them, then a look at the parts that the survey leaves open.
 */
typedef struct _FastShots FastShots;

FastShots *fast_shots_new (void);
/* The survey: whether @packet is to be decoded. In decoding order. */
gboolean fast_shots_surveys (FastShots *self, const ClipPacket *packet);
/* The survey is over; @packets holds all of them. %FALSE where the clip has to
 * be decoded in full. */
gboolean fast_shots_plan (FastShots *self, const GArray *packets);
/* The look: whether packet @index is to be decoded. */
gboolean fast_shots_looks (const FastShots *self, guint index);
/* Whether there is anything to look at. */
gboolean fast_shots_is_open (const FastShots *self);
/* A decoded picture, in either pass. */
void
fast_shots_push (FastShots *self, const SmallFrame *frame, GstClockTime time);
void fast_shots_set_matrix (FastShots *self, gdouble kr, gdouble kb);
/* NULL where pictures are missing that have been asked for. @duration is that
 * of the last picture, or GST_CLOCK_TIME_NONE. (transfer full) */
GstMontageShotList *fast_shots_finish (FastShots *self, const ClipInfo *clip,
    GstClockTime duration);
void fast_shots_free (FastShots *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (FastShots, fast_shots_free)

G_END_DECLS
