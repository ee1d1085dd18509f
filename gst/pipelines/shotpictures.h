/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <gio/gio.h>
#include <gst/montage/montage.h>

G_BEGIN_DECLS

/* Small pictures of a clip, as JPEG files. */

typedef struct _MontagePictureReader MontagePictureReader;

/* Opens @clip, whose URI is known. What cannot be opened has no pictures. */
MontagePictureReader *
montage_picture_reader_new (const GstMontageShotList *clip,
    GCancellable *cancellable);
void montage_picture_reader_free (MontagePictureReader *self);

/* (transfer full) (nullable): the most telling picture of @shot, at most 512
 * pixels wide and high; %NULL where it cannot be decoded or was called off. */
GBytes *montage_picture_reader_take (MontagePictureReader *self,
    const GstMontageShot *shot);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (MontagePictureReader,
    montage_picture_reader_free)

G_END_DECLS
