/* SPDX-License-Identifier: LGPL-2.1-or-later */
#ifdef HAVE_CONFIG_H
#include "config.h"
#endif

#include "values.h"

#include <gst/montage/timetext.h>
#include <math.h>

#define NUMBER_MAX 1e9
#define SIZE_MIN 16
#define SIZE_MAX_PIXELS 8192
#define RATE_MAX 240
/* As the properties of beatdetect take them. */
#define TEMPO_MIN 30
#define TEMPO_MAX 300

G_DEFINE_QUARK (tool - usage - error - quark, tool_usage_error)

gboolean
tool_usage_error (GError **error, const gchar *format, ...)
{
  g_autofree gchar *text = NULL;
  va_list arguments;

  va_start (arguments, format);
  text = g_strdup_vprintf (format, arguments);
  va_end (arguments);
  g_set_error_literal (error, TOOL_USAGE_ERROR, 0, text);
  return FALSE;
}

/* A whole number of digits only. */
static gboolean
parse_digits (const gchar *text, guint64 maximum, guint64 *value)
{
  return g_ascii_string_to_unsigned (text, 10, 0, maximum, value, NULL);
}

/* With an optional fraction. */
static gboolean
parse_number (const gchar *text, gdouble *value)
{
  gchar *end = NULL;

  if (strspn (text, "0123456789.") != strlen (text))
    return FALSE;
  *value = g_ascii_strtod (text, &end);
  return end != text && *end == '\0' && *value <= NUMBER_MAX;
}

/* "00:01:23:12": whole seconds, and frames of them. */
static gboolean
parse_frames (const GStrv parts, gint fps_n, gint fps_d, GstClockTime *time)
{
  guint nominal = (fps_n + fps_d - 1) / fps_d;
  g_autofree gchar *clock = g_strjoin (":", parts[0], parts[1], parts[2], NULL);
  guint64 frames = 0;
  GstClockTime whole = 0;
  GstMontageOutput output = {.fps_n = fps_n, .fps_d = fps_d};

  if (strchr (clock, '.') != NULL || !gst_montage_time_from_text (clock, &whole)
      || !parse_digits (parts[3], nominal - 1, &frames))
    return FALSE;
  *time = gst_montage_output_frame_time (&output,
      whole / GST_SECOND * nominal + frames);
  return TRUE;
}

static gboolean
parse_time (const gchar *text, gint fps_n, gint fps_d, GstClockTime *time)
{
  g_auto (GStrv) parts = g_strsplit (text, ":", 5);

  if (g_strv_length (parts) == 4 && fps_n > 0 && fps_d > 0)
    return parse_frames (parts, fps_n, fps_d, time);
  return gst_montage_time_from_text (text, time);
}

gboolean
tool_value_time (const gchar *option, const gchar *text, gint fps_n, gint fps_d,
    GstClockTime *time, GError **error)
{
  if (parse_time (text, fps_n, fps_d, time))
    return TRUE;
  return tool_usage_error (error,
      "%s '%s' is not a time; write seconds (83.5), minutes and seconds "
      "(1:23.5)%s.",
      option, text, fps_n > 0 ? " or hours:minutes:seconds:frames" : "");
}

gboolean
tool_value_size (const gchar *option, const gchar *text, guint *width,
    guint *height, GError **error)
{
  g_auto (GStrv) parts = g_strsplit_set (text, "xX", 3);
  guint64 w = 0, h = 0;

  if (g_strv_length (parts) == 2 && parse_digits (parts[0], SIZE_MAX_PIXELS, &w)
      && parse_digits (parts[1], SIZE_MAX_PIXELS, &h) && w >= SIZE_MIN
      && h >= SIZE_MIN && w % 2 == 0 && h % 2 == 0) {
    *width = w;
    *height = h;
    return TRUE;
  }
  return tool_usage_error (error,
      "%s '%s' is not a picture size; write width x height in even pixels "
      "from %d to %d, for example 1920x1080.",
      option, text, SIZE_MIN, SIZE_MAX_PIXELS);
}

/* The rates that are written rounded and mean n * 1000 / 1001. */
static gboolean
parse_broadcast_rate (gdouble rate, gint *fps_n, gint *fps_d)
{
  static const gint nominal[] = {24, 30, 48, 60, 120};

  for (guint i = 0; i < G_N_ELEMENTS (nominal); i++) {
    gdouble exact = nominal[i] * 1000.0 / 1001.0;

    if (fabs (rate - exact) < 0.006) {
      *fps_n = nominal[i] * 1000;
      *fps_d = 1001;
      return TRUE;
    }
  }
  return FALSE;
}

static gboolean
parse_rate (const gchar *text, gint *fps_n, gint *fps_d)
{
  g_auto (GStrv) parts = g_strsplit (text, "/", 3);
  guint64 n = 0, d = 0;
  gdouble rate = 0;

  if (g_strv_length (parts) == 2) {
    if (!parse_digits (parts[0], 1000000, &n)
        || !parse_digits (parts[1], 100000, &d) || d == 0)
      return FALSE;
    *fps_n = n;
    *fps_d = d;
    return TRUE;
  }
  if (g_strv_length (parts) != 1 || !parse_number (text, &rate))
    return FALSE;
  if (!parse_broadcast_rate (rate, fps_n, fps_d))
    gst_util_double_to_fraction (rate, fps_n, fps_d);
  return TRUE;
}

