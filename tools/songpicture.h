/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <cairo.h>
#include <gst/montage/montage.h>

G_BEGIN_DECLS

/* What was found in a song, for somebody who wants to see whether it is right:
 * parts, loudness, beats and bars with their numbers, energy, onsets, tempo. */
void tool_song_picture_measure (const GstMontageBeatGrid *song, gdouble *width,
    gdouble *height);
void tool_song_picture_draw_to (const GstMontageBeatGrid *song, cairo_t *cr,
    gdouble width, gdouble height);

G_END_DECLS
