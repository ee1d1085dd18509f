/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <gst/montage/beatgrid.h>

G_BEGIN_DECLS

/* Label files of Audacity, for corrections by ear: "start<TAB>end<TAB>label"
 * per line, in seconds. A label without length is a beat, its text the position
 * in the bar; one with a length is a part of the song. */

/* The label file of @self; times are rounded to microseconds. */
GST_MONTAGE_API gchar *
gst_montage_beat_grid_to_labels (const GstMontageBeatGrid *self);

/**
 * gst_montage_beat_grid_from_labels:
 * @text: the file; also "seconds" and "seconds position" lines, as other beat
 *     trackers write them
 * @length: bytes of @text, -1: up to its end
 * @origin: (nullable): name of the file for messages
 * @error: return location for a #GstMontageError with file, line and remedy
 *
 * Reads beats and parts in any order. Beats without a text are counted through
 * from the ones that have one, so it suffices to write "1" to the downbeats.
 * Lines that begin with a backslash (spectral selections) are passed over.
 *
 * Returns: (transfer full): beats, positions, tempi and parts only, all else is
 *     left at 0; to be handed to gst_montage_beat_grid_take_labels().
 */
GST_MONTAGE_API GstMontageBeatGrid *
gst_montage_beat_grid_from_labels (const gchar *text, gssize length,
    const gchar *origin, GError **error);

/* Replaces the beats of @self, which come from the sound, by those of @labels,
 * and its parts, where @labels has any. Energy and strength stay those of the
 * sound. FALSE where @labels, read from @origin, cannot belong to the song. */
GST_MONTAGE_API gboolean
gst_montage_beat_grid_take_labels (GstMontageBeatGrid *self,
    const GstMontageBeatGrid *labels, const gchar *origin, GError **error);

G_END_DECLS
