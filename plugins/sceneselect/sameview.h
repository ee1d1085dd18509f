/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "frametraits.h"

G_BEGIN_DECLS

/* Whether two thumbnails show the same, at another zoom, shifted, or lighter:
 * a phone that changes its lens, an exposure that jumps, a lost second of a
 * moving camera. None of these is a new shot. */
gboolean same_view (const guint8 *a, const guint8 *b);

/* How well the best of those correlates, found by a coarser search. */
gdouble same_view_correlation (const guint8 *a, const guint8 *b);

G_END_DECLS
