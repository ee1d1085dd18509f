/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <gst/montage/shotlist.h>

#include "smallframe.h"

G_BEGIN_DECLS

/* Pictures with time stamps in, shots with features out. */
typedef struct _ShotAnalyzer ShotAnalyzer;

ShotAnalyzer *shot_analyzer_new (void);
/* @kr and @kb are those of the chroma of the pictures that follow; BT.709
 * where they are not told. */
void shot_analyzer_set_matrix (ShotAnalyzer *self, gdouble kr, gdouble kb);
/* @time may be GST_CLOCK_TIME_NONE or not rise: then it continues from the
 * picture before. @duration may be GST_CLOCK_TIME_NONE. Shots that are complete
 * by now are appended to the list. */
void shot_analyzer_push (ShotAnalyzer *self, const SmallFrame *frame,
    GstClockTime time, GstClockTime duration);
/* No more pictures follow. @caps_n / @caps_d is the announced frame rate, 0
 * where unknown; one picture of unknown rate and duration is a still. Completes
 * the list but for what the pictures do not tell: uri, size, sound, codec,
 * transfer. */
void shot_analyzer_finish (ShotAnalyzer *self, gint caps_n, gint caps_d);
guint64 shot_analyzer_get_n_frames (const ShotAnalyzer *self);
/* (transfer none): the caller may fill what is missing */
GstMontageShotList *shot_analyzer_get_list (const ShotAnalyzer *self);
void shot_analyzer_free (ShotAnalyzer *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ShotAnalyzer, shot_analyzer_free)

G_END_DECLS
