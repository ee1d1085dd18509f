/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "clippacket.h"

G_BEGIN_DECLS

/* What both runs may cost together, of decoding all: with what they cost
 * besides, a quarter is not exceeded. That holds for pictures of COST_PIXELS
 * and more. Small ones cost little even where all are decoded, so of those up
 * to 1280x720 whatever is open is looked at. */
#define BUDGET_SHARE 0.17
#define BUDGET_SMALL (1280.0 * 720 / COST_PIXELS)

/* Of a clip that costs @cost in full; @size: its pictures, of COST_PIXELS. */
static inline gdouble
fast_budget (gdouble cost, gdouble size)
{
  gdouble large = (size - BUDGET_SMALL) / (1 - BUDGET_SMALL);

  /* 2: a survey of everything, and a look at it */
  return cost * (2 - (2 - BUDGET_SHARE) * CLAMP (large, 0, 1));
}

G_END_DECLS
