/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "fadeout.h"

#include <math.h>

void
fade_out (gfloat *data, guint n_frames, guint channels, guint64 position,
    guint64 begin, guint64 end)
{
  guint i, c;

  if (position + n_frames <= begin || begin >= end)
    return;
  for (i = 0; i < n_frames; i++) {
    gdouble x = ((gdouble) (position + i) - begin) / (end - begin);
    gfloat gain = cos (G_PI_2 * CLAMP (x, 0.0, 1.0));

    for (c = 0; c < channels; c++)
      data[i * channels + c] *= gain;
  }
}
