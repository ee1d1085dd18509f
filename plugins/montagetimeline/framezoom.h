/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <gst/pipelines/picturepart.h>

#include "framefitter.h"

G_BEGIN_DECLS

/**
 * FrameZoom:
 *
 * Shows parts of pictures as frames of the film. A part is read from a picture
 * that is fitted in a size in which the closest look of the cut has one sample
 * for each of the film's, as far as the clip has them. For one thread.
 */
typedef struct _FrameZoom FrameZoom;

FrameZoom *frame_zoom_new (const GstMontageOutput *output);
void frame_zoom_free (FrameZoom *self);

/* What @cut shows of @frame at film time @time. */
GstBuffer *frame_zoom_show (FrameZoom *self, const GstMontageCut *cut,
    GstClockTime time, const ClipFrame *frame, GError **error);

/* @frame fitted, in a size for a look as close as @closest. */
GstSample *frame_zoom_fit (const GstMontageOutput *output, gdouble closest,
    const ClipFrame *frame, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (FrameZoom, frame_zoom_free)

G_END_DECLS
