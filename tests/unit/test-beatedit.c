/* SPDX-License-Identifier: LGPL-2.1-or-later */

/* Corrections of a beat grid, and label files. */

#include <math.h>
#include <string.h>

#include <gst/check/gstcheck.h>
#include <gst/montage/montage.h>

#define BEAT (500 * GST_MSECOND)

/* @n beats from 0.5 s on, 120 to the minute; @bar 0: no bars. Two parts, the
 * second from beat 8 on. */
static GstMontageBeatGrid *
new_grid (guint n, guint bar)
{
  GstMontageBeatGrid *grid = gst_montage_beat_grid_new ();
  GstMontageSection intro = {0, 9 * BEAT, GST_MONTAGE_SECTION_INTRO, 0};
  GstMontageSection drop = {9 * BEAT, (n + 2) * BEAT, GST_MONTAGE_SECTION_DROP,
      0};

  grid->duration = (n + 2) * BEAT;
  grid->tempo = 120;
  grid->alternative_tempo = 80;
  grid->confidence = 0.25;
  grid->beats_per_bar = bar;
  for (guint i = 0; i < n; i++) {
    GstMontageBeat beat = {(i + 1) * BEAT, bar > 0 ? i % bar + 1 : 0,
        i < 8 ? 0.25 : 0.75, 0.5, 120};

    g_array_append_val (grid->beats, beat);
  }
  g_array_append_val (grid->sections, intro);
  g_array_append_val (grid->sections, drop);
  return grid;
}

static const GstMontageBeat *
beat_at (const GstMontageBeatGrid *grid, guint index)
{
  return &g_array_index (grid->beats, GstMontageBeat, index);
}

static const GstMontageSection *
section_at (const GstMontageBeatGrid *grid, guint index)
{
  return &g_array_index (grid->sections, GstMontageSection, index);
}

/* "1 2 3 4 1": the positions of all beats. */
static void
check_positions (const GstMontageBeatGrid *grid, const gchar *expected)
{
  g_autoptr (GString) out = g_string_new (NULL);

  for (guint i = 0; i < grid->beats->len; i++)
    g_string_append_printf (out, "%s%u", i > 0 ? " " : "",
        beat_at (grid, i)->position);
  fail_unless_equals_string (out->str, expected);
}

/* What was made is a document that can be read. */
static void
check_document (const GstMontageBeatGrid *grid)
{
  g_autofree gchar *json = gst_montage_beat_grid_to_json (grid);
  g_autoptr (GError) error = NULL;
  g_autoptr (GstMontageBeatGrid)
      again = gst_montage_beat_grid_from_json (json, -1, NULL, &error);

  fail_unless (again != NULL, "%s", error ? error->message : "");
}

/* ---- halve, double ---- */

GST_START_TEST (test_halve)
{
  g_autoptr (GstMontageBeatGrid) grid = new_grid (16, 4);

  gst_montage_beat_grid_halve (grid);
  check_positions (grid, "1 2 1 2 1 2 1 2");
  fail_unless_equals_uint64 (beat_at (grid, 1)->time, 3 * BEAT);
  fail_unless_equals_float (grid->tempo, 60);
  fail_unless_equals_float (beat_at (grid, 1)->tempo, 60);
  fail_unless_equals_float (grid->alternative_tempo, 120);
  fail_unless_equals_float (grid->confidence, 1);
  fail_unless_equals_int (grid->beats_per_bar, 2);
  check_document (grid);
}
GST_END_TEST;

/* Which half goes is told by the downbeats. */
GST_START_TEST (test_halve_keeps_downbeats)
{
  g_autoptr (GstMontageBeatGrid) grid = new_grid (12, 4);

  for (guint i = 0; i < 12; i++)
    g_array_index (grid->beats, GstMontageBeat, i).position = (i + 3) % 4 + 1;
  gst_montage_beat_grid_halve (grid);
  check_positions (grid, "1 2 1 2 1 2");
  fail_unless_equals_uint64 (beat_at (grid, 0)->time, 2 * BEAT);
}
GST_END_TEST;

