/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <gio/gio.h>
#include <gst/gst.h>

G_BEGIN_DECLS

/* How long the media of @uri is, without decoding any of it; 0 where that is
 * not known or takes long. */
GstClockTime
montage_media_duration (const gchar *uri, GCancellable *cancellable);

G_END_DECLS
