/* SPDX-License-Identifier: LGPL-2.1-or-later */

/* What of a clip the fast analysis looks at, from packets and pictures of
 * which everything is known. */

#include <gst/check/gstcheck.h>

#include "fastbudget.h"
#include "fastplan.h"
#include "fastshots.h"

#define FRAME (40 * GST_MSECOND)
#define GROUP 60
#define KEY_SIZE 10000
#define SIZE 1000

static void
add_packet (GArray *packets, guint64 frame, guint32 size, gboolean is_key)
{
  ClipPacket packet = {frame * FRAME, size, 0.1f,
      CLIP_PACKET_SHOWN | (is_key ? CLIP_PACKET_KEY | CLIP_PACKET_INTRA : 0)};

  g_array_append_val (packets, packet);
}

/* @n pictures, every GROUP-th of which is a key frame, no picture refers to
 * later ones. */
static GArray *
plain_packets (guint n)
{
  GArray *packets = g_array_new (FALSE, FALSE, sizeof (ClipPacket));

  for (guint i = 0; i < n; i++)
    add_packet (packets, i, i % GROUP ? SIZE : KEY_SIZE, i % GROUP == 0);
  return packets;
}

/* One change per key frame, all of the same @distance. */
static GArray *
plain_changes (const GArray *packets, gfloat distance)
{
  GArray *changes = g_array_new (FALSE, FALSE, sizeof (StillChange));

  for (guint i = 0; i < packets->len; i++) {
    const ClipPacket *packet = &g_array_index (packets, ClipPacket, i);
    StillChange change = {packet->time, changes->len ? distance : 0, 40, 0.1f};

    if (packet->flags & CLIP_PACKET_KEY)
      g_array_append_val (changes, change);
  }
  return changes;
}

static guint32 *
size_at (GArray *packets, guint i)
{
  return &g_array_index (packets, ClipPacket, i).size;
}

GST_START_TEST (test_calm_clip_needs_no_look)
{
  g_autoptr (GArray) packets = plain_packets (5 * GROUP);
  g_autoptr (GArray) changes = plain_changes (packets, 0.1f);
  g_autoptr (FastPlan) plan = fast_plan_new (packets, changes, 0);

  fail_unless_equals_uint64 (fast_plan_get_order (plan)->shown->len, 5 * GROUP);
  fail_unless_equals_int (fast_plan_count_wanted (plan), 0);
  fail_unless_equals_int (fast_plan_get_boundaries (plan)->len, 0);
}

GST_END_TEST;

GST_START_TEST (test_large_packet_is_looked_at)
{
  g_autoptr (GArray) packets = plain_packets (5 * GROUP);
  g_autoptr (GArray) changes = plain_changes (packets, 0.1f);
  g_autoptr (FastPlan) plan = NULL;

  *size_at (packets, 2 * GROUP + 25) = KEY_SIZE;
  plan = fast_plan_new (packets, changes, 0);
  for (guint i = 2 * GROUP; i < 2 * GROUP + 30; i++)
    fail_unless (fast_plan_is_wanted (plan, i));
  fail_if (fast_plan_is_wanted (plan, 2 * GROUP - 1));
  fail_if (fast_plan_is_wanted (plan, 4 * GROUP));
}

GST_END_TEST;

GST_START_TEST (test_large_packets_in_turn_are_none)
{
  g_autoptr (GArray) packets = plain_packets (5 * GROUP);
  g_autoptr (GArray) changes = plain_changes (packets, 0.1f);
  g_autoptr (FastPlan) plan = NULL;

  for (guint i = 0; i < packets->len; i += 8)
    *size_at (packets, i) = KEY_SIZE;
  plan = fast_plan_new (packets, changes, 0);
  fail_unless_equals_int (fast_plan_count_wanted (plan), 0);
}

GST_END_TEST;

/* A key frame before it is due, with another view, is a cut; the same when it
 * is due may be anything. */
