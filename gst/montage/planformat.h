/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <gst/montage/plan.h>
#include <gst/montage/shotlist.h>

G_BEGIN_DECLS

/* Fills what is 0 in @output from the sources, each weighted by its duration:
 * the usual orientation and size, at most 1920 x 1080 pixels, and the usual
 * rate among the standard ones. */
void montage_format_choose (const GstMontageShotList *const *sources,
    guint n_sources, GstMontageOutput *output);

G_END_DECLS
