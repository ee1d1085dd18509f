/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <gst/montage/montage.h>

G_BEGIN_DECLS

typedef struct
{
  gint x;
  gint y;
  gint width;
  gint height;
} FitRect;

/**
 * FitGeometry:
 * @source: the part of the upright source that is shown
 * @dest: where it is shown in the output; even numbers
 */
typedef struct
{
  FitRect source;
  FitRect dest;
} FitGeometry;

/**
 * FitPicture:
 *
 * The size of an upright picture and the shape of its pixels.
 */
typedef struct
{
  gint width;
  gint height;
  gint par_n;
  gint par_d;
} FitPicture;

/* GST_MONTAGE_FIT_CROP fills the output from the middle of the source,
 * the others show the whole source in the middle of the output. Differences of
 * up to two pixels are not worth a bar: the picture fills the output then. */
FitGeometry fit_geometry (const FitPicture *picture,
    const GstMontageOutput *output, GstMontageFit fit);

G_END_DECLS
