/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <gst/gst.h>

G_BEGIN_DECLS

/* Finds where something strikes: moments for the beats of the music. */
typedef struct _ActionPeaks ActionPeaks;

ActionPeaks *action_peaks_new (void);
/* @motion is how much moved into the picture at @time. */
void action_peaks_push (ActionPeaks *self, GstClockTime time, gfloat motion);
/* Appends the times of those at which motion reached @level. */
void action_peaks_finish (ActionPeaks *self, gdouble level, GArray *times);
void action_peaks_free (ActionPeaks *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ActionPeaks, action_peaks_free)

G_END_DECLS
