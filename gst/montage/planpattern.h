/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <gst/montage/enums.h>

G_BEGIN_DECLS

/* How the lengths of shots vary around the pace: patterns that fill phrases, so
 * that however they vary the cuts stay in step with the bars. */

/**
 * MontageDensity:
 * @MONTAGE_DENSITY_LOOSE: shots of half the usual length are possible
 * @MONTAGE_DENSITY_DENSE: the usual length is about the shortest
 * @MONTAGE_DENSITY_PRESSED: and shots would be shorter if they could
 */
typedef enum
{
  MONTAGE_DENSITY_LOOSE,
  MONTAGE_DENSITY_DENSE,
  MONTAGE_DENSITY_PRESSED
} MontageDensity;

/**
 * montage_pattern_length:
 * @variation: how much the lengths vary
 * @density: how near the usual length is to the shortest
 * @position: since the phrases began, in usual lengths
 * @shortest: of a shot, in usual lengths
 *
 * Returns: how long a shot is that starts there, in usual lengths
 */
gdouble montage_pattern_length (GstMontageVariation variation,
    MontageDensity density, gdouble position, gdouble shortest);

G_END_DECLS
