/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "prompt-private.h"

#include <math.h>
#include <string.h>

/* Durations and beats: "40 seconds", "2:30", "anderthalb Minuten", "shots of 2
 * to 4 seconds", "every second bar", "an intro of 16 beats". */

#define MAX_SECONDS 86400.0
/* Words looked at before a duration to find what it is the length of. */
#define LOOK_BACK 8

typedef struct
{
  gdouble low;
  gdouble high;
  guint first;
  guint end; /* one after the last word */
} Duration;

static gboolean
word_is (const GstMontageReading *self, guint i, const gchar *word)
{
  return i < self->n_words && g_str_equal (self->words[i].fold, word);
}

static gboolean
breaks (const GstMontageReading *self, guint i)
{
  return gst_montage_prompt_has_flag (self, i, GST_MONTAGE_WORD_BREAK);
}

static gboolean
is_digits (const GstMontageReading *self, guint i)
{
  return gst_montage_prompt_has_flag (self, i, GST_MONTAGE_WORD_NUMBER);
}

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
  if (*value >= 20 && *i < self->n_words && !breaks (self, *i)
      && gst_montage_lexicon_value (gst_montage_lexicon_numbers,
          self->words[*i].fold, &ones)
      && ones >= 1 && ones < 10) {
    *value += ones;
    (*i)++;
  }
  return TRUE;
}

/* A number in digits or words; *i is moved behind it. */
static gboolean
read_number (const GstMontageReading *self, guint *i, gdouble *value)
{
  gdouble half;

  if (*i >= self->n_words)
    return FALSE;
  if (is_digits (self, *i)) {
    *value = self->words[*i].number;
    (*i)++;
    return TRUE;
  }
  if (!read_number_word (self, i, value))
    return FALSE;
  /* "two and a half", "half a", "einer halben", "a couple of" */
  if (*value == 1 && *i < self->n_words && !breaks (self, *i)
      && gst_montage_lexicon_value (gst_montage_lexicon_numbers,
          self->words[*i].fold, &half)
      && half == 0.5) {
    *value = half;
    (*i)++;
  } else if (is_and (self, *i)
      && (word_is (self, *i + 1, "a") || word_is (self, *i + 1, "one"))
      && word_is (self, *i + 2, "half")) {
    *value += 0.5;
    *i += 3;
  } else if (*value < 1
      && (word_is (self, *i, "a") || word_is (self, *i, "an")))
    (*i)++;
  else if (word_is (self, *i - 1, "couple") && word_is (self, *i, "of"))
    (*i)++;
  return TRUE;
}

