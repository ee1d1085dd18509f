/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <gst/gst.h>

#include "framemotion.h"

G_BEGIN_DECLS

/* Of fast clips only some pictures are shown to what looks at pictures over some
 * time: those have numbers of their own. */
typedef struct _FrameThinner FrameThinner;

FrameThinner *frame_thinner_new (void);
/* Whether the next picture is shown: always where it @must be. @time may be
 * GST_CLOCK_TIME_NONE: then it is. @motion, since the picture before, becomes
 * that since the last one that was shown. */
gboolean frame_thinner_push (FrameThinner *self, GstClockTime time,
    gboolean must, FrameMotion *motion);
/* How many are shown. */
guint64 frame_thinner_get_n_shown (const FrameThinner *self);
/* The frame from which on what is first seen in picture @number may be there, and
 * the one until which what is last seen in it; in the middle of those left out. */
guint64 frame_thinner_get_first (const FrameThinner *self, guint64 number);
guint64 frame_thinner_get_last (const FrameThinner *self, guint64 number);
void frame_thinner_free (FrameThinner *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (FrameThinner, frame_thinner_free)

G_END_DECLS
