/* SPDX-License-Identifier: LGPL-2.1-or-later */
#ifdef HAVE_CONFIG_H
#include "config.h"
#endif

#include <math.h>
#include <string.h>

#include <gst/montage/error.h>
#include <gst/montage/json-private.h>

/* A recursive-descent check of RFC 8259 whose depth is bounded, so that it can
 * stand before json-glib's parser, which has no bound. */
typedef struct
{
  const gchar *start;
  const gchar *at;
  const gchar *end;
  const gchar *problem; /* static: what is wrong at @at */
  guint max_depth;
  gboolean unique_names; /* of the members of an object */
} Checker;

static gboolean check_value (Checker *self, guint depth);

static gboolean
fail (Checker *self, const gchar *problem)
{
  if (!self->problem)
    self->problem = problem;
  return FALSE;
}

static void
skip_space (Checker *self)
{
  while (self->at < self->end && strchr (" \t\r\n", *self->at)
      && *self->at != '\0')
    self->at++;
}

static gboolean
take (Checker *self, gchar c)
{
  if (self->at >= self->end || *self->at != c)
    return FALSE;
  self->at++;
  return TRUE;
}

static gint
take_hex (Checker *self)
{
  gint value = 0;

  for (guint i = 0; i < 4; i++, self->at++) {
    if (self->at >= self->end || !g_ascii_isxdigit (*self->at))
      return -1;
    value = value * 16 + g_ascii_xdigit_value (*self->at);
  }
  return value;
}

/* Half a surrogate pair is no character, and NUL would end the C string. */
static gboolean
check_unicode_escape (Checker *self)
{
  gint value = take_hex (self);

  if (value <= 0 || (value >= 0xdc00 && value <= 0xdfff))
    return fail (self, "a bad \\u escape");
  if (value >= 0xd800 && value <= 0xdbff) {
    gint low = take (self, '\\') && take (self, 'u') ? take_hex (self) : -1;

    if (low < 0xdc00 || low > 0xdfff)
      return fail (self, "a bad \\u escape");
  }
  return TRUE;
}

static gboolean
check_escape (Checker *self)
{
  if (take (self, 'u'))
    return check_unicode_escape (self);
  if (self->at >= self->end || *self->at == '\0'
      || !strchr ("\"\\/bfnrt", *self->at))
    return fail (self, "a bad escape");
  self->at++;
  return TRUE;
}

static gboolean
check_string (Checker *self)
{
  if (!take (self, '"'))
    return fail (self, "a string in double quotes is expected");
  while (self->at < self->end) {
    guchar c = (guchar) *self->at++;

    if (c == '"')
      return TRUE;
    if (c < 0x20)
      return fail (self, "a control character in a string");
    if (c == '\\' && !check_escape (self))
      return FALSE;
  }
  return fail (self, "a string does not end");
}

static gsize
skip_digits (Checker *self)
{
  const gchar *first = self->at;

  while (self->at < self->end && g_ascii_isdigit (*self->at))
    self->at++;
  return (gsize) (self->at - first);
}

/* An integer beyond 64 bits or a number beyond a double is an error here;
 * json-glib would read the first as -1. */
static gboolean
check_number (Checker *self)
{
  const gchar *first = self->at;
  gboolean integer = TRUE;

  take (self, '-');
  if (!take (self, '0') && skip_digits (self) == 0)
    return fail (self, "a value is expected");
  if (take (self, '.')) {
    integer = FALSE;
    if (skip_digits (self) == 0)
      return fail (self, "a digit is expected");
  }
  if (self->at < self->end && (*self->at == 'e' || *self->at == 'E')) {
    integer = FALSE;
    self->at++;
    if (!take (self, '-'))
      take (self, '+');
    if (skip_digits (self) == 0)
      return fail (self, "a digit is expected");
  }

  g_autofree gchar *number = g_strndup (first, self->at - first);
  gint64 value;
  if (integer
      && !g_ascii_string_to_signed (number, 10, G_MININT64, G_MAXINT64, &value,
          NULL)
      && strcmp (number, "-0") != 0)
    return fail (self, "an integer is too large");
  if (!isfinite (g_ascii_strtod (number, NULL)))
    return fail (self, "a number is too large");
  return TRUE;
}

static gboolean
check_word (Checker *self, const gchar *word)
{
  gsize length = strlen (word);

  if ((gsize) (self->end - self->at) < length
      || strncmp (self->at, word, length) != 0)
    return fail (self, "a value is expected");
  self->at += length;
  return TRUE;
}

/* A name as it is meant: "\\u0061" is "a". */
static gchar *
decode_name (const gchar *start, const gchar *end)
{
  g_autofree gchar *text = g_strndup (start, end - start);
  g_autoptr (JsonNode) node = json_from_string (text, NULL);

  return node ? json_node_dup_string (node) : g_strdup ("");
}

/* @names: NULL where names may come twice. */
static gboolean
check_name (Checker *self, GHashTable *names)
{
  const gchar *start = self->at;

  if (!check_string (self))
    return FALSE;
  return !names || g_hash_table_add (names, decode_name (start, self->at))
      || fail (self, "a name comes twice in an object");
}