/* A bar of five between bars of four: no downbeat is lost. */
GST_START_TEST (test_halve_irregular_bar)
{
  static const guint positions[] = {1, 2, 3, 4, 1, 2, 3, 4, 5, 1, 2, 3, 4, 1, 2,
      3};
  g_autoptr (GstMontageBeatGrid) grid = new_grid (16, 4);

  for (guint i = 0; i < 16; i++)
    g_array_index (grid->beats, GstMontageBeat, i).position = positions[i];
  gst_montage_beat_grid_halve (grid);
  check_positions (grid, "1 2 1 2 1 2 1 2");
  fail_unless_equals_uint64 (beat_at (grid, 4)->time, 10 * BEAT);
}
GST_END_TEST;

/* Bars of three cannot be halved: two become one. */
GST_START_TEST (test_halve_waltz)
{
  g_autoptr (GstMontageBeatGrid) grid = new_grid (12, 3);

  gst_montage_beat_grid_halve (grid);
  check_positions (grid, "1 2 3 1 2 3");
  fail_unless_equals_int (grid->beats_per_bar, 3);
}
GST_END_TEST;

GST_START_TEST (test_halve_without_bars)
{
  g_autoptr (GstMontageBeatGrid) grid = new_grid (5, 0);
  g_autoptr (GstMontageBeatGrid) empty = gst_montage_beat_grid_new ();

  gst_montage_beat_grid_halve (grid);
  check_positions (grid, "0 0 0");
  fail_unless_equals_int (grid->beats_per_bar, 0);
  gst_montage_beat_grid_halve (empty);
  gst_montage_beat_grid_double (empty);
  fail_unless_equals_int (empty->beats->len, 0);
  fail_unless_equals_float (empty->confidence, 0);
}
GST_END_TEST;

GST_START_TEST (test_double)
{
  g_autoptr (GstMontageBeatGrid) grid = new_grid (9, 4);
  gdouble onsets[] = {0, 0, 0, 1, 0, 0};

  grid->onset_interval = 250 * GST_MSECOND;
  g_array_append_vals (grid->onsets, onsets, G_N_ELEMENTS (onsets));
  gst_montage_beat_grid_double (grid);
  check_positions (grid, "1 2 3 4 5 6 7 8 1 2 3 4 5 6 7 8 1");
  fail_unless_equals_uint64 (beat_at (grid, 1)->time, 750 * GST_MSECOND);
  fail_unless_equals_float (beat_at (grid, 1)->strength, 1);
  fail_unless_equals_float (beat_at (grid, 3)->strength, 0);
  fail_unless_equals_float (beat_at (grid, 15)->energy, 0.5);
  fail_unless_equals_float (grid->tempo, 240);
  fail_unless_equals_float (grid->alternative_tempo, 120);
  fail_unless_equals_int (grid->beats_per_bar, 8);
  check_document (grid);
}
GST_END_TEST;

GST_START_TEST (test_double_then_halve)
{
  g_autoptr (GstMontageBeatGrid) grid = new_grid (13, 4);

  gst_montage_beat_grid_double (grid);
  gst_montage_beat_grid_halve (grid);
  check_positions (grid, "1 2 3 4 1 2 3 4 1 2 3 4 1");
  for (guint i = 0; i < 13; i++)
    fail_unless_equals_uint64 (beat_at (grid, i)->time, (i + 1) * BEAT);
  fail_unless_equals_float (grid->tempo, 120);
}
GST_END_TEST;

/* Where the music rests, no beat is invented. */
GST_START_TEST (test_double_leaves_pauses)
{
  g_autoptr (GstMontageBeatGrid) grid = new_grid (8, 0);

  g_array_remove_index (grid->beats, 4);
  gst_montage_beat_grid_double (grid);
  fail_unless_equals_int (grid->beats->len, 7 + 5);
  fail_unless_equals_uint64 (beat_at (grid, 6)->time, 4 * BEAT);
  fail_unless_equals_uint64 (beat_at (grid, 7)->time, 6 * BEAT);
}
GST_END_TEST;

