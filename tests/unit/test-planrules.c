/* SPDX-License-Identifier: LGPL-2.1-or-later */

/* What the user wants of the clips, in the film. */

#include <gst/check/gstcheck.h>
#include <string.h>

#include <gst/montage/planrandom.h>

#include "testplan.h"

#define FRAME (GST_SECOND / 30)

typedef struct
{
  TestFilm film;
  GstMontageClipRules *rules;
} Wishes;

/* A song of a minute and @n_clips clips of four shots of three seconds. */
static void
wishes_init (Wishes *self, guint n_clips)
{
  test_film_init (&self->film, test_full_song_new (124, 60));
  self->film.instructions->pacing.speed = GST_MONTAGE_SPEED_MEDIUM;
  self->film.instructions->constraints.max_clip_duration_sec = 3;
  test_film_add_clips (&self->film, n_clips, 4, 3);
  self->rules = gst_montage_clip_rules_new ();
  self->film.request.rules = self->rules;
}

static void
wishes_clear (Wishes *self)
{
  gst_montage_clip_rules_free (self->rules);
  test_film_clear (&self->film);
}

static GstMontageClipRule *
wish (Wishes *self, guint clip)
{
  g_autofree gchar *name = g_strdup_printf ("clip%u.mp4", clip);

  return gst_montage_clip_rules_append (self->rules, name);
}

static void
pin (Wishes *self, guint clip, gdouble at, gdouble in, gdouble duration)
{
  GstMontagePin pin = {at, in, duration};

  g_array_append_val (wish (self, clip)->pins, pin);
}

static gboolean
is_noted (const GstMontagePlan *plan, const gchar *text)
{
  for (guint i = 0; plan->notes != NULL && plan->notes[i] != NULL; i++)
    if (strstr (plan->notes[i], text) != NULL)
      return TRUE;

  return FALSE;
}

static guint
count_cuts (const GstMontagePlan *plan, guint clip)
{
  guint n = 0;

  for (guint i = 0; i < plan->cuts->len; i++)
    n += get_cut (plan, i)->source == clip;

  return n;
}

GST_START_TEST (test_skip)
{
  Wishes wishes;
  g_autoptr (GstMontagePlan) plan = NULL;

  wishes_init (&wishes, 6);
  wish (&wishes, 2)->skip = TRUE;
  plan = plan_ok (&wishes.film);
  fail_unless_equals_int (count_cuts (plan, 2), 0);
  for (guint i = 0; i < 6; i++)
    fail_unless (i == 2 || count_cuts (plan, i) > 0);
  fail_unless (!is_noted (plan, "clip2"));
  wishes_clear (&wishes);
}
GST_END_TEST;

GST_START_TEST (test_skip_all)
{
  Wishes wishes;
  g_autoptr (GError) error = NULL;

  wishes_init (&wishes, 3);
  gst_montage_clip_rules_append (wishes.rules, "*")->skip = TRUE;
  fail_unless (test_film_plan (&wishes.film, &error) == NULL);
  fail_unless (strstr (error->message, "skipped") != NULL, "%s",
      error->message);
  wishes_clear (&wishes);
}
GST_END_TEST;

GST_START_TEST (test_stranger)
{
  Wishes wishes;
  g_autoptr (GstMontagePlan) plan = NULL;

  wishes_init (&wishes, 3);
  gst_montage_clip_rules_append (wishes.rules, "clipp1.mp4")->skip = TRUE;
  plan = plan_ok (&wishes.film);
  fail_unless (is_noted (plan, "clipp1.mp4"));
  wishes_clear (&wishes);
}
GST_END_TEST;

GST_START_TEST (test_window)
{
  Wishes wishes;
  GstMontageClipRule *rule;
  g_autoptr (GstMontagePlan) plan = NULL;

  wishes_init (&wishes, 5);
  rule = wish (&wishes, 1);
  rule->from_sec = 3.5;
  rule->to_sec = 8.0;
  plan = plan_ok (&wishes.film);
  fail_unless (count_cuts (plan, 1) > 0);
  for (guint i = 0; i < plan->cuts->len; i++) {
    const GstMontageCut *cut = get_cut (plan, i);
    if (cut->source != 1)
      continue;
    fail_unless (cut->in_point >= 3500 * GST_MSECOND);
    fail_unless (cut->in_point + cut->duration - FRAME <= 8 * GST_SECOND);
  }
  check_material (plan, wishes.film.clips);
  wishes_clear (&wishes);
}
GST_END_TEST;

