/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "planmaterial.h"
#include "planslots.h"

G_BEGIN_DECLS

/* Wishes that hold where a shot shows something. */

/* Finds out which wishes of @instructions hold for which spans, and says in
 * @notes which hold for none. Spans borrow the wishes. */
void montage_scenes_apply (MontageMaterial *material,
    const GstMontageInstructions *instructions, GPtrArray *notes);

/* Notes in @pace where, from slot @from on, @takes (of MontageTake) show what
 * is to be cut faster or slower. Returns whether there is any. */
gboolean montage_scenes_mark (const MontageMaterial *material,
    const MontageFilmGrid *film, const GArray *slots, const GArray *takes,
    guint from, MontagePace *pace);

/* Whether nothing of @source is wanted. */
gboolean
montage_scenes_is_unwanted (const MontageMaterial *material, guint source);

G_END_DECLS
