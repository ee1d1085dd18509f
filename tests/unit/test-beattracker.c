/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The beat analysis on songs whose beats are known to the sample. */

#include <string.h>
#include <gst/check/gstcheck.h>

#include "beatanalyzer.h"
#include "beatsongs.h"
#include "beattracker.h"

static const BeatSettings settings = BEAT_SETTINGS_INIT;

static GstMontageBeatGrid *
analyse_in_pieces (const Song *song, guint piece)
{
  g_autoptr (BeatAnalyzer) analyzer = beat_analyzer_new (&settings);
  const gfloat *samples = (const gfloat *) (gpointer) song->samples->data;

  for (guint at = 0; at < song->samples->len; at += piece)
    beat_analyzer_push (analyzer, samples + at,
        MIN (piece, song->samples->len - at));
  return beat_analyzer_finish (analyzer);
}

static GstMontageBeatGrid *
analyse (const Song *song)
{
  return analyse_in_pieces (song, 4096);
}

static gdouble
beat_at (const GstMontageBeatGrid *grid, guint i)
{
  return (gdouble) g_array_index (grid->beats, GstMontageBeat, i).time
      / GST_SECOND;
}

/* Every beat of @beats in [from, to) is found, within @most seconds and without
 * bias, and nothing else is. */
static void
check_beats (const GstMontageBeatGrid *grid, const GArray *beats, gdouble from,
    gdouble to, gdouble most)
{
  gdouble sum = 0.0, worst = 0.0;
  guint wanted = 0, found = 0;

  for (guint k = 0; k < grid->beats->len; k++)
    found += beat_at (grid, k) >= from && beat_at (grid, k) < to;
  for (guint i = 0; i < beats->len; i++) {
    gdouble time = g_array_index (beats, gdouble, i), nearest = 1e9;

    if (time < from || time >= to)
      continue;
    wanted++;
    for (guint k = 0; k < grid->beats->len; k++)
      if (fabs (beat_at (grid, k) - time) < fabs (nearest))
        nearest = beat_at (grid, k) - time;
    fail_unless (fabs (nearest) <= most,
        "the beat at %.3f s is missed by %.1f ms", time, 1000.0 * nearest);
    sum += nearest;
    worst = MAX (worst, fabs (nearest));
  }
  GST_INFO ("%u beats, tempo %.2f, mean offset %.2f ms, worst %.2f ms", wanted,
      grid->tempo, 1000.0 * sum / wanted, 1000.0 * worst);
  fail_unless (fabs (sum / wanted) < 0.005, "mean offset %.1f ms",
      1000.0 * sum / wanted);
  fail_unless (ABS ((gint) found - (gint) wanted) <= 1,
      "%u beats instead of %u", found, wanted);
}

static const gdouble tempi[] = {70.0, 90.0, 104.5, 120.0, 128.0, 150.0, 174.0};

GST_START_TEST (test_band_at_constant_tempo)
{
  gdouble bpm = tempi[__i__];
  g_autoptr (Song) song = song_new (44100, 40.0);
  g_autoptr (GArray) beats = song_beats (0.0, 40.0, bpm, bpm);
  g_autoptr (GstMontageBeatGrid) grid = NULL;

  song_band (song, beats, 4);
  grid = analyse (song);
  /* The last bar may be cut off. */
  check_beats (grid, beats, 0.0, 40.0 - 4.0 * 60.0 / bpm, 0.008);
  fail_unless (fabs (grid->tempo - bpm) < 0.05, "%f", grid->tempo);
  fail_unless (grid->confidence > 0.5);
  fail_unless_equals_int (grid->beats_per_bar, 4);
  for (guint i = 0; i + 4 < grid->beats->len; i++)
    fail_unless_equals_int (g_array_index (grid->beats, GstMontageBeat, i)
                                .position,
        i % 4 + 1);
  fail_unless_equals_uint64 (grid->duration, 40 * GST_SECOND);
  fail_unless_equals_int (grid->envelope->len, 400);
}
GST_END_TEST;

/* Chords that are struck evenly, so that only their changes tell the beat. */
static const struct
{
  gdouble apart; /* s */
  guint change;  /* strikes */
  gdouble bpm;
} struck[] = {{0.36, 4, 166.7}, {0.36, 8, 83.3}, {0.33, 8, 90.9}};

GST_START_TEST (test_harmony_tells_the_level)
{
  static const guint roots[] = {0, 5, 7, 2};
  g_autoptr (Song) song = song_new (44100, 50.0);
  g_autoptr (GstMontageBeatGrid) grid = NULL;

  for (guint i = 0; i * struck[__i__].apart < 50.0; i++)
    song_chord (song, i * struck[__i__].apart, struck[__i__].apart,
        roots[i / struck[__i__].change % 4], 0.4);
  grid = analyse (song);
  fail_unless (fabs (grid->tempo - struck[__i__].bpm) < 0.5, "%f", grid->tempo);
}
GST_END_TEST;

