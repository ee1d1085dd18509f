/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <ges/ges.h>
#include <gst/montage/montage.h>

G_BEGIN_DECLS

/* The plan as a GESTimeline: a video layer with one clip per cut (start a
 * quarter of an output frame before the grid), crossfades as overlaps with a
 * FADE_IN transition, an audio layer with the music's window and its fade.
 * Reasons are clip metas, beats are timeline markers. The caller has called
 * ges_init(). Returns: (transfer floating) or NULL. */
GESTimeline *montage_ges_timeline_new (
    const GstMontagePlan *plan, GError **error);

/* The plan as an .xges project, as text. */
gchar *montage_ges_timeline_to_xges (
    const GstMontagePlan *plan, GError **error);

G_END_DECLS
