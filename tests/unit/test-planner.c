/* SPDX-License-Identifier: LGPL-2.1-or-later */

/* How long the film is, and where its cuts are. */

#include <gst/check/gstcheck.h>
#include <math.h>

#include "testplan.h"

GST_START_TEST (test_covers_the_song)
{
  TestFilm film;
  g_autoptr (GstMontagePlan) plan = NULL;
  GstClockTime end = 0;

  test_film_init (&film, test_full_song_new (121, 180.013));
  test_film_add_clips (&film, 6, 10, 6);
  plan = plan_ok (&film);

  /* 180.013 s are 5400.39 frames: 5401 cover them. */
  fail_unless_equals_uint64 (gst_montage_plan_n_frames (plan), 5401);
  for (guint i = 0; i < plan->cuts->len; i++) {
    const GstMontageCut *cut = get_cut (plan, i);
    fail_unless_equals_uint64 (cut->start, end);
    end += cut->duration;
  }
  fail_unless_equals_uint64 (end, plan->duration);
  test_film_clear (&film);
}
GST_END_TEST;

GST_START_TEST (test_same_seed_same_bytes)
{
  TestFilm film;
  gchar *text[3];

  test_film_init (&film, test_full_song_new (121, 60));
  test_film_add_clips (&film, 6, 10, 6);
  for (guint i = 0; i < 3; i++) {
    g_autoptr (GstMontagePlan) plan = NULL;
    film.request.seed = i == 2 ? 8 : 7;
    plan = plan_ok (&film);
    plan->seed = 0;
    text[i] = gst_montage_plan_to_json (plan);
  }
  fail_unless_equals_string (text[0], text[1]);
  fail_if (strcmp (text[0], text[2]) == 0);
  g_free (text[0]);
  g_free (text[1]);
  g_free (text[2]);
  test_film_clear (&film);
}
GST_END_TEST;

static gdouble
half_frame_ms (const GstMontagePlan *plan)
{
  return 500.0 * plan->output.fps_d / plan->output.fps_n + 1e-5;
}

GST_START_TEST (test_no_drift)
{
  TestFilm film;
  g_autoptr (GstMontagePlan) plan = NULL;
  guint on_beat = 0;

  test_film_init (&film, test_song_new (117.3, 310, NULL, NULL, 0));
  film.instructions->pacing.speed = GST_MONTAGE_SPEED_FAST;
  film.instructions->pacing.variation = GST_MONTAGE_VARIATION_MINIMAL;
  film.instructions->pacing.intro_duration_beats = 4;
  film.request.output.fps_n = 30000;
  film.request.output.fps_d = 1001;
  test_film_add_clips (&film, 20, 10, 6);
  plan = plan_ok (&film);
  fail_unless (plan->cuts->len > 295, "%u", plan->cuts->len);
  for (guint i = 1; i < plan->cuts->len; i++) {
    const GstMontageCut *cut = get_cut (plan, i);
    gdouble error;

    fail_unless (cut->beat >= 0);
    error = ABS (GST_CLOCK_DIFF (g_array_index (film.song->beats,
                                     GstMontageBeat, cut->beat)
                                     .time,
                plan->music.start + cut->start))
        / 1e6;
    fail_unless (error <= half_frame_ms (plan), "cut %u: %f ms", i, error);
    on_beat++;
  }
  fail_unless (plan->metrics.cut_beat_error_ms <= half_frame_ms (plan));
  fail_unless (plan->metrics.cut_beat_error_ms > 1);
  test_film_clear (&film);
}
GST_END_TEST;

GST_START_TEST (test_limits_in_every_style)
{
  g_autoptr (GstMontageStyles) styles = gst_montage_styles_load (NULL, NULL);

  fail_unless_equals_int (gst_montage_styles_size (styles), 14);
  for (guint s = 0; s < gst_montage_styles_size (styles); s++) {
    const GstMontageStyle *style = gst_montage_styles_get (styles, s);
    for (guint bpm = 60; bpm <= 200; bpm += 35) {
      TestFilm film;
      g_autoptr (GstMontagePlan) plan = NULL;
      g_autofree gchar *what = g_strdup_printf ("%s %u", style->name, bpm);

      test_film_init (&film, test_full_song_new (bpm, 48));
      gst_montage_instructions_free (film.instructions);
      film.instructions = gst_montage_instructions_copy (style->instructions);
      test_film_add_clips (&film, 4, 3, 14);
      plan = plan_ok (&film);
      check_limits (plan, what);
      fail_unless_equals_uint64 (plan->duration, 48 * GST_SECOND);
      test_film_clear (&film);
    }
  }
}
GST_END_TEST;

