/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What the analysis tells beside the times of the beats, and what the user tells
 * it, on songs whose beats are known to the sample. */

#include <string.h>
#include <gst/check/gstcheck.h>

#include "beatanalyzer.h"
#include "beatsongs.h"

static GstMontageBeatGrid *
analyse (const Song *song, const BeatSettings *settings)
{
  g_autoptr (BeatAnalyzer) analyzer = beat_analyzer_new (settings);

  beat_analyzer_push (analyzer, (const gfloat *) (gpointer) song->samples->data,
      song->samples->len);
  return beat_analyzer_finish (analyzer);
}

static Song *
band (gdouble seconds, gdouble from, gdouble to)
{
  Song *song = song_new (BEAT_ANALYZER_RATE, seconds);
  g_autoptr (GArray) beats = song_beats (0.3, seconds, from, to);

  song_band (song, beats, 4);
  return song;
}

static const GstMontageBeat *
beat_of (const GstMontageBeatGrid *grid, guint i)
{
  return &g_array_index (grid->beats, GstMontageBeat, i);
}

GST_START_TEST (test_tempo_decides_the_octave)
{
  static const gdouble tempi[] = {60.0, 120.0, 118.0, 240.0};
  static const gdouble found[] = {60.0, 120.0, 120.0, 240.0};
  g_autoptr (Song) song = band (40.0, 120.0, 120.0);

  for (guint i = 0; i < G_N_ELEMENTS (tempi); i++) {
    BeatSettings settings = BEAT_SETTINGS_INIT;
    g_autoptr (GstMontageBeatGrid) grid = NULL;

    settings.tempo = tempi[i];
    grid = analyse (song, &settings);
    fail_unless (fabs (grid->tempo - found[i]) < 0.05, "%.2f for %.0f BPM",
        grid->tempo, tempi[i]);
  }
}

GST_END_TEST

GST_START_TEST (test_range_decides_the_octave)
{
  static const gdouble ranges[][3] = {{50.0, 100.0, 60.0},
      {100.0, 200.0, 120.0}, {200.0, 260.0, 240.0}};
  g_autoptr (Song) song = band (40.0, 120.0, 120.0);

  for (guint i = 0; i < G_N_ELEMENTS (ranges); i++) {
    BeatSettings settings = BEAT_SETTINGS_INIT;
    g_autoptr (GstMontageBeatGrid) grid = NULL;

    settings.tempo_min = ranges[i][0];
    settings.tempo_max = ranges[i][1];
    grid = analyse (song, &settings);
    fail_unless (fabs (grid->tempo - ranges[i][2]) < 0.05,
        "%.2f between %.0f and %.0f BPM", grid->tempo, ranges[i][0],
        ranges[i][1]);
  }
}

GST_END_TEST

/* A tempo that the song has not is still kept to, about. */
GST_START_TEST (test_tempo_that_is_not_there)
{
  g_autoptr (Song) song = band (40.0, 120.0, 120.0);
  BeatSettings settings = BEAT_SETTINGS_INIT;
  g_autoptr (GstMontageBeatGrid) grid = NULL;

  settings.tempo = 100.0;
  grid = analyse (song, &settings);
  fail_unless (grid->beats->len > 0);
  fail_unless (grid->tempo > 100.0 / 1.2 && grid->tempo < 100.0 * 1.2,
      "%.2f BPM", grid->tempo);
}

GST_END_TEST

GST_START_TEST (test_offset)
{
  g_autoptr (Song) song = band (20.0, 120.0, 120.0);
  BeatSettings settings = BEAT_SETTINGS_INIT;
  g_autoptr (GstMontageBeatGrid) grid = analyse (song, &settings);
  g_autoptr (GstMontageBeatGrid) later = NULL, earlier = NULL;

  settings.offset = 0.08;
  later = analyse (song, &settings);
  settings.offset = -0.5;
  earlier = analyse (song, &settings);
  fail_unless_equals_int (later->beats->len, grid->beats->len);
  for (guint i = 0; i < later->beats->len; i++)
    fail_unless (
        ABS (GST_CLOCK_DIFF (beat_of (grid, i)->time, beat_of (later, i)->time)
            - 80 * GST_MSECOND)
        <= 1);
  /* The first beat, at 0.3 s, is gone; the others are as they were. */
  fail_unless_equals_int (earlier->beats->len, grid->beats->len - 1);
  fail_unless_equals_int (beat_of (earlier, 0)->position,
      beat_of (grid, 1)->position);
}

GST_END_TEST

