/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <gst/gst.h>

G_BEGIN_DECLS

#define GST_TYPE_MONTAGE_SRC (gst_montage_src_get_type ())
G_DECLARE_FINAL_TYPE (GstMontageSrc, gst_montage_src, GST, MONTAGE_SRC, GstBin)

GST_ELEMENT_REGISTER_DECLARE (montagesrc);

G_END_DECLS
