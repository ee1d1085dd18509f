/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gst/audio/gstaudiofilter.h>

G_BEGIN_DECLS

#define GST_TYPE_BEAT_DETECT (gst_beat_detect_get_type ())
G_DECLARE_FINAL_TYPE (GstBeatDetect, gst_beat_detect, GST, BEAT_DETECT,
    GstAudioFilter)

GST_ELEMENT_REGISTER_DECLARE (beatdetect)

G_END_DECLS
