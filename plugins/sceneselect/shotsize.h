/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <gst/montage/enums.h>

#include "picturearea.h"

G_BEGIN_DECLS

/* Wide or close where the picture shows it, else unknown. */
GstMontageShotSize
shot_size_guess (const SmallFrame *frame, const PictureArea *area);

G_END_DECLS
