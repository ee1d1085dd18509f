/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <gst/montage/montage-prelude.h>

G_BEGIN_DECLS

/* Reads a time as people write it: "83.5", "1:23.5" or "1:02:03.25", up to 100
 * hours; with a point, whatever the locale. */
GST_MONTAGE_API gboolean gst_montage_time_from_text (const gchar *text,
    GstClockTime *time);

G_END_DECLS
