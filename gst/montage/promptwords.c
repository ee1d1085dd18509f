/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "prompt-private.h"

/* The words of a sentence as people are shown them: what was understood, and
 * what was left over. */

/* The negation or the degree before a finding is part of what was understood:
 * "no fades", "very slow". */
static guint
start_of (const GstMontageReading *self, const GstMontageFinding *finding)
{
  guint i = finding->first;

  if ((finding->degree != 0 || finding->complaint) && i > 0)
    i--;
  if (finding->complaint && i > 0
      && gst_montage_prompt_word_in (self, i, GST_MONTAGE_WORDS_MUCH))
    i--;
  if (!finding->negated || finding->complaint)
    return i;
  for (guint k = i; k > 0 && i - k < 5; k--)
    if (gst_montage_prompt_word_in (self, k - 1, GST_MONTAGE_WORDS_NEGATION))
      return k - 1;
  return i;
}

gchar *
gst_montage_prompt_text (const GstMontageReading *self, const gchar *prompt,
    guint first, guint end)
{
  const GstMontageWord *last = &self->words[end - 1];
  gsize start = self->words[first].offset;
  g_autofree gchar *slice = g_strndup (prompt + start,
      last->offset + last->length - start);
  gchar *text = g_utf8_strdown (slice, -1);

  for (gchar *p = text; *p; p++)
    if (g_ascii_iscntrl (*p))
      *p = ' ';
  return text;
}

gchar *
gst_montage_prompt_words_of (const GstMontageReading *self, const gchar *prompt,
    const GstMontageFinding *finding)
{
  return gst_montage_prompt_text (self, prompt, start_of (self, finding),
      finding->first + finding->n_words);
}

static gboolean
has_string (const GPtrArray *strings, const gchar *text)
{
  for (guint i = 0; i < strings->len; i++)
    if (g_str_equal (g_ptr_array_index (strings, i), text))
      return TRUE;
  return FALSE;
}

/* Takes @text. */
static void
add_once (GPtrArray *strings, gchar *text)
{
  if (has_string (strings, text))
    g_free (text);
  else
    g_ptr_array_add (strings, text);
}

static GStrv
to_strv (GPtrArray *strings)
{
  if (strings->len == 0)
    return NULL;
  g_ptr_array_add (strings, NULL);
  return (GStrv) g_ptr_array_steal (strings, NULL);
}

/* Nothing can do it; where it is not wanted, that is no matter. */
static gboolean
is_beyond (const GstMontageFinding *finding)
{
  return finding->topic == GST_MONTAGE_TOPIC_UNSUPPORTED && !finding->negated;
}

GStrv
gst_montage_prompt_list_keywords (const GstMontageReading *self,
    const gchar *prompt)
{
  g_autoptr (GPtrArray) keywords = g_ptr_array_new_with_free_func (g_free);
  guint done = 0;

  for (guint i = 0; i < self->findings->len; i++) {
    const GstMontageFinding *finding = &g_array_index (self->findings,
        GstMontageFinding, i);
    guint end = finding->first + finding->n_words;
    guint start = start_of (self, finding);

    if (is_beyond (finding) || end <= done)
      continue;
    if (start < done)
      start = MAX (finding->first, done);
    add_once (keywords, gst_montage_prompt_text (self, prompt, start, end));
    done = end;
  }
  return to_strv (keywords);
}

/* The finding that begins at word @i and that nothing can do. */
static const GstMontageFinding *
unsupported_at (const GstMontageReading *self, guint i)
{
  for (guint k = 0; k < self->findings->len; k++) {
    const GstMontageFinding *finding = &g_array_index (self->findings,
        GstMontageFinding, k);

    if (finding->first == i && is_beyond (finding))
      return finding;
  }
  return NULL;
}

/* "60 fps", "30 clips" */
static gboolean
counts_next (const GstMontageReading *self, guint i)
{
  return i + 1 < self->n_words && !self->used[i + 1]
      && !gst_montage_prompt_breaks (self, i + 1)
      && (!gst_montage_prompt_is_stop_word (self->words[i + 1].fold)
          || gst_montage_prompt_word_in (self, i + 1, GST_MONTAGE_WORDS_SHOTS));
}

/* How many words from @i on belong together and say something that nobody
 * understood: one, or a number with what it counts. */
static guint
n_left_over_at (const GstMontageReading *self, guint i)
{
  const GstMontageWord *word = &self->words[i];
  gboolean digit = g_ascii_isdigit (word->fold[0]);

  if (self->used[i] || (word->length < 2 && !digit)
      || gst_montage_prompt_is_stop_word (word->fold))
    return 0;
  return digit && counts_next (self, i) ? 2 : 1;
}

GStrv
gst_montage_prompt_list_left_over (const GstMontageReading *self,
    const gchar *prompt)
{
  g_autoptr (GPtrArray) words = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; i < self->n_words; i++) {
    const GstMontageFinding *finding = unsupported_at (self, i);

    guint n = finding ? finding->n_words : n_left_over_at (self, i);

    if (n == 0)
      continue;
    add_once (words, gst_montage_prompt_text (self, prompt, i, i + n));
    i += n - 1;
  }
  return to_strv (words);
}
