/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Rows of what people read on a terminal: a label and a text beside it, broken
 * into lines of at most TOOL_ROW_WIDTH characters. */
#define TOOL_ROW_WIDTH 80

/* @label: "" goes on with the row above. */
void tool_row_append (GString *out, const gchar *label, const gchar *text);
/* Numbers for people, too, are not the locale's. */
void tool_row_number (GString *out, const gchar *format, gdouble value);

G_END_DECLS
