/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "planchoices.h"

G_BEGIN_DECLS

/* Improves @takes from slot @from on: other material, other in-points, swaps,
 * chains and whole stretches, then every source at least once where there are
 * slots for it. @effort: evaluations that it may take. */
void montage_local_improve (const MontageChoices *choices, GArray *takes,
    guint from, guint effort);
/* What the search maximises: the sum of the scores from slot @from on, with the
 * seed's jitter. */
gdouble montage_local_total (const MontageChoices *choices, const GArray *takes,
    guint from);

G_END_DECLS
