/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "planescaler.h"

#include <math.h>

/* Weights are in so many bits, and so many of them go after the first pass:
 * what the kernel overshoots by still fits 16 bits. */
#define WEIGHT_BITS 14
#define COLUMN_BITS 8
#define ROW_BITS (2 * WEIGHT_BITS - COLUMN_BITS)
/* As in planeops.c: a fixed length becomes vector code. */
#define BLOCK 16

/**
 * Taps:
 *
 * The samples that each sample of the destination is made of.
 */
typedef struct
{
  guint n;         /* per sample */
  GArray *starts;  /* of gint: the first of them */
  GArray *weights; /* of gint16, n per sample */
} Taps;

struct _PlaneScaler
{
  Taps columns;
  Taps rows;
  GArray *row; /* of gint16: a row of the source between its rows */
};

static void
taps_init (Taps *self)
{
  self->starts = g_array_new (FALSE, FALSE, sizeof (gint));
  self->weights = g_array_new (FALSE, FALSE, sizeof (gint16));
}

static void
taps_clear (Taps *self)
{
  g_array_unref (self->starts);
  g_array_unref (self->weights);
}

PlaneScaler *
plane_scaler_new (void)
{
  PlaneScaler *self = g_new0 (PlaneScaler, 1);

  taps_init (&self->columns);
  taps_init (&self->rows);
  self->row = g_array_new (FALSE, FALSE, sizeof (gint16));
  return self;
}

void
plane_scaler_free (PlaneScaler *self)
{
  if (self == NULL)
    return;
  taps_clear (&self->columns);
  taps_clear (&self->rows);
  g_array_unref (self->row);
  g_free (self);
}

/* Keys' kernel with a = -1/2. */
static gdouble
kernel (gdouble t)
{
  t = fabs (t);
  if (t < 1)
    return (1.5 * t - 2.5) * t * t + 1;
  if (t < 2)
    return ((2.5 - 0.5 * t) * t - 4) * t + 2;
  return 0;
}

/* What rounding leaves over goes to the largest: flat areas stay as they
 * are. */
static void
round_weights (const gdouble *exact, guint n, gint16 *weights)
{
  gdouble sum = 0;
  gint rest = 1 << WEIGHT_BITS;
  guint largest = 0;
  guint i;

  for (i = 0; i < n; i++)
    sum += exact[i];
  for (i = 0; i < n; i++) {
    weights[i] = (gint16) lrint (exact[i] / sum * (1 << WEIGHT_BITS));
    rest -= weights[i];
    if (weights[i] > weights[largest])
      largest = i;
  }
  weights[largest] += rest;
}

static void
taps_set (Taps *self, const PlaneAxis *axis, gint n_source, gint n_dest)
{
  gdouble scale = MAX (axis->step, 1.0);
  gint reach = (gint) ceil (2 * scale);
  gint n = MIN (2 * reach, n_source);
  g_autofree gdouble *exact = g_new (gdouble, n);
  gint i, t;

  self->n = n;
  g_array_set_size (self->starts, n_dest);
  g_array_set_size (self->weights, n_dest * n);
  for (i = 0; i < n_dest; i++) {
    gdouble place = axis->first + i * axis->step;
    gint wanted = (gint) floor (place) - reach + 1;
    gint start = CLAMP (wanted, 0, n_source - n);

    for (t = 0; t < n; t++)
      exact[t] = 0;
    for (t = wanted; t < wanted + 2 * reach; t++)
      exact[CLAMP (t - start, 0, n - 1)] += kernel ((t - place) / scale);
    g_array_index (self->starts, gint, i) = start;
    round_weights (exact, n, &g_array_index (self->weights, gint16, i * n));
  }
}

/* @n rows of the source become one of 16 bits. */
static void
mix_rows (const guint8 *source, gssize stride, const gint16 *weights, guint n,
    gint width, gint16 *dest)
{
  const gint32 half = 1 << (COLUMN_BITS - 1);
  gint x, i;
  guint t;

  for (x = 0; x + BLOCK <= width; x += BLOCK) {
    gint32 sums[BLOCK];

    for (i = 0; i < BLOCK; i++)
      sums[i] = half;
    for (t = 0; t < n; t++) {
      const guint8 *row = source + t * stride + x;
      const gint32 weight = weights[t];

      for (i = 0; i < BLOCK; i++)
        sums[i] += row[i] * weight;
    }
    for (i = 0; i < BLOCK; i++)
      dest[x + i] = (gint16) (sums[i] >> COLUMN_BITS);
  }
  for (; x < width; x++) {
    gint32 sum = half;

    for (t = 0; t < n; t++)
      sum += source[t * stride + x] * weights[t];
    dest[x] = (gint16) (sum >> COLUMN_BITS);
  }
}

static inline guint8
mix_samples (const gint16 *source, const gint16 *weights, guint n)
{
  gint32 sum = 1 << (ROW_BITS - 1);
  guint t;

  for (t = 0; t < n; t++)
    sum += source[t] * weights[t];
  sum >>= ROW_BITS;
  return (guint8) CLAMP (sum, 0, 255);
}

static void
mix_columns (const gint16 *source, const Taps *taps, gint width, guint8 *dest)
{
  const gint *starts = (const gint *) (gpointer) taps->starts->data;
  const gint16 *weights = (const gint16 *) (gpointer) taps->weights->data;
  gint x;

  /* The usual length is a constant for the compiler. */
  if (taps->n == 4) {
    for (x = 0; x < width; x++)
      dest[x] = mix_samples (source + starts[x], weights + 4 * x, 4);
    return;
  }
  for (x = 0; x < width; x++)
    dest[x] = mix_samples (source + starts[x], weights + (gsize) taps->n * x,
        taps->n);
}

void
plane_scaler_scale (PlaneScaler *self, const Plane *source, const PlaneAxis *x,
    const PlaneAxis *y, const Plane *dest)
{
  gint first, last, row;

  taps_set (&self->columns, x, source->width, dest->width);
  taps_set (&self->rows, y, source->height, dest->height);
  /* Only the columns that are looked at. */
  first = g_array_index (self->columns.starts, gint, 0);
  last = g_array_index (self->columns.starts, gint, dest->width - 1)
      + self->columns.n;
  g_array_set_size (self->row, source->width);
  for (row = 0; row < dest->height; row++) {
    gint16 *mixed = (gint16 *) (gpointer) self->row->data;
    gint start = g_array_index (self->rows.starts, gint, row);

    mix_rows (source->data + (gssize) start * source->stride + first,
        source->stride,
        &g_array_index (self->rows.weights, gint16, row * self->rows.n),
        self->rows.n, last - first, mixed + first);
    mix_columns (mixed, &self->columns, dest->width,
        dest->data + (gssize) row * dest->stride);
  }
}
