/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "framefitter.h"
#include "shownframe.h"

G_BEGIN_DECLS

/* The frame of the film within a transition, made of fitted frames of both
 * cuts; in a dip @from and @to are the one that is seen. NULL where there is no
 * memory. */
GstBuffer *frame_transition_draw (FrameFitter *fitter, const ShownFrame *shown,
    GstBuffer *from, GstBuffer *to);

G_END_DECLS
