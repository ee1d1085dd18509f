/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <gst/gst.h>

G_BEGIN_DECLS

/* montage:?NAME=VALUE&… sets the properties NAME of an object, each value
 * percent-escaped UTF-8 in the form that gst-launch-1.0 takes. */
#define MONTAGE_URI_PROTOCOL "montage"

/* The error is GST_URI_ERROR; then the object is unchanged. */
gboolean montage_uri_apply (GObject *object, const gchar *uri, GError **error);

/* With every property that the object's own class can set and that is not at
 * its default. */
gchar *montage_uri_new (GObject *object);

/* "a;b\;c" is "a" and "b;c". NULL is the empty list, in both directions. */
GStrv montage_clips_split (const gchar *text);
gchar *montage_clips_join (const gchar *const *clips);

G_END_DECLS
