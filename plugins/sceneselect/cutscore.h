/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "cutfeatures.h"

G_BEGIN_DECLS

/* Log odds of a cut: above 0 where one is likelier than not. */
gdouble cut_score (const gfloat features[N_CUT_FEATURES]);

G_END_DECLS
