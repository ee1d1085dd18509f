/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "words.h"

#include <string.h>

#define LARGEST_NUMBER 1e9
#define ONE_HALF 0xbd
#define DIAERESIS 0x308

static gboolean
is_apostrophe (gunichar c)
{
  return c == '\'' || c == 0x2019 || c == 0x2bc;
}

static gboolean
is_dash (gunichar c)
{
  return c == '-' || (c >= 0x2010 && c <= 0x2015);
}

static gboolean
is_letter (gunichar c)
{
  return g_unichar_isalnum (c) || g_unichar_ismark (c);
}

/* Whether @c, with @spaced around it, ends a thought. */
static gboolean
is_break (gunichar c, gboolean spaced)
{
  if (is_dash (c))
    return spaced || c >= 0x2013;
  if (c == '\n' || c == 0x2026)
    return TRUE;
  return c < 0x80 && strchr (",.;:!?()[]{}|", (int) c) != NULL;
}

static void
append_folded (GString *out, const gchar *text, gsize length)
{
  g_autofree gchar *apart = g_utf8_normalize (text, (gssize) length,
      G_NORMALIZE_ALL);
  g_autofree gchar *fold = g_utf8_casefold (apart, -1);
  const gchar *p;

  for (p = fold; *p; p = g_utf8_next_char (p)) {
    gunichar c = g_utf8_get_char (p);

    if (c == DIAERESIS && out->len
        && strchr ("aou", out->str[out->len - 1]) != NULL)
      g_string_append_c (out, 'e');
    else if (!g_unichar_ismark (c) && !is_apostrophe (c))
      g_string_append_unichar (out, c);
  }
}

static const gchar *
fold_word (GstMontageWords *self, const gchar *text, gsize length)
{
  g_autoptr (GString) fold = g_string_sized_new (length + 8);
  gsize i;

  for (i = 0; i < length && (guchar) text[i] < 0x80; i++)
    if (text[i] != '\'')
      g_string_append_c (fold, g_ascii_tolower (text[i]));
  if (i < length) {
    g_string_truncate (fold, 0);
    append_folded (fold, text, length);
  }
  return g_string_chunk_insert_len (self->folds, fold->str, (gssize) fold->len);
}

static gdouble
read_digits (const gchar **text, guint *n_digits)
{
  gdouble value = 0;
  const gchar *p = *text;

  for (; g_ascii_isdigit (*p); p++)
    value = MIN (value * 10 + g_ascii_digit_value (*p), LARGEST_NUMBER);
  *n_digits = (guint) MIN (p - *text, 1000);
  *text = p;
  return value;
}

/* "30", "2.5", "2,5", "2½"; "2:30" and "1:02:30" are clock times, while "16:9"
 * and "9:16" are shapes and no numbers. */
static const gchar *
read_number (const gchar *text, GstMontageWord *word)
{
  const gchar *p = text;
  guint digits;
  gboolean clock = TRUE;
  guint parts = 1;
  gdouble value = read_digits (&p, &digits);

  if ((*p == '.' || *p == ',') && g_ascii_isdigit (p[1])) {
    gdouble scale = 1;

    for (p++; g_ascii_isdigit (*p); p++) {
      scale /= 10;
      value += g_ascii_digit_value (*p) * scale;
    }
  } else {
    for (; *p == ':' && g_ascii_isdigit (p[1]); parts++) {
      gdouble part;

      p++;
      part = read_digits (&p, &digits);
      clock &= digits == 2 && part < 60 && parts < 3;
      value = value * 60 + part;
    }
  }
  if (parts == 1 && g_utf8_get_char (p) == ONE_HALF) {
    p = g_utf8_next_char (p);
    value += 0.5;
  }
  clock &= !g_str_has_prefix (text, "9:16");
  if (parts == 1 || clock) {
    word->number = value;
    word->flags |= GST_MONTAGE_WORD_NUMBER;
    if (parts > 1)
      word->flags |= GST_MONTAGE_WORD_CLOCK;
  }
  return p;
}

/* What follows a number ends at the next one, "1m30s"; "mp4" is one word. */
static const gchar *
read_letters (const gchar *text, gboolean after_number)
{
  const gchar *p = text;

  while (*p) {
    gunichar c = g_utf8_get_char (p);
    const gchar *next = g_utf8_next_char (p);

    if (after_number && g_ascii_isdigit (*p))
      break;
    if (!is_letter (c)
        && !(is_apostrophe (c) && p > text
            && is_letter (g_utf8_get_char (next))))
      break;
    p = next;
  }
  return p;
}

/* Skips what parts two words and says how it parts them. */
static const gchar *
skip_separators (const gchar *text, GstMontageWordFlags *flags)
{
  const gchar *p;
  guint spaces = 0, dashes = 0, others = 0;
  gboolean ends = FALSE;
  gboolean range = FALSE;
  gboolean colon = FALSE;

  for (p = text; *p; p = g_utf8_next_char (p)) {
    gunichar c = g_utf8_get_char (p);
    gboolean spaced = p > text && p[-1] == ' ' && *g_utf8_next_char (p) == ' ';

    if (is_letter (c))
      break;
    ends |= is_break (c, spaced);
    colon |= c == ':';
    dashes += is_dash (c) ? 1 : 0;
    spaces += g_unichar_isspace (c) ? 1 : 0;
    others += is_dash (c) || g_unichar_isspace (c) ? 0 : 1;
  }
  *flags = 0;
  if (p == text)
    *flags = GST_MONTAGE_WORD_GLUED;
  else if (dashes == 1 && others == 0) {
    range = g_ascii_isdigit (*p);
    if (spaces == 0 || range)
      *flags = GST_MONTAGE_WORD_DASH;
  }
  if (ends && !range)
    *flags |= GST_MONTAGE_WORD_BREAK;
  if (colon)
    *flags |= GST_MONTAGE_WORD_COLON;
  return p;
}

void
gst_montage_words_init (GstMontageWords *self, const gchar *text)
{
  const gchar *p = text;

  self->array = g_array_new (FALSE, TRUE, sizeof (GstMontageWord));
  self->folds = g_string_chunk_new (1024);
  while (TRUE) {
    GstMontageWord word = {0};
    const gchar *start = skip_separators (p, &word.flags);

    if (*start == '\0')
      break;
    if (g_ascii_isdigit (*start))
      p = read_number (start, &word);
    else
      p = read_letters (start, word.flags & GST_MONTAGE_WORD_GLUED);
    word.offset = (gsize) (start - text);
    word.length = (gsize) (p - start);
    word.fold = fold_word (self, start, word.length);
    if (*word.fold)
      g_array_append_val (self->array, word);
  }
  self->words = (const GstMontageWord *) (gpointer) self->array->data;
  self->n_words = self->array->len;
}

void
gst_montage_words_clear (GstMontageWords *self)
{
  g_clear_pointer (&self->array, g_array_unref);
  g_clear_pointer (&self->folds, g_string_chunk_free);
}

gchar *
gst_montage_words_fold (const gchar *text)
{
  g_auto (GstMontageWords) words = {0};
  GString *out = g_string_new (NULL);
  guint i;

  gst_montage_words_init (&words, text);
  for (i = 0; i < words.n_words; i++) {
    if (i)
      g_string_append_c (out, ' ');
    g_string_append (out, words.words[i].fold);
  }
  return g_string_free (out, FALSE);
}
