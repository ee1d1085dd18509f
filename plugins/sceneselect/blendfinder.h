/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <gst/montage/enums.h>

#include "blendfit.h"

G_BEGIN_DECLS

typedef struct
{
  BlendFit fit;
  gdouble score; /* log odds less what is asked for; above 0 it is one */
  GstMontageBoundary kind;
} Blend;

/* Finds dissolves and wipes. */
typedef struct _BlendFinder BlendFinder;

BlendFinder *blend_finder_new (void);
/* To be called when @ring has got a picture. TRUE: @blend is over and will not
 * change any more. */
gboolean
blend_finder_look (BlendFinder *self, const MixRing *ring, Blend *blend);
gboolean
blend_finder_finish (BlendFinder *self, const MixRing *ring, Blend *blend);
void blend_finder_free (BlendFinder *self);

/* For fitting: @spy is told of every candidate. */
typedef void (*BlendSpy) (const Blend *candidate);
void blend_finder_set_spy (BlendFinder *self, BlendSpy spy);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (BlendFinder, blend_finder_free)

G_END_DECLS
