/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Bars, parts and energies of songs whose form is known. */

#include <math.h>
#include <gst/check/gstcheck.h>

#include "beatanalyzer.h"
#include "sectionlabels.h"
#include "song.h"
#include "synth.h"
#include "tonefront.h"

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

/* F of the boundaries, within a bar of 2 s. */
static gdouble
boundaries_found (const GstMontageBeatGrid *grid, const MontageSong *song)
{
  guint hits = 0;

  for (guint k = 1; k < song->sections->len; k++) {
    gdouble truth = g_array_index (song->sections, MontageSongSection, k).start;

    for (guint i = 1; i < grid->sections->len; i++)
      if (fabs ((gdouble) g_array_index (grid->sections, GstMontageSection, i)
                      .start
                  / GST_SECOND
              - truth)
          < 2.01) {
        hits++;
        break;
      }
  }
  return 2.0 * hits / (song->sections->len + grid->sections->len - 2);
}

GST_START_TEST (test_sections)
{
  static const MontageSongOptions options = {.bpm = 120,
      .meter = 4,
      .seconds = 1000};
  gdouble sum = 0.0;

  for (guint seed = 31; seed < 39; seed++) {
    g_autoptr (MontageSong) song = play (&options, seed);
    g_autoptr (GstMontageBeatGrid) grid = analyse (song, NULL);
    const GstMontageSection *sections = (const GstMontageSection *)
                                            grid->sections->data;
    guint n = grid->sections->len;

    sum += boundaries_found (grid, song) / 8.0;
    fail_unless_equals_uint64 (sections[0].start, 0);
    fail_unless_equals_uint64 (sections[n - 1].end, grid->duration);
    for (guint i = 0; i < n; i++) {
      fail_unless (i == 0 || sections[i].start == sections[i - 1].end);
      fail_unless (sections[i].start < sections[i].end);
      fail_unless (sections[i].label != GST_MONTAGE_SECTION_UNKNOWN);
      fail_unless (sections[i].energy >= 0.0 && sections[i].energy <= 1.0);
    }
  }
  fail_unless (sum >= 0.85, "F %.3f", sum);
}
GST_END_TEST;

/* Bars, group, energy, rise, and the label to be given. */
static void
check_labels (const SectionPart *parts, guint n)
{
  SectionPart named[12];

  for (guint i = 0; i < n; i++) {
    named[i] = parts[i];
    named[i].label = GST_MONTAGE_SECTION_UNKNOWN;
  }
  section_labels (named, n);
  for (guint i = 0; i < n; i++)
    fail_unless (named[i].label == parts[i].label, "part %u of %u is called %d",
        i, n, named[i].label);
}

GST_START_TEST (test_labels)
{
  static const SectionPart song[] = {{4, 0, 0.1, 0, GST_MONTAGE_SECTION_INTRO},
      {16, 1, 0.5, 0, GST_MONTAGE_SECTION_VERSE},
      {8, 2, 0.9, 0, GST_MONTAGE_SECTION_CHORUS},
      {16, 1, 0.5, 0, GST_MONTAGE_SECTION_VERSE},
      {8, 2, 0.9, 0, GST_MONTAGE_SECTION_CHORUS},
      {8, 3, 0.2, 0, GST_MONTAGE_SECTION_BREAK},
      {8, 2, 0.85, 0, GST_MONTAGE_SECTION_CHORUS},
      {3, 0, 0.2, 0, GST_MONTAGE_SECTION_OUTRO},
      {1, 4, 0.0, 0, GST_MONTAGE_SECTION_OUTRO}};
  static const SectionPart dance[] = {{8, 0, 0.3, 0, GST_MONTAGE_SECTION_INTRO},
      {8, 1, 0.6, 0.3, GST_MONTAGE_SECTION_BUILD},
      {16, 2, 0.95, 0, GST_MONTAGE_SECTION_DROP},
      {8, 3, 0.2, 0, GST_MONTAGE_SECTION_BREAK},
      {8, 1, 0.6, 0.3, GST_MONTAGE_SECTION_BUILD},
      {16, 2, 0.95, 0, GST_MONTAGE_SECTION_DROP},
      {8, 4, 0.3, 0, GST_MONTAGE_SECTION_OUTRO}};
  static const SectionPart at_once[] = {{8, 0, 0.5, 0,
                                            GST_MONTAGE_SECTION_VERSE},
      {8, 1, 0.8, 0, GST_MONTAGE_SECTION_CHORUS},
      {8, 0, 0.5, 0, GST_MONTAGE_SECTION_VERSE},
      {8, 1, 0.8, 0, GST_MONTAGE_SECTION_CHORUS}};
  static const SectionPart alone[] = {
      {16, 0, 0.5, 0, GST_MONTAGE_SECTION_CHORUS}};

  check_labels (song, G_N_ELEMENTS (song));
  check_labels (dance, G_N_ELEMENTS (dance));
  check_labels (at_once, G_N_ELEMENTS (at_once));
  check_labels (alone, G_N_ELEMENTS (alone));
}
GST_END_TEST;

