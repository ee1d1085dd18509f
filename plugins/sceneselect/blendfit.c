/* SPDX-License-Identifier: LGPL-2.1-or-later */

/* Where A turns into B, each cell of each picture F between is
 * (1 - a) A + a B. In a dissolve all cells have the same a, which rises
 * steadily; in a wipe each cell steps from 0 to 1 at a time of its own. A and B
 * are moved on as their cameras moved before and after (the linear model of
 * Grana & Cucchiara's Linear Transition Detector, TRECVID 2005, with motion,
 * and per cell). */

#include "blendfit.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "shotconstants.h"

/* Sums over one cell of one picture. */
typedef struct
{
  gfloat along;   /* (F - A) (B - A) */
  gfloat squared; /* (F - A)^2 */
  gfloat energy;  /* (B - A)^2 */
} CellFit;

typedef struct
{
  const MixRing *ring;
  guint64 begin;
  guint64 end;
  Drift drift_a;
  Drift drift_b;
  guint n; /* frames from begin to end */
  CellFit cells[BLEND_MAX_LENGTH][MIX_CELLS];
  gdouble alpha[BLEND_MAX_LENGTH];
  gdouble energy[BLEND_MAX_LENGTH];
} Window;

static void
fit_cells (const MixPicture *a, const MixPicture *b, const MixThumb *f,
    CellFit *cells)
{
  for (guint c = 0; c < MIX_CELLS; c++) {
    const guint8 *pa = a->values[c], *pb = b->values[c], *pf = f->values[c];
    gint along = 0, squared = 0, energy = 0;

    if (a->seen[c] && b->seen[c]) {
      for (guint i = 0; i < MIX_VALUES; i++) {
        gint d = pb[i] - pa[i], g = pf[i] - pa[i];

        along += g * d;
        squared += g * g;
        energy += d * d;
      }
    }
    cells[c] = (CellFit){(gfloat) along, (gfloat) squared, (gfloat) energy};
  }
}

/* The cells of frame @i after begin. */
static void
fit_frame (Window *self, guint i)
{
  MixPicture a, b;
  const MixRing *ring = self->ring;
  CellFit *cells = self->cells[i];
  gdouble along = 0, energy = 1e-3;

  mix_picture_fill (&a, mix_ring_get (ring, self->begin), &self->drift_a, i);
  mix_picture_fill (&b, mix_ring_get (ring, self->end), &self->drift_b,
      (gdouble) i - self->n);
  fit_cells (&a, &b, mix_ring_get (ring, self->begin + i), cells);
  for (guint c = 0; c < MIX_CELLS; c++) {
    along += cells[c].along;
    energy += cells[c].energy;
  }
  self->alpha[i] = along / energy;
  self->energy[i] = energy;
}

static void
fit_window (Window *self, const MixRing *ring, guint64 begin, guint64 end,
    guint before, guint after)
{
  self->ring = ring;
  self->begin = begin;
  self->end = end;
  self->n = (guint) (end - begin);
  self->drift_a = mix_ring_get_drift (ring, begin + 1 - before, begin + 1);
  self->drift_b = mix_ring_get_drift (ring, end + 1, end + 1 + after);
  for (guint i = 0; i <= self->n; i++)
    fit_frame (self, i);
}

/* --- first and last frame ----------------------------------------------- */

typedef gdouble (*Shape) (gdouble);

static gdouble
shape_linear (gdouble x)
{
  return x;
}

static gdouble
shape_eased (gdouble x)
{
  return x * x * (3 - 2 * x);
}

static gdouble
shape_late (gdouble x)
{
  return x * x;
}

static gdouble
shape_early (gdouble x)
{
  return x * (2 - x);
}

static const Shape shapes[] = {shape_linear, shape_eased, shape_late,
    shape_early};

/* What is left of alpha, as a sum of squares, by a ramp from @first to
 * @last. */
static gdouble
ramp_error (const Window *self, gint first, gint last, Shape shape)
{
  gdouble sum = 0;

  for (gint i = 0; i <= (gint) self->n; i++) {
    gdouble x = (gdouble) (i - first) / (last - first), e;

    e = self->alpha[i] - shape (CLAMP (x, 0, 1));
    sum += e * e;
  }
  return sum;
}

