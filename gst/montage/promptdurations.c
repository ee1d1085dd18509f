/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "promptmeasures-private.h"

#include <math.h>
#include <string.h>

/* Numbers and durations: "40 seconds", "2:30", "anderthalb Minuten", "2 to 4
 * s", "1 minute 20". */

#define MAX_SECONDS 86400.0

static gboolean
is_and (const GstMontageReading *self, guint i)
{
  return gst_montage_prompt_word_in (self, i, GST_MONTAGE_WORDS_AND);
}

/* German writes units before tens: "fuenfundvierzig". */
static gboolean
read_german_compound (const gchar *word, gdouble *value)
{
  const gchar *joint = strstr (word, "und");
  g_autofree gchar *units = NULL;
  gdouble ones, tens;

  if (!joint || joint == word)
    return FALSE;
  units = g_strndup (word, (gsize) (joint - word));
  if (!gst_montage_lexicon_value (gst_montage_lexicon_numbers, units, &ones)
      || !gst_montage_lexicon_value (gst_montage_lexicon_numbers,
          joint + strlen ("und"), &tens)
      || ones < 1 || ones > 9 || tens < 20)
    return FALSE;
  *value = ones + tens;
  return TRUE;
}

static gboolean
read_number_word (const GstMontageReading *self, guint *i, gdouble *value)
{
  const gchar *word = self->words[*i].fold;
  gdouble ones;

  if (!gst_montage_lexicon_value (gst_montage_lexicon_numbers, word, value)
      && !read_german_compound (word, value))
    return FALSE;
  (*i)++;
  if (*value >= 20 && *i < self->n_words
      && !gst_montage_prompt_breaks (self, *i)
      && gst_montage_lexicon_value (gst_montage_lexicon_numbers,
          self->words[*i].fold, &ones)
      && ones >= 1 && ones < 10) {
    *value += ones;
    (*i)++;
  }
  return TRUE;
}

static gboolean
read_and_a_half (const GstMontageReading *self, guint *i, gdouble *value)
{
  if (!is_and (self, *i)
      || !(gst_montage_prompt_word_is (self, *i + 1, "a")
          || gst_montage_prompt_word_is (self, *i + 1, "one"))
      || !gst_montage_prompt_word_is (self, *i + 2, "half"))
    return FALSE;
  *value += 0.5;
  *i += 3;
  return TRUE;
}

/* A number in digits or words; *i is moved behind it. */
gboolean
gst_montage_prompt_read_number (const GstMontageReading *self, guint *i,
    gdouble *value)
{
  gdouble half;

  if (*i >= self->n_words)
    return FALSE;
  if (gst_montage_prompt_is_digits (self, *i)) {
    *value = self->words[*i].number;
    (*i)++;
    read_and_a_half (self, i, value);
    return TRUE;
  }
  if (!read_number_word (self, i, value))
    return FALSE;
  /* "two and a half", "half a", "einer halben", "a couple of" */
  if (*value == 1 && *i < self->n_words && !gst_montage_prompt_breaks (self, *i)
      && gst_montage_lexicon_value (gst_montage_lexicon_numbers,
          self->words[*i].fold, &half)
      && half == 0.5) {
    *value = half;
    (*i)++;
  } else if (read_and_a_half (self, i, value))
    ;
  else if (*value < 1
      && (gst_montage_prompt_word_is (self, *i, "a")
          || gst_montage_prompt_word_is (self, *i, "an")))
    (*i)++;
  else if (gst_montage_prompt_word_is (self, *i - 1, "couple")
      && gst_montage_prompt_word_is (self, *i, "of"))
    (*i)++;
  return TRUE;
}

static gboolean
gst_montage_prompt_read_unit (const GstMontageReading *self, guint *i,
    gdouble *seconds)
{
  if (*i >= self->n_words || gst_montage_prompt_breaks (self, *i))
    return FALSE;
  if (gst_montage_prompt_word_is (self, *i, "m")
      && gst_montage_prompt_has_flag (self, *i, GST_MONTAGE_WORD_GLUED))
    *seconds = 60;
  else if (!gst_montage_lexicon_value (gst_montage_lexicon_units,
               self->words[*i].fold, seconds))
    return FALSE;
  (*i)++;
  return TRUE;
}

