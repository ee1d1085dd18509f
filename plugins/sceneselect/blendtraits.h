/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "blendwindow.h"

G_BEGIN_DECLS

/* What speaks for a transition; see blendtraits.c. */
typedef enum
{
  BLEND_LEFT_WHOLE,
  BLEND_LEFT_CELLS,
  BLEND_RAMP_ERROR,
  BLEND_BETWEEN,
  BLEND_ENERGY,
  BLEND_DISTANCE,
  BLEND_STEP,
  BLEND_BACKSTEP,
  BLEND_RIVAL,
  BLEND_OUTSIDE,
  BLEND_LENGTH,
  BLEND_SEEN,
  BLEND_ORDER,
  BLEND_EDGES,
  BLEND_COVER,
  BLEND_NEWNESS,
  BLEND_N_TRAITS
} BlendTrait;

/* @window is looked at wholly, @before and @after are how many more pictures
 * of A and B there are beyond. */
void blend_traits_measure (const BlendWindow *window, guint before, guint after,
    gdouble *traits);

G_END_DECLS
