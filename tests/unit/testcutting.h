/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <gst/montage/planslots.h>

#include "planner-material.h"

G_BEGIN_DECLS

#define TEST_CUTTING_FPS 25

/* A song that is cut as a film of its own length, without pictures. */
typedef struct
{
  GstMontageInstructions *instructions;
  GstMontageBeatGrid *song;
  MontageEnergy *energy;
  MontageFilmGrid film;
  MontagePace pace;
  GArray *limits;
} TestCutting;

/* Takes @song. */
void cutting_init (TestCutting *self, GstMontageBeatGrid *song);
void cutting_clear (TestCutting *self);
void cutting_limit (TestCutting *self, guint64 frame, gboolean starts,
    guint64 shortest, guint64 longest);
/* Slots from frame 0 to the end: it is checked that they leave no gap.
 * Returns: (transfer full): of MontageSlot */
GArray *cutting_slots (TestCutting *self);

G_END_DECLS