/* What is not a bare number of seconds after "1 minute 20". */
static gboolean
counts_something (const GstMontageReading *self, guint i)
{
  return i < self->n_words && !gst_montage_prompt_breaks (self, i)
      && !gst_montage_prompt_is_stop_word (self->words[i].fold);
}

/* "… 20 seconds", "… and twenty seconds", "… 20", "… and a half". */
static void
read_remainder (const GstMontageReading *self, gdouble unit,
    GstMontageMeasure *out)
{
  guint i = out->end;
  gdouble value, smaller;
  gboolean and = is_and (self, i);

  if (i >= self->n_words || gst_montage_prompt_breaks (self, i))
    return;
  if (and&&gst_montage_prompt_word_is (self, i + 1, "a")
      && gst_montage_prompt_word_is (self, i + 2, "half")) {
    out->high += unit / 2;
    out->end = i + 3;
    return;
  }
  i += and? 1 : 0;
  if (!gst_montage_prompt_read_number (self, &i, &value) || value >= 60)
    return;
  if (gst_montage_prompt_read_unit (self, &i, &smaller)) {
    if (smaller >= unit)
      return;
  } else if (and || counts_something (self, i)
      || gst_montage_prompt_word_in (self, i, GST_MONTAGE_WORDS_SHOTS))
    return;
  else
    smaller = unit / 60;
  out->high += value * smaller;
  out->end = i;
}

static gboolean
read_clock (const GstMontageReading *self, guint i, GstMontageMeasure *out)
{
  gdouble unit;

  if (!gst_montage_prompt_has_flag (self, i, GST_MONTAGE_WORD_CLOCK))
    return FALSE;
  out->low = out->high = self->words[i].number;
  out->first = i++;
  gst_montage_prompt_read_unit (self, &i, &unit);
  out->end = i;
  return TRUE;
}

/* "a minute", "eine Stunde"; "a second" is too often something else. */
static gboolean
read_article (const GstMontageReading *self, guint *i, gdouble *value)
{
  gdouble unit;
  guint next = *i + 1;

  if (!(gst_montage_prompt_word_is (self, *i, "a")
          || gst_montage_prompt_word_is (self, *i, "an"))
      || !gst_montage_prompt_read_unit (self, &next, &unit) || unit < 60)
    return FALSE;
  *value = 1;
  (*i)++;
  return TRUE;
}

/* "the second shot", "every second": no number of seconds. */
static gboolean
is_ordinal_second (const GstMontageReading *self, guint i)
{
  return gst_montage_prompt_word_is (self, i, "second") && i > 0
      && !gst_montage_prompt_is_digits (self, i - 1);
}

/* German writes it as one word: "zweiminuetig", "halbsekuendig". */
static gboolean
read_compound (const GstMontageReading *self, guint i, GstMontageMeasure *out)
{
  static const gchar *const units[] = {"minuet", "sekuend"};
  const gchar *word = i < self->n_words ? self->words[i].fold : "";

  for (gsize k = 0; k < G_N_ELEMENTS (units); k++) {
    const gchar *unit = strstr (word, units[k]);
    g_autofree gchar *number = unit ? g_strndup (word, (gsize) (unit - word))
                                    : NULL;
    gdouble value;

    if (!number
        || (!g_str_has_prefix (unit + strlen (units[k]), "ig")
            && !g_str_has_prefix (unit + strlen (units[k]), "er")))
      continue;
    if (g_str_equal (number, "halb"))
      value = 0.5;
    else if (!gst_montage_lexicon_value (gst_montage_lexicon_numbers, number,
                 &value))
      continue;
    out->low = out->high = value * (k == 0 ? 60 : 1);
    out->first = i;
    out->end = i + 1;
    return TRUE;
  }
  return FALSE;
}

