/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <gst/montage/plan.h>
#include <gst/montage/shotlist.h>

G_BEGIN_DECLS

/* Whether one shows what the other shows, a good part of it. */
gboolean
montage_metrics_is_repeat (const GstMontageCut *a, const GstMontageCut *b);
/* The figures of a finished plan. @sources: of the plan. */
void montage_metrics_compute (const GstMontagePlan *plan,
    const GstMontageShotList *const *sources, GstMontageMetrics *metrics);

G_END_DECLS
