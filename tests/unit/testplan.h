/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "planner-material.h"

G_BEGIN_DECLS

/* A song with eight sections, from a calm intro to the second drop and out. */
GstMontageBeatGrid *test_full_song_new (gdouble bpm, gdouble sec);
/* There is a plan, and its document can be read. */
GstMontagePlan *plan_ok (TestFilm *film);
const GstMontageCut *get_cut (const GstMontagePlan *plan, guint i);
/* No cut is shorter or longer than the instructions allow. */
void check_limits (const GstMontagePlan *plan, const gchar *what);
/* Every frame that is shown, also within transitions, lies inside its shot. */
void check_material (const GstMontagePlan *plan, GPtrArray *clips);

G_END_DECLS
