/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "planmaterial.h"

G_BEGIN_DECLS

/* 0..1; -1 where nothing is known. */
gdouble montage_quality_of (const GstMontageShot *shot);
/* Why nobody wants to see @shot: "it is black"; %NULL where there is no reason.
 */
const gchar *montage_quality_flaw (const GstMontageShotList *source,
    const GstMontageShot *shot);
/* Sets motion of all spans. */
void montage_quality_rank_motion (MontageMaterial *self);
/* Sets best of those spans that are to be kept for the climax. */
void montage_quality_mark_best (MontageMaterial *self);

G_END_DECLS
