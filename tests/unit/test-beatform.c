/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Bars and parts of songs whose form is known. */

#include <math.h>
#include <gst/check/gstcheck.h>

#include "beatanalyzer.h"
#include "song.h"

static GstMontageBeatGrid *
analyse (const MontageSong *song, const BeatSettings *settings)
{
  static const BeatSettings defaults = BEAT_SETTINGS_INIT;
  g_autoptr (BeatAnalyzer)
      analyzer = beat_analyzer_new (settings ? settings : &defaults);
  g_autofree gfloat *mono = g_new (gfloat, song->n_frames);

  for (gsize i = 0; i < song->n_frames; i++)
    mono[i] = 0.5f * (song->samples[2 * i] + song->samples[2 * i + 1]);
  beat_analyzer_push (analyzer, mono, song->n_frames);
  return beat_analyzer_finish (analyzer);
}

/* Share of the true downbeats that are found, less what is found beside them,
 * as an F-measure, at 70 ms. */
static gdouble
downbeats_found (const GstMontageBeatGrid *grid, const MontageSong *song)
{
  guint truths = 0, found = 0, hits = 0;

  for (guint k = 0; k < song->beats->len; k++)
    truths += g_array_index (song->beats, MontageSongBeat, k).position == 1;
  for (guint i = 0; i < grid->beats->len; i++) {
    const GstMontageBeat *beat = &g_array_index (grid->beats, GstMontageBeat,
        i);

    if (beat->position != 1)
      continue;
    found++;
    for (guint k = 0; k < song->beats->len; k++) {
      const MontageSongBeat *truth = &g_array_index (song->beats,
          MontageSongBeat, k);

      if (truth->position == 1
          && fabs (truth->time - (gdouble) beat->time / GST_SECOND) < 0.07) {
        hits++;
        break;
      }
    }
  }
  return 2.0 * hits / (truths + found);
}

static const struct
{
  const gchar *what;
  MontageSongOptions options;
  guint subdivisions;
} songs[] = {
    {"4/4", {.bpm = 116, .meter = 4}, 2},
    {"3/4", {.bpm = 132, .meter = 3}, 2},
    {"6/8", {.bpm = 80, .meter = 2, .compound = TRUE}, 3},
    {"12/8", {.bpm = 92, .meter = 4, .compound = TRUE}, 3},
    {"a pick-up", {.bpm = 124, .meter = 4, .pickup = 1}, 2},
    {"a start in mid-bar", {.bpm = 120, .meter = 4, .skip = 1.2}, 2},
    {"a pause", {.bpm = 110, .meter = 4, .pause = 5 * 60 / 110.0}, 2},
    {"a fade", {.bpm = 104, .meter = 4, .fade_in = 12.0}, 2},
    {"no drums", {.bpm = 100, .meter = 4, .no_drums = TRUE}, 2},
};

static MontageSong *
play (const MontageSongOptions *wanted, guint seed)
{
  MontageSongOptions options = *wanted;

  options.style = MONTAGE_SONG_BAND;
  options.to_bpm = options.bpm;
  options.seed = seed;
  if (options.seconds == 0)
    options.seconds = 70;
  return montage_song_new (&options);
}

GST_START_TEST (test_bars)
{
  const MontageSongOptions *options = &songs[__i__].options;

  for (guint seed = 1; seed <= 2; seed++) {
    g_autoptr (MontageSong) song = play (options, seed);
    g_autoptr (GstMontageBeatGrid) grid = analyse (song, NULL);
    gdouble f = downbeats_found (grid, song);

    fail_unless (f >= 0.9, "%s: %.2f of the downbeats", songs[__i__].what, f);
    fail_unless_equals_int (grid->beats_per_bar, options->meter);
    fail_unless (grid->subdivisions == 0
            || grid->subdivisions == songs[__i__].subdivisions,
        "%s: %u parts", songs[__i__].what, grid->subdivisions);
  }
}
GST_END_TEST;

/* What the user says about bars is so, even where the music says otherwise. */
GST_START_TEST (test_told_bars)
{
  static const MontageSongOptions options = {.bpm = 120, .meter = 4};
  g_autoptr (MontageSong) song = play (&options, 1);
  BeatSettings settings = BEAT_SETTINGS_INIT;
  static const guint metres[] = {1, 2, 3, 4, 5, 7, 16};

  for (guint m = 0; m < G_N_ELEMENTS (metres); m++) {
    g_autoptr (GstMontageBeatGrid) grid = NULL;
    guint known = 21;

    settings.beats_per_bar = metres[m];
    settings.first_downbeat = known * 0.5 + 0.1;
    grid = analyse (song, &settings);
    fail_unless_equals_int (grid->beats_per_bar, metres[m]);
    for (guint i = 0; i < grid->beats->len; i++) {
      const GstMontageBeat *beat = &g_array_index (grid->beats, GstMontageBeat,
          i);
      guint number = (guint) (beat->time * 2.0 / GST_SECOND + 0.5);

      fail_unless_equals_int (beat->position,
          (number + 16 * metres[m] - known) % metres[m] + 1);
    }
  }
}
GST_END_TEST;

/* Nothing tells the beats of a metronome apart, but for the user. */
GST_START_TEST (test_metronome)
{
  MontageSongOptions options = {.style = MONTAGE_SONG_CLICKS,
      .bpm = 100,
      .to_bpm = 100,
      .meter = 1,
      .seconds = 30};
  g_autoptr (MontageSong) song = montage_song_new (&options);
  g_autoptr (GstMontageBeatGrid) grid = analyse (song, NULL);
  g_autoptr (GstMontageBeatGrid) told = NULL;
  BeatSettings settings = BEAT_SETTINGS_INIT;

  fail_unless (grid->beats->len >= 48);
  fail_unless_equals_int (grid->beats_per_bar, 0);
  fail_unless_equals_int (grid->subdivisions, 0);
  fail_unless_equals_int (g_array_index (grid->beats, GstMontageBeat, 7)
                              .position,
      0);
  settings.first_downbeat = 1.2;
  told = analyse (song, &settings);
  fail_unless_equals_int (told->beats_per_bar, 4);
  fail_unless_equals_int (g_array_index (told->beats, GstMontageBeat, 6)
                              .position,
      1);
}
GST_END_TEST;

static Suite *
form_suite (void)
{
  Suite *suite = suite_create ("beatform");
  TCase *tc = tcase_create ("general");

  suite_add_tcase (suite, tc);
  tcase_set_timeout (tc, 240);
  tcase_add_loop_test (tc, test_bars, 0, G_N_ELEMENTS (songs));
  tcase_add_test (tc, test_told_bars);
  tcase_add_test (tc, test_metronome);
  return suite;
}

GST_CHECK_MAIN (form);
