/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "testcutting.h"

#include <gst/check/gstcheck.h>

void
cutting_init (TestCutting *self, GstMontageBeatGrid *song)
{
  GstMontageOutput output = {640, 360, TEST_CUTTING_FPS, 1,
      GST_MONTAGE_FIT_CROP};

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

void
cutting_clear (TestCutting *self)
{
  gst_montage_instructions_free (self->instructions);
  gst_montage_beat_grid_free (self->song);
  montage_energy_free (self->energy);
  g_array_unref (self->limits);
}

void
cutting_limit (TestCutting *self, guint64 frame, gboolean starts,
    guint64 shortest, guint64 longest)
{
  MontageSlotLimit limit = {frame, starts, shortest, longest};

  g_array_append_val (self->limits, limit);
}

GArray *
cutting_slots (TestCutting *self)
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
