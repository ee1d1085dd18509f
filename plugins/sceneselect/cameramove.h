/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <gst/montage/enums.h>

#include "shotsteps.h"

G_BEGIN_DECLS

/* What the camera does for most of the shot; shake is 0..1 here. */
GstMontageCamera camera_move_find (const ShotSeries *series);

G_END_DECLS
