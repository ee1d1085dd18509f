/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include <gst/check/gstcheck.h>

#include <math.h>

#include "planner-material.h"

static const GstMontageSectionLabel labels[] = {
    GST_MONTAGE_SECTION_INTRO,
    GST_MONTAGE_SECTION_VERSE,
    GST_MONTAGE_SECTION_BUILD,
    GST_MONTAGE_SECTION_DROP,
    GST_MONTAGE_SECTION_BREAK,
    GST_MONTAGE_SECTION_BUILD,
    GST_MONTAGE_SECTION_DROP,
    GST_MONTAGE_SECTION_OUTRO,
};
static const gdouble energies[] = {0.2, 0.45, 0.6, 0.9, 0.3, 0.6, 0.95, 0.25};

static GstMontagePlan *
plan_ok (TestFilm *film)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GstMontagePlan) read = NULL;
  g_autofree gchar *text = NULL;
  GstMontagePlan *plan = test_film_plan (film, &error);

  fail_unless (plan != NULL, "%s", error != NULL ? error->message : "");
  /* The reader checks the plan across its fields. */
  text = gst_montage_plan_to_json (plan);
  read = gst_montage_plan_from_json (text, -1, "plan", &error);
  fail_unless (read != NULL, "%s", error != NULL ? error->message : "");

  return plan;
}

static const GstMontageCut *
get_cut (const GstMontagePlan *plan, guint i)
{
  return &g_array_index (plan->cuts, GstMontageCut, i);
}

GST_START_TEST (test_covers_the_song)
{
  TestFilm film;
  g_autoptr (GstMontagePlan) plan = NULL;
  GstClockTime end = 0;

  test_film_init (&film, test_song_new (121, 180.013, labels, energies, 8));
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

  test_film_init (&film, test_song_new (121, 60, labels, energies, 8));
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


/* ---- where the cuts are ---- */

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

static void
check_limits (const GstMontagePlan *plan, const gchar *what)
{
  gdouble min = plan->instructions->constraints.min_clip_duration_sec;
  gdouble max = plan->instructions->constraints.max_clip_duration_sec;
  gdouble frame = (gdouble) plan->output.fps_d / plan->output.fps_n;

  for (guint i = 0; i < plan->cuts->len; i++) {
    gdouble sec = get_cut (plan, i)->duration / 1e9;
    /* Less than a frame: what rounding both ends can do. */
    fail_unless (sec > min - frame && sec < max + frame,
        "%s: cut %u of %u lasts %f s", what, i, plan->cuts->len, sec);
  }
}

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

      test_film_init (&film, test_song_new (bpm, 48, labels, energies, 8));
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

  test_film_init (&film, test_song_new (bpm, 64, labels, energies, 8));
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

    test_film_init (&film, test_song_new (120, 160, labels, energies, 8));
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

  test_film_init (&film, test_song_new (120, 160, labels, energies, 8));
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
  fail_unless (strstr (longer->notes[0], "160.00 s, not the 500.00 s") != NULL,
      "%s", longer->notes[0]);
  test_film_clear (&film);
}
GST_END_TEST;

/* ---- what is shown ---- */

/* Every frame that is shown, also within crossfades, lies inside its shot. */
static void
check_material (const GstMontagePlan *plan, GPtrArray *clips)
{
  const GstMontageOutput *output = &plan->output;

  for (guint i = 0; i < plan->cuts->len; i++) {
    const GstMontageCut *cut = get_cut (plan, i);
    const GstMontageShotList *clip = g_ptr_array_index (clips, cut->source);
    const GstMontageShot *shot = &g_array_index (clip->shots, GstMontageShot,
        cut->shot);
    gdouble frame = 1e9 * clip->fps_d / clip->fps_n;
    gdouble inside = (cut->in_point - shot->start) / frame;
    guint64 n = gst_montage_output_frame_at (output, cut->duration);
    GstClockTime in = cut->in_point, last;

    last = in + gst_montage_output_frame_time (output, n - 1);
    in -= cut->transition_duration / 2;
    if (i + 1 < plan->cuts->len)
      last += get_cut (plan, i + 1)->transition_duration / 2;
    fail_unless (ABS (inside - floor (inside) - 0.25) < 0.01, "cut %u: %f", i,
        inside);
    fail_unless (in >= shot->start, "cut %u", i);
    fail_unless (last < shot->end && shot->end - last >= frame - 1000,
        "cut %u ends %f frames before its shot", i, (shot->end - last) / frame);
    if (cut->transition == GST_MONTAGE_TRANSITION_CROSSFADE) {
      guint64 before = gst_montage_output_frame_at (output,
          get_cut (plan, i - 1)->duration);
      guint64 half = gst_montage_output_frame_at (output,
          cut->transition_duration / 2);
      fail_unless (half >= 1);
      fail_unless_equals_uint64 (cut->transition_duration,
          2 * gst_montage_output_frame_time (output, half));
      fail_unless (2 * half <= 0.3 * MIN (before, n) + 1e-6);
    }
  }
}

