/* SPDX-License-Identifier: LGPL-2.1-or-later */
#ifdef HAVE_CONFIG_H
#include "config.h"
#endif

#include "jsontext.h"

#include <gst/montage/json.h>
#include <string.h>

/* The last character that is not white space, 0 at the beginning. */
static gchar
last_character (const GString *out)
{
  for (gsize i = out->len; i > 0; i--)
    if (!g_ascii_isspace (out->str[i - 1]))
      return out->str[i - 1];
  return '\0';
}

static void
begin_member (GString *out, const gchar *key)
{
  gchar last = last_character (out);
  gboolean fresh_line = out->len > 0 && out->str[out->len - 1] == '\n';

  if (last != '\0' && last != '{' && last != '[') {
    /* The comma belongs to the line before. */
    if (fresh_line)
      g_string_insert_c (out, out->len - 1, ',');
    else
      g_string_append (out, ", ");
  }
  if (key != NULL) {
    gst_montage_json_append_string (out, key);
    g_string_append (out, ": ");
  }
}

void
tool_json_begin (GString *out, const gchar *key, gchar bracket)
{
  begin_member (out, key);
  g_string_append_c (out, bracket);
}

void
tool_json_end (GString *out, gchar bracket)
{
  g_string_append_c (out, bracket);
}

void
tool_json_line (GString *out)
{
  g_string_append_c (out, '\n');
}

void
tool_json_string (GString *out, const gchar *key, const gchar *value)
{
  g_autofree gchar *valid = NULL;

  begin_member (out, key);
  if (value == NULL) {
    g_string_append (out, "null");
    return;
  }
  valid = g_utf8_make_valid (value, -1);
  gst_montage_json_append_string (out, valid);
}

void
tool_json_strings (GString *out, const gchar *key, const gchar *const *values)
{
  tool_json_begin (out, key, '[');
  for (guint i = 0; values != NULL && values[i] != NULL; i++)
    tool_json_string (out, NULL, values[i]);
  tool_json_end (out, ']');
}

void
tool_json_double (GString *out, const gchar *key, gdouble value)
{
  begin_member (out, key);
  gst_montage_json_append_double (out, value);
}

void
tool_json_int (GString *out, const gchar *key, gint64 value)
{
  begin_member (out, key);
  g_string_append_printf (out, "%" G_GINT64_FORMAT, value);
}

void
tool_json_uint (GString *out, const gchar *key, guint64 value)
{
  begin_member (out, key);
  g_string_append_printf (out, "%" G_GUINT64_FORMAT, value);
}

void
tool_json_boolean (GString *out, const gchar *key, gboolean value)
{
  begin_member (out, key);
  g_string_append (out, value ? "true" : "false");
}

void
tool_json_raw (GString *out, const gchar *key, const gchar *json)
{
  begin_member (out, key);
  g_string_append (out, json != NULL ? json : "null");
  while (out->len > 0 && out->str[out->len - 1] == '\n')
    g_string_truncate (out, out->len - 1);
}
