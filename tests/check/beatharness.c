/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "beatharness.h"

#include <gst/check/gstcheck.h>
#include <math.h>

Song *
band (guint rate, gdouble seconds, gdouble bpm)
{
  Song *song = song_new (rate, seconds);
  /* A bar more, which the end cuts off. */
  g_autoptr (GArray) beats = song_beats (0.0, seconds + 300.0 / bpm, bpm, bpm);

  song_band (song, beats, 4);
  return song;
}

GstCaps *
song_caps (const gchar *format, guint rate, guint channels, const gchar *layout)
{
  return gst_caps_new_simple ("audio/x-raw", "format", G_TYPE_STRING, format,
      "rate", G_TYPE_INT, rate, "channels", G_TYPE_INT, channels, "layout",
      G_TYPE_STRING, layout, "channel-mask", GST_TYPE_BITMASK,
      gst_audio_channel_get_fallback_mask ((gint) channels), NULL);
}

GstBuffer *
song_buffer (const Song *song, guint from, guint n)
{
  GstBuffer *buffer = gst_buffer_new_memdup (song->samples->data
          + from * sizeof (gfloat),
      n * sizeof (gfloat));

  GST_BUFFER_PTS (
      buffer) = gst_util_uint64_scale (from, GST_SECOND, song->rate);
  GST_BUFFER_DURATION (
      buffer) = gst_util_uint64_scale (n, GST_SECOND, song->rate);
  return buffer;
}

void
push_song (GstHarness *h, const Song *song, guint from, guint to, guint piece)
{
  for (guint at = from; at < to; at += piece) {
    fail_unless_equals_int (gst_harness_push (h,
                                song_buffer (song, at, MIN (piece, to - at))),
        GST_FLOW_OK);
    gst_buffer_unref (gst_harness_pull (h));
  }
}

GstHarness *
beat_harness_new (guint rate)
{
  GstHarness *h = gst_harness_new ("beatdetect");

  gst_harness_set_src_caps (h,
      song_caps (GST_AUDIO_NE (F32), rate, 1, "interleaved"));
  return h;
}

/* The grid that arrives downstream before the end of the stream. */
static GstMontageBeatGrid *
pull_grid (GstHarness *h)
{
  g_autoptr (GstMontageBeatGrid) grid = NULL;
  GstEvent *event;

  while ((event = gst_harness_try_pull_event (h))) {
    g_autoptr (GstEvent) G_GNUC_UNUSED held = event;

    fail_if (GST_EVENT_TYPE (event) == GST_EVENT_EOS && !grid);
    if (!grid)
      gst_montage_event_parse_beats (event, &grid, NULL);
  }
  fail_unless (grid != NULL);
  return g_steal_pointer (&grid);
}

GstMontageBeatGrid *
finish (GstHarness *h)
{
  fail_unless (gst_harness_push_event (h, gst_event_new_eos ()));
  return pull_grid (h);
}

void
check_grid (const GstMontageBeatGrid *grid, gdouble first, gdouble bpm, guint n)
{
  fail_unless (ABS ((gint) grid->beats->len - (gint) n) <= 1,
      "%u beats instead of %u", grid->beats->len, n);
  fail_unless (fabs (grid->tempo - bpm) < 0.1, "%f", grid->tempo);
  for (guint i = 0; i < grid->beats->len; i++) {
    gdouble time = (gdouble) g_array_index (grid->beats, GstMontageBeat, i).time
        / GST_SECOND;

    fail_unless (fabs (time - first - i * 60.0 / bpm) < 0.012,
        "beat %u is at %f", i, time);
  }
}
