/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <gst/montage/beatgrid-private.h>
#include <gst/montage/plan.h>

G_BEGIN_DECLS

/* planfields.c */
extern const GstMontageDocument gst_montage_plan_document;
extern const GstMontageFieldTable gst_montage_cut_table;
extern const GstMontageFieldTable gst_montage_metrics_table;
/* planterm.c */
extern const GstMontageFieldTable gst_montage_score_table;

extern const GstMontageFieldTable gst_montage_source_table;

G_END_DECLS
