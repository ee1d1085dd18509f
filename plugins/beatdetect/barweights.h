/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

/* Made by tests/bench/fit-bars from 187 songs. A row per BarEvidence, a column
 * per position in a bar of two, three and four. */
/* clang-format off */

static const gfloat bar_weights_2[] = {
    0.24f, -0.24f,
    0.01f, -0.01f,
    -0.06f, 0.06f,
    -0.02f, 0.02f,
    0.07f, -0.07f,
    0.32f, -0.32f,
    0.02f, -0.02f,
    0.17f, -0.17f,
    -0.17f, 0.17f,
    -0.07f, 0.07f,
    0.19f, -0.19f,
    -0.12f, 0.12f,
    0.14f, -0.14f,
    0.06f, -0.06f,
    -0.01f, 0.01f,
};

static const gfloat bar_weights_3[] = {
    0.45f, -0.13f, -0.32f,
    -0.04f, -0.19f, 0.23f,
    0.04f, 0.13f, -0.18f,
    -0.09f, -0.24f, 0.34f,
    0.04f, -0.30f, 0.26f,
    0.36f, -0.29f, -0.07f,
    0.03f, -0.04f, 0.01f,
    -0.08f, -0.08f, 0.16f,
    -0.09f, -0.01f, 0.10f,
    -0.04f, 0.01f, 0.03f,
    0.52f, -0.18f, -0.34f,
    0.10f, -0.19f, 0.08f,
    0.14f, 0.23f, -0.37f,
    -0.02f, 0.07f, -0.05f,
    0.01f, 0.03f, -0.04f,
};

static const gfloat bar_weights_4[] = {
    0.30f, -0.16f, 0.01f, -0.15f,
    0.17f, 0.01f, -0.37f, 0.19f,
    0.12f, -0.13f, -0.02f, 0.03f,
    -0.04f, -0.03f, 0.06f, 0.01f,
    0.09f, -0.08f, -0.08f, 0.07f,
    0.31f, -0.26f, 0.13f, -0.18f,
    0.02f, -0.01f, -0.06f, 0.05f,
    -0.12f, 0.06f, 0.01f, 0.04f,
    -0.07f, 0.09f, 0.01f, -0.03f,
    -0.09f, 0.14f, -0.06f, 0.01f,
    0.19f, -0.12f, 0.09f, -0.16f,
    0.05f, 0.04f, -0.03f, -0.06f,
    0.14f, -0.03f, 0.04f, -0.15f,
    0.08f, 0.03f, -0.11f, -0.01f,
    0.05f, 0.00f, -0.04f, -0.01f,
};
