/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <gst/montage/json.h>

G_BEGIN_DECLS

/* Checks the value that @text, valid UTF-8, begins with, as of RFC 8259 and with
 * no name twice in an object. @size: (out): its bytes. Returns %NULL, or what is
 * wrong: "a string does not end". */
const gchar *gst_montage_json_check_prefix (const gchar *text, gsize length,
    guint max_depth, gsize *size);

G_END_DECLS
