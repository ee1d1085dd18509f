/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "framemotion.h"
#include "picturearea.h"

G_BEGIN_DECLS

/* Where people look in @frame: 0..1 from the left and from the top. */
void saliency_find_focus (const SmallFrame *frame, const FrameMotion *motion,
    const PictureArea *area, gfloat *x, gfloat *y);

G_END_DECLS