GST_START_TEST (test_clicks_and_kicks)
{
  g_autoptr (GArray) beats = song_beats (0.3, 30.0, 120.0, 120.0);
  g_autoptr (Song) clicks = song_new (44100, 30.0);
  g_autoptr (Song) kicks = song_new (44100, 30.0);
  g_autoptr (GstMontageBeatGrid) of_clicks = NULL;
  g_autoptr (GstMontageBeatGrid) of_kicks = NULL;

  for (guint i = 0; i < beats->len; i++) {
    song_click (clicks, g_array_index (beats, gdouble, i), 0.5);
    song_kick (kicks, g_array_index (beats, gdouble, i), 0.7);
  }
  of_clicks = analyse (clicks);
  of_kicks = analyse (kicks);
  check_beats (of_clicks, beats, 0.0, 30.0, 0.008);
  check_beats (of_kicks, beats, 0.0, 30.0, 0.008);
}
GST_END_TEST;

GST_START_TEST (test_tempo_jumps)
{
  g_autoptr (Song) song = song_new (44100, 60.0);
  g_autoptr (GArray) slow = song_beats (0.0, 30.0, 96.0, 96.0);
  g_autoptr (GArray) fast = song_beats (30.0, 60.0, 132.0, 132.0);
  g_autoptr (GstMontageBeatGrid) grid = NULL;
  guint n = slow->len;

  /* beats of 132 BPM from 30 s on */
  for (guint i = 0; i < fast->len; i++) {
    gdouble time = 30.0 + i * 60.0 / 132.0;
    g_array_append_val (slow, time);
  }
  song_band (song, slow, 4);
  grid = analyse (song);
  g_array_set_size (slow, slow->len - 4);
  check_beats (grid, slow, 0.0, 26.0, 0.016);
  check_beats (grid, slow, 34.0, 56.0, 0.016);
  fail_unless (n == 48);
}
GST_END_TEST;

static const gdouble pauses[] = {0.75, 0.9, 1.25, 1.8, 2.9, 5.1};

/* The music goes on between what would be beats without the pause. */
GST_START_TEST (test_goes_on_after_a_pause)
{
  gdouble resumed = 32.0 + pauses[__i__];
  g_autoptr (Song) song = song_new (44100, 80.0);
  g_autoptr (GArray) before = song_beats (0.0, 32.1, 120.0, 120.0);
  g_autoptr (GArray) after = song_beats (resumed, 80.0, 120.0, 120.0);
  g_autoptr (GstMontageBeatGrid) grid = NULL;

  song_band (song, before, 4);
  song_band (song, after, 4);
  grid = analyse (song);
  check_beats (grid, before, 0.0, 31.0, 0.016);
  check_beats (grid, after, resumed + 0.9, 78.0, 0.016);
}
GST_END_TEST;

GST_START_TEST (test_tempo_drifts)
{
  g_autoptr (Song) song = song_new (44100, 90.0);
  g_autoptr (GArray) beats = song_beats (0.0, 90.0, 100.0, 132.0);
  g_autoptr (GstMontageBeatGrid) grid = NULL;

  song_band (song, beats, 4);
  grid = analyse (song);
  check_beats (grid, beats, 0.0, 86.0, 0.016);
}
GST_END_TEST;

GST_START_TEST (test_waltz)
{
  g_autoptr (Song) song = song_new (44100, 40.0);
  g_autoptr (GArray) beats = song_beats (0.0, 40.0, 126.0, 126.0);
  g_autoptr (GstMontageBeatGrid) grid = NULL;

  song_band (song, beats, 3);
  grid = analyse (song);
  check_beats (grid, beats, 0.0, 37.0, 0.008);
  fail_unless_equals_int (grid->beats_per_bar, 3);
  for (guint i = 0; i + 4 < grid->beats->len; i++)
    fail_unless_equals_int (g_array_index (grid->beats, GstMontageBeat, i)
                                .position,
        i % 3 + 1);
}
GST_END_TEST;

/* Nothing is heard: no beats, but the rest of the document. */
static void
check_no_beats (const Song *song, const gchar *what)
{
  g_autoptr (GstMontageBeatGrid) grid = analyse (song);

  fail_unless (grid->beats->len == 0, "%u beats in %s, confidence %f",
      grid->beats->len, what, grid->confidence);
  fail_unless (grid->tempo == 0.0 && grid->confidence == 0.0);
  fail_unless_equals_int (grid->beats_per_bar, 0);
  fail_unless_equals_int (grid->sections->len, 1);
  fail_unless_equals_int (g_array_index (grid->sections, GstMontageSection, 0)
                              .label,
      GST_MONTAGE_SECTION_UNKNOWN);
  fail_unless_equals_uint64 (g_array_index (grid->sections, GstMontageSection,
                                 0)
                                 .end,
      grid->duration);
}

