/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "planmaterial.h"

G_BEGIN_DECLS

/* Sentences for the user, appended to @notes (of gchar *). @min_sec: the
 * shortest cut. */
void montage_notes_left_out (const MontageMaterial *material, gdouble min_sec,
    GPtrArray *notes);
void montage_notes_unused (const MontageMaterial *material,
    const GstMontagePlan *plan, GPtrArray *notes);
void montage_notes_repeats (const MontageMaterial *material,
    const GstMontagePlan *plan, GPtrArray *notes);

G_END_DECLS
