/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "planchoices.h"

G_BEGIN_DECLS

/**
 * montage_bound_compute:
 * @choices: what can be where
 * @takes: a film of them
 * @from: slots before it are settled
 *
 * Returns: points that no film of these choices has more of from slot @from on,
 *     without the seed's jitter
 */
gdouble montage_bound_compute (const MontageChoices *choices,
    const GArray *takes, guint from);

G_END_DECLS
