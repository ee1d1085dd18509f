/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <glib.h>

/* A sentence as words, for reading prompts and the keywords of styles. */

G_BEGIN_DECLS

typedef enum
{
  /* punctuation before it ends a thought */
  GST_MONTAGE_WORD_BREAK = 1 << 0,
  /* written with digits; number holds the value */
  GST_MONTAGE_WORD_NUMBER = 1 << 1,
  /* "2:30" or "1:02:30"; number holds seconds */
  GST_MONTAGE_WORD_CLOCK = 1 << 2,
  /* nothing stands between it and the word before: the "s" of "90s" */
  GST_MONTAGE_WORD_GLUED = 1 << 3,
  /* only a dash stands before it: "30-40", "fast-paced" */
  GST_MONTAGE_WORD_DASH = 1 << 4,
  /* a colon before it: what follows is said of what stands before */
  GST_MONTAGE_WORD_COLON = 1 << 5
} GstMontageWordFlags;

/**
 * GstMontageWord:
 * @fold: lower case without accents; "ä", "ö", "ü", "ß" are "ae", "oe", "ue",
 *   "ss", however they were written
 * @offset: where it stands in the text, bytes
 * @length: bytes in the text
 */
typedef struct
{
  const gchar *fold;
  gsize offset;
  gsize length;
  gdouble number;
  GstMontageWordFlags flags;
} GstMontageWord;

typedef struct _GstMontageWords GstMontageWords;
struct _GstMontageWords
{
  const GstMontageWord *words;
  guint n_words;
  /*< private >*/
  GArray *array;
  GStringChunk *folds;
};

/* @text must be valid UTF-8. Underscores, dashes and control characters part
 * words; an apostrophe inside a word is dropped. */
void gst_montage_words_init (GstMontageWords *self, const gchar *text);
void gst_montage_words_clear (GstMontageWords *self);
/* The words with single spaces between them. */
gchar *gst_montage_words_fold (const gchar *text);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (GstMontageWords, gst_montage_words_clear)

G_END_DECLS