/* Less than a cut, and what lies past the clip's end. */
GST_START_TEST (test_window_short)
{
  Wishes wishes;
  GstMontageClipRule *rule;
  g_autoptr (GstMontagePlan) plan = NULL;

  wishes_init (&wishes, 5);
  rule = wish (&wishes, 1);
  rule->from_sec = 4.0;
  rule->to_sec = 4.2;
  wish (&wishes, 3)->from_sec = 90;
  plan = plan_ok (&wishes.film);
  fail_unless_equals_int (count_cuts (plan, 1) + count_cuts (plan, 3), 0);
  fail_unless (is_noted (plan, "clip1.mp4"));
  fail_unless (is_noted (plan, "clip3.mp4"));
  wishes_clear (&wishes);
}
GST_END_TEST;

GST_START_TEST (test_first_last)
{
  for (guint64 seed = 0; seed < 10; seed++) {
    Wishes wishes;
    const GstMontageCut *end;
    g_autoptr (GstMontagePlan) plan = NULL;

    wishes_init (&wishes, 8);
    wishes.film.request.seed = seed;
    wish (&wishes, 5)->first = TRUE;
    wish (&wishes, 2)->last = TRUE;
    plan = plan_ok (&wishes.film);
    end = get_cut (plan, plan->cuts->len - 1);
    fail_unless_equals_int (get_cut (plan, 0)->source, 5);
    fail_unless_equals_int (end->source, 2);
    fail_unless (get_cut (plan, 0)->pinned && end->pinned);
    fail_unless (!get_cut (plan, 1)->pinned);
    wishes_clear (&wishes);
  }
}
GST_END_TEST;

/* A clip whose shots are all shorter than the film's first cut would be. */
GST_START_TEST (test_first_short)
{
  Wishes wishes;
  g_autoptr (GstMontagePlan) plan = NULL;

  wishes_init (&wishes, 6);
  wishes.film.instructions->pacing.speed = GST_MONTAGE_SPEED_SLOW;
  g_ptr_array_add (wishes.film.clips, test_clip_new (6, 3, 0.8, 30, 1));
  wish (&wishes, 6)->first = TRUE;
  plan = plan_ok (&wishes.film);
  fail_unless_equals_int (get_cut (plan, 0)->source, 6);
  check_material (plan, wishes.film.clips);
  wishes_clear (&wishes);
}
GST_END_TEST;

GST_START_TEST (test_order)
{
  static const guint order[] = {3, 1, 0, 2, 5, 4};

  for (guint64 seed = 0; seed < 5; seed++) {
    Wishes wishes;
    guint last = 0, seen = 0;
    g_autoptr (GstMontagePlan) plan = NULL;

    wishes_init (&wishes, G_N_ELEMENTS (order));
    wishes.film.request.seed = seed;
    for (guint i = 0; i < G_N_ELEMENTS (order); i++)
      wish (&wishes, i)->order = order[i];
    plan = plan_ok (&wishes.film);
    for (guint i = 0; i < plan->cuts->len; i++) {
      guint number = order[get_cut (plan, i)->source];
      fail_unless (number == 0 || number >= last);
      last = MAX (number, last);
      seen |= 1u << number;
    }
    fail_unless (seen == 0x3f, "%x", seen);
    wishes_clear (&wishes);
  }
}
GST_END_TEST;

/* A numbered clip that is shorter than its slots would be. */
GST_START_TEST (test_order_short)
{
  Wishes wishes;
  guint last = 0;
  g_autoptr (GstMontagePlan) plan = NULL;

  wishes_init (&wishes, 4);
  wishes.film.instructions->pacing.speed = GST_MONTAGE_SPEED_SLOW;
  wishes.film.instructions->pacing.variation = GST_MONTAGE_VARIATION_MINIMAL;
  g_ptr_array_add (wishes.film.clips, test_clip_new (4, 2, 1.2, 30, 1));
  for (guint i = 0; i < 5; i++)
    wish (&wishes, i)->order = i == 4 ? 4 : 1 + 2 * i;
  plan = plan_ok (&wishes.film);
  fail_unless (count_cuts (plan, 4) > 0);
  for (guint i = 0; i < plan->cuts->len; i++) {
    guint clip = get_cut (plan, i)->source;
    guint number = clip == 4 ? 4 : 1 + 2 * clip;
    fail_unless (number >= last, "cut %u", i);
    last = number;
  }
  wishes_clear (&wishes);
}
GST_END_TEST;