/* The song as a tracker hears it that is an octave off. */
static void
change_octave (GstMontageBeatGrid *song, gboolean faster)
{
  GArray *beats = g_array_new (FALSE, FALSE, sizeof (GstMontageBeat));

  for (guint i = 0; i + 1 < song->beats->len; i++) {
    GstMontageBeat beat = g_array_index (song->beats, GstMontageBeat, i);
    GstClockTime next = g_array_index (song->beats, GstMontageBeat, i + 1).time;

    if (!faster && i % 2 != 0)
      continue;
    beat.position = beats->len % 4 + 1;
    g_array_append_val (beats, beat);
    if (!faster)
      continue;
    beat.time = (beat.time + next) / 2;
    beat.position = beats->len % 4 + 1;
    beat.strength = 0.1;
    g_array_append_val (beats, beat);
  }
  song->tempo *= faster ? 2 : 0.5;
  g_array_unref (song->beats);
  song->beats = beats;
}

static gdouble
mean_clip (GstMontageSpeed speed, GstMontageVariation variation, gdouble bpm,
    gint octave)
{
  TestFilm film;
  g_autoptr (GstMontagePlan) plan = NULL;
  gdouble sec;

  test_film_init (&film, test_full_song_new (bpm, 64));
  if (octave != 0)
    change_octave (film.song, octave > 0);
  film.instructions->pacing.speed = speed;
  film.instructions->pacing.variation = variation;
  test_film_add_clips (&film, 3, 4, 30);
  plan = plan_ok (&film);
  sec = plan->metrics.mean_clip_sec;
  test_film_clear (&film);

  return sec;
}

GST_START_TEST (test_octave_does_not_show)
{
  static const gdouble tempi[] = {70, 95, 120, 150};

  for (guint t = 0; t < G_N_ELEMENTS (tempi); t++) {
    for (gint speed = 0; speed <= GST_MONTAGE_SPEED_DYNAMIC; speed++) {
      gint variation = (speed + t) % 4;
      gdouble right = mean_clip (speed, variation, tempi[t], 0);
      for (gint octave = -1; octave <= 1; octave += 2) {
        gdouble wrong = mean_clip (speed, variation, tempi[t], octave);
        fail_unless (wrong > 0.8 * right && wrong < 1.25 * right,
            "%f BPM, speed %d, octave %d: %f s for %f s", tempi[t], speed,
            octave, wrong, right);
      }
    }
  }
}
GST_END_TEST;

GST_START_TEST (test_beats_per_cut)
{
  static const guint beats[] = {16, 8, 4, 2, 1};

  for (guint speed = 0; speed < G_N_ELEMENTS (beats); speed++) {
    TestFilm film;
    g_autoptr (GstMontagePlan) plan = NULL;
    guint as_asked = 0, after_intro = 0;

    test_film_init (&film, test_song_new (120, 120, NULL, NULL, 0));
    film.instructions->pacing.speed = speed;
    film.instructions->pacing.variation = GST_MONTAGE_VARIATION_MINIMAL;
    film.instructions->pacing.intro_duration_beats = 16;
    test_film_add_clips (&film, 6, 4, 30);
    plan = plan_ok (&film);
    for (guint i = 0; i + 1 < plan->cuts->len; i++) {
      const GstMontageCut *cut = get_cut (plan, i);
      if (cut->beat < 16)
        continue;
      after_intro++;
      as_asked += cut->n_beats == beats[speed];
    }
    fail_unless (as_asked * 10 >= after_intro * 9 - 10, "speed %u: %u of %u",
        speed, as_asked, after_intro);
    /* The intro is held back: twice the beats. */
    fail_unless (get_cut (plan, 1)->n_beats >= MIN (2 * beats[speed], 8), "%u",
        get_cut (plan, 1)->n_beats);
    test_film_clear (&film);
  }
}
GST_END_TEST;