/* Positions that no document can hold are not known. */
GST_START_TEST (test_double_long_bars)
{
  g_autoptr (GstMontageBeatGrid) grid = new_grid (64, 64);

  gst_montage_beat_grid_double (grid);
  fail_unless_equals_int (grid->beats_per_bar, 0);
  check_document (grid);
}
GST_END_TEST;

/* ---- shift ---- */

GST_START_TEST (test_shift)
{
  g_autoptr (GstMontageBeatGrid) grid = new_grid (16, 4);
  GstClockTime duration = grid->duration;

  gst_montage_beat_grid_shift (grid, 40 * GST_MSECOND);
  fail_unless_equals_int (grid->beats->len, 16);
  fail_unless_equals_uint64 (beat_at (grid, 0)->time, 540 * GST_MSECOND);
  fail_unless_equals_uint64 (section_at (grid, 0)->start, 0);
  fail_unless_equals_uint64 (section_at (grid, 1)->start,
      9 * BEAT + 40 * GST_MSECOND);
  fail_unless_equals_uint64 (section_at (grid, 0)->end,
      section_at (grid, 1)->start);
  fail_unless_equals_uint64 (section_at (grid, 1)->end, duration);
  gst_montage_beat_grid_shift (grid, -40 * GST_MSECOND);
  fail_unless_equals_uint64 (beat_at (grid, 0)->time, BEAT);
  fail_unless_equals_float (grid->tempo, 120);
}
GST_END_TEST;

GST_START_TEST (test_shift_out_of_the_song)
{
  g_autoptr (GstMontageBeatGrid) early = new_grid (16, 4);
  g_autoptr (GstMontageBeatGrid) late = new_grid (16, 4);
  g_autoptr (GstMontageBeatGrid) gone = new_grid (16, 4);

  gst_montage_beat_grid_shift (early, -(GstClockTimeDiff) (2 * BEAT));
  check_positions (early, "2 3 4 1 2 3 4 1 2 3 4 1 2 3 4");
  fail_unless_equals_uint64 (beat_at (early, 0)->time, 0);
  gst_montage_beat_grid_shift (late, 3 * BEAT);
  check_positions (late, "1 2 3 4 1 2 3 4 1 2 3 4 1 2");
  check_document (late);
  gst_montage_beat_grid_shift (gone, -(GstClockTimeDiff) (100 * BEAT));
  fail_unless_equals_int (gone->beats->len, 0);
  fail_unless_equals_int (gone->sections->len, 1);
  check_document (gone);
}
GST_END_TEST;

/* ---- bars ---- */

GST_START_TEST (test_shift_bars)
{
  g_autoptr (GstMontageBeatGrid) later = new_grid (16, 4);
  g_autoptr (GstMontageBeatGrid) earlier = new_grid (16, 4);

  fail_unless (gst_montage_beat_grid_shift_bars (later, 1, NULL));
  check_positions (later, "4 1 2 3 4 1 2 3 4 1 2 3 4 1 2 3");
  /* The parts go with their bars, and their energy with them. */
  fail_unless_equals_uint64 (section_at (later, 1)->start, 10 * BEAT);
  fail_unless_equals_uint64 (section_at (later, 0)->end, 10 * BEAT);
  fail_unless (fabs (section_at (later, 0)->energy - 2.75 / 9) < 1e-9);
  /* Three later is one earlier. */
  fail_unless (gst_montage_beat_grid_shift_bars (earlier, 3, NULL));
  check_positions (earlier, "2 3 4 1 2 3 4 1 2 3 4 1 2 3 4 1");
  fail_unless_equals_uint64 (section_at (earlier, 1)->start, 8 * BEAT);
  fail_unless_equals_uint64 (beat_at (earlier, 0)->time, BEAT);
}
GST_END_TEST;

GST_START_TEST (test_shift_bars_needs_bars)
{
  g_autoptr (GstMontageBeatGrid) grid = new_grid (16, 0);
  g_autoptr (GError) error = NULL;

  fail_if (gst_montage_beat_grid_shift_bars (grid, 1, &error));
  fail_unless (strstr (error->message, "how many beats a bar has") != NULL);
}
GST_END_TEST;

