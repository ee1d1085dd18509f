/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

/**
 * LiveTracker:
 *
 * Follows the pulse frame by frame and can say at any time where its last beats
 * were, as it looks from there.
 */
typedef struct _LiveTracker LiveTracker;

LiveTracker *live_tracker_new (guint shortest, guint width);
void live_tracker_free (LiveTracker *self);
/* @likely: 0..1 for each period. */
void
live_tracker_push (LiveTracker *self, gfloat activation, const gfloat *likely);
/* The frames of up to @most last beats, the latest first; the next one is due
 * @period frames after it. Returns how many. */
guint live_tracker_trace (const LiveTracker *self, guint *beats, guint most,
    guint *period);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (LiveTracker, live_tracker_free)
