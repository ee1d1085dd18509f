/* SPDX-License-Identifier: LGPL-2.1-or-later */
#ifdef HAVE_CONFIG_H
#include "config.h"
#endif

#include "textrow.h"

#define INDENT 14

void
tool_row_append (GString *out, const gchar *label, const gchar *text)
{
  g_auto (GStrv) words = g_strsplit (text, " ", -1);
  glong used = INDENT;

  g_string_append_printf (out, "  %-*s", INDENT - 2, label);
  for (guint i = 0; words[i] != NULL; i++) {
    glong length = g_utf8_strlen (words[i], -1);

    if (i > 0 && used + 1 + length > TOOL_ROW_WIDTH) {
      g_string_append_printf (out, "\n%*s", INDENT, "");
      used = INDENT;
    } else if (i > 0) {
      g_string_append_c (out, ' ');
      used++;
    }
    g_string_append (out, words[i]);
    used += length;
  }
  g_string_append_c (out, '\n');
}

void
tool_row_number (GString *out, const gchar *format, gdouble value)
{
  gchar text[G_ASCII_DTOSTR_BUF_SIZE];

  g_string_append (out, g_ascii_formatd (text, sizeof text, format, value));
}
