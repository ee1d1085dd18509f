/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <gst/montage/planner.h>

#include "planmaterial.h"
#include "planslots.h"

G_BEGIN_DECLS

/* What each span costs in each slot because other takes of the film show it:
 * [slot * number of spans + span], at most 0; %NULL where there are no others.
 * Free it with g_free(). */
gfloat *montage_takes_new (const GstMontageRequest *request,
    const MontageMaterial *material, const MontageFilmGrid *film,
    const GArray *slots);

G_END_DECLS