GST_START_TEST (test_early_key_frame_is_a_cut)
{
  g_autoptr (GArray) packets = plain_packets (5 * GROUP + 30);
  g_autoptr (GArray) changes = NULL;
  g_autoptr (FastPlan) plan = NULL;
  ClipPacket *key = &g_array_index (packets, ClipPacket, 2 * GROUP + 30);

  key->flags |= CLIP_PACKET_KEY | CLIP_PACKET_INTRA;
  key->size = KEY_SIZE;
  changes = plain_changes (packets, 0.1f);
  g_array_index (changes, StillChange, 3).distance = 0.8f;
  plan = fast_plan_new (packets, changes, 0);
  fail_unless_equals_int (fast_plan_get_boundaries (plan)->len, 1);
  fail_unless_equals_uint64 (g_array_index (fast_plan_get_boundaries (plan),
                                 ShotBoundary, 0)
                                 .first,
      2 * GROUP + 30);
  fail_unless_equals_int (fast_plan_count_wanted (plan), 0);
  g_clear_pointer (&plan, fast_plan_free);

  /* what follows is as different: a flash, or a thing before the lens */
  g_array_index (changes, StillChange, 3).unrest = 0.8f;
  plan = fast_plan_new (packets, changes, 0);
  fail_unless_equals_int (fast_plan_get_boundaries (plan)->len, 0);
  fail_unless (fast_plan_is_wanted (plan, 2 * GROUP + 30));
}

GST_END_TEST;

GST_START_TEST (test_another_view_is_looked_at)
{
  g_autoptr (GArray) packets = plain_packets (5 * GROUP);
  g_autoptr (GArray) changes = plain_changes (packets, 0.1f);
  g_autoptr (FastPlan) plan = NULL;

  g_array_index (changes, StillChange, 3).distance = 0.8f;
  plan = fast_plan_new (packets, changes, 0);
  fail_unless_equals_int (fast_plan_get_boundaries (plan)->len, 0);
  for (guint i = 2 * GROUP; i <= 3 * GROUP + 8; i++)
    fail_unless (fast_plan_is_wanted (plan, i));
  fail_if (fast_plan_is_wanted (plan, 2 * GROUP - 1));
}

GST_END_TEST;

/* Decoded: what is wanted and what that refers to; never pictures that refer
 * to what is missing. */
GST_START_TEST (test_leading_pictures)
{
  g_autoptr (GArray) packets = g_array_new (FALSE, FALSE, sizeof (ClipPacket));
  g_autoptr (GArray) changes = NULL;
  g_autoptr (FastPlan) plan = NULL;

  /* an open group: two pictures before each key frame follow it */
  for (guint i = 0; i < 4 * GROUP; i += 3) {
    add_packet (packets, i, i % GROUP ? SIZE : KEY_SIZE, i % GROUP == 0);
    for (guint k = 2; i > 0 && k > 0; k--)
      add_packet (packets, i - k, SIZE / 2, FALSE);
  }
  changes = plain_changes (packets, 0.1f);
  g_array_index (changes, StillChange, 2).distance = 0.8f;
  plan = fast_plan_new (packets, changes, 0);
  for (guint i = 0; i < packets->len; i++) {
    const ClipPacket *packet = &g_array_index (packets, ClipPacket, i);
    guint64 frame = packet->time / FRAME;

    if (frame >= GROUP && frame <= 2 * GROUP + 8)
      fail_unless (fast_plan_wants (plan, i), "%u", (guint) frame);
    if (frame < GROUP || frame >= 3 * GROUP)
      fail_if (fast_plan_wants (plan, i), "%u", (guint) frame);
  }
}

GST_END_TEST;

static void
set_pictures (GArray *packets, gfloat size)
{
  for (guint i = 0; i < packets->len; i++)
    g_array_index (packets, ClipPacket, i).picture = size;
}

/* Whatever is open, no more is decoded than may be; what the survey has cost
 * is part of it. The rest is told from packets. */
GST_START_TEST (test_budget)
{
  g_autoptr (GArray) packets = plain_packets (50 * GROUP);
  g_autoptr (GArray) changes = plain_changes (packets, 0.8f);
  gdouble spent = 0.05 * packets->len;

  set_pictures (packets, 1);
  for (guint i = GROUP / 2; i < packets->len; i += GROUP)
    *size_at (packets, i) = 2 * KEY_SIZE;
  for (guint k = 0; k < 2; k++) {
    g_autoptr (FastPlan) plan = fast_plan_new (packets, changes, k * spent);
    gdouble all = 0, looks = 0;

    for (guint i = 0; i < packets->len; i++) {
      gdouble cost = clip_packet_cost (&g_array_index (packets, ClipPacket, i));

      all += cost;
      looks += fast_plan_wants (plan, i) ? cost : 0;
    }
    fail_unless (looks > 0);
    fail_unless (looks <= BUDGET_SHARE * all - k * spent, "%f", looks);
    fail_unless (fast_plan_get_boundaries (plan)->len > 20);
  }
}

GST_END_TEST;

