/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "prompt-private.h"

/* The pieces of promptmeasures.c: what is read where. */

G_BEGIN_DECLS

/**
 * GstMontageMeasure:
 * @low: seconds; of a range the smaller one
 * @high: seconds
 * @first: index of its first word
 * @end: one after its last word
 */
typedef struct
{
  gdouble low;
  gdouble high;
  guint first;
  guint end;
} GstMontageMeasure;

/* promptdurations.c: each reads from word @i on. *i is moved behind what has
 * been read. */
gboolean gst_montage_prompt_read_number (const GstMontageReading *self,
    guint *i, gdouble *value);
gboolean gst_montage_prompt_read_duration (const GstMontageReading *self,
    guint i, GstMontageMeasure *out);
gboolean gst_montage_prompt_read_every_second (const GstMontageReading *self,
    guint i, GstMontageMeasure *out);
gboolean gst_montage_prompt_read_decade (const GstMontageReading *self, guint i,
    GstMontageMeasure *out);
/* promptbeats.c */
gboolean gst_montage_prompt_read_beats (const GstMontageReading *self, guint i,
    GstMontageMeasure *out, gdouble *beats);
void gst_montage_prompt_add_beats (GstMontageReading *self,
    GstMontageMeasure *span, gdouble beats);

/* A finding over @span. */
static inline void
gst_montage_prompt_add (GstMontageReading *self, const GstMontageMeasure *span,
    GstMontageTopic topic, gdouble value)
{
  GstMontageFinding finding = {span->first, span->end - span->first, topic,
      value};

  g_array_append_val (self->findings, finding);
}

static inline gboolean
gst_montage_prompt_is_digits (const GstMontageReading *self, guint i)
{
  return gst_montage_prompt_has_flag (self, i, GST_MONTAGE_WORD_NUMBER);
}

static inline gboolean
gst_montage_prompt_is_each (const GstMontageReading *self, guint i)
{
  return gst_montage_prompt_word_in (self, i, GST_MONTAGE_WORDS_EVERY)
      || gst_montage_prompt_word_in (self, i, GST_MONTAGE_WORDS_PER);
}

static inline gboolean
gst_montage_prompt_is_any_shot (const GstMontageReading *self, guint i)
{
  return gst_montage_prompt_word_in (self, i, GST_MONTAGE_WORDS_SHOTS)
      || gst_montage_prompt_word_in (self, i, GST_MONTAGE_WORDS_SHOT);
}

G_END_DECLS
