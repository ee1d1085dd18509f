/* SPDX-License-Identifier: LGPL-2.1-or-later */
#ifdef HAVE_CONFIG_H
#include "config.h"
#endif

#include <string.h>

#include <gst/montage/answer.h>
#include <gst/montage/error.h>
#include <gst/montage/json-private.h>

static const gchar byte_order_mark[] = "\xef\xbb\xbf";

static gboolean
refuse (GError **error, const gchar *reason)
{
  g_set_error (error, GST_MONTAGE_ERROR, GST_MONTAGE_ERROR_PARSE,
      "The answer cannot be used: %s.", reason);
  return FALSE;
}

static void
note (GPtrArray *notes, const gchar *text)
{
  g_ptr_array_add (notes, g_strdup (text));
}

/* Models that think aloud do so before the answer. The opening tag is part of
 * the prompt with some of them, so that only the closing one is in the
 * answer. */
static const gchar *
skip_thinking (const gchar *at, const gchar *end, GPtrArray *notes)
{
  static const gchar *const closings[] = {"</think>", "</thinking>",
      "</thought>"};

  for (gsize i = 0; i < G_N_ELEMENTS (closings); i++) {
    const gchar *closing = g_strrstr_len (at, end - at, closings[i]);

    if (closing) {
      note (notes, "Thinking before the answer was left out.");
      at = closing + strlen (closings[i]);
    }
  }
  return at;
}

/* What may stand around an object without a word. */
static gboolean
is_residue (gchar c)
{
  return c == '\0' || strchr (" \t\r\n`}].,;)", c) != NULL;
}

static gboolean
check_before (const gchar *at, const gchar *object, GPtrArray *notes)
{
  for (; at < object; at++)
    if (!g_ascii_isspace (*at)) {
      note (notes, "Text before the answer was left out.");
      break;
    }
  return TRUE;
}

/* Which of two objects is meant cannot be known. */
static gboolean
check_behind (const gchar *at, const gchar *end, GPtrArray *notes,
    GError **error)
{
  gboolean words = FALSE;

  for (const gchar *p = at; p < end; p++) {
    if (*p == '{')
      return refuse (error, "there is a second object behind the first");
    words |= !is_residue (*p);
  }
  if (words)
    note (notes, "Text behind the answer was left out.");
  return TRUE;
}

gboolean
gst_montage_answer_find (const gchar *text, gssize length, gsize *start,
    gsize *size, GPtrArray *notes, GError **error)
{
  gsize n = length < 0 ? strlen (text) : (gsize) length;
  const gchar *end = text + n;
  const gchar *begin = text;
  const gchar *object;
  const gchar *problem;

  if (n > GST_MONTAGE_ANSWER_MAX_BYTES)
    return refuse (error, "it is longer than 256 KiB");
  if (!g_utf8_validate_len (text, n, NULL))
    return refuse (error, "it is not UTF-8");
  if (n >= 3 && memcmp (text, byte_order_mark, 3) == 0)
    begin += 3;
  begin = skip_thinking (begin, end, notes);
  object = memchr (begin, '{', (gsize) (end - begin));
  if (!object)
    return refuse (error, "it holds no JSON object");
  problem = gst_montage_json_check_prefix (object, (gsize) (end - object),
      GST_MONTAGE_ANSWER_MAX_DEPTH, size);
  if (problem)
    return refuse (error, problem);
  *start = (gsize) (object - text);
  return check_before (begin, object, notes)
      && check_behind (object + *size, end, notes, error);
}
