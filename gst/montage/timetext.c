/* SPDX-License-Identifier: LGPL-2.1-or-later */
#ifdef HAVE_CONFIG_H
#include "config.h"
#endif

#include <math.h>
#include <string.h>

#include <gst/montage/timetext.h>

#define SECONDS_MAX (100.0 * 3600.0)

/* With an optional fraction: digits and one point. */
static gboolean
parse_seconds (const gchar *text, gdouble *seconds)
{
  gchar *end = NULL;

  if (strspn (text, "0123456789.") != strlen (text))
    return FALSE;
  *seconds = g_ascii_strtod (text, &end);
  return end != text && *end == '\0' && *seconds <= SECONDS_MAX;
}

/* The whole units before the seconds; all but the first are below 60. */
static gboolean
parse_units (const GStrv parts, guint n, guint64 *units)
{
  *units = 0;
  for (guint i = 0; i < n; i++) {
    guint64 value = 0;

    if (!g_ascii_string_to_unsigned (parts[i], 10, 0, i == 0 ? 100 * 60 : 59,
            &value, NULL))
      return FALSE;
    *units = *units * 60 + value;
  }
  return TRUE;
}

gboolean
gst_montage_time_from_text (const gchar *text, GstClockTime *time)
{
  g_auto (GStrv) parts = g_strsplit (text, ":", 4);
  guint n = g_strv_length (parts);
  guint64 units = 0;
  gdouble seconds = 0;

  if (n == 0 || n > 3 || !parse_units (parts, n - 1, &units)
      || !parse_seconds (parts[n - 1], &seconds))
    return FALSE;
  if (n > 1 && seconds >= 60.0)
    return FALSE;
  *time = units * 60 * GST_SECOND
      + (GstClockTime) llround (seconds * GST_SECOND);
  return TRUE;
}