static guint
count_fades (const GstMontagePlan *plan)
{
  guint n = 0;

  for (guint i = 0; i < plan->cuts->len; i++)
    n += get_cut (plan, i)->transition == GST_MONTAGE_TRANSITION_CROSSFADE;
  return n;
}

GST_START_TEST (test_transitions)
{
  for (gint type = 0; type <= GST_MONTAGE_TRANSITIONS_ENERGY_AWARE; type++) {
    TestFilm film;
    g_autoptr (GstMontagePlan) plan = NULL;
    guint fades, n;

    test_film_init (&film, test_song_new (120, 120, labels, energies, 8));
    film.instructions->transitions.type = type;
    film.instructions->transitions.crossfade_duration_sec = 1.5;
    test_film_add_clips (&film, 6, 6, 9);
    plan = plan_ok (&film);
    check_material (plan, film.clips);
    fades = count_fades (plan);
    n = plan->cuts->len;
    fail_unless_equals_int (get_cut (plan, 0)->transition,
        GST_MONTAGE_TRANSITION_CUT);
    if (type == GST_MONTAGE_TRANSITIONS_HARD_CUTS)
      fail_unless_equals_int (fades, 0);
    if (type == GST_MONTAGE_TRANSITIONS_CROSSFADE)
      fail_unless_equals_int (fades, n - 1);
    if (type == GST_MONTAGE_TRANSITIONS_MIXED)
      fail_unless (2 * fades + 2 >= n - 1 && 2 * fades <= n, "%u of %u", fades,
          n);
    if (type == GST_MONTAGE_TRANSITIONS_ENERGY_AWARE) {
      for (guint i = 1; i < n; i++) {
        const GstMontageCut *cut = get_cut (plan, i);
        fail_unless_equals_int (cut->energy < 0.3,
            cut->transition == GST_MONTAGE_TRANSITION_CROSSFADE);
        fail_unless (cut->transition_duration
            <= 0.2 * MIN (cut->duration, get_cut (plan, i - 1)->duration) + 1);
      }
    }
    test_film_clear (&film);
  }
}
GST_END_TEST;

GST_START_TEST (test_rates_of_sources)
{
  static const gint rates[][2] = {{24000, 1001}, {25, 1}, {30000, 1001},
      {60, 1}, {25, 2}};
  TestFilm film;
  g_autoptr (GstMontagePlan) plan = NULL;

  test_film_init (&film, test_song_new (128, 100, labels, energies, 8));
  film.instructions->transitions.type = GST_MONTAGE_TRANSITIONS_MIXED;
  for (guint i = 0; i < G_N_ELEMENTS (rates); i++) {
    GstMontageShotList *clip = test_clip_new (i, 5, 7, rates[i][0],
        rates[i][1]);
    clip->variable_rate = i % 2;
    g_ptr_array_add (film.clips, clip);
  }
  plan = plan_ok (&film);
  check_material (plan, film.clips);
  fail_unless_equals_float (plan->metrics.source_coverage, 1);
  test_film_clear (&film);
}
GST_END_TEST;

