/* SPDX-License-Identifier: LGPL-2.1-or-later */

/* As tests/bench/fit-graduals writes it: a weight per BlendTrait, then the
 * bias. Fitted on 112 films composed of single takes, on the labelled clips
 * and on 18 single takes. */
#pragma once

static const gdouble dissolve_weights[BLEND_N_TRAITS + 1] = {-1.037, 1.277,
    15.66, 3.746, 0.9391, 5.395, -29.94, -8.485, -0.4206, -1.949, 0.578, 0.6948,
    1.646, -0.21, 2.341, 0.7921, -15.36};
static const gdouble wipe_weights[BLEND_N_TRAITS + 1] = {0.3028, 0.326, 2.049,
    -5.876, 0.1851, 4.532, -11.65, -8.113, 1.022, -1.826, 0.8934, -6.747, 2.464,
    -2.027, 9.121, 1.101, -4.984};
