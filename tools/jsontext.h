/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* JSON written piece by piece. Commas come by themselves; @key is NULL in
 * arrays. Numbers are the shortest that read back the same. */
void tool_json_begin (GString *out, const gchar *key, gchar bracket);
void tool_json_end (GString *out, gchar bracket);
/* A line break, where the next member is to stand on a line of its own. */
void tool_json_line (GString *out);
/* NULL is null; text that is no UTF-8 is made so. */
void tool_json_string (GString *out, const gchar *key, const gchar *value);
void
tool_json_strings (GString *out, const gchar *key, const gchar *const *values);
void tool_json_double (GString *out, const gchar *key, gdouble value);
void tool_json_int (GString *out, const gchar *key, gint64 value);
void tool_json_uint (GString *out, const gchar *key, guint64 value);
/* A value that is JSON already; NULL is null. */
void tool_json_raw (GString *out, const gchar *key, const gchar *json);
void tool_json_boolean (GString *out, const gchar *key, gboolean value);

G_END_DECLS