GST_START_TEST (test_tempo_of_each_beat)
{
  g_autoptr (Song) song = band (60.0, 100.0, 130.0);
  BeatSettings settings = BEAT_SETTINGS_INIT;
  g_autoptr (GstMontageBeatGrid) grid = analyse (song, &settings);

  fail_unless (grid->beats->len > 100);
  for (guint i = 8; i + 8 < grid->beats->len; i++) {
    const GstMontageBeat *beat = beat_of (grid, i);
    gdouble bpm = 100.0 + 30.0 * beat->time / (60.0 * GST_SECOND);

    fail_unless (fabs (beat->tempo - bpm) < 1.5, "%.2f instead of %.2f BPM",
        beat->tempo, bpm);
  }
}

GST_END_TEST

GST_START_TEST (test_onset_curve)
{
  g_autoptr (Song) song = song_new (BEAT_ANALYZER_RATE, 20.01);
  BeatSettings settings = BEAT_SETTINGS_INIT;
  g_autoptr (GstMontageBeatGrid) grid = NULL;

  for (guint i = 1; i < 39; i++)
    song_click (song, 0.5 * i + 0.02, 0.5);
  grid = analyse (song, &settings);
  fail_unless (grid->onset_interval == 50 * GST_MSECOND);
  fail_unless_equals_int (grid->onsets->len, 401);
  for (guint i = 0; i < grid->onsets->len; i++) {
    gdouble onset = g_array_index (grid->onsets, gdouble, i);

    fail_unless (onset >= 0.0 && onset <= 1.0);
    if (i % 10 == 0 && i > 0 && i < 390)
      fail_unless (onset > 0.5, "%.2f at click %u", onset, i / 10);
    else if (i % 10 > 2 && i % 10 < 8)
      fail_unless (onset < 0.2, "%.2f at %u ms", onset, 50 * i);
  }
}

GST_END_TEST

static void
check_note (const Song *song, const gchar *part)
{
  BeatSettings settings = BEAT_SETTINGS_INIT;
  g_autoptr (GstMontageBeatGrid) grid = analyse (song, &settings);

  fail_unless_equals_int (grid->beats->len, 0);
  fail_unless (grid->note && strstr (grid->note, part), "%s", grid->note);
}

GST_START_TEST (test_note)
{
  g_autoptr (Song) silence = song_new (BEAT_ANALYZER_RATE, 10.0);
  g_autoptr (Song) noise = song_new (BEAT_ANALYZER_RATE, 20.0);
  g_autoptr (Song) tone = song_new (BEAT_ANALYZER_RATE, 20.0);
  g_autoptr (Song) music = band (20.0, 120.0, 120.0);
  g_autoptr (Song) little = band (2.9, 120.0, 120.0);
  BeatSettings settings = BEAT_SETTINGS_INIT;
  g_autoptr (GstMontageBeatGrid) grid = analyse (music, &settings);

  for (guint i = 0; i < noise->samples->len; i++) {
    song_add (noise, i, 0.1 * song_noise (noise));
    song_add (tone, i, 0.3 * sin (2.0 * G_PI * 440.0 * i / tone->rate));
  }
  check_note (silence, "silent");
  check_note (noise, "no steady pulse");
  check_note (tone, "no steady pulse");
  check_note (little, "too short");
  fail_unless (grid->note == NULL && grid->beats->len > 0);
}

GST_END_TEST


GST_START_TEST (test_confidence_and_other_tempo)
{
  g_autoptr (Song) song = band (40.0, 120.0, 120.0);
  BeatSettings settings = BEAT_SETTINGS_INIT;
  g_autoptr (GstMontageBeatGrid) grid = analyse (song, &settings);

  fail_unless (grid->confidence > 0.5 && grid->confidence < 1.0, "%.3f",
      grid->confidence);
  fail_unless (grid->alternative_tempo > 0.0);
  fail_unless (fabs (log2 (grid->alternative_tempo / grid->tempo)) > 0.3);
}

GST_END_TEST

static Suite *
beatfields_suite (void)
{
  Suite *suite = suite_create ("beatfields");
  TCase *tc = tcase_create ("general");

  tcase_set_timeout (tc, 60);
  suite_add_tcase (suite, tc);
  tcase_add_test (tc, test_tempo_decides_the_octave);
  tcase_add_test (tc, test_range_decides_the_octave);
  tcase_add_test (tc, test_tempo_that_is_not_there);
  tcase_add_test (tc, test_offset);
  tcase_add_test (tc, test_tempo_of_each_beat);
  tcase_add_test (tc, test_onset_curve);
  tcase_add_test (tc, test_note);
  tcase_add_test (tc, test_confidence_and_other_tempo);
  return suite;
}

GST_CHECK_MAIN (beatfields);
