/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <gst/gst.h>

G_BEGIN_DECLS

/* Whether no streaming thread runs below @pipeline: then nothing will come any
 * more. decodebin (1.22) drops the error of a demuxer that fails while it is
 * being plugged, so that a pipeline with a damaged file stands still without a
 * message. To be asked repeatedly: threads follow one another. */
gboolean montage_pipeline_is_idle (GstElement *pipeline);

G_END_DECLS