/* More numbered clips than the film has cuts: some of them, in order. */
GST_START_TEST (test_order_crowded)
{
  Wishes wishes;
  guint last = 0;
  g_autoptr (GstMontagePlan) plan = NULL;

  wishes_init (&wishes, 40);
  wishes.film.request.duration = 10 * GST_SECOND;
  for (guint i = 0; i < 40; i++)
    wish (&wishes, i)->order = 40 - i;
  plan = plan_ok (&wishes.film);
  for (guint i = 0; i < plan->cuts->len; i++) {
    guint number = 40 - get_cut (plan, i)->source;
    fail_unless (number > last);
    last = number;
  }
  wishes_clear (&wishes);
}
GST_END_TEST;

GST_START_TEST (test_pin)
{
  static const gdouble times[] = {0, 7.3, 20.01, 44.9, 59.9};

  for (guint i = 0; i < G_N_ELEMENTS (times); i++) {
    Wishes wishes;
    const GstMontageCut *cut;
    g_autoptr (GstMontagePlan) plan = NULL;

    wishes_init (&wishes, 8);
    pin (&wishes, 4, times[i], -1, 0);
    plan = plan_ok (&wishes.film);
    cut = gst_montage_plan_cut_at (plan, (GstClockTime) (times[i] * GST_SECOND),
        NULL);
    fail_unless_equals_int (cut->source, 4);
    fail_unless (cut->pinned);
    check_limits (plan, "pin");
    wishes_clear (&wishes);
  }
}
GST_END_TEST;

/* From a frame on, for a length. */
GST_START_TEST (test_pin_exact)
{
  Wishes wishes;
  const GstMontageCut *cut;
  g_autoptr (GstMontagePlan) plan = NULL;

  wishes_init (&wishes, 8);
  pin (&wishes, 4, 12.5, 6.5, 2.2);
  pin (&wishes, 1, 30, 4, 0);
  pin (&wishes, 6, 40, -1, 1.5);
  plan = plan_ok (&wishes.film);

  cut = gst_montage_plan_cut_at (plan, 12500 * GST_MSECOND, NULL);
  fail_unless_equals_int (cut->source, 4);
  fail_unless_equals_uint64 (cut->start, 12500 * GST_MSECOND);
  fail_unless_equals_uint64 (cut->duration, 2200 * GST_MSECOND);
  fail_unless_equals_int (cut->in_point / FRAME, 195);
  cut = gst_montage_plan_cut_at (plan, 30 * GST_SECOND, NULL);
  fail_unless_equals_int (cut->source, 1);
  fail_unless_equals_int (cut->in_point / FRAME, 120);
  cut = gst_montage_plan_cut_at (plan, 40 * GST_SECOND, NULL);
  fail_unless_equals_int (cut->source, 6);
  fail_unless_equals_uint64 (cut->start, 40 * GST_SECOND);
  fail_unless_equals_uint64 (cut->duration, 1500 * GST_MSECOND);
  check_material (plan, wishes.film.clips);
  fail_unless (plan->notes == NULL
      || (!is_noted (plan, "clip4") && !is_noted (plan, "clip1")));
  wishes_clear (&wishes);
}
GST_END_TEST;

/* The user wants it across a cut of the clip, or more than there is. */
GST_START_TEST (test_pin_across)
{
  Wishes wishes;
  const GstMontageCut *cut;
  g_autoptr (GstMontagePlan) plan = NULL;

  wishes_init (&wishes, 8);
  pin (&wishes, 4, 10, 2, 3);
  pin (&wishes, 5, 20, 11, 4);
  plan = plan_ok (&wishes.film);

  cut = gst_montage_plan_cut_at (plan, 10 * GST_SECOND, NULL);
  fail_unless_equals_int (cut->source, 4);
  fail_unless_equals_int (cut->in_point / FRAME, 60);
  fail_unless_equals_uint64 (cut->duration, 3 * GST_SECOND);
  cut = gst_montage_plan_cut_at (plan, 20 * GST_SECOND, NULL);
  fail_unless_equals_int (cut->source, 5);
  fail_unless_equals_uint64 (cut->duration, 4 * GST_SECOND);
  fail_unless (cut->in_point + cut->duration <= 12 * GST_SECOND + FRAME);
  fail_unless (is_noted (plan, "clip5.mp4 begins at its second"));
  wishes_clear (&wishes);
}
GST_END_TEST;