GST_START_TEST (test_off_the_beat)
{
  TestFilm film;
  g_autoptr (GstMontagePlan) plan = NULL;
  guint off = 0;

  test_film_init (&film, test_song_new (120, 100, labels, energies, 8));
  film.instructions->energy_mapping.sync_to_beats = FALSE;
  film.instructions->pacing.speed = GST_MONTAGE_SPEED_SLOW;
  film.instructions->transitions.type = GST_MONTAGE_TRANSITIONS_CROSSFADE;
  test_film_add_clips (&film, 5, 5, 14);
  for (guint i = 0; i < film.clips->len; i++) {
    GstMontageShotList *clip = g_ptr_array_index (film.clips, i);
    for (guint k = 0; k < clip->shots->len; k++) {
      GstMontageShot *shot = &g_array_index (clip->shots, GstMontageShot, k);
      for (GstClockTime t = shot->start + 700 * GST_MSECOND; t < shot->end;
           t += 1300 * GST_MSECOND)
        g_array_append_val (shot->action_peaks, t);
    }
  }
  plan = plan_ok (&film);
  check_limits (plan, "off the beat");
  check_material (plan, film.clips);
  for (guint i = 1; i < plan->cuts->len; i++) {
    const GstMontageCut *cut = get_cut (plan, i);
    gdouble beats = (cut->start / 1e9 - 0.1) / 0.5;
    off += cut->beat < 0;
    fail_unless (ABS (beats - floor (beats + 0.5)) < 0.45);
  }
  fail_unless (off > plan->cuts->len / 3, "%u of %u", off, plan->cuts->len);
  test_film_clear (&film);
}
GST_END_TEST;

GST_START_TEST (test_peaks_land_on_beats)
{
  TestFilm film;
  g_autoptr (GstMontagePlan) plan = NULL;
  guint hits = 0;

  test_film_init (&film, test_song_new (120, 60, NULL, NULL, 0));
  film.instructions->pacing.speed = GST_MONTAGE_SPEED_MEDIUM;
  film.instructions->transitions.type = GST_MONTAGE_TRANSITIONS_HARD_CUTS;
  test_film_add_clips (&film, 8, 5, 12);
  for (guint i = 0; i < film.clips->len; i++) {
    GstMontageShotList *clip = g_ptr_array_index (film.clips, i);
    for (guint k = 0; k < clip->shots->len; k++) {
      GstMontageShot *shot = &g_array_index (clip->shots, GstMontageShot, k);
      GstClockTime peak = shot->start + 6 * GST_SECOND;
      /* Nothing else to choose by. */
      shot->motion = 0.5;
      g_array_append_val (shot->action_peaks, peak);
    }
  }
  plan = plan_ok (&film);
  for (guint i = 0; i < plan->cuts->len; i++) {
    const GstMontageCut *cut = get_cut (plan, i);
    const GstMontageShotList *clip = g_ptr_array_index (film.clips,
        cut->source);
    GstClockTime peak = g_array_index (g_array_index (clip->shots,
                                           GstMontageShot, cut->shot)
                                           .action_peaks,
        GstClockTime, 0);
    gdouble beats = ((gdouble) cut->start + peak - cut->in_point - 1e8) / 5e8;
    /* Within two frames of a beat. */
    hits += peak + 34 * GST_MSECOND >= cut->in_point
        && peak < cut->in_point + cut->duration
        && ABS (beats - floor (beats + 0.5)) * 0.5 < 2 / 30.0;
  }
  fail_unless (hits * 10 >= plan->cuts->len * 8, "%u of %u", hits,
      plan->cuts->len);
  test_film_clear (&film);
}
GST_END_TEST;

GST_START_TEST (test_no_repeats_with_enough_footage)
{
  TestFilm film;
  g_autoptr (GstMontagePlan) plan = NULL;

  test_film_init (&film, test_song_new (120, 60, labels, energies, 8));
  test_film_add_clips (&film, 6, 8, 6);
  plan = plan_ok (&film);
  fail_unless_equals_int (plan->metrics.repeats, 0);
  fail_unless_equals_int (plan->metrics.jump_cuts, 0);
  fail_unless_equals_float (plan->metrics.source_coverage, 1);
  fail_unless (plan->metrics.source_diversity > 0.9);
  fail_unless (plan->metrics.energy_correlation > 0.6, "%f",
      plan->metrics.energy_correlation);
  for (guint i = 1; i < plan->cuts->len; i++)
    fail_unless (get_cut (plan, i)->source != get_cut (plan, i - 1)->source);
  fail_unless (plan->notes == NULL);
  test_film_clear (&film);
}
GST_END_TEST;

