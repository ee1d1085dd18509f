/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* The smallest of @values that a share of @share of them do not exceed (nearest
 * rank); the mean of the middle two for the median of an even number. Sorts
 * @values; 0 without any. */
gdouble montage_quantile (GArray *values, gdouble share);
gdouble montage_median (GArray *values);
/* Spearman's rank correlation; 0 where one does not vary. Replaces both by
 * their ranks. */
gdouble montage_correlate_ranks (gdouble *x, gdouble *y, guint n);

/**
 * MontageWeighted:
 *
 * A value and how much of the whole has it.
 */
typedef struct
{
  gdouble value;
  gdouble weight;
} MontageWeighted;

/* Distance of the tenth from the ninetieth hundredth of the weight. Sorts
 * @values, an array of MontageWeighted; 0 without any. */
gdouble montage_spread (GArray *values);

G_END_DECLS
