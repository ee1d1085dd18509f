/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "cutscore.h"

/* Of the features in their order, and what is added to all of them: a logistic
 * regression that tests/bench/fit-cuts makes; docs/performance.md says of what
 * films and how well it does by folds. */
static const gdouble weights[N_CUT_FEATURES + 1] = {0.98, 0.44, 1.55, -0.36,
    -6.00, -4.03, 3.19, -3.52, -16.68, -1.76, -2.11, -0.49, 0.07, 0.35, 0.45,
    1.74, 1.65, 1.09, 2.07, 1.14, 1.06, -0.12, -0.91, 0.21, 0.34, -2.12, 1.62,
    0.74, -0.36, 0.06, -0.15, -3.30, -5.85, 0.70, -1.72, -2.80, 1.97, 0.67,
    0.29, 0.47, -6.10};

gdouble
cut_score (const gfloat features[N_CUT_FEATURES])
{
  gdouble score = weights[N_CUT_FEATURES];

  for (guint i = 0; i < N_CUT_FEATURES; i++)
    score += weights[i] * features[i];
  return score;
}