/* A clip that is too short for a cut is shown where it is pinned. */
GST_START_TEST (test_pin_tiny)
{
  Wishes wishes;
  const GstMontageCut *cut;
  g_autoptr (GstMontagePlan) plan = NULL;

  wishes_init (&wishes, 8);
  g_ptr_array_add (wishes.film.clips, test_clip_new (8, 1, 0.3, 30, 1));
  pin (&wishes, 8, 15, -1, 5);
  plan = plan_ok (&wishes.film);
  cut = gst_montage_plan_cut_at (plan, 15 * GST_SECOND, NULL);
  fail_unless_equals_int (cut->source, 8);
  fail_unless (cut->duration <= 300 * GST_MSECOND);
  fail_unless (is_noted (plan, "clip8.mp4 lasts"));
  wishes_clear (&wishes);
}
GST_END_TEST;

GST_START_TEST (test_contradictions)
{
  Wishes wishes;
  g_autoptr (GstMontagePlan) plan = NULL;

  wishes_init (&wishes, 8);
  wish (&wishes, 0)->first = TRUE;
  pin (&wishes, 1, 0, -1, 2);
  pin (&wishes, 2, 20, -1, 2);
  pin (&wishes, 3, 21, -1, 2);
  pin (&wishes, 4, 75, -1, 0);
  wish (&wishes, 5)->skip = TRUE;
  pin (&wishes, 5, 30, -1, 0);
  plan = plan_ok (&wishes.film);

  fail_unless_equals_int (get_cut (plan, 0)->source, 1);

  fail_unless (is_noted (plan, "beginning has no effect"));
  fail_unless (is_noted (plan, "clip3.mp4 is not pinned at 21 s"));
  fail_unless (is_noted (plan, "clip4.mp4 is not pinned at 75 s"));
  fail_unless (is_noted (plan, "clip5.mp4 is skipped"));
  wishes_clear (&wishes);
}
GST_END_TEST;

GST_START_TEST (test_weight)
{
  Wishes wishes;
  g_autoptr (GstMontagePlan) plan = NULL;

  wishes_init (&wishes, 12);
  wish (&wishes, 3)->weight = 4;
  wish (&wishes, 7)->weight = 0;
  plan = plan_ok (&wishes.film);
  for (guint i = 0; i < 12; i++)
    fail_unless (i == 3 || count_cuts (plan, 3) >= count_cuts (plan, i));
  fail_unless_equals_int (count_cuts (plan, 7), 0);
  wishes_clear (&wishes);
}
GST_END_TEST;

/* ---- any rules ---- */

static gdouble
any (guint64 seed, guint a, guint b)
{
  return montage_random (seed, a, b);
}

static void
wish_anything (Wishes *wishes, guint64 seed, guint n_clips)
{
  for (guint i = 0; i < 6; i++) {
    guint clip = (guint) (any (seed, i, 1) * n_clips);
    guint kind = (guint) (any (seed, i, 2) * 7);
    gdouble value = any (seed, i, 3);
    GstMontageClipRule *rule;

    if (kind == 6) {
      pin (wishes, clip, value * 70,
          any (seed, i, 4) < 0.5 ? -1 : any (seed, i, 5) * 14,
          any (seed, i, 6) < 0.5 ? 0 : any (seed, i, 7) * 6);
      continue;
    }
    rule = wish (wishes, clip);
    rule->skip = kind == 0 && value < 0.5;
    rule->first = kind == 1;
    rule->last = kind == 2;
    rule->order = kind == 3 ? (guint) (value * 5) : 0;
    rule->weight = kind == 4 ? value * 4 : 1;
    rule->from_sec = kind == 5 ? value * 12 : 0;
    rule->to_sec = kind == 5 ? value * 12 + any (seed, i, 4) * 4 : 0;
  }
}

