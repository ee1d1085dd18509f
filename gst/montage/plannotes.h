/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "planmaterial.h"

G_BEGIN_DECLS

/* What the user should know of a plan, as sentences. */

/* Clips that no cut can show; @min_sec is the shortest cut. */
void montage_notes_left_out (const MontageMaterial *material, gdouble min_sec,
    GPtrArray *notes);
/* Clips that could be shown and are not, and why. */
void montage_notes_unused (const MontageMaterial *material,
    const GstMontagePlan *plan, GPtrArray *notes);
/* How much is shown more than once. */
void montage_notes_repeats (const MontageMaterial *material,
    const GstMontagePlan *plan, GPtrArray *notes);

/* Seconds for people: at most two digits after the point. */
gchar *montage_notes_seconds (gdouble sec);
gchar *montage_notes_time (GstClockTime time);

G_END_DECLS
