/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "prompt-private.h"

#include <string.h>

/* How many words may stand between a negation and what it negates, as in
 * "don't make it too slow". */
#define NEGATION_REACH 5

gboolean
gst_montage_prompt_is_stop_word (const gchar *word)
{
  static const GstMontageWordList lists[] = {GST_MONTAGE_WORDS_STOP_ENGLISH,
      GST_MONTAGE_WORDS_STOP_GERMAN, GST_MONTAGE_WORDS_STOP_BOTH,
      GST_MONTAGE_WORDS_NEGATION, GST_MONTAGE_WORDS_CONTRAST,
      GST_MONTAGE_WORDS_AND, GST_MONTAGE_WORDS_OR, GST_MONTAGE_WORDS_MORE,
      GST_MONTAGE_WORDS_LESS, GST_MONTAGE_WORDS_FEWER, GST_MONTAGE_WORDS_LIKE,
      GST_MONTAGE_WORDS_STYLE, GST_MONTAGE_WORDS_EVERY,
      GST_MONTAGE_WORDS_AT_LEAST, GST_MONTAGE_WORDS_AT_MOST};

  for (gsize i = 0; i < G_N_ELEMENTS (lists); i++)
    if (gst_montage_lexicon_list_has (lists[i], word))
      return TRUE;
  return FALSE;
}

guint
gst_montage_prompt_match (const GstMontageReading *self, guint first,
    const gchar *phrase, guint *endings)
{
  guint n = 0;

  *endings = 0;
  while (*phrase) {
    gsize length = strcspn (phrase, " ");
    const gchar *word;

    if (first + n >= self->n_words
        || self->used[first + n] >= GST_MONTAGE_USED_MEASURE
        || (n > 0 && gst_montage_prompt_breaks (self, first + n)))
      return 0;
    word = self->words[first + n].fold;
    if (!gst_montage_lexicon_word_matches (phrase, length, word))
      return 0;
    if (phrase[0] != '=' && phrase[length - 1] != '+')
      *endings += (guint) (strlen (word) - length);
    phrase += length;
    phrase += *phrase == ' ' ? 1 : 0;
    n++;
  }
  return n;
}

static gboolean
is_negation (const GstMontageReading *self, guint index)
{
  return gst_montage_prompt_word_in (self, index, GST_MONTAGE_WORDS_NEGATION);
}

/* Whether a negation reaches over word @index to what follows it. */
static gboolean
is_transparent (const GstMontageReading *self, guint index)
{
  return !self->used[index]
      && gst_montage_prompt_is_stop_word (self->words[index].fold)
      && !gst_montage_prompt_word_in (self, index, GST_MONTAGE_WORDS_CONTRAST)
      && !gst_montage_prompt_word_in (self, index, GST_MONTAGE_WORDS_AND)
      && !gst_montage_prompt_word_in (self, index, GST_MONTAGE_WORDS_OR);
}

static gboolean
is_preference (const GstMontageReading *self, guint i)
{
  static const gchar *const words[] = {"rather", "sooner", "prefer",
      "preferably", "lieber", "eher", "bevorzugt"};

  for (gsize k = 0; k < G_N_ELEMENTS (words); k++)
    if (gst_montage_prompt_word_is (self, i, words[k]))
      return TRUE;
  return FALSE;
}

/* After it stands what is not wanted: "rather slow than fast", "Totalen lieber
 * als Nahaufnahmen", "anything but sad". "Lieber als Musikvideo" compares
 * nothing. */
static gboolean
is_rejection (const GstMontageReading *self, guint index)
{
  gboolean than = gst_montage_prompt_word_is (self, index, "than");
  gboolean compared = FALSE;

  if (index > 0
      && ((gst_montage_prompt_word_is (self, index, "but")
              && gst_montage_prompt_word_is (self, index - 1, "anything"))
          || (gst_montage_prompt_word_is (self, index, "als")
              && gst_montage_prompt_word_is (self, index - 1, "andere"))))
    return TRUE;
  if (!than && !gst_montage_prompt_word_is (self, index, "als"))
    return FALSE;
  for (guint i = index; i > 0 && !gst_montage_prompt_breaks (self, i); i--) {
    if (is_preference (self, i - 1)
        && (than || compared
            || (i > 1 && self->used[i - 2]
                && !gst_montage_prompt_breaks (self, i - 1))))
      return TRUE;
    compared |= self->used[i - 1] != GST_MONTAGE_USED_NOT;
  }
  return FALSE;
}