/* Also where the sums behind the means are not exact. */
GST_START_TEST (test_energy_stays_in_range)
{
  static const GstMontageSectionLabel parts[] = {GST_MONTAGE_SECTION_VERSE,
      GST_MONTAGE_SECTION_CHORUS};
  gdouble levels[] = {0.05 + 0.0617 * __i__, 1.0};
  TestFilm film;
  g_autoptr (GstMontagePlan) plan = NULL;

  test_film_init (&film, test_song_new (121.3, 240, parts, levels, 2));
  test_film_add_clips (&film, 6, 8, 6);
  plan = plan_ok (&film);
  for (guint i = 0; i < plan->cuts->len; i++)
    fail_unless (get_cut (plan, i)->energy <= 1.0, "cut %u has 1 + %g", i,
        get_cut (plan, i)->energy - 1.0);
  fail_unless (get_cut (plan, plan->cuts->len * 3 / 4)->energy > 0.999999);
  test_film_clear (&film);
}
GST_END_TEST;

GST_START_TEST (test_little_footage)
{
  TestFilm film;
  g_autoptr (GstMontagePlan) plan = NULL;
  g_autofree gchar *notes = NULL;

  test_film_init (&film, test_song_new (120, 90, labels, energies, 8));
  test_film_add_clips (&film, 2, 2, 3);
  plan = plan_ok (&film);
  fail_unless_equals_uint64 (plan->duration, 90 * GST_SECOND);
  check_material (plan, film.clips);
  /* Repeats, but never at once, and it is said. */
  fail_unless (plan->metrics.min_repeat_distance > 1, "%u",
      plan->metrics.min_repeat_distance);
  notes = g_strjoinv ("\n", plan->notes);
  fail_unless (strstr (notes, "show something again") != NULL, "%s", notes);
  test_film_clear (&film);
}
GST_END_TEST;

GST_START_TEST (test_shots_that_are_all_too_short)
{
  TestFilm film;
  g_autoptr (GstMontagePlan) plan = NULL;

  test_film_init (&film, test_song_new (120, 30, NULL, NULL, 0));
  film.instructions->constraints.min_clip_duration_sec = 2;
  test_film_add_clips (&film, 2, 20, 1);
  plan = plan_ok (&film);
  check_limits (plan, "across shots");
  test_film_clear (&film);
}
GST_END_TEST;

GST_START_TEST (test_short_clips_are_named)
{
  TestFilm film;
  g_autoptr (GstMontagePlan) plan = NULL;

  test_film_init (&film, test_song_new (120, 30, NULL, NULL, 0));
  test_film_add_clips (&film, 2, 4, 6);
  g_ptr_array_add (film.clips, test_clip_new (7, 1, 0.1, 30, 1));
  plan = plan_ok (&film);
  fail_unless (plan->notes != NULL);
  fail_unless_equals_string (plan->notes[0],
      "clip7.mp4 is left out: it is 0.10 s long, and the shortest cut here "
      "lasts 0.50 s.");
  fail_unless_equals_int (g_array_index (plan->sources, GstMontageSource, 2)
                              .n_cuts,
      0);
  fail_unless_equals_int (plan->sources->len, 3);
  test_film_clear (&film);
}
GST_END_TEST;

GST_START_TEST (test_more_clips_than_cuts)
{
  TestFilm film;
  g_autoptr (GstMontagePlan) plan = NULL;
  guint unused = 0;

  test_film_init (&film, test_song_new (120, 10, NULL, NULL, 0));
  film.instructions->pacing.speed = GST_MONTAGE_SPEED_SLOW;
  test_film_add_clips (&film, 12, 2, 6);
  plan = plan_ok (&film);
  for (guint i = 0; i < plan->sources->len; i++)
    unused += g_array_index (plan->sources, GstMontageSource, i).n_cuts == 0;
  fail_unless (unused > 0);
  fail_unless_equals_int (g_strv_length (plan->notes), unused);
  fail_unless (strstr (plan->notes[0], "is not used") != NULL);
  test_film_clear (&film);
}
GST_END_TEST;

