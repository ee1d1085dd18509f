/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "blendtraits.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "blendramp.h"
#include "shotconstants.h"

/* What a mix leaves unexplained, against what A and B differ by: with one
 * share for all cells, and with one for each. */
static void
measure_left (const BlendWindow *self, gdouble *traits)
{
  gdouble whole = 0, cells = 0, energy = 0, between = 0, seen = 0;

  for (guint i = 1; i < self->n; i++) {
    gdouble alpha = CLAMP (self->alpha[i], 0, 1);

    for (guint c = 0; c < MIX_CELLS; c++) {
      const CellFit *f = &self->cells[i][c];
      gdouble a = cell_fit_get_alpha (f);

      whole += cell_fit_get_left (f, alpha);
      cells += cell_fit_get_left (f, a);
      between += a * (1 - a) * 4 * f->energy;
      seen += f->energy > 0;
    }
    energy += self->energy[i];
  }
  traits[BLEND_LEFT_WHOLE] = log (whole / energy + BLEND_LEFT_FLOOR);
  traits[BLEND_LEFT_CELLS] = log (cells / energy + BLEND_LEFT_FLOOR);
  traits[BLEND_BETWEEN] = between / energy;
  traits[BLEND_SEEN] = seen / ((self->n - 1) * MIX_CELLS);
  traits[BLEND_ENERGY] = log (energy / (seen * MIX_VALUES) + 1);
}

/* How far the share runs back, and its largest step, of the whole and of the
 * cells. */
static void
measure_steps (const BlendWindow *self, gdouble *traits)
{
  gdouble back = 0, energy = 0, step = 0;

  for (guint i = 1; i <= self->n; i++) {
    step = MAX (step, self->alpha[i] - self->alpha[i - 1]);
    for (guint c = 0; c < MIX_CELLS; c++) {
      const CellFit *f = &self->cells[i][c];
      gdouble d = cell_fit_get_alpha (&self->cells[i - 1][c])
          - cell_fit_get_alpha (f);

      back += MAX (d, 0) * f->energy;
      energy += f->energy;
    }
  }
  traits[BLEND_STEP] = step;
  traits[BLEND_BACKSTEP] = back / energy * self->n;
}

/* Solves the symmetric system by elimination. */
static void
solve (gint n, gdouble m[7][7], gdouble *v)
{
  for (gint k = 0; k < n; k++) {
    for (gint i = k + 1; i < n; i++) {
      gdouble f = m[i][k] / MAX (m[k][k], 1e-9);

      for (gint j = k; j < n; j++)
        m[i][j] -= f * m[k][j];
      v[i] -= f * v[k];
    }
  }
  for (gint k = n - 1; k >= 0; k--) {
    for (gint j = k + 1; j < n; j++)
      v[k] -= m[k][j] * v[j];
    v[k] /= MAX (m[k][k], 1e-9);
  }
}

/* When cells change, as a function of where they are: 1 where they follow a
 * straight edge, a circle or the like. */
static gdouble
measure_order (const BlendWindow *self)
{
  gdouble m[7][7] = {{0}}, v[7] = {0}, w[7], sy = 0, syy = 0, sw = 0, left;

  for (guint c = 0; c < MIX_CELLS; c++) {
    gdouble x = (c % MIX_CELLS_X + 0.5) / MIX_CELLS_X - 0.5;
    gdouble y = (c / MIX_CELLS_X + 0.5) / MIX_CELLS_Y - 0.5;
    gdouble g[7] = {1, x, y, fabs (x), fabs (y), hypot (16 * x, 9 * y) / 9,
        atan2 (x, -y)};
    gdouble time = 0, weight = 0;

    for (guint i = 1; i < self->n; i++) {
      time += 1 - cell_fit_get_alpha (&self->cells[i][c]);
      weight += self->cells[i][c].energy;
    }
    time /= self->n;
    weight = MIN (weight / self->n, 5000);
    for (guint i = 0; i < 7; i++) {
      for (guint j = 0; j < 7; j++)
        m[i][j] += weight * g[i] * g[j];
      v[i] += weight * g[i] * time;
    }
    sy += weight * time;
    syy += weight * time * time;
    sw += weight;
  }
  memcpy (w, v, sizeof w);
  for (guint i = 0; i < 7; i++)
    m[i][i] += 1e-3 * sw;
  solve (7, m, w);
  left = syy;
  for (guint i = 0; i < 7; i++)
    left -= w[i] * v[i];
  return 1
      - CLAMP (left / MAX (syy - sy * sy / MAX (sw, 1e-9) + 1e-3 * sw, 1e-9), 0,
          1);
}

#define BLOCK_W 8
#define BLOCK_H 6

/* Least mean error of a block of @f by @from, moved. */
static gint
block_error (const MixThumb *from, const MixThumb *f, gint x, gint y)
{
  gint best = G_MAXINT;

  for (gint dy = -4; dy <= 4; dy++) {
    for (gint dx = -7; dx <= 7; dx++) {
      gint sum = 0;

      if (x + dx < 0 || y + dy < 0 || x + dx + BLOCK_W > THUMB_WIDTH
          || y + dy + BLOCK_H > THUMB_HEIGHT)
        continue;
      for (gint j = 0; j < BLOCK_H; j++) {
        for (gint i = 0; i < BLOCK_W; i++)
          sum += abs (from->y[y + dy + j][x + dx + i] - f->y[y + j][x + i]);
      }
      best = MIN (best, sum);
    }
  }
  return best;
}

/* How evenly what A and B differ by is spread over the picture: 1 where all
 * cells change as much, near 0 where something small moves. */
