/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <gst/montage/montage.h>

G_BEGIN_DECLS

/* Values as users write them on the command line, and times and names as they
 * are shown. Pure; errors are of TOOL_USAGE_ERROR and name option and value. */

#define TOOL_USAGE_ERROR (tool_usage_error_quark ())
GQuark tool_usage_error_quark (void);

/* Every use of the command line that is wrong: exit status 2. */
gboolean tool_usage_error (GError **error, const gchar *format, ...)
    G_GNUC_PRINTF (2, 3);

/* "83.5", "1:23.5", "1:02:03.25", or, where @fps_n is not 0, "00:01:23:12"
 * with frames of that rate at the end (counted without dropping). */
gboolean tool_value_time (const gchar *option, const gchar *text, gint fps_n,
    gint fps_d, GstClockTime *time, GError **error);
/* "1920x1080"; both even, 16..8192. */
gboolean tool_value_size (const gchar *option, const gchar *text, guint *width,
    guint *height, GError **error);
/* "25", "30000/1001", "29.97" (means 30000/1001); 1..240. */
gboolean tool_value_rate (const gchar *option, const gchar *text, gint *fps_n,
    gint *fps_d, GError **error);
gboolean tool_value_unsigned (const gchar *option, const gchar *text,
    guint64 maximum, guint64 *value, GError **error);
/* Beats per minute, "127.5"; 30..300. */
gboolean tool_value_tempo (const gchar *option, const gchar *text,
    gdouble *tempo, GError **error);
/* The value of an enum by its nick; "_" and "-" are the same. */
gboolean tool_value_enum (const gchar *option, const gchar *text, GType type,
    gint *value, GError **error);
/* What an environment variable that is a switch says: unset, "", "0", "no",
 * "false" and "off" are FALSE. */
gboolean tool_value_switch (const gchar *text);

/* "0:04.200", "1:02:03.250". */
gchar *tool_time_text (GstClockTime time);
/* "7 s", "3 min 20 s", "1 h 5 min". */
gchar *tool_span_text (gdouble seconds);
/* @text on one line of valid UTF-8: control characters and broken bytes are
 * shown as escapes. */
gchar *tool_printable (const gchar *text);
/* The last part of a file:// URI, printable. */
gchar *tool_uri_name (const gchar *uri);

G_END_DECLS
