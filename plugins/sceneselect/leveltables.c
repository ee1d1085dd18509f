/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "leveltables.h"

#include <math.h>

/* Signal level (0..1) of HDR to the level of an SDR picture of the same
 * scene. PQ: SMPTE ST 2084, HLG: ITU-R BT.2100; diffuse white is at 203 cd/m2
 * or at 0.75 (ITU-R BT.2408), what is brighter clips. */
static gdouble
hdr_to_sdr (GstVideoTransferFunction transfer, gdouble signal)
{
  gdouble light;

  if (transfer == GST_VIDEO_TRANSFER_SMPTE2084) {
    gdouble p = pow (signal, 1 / 78.84375);
    gdouble base = MAX (p - 0.8359375, 0) / (18.8515625 - 18.6875 * p);

    light = 10000 * pow (base, 1 / 0.1593017578125) / 203;
  } else {
    gdouble a = 0.17883277, b = 0.28466892, c = 0.55991073;

    light = signal <= 0.5 ? signal * signal / 3
                          : (exp ((signal - c) / a) + b) / 12;
    light /= 0.265; /* scene light of signal 0.75 */
  }
  return pow (CLAMP (light, 0, 1), 1 / 2.4);
}

void
level_tables_fill (const GstVideoInfo *info, guint8 luma[256],
    guint8 chroma[256])
{
  GstVideoTransferFunction transfer = info->colorimetry.transfer;
  gboolean is_hdr = transfer == GST_VIDEO_TRANSFER_SMPTE2084
      || transfer == GST_VIDEO_TRANSFER_ARIB_STD_B67;
  gboolean full = info->colorimetry.range == GST_VIDEO_COLOR_RANGE_0_255
      || GST_VIDEO_INFO_IS_RGB (info);

  for (gint i = 0; i < 256; i++) {
    gdouble y = full ? i / 255.0 : (i - 16) / 219.0;
    gdouble c = full ? i - 128 : (i - 128) * 255.0 / 224.0;

    y = CLAMP (y, 0, 1);
    if (is_hdr)
      y = hdr_to_sdr (transfer, y);
    luma[i] = (guint8) (y * 255 + 0.5);
    chroma[i] = (guint8) CLAMP (floor (c + 128.5), 0, 255);
  }
}