GST_START_TEST (test_nothing_usable)
{
  TestFilm film;
  g_autoptr (GError) error = NULL;

  test_film_init (&film, test_song_new (120, 30, NULL, NULL, 0));
  fail_unless (test_film_plan (&film, &error) == NULL);
  fail_unless (
      g_error_matches (error, GST_MONTAGE_ERROR, GST_MONTAGE_ERROR_MATERIAL));
  g_clear_error (&error);
  g_ptr_array_add (film.clips, test_clip_new (0, 1, 0.034, 30, 1));
  fail_unless (test_film_plan (&film, &error) == NULL);
  fail_unless (
      g_error_matches (error, GST_MONTAGE_ERROR, GST_MONTAGE_ERROR_MATERIAL));
  fail_unless (strstr (error->message, "0.03 s") != NULL, "%s", error->message);
  g_clear_error (&error);
  film.song->duration = 0;
  fail_unless (test_film_plan (&film, &error) == NULL);
  fail_unless (
      g_error_matches (error, GST_MONTAGE_ERROR, GST_MONTAGE_ERROR_MATERIAL));
  test_film_clear (&film);
}
GST_END_TEST;

GST_START_TEST (test_wishes_count)
{
  guint wide[2] = {0};
  gdouble motion[2] = {0};

  for (guint run = 0; run < 2; run++) {
    TestFilm film;
    g_autoptr (GstMontagePlan) plan = NULL;

    test_film_init (&film, test_song_new (120, 60, labels, energies, 8));
    film.instructions->cinematography.prefer_wide_shots = run == 1;
    film.instructions->cinematography.prefer_high_action = run == 1;
    test_film_add_clips (&film, 6, 8, 6);
    for (guint i = 0; i < film.clips->len; i++) {
      GstMontageShotList *clip = g_ptr_array_index (film.clips, i);
      for (guint k = 0; k < clip->shots->len; k++)
        g_array_index (clip->shots, GstMontageShot, k).shot_size = 1
            + (i + k) % 3;
    }
    plan = plan_ok (&film);
    for (guint i = 0; i < plan->cuts->len; i++) {
      const GstMontageCut *cut = get_cut (plan, i);
      const GstMontageShotList *clip = g_ptr_array_index (film.clips,
          cut->source);
      const GstMontageShot *shot = &g_array_index (clip->shots, GstMontageShot,
          cut->shot);
      gboolean is_wide = shot->shot_size == GST_MONTAGE_SHOT_SIZE_WIDE;
      wide[run] += is_wide;
      motion[run] += shot->motion / plan->cuts->len;
      fail_unless_equals_float (cut->score.wide,
          run == 1 && is_wide ? 20.0 : 0.0);
      fail_unless (cut->score.energy >= 0 && cut->score.energy <= 50);
      fail_unless (cut->score.action >= 0 && cut->score.action <= 30);
    }
    test_film_clear (&film);
  }
  fail_unless (wide[1] > wide[0] * 3 / 2, "%u, %u", wide[0], wide[1]);
  fail_unless (motion[1] > motion[0]);
}
GST_END_TEST;

