/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The beats that are foretold of songs whose beats are known to the sample, and of
 * sounds that have none. */

#include <gst/check/gstcheck.h>

#include "beatanalyzer.h"
#include "beatsongs.h"

static const BeatSettings settings = BEAT_SETTINGS_INIT;

/* The live beats know only what came before, are told in time, and still meet
 * the truth; with a lookahead they are told that much later. */
GST_START_TEST (test_live)
{
  static const gdouble lookaheads[] = {0.0, 0.5, 2.0};

  for (guint i = 0; i < G_N_ELEMENTS (lookaheads); i++) {
    BeatSettings live = settings;
    g_autoptr (BeatAnalyzer) analyzer = NULL;
    g_autoptr (Song) song = song_new (44100, 30.0);
    g_autoptr (GArray) beats = song_beats (0.25, 30.0, 120.0, 120.0);
    gdouble last = 0.0;
    guint n = 0;

    live.lookahead = lookaheads[i];
    analyzer = beat_analyzer_new (&live);
    song_band (song, beats, 4);
    for (guint at = 0; at + 512 <= song->samples->len; at += 512) {
      gdouble heard = (at + 512) / 44100.0 - lookaheads[i];
      LiveBeat beat;

      beat_analyzer_push (analyzer, &g_array_index (song->samples, gfloat, at),
          512);
      while (beat_analyzer_next_live (analyzer, &beat)) {
        gdouble index = (beat.time - 0.25) / 0.5;

        fail_unless (beat.time > last);
        /* Told 50 to 200 ms ahead, whatever the size of a push. */
        fail_unless (beat.time > heard + 0.05 - 512 / 44100.0);
        fail_unless (beat.time < heard + 0.21);
        fail_unless (fabs (beat.period - 0.5) < (n < 4 ? 0.05 : 0.01),
            "%f at %f", beat.period, beat.time);
        fail_unless (fabs (index - floor (index + 0.5)) < 0.04, "%f", index);
        last = beat.time;
        n++;
      }
    }
    fail_unless (last < 30.0 - lookaheads[i] + 0.2);
    beat_analyzer_catch_up (analyzer);
    while (n < 70) {
      LiveBeat beat;

      if (!beat_analyzer_next_live (analyzer, &beat))
        break;
      fail_unless (beat.time > last);
      last = beat.time;
      n++;
    }
    fail_unless (n >= 55 && n <= 60, "%u", n);
    fail_unless (last > 29.5 && last < 30.3, "%f", last);
  }
}
GST_END_TEST;

/* Where all beats are alike, none begins a bar. */
GST_START_TEST (test_live_clicks_have_no_bars)
{
  g_autoptr (BeatAnalyzer) analyzer = beat_analyzer_new (&settings);
  g_autofree gfloat *clicks = g_new0 (gfloat, 22050);
  guint n = 0;

  for (guint i = 0; i < 200; i++)
    clicks[i] = (i / 20 % 2 ? 0.5f : -0.5f) * (1.0f - (gfloat) i / 200.0f);
  for (guint i = 0; i < 40; i++) {
    LiveBeat beat;

    beat_analyzer_push (analyzer, clicks, 22050);
    while (beat_analyzer_next_live (analyzer, &beat)) {
      fail_unless_equals_int (beat.position, 0);
      n++;
    }
  }
  fail_unless (n > 30, "%u", n);
}
GST_END_TEST;

/* Sounds that go on without a beat: steady, like a pad, like noise, and like
 * somebody who speaks. */
typedef enum
{
  SOUND_TONE,
  SOUND_PAD,
  SOUND_NOISE,
  SOUND_APPLAUSE,
  SOUND_SPEECH,
  N_SOUNDS
} Sound;

static void
make_speech (GRand *rand, gfloat *samples, guint n)
{
  guint from = 0;

  /* Syllables of 90 to 350 ms, every sixth a pause, each at a pitch of its own. */
  while (from < n) {
    guint length = (guint) g_rand_int_range (rand, 3969, 15435);
    gdouble pitch = g_rand_double_range (rand, 90.0, 180.0);
    gdouble loud = g_rand_int_range (rand, 0, 6) == 0
        ? 0.0
        : g_rand_double_range (rand, 0.1, 0.4);

    for (guint i = 0; i < length && from + i < n; i++) {
      gdouble envelope = sin (G_PI * i / length);

      for (guint h = 1; h <= 12; h++)
        samples[from + i] += (gfloat) (loud * envelope / h
            * sin (2.0 * G_PI * pitch * h * i / 44100.0));
    }
    from += length;
  }
}