gboolean
gst_montage_prompt_read_duration (const GstMontageReading *self, guint i,
    GstMontageMeasure *out)
{
  gdouble unit, value;
  gboolean range;

  if (read_clock (self, i, out) || read_compound (self, i, out))
    return TRUE;
  out->first = i;
  if (!read_article (self, &i, &value)
      && !gst_montage_prompt_read_number (self, &i, &value))
    return FALSE;
  out->low = out->high = value;
  range = gst_montage_prompt_has_flag (self, i, GST_MONTAGE_WORD_DASH)
      && gst_montage_prompt_is_digits (self, i);
  if (range
      || (gst_montage_prompt_word_in (self, i, GST_MONTAGE_WORDS_TO)
          && !gst_montage_prompt_breaks (self, i))) {
    guint next = range ? i : i + 1;

    if (gst_montage_prompt_read_number (self, &next, &value)) {
      out->high = value;
      i = next;
    }
  }
  if (is_ordinal_second (self, i)
      && !gst_montage_lexicon_value (gst_montage_lexicon_numbers,
          self->words[i - 1].fold, &unit))
    return FALSE;
  if (!gst_montage_prompt_read_unit (self, &i, &unit))
    return FALSE;
  out->low *= unit;
  out->high *= unit;
  out->end = i;
  value = out->high;
  if (unit >= 60)
    read_remainder (self, unit, out);
  out->low += out->high - value;
  return out->high > 0 && out->high <= MAX_SECONDS && out->low <= out->high;
}

/* "80s look", "the 90s", "80er Jahre": a colour, not a length. */
gboolean
gst_montage_prompt_read_decade (const GstMontageReading *self, guint i,
    GstMontageMeasure *out)
{
  gdouble number;
  gboolean german, before;

  if (!gst_montage_prompt_is_digits (self, i)
      || !gst_montage_prompt_has_flag (self, i + 1, GST_MONTAGE_WORD_GLUED))
    return FALSE;
  number = self->words[i].number;
  german = gst_montage_prompt_word_is (self, i + 1, "er")
      || gst_montage_prompt_word_is (self, i + 1, "ern");
  before = i > 0 && !gst_montage_prompt_breaks (self, i)
      && (gst_montage_prompt_word_is (self, i - 1, "the")
          || gst_montage_prompt_word_is (self, i - 1, "den")
          || gst_montage_prompt_word_is (self, i - 1, "der")
          || gst_montage_prompt_word_is (self, i - 1, "die"));
  if (!(german || gst_montage_prompt_word_is (self, i + 1, "s"))
      || fmod (number, 10) != 0
      || !((number >= 20 && number <= 90) || (number >= 1900 && number <= 2000))
      || !(german || before || number >= 1900
          || (gst_montage_prompt_word_in (self, i + 2, GST_MONTAGE_WORDS_DECADE)
              && !gst_montage_prompt_breaks (self, i + 2))))
    return FALSE;
  out->first = i;
  out->end = i + 2;
  if (gst_montage_prompt_word_in (self, i + 2, GST_MONTAGE_WORDS_DECADE)
      && !gst_montage_prompt_breaks (self, i + 2))
    out->end++;
  return TRUE;
}

/* "a cut every second": nothing but the unit. */
gboolean
gst_montage_prompt_read_every_second (const GstMontageReading *self, guint i,
    GstMontageMeasure *out)
{
  guint next = i + 1;

  if (!gst_montage_prompt_word_in (self, i, GST_MONTAGE_WORDS_EVERY)
      || !gst_montage_prompt_read_unit (self, &next, &out->high)
      || (next < self->n_words && !gst_montage_prompt_breaks (self, next)
          && !gst_montage_prompt_is_stop_word (self->words[next].fold))
      || gst_montage_prompt_is_any_shot (self, next))
    return FALSE;
  out->low = out->high;
  out->first = i;
  out->end = next;
  return TRUE;
}
