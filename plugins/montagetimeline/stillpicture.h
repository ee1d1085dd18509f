/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <gio/gio.h>
#include <gst/montage/montage.h>

G_BEGIN_DECLS

/* The first picture of @uri as a frame of @output, fitted, in the size that a
 * look as close as @closest needs. Blocks, and needs room for the whole
 * picture meanwhile. NULL: with @failure, a phrase or NULL, where it cannot be
 * decoded, with @error where it was cancelled or nothing came for too long. */
GstSample *still_picture_load (const gchar *uri, const GstMontageOutput *output,
    gdouble closest, GCancellable *cancellable, gchar **failure,
    GError **error);

G_END_DECLS