/* Every beat of a long song, which is not kept in memory as a whole. */
GST_START_TEST (test_tracks_for_long)
{
  guint n = 60000;
  g_autofree gfloat *activation = g_new0 (gfloat, n);
  g_autofree gdouble *periods = g_new (gdouble, n);
  g_autoptr (GArray) beats = NULL;
  guint next = 20, found = 0, wanted = 0;

  for (guint t = 0; t < n; t++) {
    periods[t] = 50.0 + 10.0 * sin (t / 3000.0);
    if (t != next)
      continue;
    activation[t] = 1.0f;
    wanted++;
    next += (guint) (periods[t] + 0.5);
  }
  beats = beat_tracker_run (activation, n, periods);
  for (guint i = 0; i < beats->len; i++)
    found += activation[g_array_index (beats, guint, i)] > 0.0f;
  fail_unless_equals_int (beats->len, wanted);
  fail_unless_equals_int (found, wanted);
}
GST_END_TEST;

GST_START_TEST (test_silence_and_noise)
{
  g_autoptr (Song) silence = song_new (44100, 20.0);
  g_autoptr (Song) noise = song_new (44100, 40.0);
  g_autoptr (Song) tone = song_new (44100, 20.0);

  for (guint i = 0; i < noise->samples->len; i++)
    song_add (noise, i, 0.3 * song_noise (noise));
  for (guint i = 0; i < tone->samples->len; i++)
    song_add (tone, i, 0.3 * sin (2.0 * G_PI * 440.0 * i / 44100.0));
  check_no_beats (silence, "silence");
  check_no_beats (noise, "noise");
  check_no_beats (tone, "a tone");
}
GST_END_TEST;

/* Syllables of uneven length with pauses between the phrases. */
GST_START_TEST (test_speech_has_no_beat)
{
  for (guint seed = 1; seed <= 4; seed++) {
    g_autoptr (Song) song = song_new (44100, 60.0);
    gdouble time = 0.2;

    song->noise = seed;
    while (time < 59.0) {
      gdouble r = song_noise (song);

      song_chord (song, time, 0.15 + 0.05 * r,
          (guint) (6.0 + 5.0 * song_noise (song)), 0.3);
      if (r > 0.3)
        song_hat (song, time, 0.3);
      time += 0.22 + 0.1 * song_noise (song);
      if (song_noise (song) > 0.75)
        time += 0.5 + 0.3 * song_noise (song);
    }
    check_no_beats (song, "speech");
  }
}
GST_END_TEST;

GST_START_TEST (test_short)
{
  static const gdouble seconds[] = {0.0, 1.0 / 44100.0, 0.005, 1.0, 2.9};

  for (guint i = 0; i < G_N_ELEMENTS (seconds); i++) {
    g_autoptr (Song) song = song_new (44100, seconds[i]);
    g_autoptr (GArray) beats = song_beats (0.0, seconds[i], 120.0, 120.0);
    g_autoptr (GstMontageBeatGrid) grid = NULL;

    song_band (song, beats, 4);
    grid = analyse (song);
    fail_unless_equals_int (grid->beats->len, 0);
    fail_unless_equals_int (grid->sections->len, seconds[i] > 0.0 ? 1 : 0);
    fail_unless (grid->duration < 3 * GST_SECOND);
  }
}
GST_END_TEST;

GST_START_TEST (test_pieces_do_not_matter)
{
  static const guint pieces[] = {1, 7, 441, 1000, 44100, 1 << 20};
  g_autoptr (Song) song = song_new (44100, 12.0);
  g_autoptr (GArray) beats = song_beats (0.1, 12.0, 111.0, 111.0);
  g_autoptr (GstMontageBeatGrid) grid = NULL;
  g_autofree gchar *expected = NULL;

  song_band (song, beats, 4);
  grid = analyse (song);
  expected = gst_montage_beat_grid_to_json (grid);
  for (guint i = 0; i < G_N_ELEMENTS (pieces); i++) {
    g_autoptr (GstMontageBeatGrid) other = analyse_in_pieces (song, pieces[i]);
    g_autofree gchar *json = gst_montage_beat_grid_to_json (other);

    fail_unless_equals_string (json, expected);
  }
}
GST_END_TEST;

GST_START_TEST (test_what_is_no_number_does_no_harm)
{
  g_autoptr (Song) song = song_new (44100, 10.0);
  g_autoptr (GArray) beats = song_beats (0.0, 10.0, 120.0, 120.0);
  g_autoptr (GstMontageBeatGrid) grid = NULL;
  g_autoptr (GstMontageBeatGrid) again = NULL;
  g_autofree gchar *json = NULL;

  song_band (song, beats, 4);
  for (guint i = 0; i < song->samples->len; i += 997)
    g_array_index (song->samples, gfloat, i) = i % 3 == 0 ? NAN
        : i % 3 == 1                                      ? INFINITY
                                                          : -1e30f;
  grid = analyse (song);
  json = gst_montage_beat_grid_to_json (grid);
  again = gst_montage_beat_grid_from_json (json, -1, NULL, NULL);
  fail_unless (again != NULL);
}
GST_END_TEST;

