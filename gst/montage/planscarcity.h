/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "plandraft.h"

G_BEGIN_DECLS

/* What is done for want of footage, as GstMontageScarcity has it. */

/* Whether all slots can be filled without showing anything again. */
gboolean montage_scarcity_is_enough (const MontageDraft *self);
/* Slows down as many of the slots as it takes, the calmest first. */
void montage_scarcity_slow (MontageDraft *self);
/* Time of the film up to which there is enough. */
GstClockTime montage_scarcity_length (const MontageDraft *self);
/* Whether @plan shows something again all the same, and more can be done: then
 * the draft is to be prepared once more. */
gboolean
montage_scarcity_try_again (MontageDraft *self, const GstMontagePlan *plan);
/* Says what was done, in figures. */
void montage_scarcity_note (const MontageDraft *self);

G_END_DECLS