static gboolean
read_unit (const GstMontageReading *self, guint *i, gdouble *seconds)
{
  if (*i >= self->n_words || breaks (self, *i))
    return FALSE;
  if (word_is (self, *i, "m")
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
  return i < self->n_words && !breaks (self, i)
      && !gst_montage_prompt_is_stop_word (self->words[i].fold);
}

/* "… 20 seconds", "… and twenty seconds", "… 20", "… and a half". */
static void
read_remainder (const GstMontageReading *self, gdouble unit, Duration *out)
{
  guint i = out->end;
  gdouble value, smaller;
  gboolean and = is_and (self, i);

  if (i >= self->n_words || breaks (self, i))
    return;
  if (and&&word_is (self, i + 1, "a") && word_is (self, i + 2, "half")) {
    out->high += unit / 2;
    out->end = i + 3;
    return;
  }
  i += and? 1 : 0;
  if (!read_number (self, &i, &value) || value >= 60)
    return;
  if (read_unit (self, &i, &smaller)) {
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
read_clock (const GstMontageReading *self, guint i, Duration *out)
{
  gdouble unit;

  if (!gst_montage_prompt_has_flag (self, i, GST_MONTAGE_WORD_CLOCK))
    return FALSE;
  out->low = out->high = self->words[i].number;
  out->first = i++;
  read_unit (self, &i, &unit);
  out->end = i;
  return TRUE;
}

/* "a minute", "eine Stunde"; "a second" is too often something else. */
static gboolean
read_article (const GstMontageReading *self, guint *i, gdouble *value)
{
  gdouble unit;
  guint next = *i + 1;

  if (!(word_is (self, *i, "a") || word_is (self, *i, "an"))
      || !read_unit (self, &next, &unit) || unit < 60)
    return FALSE;
  *value = 1;
  (*i)++;
  return TRUE;
}

/* "the second shot", "every second": no number of seconds. */
static gboolean
is_ordinal_second (const GstMontageReading *self, guint i)
{
  return word_is (self, i, "second") && i > 0 && !is_digits (self, i - 1);
}

static gboolean
read_duration (const GstMontageReading *self, guint i, Duration *out)
{
  gdouble unit, value;
  gboolean range;

  if (read_clock (self, i, out))
    return TRUE;
  out->first = i;
  if (!read_article (self, &i, &value) && !read_number (self, &i, &value))
    return FALSE;
  out->low = out->high = value;
  range = gst_montage_prompt_has_flag (self, i, GST_MONTAGE_WORD_DASH)
      && is_digits (self, i);
  if (range
      || (gst_montage_prompt_word_in (self, i, GST_MONTAGE_WORDS_TO)
          && !breaks (self, i))) {
    guint next = range ? i : i + 1;

    if (read_number (self, &next, &value)) {
      out->high = value;
      i = next;
    }
  }
  if (is_ordinal_second (self, i)
      && !gst_montage_lexicon_value (gst_montage_lexicon_numbers,
          self->words[i - 1].fold, &unit))
    return FALSE;
  if (!read_unit (self, &i, &unit))
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

static gboolean
is_each (const GstMontageReading *self, guint i)
{
  return gst_montage_prompt_word_in (self, i, GST_MONTAGE_WORDS_EVERY)
      || gst_montage_prompt_word_in (self, i, GST_MONTAGE_WORDS_PER);
}

static gboolean
is_any_shot (const GstMontageReading *self, guint i)
{
  return gst_montage_prompt_word_in (self, i, GST_MONTAGE_WORDS_SHOTS)
      || gst_montage_prompt_word_in (self, i, GST_MONTAGE_WORDS_SHOT);
}

/* "3 second shots", "3 seconds per shot", "3 seconds each", "1 second fades" */
static gboolean
look_ahead (const GstMontageReading *self, Duration *span, Context *context)
{
  guint i = span->end;

  while (word_is (self, i, "long") || word_is (self, i, "lang")
      || word_is (self, i, "lange") || word_is (self, i, "langen"))
    i++;
  if (i >= self->n_words || breaks (self, i))
    return FALSE;
  if (gst_montage_prompt_word_in (self, i, GST_MONTAGE_WORDS_SHOTS))
    context->owner = OF_SHOTS;
  else if (gst_montage_prompt_word_in (self, i, GST_MONTAGE_WORDS_FADES))
    context->owner = OF_FADES;
  else if (gst_montage_prompt_word_in (self, i, GST_MONTAGE_WORDS_INTRO))
    context->owner = OF_NOTHING;
  else if (is_each (self, i) && is_any_shot (self, i + 1)) {
    context->owner = OF_SHOTS;
    i++;
  } else if (word_is (self, i, "each") || word_is (self, i, "apiece"))
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
          && (no || is_each (self, i - 1)) && !word_is (self, i - 1, "a"))) {
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
look_back (const GstMontageReading *self, gboolean found, Duration *span,
    Context *context)
{
  guint first = span->first;
  guint i = first;
  gboolean range = span->low < span->high;

  if (first == 0 || breaks (self, first))
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
  while (i > 0 && first - i < LOOK_BACK && !breaks (self, i)) {
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
        || (span->first == i + 1 && word_is (self, i, "at")))
      span->first = i;
  }
}

static void
add (GstMontageReading *self, const Duration *span, GstMontageTopic topic,
    gdouble value)
{
  GstMontageFinding finding = {span->first, span->end - span->first, topic,
      value};

  g_array_append_val (self->findings, finding);
}

static void
add_shot_length (GstMontageReading *self, const Duration *span,
    const Context *context)
{
  gboolean least = context->at_least || (context->longer && !context->negated)
      || (context->shorter && context->negated);
  gboolean most = context->at_most || (context->shorter && !context->negated)
      || (context->longer && context->negated);

  if (span->low < span->high) {
    add (self, span, GST_MONTAGE_TOPIC_SHORTEST, span->low);
    add (self, span, GST_MONTAGE_TOPIC_LONGEST, span->high);
  } else
    add (self, span,
        least      ? GST_MONTAGE_TOPIC_SHORTEST
            : most ? GST_MONTAGE_TOPIC_LONGEST
                   : GST_MONTAGE_TOPIC_SHOT_LENGTH,
        span->high);
}

static void
add_duration (GstMontageReading *self, Duration *span)
{
  Context context = {OF_FILM};
  gboolean found = look_ahead (self, span, &context);

  look_back (self, found, span, &context);
  switch (context.owner) {
    case OF_SHOTS:
      add_shot_length (self, span, &context);
      break;
    case OF_FADES:
      add (self, span, GST_MONTAGE_TOPIC_TRANSITIONS,
          GST_MONTAGE_TRANSITIONS_CROSSFADE);
      add (self, span, GST_MONTAGE_TOPIC_FADE, span->high);
      break;
    case OF_NOTHING:
      add (self, span, GST_MONTAGE_TOPIC_UNSUPPORTED, 0);
      break;
    default:
      /* of a range the middle */
      add (self, span, GST_MONTAGE_TOPIC_LENGTH, (span->low + span->high) / 2);
      break;
  }
}

/* "80s look", "the 90s", "80er Jahre": a colour, not a length. */
static gboolean
read_decade (const GstMontageReading *self, guint i, Duration *out)
{
  gdouble number;
  gboolean german, before;

  if (!is_digits (self, i)
      || !gst_montage_prompt_has_flag (self, i + 1, GST_MONTAGE_WORD_GLUED))
    return FALSE;
  number = self->words[i].number;
  german = word_is (self, i + 1, "er");
  before = i > 0 && !breaks (self, i)
      && (word_is (self, i - 1, "the") || word_is (self, i - 1, "den")
          || word_is (self, i - 1, "der") || word_is (self, i - 1, "die"));
  if (!(german || word_is (self, i + 1, "s")) || fmod (number, 10) != 0
      || !((number >= 20 && number <= 90) || (number >= 1900 && number <= 2000))
      || !(german || before || number >= 1900
          || (gst_montage_prompt_word_in (self, i + 2, GST_MONTAGE_WORDS_DECADE)
              && !breaks (self, i + 2))))
    return FALSE;
  out->first = i;
  out->end = i + 2;
  if (gst_montage_prompt_word_in (self, i + 2, GST_MONTAGE_WORDS_DECADE)
      && !breaks (self, i + 2))
    out->end++;
  return TRUE;
}

/* ---- beats ---- */

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
read_every_beat (const GstMontageReading *self, guint i, Duration *out,
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
    else if (!read_number (self, &i, &count))
      return FALSE;
    if (word_is (self, i, "nd") || word_is (self, i, "rd")
        || word_is (self, i, "th") || word_is (self, i, "a"))
      i++;
  }
  *beats = count * beats_of_noun (self, i);
  out->end = i + 1;
  return *beats > 0;
}

/* "once per bar", "two cuts per bar", "zwei Schnitte pro Takt" */
static gboolean
read_per_beat (const GstMontageReading *self, guint i, Duration *out,
    gdouble *beats)
{
  gdouble count = 1;
  guint first = i;

  if (!gst_montage_prompt_word_in (self, i, GST_MONTAGE_WORDS_PER)
      || word_is (self, i, "a") || beats_of_noun (self, i + 1) == 0)
    return FALSE;
  out->end = i + 2;
  if (i > 0 && is_any_shot (self, i - 1)) {
    first = i - 1;
    if (first > 0) {
      guint number = first - 1;

      if (read_number (self, &number, &count) && number == first)
        first--;
    }
  }
  out->first = first;
  *beats = beats_of_noun (self, i + 1) / CLAMP (count, 0.01, 64);
  return TRUE;
}

/* "4 beats per cut", "shots of two bars", "16 beats of intro" */
static gboolean
read_beat_count (const GstMontageReading *self, guint i, Duration *out,
    gdouble *beats)
{
  gdouble count;

  out->first = i;
  if (!read_number (self, &i, &count) || beats_of_noun (self, i) == 0
      || breaks (self, i))
    return FALSE;
  *beats = count * beats_of_noun (self, i);
  out->end = i + 1;
  if (is_each (self, i + 1) && word_is (self, i + 2, "minute"))
    return FALSE;
  return *beats > 0;
}

static gboolean
is_intro (const GstMontageReading *self, const Duration *span)
{
  guint end = span->end;
  guint first = span->first;

  if (word_is (self, end, "of") || word_is (self, end, "long"))
    end++;
  if (!breaks (self, end)
      && gst_montage_prompt_word_in (self, end, GST_MONTAGE_WORDS_INTRO))
    return TRUE;
  while (first > 0 && !breaks (self, first)
      && gst_montage_prompt_word_in (self, first - 1, GST_MONTAGE_WORDS_LINK))
    first--;
  return first > 0 && !breaks (self, first)
      && gst_montage_prompt_word_in (self, first - 1, GST_MONTAGE_WORDS_INTRO);
}

static gboolean
read_beats (const GstMontageReading *self, guint i, Duration *out,
    gdouble *beats)
{
  return read_every_beat (self, i, out, beats)
      || read_per_beat (self, i, out, beats)
      || read_beat_count (self, i, out, beats);
}

static void
add_beats (GstMontageReading *self, Duration *span, gdouble beats)
{
  GstMontageFinding *finding;
  gboolean intro = is_intro (self, span);

  if (intro)
    add (self, span, GST_MONTAGE_TOPIC_INTRO, beats);
  else {
    if (is_each (self, span->end) && is_any_shot (self, span->end + 1))
      span->end += 2;
    add (self, span, GST_MONTAGE_TOPIC_BEATS, beats);
  }
  finding = &g_array_index (self->findings, GstMontageFinding,
      self->findings->len - 1);
  finding->negated = gst_montage_prompt_is_negated (self, finding->first,
      finding->n_words);
}

/* "a cut every second": nothing but the unit. */
static gboolean
read_every_second (const GstMontageReading *self, guint i, Duration *out)
{
  guint next = i + 1;

  if (!gst_montage_prompt_word_in (self, i, GST_MONTAGE_WORDS_EVERY)
      || !read_unit (self, &next, &out->high)
      || (next < self->n_words && !breaks (self, next)
          && !gst_montage_prompt_is_stop_word (self->words[next].fold))
      || is_any_shot (self, next))
    return FALSE;
  out->low = out->high;
  out->first = i;
  out->end = next;
  return TRUE;
}

void
gst_montage_prompt_find_measures (GstMontageReading *self)
{
  for (guint i = 0; i < self->n_words; i++) {
    Duration span = {0};
    gdouble beats;

    if (self->used[i])
      continue;
    if (read_beats (self, i, &span, &beats))
      add_beats (self, &span, beats);
    else if (read_decade (self, i, &span))
      add (self, &span, GST_MONTAGE_TOPIC_GRADING, GST_MONTAGE_GRADING_VINTAGE);
    else if (read_every_second (self, i, &span))
      add (self, &span, GST_MONTAGE_TOPIC_SHOT_LENGTH, span.high);
    else if (read_duration (self, i, &span))
      add_duration (self, &span);
    else
      continue;
    gst_montage_prompt_mark (self, span.first, span.end - span.first,
        GST_MONTAGE_USED_MEASURE);
    i = span.end - 1;
  }
}
