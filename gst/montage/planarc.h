/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <gst/montage/instructions.h>

#include "planlevel.h"

G_BEGIN_DECLS

/**
 * MontageClimax:
 * @time: song time, on a beat where there are any
 * @build: song time where the way up to it begins
 */
typedef struct
{
  GstClockTime time;
  GstClockTime build;
} MontageClimax;

/**
 * MontageArc:
 *
 * The climaxes of a film, towards which its shots get shorter. Borrowed
 * pointers.
 */
typedef struct
{
  const MontagePhrases *phrases;
  GArray *climaxes; /* of MontageClimax, rising */
  gboolean is_felt; /* the music has them; else they are where films have one */
} MontageArc;

/* @build_beats: how long a build is where the music says nothing else. */
void montage_arc_init (MontageArc *self, const MontagePhrases *phrases,
    const MontageLevels *levels, const MontageEnergy *energy,
    GstClockTime start, GstClockTime end, gdouble build_beats);
void montage_arc_clear (MontageArc *self);

/* The climax that @time builds up to, NULL if none; sets @beats, counted, that
 * are left until then and @whole, those of the build. */
const MontageClimax *montage_arc_build_at (const MontageArc *self,
    GstClockTime time, gdouble *beats, gdouble *whole);
/* Whether a shot that starts at @time starts with a climax. */
gboolean montage_arc_is_climax (const MontageArc *self, GstClockTime time);

/* ---- the Fibonacci series: 8-5-3-2-1-1 towards a climax, 1-1-2-3-5 after ----
 */

/* Counted beats that a shot lasts which starts at @time, at least @shortest; 0
 * where no series rules. */
gdouble montage_arc_series_at (const MontageArc *self, GstClockTime time,
    gdouble shortest);
/* Counted beats from @time to the start of the next series; 0 if there is none.
 */
gdouble montage_arc_until_series (const MontageArc *self, GstClockTime time);

G_END_DECLS
