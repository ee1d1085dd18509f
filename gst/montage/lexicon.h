/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <gst/montage/enums.h>

/* The words that the offline reading of prompts knows: tables only. */

G_BEGIN_DECLS

/* What a phrase speaks about. The value of its row is that of the field of
 * the instructions, unless said otherwise. */
typedef enum
{
  GST_MONTAGE_TOPIC_NOTHING,     /* understood, without effect */
  GST_MONTAGE_TOPIC_UNSUPPORTED, /* stands for itself, nothing can do it */
  GST_MONTAGE_TOPIC_STYLE,       /* a hint at the style @style */
  GST_MONTAGE_TOPIC_MOOD,
  GST_MONTAGE_TOPIC_SPEED,
  GST_MONTAGE_TOPIC_SPEED_STEP,  /* steps from the style's speed, + is faster */
  GST_MONTAGE_TOPIC_SPEED_FAULT, /* +1 "too fast", -1 "too slow" */
  GST_MONTAGE_TOPIC_BEATS,       /* beats per cut */
  GST_MONTAGE_TOPIC_VARIATION,
  GST_MONTAGE_TOPIC_INTRO,      /* beats */
  GST_MONTAGE_TOPIC_INTRO_STEP, /* +1 twice as long, -1 half as long */
  GST_MONTAGE_TOPIC_CLIMAX,
  GST_MONTAGE_TOPIC_WIDE,
  GST_MONTAGE_TOPIC_ACTION,
  GST_MONTAGE_TOPIC_MATCH,
  GST_MONTAGE_TOPIC_INVISIBLE,
  GST_MONTAGE_TOPIC_SHOT_VARIETY,
  GST_MONTAGE_TOPIC_TRANSITIONS,
  GST_MONTAGE_TOPIC_LOOK, /* of transitions */
  GST_MONTAGE_TOPIC_FADE, /* seconds */
  GST_MONTAGE_TOPIC_SYNC,
  GST_MONTAGE_TOPIC_AMPLIFY,
  GST_MONTAGE_TOPIC_GRADING,
  GST_MONTAGE_TOPIC_GRADED, /* negated: no grading at all */
  GST_MONTAGE_TOPIC_STABILIZE,
  GST_MONTAGE_TOPIC_UPSCALE,
  GST_MONTAGE_TOPIC_SHARPEN,
  GST_MONTAGE_TOPIC_LENGTH_SCALE, /* factor of the film's length */
  /* only from measures, in seconds */
  GST_MONTAGE_TOPIC_LENGTH,      /* of the film */
  GST_MONTAGE_TOPIC_SHOT_LENGTH, /* about */
  GST_MONTAGE_TOPIC_SHORTEST,    /* shot */
  GST_MONTAGE_TOPIC_LONGEST,     /* shot */
  GST_MONTAGE_TOPIC_LENGTH_STEP, /* of the film, + is longer */
  /* only from wishes that hold where a shot shows something */
  GST_MONTAGE_TOPIC_SCENE,
  GST_MONTAGE_N_TOPICS
} GstMontageTopic;

typedef enum
{
  /* holds only where nothing else in the sentence settles the topic, and not
   * where the same words chose the style */
  GST_MONTAGE_LEXICON_IMPLIED = 1 << 0,
  /* not in a German sentence, where the word means something else */
  GST_MONTAGE_LEXICON_ENGLISH = 1 << 1,
  /* not before a noun: "ruhiger" is calmer, "ein ruhiger Film" is calm */
  GST_MONTAGE_LEXICON_COMPARATIVE = 1 << 2,
  /* is said of what stands before it: "die Bienen länger zeigen" */
  GST_MONTAGE_LEXICON_AFTER_OBJECT = 1 << 3
} GstMontageLexiconFlags;

/**
 * GstMontageLexiconRow:
 * @phrase: folded words (see words.h). A word of four letters or more is also
 *   met with an ending (-s, -e, -n, -en, -er, -es, -em); "=word" is met exactly,
 *   "word+" with or without a final s
 *
 * One row for each field that a phrase sets. Rows of the same phrase stand
 * together or apart; the longest phrase wins over shorter ones.
 */
typedef struct
{
  const gchar *phrase;
  GstMontageTopic topic;
  gdouble value;
  GstMontageLexiconFlags flags;
  const gchar *style;
} GstMontageLexiconRow;

typedef struct
{
  const GstMontageLexiconRow *rows;
  guint n_rows;
} GstMontageLexiconTable;

