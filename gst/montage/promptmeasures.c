/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "promptmeasures-private.h"

/* Finds durations and beats, and what a duration is the length of: the film,
 * its shots, the crossfades. */

/* Words looked at before a duration to find what it is the length of. */
#define LOOK_BACK 8

/* What stands around a duration. */
typedef enum
{
  OF_FILM,
  OF_SHOTS,
  OF_FADES,
  OF_NOTHING /* a point in time, or a part that nothing can set */
} Owner;

typedef struct
{
  Owner owner;
  gboolean negated;
  gboolean longer;
  gboolean shorter;
  gboolean at_least;
  gboolean at_most;
} Context;

/* "3 second shots", "3 seconds per shot", "3 seconds each", "1 second fades" */
static gboolean
look_ahead (const GstMontageReading *self, GstMontageMeasure *span,
    Context *context)
{
  guint i = span->end;

  while (!gst_montage_prompt_breaks (self, i)
      && (gst_montage_prompt_word_is (self, i, "long")
          || gst_montage_prompt_word_is (self, i, "lang")
          || gst_montage_prompt_word_is (self, i, "lange")
          || gst_montage_prompt_word_is (self, i, "langen")))
    i++;
  if (i >= self->n_words || gst_montage_prompt_breaks (self, i))
    return FALSE;
  if (gst_montage_prompt_word_in (self, i, GST_MONTAGE_WORDS_SHOTS))
    context->owner = OF_SHOTS;
  else if (gst_montage_prompt_word_in (self, i, GST_MONTAGE_WORDS_FADES))
    context->owner = OF_FADES;
  else if (gst_montage_prompt_word_in (self, i, GST_MONTAGE_WORDS_INTRO))
    context->owner = OF_NOTHING;
  else if (gst_montage_prompt_is_each (self, i)
      && gst_montage_prompt_is_any_shot (self, i + 1)) {
    context->owner = OF_SHOTS;
    i++;
  } else if (gst_montage_prompt_word_is (self, i, "each")
      || gst_montage_prompt_word_is (self, i, "apiece"))
    context->owner = OF_SHOTS;
  else
    return FALSE;
  span->end = i + 1;
  return TRUE;
}

static gboolean
note_qualifier (const GstMontageReading *self, guint i, Context *context)
{
  gboolean longer = gst_montage_prompt_word_in (self, i,
      GST_MONTAGE_WORDS_LONGER);
  gboolean shorter = gst_montage_prompt_word_in (self, i,
      GST_MONTAGE_WORDS_SHORTER);
  gboolean least = gst_montage_prompt_word_in (self, i,
      GST_MONTAGE_WORDS_AT_LEAST);
  gboolean most = gst_montage_prompt_word_in (self, i,
      GST_MONTAGE_WORDS_AT_MOST);
  gboolean no = gst_montage_prompt_word_in (self, i,
      GST_MONTAGE_WORDS_NEGATION);

  context->longer |= longer;
  context->shorter |= shorter;
  context->at_least |= least;
  context->at_most |= most;
  context->negated |= no;
  return longer || shorter || least || most || no
      || gst_montage_prompt_word_in (self, i, GST_MONTAGE_WORDS_LINK);
}

/* The noun at @i owns the duration after it? "A clip of 30 seconds" is the
 * film, "each clip" and "no clip longer than" are not. */
static gboolean
noun_owns (const GstMontageReading *self, guint i, Context *context)
{
  gboolean no = i > 0
      && gst_montage_prompt_word_in (self, i - 1, GST_MONTAGE_WORDS_NEGATION);

  if (gst_montage_prompt_word_in (self, i, GST_MONTAGE_WORDS_SHOTS)
      || (gst_montage_prompt_word_in (self, i, GST_MONTAGE_WORDS_SHOT) && i > 0
          && (no || gst_montage_prompt_is_each (self, i - 1))
          && !gst_montage_prompt_word_is (self, i - 1, "a"))) {
    context->owner = OF_SHOTS;
    context->negated |= no;
  } else if (gst_montage_prompt_word_in (self, i, GST_MONTAGE_WORDS_FADES))
    context->owner = OF_FADES;
  else if (gst_montage_prompt_word_in (self, i, GST_MONTAGE_WORDS_INTRO))
    context->owner = OF_NOTHING;
  else
    return FALSE;
  return TRUE;
}

static void
look_back (const GstMontageReading *self, gboolean found,
    GstMontageMeasure *span, Context *context)
{
  guint first = span->first;
  guint i = first;
  gboolean range = span->low < span->high;

  if (first == 0 || gst_montage_prompt_breaks (self, first))
    return;
  if (!found
      && gst_montage_prompt_word_in (self, i - 1, GST_MONTAGE_WORDS_EVERY)) {
    context->owner = OF_SHOTS;
    span->first = i - 1;
    return;
  }
  if (!found && !range
      && gst_montage_prompt_word_in (self, i - 1, GST_MONTAGE_WORDS_POINT)) {
    context->owner = OF_NOTHING;
    span->first = i - 1;
    return;
  }
  while (
      i > 0 && first - i < LOOK_BACK && !gst_montage_prompt_breaks (self, i)) {
    i--;
    if (!found && noun_owns (self, i, context)) {
      span->first = context->negated && i > 0
              && gst_montage_prompt_word_in (self, i - 1,
                  GST_MONTAGE_WORDS_NEGATION)
          ? i - 1
          : i;
      return;
    }
    if (!note_qualifier (self, i, context))
      return;
    if (!gst_montage_prompt_word_in (self, i, GST_MONTAGE_WORDS_LINK)
        || (span->first == i + 1 && gst_montage_prompt_word_is (self, i, "at")))
      span->first = i;
  }
}

