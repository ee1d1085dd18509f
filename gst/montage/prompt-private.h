/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <gst/montage/lexicon.h>
#include <gst/montage/style-private.h>
#include <gst/montage/words.h>

/* The steps of the offline reading, in this order: measures ("40 seconds",
 * "every bar"), phrases of the lexicon, the style, then what all of them do to
 * the style's instructions. */

G_BEGIN_DECLS

/**
 * GstMontageFinding:
 * @first: index of its first word
 * @n_words: how many
 * @degree: +1 after "very", -1 after "a bit"
 * @complaint: "too warm", "less warm": there is too much of it
 * @needs_length: steps from a length of the film that nobody has set
 * @repeats: the style has been chosen by these words and says the same more
 *   exactly
 * @calls_style: the style has been chosen by these words
 * @object_first: of a wish for scenes, the first word of what is shown
 * @n_object_words: how many
 * @weight: of such a wish, -1..1; its value is the step of the speed
 *
 * Something in the sentence that sets a topic.
 */
typedef struct
{
  guint first;
  guint n_words;
  GstMontageTopic topic;
  gdouble value;
  GstMontageLexiconFlags flags;
  const gchar *style;
  gboolean negated;
  gint degree;
  gboolean complaint;
  gboolean needs_length;
  gboolean repeats;
  gboolean calls_style;
  guint object_first;
  guint n_object_words;
  gdouble weight;
} GstMontageFinding;

/* What has chosen the style. */
typedef enum
{
  GST_MONTAGE_STYLE_DEFAULT,
  GST_MONTAGE_STYLE_CHOSEN, /* outside of the sentence */
  GST_MONTAGE_STYLE_BY_NAME,
  GST_MONTAGE_STYLE_BY_KEYWORD
} GstMontageStyleSource;

/* Who has understood a word. Styles may share words with phrases. */
typedef enum
{
  GST_MONTAGE_USED_NOT,
  GST_MONTAGE_USED_PHRASE,
  GST_MONTAGE_USED_STYLE,
  GST_MONTAGE_USED_MEASURE,
  GST_MONTAGE_USED_SCENE
} GstMontageUsed;

/**
 * GstMontageReading:
 * @used: per word
 * @findings: of GstMontageFinding
 * @german: whether the sentence looks German rather than English
 * @further: whether it is a further turn of a conversation: a word or two are
 *   said of the film as it is, so a style must be asked for outright
 */
typedef struct
{
  const GstMontageWord *words;
  guint n_words;
  GstMontageUsed *used;
  GArray *findings;
  gboolean german;
  gboolean further;
} GstMontageReading;

/* promptmeasures.c */
void gst_montage_prompt_find_measures (GstMontageReading *self);
/* promptphrases.c */
void gst_montage_prompt_find_phrases (GstMontageReading *self);
/* Number of words from @first on that are @phrase, 0 if they are not;
 * @endings: how many letters of endings they have beyond it. */
guint gst_montage_prompt_match (const GstMontageReading *self, guint first,
    const gchar *phrase, guint *endings);
/* Whether [first, first + n) is negated. */
gboolean gst_montage_prompt_is_negated (const GstMontageReading *self,
    guint first, guint n_words);
gboolean gst_montage_prompt_is_stop_word (const gchar *word);
/* promptscope.c: wishes about the pace that hold in a part of the film, or
 * where a shot shows something. */
void gst_montage_prompt_find_scopes (GstMontageReading *self);
/* Leaves out what says nothing at either end; FALSE where nothing is left. */
gboolean gst_montage_prompt_trim (const GstMontageReading *self, guint *first,
    guint *end);
/* promptscenes.c: what shall be shown, or not, of what nobody has understood
 * so far. */
void gst_montage_prompt_find_wishes (GstMontageReading *self);
void gst_montage_prompt_apply_scenes (const GstMontageReading *self,
    const gchar *prompt, GstMontageInstructions *out);
/* promptstyle.c: the style that the sentence asks for, or %NULL. Drops the
 * findings that only repeat it and adds findings of the topic NOTHING for its
 * words. @chosen: (nullable): a style that was chosen by name and wins. */
const GstMontageStyle *gst_montage_prompt_find_style (GstMontageReading *self,
    const GstMontageStyles *styles, const GstMontageStyle *chosen,
    GstMontageStyleSource *source);
/* promptapply.c */
void gst_montage_prompt_apply (const GArray *findings,
    GstMontageInstructions *instructions);
/* promptnotes.c: contradictions and what cannot be met, in sentences. */
void gst_montage_prompt_add_notes (const GstMontageReading *self,
    const gchar *prompt, GstMontageInstructions *out);
/* promptdecisions.c: which words have made @out of @before, whose decisions
 * stand where nothing new is said. */
void gst_montage_prompt_note_decisions (const GstMontageReading *self,
    const gchar *prompt, const GstMontageInstructions *before,
    GstMontageStyleSource style_source, GstMontageInstructions *out);
/* What the words of the turns up to @before have decided, but for the style,
 * and the turns themselves, into @out, which is another style. */
void gst_montage_prompt_keep_decisions (const GstMontageInstructions *before,
    GstMontageInstructions *out);
/* promptwords.c: the words [first, end), in lower case, on one line. */
gchar *gst_montage_prompt_text (const GstMontageReading *self,
    const gchar *prompt, guint first, guint end);
/* The words of @finding with what negates or strengthens it. */
gchar *gst_montage_prompt_words_of (const GstMontageReading *self,
    const gchar *prompt, const GstMontageFinding *finding);
/* What was understood, in order, and what was not; each once, %NULL: none. */
GStrv gst_montage_prompt_list_keywords (const GstMontageReading *self,
    const gchar *prompt);
GStrv gst_montage_prompt_list_left_over (const GstMontageReading *self,
    const gchar *prompt);

static inline void
gst_montage_prompt_mark (GstMontageReading *self, guint first, guint n_words,
    GstMontageUsed used)
{
  for (guint i = first; i < first + n_words; i++)
    self->used[i] = MAX (self->used[i], used);
}

static inline gboolean
gst_montage_prompt_word_in (const GstMontageReading *self, guint index,
    GstMontageWordList list)
{
  return index < self->n_words
      && gst_montage_lexicon_list_has (list, self->words[index].fold);
}

static inline gboolean
gst_montage_prompt_word_is (const GstMontageReading *self, guint i,
    const gchar *word)
{
  return i < self->n_words && g_str_equal (self->words[i].fold, word);
}

static inline gboolean
gst_montage_prompt_has_flag (const GstMontageReading *self, guint index,
    GstMontageWordFlags flag)
{
  return index < self->n_words && (self->words[index].flags & flag) != 0;
}

/* A thought ends before word @i. */
static inline gboolean
gst_montage_prompt_breaks (const GstMontageReading *self, guint i)
{
  return gst_montage_prompt_has_flag (self, i, GST_MONTAGE_WORD_BREAK);
}

G_END_DECLS
