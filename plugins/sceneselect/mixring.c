/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "mixring.h"

#include "shotconstants.h"

static gdouble
distance (const MixRing *self, guint64 a, guint64 b)
{
  return frame_traits_structure_distance (&mix_ring_get (self, a)->y[0][0],
      &mix_ring_get (self, b)->y[0][0]);
}

gboolean
mix_ring_comes_back (const MixRing *self, guint64 first, guint64 last)
{
  guint64 a = first > 0 ? first - 1 : 0;
  guint64 b = MIN (last + 1, self->n_frames - 1);
  gdouble same = BLEND_SAME * distance (self, a, b);

  for (guint64 i = 1; i <= BLEND_RETURN; i++) {
    if (b + i < self->n_frames && distance (self, a, b + i) < same)
      return TRUE;
    if (i <= a && distance (self, a - i, b) < same)
      return TRUE;
  }
  return FALSE;
}
