/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <gst/montage/planner.h>

G_BEGIN_DECLS

/**
 * montage_silence_new:
 * @rules: array of GstMontageClipRule, one per source
 * @asked: of the film, ns; 0: as long as the footage is worth
 *
 * What a film without music is cut to: a song of its length without a beat.
 * Where no length is asked for, every good shot is seen once at the pace of the
 * instructions, and long ones now and again; at least 10 s, at most 3 min.
 */
GstMontageBeatGrid *montage_silence_new (const GstMontageRequest *request,
    const GstMontageClipRule *rules, GstClockTime asked);

G_END_DECLS
