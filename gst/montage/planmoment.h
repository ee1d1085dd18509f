/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "planscore.h"

G_BEGIN_DECLS

/* Where cuts need not be on beats: moves each cut after slot @from, a little,
 * to the best moment of its pictures. */
void montage_moments_apply (const MontageScorer *scorer,
    const MontagePace *pace, GArray *slots, GArray *takes, guint from);

G_END_DECLS
