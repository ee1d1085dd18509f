/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "sameview.h"

#include <math.h>

#include "shotconstants.h"

#define ZOOM_STEP 0.07f

/* Value of @thumb between its samples. */
static inline gfloat
sample (const guint8 *thumb, gfloat x, gfloat y)
{
  gint xi = (gint) x, yi = (gint) y;
  const guint8 *p = thumb + yi * THUMB_WIDTH + xi;
  gfloat fx = x - xi, fy = y - yi;
  gfloat upper = p[0] + fx * (p[1] - p[0]);
  gfloat lower = p[THUMB_WIDTH] + fx * (p[THUMB_WIDTH + 1] - p[THUMB_WIDTH]);

  return upper + fy * (lower - upper);
}

/* Correlation, by every @step-th sample, of @b with @a magnified by 1 / @zoom about its centre and
 * shifted, over what both show; 0 where that is too little. */
static gdouble
correlate (const guint8 *a, const guint8 *b, gint step, gfloat zoom, gfloat dx,
    gfloat dy)
{
  const gfloat cx = (THUMB_WIDTH - 1) / 2.0f, cy = (THUMB_HEIGHT - 1) / 2.0f;
  const gdouble noise = 4;
  gdouble sa = 0, sb = 0, saa = 0, sbb = 0, sab = 0, va, vb;
  gint n = 0;

  for (gint y = 0; y < THUMB_HEIGHT; y += step) {
    gfloat ay = cy + (y - cy) * zoom + dy;

    if (ay < 0 || ay >= THUMB_HEIGHT - 1)
      continue;
    for (gint x = 0; x < THUMB_WIDTH; x += step) {
      gfloat ax = cx + (x - cx) * zoom + dx;
      gfloat p, q = b[y * THUMB_WIDTH + x];

      if (ax < 0 || ax >= THUMB_WIDTH - 1)
        continue;
      p = sample (a, ax, ay);
      /* bars would correlate whatever they frame */
      if (p <= BAR_LEVEL && q <= BAR_LEVEL)
        continue;
      n++;
      sa += p;
      sb += q;
      saa += p * p;
      sbb += q * q;
      sab += p * q;
    }
  }
  if (n * step * step < THUMB_SIZE / 4)
    return 0;
  va = (saa - sa * sa / n) / n;
  vb = (sbb - sb * sb / n) / n;
  return (sab - sa * sb / n) / n / sqrt ((va + noise) * (vb + noise));
}

/* The search goes by whole samples: half a sample more or less, or half a
 * step of zoom, may be what is missing. */
static gdouble
refine (const guint8 *a, const guint8 *b, gfloat zoom, gfloat dx, gfloat dy)
{
  gdouble best = 0;

  for (gint z = -1; z <= 1; z++) {
    for (gint y = -1; y <= 1; y++) {
      for (gint x = -1; x <= 1; x++) {
        gdouble value = correlate (a, b, 1, zoom * (1 + z * ZOOM_STEP / 2),
            dx + x * 0.4f, dy + y * 0.4f);

        best = MAX (best, value);
      }
    }
  }
  return best;
}

/* By steps of @zoom_step and samples two by two where @step is 2. */
static gdouble
look_for (const guint8 *a, const guint8 *b, gint step, gfloat zoom_step,
    gdouble enough)
{
  gdouble best = 0;
  gfloat best_zoom = 1, best_dx = 0, best_dy = 0;

  for (gfloat zoom = 0.5f; zoom <= 2.05f; zoom *= 1 + zoom_step) {
    for (gint dy = -SAME_VIEW_SHIFT; dy <= SAME_VIEW_SHIFT; dy++) {
      for (gint dx = -SAME_VIEW_SHIFT; dx <= SAME_VIEW_SHIFT; dx++) {
        gdouble value = correlate (a, b, step, zoom, (gfloat) dx, (gfloat) dy);

        if (value >= enough)
          return value;
        if (value > best) {
          best = value;
          best_zoom = zoom;
          best_dx = (gfloat) dx;
          best_dy = (gfloat) dy;
        }
      }
    }
  }
  return refine (a, b, best_zoom, best_dx, best_dy);
}

gdouble
same_view_correlation (const guint8 *a, const guint8 *b)
{
  return look_for (a, b, 2, 2 * ZOOM_STEP, 2);
}

gboolean
same_view (const guint8 *a, const guint8 *b)
{
  return look_for (a, b, 1, ZOOM_STEP, SAME_VIEW_CORRELATION)
      >= SAME_VIEW_CORRELATION;
}