GST_START_TEST (test_envelope)
{
  g_autoptr (Song) song = song_new (44100, 4.05);
  g_autoptr (GstMontageBeatGrid) grid = NULL;

  for (guint i = 2 * 44100; i < 3 * 44100; i++)
    song_add (song, i, sin (2.0 * G_PI * 440.0 * i / 44100.0));
  for (guint i = 3 * 44100; i < song->samples->len; i++)
    song_add (song, i, 0.1 * sin (2.0 * G_PI * 440.0 * i / 44100.0));
  grid = analyse (song);
  fail_unless_equals_uint64 (grid->envelope_interval, 100 * GST_MSECOND);
  fail_unless_equals_int (grid->envelope->len, 41);
  for (guint i = 0; i < 40; i++) {
    gdouble wanted = i < 20 ? 0.0 : i < 30 ? 1.0 : 0.1;
    gdouble value = g_array_index (grid->envelope, gdouble, i);

    fail_unless (fabs (value - wanted) < 0.005, "%u: %f", i, value);
  }
}
GST_END_TEST;

/* Quiet, loud, quiet, each 12 bars: energy and parts follow. */
GST_START_TEST (test_energy_and_sections)
{
  g_autoptr (Song) song = song_new (44100, 72.0);
  g_autoptr (GArray) beats = song_beats (0.0, 72.5, 120.0, 120.0);
  g_autoptr (GstMontageBeatGrid) grid = NULL;
  gdouble part[3] = {0};

  for (guint bar = 0; bar < 36; bar++) {
    const gdouble *times = &g_array_index (beats, gdouble, 4 * bar);

    if (bar >= 12 && bar < 24) {
      song_bar (song, times, 4, bar);
    } else {
      song_chord (song, times[0], 2.0, bar % 4 < 2 ? 0 : 5, 0.1);
      for (guint i = 0; i < 4; i++)
        song_hat (song, times[i], 0.1);
    }
  }
  grid = analyse (song);
  for (guint i = 0; i < grid->beats->len; i++)
    part[MIN (2, (guint) (beat_at (grid, i) / 24.0))] +=
        g_array_index (grid->beats, GstMontageBeat, i).energy / 48.0;
  fail_unless (part[0] < 0.25 && part[1] > 0.75 && part[2] < 0.25, "%f %f %f",
      part[0], part[1], part[2]);

  fail_unless_equals_int (grid->sections->len, 3);
  for (guint i = 0; i < 3; i++) {
    static const GstMontageSectionLabel labels[] = {GST_MONTAGE_SECTION_INTRO,
        GST_MONTAGE_SECTION_DROP, GST_MONTAGE_SECTION_OUTRO};
    const GstMontageSection *section = &g_array_index (grid->sections,
        GstMontageSection, i);

    fail_unless_equals_int (section->label, labels[i]);
    fail_unless (ABS (GST_CLOCK_DIFF (24 * i * GST_SECOND, section->start))
        < (gint64) (20 * GST_MSECOND));
  }
}
GST_END_TEST;

static Suite *
beattracker_suite (void)
{
  Suite *suite = suite_create ("beattracker");
  TCase *tc = tcase_create ("general");

  suite_add_tcase (suite, tc);
  tcase_set_timeout (tc, 60);
  tcase_add_loop_test (tc, test_band_at_constant_tempo, 0,
      G_N_ELEMENTS (tempi));
  tcase_add_loop_test (tc, test_harmony_tells_the_level, 0,
      G_N_ELEMENTS (struck));
  tcase_add_test (tc, test_clicks_and_kicks);
  tcase_add_test (tc, test_tempo_jumps);
  tcase_add_loop_test (tc, test_goes_on_after_a_pause, 0,
      G_N_ELEMENTS (pauses));
  tcase_add_test (tc, test_tempo_drifts);
  tcase_add_test (tc, test_waltz);
  tcase_add_test (tc, test_tracks_for_long);
  tcase_add_test (tc, test_silence_and_noise);
  tcase_add_test (tc, test_speech_has_no_beat);
  tcase_add_test (tc, test_short);
  tcase_add_test (tc, test_pieces_do_not_matter);
  tcase_add_test (tc, test_what_is_no_number_does_no_harm);
  tcase_add_test (tc, test_envelope);
  tcase_add_test (tc, test_energy_and_sections);
  return suite;
}

GST_CHECK_MAIN (beattracker)
