/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <gst/gst.h>

G_BEGIN_DECLS

/* Whether @name, a path or URI, is named like a photo or another picture that
 * is shown as a clip. */
gboolean montage_still_is_name (const gchar *name);

/* Makes @uridecodebin take in pictures that it leaves alone or shows turned:
 * GStreamer 1.22 ranks the parser that reads how a photo was held, and the only
 * decoder of whole TIFF and BMP files, too low to be used. */
void montage_still_attach (GstElement *uridecodebin);

G_END_DECLS
