/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* The few colours that a run of pictures is made of. */
typedef struct _Palette Palette;

Palette *palette_new (void);
/* @n colours, full range. */
void palette_push (Palette *self, const guint8 *y, const guint8 *u,
    const guint8 *v, guint n);
/* Appends up to five 0xRRGGBB to @colors, most frequent first. */
void
palette_finish (const Palette *self, gdouble kr, gdouble kb, GArray *colors);
void palette_free (Palette *self);

G_END_DECLS
