/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <ges/ges.h>

G_BEGIN_DECLS

/* Saves the timelines of GES as OpenTimelineIO: the formatter of the extension
 * "otio". */
#define GST_TYPE_MONTAGE_OTIO_FORMATTER (gst_montage_otio_formatter_get_type ())
G_DECLARE_FINAL_TYPE (GstMontageOtioFormatter, gst_montage_otio_formatter, GST,
    MONTAGE_OTIO_FORMATTER, GESFormatter)

/* Makes it known to GES, whichever of the two is there first. */
void gst_montage_otio_formatter_register (void);

G_END_DECLS