/* Steps of a search that begins coarse. */
static gdouble
search_ramp (const Window *self, Shape shape, gint *first, gint *last)
{
  gint n = (gint) self->n, step = MAX (n / 8, 1);
  gdouble best = G_MAXDOUBLE;
  gint f0 = 0, l0 = n;

  for (gint f = 0; f < n; f += step) {
    for (gint l = f + step; l <= n; l += step) {
      gdouble error = ramp_error (self, f, l, shape);

      if (error < best) {
        best = error;
        f0 = f;
        l0 = l;
      }
    }
  }
  while (step > 1) {
    gint cf = f0, cl = l0;

    step = (step + 1) / 2;
    for (gint i = 0; i < 9; i++) {
      gint f = cf + (i % 3 - 1) * step, l = cl + (i / 3 - 1) * step;
      gdouble error;

      if (f < 0 || l > n || f >= l)
        continue;
      error = ramp_error (self, f, l, shape);
      if (error < best) {
        best = error;
        f0 = f;
        l0 = l;
      }
    }
  }
  *first = f0;
  *last = l0;
  return best;
}

/* The best ramp of all shapes; @first and @last are the last picture of the
 * old and the first of the new shot. */
static void
find_ramp (const Window *self, gint *first, gint *last)
{
  gdouble best = G_MAXDOUBLE;

  for (guint i = 0; i < G_N_ELEMENTS (shapes); i++) {
    gint f, l;
    gdouble error = search_ramp (self, shapes[i], &f, &l);

    if (error < best) {
      best = error;
      *first = f;
      *last = l;
    }
  }
}

/* --- traits ------------------------------------------------------------- */

static gdouble
cell_alpha (const CellFit *cell)
{
  return cell->energy > 0 ? CLAMP (cell->along / cell->energy, 0, 1) : 0;
}

/* Root of the mean square of what the best shape leaves. */
static gdouble
measure_ramp (const Window *self)
{
  gdouble best = G_MAXDOUBLE;

  for (guint i = 0; i < G_N_ELEMENTS (shapes); i++)
    best = MIN (best, ramp_error (self, 0, (gint) self->n, shapes[i]));
  return sqrt (best / self->n);
}

/* What a mix leaves unexplained, against what A and B differ by: with one
 * share for all cells, and with one for each. */
