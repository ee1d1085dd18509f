/* SPDX-License-Identifier: LGPL-2.1-or-later */

/* What a plan shows, and in which format. */

#include <gst/check/gstcheck.h>
#include <math.h>
#include <string.h>

#include "testplan.h"

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

    test_film_init (&film, test_full_song_new (120, 120));
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

static GstMontagePlan *
plan_look (GstMontageTransitionLook look, gdouble shot_sec)
{
  TestFilm film;
  GstMontagePlan *plan;

  test_film_init (&film, test_full_song_new (120, 60));
  film.instructions->transitions.type = GST_MONTAGE_TRANSITIONS_CROSSFADE;
  film.instructions->transitions.crossfade_duration_sec = 0.5;
  film.instructions->transitions.look = look;
  test_film_add_clips (&film, 6, 6, shot_sec);
  plan = plan_ok (&film);
  check_material (plan, film.clips);
  test_film_clear (&film);
  return plan;
}

static guint
kinds_of (const GstMontagePlan *plan)
{
  guint kinds = 0;

  for (guint i = 1; i < plan->cuts->len; i++)
    kinds |= 1u << get_cut (plan, i)->transition;
  return kinds;
}

/* Each look stands at every cut, as long as a crossfade and around the same
 * beats; wipes go to every side. */
GST_START_TEST (test_looks)
{
  static const guint kinds[] = {1 << GST_MONTAGE_TRANSITION_CROSSFADE,
      1 << GST_MONTAGE_TRANSITION_DIP_BLACK,
      1 << GST_MONTAGE_TRANSITION_DIP_WHITE,
      0xf << GST_MONTAGE_TRANSITION_WIPE_LEFT};
  g_autoptr (GstMontagePlan)
      plain = plan_look (GST_MONTAGE_TRANSITION_LOOK_CROSSFADE, 9);

  for (guint look = 0; look < G_N_ELEMENTS (kinds); look++) {
    g_autoptr (GstMontagePlan) plan = plan_look (look, 9);

    fail_unless_equals_int (kinds_of (plan), kinds[look]);
    fail_unless_equals_int (plan->cuts->len, plain->cuts->len);
    fail_unless_equals_uint64 (plan->duration, plain->duration);
    for (guint i = 1; i < plan->cuts->len; i++) {
      const GstMontageCut *cut = get_cut (plan, i);

      fail_unless_equals_uint64 (cut->start, get_cut (plain, i)->start);
      fail_unless_equals_uint64 (cut->transition_duration,
          get_cut (plain, i)->transition_duration);
      fail_unless (strstr (cut->reason, " It comes in with a ") != NULL);
    }
  }
}
GST_END_TEST;

/* A dip needs nothing beyond the cut, so there is always enough for it. */
GST_START_TEST (test_dips_need_no_handles)
{
  g_autoptr (GstMontagePlan)
      plan = plan_look (GST_MONTAGE_TRANSITION_LOOK_DIP_BLACK, 1);

  fail_unless_equals_int (kinds_of (plan),
      1 << GST_MONTAGE_TRANSITION_DIP_BLACK);
}
GST_END_TEST;