/* German also puts it behind: "Überblendungen bitte keine". */
static gboolean
is_negated_after (const GstMontageReading *self, guint end)
{
  for (guint i = end; i < self->n_words && i < end + 3; i++) {
    gboolean last = i + 1 >= self->n_words
        || gst_montage_prompt_breaks (self, i + 1);

    if (gst_montage_prompt_breaks (self, i))
      return FALSE;
    if (last)
      return gst_montage_prompt_word_in (self, i,
          GST_MONTAGE_WORDS_NEGATION_AFTER);
    if (!gst_montage_prompt_word_in (self, i, GST_MONTAGE_WORDS_STOP_GERMAN))
      return FALSE;
  }
  return FALSE;
}

gboolean
gst_montage_prompt_is_negated (const GstMontageReading *self, guint first,
    guint n_words)
{
  guint i = first;

  for (guint reach = 0; i > 0 && reach < NEGATION_REACH; reach++) {
    if (gst_montage_prompt_breaks (self, i))
      break;
    i--;
    if ((is_negation (self, i) || is_rejection (self, i)) && !self->used[i])
      return TRUE;
    if (!is_transparent (self, i))
      break;
  }
  return is_negated_after (self, first + n_words);
}

/* "no fades or wipes" goes on over "or"; "no fades and dissolves" over "and"
 * only to the same, "without stabilisation and sharpening" to what is switched
 * on and off alike. "No fades and hard cuts" ends before "and". */
static gboolean
continues_negation (const GstMontageReading *self,
    const GstMontageFinding *before, const GstMontageFinding *finding)
{
  guint end = before->first + before->n_words;
  gboolean effects = before->topic >= GST_MONTAGE_TOPIC_STABILIZE
      && finding->topic >= GST_MONTAGE_TOPIC_STABILIZE;

  if (!before->negated || finding->first != end + 1
      || gst_montage_prompt_breaks (self, end))
    return FALSE;
  if (gst_montage_prompt_word_in (self, end, GST_MONTAGE_WORDS_OR))
    return TRUE;
  return gst_montage_prompt_word_in (self, end, GST_MONTAGE_WORDS_AND)
      && (effects
          || (before->topic == finding->topic
              && before->value == finding->value));
}

/* "Too warm", "too much action", "less warm", "zu viele Blenden". German "zu"
 * is also a preposition, before a word with an ending: "zu warmen Farben". */
static gboolean
is_complaint (const GstMontageReading *self, guint first, guint endings)
{
  guint i = first;

  if (i == 0 || gst_montage_prompt_breaks (self, i))
    return FALSE;
  if (gst_montage_prompt_word_in (self, i - 1, GST_MONTAGE_WORDS_MUCH)) {
    i--;
    endings = 0;
  }
  if (i == first
      && gst_montage_prompt_word_in (self, i - 1, GST_MONTAGE_WORDS_FEWER))
    return TRUE;
  return i > 0
      && gst_montage_prompt_word_in (self, i - 1, GST_MONTAGE_WORDS_TOO)
      && (endings == 0 || !gst_montage_prompt_word_is (self, i - 1, "zu"));
}

/* @n_before: how many findings there are before the words of @finding. */
static void
judge (const GstMontageReading *self, guint n_before, guint endings,
    GstMontageFinding *finding)
{
  const GstMontageFinding *before = n_before > 0
      ? &g_array_index (self->findings, GstMontageFinding, n_before - 1)
      : NULL;
  guint first = finding->first;

  finding->negated = gst_montage_prompt_is_negated (self, first,
                         finding->n_words)
      || (before && continues_negation (self, before, finding));
  if (!finding->negated && finding->topic != GST_MONTAGE_TOPIC_SPEED
      && is_complaint (self, first, endings))
    finding->negated = finding->complaint = TRUE;
  if (first == 0 || self->used[first - 1]
      || gst_montage_prompt_breaks (self, first))
    return;
  if (gst_montage_prompt_word_in (self, first - 1, GST_MONTAGE_WORDS_MORE))
    finding->degree = 1;
  else if (gst_montage_prompt_word_in (self, first - 1, GST_MONTAGE_WORDS_LESS))
    finding->degree = -1;
}