/* A sine of full scale at 997 Hz in one channel is at -3.01 LUFS (ITU-R
 * BS.1770-4), and low notes count less. */
GST_START_TEST (test_loudness)
{
  static const struct
  {
    gdouble hz;
    gdouble lufs;
  } tones[] = {{997.0, -3.01}, {25.0, -14.13}, {10000.0, 0.3}};

  for (guint k = 0; k < G_N_ELEMENTS (tones); k++) {
    g_autoptr (ToneFront) front = tone_front_new ();
    gdouble loudness;

    for (guint i = 0; i < 3 * 44100; i++) {
      gfloat x = (gfloat) sin (2.0 * G_PI * tones[k].hz * i / 44100.0);

      tone_front_push (front, &x, 1);
    }
    tone_front_finish (front);
    loudness = tone_front_loudness (front, 1.0, 2.0);
    fail_unless (fabs (loudness - tones[k].lufs) < 0.1, "%.0f Hz: %.2f LUFS",
        tones[k].hz, loudness);
    fail_unless_equals_float (tone_front_loudness (front, 3.5, 4.0), -70.0);
  }
}
GST_END_TEST;

typedef enum
{
  MORE_LEVEL,
  MORE_ONSETS,
  MORE_BASS,
  MORE_TREBLE,
  N_MORES
} More;

/* The same for a minute, then more of one thing. */
static MontageSong *
play_more (More more)
{
  MontageSongOptions options = {.style = MONTAGE_SONG_SILENCE,
      .seconds = 60,
      .meter = 4};
  MontageSong *song = montage_song_new (&options);
  Synth synth = {song->samples, song->n_frames, 1};

  for (guint beat = 0; beat < 120; beat++) {
    gdouble time = 0.5 * beat;
    gdouble level = beat >= 60 && more == MORE_LEVEL ? 1.0 : 0.4;

    synth_kick (&synth, time, 0.3 * level);
    synth_tone (&synth, SYNTH_BRIGHT, time, 0.45, 24 + (gint) (beat / 4 % 3),
        0.1 * level, 0);
    if (beat < 60)
      continue;
    if (more == MORE_ONSETS)
      for (guint k = 1; k < 4; k++)
        synth_tone (&synth, SYNTH_PLUCKED, time + 0.125 * k, 0.1, 24 + 3 * k,
            0.05, 0);
    if (more == MORE_BASS)
      synth_tone (&synth, SYNTH_SOFT, time, 0.5, 0, 0.1, 0);
    if (more == MORE_TREBLE)
      synth_hat (&synth, time, 0.03);
  }
  return song;
}

GST_START_TEST (test_energy)
{
  g_autoptr (MontageSong) song = play_more (__i__);
  g_autoptr (GstMontageBeatGrid) grid = analyse (song, NULL);
  gdouble sums[2] = {0};
  guint counts[2] = {0};

  for (guint i = 0; i < grid->beats->len; i++) {
    const GstMontageBeat *beat = &g_array_index (grid->beats, GstMontageBeat,
        i);
    guint half = beat->time >= 30 * GST_SECOND;

    sums[half] += beat->energy;
    counts[half]++;
  }
  fail_unless (counts[0] > 30 && counts[1] > 30);
  fail_unless (sums[1] / counts[1] > sums[0] / counts[0] + 0.2,
      "more of %d: %.2f, then %.2f", __i__, sums[0] / counts[0],
      sums[1] / counts[1]);
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
  tcase_add_test (tc, test_sections);
  tcase_add_test (tc, test_labels);
  tcase_add_test (tc, test_loudness);
  tcase_add_loop_test (tc, test_energy, 0, N_MORES);
  return suite;
}

GST_CHECK_MAIN (form);
