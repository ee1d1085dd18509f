/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <ges/ges.h>
#include <gst/montage/montage.h>

#include "fitgeometry.h"

G_BEGIN_DECLS

/* Moves the picture of @clip, which lies in @rect of the film without a zoom,
 * as @cut zooms: keyframes of its position and size, which editing tools show
 * and change. */
void montage_ges_zoom_clip (GESClip *clip, const GstMontageCut *cut,
    const FitRect *rect, const GstMontageOutput *output);

G_END_DECLS
