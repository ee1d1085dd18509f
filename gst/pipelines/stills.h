/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <gst/video/video.h>

G_BEGIN_DECLS

/* Whether @name, a path or URI, is named like a photo or another picture that
 * is shown as a clip. */
gboolean montage_still_is_name (const gchar *name);

/* Makes @uridecodebin take in pictures that it leaves alone or shows turned:
 * GStreamer 1.22 ranks the parser that reads how a photo was held, and the only
 * decoder of whole TIFF and BMP files, too low to be used. */
void montage_still_attach (GstElement *uridecodebin);

/* How the camera that took the photo @uri was held: for those who do not decode
 * it by the above. */
GstVideoOrientationMethod montage_still_orientation (const gchar *uri);

G_END_DECLS
