/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "planscore.h"

G_BEGIN_DECLS

/* Why @cut is what it is: a sentence or two. @repeat: cuts since the same
 * pictures were shown, 0 if they are new. */
gchar *montage_reason_new (const MontageScorer *scorer, guint slot,
    const MontageTake *take, const GstMontageCut *cut, guint repeat);

/* @value with @digits after the point, whatever the locale. */
gchar *montage_reason_number (gdouble value, guint digits);

G_END_DECLS
