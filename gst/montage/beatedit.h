/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <gst/montage/beatgrid.h>

G_BEGIN_DECLS

/* Corrections of a beat grid by somebody who hears what is wrong with it.
 * Positions in the bar, tempi, parts and the other reading follow. */

/* Every second beat goes; downbeats stay where bars can be halved, else (three
 * beats to a bar) every second downbeat stays. */
GST_MONTAGE_API void gst_montage_beat_grid_halve (GstMontageBeatGrid *self);
/* A beat more in the middle of every two, but for pauses. */
GST_MONTAGE_API void gst_montage_beat_grid_double (GstMontageBeatGrid *self);
/* All beats and the borders of the parts @by ns later, negative: earlier. What
 * leaves the song is dropped. */
GST_MONTAGE_API void
gst_montage_beat_grid_shift (GstMontageBeatGrid *self, GstClockTimeDiff by);
/* The bars begin @n_beats beats later, negative: earlier. FALSE where no bars
 * are known. */
GST_MONTAGE_API gboolean
gst_montage_beat_grid_shift_bars (GstMontageBeatGrid *self, gint n_beats,
    GError **error);
/* Bars of @beats_per_bar beats from the first downbeat on (where none is known,
 * from the first beat on). */
GST_MONTAGE_API void
gst_montage_beat_grid_set_bars (GstMontageBeatGrid *self, guint beats_per_bar);
/* The beat nearest to @time begins a bar. FALSE where no bars are known. */
GST_MONTAGE_API gboolean
gst_montage_beat_grid_set_downbeat (GstMontageBeatGrid *self, GstClockTime time,
    GError **error);

G_END_DECLS