GST_START_TEST (test_set_bars)
{
  g_autoptr (GstMontageBeatGrid) grid = new_grid (8, 4);
  g_autoptr (GstMontageBeatGrid) none = new_grid (4, 0);

  fail_unless (gst_montage_beat_grid_shift_bars (grid, 1, NULL));
  gst_montage_beat_grid_set_bars (grid, 3);
  check_positions (grid, "3 1 2 3 1 2 3 1");
  fail_unless_equals_int (grid->beats_per_bar, 3);
  gst_montage_beat_grid_set_bars (none, 2);
  check_positions (none, "1 2 1 2");
}
GST_END_TEST;

GST_START_TEST (test_set_downbeat)
{
  g_autoptr (GstMontageBeatGrid) grid = new_grid (8, 4);

  /* Nearest to 1.8 s is the third beat, at 1.5 s: no, the fourth, at 2 s. */
  fail_unless (
      gst_montage_beat_grid_set_downbeat (grid, 1800 * GST_MSECOND, NULL));
  check_positions (grid, "2 3 4 1 2 3 4 1");
}
GST_END_TEST;

/* ---- label files ---- */

static GstMontageBeatGrid *
read_labels (const gchar *text)
{
  g_autoptr (GError) error = NULL;
  GstMontageBeatGrid *grid = gst_montage_beat_grid_from_labels (text, -1,
      "x.txt", &error);

  fail_unless (grid != NULL, "%s", error ? error->message : "");
  return grid;
}

static void
check_refused (const gchar *text, const gchar *expected)
{
  g_autoptr (GError) error = NULL;

  fail_unless (
      gst_montage_beat_grid_from_labels (text, -1, "x.txt", &error) == NULL);
  fail_unless_equals_string (error->message, expected);
}

GST_START_TEST (test_labels_written)
{
  g_autoptr (GstMontageBeatGrid) grid = new_grid (9, 4);
  g_autofree gchar *text = NULL;

  g_array_set_size (grid->beats, 2);
  g_array_index (grid->beats, GstMontageBeat, 1).position = 0;
  text = gst_montage_beat_grid_to_labels (grid);
  fail_unless_equals_string (text,
      "0.000000\t4.500000\tintro\n"
      "0.500000\t0.500000\t1\n"
      "1.000000\t1.000000\t\n"
      "4.500000\t5.500000\tdrop\n");
}
GST_END_TEST;

GST_START_TEST (test_labels_round_trip)
{
  g_autoptr (GstMontageBeatGrid) grid = new_grid (64, 4);
  g_autoptr (GstMontageBeatGrid) labels = NULL;
  g_autofree gchar *text = NULL;
  g_autofree gchar *again = NULL;

  for (guint i = 0; i < 64; i++)
    g_array_index (grid->beats, GstMontageBeat, i).time += i * 1234567;
  text = gst_montage_beat_grid_to_labels (grid);
  labels = read_labels (text);
  fail_unless_equals_int (labels->beats->len, 64);
  for (guint i = 0; i < 64; i++) {
    fail_unless (ABS (GST_CLOCK_DIFF (beat_at (labels, i)->time,
                     beat_at (grid, i)->time))
        <= 500);
    fail_unless_equals_int (beat_at (labels, i)->position,
        beat_at (grid, i)->position);
  }
  fail_unless_equals_int (labels->sections->len, 2);
  fail_unless_equals_int (section_at (labels, 1)->label,
      GST_MONTAGE_SECTION_DROP);
  again = gst_montage_beat_grid_to_labels (labels);
  fail_unless_equals_string (text, again);
}
GST_END_TEST;

/* Marks set by ear: only the ones are named. A mark before the first of them
 * is the end of a bar. */
GST_START_TEST (test_labels_are_counted)
{
  g_autoptr (GstMontageBeatGrid) grid = read_labels (
      "0.5\t0.5\t\n1.0\t1.0\t1\n1.5\t1.5\t\n2.0\t2.0\t\n"
      "2.5\t2.5\t1\n3.0\t3.0\t\n3.5\t3.5\t\n4.0\t4.0\t\n4.5\t4.5\t\n");

  check_positions (grid, "3 1 2 3 1 2 3 1 2");
  fail_unless_equals_int (grid->beats_per_bar, 3);
  fail_unless (fabs (grid->tempo - 120) < 1e-6);
  fail_unless (fabs (beat_at (grid, 4)->tempo - 120) < 1e-6);
}
GST_END_TEST;

