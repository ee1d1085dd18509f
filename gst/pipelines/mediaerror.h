/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <gst/gst.h>

G_BEGIN_DECLS

/* What the messages of a pipeline that reads a file mean, as one sentence for
 * its user, in the domain GST_MONTAGE_ERROR. */

/* From an error message. */
GError *montage_media_error_new (const gchar *uri, GstMessage *message);

/* Where nothing more is known. */
GError *montage_media_error_new_damaged (const gchar *uri);

/* From a missing-plugin message (gst_is_missing_plugin_message()); NULL where
 * the plugin is there and the file is at fault. */
GError *montage_media_error_new_missing (const gchar *uri, GstMessage *message);

/* The Debian package that has the plugins for @caps, static. */
const gchar *montage_media_package (const GstCaps *caps);

G_END_DECLS