static gdouble
measure_cover (const BlendWindow *self)
{
  gdouble roots = 0, energy = 1e-3;

  for (guint c = 0; c < MIX_CELLS; c++) {
    gfloat e = self->cells[self->n / 2][c].energy;

    roots += sqrt (e);
    energy += e;
  }
  return roots * roots / (energy * MIX_CELLS);
}

/* Mean deviation of a block from its mean, summed. */
static gint
block_texture (const MixThumb *f, gint x, gint y)
{
  gint sum = 0, deviation = 0;

  for (gint j = 0; j < BLOCK_H; j++) {
    for (gint i = 0; i < BLOCK_W; i++)
      sum += f->y[y + j][x + i];
  }
  for (gint j = 0; j < BLOCK_H; j++) {
    for (gint i = 0; i < BLOCK_W; i++)
      deviation += abs (f->y[y + j][x + i] - sum / (BLOCK_W * BLOCK_H));
  }
  return deviation;
}

/* How badly A, its blocks moved, explains B, against the texture of B: near
 * 0 where both show the same place. */
static gdouble
measure_newness (const BlendWindow *self)
{
  const MixThumb *a = mix_ring_get (self->ring, self->begin);
  const MixThumb *b = mix_ring_get (self->ring, self->end);
  gdouble sum = 0;

  for (gint y = 0; y < THUMB_HEIGHT; y += BLOCK_H) {
    for (gint x = 0; x < THUMB_WIDTH; x += BLOCK_W) {
      gdouble error = block_error (a, b, x, y);

      sum += MIN (error / (block_texture (b, x, y) + 2 * BLOCK_W * BLOCK_H), 2);
    }
  }
  return sum * BLOCK_W * BLOCK_H / THUMB_SIZE;
}

/* How much better the picture halfway is explained as what has only moved
 * since A or will until B: the logarithm of the ratio of errors. */
static gdouble
measure_rival (const BlendWindow *self)
{
  guint64 middle = (self->begin + self->end) / 2;
  guint i = (guint) (middle - self->begin);
  const MixThumb *a = mix_ring_get (self->ring, self->begin);
  const MixThumb *b = mix_ring_get (self->ring, self->end);
  const MixThumb *f = mix_ring_get (self->ring, middle);
  MixPicture pa, pb;
  gdouble moved = 0, mixed = 0;

  mix_picture_fill (&pa, a, &self->drift_a, i);
  mix_picture_fill (&pb, b, &self->drift_b, (gdouble) i - self->n);
  for (gint y = 0; y < THUMB_HEIGHT; y += BLOCK_H) {
    for (gint x = 0; x < THUMB_WIDTH; x += BLOCK_W)
      moved += MIN (block_error (a, f, x, y), block_error (b, f, x, y));
  }
  for (gint y = 0; y < THUMB_HEIGHT; y++) {
    for (gint x = 0; x < THUMB_WIDTH; x++) {
      const CellFit *cell = &self->cells[i][y / 2 * MIX_CELLS_X + x / 4];
      gdouble alpha = cell_fit_get_alpha (cell);

      mixed += fabs (
          f->y[y][x] - (1 - alpha) * pa.y[y][x] - alpha * pb.y[y][x]);
    }
  }
  return log ((moved + THUMB_SIZE) / (mixed + THUMB_SIZE));
}

/* How much A and B change by themselves, against their difference. */
static gdouble
measure_outside (const BlendWindow *self, guint before, guint after)
{
  const MixThumb *a = mix_ring_get (self->ring, self->begin);
  const MixThumb *b = mix_ring_get (self->ring, self->end);
  gdouble change = 0;

  if (before > 0)
    change += mix_thumb_get_difference (a,
        mix_ring_get (self->ring, self->begin - before));
  if (after > 0)
    change += mix_thumb_get_difference (b,
        mix_ring_get (self->ring, self->end + after));
  return change / (mix_thumb_get_difference (a, b) + 1);
}

static gdouble
edge_energy (const MixThumb *thumb)
{
  gdouble sum = 0;

  for (gint y = 0; y + 1 < THUMB_HEIGHT; y++) {
    for (gint x = 0; x + 1 < THUMB_WIDTH; x++) {
      gint dx = thumb->y[y][x + 1] - thumb->y[y][x];
      gint dy = thumb->y[y + 1][x] - thumb->y[y][x];

      sum += dx * dx + dy * dy;
    }
  }
  return sum;
}

/* Two pictures mixed half and half have half of the energy of their edges. */
static gdouble
measure_edges (const BlendWindow *self)
{
  gdouble ends = edge_energy (mix_ring_get (self->ring, self->begin))
      + edge_energy (mix_ring_get (self->ring, self->end));
  gdouble middle = edge_energy (
      mix_ring_get (self->ring, (self->begin + self->end) / 2));

  return 2 * middle / (ends + THUMB_SIZE);
}
void
blend_traits_measure (const BlendWindow *window, guint before, guint after,
    gdouble *traits)
{
  const MixThumb *a = mix_ring_get (window->ring, window->begin);
  const MixThumb *b = mix_ring_get (window->ring, window->end);

  traits[BLEND_RAMP_ERROR] = blend_ramp_get_error (window);
  measure_left (window, traits);
  measure_steps (window, traits);
  traits[BLEND_DISTANCE] = frame_traits_structure_distance (&a->y[0][0],
      &b->y[0][0]);
  traits[BLEND_RIVAL] = measure_rival (window);
  traits[BLEND_OUTSIDE] = log (
      sqrt (measure_outside (window, before, after)) + BLEND_OUTSIDE_FLOOR);
  traits[BLEND_LENGTH] = log (window->n);
  traits[BLEND_ORDER] = measure_order (window);
  traits[BLEND_COVER] = measure_cover (window);
  traits[BLEND_NEWNESS] = measure_newness (window);
  traits[BLEND_EDGES] = measure_edges (window);
}
