/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "barcode.h"

#include <math.h>

#define N_DATA 6
#define N_CELLS 10      /* with the two rings */
#define SIDE_SHARE 0.5  /* of the shorter side of the picture */
#define MIN_CONTRAST 40 /* between the rings, of 255 */
/* A cell must be this near to black or white, relative to the contrast: in a
 * crossfade the stronger picture is read up to a share of a quarter. */
#define MIN_CLEARNESS 0.5

typedef struct
{
  const guint8 *luma;
  gsize stride;
  guint width;
  guint height;
  gdouble side;
} Finder;

/* CRC-12 with the polynomial x^12 + x^11 + x^3 + x^2 + x + 1. */
static guint
checksum (guint32 data)
{
  guint crc = 0xabc;

  for (gint bit = 23; bit >= 0; bit--) {
    guint top = ((crc >> 11) ^ (data >> bit)) & 1;

    crc = (crc << 1) & 0xfff;
    if (top)
      crc ^= 0x80f;
  }
  return crc;
}

static gboolean
cell_is_white (guint64 code, guint column, guint row)
{
  guint ring = MIN (MIN (column, N_CELLS - 1 - column),
      MIN (row, N_CELLS - 1 - row));

  if (ring < 2)
    return ring == 1;
  return code >> ((row - 2) * N_DATA + column - 2) & 1;
}

void
montage_barcode_write (guint32 *pixels, guint width, guint height, guint id,
    guint frame)
{
  guint32 data = (guint32) (id & 0xff) << 16 | (frame & 0xffff);
  guint64 code = (guint64) checksum (data) << 24 | data;
  gdouble side = SIDE_SHARE * MIN (width, height);
  gdouble left = (width - side) / 2, top = (height - side) / 2;

  for (guint y = (guint) ceil (top); y < top + side; y++) {
    guint row = MIN ((guint) ((y + 0.5 - top) / side * N_CELLS), N_CELLS - 1);

    for (guint x = (guint) ceil (left); x < left + side; x++) {
      guint column = MIN ((guint) ((x + 0.5 - left) / side * N_CELLS),
          N_CELLS - 1);

      pixels[(gsize) y * width + x] = cell_is_white (code, column, row)
          ? 0xffffffff
          : 0xff000000;
    }
  }
}

/* Mean of the inner part of a cell, away from what scaling and compression
 * smear over its borders. */
static gdouble
sample_cell (const Finder *self, guint column, guint row)
{
  gdouble cell = self->side / N_CELLS;
  gdouble left = (self->width - self->side) / 2 + column * cell;
  gdouble top = (self->height - self->side) / 2 + row * cell;
  guint x0 = (guint) (left + 0.3 * cell), x1 = (guint) (left + 0.7 * cell);
  guint y0 = (guint) (top + 0.3 * cell), y1 = (guint) (top + 0.7 * cell);
  guint sum = 0, n = 0;

  for (guint y = y0; y <= MIN (y1, self->height - 1); y++)
    for (guint x = x0; x <= MIN (x1, self->width - 1); x++, n++)
      sum += self->luma[y * self->stride + x];
  return n > 0 ? (gdouble) sum / n : 0;
}

/* Darkest of the white ring against brightest of the black one. */
static gboolean
find_rings (const Finder *self, gdouble *black, gdouble *white)
{
  gdouble max_black = 0, min_white = 255;

  for (guint k = 0; k < N_CELLS; k++) {
    const guint edges[4][2] = {{k, 0}, {N_CELLS - 1, k}, {k, N_CELLS - 1},
        {0, k}};

    for (guint edge = 0; edge < 4; edge++) {
      max_black = MAX (max_black,
          sample_cell (self, edges[edge][0], edges[edge][1]));
      if (k >= 1 && k <= N_CELLS - 2) {
        guint column = CLAMP (edges[edge][0], 1, N_CELLS - 2);
        guint row = CLAMP (edges[edge][1], 1, N_CELLS - 2);

        min_white = MIN (min_white, sample_cell (self, column, row));
      }
      if (min_white - max_black < MIN_CONTRAST)
        return FALSE;
    }
  }
  *black = max_black;
  *white = min_white;
  return TRUE;
}

static gboolean
read_at (const Finder *self, guint32 *data)
{
  gdouble black, white;
  guint64 code = 0;

  if (!find_rings (self, &black, &white))
    return FALSE;
  for (guint row = 0; row < N_DATA; row++) {
    for (guint column = 0; column < N_DATA; column++) {
      gdouble value = sample_cell (self, column + 2, row + 2);
      gdouble level = (2 * value - black - white) / (white - black);

      if (fabs (level) < MIN_CLEARNESS)
        return FALSE;
      if (level > 0)
        code |= G_GUINT64_CONSTANT (1) << (row * N_DATA + column);
    }
  }
  *data = code & 0xffffff;
  return code >> 24 == checksum (*data);
}

gboolean
montage_barcode_read (const guint8 *luma, gsize stride, guint width,
    guint height, gdouble *side, guint *id, guint *frame)
{
  Finder finder = {luma, stride, width, height, *side};
  gdouble shorter = MIN (width, height);
  guint32 data;
  gboolean found = *side >= N_CELLS && *side <= shorter
      && read_at (&finder, &data);

  /* From large to small: the whole code, never a part of the scene inside. */
  for (gdouble s = shorter; !found && s >= 2 * N_CELLS; s *= 0.985) {
    finder.side = s;
    found = read_at (&finder, &data);
  }
  if (!found)
    return FALSE;
  *side = finder.side;
  *id = data >> 16;
  *frame = data & 0xffff;
  return TRUE;
}
