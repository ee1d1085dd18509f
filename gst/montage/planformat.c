/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include <math.h>

#include "planformat.h"

#define LONGEST_SIDE 1920
#define SHORTEST_SIDE 1080
#define DEFAULT_RATE 4 /* of the rates below: 30 */

static const struct
{
  gint n;
  gint d;
} rates[] = {
    {24000, 1001},
    {24, 1},
    {25, 1},
    {30000, 1001},
    {30, 1},
    {50, 1},
    {60000, 1001},
    {60, 1},
};

typedef struct
{
  guint width;
  guint height;
  GstClockTime weight;
} Size;

static gboolean
has_size (const GstMontageShotList *source)
{
  return source->width >= 2 && source->height >= 2;
}

static gint
compare_sizes (gconstpointer a, gconstpointer b)
{
  const Size *x = a, *y = b;
  guint64 p = (guint64) x->width * x->height;
  guint64 q = (guint64) y->width * y->height;

  if (p != q)
    return p < q ? -1 : 1;
  return (x->width > y->width) - (x->width < y->width);
}

/* The size of the middle second of all footage of the usual orientation. */
static Size
median_size (const GstMontageShotList *const *sources, guint n_sources)
{
  g_autoptr (GArray) sizes = g_array_new (FALSE, FALSE, sizeof (Size));
  Size result = {LONGEST_SIDE, SHORTEST_SIDE, 0};
  GstClockTime upright = 0, total = 0, sum = 0;
  gboolean portrait;

  for (guint i = 0; i < n_sources; i++) {
    if (!has_size (sources[i]))
      continue;
    total += sources[i]->duration;
    if (sources[i]->height > sources[i]->width)
      upright += sources[i]->duration;
  }
  portrait = upright > total / 2;
  total = 0;
  for (guint i = 0; i < n_sources; i++) {
    Size size = {sources[i]->width, sources[i]->height, sources[i]->duration};
    if (!has_size (sources[i]) || (size.height > size.width) != portrait)
      continue;
    total += size.weight;
    g_array_append_val (sizes, size);
  }
  g_array_sort (sizes, compare_sizes);
  for (guint i = 0; i < sizes->len; i++) {
    result = g_array_index (sizes, Size, i);
    sum += result.weight;
    if (sum >= total - total / 2)
      break;
  }

  return result;
}

static void
choose_size (const GstMontageShotList *const *sources, guint n_sources,
    GstMontageOutput *output)
{
  Size size = median_size (sources, n_sources);
  gdouble longer = MAX (size.width, size.height);
  gdouble shorter = MIN (size.width, size.height);
  gdouble scale = MIN (1.0,
      MIN (LONGEST_SIDE / longer, SHORTEST_SIDE / shorter));

  output->width = MAX ((guint) (size.width * scale / 2 + 0.5) * 2, 16);
  output->height = MAX ((guint) (size.height * scale / 2 + 0.5) * 2, 16);
}

static void
choose_rate (const GstMontageShotList *const *sources, guint n_sources,
    GstMontageOutput *output)
{
  GstClockTime weights[G_N_ELEMENTS (rates)] = {0};
  guint best = DEFAULT_RATE;

  for (guint i = 0; i < n_sources; i++) {
    gdouble rate, distance = INFINITY;
    guint nearest = 0;

    if (sources[i]->fps_n <= 0 || sources[i]->fps_d <= 0)
      continue;
    rate = (gdouble) sources[i]->fps_n / sources[i]->fps_d;
    for (guint k = 0; k < G_N_ELEMENTS (rates); k++) {
      gdouble d = fabs (log (rate * rates[k].d / rates[k].n));
      if (d < distance) {
        distance = d;
        nearest = k;
      }
    }
    weights[nearest] += sources[i]->duration;
  }
  for (guint k = 0; k < G_N_ELEMENTS (rates); k++) {
    if (weights[k] > weights[best])
      best = k;
  }
  output->fps_n = rates[best].n;
  output->fps_d = rates[best].d;
}

void
montage_format_choose (const GstMontageShotList *const *sources,
    guint n_sources, GstMontageOutput *output)
{
  if (output->width == 0 || output->height == 0)
    choose_size (sources, n_sources, output);
  output->width += output->width % 2;
  output->height += output->height % 2;
  if (output->fps_n <= 0 || output->fps_d <= 0)
    choose_rate (sources, n_sources, output);
}