static void
add_shot_length (GstMontageReading *self, const GstMontageMeasure *span,
    const Context *context)
{
  gboolean no = context->negated;
  gboolean least = context->at_least || (context->longer && !no)
      || ((context->shorter || context->at_most) && no);
  gboolean most = context->at_most || (context->shorter && !no)
      || (context->longer && no);

  if (span->low < span->high) {
    gst_montage_prompt_add (self, span, GST_MONTAGE_TOPIC_SHORTEST, span->low);
    gst_montage_prompt_add (self, span, GST_MONTAGE_TOPIC_LONGEST, span->high);
  } else
    gst_montage_prompt_add (self, span,
        least      ? GST_MONTAGE_TOPIC_SHORTEST
            : most ? GST_MONTAGE_TOPIC_LONGEST
                   : GST_MONTAGE_TOPIC_SHOT_LENGTH,
        span->high);
}

/* "30 seconds shorter", "um 20 Sekunden verlängern", "shorter by 10 seconds":
 * +1 or -1, else 0. What is "longer than" is no step, and "more" must stand
 * last: "2 minutes, more action". */
static gint
read_step (const GstMontageReading *self, GstMontageMeasure *span)
{
  guint end = span->end;
  gboolean follows = !gst_montage_prompt_breaks (self, end);
  gboolean longer = gst_montage_prompt_word_in (self, end,
      GST_MONTAGE_WORDS_LONGER);
  gboolean shorter = gst_montage_prompt_word_in (self, end,
      GST_MONTAGE_WORDS_SHORTER);
  guint first = span->first;

  if (follows && (longer || shorter)
      && (end + 1 >= self->n_words || gst_montage_prompt_breaks (self, end + 1)
          || gst_montage_prompt_word_in (self, end + 1,
              GST_MONTAGE_WORDS_COMPARED))) {
    span->end++;
  } else if (first > 1 && gst_montage_prompt_word_is (self, first - 1, "by")) {
    longer = gst_montage_prompt_word_in (self, first - 2,
        GST_MONTAGE_WORDS_LONGER);
    shorter = gst_montage_prompt_word_in (self, first - 2,
        GST_MONTAGE_WORDS_SHORTER);
    span->first -= longer || shorter ? 2 : 0;
  } else
    return 0;
  if (first == span->first && first > 0
      && gst_montage_prompt_word_is (self, first - 1, "um"))
    span->first--;
  return longer ? 1 : shorter ? -1 : 0;
}

static void
add_duration (GstMontageReading *self, GstMontageMeasure *span)
{
  Context context = {OF_FILM};
  gint step = read_step (self, span);
  gboolean found;

  if (step != 0) {
    gst_montage_prompt_add (self, span, GST_MONTAGE_TOPIC_LENGTH_STEP,
        step * span->high);
    return;
  }
  found = look_ahead (self, span, &context);
  look_back (self, found, span, &context);
  switch (context.owner) {
    case OF_SHOTS:
      add_shot_length (self, span, &context);
      break;
    case OF_FADES:
      gst_montage_prompt_add (self, span, GST_MONTAGE_TOPIC_TRANSITIONS,
          GST_MONTAGE_TRANSITIONS_CROSSFADE);
      gst_montage_prompt_add (self, span, GST_MONTAGE_TOPIC_FADE, span->high);
      break;
    case OF_NOTHING:
      gst_montage_prompt_add (self, span, GST_MONTAGE_TOPIC_UNSUPPORTED, 0);
      break;
    default:
      /* of a range the middle */
      gst_montage_prompt_add (self, span, GST_MONTAGE_TOPIC_LENGTH,
          (span->low + span->high) / 2);
      break;
  }
}

void
gst_montage_prompt_find_measures (GstMontageReading *self)
{
  for (guint i = 0; i < self->n_words; i++) {
    GstMontageMeasure span = {0};
    gdouble beats;

    if (self->used[i])
      continue;
    if (gst_montage_prompt_read_beats (self, i, &span, &beats))
      gst_montage_prompt_add_beats (self, &span, beats);
    else if (gst_montage_prompt_read_decade (self, i, &span))
      gst_montage_prompt_add (self, &span, GST_MONTAGE_TOPIC_GRADING,
          GST_MONTAGE_GRADING_VINTAGE);
    else if (gst_montage_prompt_read_every_second (self, i, &span))
      gst_montage_prompt_add (self, &span, GST_MONTAGE_TOPIC_SHOT_LENGTH,
          span.high);
    else if (gst_montage_prompt_read_duration (self, i, &span))
      add_duration (self, &span);
    else
      continue;
    gst_montage_prompt_mark (self, span.first, span.end - span.first,
        GST_MONTAGE_USED_MEASURE);
    i = span.end - 1;
  }
}
