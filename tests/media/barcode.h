/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* A square code in the centre of a picture that says which frame of which clip
 * it is: 6 x 6 cells (8 bits of clip, 16 bits of frame, 12 check bits) in a
 * white ring in a black ring, half as wide as the picture's shorter side. It
 * survives scaling, cropping or padding to another aspect ratio and moderate
 * bitrates, since cells are large and the centre stays where it is. */

#define MONTAGE_BARCODE_MAX_ID 255
#define MONTAGE_BARCODE_MAX_FRAME 65535

/* Into a packed 32 bit picture; the upper byte is left at 255. */
void montage_barcode_write (guint32 *pixels, guint width, guint height,
    guint id, guint frame);

/* From 8 bit luma. @side: length of the code where it was found last, 0 where
 * nothing is known; updated. FALSE where no code can be read, e.g. in the
 * middle of a crossfade. */
gboolean montage_barcode_read (const guint8 *luma, gsize stride, guint width,
    guint height, gdouble *side, guint *id, guint *frame);

G_END_DECLS
