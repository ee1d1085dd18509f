/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "chroma.h"

#include <math.h>

gdouble
chroma_change (const gdouble *before, const gdouble *after)
{
  gdouble mx = 0.0, my = 0.0, xx = 0.0, yy = 0.0, xy = 0.0;

  for (guint k = 0; k < CHROMA_BINS; k++) {
    mx += before[k] / CHROMA_BINS;
    my += after[k] / CHROMA_BINS;
  }
  for (guint k = 0; k < CHROMA_BINS; k++) {
    xx += (before[k] - mx) * (before[k] - mx);
    yy += (after[k] - my) * (after[k] - my);
    xy += (before[k] - mx) * (after[k] - my);
  }
  return xx > 1e-6 && yy > 1e-6 ? 1.0 - xy / sqrt (xx * yy) : 0.0;
}
