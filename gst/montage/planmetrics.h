/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "planscore.h"

G_BEGIN_DECLS

/* Source time that @cut shows. */
GstClockTime montage_metrics_shown (const GstMontageCut *cut);
/* How much moves in [from, from + length) of @source: the mean of the curve of
 * motion, the shot's own motion where it has none. */
gdouble montage_metrics_motion (const GstMontageShotList *source,
    GstClockTime from, GstClockTime length);
/* Whether one shows what the other shows, a good part of it. */
gboolean
montage_metrics_is_repeat (const GstMontageCut *a, const GstMontageCut *b);
/* The figures of a finished plan but its score_bound. */
void montage_metrics_compute (const GstMontagePlan *plan,
    const MontageMaterial *material, GstMontageMetrics *metrics);

/* Parts of it. */
void montage_metrics_compute_music (const GstMontagePlan *plan,
    GstMontageMetrics *metrics);
void montage_metrics_compute_pictures (const GstMontagePlan *plan,
    const MontageMaterial *material, GstMontageMetrics *metrics);

G_END_DECLS
