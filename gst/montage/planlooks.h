/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "planmaterial.h"

G_BEGIN_DECLS

/* Sets look and fading of all spans. */
void montage_looks_find (MontageMaterial *self);

/* Where span @to shows what @from, of the same look, shows at @in_point. */
GstClockTime montage_looks_time (const MontageMaterial *self, guint from,
    GstClockTime in_point, guint to);

static inline guint
montage_looks_get (const MontageMaterial *self, guint span)
{
  return g_array_index (self->spans, MontageSpan, span).look;
}

G_END_DECLS
