/* SPDX-License-Identifier: LGPL-2.1-or-later */

/* Where A turns into B, each cell of each picture F between is
 * (1 - a) A + a B. In a dissolve all cells have the same a, which rises
 * steadily; in a wipe each cell steps from 0 to 1 at a time of its own. A and B
 * are moved on as their cameras moved before and after (the linear model of
 * Grana & Cucchiara's Linear Transition Detector, TRECVID 2005, with motion,
 * and per cell). */

#include "blendfit.h"

#include <math.h>

#include "blendramp.h"
#include "shotconstants.h"

/* Looks that tell whether a window is worth looking at wholly. */
#define QUICK_LOOKS 12

/* Looks at all, as long as it is worth it: nothing that was one of those that
 * the weights were fitted on is as jumpy or as badly explained. */
static gboolean
is_steady (BlendWindow *window)
{
  gdouble left = 0, energy = 0;

  /* A and B are what they are */
  window->alpha[0] = 0;
  window->alpha[window->last] = 1;
  for (guint i = 1; i <= window->last; i++) {
    guint frames = blend_window_get_frame (window, i)
        - blend_window_get_frame (window, i - 1);

    if (i < window->last) {
      blend_window_look (window, i);
      cell_fits_add (window->cells[i], &left, &energy);
    }
    if (fabs (window->alpha[i] - window->alpha[i - 1])
        > BLEND_MAX_STEP * frames)
      return FALSE;
  }
  return left < BLEND_MAX_LEFT * energy;
}

/* Whether the change both begins and ends within. */
static gboolean
is_whole (BlendWindow *window, gint *first, gint *last)
{
  if (!is_steady (window))
    return FALSE;
  blend_ramp_find (window, first, last);
  return *last - *first >= 3 && *first >= 1 && *last < (gint) window->n;
}

gboolean
blend_fit_measure (const MixRing *ring, guint64 begin, guint64 end,
    guint before, guint after, BlendFit *fit)
{
  BlendWindow w;
  gint first = 0, last = 0;

  blend_window_begin (&w, ring, begin, end, before, after, QUICK_LOOKS);
  if (!is_whole (&w, &first, &last))
    return FALSE;
  if (w.last < w.n) {
    blend_window_begin (&w, ring, begin, end, before, after, w.n);
    if (!is_whole (&w, &first, &last))
      return FALSE;
  }
  fit->first = begin + first + 1;
  fit->last = begin + last - 1;
  blend_window_begin (&w, ring, begin + first, begin + last,
      before + MIN (first, 2), after + MIN ((gint) w.n - last, 2), w.n);
  for (guint i = 0; i <= w.n; i++)
    blend_window_look (&w, i);
  blend_traits_measure (&w, before, after, fit->traits);
  return TRUE;
}

/* At one picture in the middle. */
gboolean
blend_fit_may_be (const MixRing *ring, guint64 begin, guint64 end)
{
  const MixThumb *a = mix_ring_get (ring, begin);
  const MixThumb *b = mix_ring_get (ring, end);
  BlendWindow w;
  gdouble left = 0, energy = 0;

  if (mix_thumb_get_difference (a, b)
          < BLEND_MIN_CHANGE * BLEND_MIN_CHANGE * THUMB_SIZE
      || frame_traits_structure_distance (&a->y[0][0], &b->y[0][0])
          < BLEND_MIN_DISTANCE)
    return FALSE;
  blend_window_begin (&w, ring, begin, end, BLEND_BESIDE, BLEND_BESIDE, 2);
  blend_window_look (&w, 1);
  cell_fits_add (w.cells[1], &left, &energy);
  return left < BLEND_MAX_LEFT * energy;
}
