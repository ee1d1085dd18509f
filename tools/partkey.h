/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "filmformat.h"
#include "filmsegments.h"

G_BEGIN_DECLS

/* What a part of a film is known by: a hash of all that its packets depend on,
 * and of nothing else. Where a later revision of the plan shows the same, so
 * does the part. */

/* @plan without what nobody sees or hears: reasons, scores, figures. */
GstMontagePlan *tool_bare_plan (const GstMontagePlan *plan);
/* @plan: a bare one. NULL with an error where a file cannot be looked at. */
gchar *
tool_pictures_key (const GstMontagePlan *plan, const ToolFilmSegment *segment,
    const ToolFilmFormat *format, GError **error);
gchar *tool_sound_key (const GstMontagePlan *plan, const ToolFilmFormat *format,
    GError **error);

G_END_DECLS
