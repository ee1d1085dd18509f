/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <gst/montage/enums.h>

G_BEGIN_DECLS

/* How the lengths of shots vary around the pace: patterns that fill phrases, so
 * that however they vary the cuts stay in step with the bars. */

/**
 * montage_pattern_length:
 * @variation: how much the lengths vary
 * @dense: no shot may be shorter than the usual length
 * @position: since the phrases began, in usual lengths
 * @shortest: of a shot, in usual lengths
 *
 * Returns: how long a shot is that starts there, in usual lengths
 */
gdouble montage_pattern_length (GstMontageVariation variation, gboolean dense,
    gdouble position, gdouble shortest);

G_END_DECLS
