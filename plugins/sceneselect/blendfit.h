/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "blendtraits.h"

G_BEGIN_DECLS

/**
 * BlendFit:
 * @first: first picture that is no longer the old one alone
 * @last: last picture that is not yet the new one alone
 *
 * How well the pictures between two of them are explained by the one turning
 * into the other.
 */
typedef struct
{
  guint64 first;
  guint64 last;
  gdouble traits[BLEND_N_TRAITS];
} BlendFit;

/* Whether @end may be what @begin has turned into: quick, and mostly no. */
gboolean blend_fit_may_be (const MixRing *ring, guint64 begin, guint64 end);
/* Finds first and last frame between @begin and @end, which are pictures of
 * the old and of the new shot; @before and @after are how many more of each
 * there are beyond. FALSE where the change does not both begin and end
 * within. */
gboolean blend_fit_measure (const MixRing *ring, guint64 begin, guint64 end,
    guint before, guint after, BlendFit *fit);

G_END_DECLS