GST_START_TEST (test_labels_forms)
{
  static const gchar *const same[] = {
      "1.0\t1.0\t1\n2.0\t2.0\t2\n3.0\t3.0\t1\n",
      "\357\273\2771.0\t1.0\t1\r\n2.0\t2.0\t2\r\n3.0\t3.0\t1",
      "1.0 1\n2.0 2\n3.0 1\n",
      "1\t1\n2\t2\n3\t1\n",
      "\n3.0\t3.0\t1\n\\\t10.0\t20.0\n1.0\t1.0\t1\n\\\t-1\t-1\n2.0\t2.0\t\n\n",
      "1.0\t1.0\t7.1\n2.0\t2.0\t7.2\n3.0\t3.0\t8.1\n",
  };

  for (guint i = 0; i < G_N_ELEMENTS (same); i++) {
    g_autoptr (GstMontageBeatGrid) grid = read_labels (same[i]);

    check_positions (grid, "1 2 1");
    fail_unless_equals_uint64 (beat_at (grid, 1)->time, 2 * GST_SECOND);
  }
}
GST_END_TEST;

GST_START_TEST (test_labels_single_mark)
{
  g_autoptr (GstMontageBeatGrid)
      one = read_labels ("1.0\t1.0\t1\n2.0\t2.0\t\n3.0\t3.0\t\n");
  g_autoptr (GstMontageBeatGrid) plain = read_labels ("1.0\n1.5\n2.0\n");

  check_positions (one, "1 0 0");
  fail_unless_equals_int (one->beats_per_bar, 0);
  check_positions (plain, "0 0 0");
}
GST_END_TEST;

GST_START_TEST (test_labels_parts)
{
  g_autoptr (GstMontageBeatGrid) grid = read_labels (
      "0.0\t8.0\tVerse 2\n8.0\t16.0\tRefrain\n15.98\t20.0\tCHORUS\n");

  fail_unless_equals_int (grid->sections->len, 3);
  fail_unless_equals_int (section_at (grid, 0)->label,
      GST_MONTAGE_SECTION_VERSE);
  fail_unless_equals_int (section_at (grid, 1)->label,
      GST_MONTAGE_SECTION_UNKNOWN);
  fail_unless_equals_int (section_at (grid, 2)->label,
      GST_MONTAGE_SECTION_CHORUS);
  fail_unless_equals_uint64 (section_at (grid, 1)->end,
      section_at (grid, 2)->start);
}
GST_END_TEST;

GST_START_TEST (test_labels_refused)
{
  check_refused ("1.0\t1.0\t1\n2,5\t2,5\t2\n",
      "x.txt, line 2: '2,5' has a decimal comma; write a point.");
  check_refused ("1.0\t1.0\t1\n\nx\t2.5\t2\n",
      "x.txt, line 3: 'x' is not a time; write seconds from 0 to 360000, such "
      "as 12.345678.");
  check_refused ("-1.0\t1.0\t1\n",
      "x.txt, line 1: '-1.0' is not a time; write seconds from 0 to 360000, "
      "such as 12.345678.");
  check_refused ("2.0\t2.0\t1\n1.0\t1.0\t1\n2.0\t2.0\t3\n",
      "x.txt, line 3: this beat is also on line 1; delete one of them.");
  check_refused ("2.0\t1.0\tdrop\n",
      "x.txt, line 1: the label ends before it starts; put the smaller time "
      "first.");
  check_refused ("0.0\t5.0\tintro\n4.0\t9.0\tdrop\n",
      "x.txt, line 2: this part overlaps the one on line 1; move its start to "
      "the end of that.");
  check_refused ("1.0\t1.0\tclap\n",
      "x.txt, line 1: the beat 'clap' has no position in the bar; write 1 for "
      "the first of a bar, 2, 3 and so on for the others, or nothing.");
  check_refused ("1.0\t1.0\t1\n\xff\n",
      "x.txt, line 2: this is not text in UTF-8; save it as such.");
  check_refused ("", "x.txt holds no labels; export them once more.");
}
GST_END_TEST;

