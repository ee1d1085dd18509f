/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "planstatistics.h"

#include <math.h>

#define SPREAD_FROM 0.1
#define SPREAD_TO 0.9

static gint
compare_doubles (gconstpointer a, gconstpointer b)
{
  gdouble x = *(const gdouble *) a, y = *(const gdouble *) b;

  return (x > y) - (x < y);
}

gdouble
montage_quantile (GArray *values, gdouble share)
{
  guint at;

  if (values->len == 0)
    return 0.0;
  g_array_sort (values, compare_doubles);
  at = (guint) MAX (ceil (share * values->len - 1e-9), 1.0) - 1;

  return g_array_index (values, gdouble, MIN (at, values->len - 1));
}

gdouble
montage_median (GArray *values)
{
  guint middle = values->len / 2;

  if (values->len == 0)
    return 0.0;
  g_array_sort (values, compare_doubles);
  if (values->len % 2 != 0)
    return g_array_index (values, gdouble, middle);

  return (g_array_index (values, gdouble, middle - 1)
             + g_array_index (values, gdouble, middle))
      / 2;
}

typedef struct
{
  gdouble value;
  guint index;
} Ranked;

static gint
compare_ranked (gconstpointer a, gconstpointer b)
{
  const Ranked *x = a, *y = b;

  return (x->value > y->value) - (x->value < y->value);
}

/* Replaces values by their ranks; equal values share theirs. */
static void
rank (gdouble *values, guint n)
{
  g_autofree Ranked *order = g_new (Ranked, n);

  for (guint i = 0; i < n; i++)
    order[i] = (Ranked){values[i], i};
  qsort (order, n, sizeof (Ranked), compare_ranked);
  for (guint i = 0; i < n;) {
    guint end = i;
    gdouble mean;

    while (end < n && order[end].value == order[i].value)
      end++;
    mean = (i + end - 1) / 2.0;
    for (; i < end; i++)
      values[order[i].index] = mean;
  }
}

/* Pearson's correlation of the ranks. */
gdouble
montage_correlate_ranks (gdouble *x, gdouble *y, guint n)
{
  gdouble mean = (n - 1) / 2.0, xy = 0, xx = 0, yy = 0;

  rank (x, n);
  rank (y, n);
  for (guint i = 0; i < n; i++) {
    xy += (x[i] - mean) * (y[i] - mean);
    xx += (x[i] - mean) * (x[i] - mean);
    yy += (y[i] - mean) * (y[i] - mean);
  }

  return xx > 0 && yy > 0 ? CLAMP (xy / sqrt (xx * yy), -1.0, 1.0) : 0.0;
}

static gint
compare_weighted (gconstpointer a, gconstpointer b)
{
  const MontageWeighted *x = a, *y = b;

  return (x->value > y->value) - (x->value < y->value);
}

static gdouble
weighted_quantile (const GArray *values, gdouble weight)
{
  gdouble below = 0.0;
  guint i;

  for (i = 0; i + 1 < values->len; i++) {
    below += g_array_index (values, MontageWeighted, i).weight;
    if (below >= weight)
      break;
  }

  return g_array_index (values, MontageWeighted, i).value;
}

gdouble
montage_spread (GArray *values)
{
  gdouble total = 0.0;

  if (values->len == 0)
    return 0.0;
  g_array_sort (values, compare_weighted);
  for (guint i = 0; i < values->len; i++)
    total += g_array_index (values, MontageWeighted, i).weight;

  return weighted_quantile (values, SPREAD_TO * total)
      - weighted_quantile (values, SPREAD_FROM * total);
}
