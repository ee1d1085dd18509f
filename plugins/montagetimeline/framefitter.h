/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "clipreader.h"

#include <gst/montage/montage.h>

G_BEGIN_DECLS

/**
 * FrameFitter:
 *
 * Turns decoded frames of one clip into frames of the film: upright, in the
 * output's size, I420, standard dynamic range. For one thread.
 */
typedef struct _FrameFitter FrameFitter;

/* What the frames of the film are. */
void
frame_fitter_output_info (const GstMontageOutput *output, GstVideoInfo *info);

FrameFitter *frame_fitter_new (const GstMontageOutput *output);
/* The same frames in another size. */
FrameFitter *frame_fitter_new_larger (const GstMontageOutput *output,
    guint width, guint height);
void frame_fitter_free (FrameFitter *self);

void frame_fitter_get_info (const FrameFitter *self, GstVideoInfo *info);
/* An unwritten frame. */
GstBuffer *frame_fitter_acquire (FrameFitter *self);
/* Whether downstream takes frames with padded rows as they are. */
void frame_fitter_set_accepts_padding (FrameFitter *self, gboolean accepts);
/* A frame of the film, without time stamps; NULL with an error where the
 * format cannot be converted. The same sample again costs nothing. */
GstBuffer *
frame_fitter_fit (FrameFitter *self, const ClipFrame *frame, GError **error);
GstBuffer *frame_fitter_black (FrameFitter *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (FrameFitter, frame_fitter_free)

G_END_DECLS
