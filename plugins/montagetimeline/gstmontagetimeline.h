/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <gst/gst.h>

G_BEGIN_DECLS

#define GST_TYPE_MONTAGE_TIMELINE (gst_montage_timeline_get_type ())
G_DECLARE_FINAL_TYPE (GstMontageTimeline, gst_montage_timeline, GST,
    MONTAGE_TIMELINE, GstBin)
GST_ELEMENT_REGISTER_DECLARE (montagetimeline);

G_END_DECLS