static void
make_sound (Sound sound, gfloat *samples, guint n)
{
  static const gdouble notes[] = {220.0, 277.18, 329.63};
  g_autoptr (GRand) rand = g_rand_new_with_seed (7);

  for (guint i = 0; i < n; i++) {
    gdouble t = i / 44100.0;

    if (sound == SOUND_TONE)
      samples[i] = (gfloat) (0.5 * sin (2.0 * G_PI * 440.0 * t));
    for (guint k = 0; sound == SOUND_PAD && k < G_N_ELEMENTS (notes); k++)
      samples[i] += (gfloat) (0.2 * (1.0 + 0.1 * sin (2.0 * G_PI * 0.3 * t))
          * sin (2.0 * G_PI * notes[k] * t));
    if (sound == SOUND_NOISE)
      samples[i] = (gfloat) g_rand_double_range (rand, -0.3, 0.3);
    if (sound == SOUND_APPLAUSE && g_rand_int_range (rand, 0, 900) == 0)
      for (guint k = 0; k < 400 && i + k < n; k++)
        samples[i + k] += (gfloat) (g_rand_double_range (rand, -0.3, 0.3)
            * (1.0 - k / 400.0));
  }
  if (sound == SOUND_SPEECH)
    make_speech (rand, samples, n);
}

GST_START_TEST (test_live_hears_no_beat)
{
  static const gdouble lookaheads[] = {0.0, 2.0};
  const guint n = 44100 * 20;
  g_autofree gfloat *samples = g_new0 (gfloat, n);

  make_sound ((Sound) __i__, samples, n);
  for (guint i = 0; i < G_N_ELEMENTS (lookaheads); i++) {
    BeatSettings live = settings;
    g_autoptr (BeatAnalyzer) analyzer = NULL;
    LiveBeat beat;

    live.lookahead = lookaheads[i];
    analyzer = beat_analyzer_new (&live);
    for (guint at = 0; at + 1024 <= n; at += 1024) {
      beat_analyzer_push (analyzer, samples + at, 1024);
      fail_if (beat_analyzer_next_live (analyzer, &beat), "a beat at %f s",
          beat.time);
    }
    beat_analyzer_catch_up (analyzer);
    fail_if (beat_analyzer_next_live (analyzer, &beat));
  }
}
GST_END_TEST;

static const gdouble tick_periods[] = {0.375, 0.5, 0.75};

/* What is loud at once is seen before its time by the transform. */
GST_START_TEST (test_live_meets_sharp_ticks)
{
  gdouble period = tick_periods[__i__], sum = 0.0;
  g_autoptr (BeatAnalyzer) analyzer = beat_analyzer_new (&settings);
  g_autoptr (Song) song = song_new (44100, 20.0);
  guint n = 0;

  for (gdouble time = 0.1; time < 19.9; time += period)
    song_click (song, time, 0.9);
  for (guint at = 0; at + 441 <= song->samples->len; at += 441) {
    LiveBeat beat;

    beat_analyzer_push (analyzer, &g_array_index (song->samples, gfloat, at),
        441);
    while (beat_analyzer_next_live (analyzer, &beat)) {
      gdouble index = (beat.time - 0.1) / period;

      sum += (index - floor (index + 0.5)) * period;
      fail_unless (n > 0 || beat.time < 3.0, "the first one at %f", beat.time);
      n++;
    }
  }
  fail_unless (n > 17.0 / period - 3.0, "%u", n);
  fail_unless (fabs (sum / n) < 0.012, "%.1f ms", 1000.0 * sum / n);
}
GST_END_TEST;

static Suite *
beatlive_suite (void)
{
  Suite *suite = suite_create ("beatlive");
  TCase *tc = tcase_create ("general");

  suite_add_tcase (suite, tc);
  tcase_set_timeout (tc, 60);
  tcase_add_test (tc, test_live);
  tcase_add_test (tc, test_live_clicks_have_no_bars);
  tcase_add_loop_test (tc, test_live_hears_no_beat, 0, N_SOUNDS);
  tcase_add_loop_test (tc, test_live_meets_sharp_ticks, 0,
      G_N_ELEMENTS (tick_periods));
  return suite;
}

GST_CHECK_MAIN (beatlive)