static void
measure_left (const Window *self, gdouble *traits)
{
  gdouble whole = 0, cells = 0, energy = 0, between = 0, seen = 0;

  for (guint i = 1; i < self->n; i++) {
    gdouble alpha = CLAMP (self->alpha[i], 0, 1);

    for (guint c = 0; c < MIX_CELLS; c++) {
      const CellFit *f = &self->cells[i][c];
      gdouble a = cell_alpha (f);

      whole += f->squared - 2 * alpha * f->along + alpha * alpha * f->energy;
      cells += f->squared - 2 * a * f->along + a * a * f->energy;
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
measure_steps (const Window *self, gdouble *traits)
{
  gdouble back = 0, energy = 0, step = 0;

  for (guint i = 1; i <= self->n; i++) {
    step = MAX (step, self->alpha[i] - self->alpha[i - 1]);
    for (guint c = 0; c < MIX_CELLS; c++) {
      const CellFit *f = &self->cells[i][c];
      gdouble d = cell_alpha (&self->cells[i - 1][c]) - cell_alpha (f);

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
measure_order (const Window *self)
{
  gdouble m[7][7] = {{0}}, v[7] = {0}, w[7], sy = 0, syy = 0, sw = 0, left;

  for (guint c = 0; c < MIX_CELLS; c++) {
    gdouble x = (c % MIX_CELLS_X + 0.5) / MIX_CELLS_X - 0.5;
    gdouble y = (c / MIX_CELLS_X + 0.5) / MIX_CELLS_Y - 0.5;
    gdouble g[7] = {1, x, y, fabs (x), fabs (y), hypot (16 * x, 9 * y) / 9,
        atan2 (x, -y)};
    gdouble time = 0, weight = 0;

    for (guint i = 1; i < self->n; i++) {
      time += 1 - cell_alpha (&self->cells[i][c]);
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
measure_cover (const Window *self)
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
measure_newness (const Window *self)
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
measure_rival (const Window *self)
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
  for (gint c = 0; c < MIX_CELLS; c++) {
    gdouble alpha = cell_alpha (&self->cells[i][c]);

    for (gint k = 0; k < 8; k++) {
      gint x = c % MIX_CELLS_X * 4 + k % 4, y = c / MIX_CELLS_X * 2 + k / 4;

      mixed += fabs (
          f->y[y][x] - (1 - alpha) * pa.values[c][k] - alpha * pb.values[c][k]);
    }
  }
  return log ((moved + THUMB_SIZE) / (mixed + THUMB_SIZE));
}

static gdouble
squared_difference (const MixThumb *a, const MixThumb *b)
{
  gint sum = 0;

  for (gint i = 0; i < THUMB_SIZE; i++) {
    gint d = (&a->y[0][0])[i] - (&b->y[0][0])[i];

    sum += d * d;
  }
  return sum;
}

/* How much A and B change by themselves, against their difference. */
static gdouble
measure_outside (const Window *self, guint before, guint after)
{
  const MixThumb *a = mix_ring_get (self->ring, self->begin);
  const MixThumb *b = mix_ring_get (self->ring, self->end);
  gdouble change = 0;

  if (before > 0)
    change += squared_difference (a,
        mix_ring_get (self->ring, self->begin - before));
  if (after > 0)
    change += squared_difference (b,
        mix_ring_get (self->ring, self->end + after));
  return change / (squared_difference (a, b) + 1);
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
measure_edges (const Window *self)
{
  gdouble ends = edge_energy (mix_ring_get (self->ring, self->begin))
      + edge_energy (mix_ring_get (self->ring, self->end));
  gdouble middle = edge_energy (
      mix_ring_get (self->ring, (self->begin + self->end) / 2));

  return 2 * middle / (ends + THUMB_SIZE);
}

/* Whether it is worth a closer look: nothing that was one of those that the
 * weights were fitted on is as jumpy or as badly explained. */
static gboolean
is_steady (const Window *self)
{
  gdouble left = 0, energy = 0;

  for (guint i = 1; i <= self->n; i++) {
    if (fabs (self->alpha[i] - self->alpha[i - 1]) > BLEND_MAX_STEP)
      return FALSE;
    energy += self->energy[i];
    for (guint c = 0; c < MIX_CELLS; c++) {
      const CellFit *f = &self->cells[i][c];
      gdouble a = cell_alpha (f);

      left += f->squared - 2 * a * f->along + a * a * f->energy;
    }
  }
  return left < BLEND_MAX_LEFT * energy;
}

gboolean
blend_fit_measure (const MixRing *ring, guint64 begin, guint64 end,
    guint before, guint after, BlendFit *fit)
{
  Window w;
  gint first = 0, last = 0;
  gdouble *t = fit->traits;

  fit_window (&w, ring, begin, end, before, after);
  if (!is_steady (&w))
    return FALSE;
  find_ramp (&w, &first, &last);
  if (last - first < 3 || first < 1 || last + 1 > (gint) w.n)
    return FALSE;
  fit->first = begin + first + 1;
  fit->last = begin + last - 1;
  fit_window (&w, ring, begin + first, begin + last, before + MIN (first, 2),
      after + MIN ((gint) w.n - last, 2));
  t[BLEND_RAMP_ERROR] = measure_ramp (&w);
  measure_left (&w, t);
  measure_steps (&w, t);
  t[BLEND_DISTANCE] =
      frame_traits_structure_distance (&mix_ring_get (ring, w.begin)->y[0][0],
          &mix_ring_get (ring, w.end)->y[0][0]);
  t[BLEND_RIVAL] = measure_rival (&w);
  t[BLEND_OUTSIDE] = log (
      sqrt (measure_outside (&w, before, after)) + BLEND_OUTSIDE_FLOOR);
  t[BLEND_LENGTH] = log (w.n);
  t[BLEND_ORDER] = measure_order (&w);
  t[BLEND_COVER] = measure_cover (&w);
  t[BLEND_NEWNESS] = measure_newness (&w);
  t[BLEND_EDGES] = measure_edges (&w);
  return TRUE;
}

/* --- the quick look ----------------------------------------------------- */

/* At one picture in the middle. */
gboolean
blend_fit_may_be (const MixRing *ring, guint64 begin, guint64 end)
{
  const MixThumb *a = mix_ring_get (ring, begin);
  const MixThumb *b = mix_ring_get (ring, end);
  gdouble energy = squared_difference (a, b), left = 0, total = 0;
  MixPicture pa, pb;
  Drift drift_a, drift_b;
  CellFit cells[MIX_CELLS];
  guint64 middle = (begin + end) / 2;

  if (energy < BLEND_MIN_CHANGE * BLEND_MIN_CHANGE * THUMB_SIZE
      || frame_traits_structure_distance (&a->y[0][0], &b->y[0][0])
          < BLEND_MIN_DISTANCE)
    return FALSE;
  drift_a = mix_ring_get_drift (ring, begin + 1 - BLEND_BESIDE, begin + 1);
  drift_b = mix_ring_get_drift (ring, end + 1, end + 1 + BLEND_BESIDE);
  mix_picture_fill (&pa, a, &drift_a, (gdouble) (middle - begin));
  mix_picture_fill (&pb, b, &drift_b, (gdouble) middle - end);
  fit_cells (&pa, &pb, mix_ring_get (ring, middle), cells);
  for (guint c = 0; c < MIX_CELLS; c++) {
    const CellFit *f = &cells[c];
    gdouble alpha = cell_alpha (f);

    left += f->squared - 2 * alpha * f->along + alpha * alpha * f->energy;
    total += f->energy;
  }
  return left < BLEND_MAX_LEFT * total;
}
