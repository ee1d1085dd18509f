/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <ges/ges.h>

G_BEGIN_DECLS

/* Any timeline of GES, whoever made it, as the text of an .otio file: a track
 * per layer and kind, with gaps, transitions, speed, the names of effects,
 * markers and metadata. What the format has no place for is left out: keyframes,
 * volumes, positions of pictures. */
gchar *montage_ges_timeline_to_otio (GESTimeline *timeline, const gchar *name);

G_END_DECLS