/* What is wanted is there, or it is said. */
static void
check_wishes (const Wishes *wishes, const GstMontagePlan *plan, guint64 seed)
{
  for (guint i = 0; i < wishes->film.clips->len; i++) {
    const GstMontageShotList *clip = g_ptr_array_index (wishes->film.clips, i);
    const gchar *name = strrchr (clip->uri, '/') + 1;
    GstMontageClipRule rule;

    gst_montage_clip_rules_find (wishes->rules, clip->uri, &rule);
    fail_unless (!rule.skip || count_cuts (plan, i) == 0);
    for (guint k = 0; k < rule.pins->len; k++) {
      gdouble at = g_array_index (rule.pins, GstMontagePin, k).at_sec;
      const GstMontageCut *cut = gst_montage_plan_cut_at (plan,
          (GstClockTime) (at * GST_SECOND) + FRAME / 2, NULL);
      fail_unless ((cut != NULL && cut->source == i) || is_noted (plan, name),
          "seed %" G_GUINT64_FORMAT ": %s is not at %f s", seed, name, at);
    }
    gst_montage_clip_rule_clear (&rule);
  }
}

/* What the rules are now does not change what has been shown. */
static void
check_revision (Wishes *wishes, const GstMontagePlan *plan, guint64 seed)
{
  guint n = (guint) (any (seed, 99, 1) * (plan->cuts->len + 1));
  g_autoptr (GError) error = NULL;
  g_autoptr (GstMontagePlan) again = NULL;

  wish_anything (wishes, seed + 1000, wishes->film.clips->len);
  wishes->film.request.previous = plan;
  wishes->film.request.n_frozen = n;
  again = test_film_plan (&wishes->film, &error);
  if (again == NULL) {
    fail_unless (error->message[strlen (error->message) - 1] == '.');
    return;
  }
  for (guint i = 0; i < n; i++) {
    const GstMontageCut *a = get_cut (plan, i), *b = get_cut (again, i);
    fail_unless (a->start == b->start && a->duration == b->duration
            && a->source == b->source && a->in_point == b->in_point
            && a->speed == b->speed && a->score.total == b->score.total,
        "seed %" G_GUINT64_FORMAT ", cut %u of %u", seed, i, n);
  }
}

GST_START_TEST (test_any)
{
  for (guint64 seed = 0; seed < 250; seed++) {
    guint n_clips = 2 + seed % 5;
    Wishes wishes;
    g_autoptr (GError) error = NULL;
    g_autoptr (GstMontagePlan) plan = NULL;

    wishes_init (&wishes, n_clips);
    wishes.film.request.seed = seed;
    wishes.film.request.duration = (GstClockTime) ((1 + any (seed, 99, 0) * 30)
        * GST_SECOND);
    wishes.film.request.scarcity = (GstMontageScarcity) (seed / 5 % 3);
    if (seed % 7 == 0) {
      GstMontageShotList *still = g_ptr_array_index (wishes.film.clips, 0);
      still->still = TRUE;
    }
    wish_anything (&wishes, seed, n_clips);
    plan = test_film_plan (&wishes.film, &error);
    if (plan == NULL)
      fail_unless (error->message[strlen (error->message) - 1] == '.');
    else
      check_wishes (&wishes, plan, seed);
    if (plan != NULL)
      check_revision (&wishes, plan, seed);
    wishes_clear (&wishes);
  }
}
GST_END_TEST;

static Suite *
planrules_suite (void)
{
  Suite *suite = suite_create ("planrules");
  TCase *tcase = tcase_create ("general");

  suite_add_tcase (suite, tcase);
  tcase_set_timeout (tcase, 100);
  tcase_add_test (tcase, test_skip);
  tcase_add_test (tcase, test_skip_all);
  tcase_add_test (tcase, test_stranger);
  tcase_add_test (tcase, test_window);
  tcase_add_test (tcase, test_window_short);
  tcase_add_test (tcase, test_first_last);
  tcase_add_test (tcase, test_first_short);
  tcase_add_test (tcase, test_order);
  tcase_add_test (tcase, test_order_crowded);
  tcase_add_test (tcase, test_pin);
  tcase_add_test (tcase, test_pin_exact);
  tcase_add_test (tcase, test_pin_across);
  tcase_add_test (tcase, test_pin_tiny);
  tcase_add_test (tcase, test_contradictions);
  tcase_add_test (tcase, test_weight);
  tcase_add_test (tcase, test_order_short);
  tcase_add_test (tcase, test_any);
  return suite;
}

GST_CHECK_MAIN (planrules);
