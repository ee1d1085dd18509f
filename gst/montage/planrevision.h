/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <gst/montage/planner.h>

#include "plansearch.h"

G_BEGIN_DECLS

/* Whether the first cuts of the request's previous plan can stay. */
gboolean
montage_revision_check (const GstMontageRequest *request, GError **error);
/* Appends the first @n_frozen cuts of @previous to @plan, as they are. */
void montage_revision_copy (const GstMontagePlan *previous, guint n_frozen,
    GstMontagePlan *plan);
/* Puts the choice of @previous (nullable) into @takes, and what can be made of
 * it, where that is better: nothing gets worse when nothing has changed. */
void montage_revision_improve (const GstMontagePlan *previous,
    const MontageChoices *choices, guint n_frozen, GArray *takes);

G_END_DECLS
