/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "target.h"

#include <math.h>

#include "beatanalyzer.h"
#include "bytes.h"

/* In all; more only takes time. */
#define MOST_SAMPLES (20 * BEAT_ANALYZER_RATE)

static BeatSettings
take_settings (Bytes *input)
{
  BeatSettings settings = BEAT_SETTINGS_INIT;
  guint which = bytes_take (input);

  /* What the properties of the element can hold. */
  if (which & 1)
    settings.tempo_min = 30.0 + bytes_take (input);
  if (which & 2)
    settings.tempo_max = 30.0 + bytes_take (input);
  if (which & 4)
    settings.tempo = 30.0 + bytes_take (input);
  if (which & 8)
    settings.beats_per_bar = bytes_below (input, 17);
  if (which & 16)
    settings.first_downbeat = bytes_take_16 (input) / 100.0;
  if (which & 32)
    settings.offset = ((gint) bytes_take (input) - 128) / 50.0;
  if (which & 64)
    settings.lookahead = bytes_below (input, 21) / 10.0;
  settings.live_only = which >> 7;
  return settings;
}

static void
take_live_beats (BeatAnalyzer *analyzer)
{
  LiveBeat beat;

  while (beat_analyzer_next_live (analyzer, &beat)) {
    g_assert_true (isfinite (beat.time) && beat.time >= 0.0);
    g_assert_true (isfinite (beat.period) && beat.period > 0.0);
    g_assert_true (beat.energy >= 0.0 && beat.energy <= 1.0);
    g_assert_true (beat.strength >= 0.0 && beat.strength <= 1.0);
    g_assert_true (beat.confidence >= 0.0 && beat.confidence <= 1.0);
  }
}

/* Any floats, in pieces of any size, with any settings. */
int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
  Bytes input = {data, size};
  BeatSettings settings = take_settings (&input);
  BeatAnalyzer *analyzer = beat_analyzer_new (&settings);
  guint live = bytes_take (&input);
  guint left = MOST_SAMPLES;
  g_autoptr (GstMontageBeatGrid) grid = NULL;

  while (input.left > 0 && left > 0) {
    Sound sound = bytes_sound (&input, BEAT_ANALYZER_RATE);
    guint n = MIN (left, 4 * bytes_take_16 (&input));
    g_autofree gfloat *samples = g_new (gfloat, n);

    for (guint i = 0; i < n; i++)
      samples[i] = sound_sample (&sound, i);
    beat_analyzer_push (analyzer, samples, n);
    if (live & 2)
      beat_analyzer_catch_up (analyzer);
    if (live & 1)
      take_live_beats (analyzer);
    left -= n;
  }
  if (!settings.live_only) {
    grid = beat_analyzer_finish (analyzer);
    check_grid (grid);
  }
  beat_analyzer_free (analyzer);
  return 0;
}