/* Words of one kind; each entry is one folded word. */
typedef enum
{
  GST_MONTAGE_WORDS_STOP_ENGLISH, /* say nothing about the film */
  GST_MONTAGE_WORDS_STOP_GERMAN,
  GST_MONTAGE_WORDS_STOP_BOTH, /* and belong to both languages */
  GST_MONTAGE_WORDS_NEGATION,
  GST_MONTAGE_WORDS_NEGATION_AFTER, /* after what they negate */
  GST_MONTAGE_WORDS_CONTRAST,       /* end what is negated */
  GST_MONTAGE_WORDS_AND,
  GST_MONTAGE_WORDS_OR,
  GST_MONTAGE_WORDS_MORE,  /* "very" */
  GST_MONTAGE_WORDS_LESS,  /* "a bit" */
  GST_MONTAGE_WORDS_LIKE,  /* before the name of a style */
  GST_MONTAGE_WORDS_STYLE, /* after the name of a style */
  GST_MONTAGE_WORDS_EVERY,
  GST_MONTAGE_WORDS_PER,
  GST_MONTAGE_WORDS_BEAT,
  GST_MONTAGE_WORDS_BAR,
  GST_MONTAGE_WORDS_SHOTS, /* plural or surely a part of the film */
  GST_MONTAGE_WORDS_SHOT,  /* a part of the film or the film itself */
  GST_MONTAGE_WORDS_FADES,
  GST_MONTAGE_WORDS_INTRO,
  GST_MONTAGE_WORDS_LINK, /* between a noun and its length */
  GST_MONTAGE_WORDS_AT_LEAST,
  GST_MONTAGE_WORDS_AT_MOST,
  GST_MONTAGE_WORDS_LONGER,
  GST_MONTAGE_WORDS_SHORTER,
  GST_MONTAGE_WORDS_TO,     /* in a range */
  GST_MONTAGE_WORDS_POINT,  /* before a point in time, not a length */
  GST_MONTAGE_WORDS_DECADE, /* after "80s" */
  GST_MONTAGE_WORDS_WHEN,   /* begin a clause that says where a wish holds */
  GST_MONTAGE_WORDS_ON,     /* before what a shot shows, or a part */
  GST_MONTAGE_WORDS_DURING, /* before a part of the film or of the music */
  GST_MONTAGE_WORDS_BEGIN,  /* as a verb */
  GST_MONTAGE_WORDS_END,    /* the film's last part */
  GST_MONTAGE_WORDS_MUSIC,  /* is heard, not seen */
  GST_MONTAGE_WORDS_TOO,
  GST_MONTAGE_WORDS_MUCH, /* after "too" */
  GST_MONTAGE_WORDS_FEWER,
  GST_MONTAGE_WORDS_ARTICLE,  /* before a thing, not before a degree */
  GST_MONTAGE_WORDS_COMPARED, /* may follow a comparative, unlike a noun */
  GST_MONTAGE_WORDS_MIDDLE,   /* a part that nothing can set */
  GST_MONTAGE_WORDS_AWAY,     /* after what shall not be shown */
  GST_MONTAGE_WORDS_PERSON,   /* "me", where it is seen */
  GST_MONTAGE_WORDS_QUIET,    /* where the music has little energy */
  GST_MONTAGE_WORDS_SHOWN,    /* around what a shot shows, "is seen" */
  GST_MONTAGE_N_WORD_LISTS
} GstMontageWordList;

/* A written number, an ordinal or a unit of time (in seconds). */
typedef struct
{
  const gchar *word;
  gdouble value;
} GstMontageWordValue;

extern const GstMontageLexiconTable gst_montage_lexicon_mood;
extern const GstMontageLexiconTable gst_montage_lexicon_energy;
extern const GstMontageLexiconTable gst_montage_lexicon_pace;
extern const GstMontageLexiconTable gst_montage_lexicon_arc;
extern const GstMontageLexiconTable gst_montage_lexicon_cuts;
extern const GstMontageLexiconTable gst_montage_lexicon_look;
extern const GstMontageLexiconTable gst_montage_lexicon_effects;
extern const GstMontageLexiconTable gst_montage_lexicon_other;
/* All of them, up to %NULL. */
extern const GstMontageLexiconTable *const gst_montage_lexicon[];
extern const GstMontageWordValue gst_montage_lexicon_numbers[];
extern const GstMontageWordValue gst_montage_lexicon_ordinals[];
extern const GstMontageWordValue gst_montage_lexicon_units[];
/* Phrases before what shall be shown, and how much that is wanted: -1..1. */
extern const GstMontageWordValue gst_montage_lexicon_wishes[];

/* Whether the folded @word is @pattern, of @length bytes. */
gboolean gst_montage_lexicon_word_matches (const gchar *pattern, gsize length,
    const gchar *word);
gboolean
gst_montage_lexicon_list_has (GstMontageWordList list, const gchar *word);
/* FALSE where @word is not in @table. */
gboolean gst_montage_lexicon_value (const GstMontageWordValue *table,
    const gchar *word, gdouble *value);

G_END_DECLS
