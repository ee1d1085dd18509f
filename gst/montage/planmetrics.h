/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <gst/montage/plan.h>
#include <gst/montage/shotlist.h>

G_BEGIN_DECLS

/* The figures of a finished plan. @sources: of the plan. */
void montage_metrics_compute (const GstMontagePlan *plan,
    const GstMontageShotList *const *sources, GstMontageMetrics *metrics);

G_END_DECLS
