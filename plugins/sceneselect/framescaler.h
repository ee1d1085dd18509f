/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <gst/video/video.h>

#include "smallframe.h"

G_BEGIN_DECLS

/* Averages pictures of any raw format down to a SmallFrame, turned upright
 * and brought to full range SDR, so that figures compare between clips. */
typedef struct _FrameScaler FrameScaler;

/* @orientation is what has to be done to show the picture upright, as
 * gst_tag has it in "image-orientation"; custom and auto mean none. */
FrameScaler *frame_scaler_new (const GstVideoInfo *info,
    GstVideoOrientationMethod orientation);
void frame_scaler_scale (FrameScaler *self, const GstVideoFrame *frame,
    SmallFrame *small);
void frame_scaler_free (FrameScaler *self);

/* Kr and Kb of the chroma that frame_scaler_scale() writes. */
void
frame_scaler_get_matrix (const FrameScaler *self, gdouble *kr, gdouble *kb);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (FrameScaler, frame_scaler_free)

G_END_DECLS
