/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "promptmeasures-private.h"

/* Beats and bars: "every second bar", "two cuts per bar", "an intro of 16
 * beats". */

/* Beats of the noun at @i: 1, 4 for a bar, 0 for another word. */
static gdouble
beats_of_noun (const GstMontageReading *self, guint i)
{
  if (gst_montage_prompt_word_in (self, i, GST_MONTAGE_WORDS_BEAT))
    return 1;
  return gst_montage_prompt_word_in (self, i, GST_MONTAGE_WORDS_BAR) ? 4 : 0;
}

/* "every beat", "every other bar", "every 2nd beat", "alle vier Takte" */
static gboolean
read_every_beat (const GstMontageReading *self, guint i, GstMontageMeasure *out,
    gdouble *beats)
{
  gdouble count = 1;

  out->first = i;
  if (!gst_montage_prompt_word_in (self, i, GST_MONTAGE_WORDS_EVERY))
    return FALSE;
  i++;
  if (beats_of_noun (self, i) == 0) {
    if (i < self->n_words
        && gst_montage_lexicon_value (gst_montage_lexicon_ordinals,
            self->words[i].fold, &count))
      i++;
    else if (!gst_montage_prompt_read_number (self, &i, &count))
      return FALSE;
    if (gst_montage_prompt_word_is (self, i, "nd")
        || gst_montage_prompt_word_is (self, i, "rd")
        || gst_montage_prompt_word_is (self, i, "th")
        || gst_montage_prompt_word_is (self, i, "a"))
      i++;
  }
  *beats = count * beats_of_noun (self, i);
  out->end = i + 1;
  return *beats > 0;
}

/* "once per bar", "two cuts per bar", "zwei Schnitte pro Takt" */
static gboolean
read_per_beat (const GstMontageReading *self, guint i, GstMontageMeasure *out,
    gdouble *beats)
{
  gdouble count = 1;
  guint first = i;

  if (!gst_montage_prompt_word_in (self, i, GST_MONTAGE_WORDS_PER)
      || gst_montage_prompt_word_is (self, i, "a")
      || beats_of_noun (self, i + 1) == 0)
    return FALSE;
  out->end = i + 2;
  if (i > 0 && gst_montage_prompt_is_any_shot (self, i - 1)) {
    first = i - 1;
    if (first > 0) {
      guint number = first - 1;

      if (gst_montage_prompt_read_number (self, &number, &count)
          && number == first)
        first--;
    }
  }
  out->first = first;
  *beats = beats_of_noun (self, i + 1) / CLAMP (count, 0.01, 64);
  return TRUE;
}

/* "4 beats per cut", "shots of two bars", "16 beats of intro" */
static gboolean
read_beat_count (const GstMontageReading *self, guint i, GstMontageMeasure *out,
    gdouble *beats)
{
  gdouble count;

  out->first = i;
  if (!gst_montage_prompt_read_number (self, &i, &count)
      || beats_of_noun (self, i) == 0 || gst_montage_prompt_breaks (self, i))
    return FALSE;
  *beats = count * beats_of_noun (self, i);
  out->end = i + 1;
  if (gst_montage_prompt_is_each (self, i + 1)
      && gst_montage_prompt_word_is (self, i + 2, "minute"))
    return FALSE;
  return *beats > 0;
}

static gboolean
is_intro (const GstMontageReading *self, const GstMontageMeasure *span)
{
  guint end = span->end;
  guint first = span->first;

  if (gst_montage_prompt_word_is (self, end, "of")
      || gst_montage_prompt_word_is (self, end, "long"))
    end++;
  if (!gst_montage_prompt_breaks (self, end)
      && gst_montage_prompt_word_in (self, end, GST_MONTAGE_WORDS_INTRO))
    return TRUE;
  while (first > 0 && !gst_montage_prompt_breaks (self, first)
      && gst_montage_prompt_word_in (self, first - 1, GST_MONTAGE_WORDS_LINK))
    first--;
  return first > 0 && !gst_montage_prompt_breaks (self, first)
      && gst_montage_prompt_word_in (self, first - 1, GST_MONTAGE_WORDS_INTRO);
}

gboolean
gst_montage_prompt_read_beats (const GstMontageReading *self, guint i,
    GstMontageMeasure *out, gdouble *beats)
{
  return read_every_beat (self, i, out, beats)
      || read_per_beat (self, i, out, beats)
      || read_beat_count (self, i, out, beats);
}

void
gst_montage_prompt_add_beats (GstMontageReading *self, GstMontageMeasure *span,
    gdouble beats)
{
  GstMontageFinding *finding;
  gboolean intro = is_intro (self, span);

  if (intro)
    gst_montage_prompt_add (self, span, GST_MONTAGE_TOPIC_INTRO, beats);
  else {
    if (gst_montage_prompt_is_each (self, span->end)
        && gst_montage_prompt_is_any_shot (self, span->end + 1))
      span->end += 2;
    gst_montage_prompt_add (self, span, GST_MONTAGE_TOPIC_BEATS, beats);
  }
  finding = &g_array_index (self->findings, GstMontageFinding,
      self->findings->len - 1);
  finding->negated = gst_montage_prompt_is_negated (self, finding->first,
      finding->n_words);
}
