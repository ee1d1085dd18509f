/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <gst/montage/beatgrid.h>

G_BEGIN_DECLS

/* What follows from the times of beats and the bars that are marked. Not
 * exported. */

/* As the field's table allows. */
#define GST_MONTAGE_BAR_MAX 64

/* Counts through where a position is 0, from the known one before it, and
 * backwards before the first. Returns the most frequent length of a bar,
 * @fallback where none is complete; where that is 0, nothing is counted. */
guint gst_montage_beats_count (GArray *beats, guint fallback);
/* Tempo around each beat, and the tempo of the whole. Pauses do not count. */
void gst_montage_beat_grid_measure_tempo (GstMontageBeatGrid *self);
/* Sections have the mean energy of the beats in them. */
void gst_montage_beat_grid_measure_sections (GstMontageBeatGrid *self);
/* Strongest onset at @time; -1 where the grid has no curve of onsets. */
gdouble gst_montage_beat_grid_onset_at (const GstMontageBeatGrid *self,
    GstClockTime time);
/* Index of the beat nearest to @time; there must be one. */
guint gst_montage_beats_nearest (const GArray *beats, GstClockTime time);

G_END_DECLS
