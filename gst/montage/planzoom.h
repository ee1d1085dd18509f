/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "planmaterial.h"

G_BEGIN_DECLS

/* Sets the slow zoom of a still: @index of the cut and @seed decide whether it
 * goes in or out. */
void montage_zoom_set (const MontageMaterial *material, const MontageSpan *span,
    guint64 seed, guint index, GstMontageCut *cut);

G_END_DECLS
