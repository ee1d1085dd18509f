/* SPDX-License-Identifier: LGPL-2.1-or-later */

/* Where the cuts are, from the inside. */

#include <gst/check/gstcheck.h>
#include <math.h>

#include <gst/montage/planrandom.h>
#include <gst/montage/planslots.h>

#include "testplan.h"

#define FPS 25

typedef struct
{
  GstMontageInstructions *instructions;
  GstMontageBeatGrid *song;
  MontageEnergy *energy;
  MontageFilmGrid film;
  MontagePace pace;
  GArray *limits;
} Place;

/* Takes @song. */
static void
place_init (Place *self, GstMontageBeatGrid *song)
{
  GstMontageOutput output = {640, 360, FPS, 1, GST_MONTAGE_FIT_CROP};

  memset (self, 0, sizeof (*self));
  self->instructions = gst_montage_instructions_new ();
  self->song = song;
  self->energy = montage_energy_new (song);
  self->limits = g_array_new (FALSE, FALSE, sizeof (MontageSlotLimit));
  self->film = (MontageFilmGrid){.music = song,
      .energy = self->energy,
      .output = output,
      .n_frames = gst_montage_output_frame_at (&output, song->duration),
      .limits = self->limits};
}

static void
place_clear (Place *self)
{
  gst_montage_instructions_free (self->instructions);
  gst_montage_beat_grid_free (self->song);
  montage_energy_free (self->energy);
  g_array_unref (self->limits);
}

static void
place_limit (Place *self, guint64 frame, gboolean starts, guint64 shortest,
    guint64 longest)
{
  MontageSlotLimit limit = {frame, starts, shortest, longest};

  g_array_append_val (self->limits, limit);
}

/* Slots from frame 0 on that leave no gap. */
static GArray *
place_slots (Place *self)
{
  GArray *slots;
  guint64 end = 0;

  montage_pace_init (&self->pace, self->instructions, self->song, self->energy,
      0, self->song->duration);
  slots = montage_slots_new (&self->film, &self->pace, 0);
  montage_pace_clear (&self->pace);
  for (guint i = 0; i < slots->len; i++) {
    const MontageSlot *slot = &g_array_index (slots, MontageSlot, i);
    fail_unless_equals_uint64 (slot->first_frame, end);
    fail_unless (slot->n_frames > 0);
    end += slot->n_frames;
  }
  fail_unless_equals_uint64 (end, self->film.n_frames);

  return slots;
}

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
  Place place;
  g_autoptr (GArray) slots = NULL;
  guint on_beat = 0;

  place_init (&place, test_full_song_new (120, 60));
  place_limit (&place, 0, FALSE, 0, 20);
  place_limit (&place, 333, TRUE, 61, 61);
  place_limit (&place, 700, FALSE, 0, 14);
  place_limit (&place, 901, TRUE, 0, 0);
  place_limit (&place, 1101, TRUE, 400, 400);
  slots = place_slots (&place);

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
  place_clear (&place);
}
GST_END_TEST;

/* Also where limits are too close for any cut: starts are kept. */
GST_START_TEST (test_limits_that_clash)
{
  for (guint64 seed = 0; seed < 300; seed++) {
    Place place;
    g_autoptr (GArray) slots = NULL;
    guint64 frame = 0;

    place_init (&place,
        test_full_song_new (60 + 140 * montage_random (seed, 0, 0), 20));
    place.instructions->pacing.speed = seed % 6;
    for (guint i = 0; i < 8; i++) {
      frame += 1 + (guint64) (90 * montage_random (seed, 1, i));
      place_limit (&place, frame, seed % 2, 10 * (seed % 3),
          (guint64) (60 * montage_random (seed, 2, i)));
    }
    slots = place_slots (&place);
    for (guint i = 0; i < place.limits->len; i++) {
      const MontageSlotLimit *limit = &g_array_index (place.limits,
          MontageSlotLimit, i);
      if (limit->starts && limit->frame < place.film.n_frames)
        fail_unless_equals_uint64 (slot_at (slots, limit->frame)->first_frame,
            limit->frame);
    }
    place_clear (&place);
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
