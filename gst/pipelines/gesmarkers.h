/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <ges/ges.h>
#include <gst/montage/montage.h>

G_BEGIN_DECLS

/* Markers as Pitivi shows them, which clips snap to: the sections of the music
 * on @timeline, its beats on @song (nullable). */
void montage_ges_add_markers (GESTimeline *timeline, GESClip *song,
    const GstMontagePlan *plan);

G_END_DECLS
