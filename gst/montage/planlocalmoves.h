/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "planlocalfilm.h"

G_BEGIN_DECLS

/* The moves of the local search: each keeps what it changes only where the film
 * gains by it, and says so. */

/* Other material, or another in-point in the same. */
gboolean montage_local_replace (MontageLocal *self, guint slot);
gboolean montage_local_swap (MontageLocal *self, guint a, guint b);
/* A take from elsewhere, which then gets another one. */
gboolean montage_local_chain (MontageLocal *self, guint slot);
/* A stretch at once, next to all that stays. */
gboolean montage_local_choose_anew (MontageLocal *self, guint from, guint to);

G_END_DECLS