/* Of small pictures everything may be looked at, but not in two runs. */
GST_START_TEST (test_open_clip_is_decoded_in_full)
{
  g_autoptr (GArray) packets = plain_packets (50 * GROUP);
  g_autoptr (GArray) changes = plain_changes (packets, 0.8f);

  set_pictures (packets, 0.4f);
  fail_unless (fast_plan_new (packets, changes, 0) == NULL);
}

GST_END_TEST;

GST_START_TEST (test_odd_packets)
{
  g_autoptr (GArray) packets = plain_packets (3 * GROUP);
  g_autoptr (GArray) changes = plain_changes (packets, 0.1f);
  g_autoptr (GArray) none = g_array_new (FALSE, FALSE, sizeof (StillChange));

  fail_unless (fast_plan_new (packets, none, 0) == NULL);
  g_array_index (packets, ClipPacket, 5).time = 4 * FRAME;
  fail_unless (fast_plan_new (packets, changes, 0) == NULL);
  g_array_index (packets, ClipPacket, 5).time = 5 * FRAME;
  g_array_index (packets, ClipPacket, 7).flags = 0;
  {
    g_autoptr (FastPlan) plan = fast_plan_new (packets, changes, 0);

    fail_unless_equals_uint64 (fast_plan_get_order (plan)->shown->len,
        3 * GROUP - 1);
    fail_unless_equals_uint64 (packet_order_find (fast_plan_get_order (plan),
                                   6 * FRAME),
        6);
    fail_unless_equals_uint64 (packet_order_find (fast_plan_get_order (plan),
                                   8 * FRAME),
        7);
    fail_unless (packet_order_find (fast_plan_get_order (plan), 7 * FRAME)
        == G_MAXUINT64);
  }
}

GST_END_TEST;

/* --- the survey --------------------------------------------------------- */

GST_START_TEST (test_survey)
{
  g_autoptr (GArray) packets = plain_packets (20 * GROUP);
  g_autoptr (FastShots) shots = fast_shots_new ();
  guint n = 0;

  for (guint i = 0; i < packets->len; i++) {
    const ClipPacket *packet = &g_array_index (packets, ClipPacket, i);
    gboolean is_key = (packet->flags & CLIP_PACKET_KEY) != 0;
    gboolean wanted = fast_shots_surveys (shots, packet);

    fail_unless (wanted || !is_key);
    n += wanted;
  }
  /* all key frames, and some that follow them */
  fail_unless (n > 2 * 20 && n < packets->len / 6, "%u", n);
}

GST_END_TEST;

/* Where all pictures decode alone, some will do. */
GST_START_TEST (test_survey_of_stills)
{
  g_autoptr (FastShots) shots = fast_shots_new ();
  guint n = 0;

  for (guint i = 0; i < 250; i++) {
    ClipPacket packet = {i * FRAME, SIZE, 0.1f,
        CLIP_PACKET_SHOWN | CLIP_PACKET_KEY | CLIP_PACKET_INTRA};

    n += fast_shots_surveys (shots, &packet);
  }
  fail_unless (n >= 25 && n <= 100, "%u", n);
}

GST_END_TEST;

/* A decoder that hands out hardly anything of what it was given. */
GST_START_TEST (test_survey_without_pictures)
{
  g_autoptr (GArray) packets = plain_packets (20 * GROUP);
  g_autoptr (FastShots) shots = fast_shots_new ();
  SmallFrame frame = {0};

  for (guint i = 0; i < packets->len; i++)
    fast_shots_surveys (shots, &g_array_index (packets, ClipPacket, i));
  fast_shots_push (shots, &frame, 0);
  fail_if (fast_shots_plan (shots, packets));
}

GST_END_TEST;

static Suite *
fastplan_suite (void)
{
  Suite *suite = suite_create ("fastplan");
  TCase *tcase = tcase_create ("general");

  suite_add_tcase (suite, tcase);
  tcase_add_test (tcase, test_calm_clip_needs_no_look);
  tcase_add_test (tcase, test_large_packet_is_looked_at);
  tcase_add_test (tcase, test_large_packets_in_turn_are_none);
  tcase_add_test (tcase, test_early_key_frame_is_a_cut);
  tcase_add_test (tcase, test_another_view_is_looked_at);
  tcase_add_test (tcase, test_leading_pictures);
  tcase_add_test (tcase, test_budget);
  tcase_add_test (tcase, test_open_clip_is_decoded_in_full);
  tcase_add_test (tcase, test_odd_packets);
  tcase_add_test (tcase, test_survey);
  tcase_add_test (tcase, test_survey_of_stills);
  tcase_add_test (tcase, test_survey_without_pictures);
  return suite;
}

GST_CHECK_MAIN (fastplan);
