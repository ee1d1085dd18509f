/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "fitgeometry.h"

/* Rounded @value * @num / @denom, at least 1 and at most @max; values that
 * miss @max by two pixels or less are @max. */
static gint
scale (gint value, guint64 num, guint64 denom, gint max)
{
  guint64 scaled = gst_util_uint64_scale_round (value, num, MAX (denom, 1));

  if (scaled + 2 >= (guint64) max)
    return max;
  return MAX (scaled, 1);
}

/* Chroma has half the resolution: a rectangle begins and ends on whole chroma
 * samples, except where it is the whole. */
static void
centre (gint max, gint *position, gint *length)
{
  if (*length < max)
    *length = MIN (MAX (*length & ~1, 2), max);
  *position = ((max - *length) / 2) & ~1;
}

FitGeometry
fit_geometry (const FitPicture *picture, const GstMontageOutput *output,
    GstMontageFit fit)
{
  FitGeometry self = {.source = {0, 0, picture->width, picture->height},
      .dest = {0, 0, output->width, output->height}};
  /* Widths at which both have the same height: source against output. */
  guint64 wide = (guint64) picture->width * picture->par_n * output->height;
  guint64 narrow = (guint64) picture->height * picture->par_d * output->width;

  if (fit == GST_MONTAGE_FIT_CROP) {
    self.source.width = scale (picture->width, narrow, wide, picture->width);
    self.source.height = scale (picture->height, wide, narrow, picture->height);
    centre (picture->width, &self.source.x, &self.source.width);
    centre (picture->height, &self.source.y, &self.source.height);
  } else {
    self.dest.width = scale (output->width, wide, narrow, output->width);
    self.dest.height = scale (output->height, narrow, wide, output->height);
    centre (output->width, &self.dest.x, &self.dest.width);
    centre (output->height, &self.dest.y, &self.dest.height);
  }
  return self;
}