gboolean
tool_value_rate (const gchar *option, const gchar *text, gint *fps_n,
    gint *fps_d, GError **error)
{
  if (parse_rate (text, fps_n, fps_d) && *fps_n >= *fps_d
      && (gint64) *fps_n <= (gint64) *fps_d * RATE_MAX)
    return TRUE;
  return tool_usage_error (error,
      "%s '%s' is not a frame rate; write frames per second from 1 to %d, for "
      "example 25, 29.97 or 30000/1001.",
      option, text, RATE_MAX);
}

gboolean
tool_value_unsigned (const gchar *option, const gchar *text, guint64 maximum,
    guint64 *value, GError **error)
{
  if (parse_digits (text, maximum, value))
    return TRUE;
  return tool_usage_error (error,
      "%s '%s' is not a whole number from 0 to %" G_GUINT64_FORMAT ".", option,
      text, maximum);
}

gboolean
tool_value_tempo (const gchar *option, const gchar *text, gdouble *tempo,
    GError **error)
{
  if (parse_number (text, tempo) && *tempo >= TEMPO_MIN && *tempo <= TEMPO_MAX)
    return TRUE;
  return tool_usage_error (error,
      "%s '%s' is not a tempo; write beats per minute from %d to %d.", option,
      text, TEMPO_MIN, TEMPO_MAX);
}

static gchar *
enum_nicks (GEnumClass *class)
{
  g_autoptr (GString) out = g_string_new (NULL);

  for (guint i = 0; i < class->n_values; i++)
    g_string_append_printf (out, "%s%s",
        i == 0 ? "" : (i + 1 == class->n_values ? " or " : ", "),
        class->values[i].value_nick);
  return g_string_free (g_steal_pointer (&out), FALSE);
}

gboolean
tool_value_enum (const gchar *option, const gchar *text, GType type,
    gint *value, GError **error)
{
  g_autoptr (GTypeClass) class = g_type_class_ref (type);
  g_autofree gchar *nick = g_strdelimit (g_strdup (text), "-", '_');
  g_autofree gchar *nicks = NULL;
  GEnumValue *found = g_enum_get_value_by_nick ((GEnumClass *) class, nick);

  if (found != NULL) {
    *value = found->value;
    return TRUE;
  }
  nicks = enum_nicks ((GEnumClass *) class);
  return tool_usage_error (error, "%s '%s' is not known; it is %s.", option,
      text, nicks);
}

gboolean
tool_value_switch (const gchar *text)
{
  static const gchar *const off[] = {"", "0", "no", "false", "off", NULL};
  g_autofree gchar *lower = NULL;

  if (text == NULL)
    return FALSE;
  lower = g_ascii_strdown (text, -1);
  return !g_strv_contains (off, lower);
}

gchar *
tool_time_text (GstClockTime time)
{
  guint64 ms = (time + GST_MSECOND / 2) / GST_MSECOND;
  guint hours = ms / 3600000;
  guint minutes = ms / 60000 % 60;
  guint seconds = ms / 1000 % 60;

  if (hours > 0)
    return g_strdup_printf ("%u:%02u:%02u.%03u", hours, minutes, seconds,
        (guint) (ms % 1000));
  return g_strdup_printf ("%u:%02u.%03u", minutes, seconds,
      (guint) (ms % 1000));
}

gchar *
tool_span_text (gdouble seconds)
{
  guint64 s = (guint64) ceil (CLAMP (seconds, 0.0, 1e9));

  if (s < 60)
    return g_strdup_printf ("%u s", (guint) s);
  if (s < 3600)
    return g_strdup_printf ("%u min %u s", (guint) (s / 60), (guint) (s % 60));
  return g_strdup_printf ("%u h %u min", (guint) (s / 3600),
      (guint) (s / 60 % 60));
}

gchar *
tool_printable (const gchar *text)
{
  g_autoptr (GString) out = g_string_new (NULL);

  for (const gchar *p = text; *p != '\0';) {
    gunichar c = g_utf8_get_char_validated (p, -1);

    if (c == (gunichar) -1 || c == (gunichar) -2) {
      g_string_append_printf (out, "\\x%02x", (guchar) *p++);
      continue;
    }
    if (c == '\n')
      g_string_append (out, "\\n");
    else if (c < 0x20 || (c >= 0x7f && c < 0xa0))
      g_string_append_printf (out, "\\x%02x", c);
    else
      g_string_append_unichar (out, c);
    p = g_utf8_next_char (p);
  }
  return g_string_free (g_steal_pointer (&out), FALSE);
}

gchar *
tool_uri_name (const gchar *uri)
{
  g_autofree gchar *path = g_filename_from_uri (uri, NULL, NULL);
  g_autofree gchar *name = g_path_get_basename (path != NULL ? path : uri);

  return tool_printable (name);
}
