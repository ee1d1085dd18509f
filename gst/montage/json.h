/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <gst/montage/montage-prelude.h>
#include <json-glib/json-glib.h>

G_BEGIN_DECLS

/* Largest text and deepest nesting that are read. */
#define GST_MONTAGE_JSON_MAX_BYTES (64u << 20)
#define GST_MONTAGE_JSON_MAX_DEPTH 32

/**
 * gst_montage_json_parse:
 * @text: UTF-8; needs no terminating zero where @length is given
 * @length: bytes, or -1
 * @origin: names the text in messages
 *
 * json-glib's parser behind a strict check of RFC 8259: json-glib alone takes
 * comments and single quotes, turns large integers into -1 and overflows the
 * stack on deep nesting.
 *
 * Returns: (transfer full): the root, or %NULL with #GST_MONTAGE_ERROR_PARSE
 */
GST_MONTAGE_API JsonNode *gst_montage_json_parse (const gchar *text,
    gssize length, const gchar *origin, GError **error);

/* Appends @value as the shortest number that reads back the same. */
GST_MONTAGE_API void
gst_montage_json_append_double (GString *out, gdouble value);
/* Appends @text quoted and escaped. */
GST_MONTAGE_API void
gst_montage_json_append_string (GString *out, const gchar *text);

G_END_DECLS
