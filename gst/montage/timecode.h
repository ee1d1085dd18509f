/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <gst/montage/plan.h>

G_BEGIN_DECLS

/**
 * MontageTimecode:
 * @nominal: frames that are counted per second: 30 for 30000/1001
 * @dropped: numbers that are left out at each minute but every tenth; 0: none
 *
 * SMPTE 12M time codes.
 */
typedef struct
{
  guint nominal;
  guint dropped;
} MontageTimecode;

/* Drop-frame counting at 29.97 and 59.94 frames per second, where it is
 * defined. */
MontageTimecode montage_timecode_for (gint fps_n, gint fps_d);
/* "01:00:00:00" of frame @frame; ";" before the frames where numbers are
 * dropped. Hours go on after 24 as editing tools want them: from 0. */
gchar *montage_timecode_text (const MontageTimecode *self, guint64 frame);
/* The frame whose time code is @hours:00:00:00. */
guint64 montage_timecode_hour (const MontageTimecode *self, guint hours);

G_END_DECLS