static gboolean
check_object (Checker *self, guint depth)
{
  g_autoptr (GHashTable) names = NULL;

  self->at++;
  skip_space (self);
  if (take (self, '}'))
    return TRUE;
  if (self->unique_names)
    names = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  do {
    skip_space (self);
    if (!check_name (self, names))
      return FALSE;
    skip_space (self);
    if (!take (self, ':'))
      return fail (self, "a colon is expected");
    if (!check_value (self, depth + 1))
      return FALSE;
    skip_space (self);
  } while (take (self, ','));
  return take (self, '}') || fail (self, "a comma or } is expected");
}

static gboolean
check_array (Checker *self, guint depth)
{
  self->at++;
  skip_space (self);
  if (take (self, ']'))
    return TRUE;
  do {
    if (!check_value (self, depth + 1))
      return FALSE;
    skip_space (self);
  } while (take (self, ','));
  return take (self, ']') || fail (self, "a comma or ] is expected");
}

static gboolean
check_value (Checker *self, guint depth)
{
  if (depth > self->max_depth)
    return fail (self, "it is nested too deeply");
  skip_space (self);
  if (self->at >= self->end)
    return fail (self, "it ends too early");
  switch (*self->at) {
    case '{':
      return check_object (self, depth);
    case '[':
      return check_array (self, depth);
    case '"':
      return check_string (self);
    case 't':
      return check_word (self, "true");
    case 'f':
      return check_word (self, "false");
    case 'n':
      return check_word (self, "null");
    default:
      return check_number (self);
  }
}

static gboolean
check_text (const gchar *text, gsize length, const gchar *origin,
    GError **error)
{
  Checker self = {text, text, text + length, NULL, GST_MONTAGE_JSON_MAX_DEPTH,
      FALSE};

  if (length > GST_MONTAGE_JSON_MAX_BYTES) {
    g_set_error (error, GST_MONTAGE_ERROR, GST_MONTAGE_ERROR_PARSE,
        "%s is no document: it is larger than %u MiB.", origin,
        GST_MONTAGE_JSON_MAX_BYTES >> 20);
    return FALSE;
  }
  if (!g_utf8_validate_len (text, length, &self.at))
    fail (&self, "it is not UTF-8");
  else
    self.at = text;
  if (!self.problem && check_value (&self, 0)) {
    skip_space (&self);
    if (self.at < self.end)
      fail (&self, "there is text behind the document");
  }
  if (!self.problem)
    return TRUE;

  guint line = 1;
  for (const gchar *p = text; p < self.at; p++)
    line += *p == '\n';
  g_set_error (error, GST_MONTAGE_ERROR, GST_MONTAGE_ERROR_PARSE,
      "%s is not JSON: line %u: %s.", origin, line, self.problem);
  return FALSE;
}

const gchar *
gst_montage_json_check_prefix (const gchar *text, gsize length, guint max_depth,
    gsize *size)
{
  Checker self = {text, text, text + length, NULL, max_depth, TRUE};

  if (!check_value (&self, 0))
    return self.problem;
  *size = (gsize) (self.at - text);
  return NULL;
}

JsonNode *
gst_montage_json_parse (const gchar *text, gssize length, const gchar *origin,
    GError **error)
{
  g_return_val_if_fail (text != NULL, NULL);

  gsize n = length < 0 ? strlen (text) : (gsize) length;
  g_autoptr (JsonParser) parser = json_parser_new_immutable ();
  g_autoptr (GError) parser_error = NULL;

  if (!origin)
    origin = "The text";
  if (!check_text (text, n, origin, error))
    return NULL;
  if (!json_parser_load_from_data (parser, text, (gssize) n, &parser_error)) {
    g_set_error (error, GST_MONTAGE_ERROR, GST_MONTAGE_ERROR_PARSE,
        "%s is not JSON: %s.", origin, parser_error->message);
    return NULL;
  }
  return json_parser_steal_root (parser);
}

void
gst_montage_json_append_double (GString *out, gdouble value)
{
  static const gchar *formats[] = {"%.6g", "%.9g", "%.12g", "%.15g", "%.17g"};
  gchar buffer[G_ASCII_DTOSTR_BUF_SIZE];

  g_return_if_fail (isfinite (value));

  for (guint i = 0; i < G_N_ELEMENTS (formats); i++) {
    g_ascii_formatd (buffer, sizeof (buffer), formats[i], value);
    if (g_ascii_strtod (buffer, NULL) == value)
      break;
  }
  /* "-0" would be another text for the same number. */
  g_string_append (out, strcmp (buffer, "-0") == 0 ? "0" : buffer);
}

void
gst_montage_json_append_string (GString *out, const gchar *text)
{
  g_string_append_c (out, '"');
  for (const guchar *p = (const guchar *) text; *p; p++) {
    if (*p == '"' || *p == '\\')
      g_string_append_printf (out, "\\%c", *p);
    else if (*p == '\n')
      g_string_append (out, "\\n");
    else if (*p == '\t')
      g_string_append (out, "\\t");
    else if (*p < 0x20 || *p == 0x7f)
      g_string_append_printf (out, "\\u%04x", *p);
    else
      g_string_append_c (out, (gchar) *p);
  }
  g_string_append_c (out, '"');
}
