/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "planmaterial.h"

G_BEGIN_DECLS

/* 0..1; -1 where nothing is known. */
gdouble montage_quality_of (const GstMontageShot *shot);
/* Why nobody wants to see @shot. */
MontageFlaw montage_quality_flaw (const GstMontageShotList *source,
    const GstMontageShot *shot);
/* The flaw of all that @source could show. */
MontageFlaw
montage_quality_source_flaw (const MontageMaterial *self, guint source);
/* "it is black", "they are black". */
const gchar *montage_quality_flaw_text (MontageFlaw flaw, gboolean many);
/* Sets motion of all spans. */
void montage_quality_rank_motion (MontageMaterial *self);
/* Sets best of those spans that are to be kept for the climax. */
void montage_quality_mark_best (MontageMaterial *self);

G_END_DECLS