GST_START_TEST (test_dynamic_by_position)
{
  TestFilm film;
  g_autoptr (GstMontagePlan) plan = NULL;
  guint counts[3] = {0}, beats[3] = {0};

  test_film_init (&film, test_song_new (120, 200, NULL, NULL, 0));
  test_film_add_clips (&film, 6, 4, 30);
  plan = plan_ok (&film);
  for (guint i = 0; i < plan->cuts->len; i++) {
    const GstMontageCut *cut = get_cut (plan, i);
    guint part = cut->start < 40 * GST_SECOND ? 0
        : cut->start < 140 * GST_SECOND       ? 1
                                              : 2;
    counts[part]++;
    beats[part] += cut->n_beats;
  }
  fail_unless (ABS ((gdouble) beats[0] / counts[0] - 8) < 1.5);
  fail_unless (ABS ((gdouble) beats[1] / counts[1] - 2) < 0.5);
  fail_unless (ABS ((gdouble) beats[2] / counts[2] - 4) < 0.8);
  test_film_clear (&film);
}
GST_END_TEST;

/* Neither the intro nor one shot takes a short film whole. */
GST_START_TEST (test_short_films_are_cut)
{
  static const guint lengths[] = {5, 8, 15};

  for (guint i = 0; i < G_N_ELEMENTS (lengths); i++) {
    TestFilm film;
    g_autoptr (GstMontagePlan) plan = NULL;

    test_film_init (&film, test_song_new (80, 120, NULL, NULL, 0));
    film.instructions->pacing.intro_duration_beats = 32;
    film.request.duration = lengths[i] * GST_SECOND;
    test_film_add_clips (&film, 6, 4, 30);
    plan = plan_ok (&film);
    fail_unless (plan->cuts->len >= 4, "%u cuts in %u s", plan->cuts->len,
        lengths[i]);
    test_film_clear (&film);
  }
}
GST_END_TEST;

GST_START_TEST (test_fibonacci)
{
  static const GstMontageSectionLabel parts[] = {GST_MONTAGE_SECTION_VERSE,
      GST_MONTAGE_SECTION_DROP};
  static const gdouble levels[] = {0.5, 0.9};
  static const guint before[] = {1, 1, 2, 3, 5, 8};
  static const guint after[] = {1, 1, 2, 3, 5};
  TestFilm film;
  g_autoptr (GstMontagePlan) plan = NULL;
  guint climax = 0;

  test_film_init (&film, test_song_new (120, 80.2, parts, levels, 2));
  film.instructions->pacing.speed = GST_MONTAGE_SPEED_FAST;
  film.instructions->pacing.variation = GST_MONTAGE_VARIATION_FIBONACCI;
  test_film_add_clips (&film, 6, 4, 30);
  plan = plan_ok (&film);
  /* The drop starts at 40.1 s, that is beat 80. */
  while (climax < plan->cuts->len && get_cut (plan, climax)->beat != 80)
    climax++;
  fail_unless (climax > 6 && climax + 5 < plan->cuts->len, "%u", climax);
  for (guint i = 0; i < G_N_ELEMENTS (before); i++)
    fail_unless_equals_int (get_cut (plan, climax - 1 - i)->n_beats, before[i]);
  for (guint i = 0; i < G_N_ELEMENTS (after); i++)
    fail_unless_equals_int (get_cut (plan, climax + i)->n_beats, after[i]);
  test_film_clear (&film);
}
GST_END_TEST;

GST_START_TEST (test_sections_and_climax)
{
  TestFilm film;
  guint cuts[2];

  for (guint run = 0; run < 2; run++) {
    g_autoptr (GstMontagePlan) plan = NULL;
    guint starts = 0;

    test_film_init (&film, test_full_song_new (120, 160));
    film.instructions->pacing.speed = GST_MONTAGE_SPEED_MEDIUM;
    film.instructions->pacing.climax_intensity = run;
    test_film_add_clips (&film, 6, 4, 30);
    plan = plan_ok (&film);
    cuts[run] = 0;
    for (guint i = 0; i < plan->cuts->len; i++) {
      const GstMontageCut *cut = get_cut (plan, i);
      cuts[run] += cut->section == GST_MONTAGE_SECTION_DROP;
      for (guint s = 1; s < 8; s++)
        starts += ABS (GST_CLOCK_DIFF (cut->start, s * 20 * GST_SECOND))
            < 300 * (gint64) GST_MSECOND;
    }
    fail_unless_equals_int (starts, 7);
    test_film_clear (&film);
  }
  /* The intensity makes the drops denser. */
  fail_unless (cuts[1] > cuts[0] * 3 / 2, "%u, %u", cuts[0], cuts[1]);
}
GST_END_TEST;

