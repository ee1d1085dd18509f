/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <gst/montage/montage.h>

G_BEGIN_DECLS

/* Files with beats that somebody wrote or corrected: beats documents, and label
 * files, which lie over what is heard in the song. */

/* The one beside @song that wins: SONG.ogg.beats.json, SONG.beats.json, then
 * the label files SONG.ogg.beats.txt, SONG.beats.txt. NULL where there is none
 * that holds anything. @also: (out): another one that loses, nullable. */
gchar *montage_beats_file_find (const gchar *song, gchar **also);

/* Reads @path. @is_labels: (out): whether it is a label file, see
 * gst_montage_beat_grid_take_labels(). An error names file and remedy. */
GstMontageBeatGrid *montage_beats_file_read (const gchar *path,
    gboolean *is_labels, GError **error);

G_END_DECLS