GST_START_TEST (test_decisions_are_told)
{
  TestFilm film;
  g_autoptr (GstMontagePlan) plan = NULL;
  gdouble total = 0;

  test_film_init (&film, test_song_new (120, 60, labels, energies, 8));
  film.instructions->effects.color_grading = GST_MONTAGE_GRADING_WARM;
  film.instructions->effects.color_intensity = 1;
  film.instructions->effects.sharpness_boost = TRUE;
  test_film_add_clips (&film, 6, 8, 6);
  plan = plan_ok (&film);
  for (guint i = 0; i < plan->cuts->len; i++) {
    const GstMontageCut *cut = get_cut (plan, i);
    const GstMontageScore *score = &cut->score;

    fail_unless (cut->reason != NULL && g_str_has_suffix (cut->reason, "."));
    fail_unless (strstr (cut->reason, "motion") != NULL);
    fail_unless_equals_int (cut->runners_up->len, 3);
    for (guint r = 1; r < 3; r++)
      fail_unless (
          g_array_index (cut->runners_up, GstMontageRunnerUp, r).score.total
          <= g_array_index (cut->runners_up, GstMontageRunnerUp, r - 1)
                 .score.total);
    fail_unless (
        ABS (score->total
            - (score->energy + score->wide + score->action + score->quality
                + score->moment + score->continuity + score->match
                + score->variety + score->repeat + score->coverage))
        < 1e-9);
    fail_unless (score->repeat <= 0);
    fail_unless_equals_string (cut->effects[0], "grade:warm");
    fail_unless_equals_string (cut->effects[1], "sharpen");
    total += score->total;
  }
  fail_unless (ABS (plan->metrics.total_score - total) < 1e-6);
  test_film_clear (&film);
}
GST_END_TEST;

/* ---- format and revisions ---- */

GST_START_TEST (test_format_of_the_film)
{
  static const struct
  {
    guint width, height;
    gint fps_n, fps_d;
    gdouble sec;
  } clips[] = {
      {3840, 2160, 60, 1, 20},
      {1281, 721, 24000, 1001, 50},
      {1080, 1920, 30, 1, 10},
  };
  TestFilm film;
  g_autoptr (GstMontagePlan) plan = NULL;

  test_film_init (&film, test_song_new (120, 10, NULL, NULL, 0));
  for (guint i = 0; i < G_N_ELEMENTS (clips); i++) {
    GstMontageShotList *clip = test_clip_new (i, 1, clips[i].sec,
        clips[i].fps_n, clips[i].fps_d);
    clip->width = clips[i].width;
    clip->height = clips[i].height;
    g_ptr_array_add (film.clips, clip);
  }
  plan = plan_ok (&film);
  fail_unless_equals_int (plan->output.width, 1282);
  fail_unless_equals_int (plan->output.height, 722);
  fail_unless_equals_int (plan->output.fps_n, 24000);
  fail_unless_equals_int (plan->output.fps_d, 1001);
  gst_montage_plan_free (plan);
  g_ptr_array_remove_index (film.clips, 1);
  plan = plan_ok (&film);
  fail_unless_equals_int (plan->output.width, 1920);
  fail_unless_equals_int (plan->output.height, 1080);
  fail_unless_equals_int (plan->output.fps_n, 60);
  test_film_clear (&film);
}
GST_END_TEST;

GST_START_TEST (test_frozen_cuts_stay)
{
  TestFilm film;
  g_autoptr (GstMontagePlan) before = NULL;
  g_autoptr (GstMontagePlan) after = NULL;

  test_film_init (&film, test_song_new (120, 60, labels, energies, 8));
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
  tcase_add_test (tests, test_short_song);
  tcase_add_test (tests, test_asked_length);
  tcase_add_test (tests, test_transitions);
  tcase_add_test (tests, test_rates_of_sources);
  tcase_add_test (tests, test_off_the_beat);
  tcase_add_test (tests, test_peaks_land_on_beats);
  tcase_add_test (tests, test_no_repeats_with_enough_footage);
  tcase_add_loop_test (tests, test_energy_stays_in_range, 0, 8);
  tcase_add_test (tests, test_little_footage);
  tcase_add_test (tests, test_shots_that_are_all_too_short);
  tcase_add_test (tests, test_short_clips_are_named);
  tcase_add_test (tests, test_more_clips_than_cuts);
  tcase_add_test (tests, test_nothing_usable);
  tcase_add_test (tests, test_wishes_count);
  tcase_add_test (tests, test_decisions_are_told);
  tcase_add_test (tests, test_format_of_the_film);
  tcase_add_test (tests, test_frozen_cuts_stay);

  return suite;
}

GST_CHECK_MAIN (planner);
