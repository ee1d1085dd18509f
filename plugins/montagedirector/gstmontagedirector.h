/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <gst/base/gstpushsrc.h>

G_BEGIN_DECLS

#define GST_TYPE_MONTAGE_DIRECTOR (gst_montage_director_get_type ())
G_DECLARE_FINAL_TYPE (GstMontageDirector, gst_montage_director, GST,
    MONTAGE_DIRECTOR, GstPushSrc)

GST_ELEMENT_REGISTER_DECLARE (montagedirector);

G_END_DECLS
