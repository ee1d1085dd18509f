/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <gst/gst.h>

G_BEGIN_DECLS

/* Frame rate of a run of time stamps. */
typedef struct _FrameRate FrameRate;

FrameRate *frame_rate_new (void);
/* Rising time stamps. */
void frame_rate_push (FrameRate *self, GstClockTime time);
/* Whether intervals differ by more than the rounding of time stamps. */
gboolean frame_rate_is_variable (const FrameRate *self);
/* Median interval, GST_CLOCK_TIME_NONE where there are less than two frames. */
GstClockTime frame_rate_get_interval (const FrameRate *self);
/* The rate that fits best: @caps_n / @caps_d (0 where unknown) if the time
 * stamps keep it, else a standard rate, else the mean. */
void frame_rate_get (const FrameRate *self, gint caps_n, gint caps_d, gint *n,
    gint *d);
void frame_rate_free (FrameRate *self);

G_END_DECLS