/* Times and bars are the labels', energy and strength those of the sound. */
GST_START_TEST (test_labels_over_the_sound)
{
  g_autoptr (GstMontageBeatGrid) grid = new_grid (16, 4);
  g_autoptr (GstMontageBeatGrid) labels = read_labels (
      "0.7\t0.7\t1\n1.7\t1.7\t\n2.7\t2.7\t1\n7.9\t7.9\t1\n"
      "2.0\t6.0\tbuild\n");

  grid->note = g_strdup ("No beat was found.");
  fail_unless (gst_montage_beat_grid_take_labels (grid, labels, "x.txt", NULL));
  check_positions (grid, "1 2 1 1");
  fail_unless_equals_float (beat_at (grid, 0)->energy, 0.25);
  fail_unless_equals_float (beat_at (grid, 3)->energy, 0.75);
  fail_unless_equals_float (beat_at (grid, 3)->strength, 0.5);
  fail_unless (fabs (grid->tempo - 60) < 1e-6);
  fail_unless_equals_float (grid->alternative_tempo, 120);
  fail_unless_equals_float (grid->confidence, 1);
  fail_unless (grid->note == NULL);
  /* The parts cover the song. */
  fail_unless_equals_int (grid->sections->len, 3);
  fail_unless_equals_int (section_at (grid, 0)->label,
      GST_MONTAGE_SECTION_UNKNOWN);
  fail_unless_equals_int (section_at (grid, 1)->label,
      GST_MONTAGE_SECTION_BUILD);
  fail_unless_equals_float (section_at (grid, 1)->energy, 0.25);
  fail_unless_equals_uint64 (section_at (grid, 2)->end, grid->duration);
  check_document (grid);
}
GST_END_TEST;

GST_START_TEST (test_labels_of_another_song)
{
  g_autoptr (GstMontageBeatGrid) grid = new_grid (16, 4);
  g_autoptr (GstMontageBeatGrid) labels = read_labels ("1.0\n20.0\n");
  g_autoptr (GError) error = NULL;

  fail_if (gst_montage_beat_grid_take_labels (grid, labels, "x.txt", &error));
  fail_unless_equals_string (error->message,
      "x.txt goes on to 20 s, and the song lasts only 9 s: take the labels of "
      "this song.");
}
GST_END_TEST;

static Suite *
beatedit_suite (void)
{
  Suite *s = suite_create ("beatedit");
  TCase *tests = tcase_create ("corrections");
  TCase *labels = tcase_create ("labels");

  suite_add_tcase (s, tests);
  tcase_add_test (tests, test_halve);
  tcase_add_test (tests, test_halve_keeps_downbeats);
  tcase_add_test (tests, test_halve_irregular_bar);
  tcase_add_test (tests, test_halve_waltz);
  tcase_add_test (tests, test_halve_without_bars);
  tcase_add_test (tests, test_double);
  tcase_add_test (tests, test_double_then_halve);
  tcase_add_test (tests, test_double_leaves_pauses);
  tcase_add_test (tests, test_double_long_bars);
  tcase_add_test (tests, test_shift);
  tcase_add_test (tests, test_shift_out_of_the_song);
  tcase_add_test (tests, test_shift_bars);
  tcase_add_test (tests, test_shift_bars_needs_bars);
  tcase_add_test (tests, test_set_bars);
  tcase_add_test (tests, test_set_downbeat);
  suite_add_tcase (s, labels);
  tcase_add_test (labels, test_labels_written);
  tcase_add_test (labels, test_labels_round_trip);
  tcase_add_test (labels, test_labels_are_counted);
  tcase_add_test (labels, test_labels_forms);
  tcase_add_test (labels, test_labels_single_mark);
  tcase_add_test (labels, test_labels_parts);
  tcase_add_test (labels, test_labels_refused);
  tcase_add_test (labels, test_labels_over_the_sound);
  tcase_add_test (labels, test_labels_of_another_song);
  return s;
}

GST_CHECK_MAIN (beatedit)
