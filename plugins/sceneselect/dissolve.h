/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "frametraits.h"

G_BEGIN_DECLS

/* Looks for the mix of two pictures in the last DISSOLVE_HISTORY thumbnails. */
typedef struct _DissolveFinder DissolveFinder;

DissolveFinder *dissolve_finder_new (void);
/* @motion and @distance are those since the picture before. %TRUE where a dissolve has been
 * found and is over. */
gboolean dissolve_finder_push (DissolveFinder *self, const FrameTraits *traits,
    const FrameMotion *motion, gfloat distance, guint64 *first, guint64 *last);
/* No dissolve begins before @frame. */
void dissolve_finder_bar (DissolveFinder *self, guint64 frame);
gboolean
dissolve_finder_finish (DissolveFinder *self, guint64 *first, guint64 *last);
void dissolve_finder_free (DissolveFinder *self);

G_END_DECLS