GST_START_TEST (test_no_beats)
{
  TestFilm film;
  g_autoptr (GstMontagePlan) plan = NULL;

  test_film_init (&film, test_song_new (0, 60, NULL, NULL, 0));
  film.instructions->pacing.speed = GST_MONTAGE_SPEED_MEDIUM;
  film.instructions->pacing.variation = GST_MONTAGE_VARIATION_MINIMAL;
  test_film_add_clips (&film, 4, 4, 10);
  plan = plan_ok (&film);
  fail_unless_equals_uint64 (plan->duration, 60 * GST_SECOND);
  for (guint i = 0; i < plan->cuts->len; i++) {
    fail_unless_equals_int (get_cut (plan, i)->beat, -1);
    /* Four beats of half a second, after an intro of twice the length. */
    if (get_cut (plan, i)->start >= 8 * GST_SECOND)
      fail_unless_equals_uint64 (get_cut (plan, i)->duration, 2 * GST_SECOND);
  }
  fail_unless_equals_float (plan->metrics.cuts_on_beat, 0);
  test_film_clear (&film);
}
GST_END_TEST;

/* Without music the film is as long as was asked, else as the footage is
 * worth. */
GST_START_TEST (test_no_music)
{
  static const struct
  {
    guint n_clips;
    guint asked_sec;
    guint sec;
  } films[] = {{6, 17, 17}, {6, 0, 48}, {1, 0, 10}, {60, 0, 180}};

  for (guint i = 0; i < G_N_ELEMENTS (films); i++) {
    TestFilm film;
    g_autoptr (GstMontagePlan) plan = NULL;

    test_film_init (&film, NULL);
    film.instructions->pacing.speed = GST_MONTAGE_SPEED_MEDIUM;
    film.request.duration = films[i].asked_sec * GST_SECOND;
    for (guint k = 0; k < films[i].n_clips; k++) {
      GstMontageShotList *clip = test_clip_new (k, 4, 10, 30, 1);
      for (guint s = 0; s < 4; s++)
        g_array_index (clip->shots, GstMontageShot, s).sharpness = 0.5;
      g_ptr_array_add (film.clips, clip);
    }
    plan = plan_ok (&film);
    /* Each of the four shots once, for four beats of half a second. */
    fail_unless_equals_uint64 (plan->duration, films[i].sec * GST_SECOND);
    fail_unless (plan->music.uri == NULL);
    fail_unless_equals_float (plan->music.tempo, 0);
    fail_unless_equals_int (plan->music.beats->len, 0);
    fail_unless_equals_uint64 (plan->music.fade_out, 0);
    fail_unless (plan->cuts->len >= 3);
    check_material (plan, film.clips);
    test_film_clear (&film);
  }
}
GST_END_TEST;

GST_START_TEST (test_short_song)
{
  TestFilm film;
  g_autoptr (GstMontagePlan) plan = NULL;

  test_film_init (&film, test_song_new (120, 1, NULL, NULL, 0));
  test_film_add_clips (&film, 2, 2, 4);
  plan = plan_ok (&film);
  fail_unless_equals_uint64 (plan->duration, GST_SECOND);
  fail_unless (plan->cuts->len >= 1 && plan->cuts->len <= 2);
  fail_unless (plan->music.fade_out <= GST_SECOND / 4);
  test_film_clear (&film);
}
GST_END_TEST;

GST_START_TEST (test_asked_length)
{
  TestFilm film;
  g_autoptr (GstMontagePlan) plan = NULL;
  g_autoptr (GstMontagePlan) longer = NULL;

  test_film_init (&film, test_full_song_new (120, 160));
  film.instructions->constraints.target_duration_sec = 30;
  test_film_add_clips (&film, 6, 4, 10);
  plan = plan_ok (&film);
  fail_unless_equals_uint64 (plan->duration, 30 * GST_SECOND);
  fail_unless_equals_uint64 (plan->music.duration, 30 * GST_SECOND);
  /* The window starts on a downbeat and holds the louder drop, at 120 s. */
  fail_unless_equals_int (get_cut (plan, 0)->beat % 4, 0);
  fail_unless (plan->music.start > 90 * GST_SECOND
          && plan->music.start < 120 * GST_SECOND,
      "%" GST_TIME_FORMAT, GST_TIME_ARGS (plan->music.start));
  fail_unless (plan->music.fade_out >= GST_SECOND);

  film.request.duration = 500 * GST_SECOND;
  longer = plan_ok (&film);
  fail_unless_equals_uint64 (longer->duration, 160 * GST_SECOND);
  fail_unless (longer->notes != NULL);
  fail_unless (strstr (longer->notes[0], "160 s, not the 500 s") != NULL, "%s",
      longer->notes[0]);
  test_film_clear (&film);
}
GST_END_TEST;