typedef struct
{
  guint n_words;
  guint endings;
} Match;

/* Whether the @n words at @first stand as a comparative does: no noun follows
 * that they belong to. */
static gboolean
is_comparative (const GstMontageReading *self, guint first, guint n)
{
  guint end = first + n;

  if (first > 0 && !gst_montage_prompt_breaks (self, first)
      && gst_montage_prompt_word_in (self, first - 1,
          GST_MONTAGE_WORDS_ARTICLE))
    return FALSE;
  return end >= self->n_words || gst_montage_prompt_breaks (self, end)
      || gst_montage_prompt_word_in (self, end, GST_MONTAGE_WORDS_COMPARED);
}

/* How row @i matches at @first: no words where it does not. */
static Match
match_row (const GstMontageReading *self, guint first,
    const GstMontageLexiconRow *row)
{
  Match match = {0, 0};

  if ((row->phrase[0] == self->words[first].fold[0] || row->phrase[0] == '=')
      && !(self->german && (row->flags & GST_MONTAGE_LEXICON_ENGLISH)))
    match.n_words = gst_montage_prompt_match (self, first, row->phrase,
        &match.endings);
  if ((row->flags & GST_MONTAGE_LEXICON_COMPARATIVE)
      && !is_comparative (self, first, match.n_words))
    match.n_words = 0;
  return match;
}

/* The longest phrase at @first; of equally long ones, that with the shortest
 * endings: "weniger" is not "wenig" where both are known. */
static Match
longest_phrase (const GstMontageReading *self, guint first)
{
  Match best = {0, 0};

  for (guint t = 0; gst_montage_lexicon[t]; t++)
    for (guint i = 0; i < gst_montage_lexicon[t]->n_rows; i++) {
      Match match = match_row (self, first, &gst_montage_lexicon[t]->rows[i]);

      if (match.n_words > best.n_words
          || (match.n_words == best.n_words && match.endings < best.endings))
        best = match;
    }
  return best;
}

/* Whether @finding says what one of the last findings of the same words says,
 * because two rows differ in an ending only. */
static gboolean
is_known (const GstMontageReading *self, guint n_before,
    const GstMontageFinding *finding)
{
  for (guint i = n_before; i < self->findings->len; i++)
    if (g_array_index (self->findings, GstMontageFinding, i).topic
        == finding->topic)
      return TRUE;
  return FALSE;
}

static void
add_row (GstMontageReading *self, guint first, const Match *match,
    const GstMontageLexiconRow *row, guint n_before)
{
  GstMontageFinding finding = {first, match->n_words, row->topic, row->value,
      row->flags, row->style};

  if (is_known (self, n_before, &finding))
    return;
  judge (self, n_before, match->endings, &finding);
  g_array_append_val (self->findings, finding);
}

/* All rows that match as @best does. */
static void
add_findings (GstMontageReading *self, guint first, const Match *best)
{
  guint n_before = self->findings->len;

  for (guint t = 0; gst_montage_lexicon[t]; t++)
    for (guint i = 0; i < gst_montage_lexicon[t]->n_rows; i++) {
      const GstMontageLexiconRow *row = &gst_montage_lexicon[t]->rows[i];
      Match match = match_row (self, first, row);

      if (match.n_words == best->n_words && match.endings == best->endings)
        add_row (self, first, best, row, n_before);
    }
}

void
gst_montage_prompt_find_phrases (GstMontageReading *self)
{
  for (guint i = 0; i < self->n_words; i++) {
    Match match = longest_phrase (self, i);

    if (match.n_words == 0)
      continue;
    add_findings (self, i, &match);
    gst_montage_prompt_mark (self, i, match.n_words, GST_MONTAGE_USED_PHRASE);
    i += match.n_words - 1;
  }
}
