/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gst/audio/audio.h>
#include <gst/check/gstharness.h>
#include <gst/montage/montage.h>

#include "../unit/beatsongs.h"

G_BEGIN_DECLS

#define RATE 44100

/* A band of @seconds at @bpm. */
Song *band (guint rate, gdouble seconds, gdouble bpm);
GstCaps *song_caps (const gchar *format, guint rate, guint channels,
    const gchar *layout);
/* Frames [@from, @from + @n) as mono F32, stamped with their time. */
GstBuffer *song_buffer (const Song *song, guint from, guint n);

/* beatdetect, which takes mono F32 at @rate. */
GstHarness *beat_harness_new (guint rate);
/* Every buffer must come out at once. */
void
push_song (GstHarness *h, const Song *song, guint from, guint to, guint piece);
/* Sends the end of the stream: the grid that arrives before it. */
GstMontageBeatGrid *finish (GstHarness *h);
/* Beats at @first, @first + 60 / @bpm and so on, within 12 ms. */
void check_grid (const GstMontageBeatGrid *grid, gdouble first, gdouble bpm,
    guint n);

G_END_DECLS