/* 61 beats are no whole bars: the window starts on another beat, so that it ends
 * on a downbeat. */
GST_START_TEST (test_ends_on_downbeat)
{
  TestFilm film;
  g_autoptr (GstMontagePlan) plan = NULL;
  gdouble end;

  test_film_init (&film, test_full_song_new (120, 160));
  film.request.duration = 61 * GST_SECOND / 2;
  test_film_add_clips (&film, 6, 4, 10);
  plan = plan_ok (&film);
  end = (gdouble) (plan->music.start + plan->duration) / GST_SECOND;
  /* Downbeats lie at 0.1 s, 2.1 s, … */
  fail_unless (ABS (fmod (end - 0.1 + 1, 2) - 1) < 0.04, "%f", end);
  fail_unless (get_cut (plan, 0)->beat >= 0);
  test_film_clear (&film);
}
GST_END_TEST;

GST_START_TEST (test_frozen_cuts_stay)
{
  TestFilm film;
  g_autoptr (GstMontagePlan) before = NULL;
  g_autoptr (GstMontagePlan) after = NULL;

  test_film_init (&film, test_full_song_new (120, 60));
  film.instructions->transitions.type = GST_MONTAGE_TRANSITIONS_CROSSFADE;
  test_film_add_clips (&film, 6, 8, 6);
  before = plan_ok (&film);
  film.request.previous = before;
  film.request.n_frozen = 5;
  film.request.seed = 99;
  film.instructions->pacing.speed = GST_MONTAGE_SPEED_VERY_FAST;
  after = plan_ok (&film);
  fail_unless_equals_int (after->revision, 2);
  fail_unless_equals_uint64 (after->duration, before->duration);
  fail_unless (after->cuts->len > before->cuts->len);
  check_material (after, film.clips);
  for (guint i = 0; i < 5; i++) {
    const GstMontageCut *a = get_cut (before, i), *b = get_cut (after, i);
    fail_unless_equals_uint64 (a->start, b->start);
    fail_unless_equals_uint64 (a->duration, b->duration);
    fail_unless_equals_uint64 (a->in_point, b->in_point);
    fail_unless_equals_int (a->source, b->source);
    fail_unless_equals_int (a->beat, b->beat);
    fail_unless_equals_int (a->runners_up->len, b->runners_up->len);
    fail_unless (memcmp (&a->score, &b->score, sizeof (a->score)) == 0);
    fail_unless_equals_string (a->reason, b->reason);
    fail_unless_equals_uint64 (a->transition_duration, b->transition_duration);
  }

  /* All of them frozen: the same film. */
  film.request.n_frozen = before->cuts->len;
  gst_montage_plan_free (after);
  after = plan_ok (&film);
  fail_unless_equals_int (after->cuts->len, before->cuts->len);
  test_film_clear (&film);
}
GST_END_TEST;

static Suite *
planner_suite (void)
{
  Suite *suite = suite_create ("planner");
  TCase *tests = tcase_create ("plan");

  suite_add_tcase (suite, tests);
  tcase_add_test (tests, test_covers_the_song);
  tcase_add_test (tests, test_same_seed_same_bytes);
  tcase_add_test (tests, test_no_drift);
  tcase_add_test (tests, test_limits_in_every_style);
  tcase_add_test (tests, test_octave_does_not_show);
  tcase_add_test (tests, test_beats_per_cut);
  tcase_add_test (tests, test_dynamic_by_position);
  tcase_add_test (tests, test_short_films_are_cut);
  tcase_add_test (tests, test_fibonacci);
  tcase_add_test (tests, test_sections_and_climax);
  tcase_add_test (tests, test_no_beats);
  tcase_add_test (tests, test_no_music);
  tcase_add_test (tests, test_short_song);
  tcase_add_test (tests, test_asked_length);
  tcase_add_test (tests, test_ends_on_downbeat);
  tcase_add_test (tests, test_frozen_cuts_stay);

  return suite;
}

GST_CHECK_MAIN (planner);
