/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <gst/montage/shotlist.h>

#include "shotsteps.h"

G_BEGIN_DECLS

/* Fills @shot->best; @shot has its times. */
void best_stretches_find (const ShotSeries *series, GstMontageShot *shot);

G_END_DECLS