GST_START_TEST (test_rates_of_sources)
{
  static const gint rates[][2] = {{24000, 1001}, {25, 1}, {30000, 1001},
      {60, 1}, {25, 2}};
  TestFilm film;
  g_autoptr (GstMontagePlan) plan = NULL;

  test_film_init (&film, test_full_song_new (128, 100));
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

  test_film_init (&film, test_full_song_new (120, 100));
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

/* Clips in which something swings to and fro, each in a time of its own. */
static void
add_swinging_clips (TestFilm *film, guint n)
{
  test_film_add_clips (film, n, 5, 14);
  for (guint i = 0; i < n; i++) {
    GstMontageShotList *clip = g_ptr_array_index (film->clips, i);
    clip->curve_step = 100 * GST_MSECOND;
    for (guint k = 0; k < clip->shots->len; k++) {
      GstMontageShot *shot = &g_array_index (clip->shots, GstMontageShot, k);
      gdouble period = 11 + (i * 5 + k) % 7;
      for (guint s = 0; s < 140; s++) {
        gint action = (gint) (300 + 290 * sin (2 * G_PI * s / period));
        g_array_append_val (shot->curves.action, action);
      }
    }
  }
}

/* The mean action that cuts begin with. */
static gdouble
action_at_cuts (gboolean sync)
{
  TestFilm film;
  g_autoptr (GstMontagePlan) plan = NULL;
  gdouble sum = 0;

  test_film_init (&film, test_full_song_new (120, 100));
  film.instructions->energy_mapping.sync_to_beats = sync;
  film.instructions->pacing.speed = GST_MONTAGE_SPEED_MEDIUM;
  film.instructions->transitions.type = GST_MONTAGE_TRANSITIONS_HARD_CUTS;
  add_swinging_clips (&film, 6);
  plan = plan_ok (&film);
  check_material (plan, film.clips);
  for (guint i = 1; i < plan->cuts->len; i++) {
    const GstMontageCut *cut = get_cut (plan, i);
    const GstMontageShotList *clip = g_ptr_array_index (film.clips,
        cut->source);
    const GstMontageShot *shot = &g_array_index (clip->shots, GstMontageShot,
        cut->shot);
    guint at = (guint) ((cut->in_point - shot->start) / clip->curve_step);
    sum += g_array_index (shot->curves.action, gint, at) / 1000.0;
  }
  sum /= plan->cuts->len - 1;
  test_film_clear (&film);

  return sum;
}

/* Off the beats, shots come in with their movement. */
GST_START_TEST (test_cuts_on_movement)
{
  gdouble synced = action_at_cuts (TRUE), free_cuts = action_at_cuts (FALSE);

  fail_unless (free_cuts > 1.2 * synced, "%f, %f", free_cuts, synced);
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

  test_film_init (&film, test_full_song_new (120, 60));
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

  test_film_init (&film, test_full_song_new (120, 90));
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
      "clip7.mp4 is left out: it is 0.1 s long, and the shortest cut here "
      "lasts 0.5 s.");
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
  /* One sentence, however many. */
  fail_unless_equals_int (g_strv_length (plan->notes), 1);
  fail_unless (strstr (plan->notes[0], "not used") != NULL);
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

    test_film_init (&film, test_full_song_new (120, 60));
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
      fail_unless_equals_float (cut->score.terms[GST_MONTAGE_TERM_WIDE],
          run == 1 && is_wide ? 20.0 : 0.0);
      fail_unless (cut->score.terms[GST_MONTAGE_TERM_ENERGY] >= 0
          && cut->score.terms[GST_MONTAGE_TERM_ENERGY] <= 50);
      fail_unless (cut->score.terms[GST_MONTAGE_TERM_ACTION] >= 0
          && cut->score.terms[GST_MONTAGE_TERM_ACTION] <= 30);
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

  test_film_init (&film, test_full_song_new (120, 60));
  film.instructions->effects.color_grading = GST_MONTAGE_GRADING_WARM;
  film.instructions->effects.color_intensity = 1;
  film.instructions->effects.sharpness_boost = TRUE;
  test_film_add_clips (&film, 6, 8, 6);
  plan = plan_ok (&film);
  for (guint i = 0; i < plan->cuts->len; i++) {
    const GstMontageCut *cut = get_cut (plan, i);
    const GstMontageScore *score = &cut->score;
    gdouble sum = 0;

    fail_unless (cut->reason != NULL && g_str_has_suffix (cut->reason, "."));
    fail_unless (strstr (cut->reason, "shot") != NULL);
    fail_unless_equals_int (cut->runners_up->len, 3);
    for (guint r = 1; r < 3; r++)
      fail_unless (
          g_array_index (cut->runners_up, GstMontageRunnerUp, r).score.total
          <= g_array_index (cut->runners_up, GstMontageRunnerUp, r - 1)
                 .score.total);
    for (guint t = 0; t < GST_MONTAGE_N_TERMS; t++)
      sum += score->terms[t];
    fail_unless (ABS (score->total - sum) < 1e-9);
    fail_unless (score->terms[GST_MONTAGE_TERM_REPEAT] <= 0);
    fail_unless_equals_string (cut->effects[0], "grade:warm");
    fail_unless_equals_string (cut->effects[1], "sharpen");
    total += score->total;
  }
  fail_unless (ABS (plan->metrics.total_score - total) < 1e-6);
  test_film_clear (&film);
}
GST_END_TEST;

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

static Suite *
planmaterial_suite (void)
{
  Suite *suite = suite_create ("planmaterial");
  TCase *tests = tcase_create ("plan");

  suite_add_tcase (suite, tests);
  tcase_add_test (tests, test_transitions);
  tcase_add_test (tests, test_looks);
  tcase_add_test (tests, test_dips_need_no_handles);
  tcase_add_test (tests, test_rates_of_sources);
  tcase_add_test (tests, test_off_the_beat);
  tcase_add_test (tests, test_cuts_on_movement);
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

  return suite;
}

GST_CHECK_MAIN (planmaterial);
