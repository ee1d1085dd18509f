/* SPDX-License-Identifier: LGPL-2.1-or-later */

/* Where the cuts are, from the inside. */

#include <gst/check/gstcheck.h>
#include <math.h>

#include <gst/montage/planrandom.h>

#include "testcutting.h"
#include "testplan.h"

static const MontageSlot *
slot_at (const GArray *slots, guint64 frame)
{
  for (guint i = 0; i < slots->len; i++) {
    const MontageSlot *slot = &g_array_index (slots, MontageSlot, i);
    if (frame < slot->first_frame + slot->n_frames)
      return slot;
  }

  return NULL;
}

GST_START_TEST (test_limits_of_slots)
{
  TestCutting cutting;
  g_autoptr (GArray) slots = NULL;
  guint on_beat = 0;

  cutting_init (&cutting, test_full_song_new (120, 60));
  cutting_limit (&cutting, 0, FALSE, 0, 20);
  cutting_limit (&cutting, 333, TRUE, 61, 61);
  cutting_limit (&cutting, 700, FALSE, 0, 14);
  cutting_limit (&cutting, 901, TRUE, 0, 0);
  cutting_limit (&cutting, 1101, TRUE, 400, 400);
  slots = cutting_slots (&cutting);

  fail_unless (slot_at (slots, 0)->n_frames <= 20);
  fail_unless_equals_uint64 (slot_at (slots, 333)->first_frame, 333);
  fail_unless_equals_uint64 (slot_at (slots, 333)->n_frames, 61);
  fail_unless (slot_at (slots, 700)->n_frames <= 14);
  fail_unless_equals_uint64 (slot_at (slots, 901)->first_frame, 901);
  /* Longer than any other cut may be; the film ends first. */
  fail_unless_equals_uint64 (slot_at (slots, 1101)->n_frames, 399);
  /* The other cuts stay on the beats. */
  for (guint i = 0; i < slots->len; i++)
    on_beat += g_array_index (slots, MontageSlot, i).beat >= 0;
  fail_unless (on_beat + 8 >= slots->len, "%u of %u", on_beat, slots->len);
  cutting_clear (&cutting);
}
GST_END_TEST;

/* Also where limits are too close for any cut: starts are kept. */
GST_START_TEST (test_limits_that_clash)
{
  for (guint64 seed = 0; seed < 300; seed++) {
    TestCutting cutting;
    g_autoptr (GArray) slots = NULL;
    guint64 frame = 0;

    cutting_init (&cutting,
        test_full_song_new (60 + 140 * montage_random (seed, 0, 0), 20));
    cutting.instructions->pacing.speed = seed % 6;
    for (guint i = 0; i < 8; i++) {
      frame += 1 + (guint64) (90 * montage_random (seed, 1, i));
      cutting_limit (&cutting, frame, seed % 2, 10 * (seed % 3),
          (guint64) (60 * montage_random (seed, 2, i)));
    }
    slots = cutting_slots (&cutting);
    for (guint i = 0; i < cutting.limits->len; i++) {
      const MontageSlotLimit *limit = &g_array_index (cutting.limits,
          MontageSlotLimit, i);
      if (limit->starts && limit->frame < cutting.film.n_frames)
        fail_unless_equals_uint64 (slot_at (slots, limit->frame)->first_frame,
            limit->frame);
    }
    cutting_clear (&cutting);
  }
}
GST_END_TEST;

static Suite *
planslots_suite (void)
{
  Suite *suite = suite_create ("planslots");
  TCase *tests = tcase_create ("slots");

  suite_add_tcase (suite, tests);
  tcase_add_test (tests, test_limits_of_slots);
  tcase_add_test (tests, test_limits_that_clash);

  return suite;
}

GST_CHECK_MAIN (planslots);
