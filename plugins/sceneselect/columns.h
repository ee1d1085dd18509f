/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define COLUMNS_MAX 1024

/* The cells of a row: where each begins and how many samples it has. */
typedef struct
{
  gint begin[COLUMNS_MAX];
  gint width[COLUMNS_MAX]; /* narrow, or one more */
  gint narrow;
  gint n;
} Columns;

/* First and behind-last sample of cell @i of @n; never empty. */
static inline void
cell_range (gint i, gint n, gint size, gint *begin, gint *end)
{
  *begin = (gint) ((gint64) i * size / n);
  *end = (gint) ((gint64) (i + 1) * size / n);
  if (*end <= *begin)
    *end = *begin + 1;
}

/* For @n cells in rows of @width samples. */
static inline void
columns_init (Columns *self, gint n, gint width)
{
  self->n = n;
  self->narrow = MAX (width / n, 1);
  for (gint i = 0; i < n; i++) {
    gint end;

    cell_range (i, n, width, &self->begin[i], &end);
    self->width[i] = end - self->begin[i];
  }
}

/* Columns are of two widths only, so two inverses do for all divisions; they
 * are exact as long as a sum times its divisor is below 2^32. */
static inline void
columns_invert (const Columns *self, gint n_rows, guint64 inverse[2])
{
  for (gint i = 0; i < 2; i++) {
    guint64 count = (guint64) (self->narrow + i) * (guint64) n_rows;

    inverse[i] = ((G_GUINT64_CONSTANT (1) << 32) + count - 1) / count;
  }
}

static inline guint32
column_sum (const Columns *self, const guint16 *sums, gint i)
{
  const guint16 *first = sums + self->begin[i];
  guint32 total = 0;

  for (gint x = 0; x < self->width[i]; x++)
    total += first[x];
  return total;
}

static inline guint32
divide (guint32 value, guint64 inverse)
{
  return (guint32) (value * inverse >> 32);
}

G_END_DECLS
