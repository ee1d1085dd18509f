/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "prompt-private.h"

#include <string.h>

/* Where a wish about the pace holds: "slower in the intro", "faster at the
 * end", "people arguing: cut faster", "wenn gestritten wird, schneller
 * schneiden". What is said of the music is what the energy does anyway, only
 * more so. */

/* "Faster when the music gets loud". */
#define FOLLOW_THE_MUSIC 1.5
/* Words between a wish and what it holds for. */
#define MOST_BETWEEN 4

typedef enum
{
  PART_INTRO,
  PART_END,
  PART_MIDDLE,
  PART_MUSIC,
  PART_SCENE
} Part;

/* The words [first, end) say where; with what says nothing around them they are
 * [all_first, all_end). */
typedef struct
{
  Part part;
  guint first;
  guint end;
  guint all_first;
  guint all_end;
} Scope;

static guint
clause_start (const GstMontageReading *self, guint i)
{
  while (i > 0 && !gst_montage_prompt_breaks (self, i))
    i--;
  return i;
}

static guint
clause_end (const GstMontageReading *self, guint i)
{
  while (i < self->n_words && !gst_montage_prompt_breaks (self, i))
    i++;
  return i;
}

/* "when", but not of "when in doubt", which is known */
static gboolean
begins_condition (const GstMontageReading *self, guint i)
{
  return gst_montage_prompt_word_in (self, i, GST_MONTAGE_WORDS_WHEN)
      && !self->used[i];
}

/* "when", "in" */
static gboolean
begins_place (const GstMontageReading *self, guint i)
{
  return begins_condition (self, i)
      || gst_montage_prompt_word_in (self, i, GST_MONTAGE_WORDS_DURING);
}

static gboolean
says_nothing (const GstMontageReading *self, guint i)
{
  return gst_montage_prompt_is_stop_word (self->words[i].fold)
      || gst_montage_prompt_word_in (self, i, GST_MONTAGE_WORDS_SHOWN);
}

gboolean
gst_montage_prompt_trim (const GstMontageReading *self, guint *first,
    guint *end)
{
  while (*first < *end && says_nothing (self, *first))
    (*first)++;
  while (*end > *first && says_nothing (self, *end - 1))
    (*end)--;
  return *first < *end;
}

/* Words of the music that are not yet understood as "on the beat". */
static gboolean
is_of_music (const GstMontageReading *self, const Scope *scope)
{
  for (guint i = scope->first; i < scope->end; i++)
    if (!self->used[i]
        && gst_montage_prompt_word_in (self, i, GST_MONTAGE_WORDS_MUSIC))
      return TRUE;
  return FALSE;
}

static gboolean
any_of (const GstMontageReading *self, const Scope *scope,
    GstMontageWordList list)
{
  for (guint i = scope->first; i < scope->end; i++)
    if (gst_montage_prompt_word_in (self, i, list))
      return TRUE;
  return FALSE;
}

static gboolean
is_pace (const GstMontageFinding *finding)
{
  switch (finding->topic) {
    case GST_MONTAGE_TOPIC_SPEED:
      return finding->value != GST_MONTAGE_SPEED_DYNAMIC;
    case GST_MONTAGE_TOPIC_SPEED_STEP:
    case GST_MONTAGE_TOPIC_SPEED_FAULT:
    case GST_MONTAGE_TOPIC_LENGTH_SCALE:
      return TRUE;
    default:
      return FALSE;
  }
}

/* How much faster, -2..2. */
static gint
steps_of (const GstMontageFinding *finding)
{
  gint steps = (gint) finding->value;

  if (finding->topic == GST_MONTAGE_TOPIC_SPEED)
    steps -= GST_MONTAGE_SPEED_MEDIUM;
  else if (finding->topic == GST_MONTAGE_TOPIC_SPEED_FAULT)
    steps = -steps;
  else if (finding->topic == GST_MONTAGE_TOPIC_LENGTH_SCALE)
    steps = finding->value > 1 ? -1 : 1;
  if (finding->degree > 0)
    steps *= 2;
  return CLAMP (finding->negated ? -steps : steps, -2, 2);
}

/* Another wish about the pace begins at word @i. */
static gboolean
begins_pace (const GstMontageReading *self, guint i)
{
  for (guint k = 0; k < self->findings->len; k++) {
    const GstMontageFinding *finding = &g_array_index (self->findings,
        GstMontageFinding, k);

    if (finding->first == i && is_pace (finding))
      return TRUE;
  }
  return FALSE;
}

/* What is said from @first on ends with its clause, or where the next wish
 * begins. */
static guint
end_of_object (const GstMontageReading *self, guint first)
{
  guint i;

  for (i = first; i < self->n_words
       && (i == first || !gst_montage_prompt_breaks (self, i));
       i++)
    if (gst_montage_prompt_word_in (self, i, GST_MONTAGE_WORDS_CONTRAST)
        || begins_pace (self, i)
        || (gst_montage_prompt_word_in (self, i, GST_MONTAGE_WORDS_AND)
            && (i + 1 >= self->n_words || self->used[i + 1])))
      break;
  return i;
}

/* The part that [first, end) names. */
static gboolean
set_part (const GstMontageReading *self, guint first, guint end, Scope *out)
{
  *out = (Scope){PART_SCENE, first, end, first, end};
  for (guint i = first; i < end; i++)
    if (self->used[i] >= GST_MONTAGE_USED_MEASURE)
      return FALSE;
  if (is_of_music (self, out))
    out->part = PART_MUSIC;
  else if (any_of (self, out, GST_MONTAGE_WORDS_INTRO))
    out->part = PART_INTRO;
  else if (any_of (self, out, GST_MONTAGE_WORDS_END))
    out->part = PART_END;
  else if (any_of (self, out, GST_MONTAGE_WORDS_MIDDLE))
    out->part = PART_MIDDLE;
  else
    return gst_montage_prompt_trim (self, &out->first, &out->end);
  return TRUE;
}

/* "Car scenes", "Kampfszenen". */
static gboolean
ends_in_scenes (const GstMontageReading *self, guint first, guint end)
{
  static const gchar *const endings[] = {"szene", "szenen", "aufnahmen"};
  const gchar *last = self->words[end - 1].fold;

  if (end - first > 1
      && gst_montage_prompt_word_in (self, end - 1, GST_MONTAGE_WORDS_SHOTS))
    return TRUE;
  for (gsize i = 0; i < G_N_ELEMENTS (endings); i++)
    if (g_str_has_suffix (last, endings[i])
        && strlen (last) > strlen (endings[i]))
      return TRUE;
  return FALSE;
}

/* Something in @scope has not been understood otherwise, and it does not begin
 * like "on the beat". */
static gboolean
is_new (const GstMontageReading *self, const Scope *scope)
{
  if (self->used[scope->first]
      && gst_montage_prompt_word_in (self, scope->first,
          GST_MONTAGE_WORDS_MUSIC))
    return FALSE;
  for (guint i = scope->first; i < scope->end; i++)
    if (!self->used[i] && !says_nothing (self, i))
      return TRUE;
  return FALSE;
}

/* What follows "on" or "in" at word @i: a shot's picture must not have been
 * understood otherwise, "on the beat", and after "in" must be called a scene,
 * "slow in Rome". */
static gboolean
read_place (const GstMontageReading *self, guint i, guint end, Scope *out)
{
  gboolean on = gst_montage_prompt_word_in (self, i, GST_MONTAGE_WORDS_ON);
  guint k = i + 1;

  if (!on && !gst_montage_prompt_word_in (self, i, GST_MONTAGE_WORDS_DURING))
    return FALSE;
  if (k >= end || !set_part (self, k, end, out))
    return FALSE;
  if (out->part != PART_SCENE)
    return TRUE;
  return is_new (self, out) && (on || ends_in_scenes (self, k, end));
}

/* "Faster car scenes". */
static gboolean
read_noun_after (const GstMontageReading *self, guint i, Scope *out)
{
  guint end = i;

  while (end < self->n_words && !gst_montage_prompt_breaks (self, end)
      && self->used[end] == GST_MONTAGE_USED_NOT
      && (!gst_montage_prompt_is_stop_word (self->words[end].fold)
          || gst_montage_prompt_word_in (self, end, GST_MONTAGE_WORDS_SHOTS)))
    end++;
  return end > i && ends_in_scenes (self, i, end)
      && set_part (self, i, end, out);
}

/* "Soll gemächlich anfangen", "it starts fast": the verb at word @i. */
static gboolean
read_begin (const GstMontageReading *self, guint i, Scope *out)
{
  if (!gst_montage_prompt_word_in (self, i, GST_MONTAGE_WORDS_BEGIN))
    return FALSE;
  *out = (Scope){PART_INTRO, i, i + 1, i, i + 1};
  return TRUE;
}

/* "Fast cuts on YouTube", unlike "slower on faces" and "linger on faces". */
static gboolean
is_platform (const GstMontageReading *self, const GstMontageFinding *finding,
    guint i)
{
  return finding->topic == GST_MONTAGE_TOPIC_SPEED
      && (gst_montage_prompt_word_is (self, i, "on")
          || gst_montage_prompt_word_is (self, i, "auf"));
}

static gboolean
find_after (const GstMontageReading *self, const GstMontageFinding *finding,
    Scope *out)
{
  guint start = finding->first + finding->n_words;

  /* "hold on", "linger on" */
  if (finding->n_words > 1 && !gst_montage_prompt_breaks (self, start)
      && read_place (self, start - 1, end_of_object (self, start), out))
    return TRUE;
  if (!gst_montage_prompt_breaks (self, start)
      && (read_begin (self, start, out) || read_noun_after (self, start, out)))
    return TRUE;
  for (guint i = start; i < self->n_words && i < start + MOST_BETWEEN; i++) {
    if (begins_condition (self, i))
      return set_part (self, i + 1, end_of_object (self, i + 1), out);
    if (gst_montage_prompt_breaks (self, i))
      return FALSE;
    if (!is_platform (self, finding, i)
        && read_place (self, i, end_of_object (self, i + 1), out))
      return TRUE;
    if (!gst_montage_prompt_is_stop_word (self->words[i].fold))
      return FALSE;
  }
  return FALSE;
}

/* "When people argue, cut faster": the clause before, or this one's head. */
static gboolean
find_condition (const GstMontageReading *self, guint start, guint end,
    Scope *out)
{
  for (guint i = start; i < end; i++) {
    if (begins_condition (self, i))
      return set_part (self, i + 1, end, out);
    if (!gst_montage_prompt_is_stop_word (self->words[i].fold))
      return FALSE;
  }
  return FALSE;
}

/* "People arguing: cut faster". Only a comparative is surely said of a part:
 * "our holiday: slow" is said of all. */
static gboolean
find_heading (const GstMontageReading *self, const GstMontageFinding *finding,
    guint start, guint end, Scope *out)
{
  if (!gst_montage_prompt_has_flag (self, end, GST_MONTAGE_WORD_COLON)
      || finding->topic == GST_MONTAGE_TOPIC_SPEED)
    return FALSE;
  return set_part (self, start, end, out);
}

/* "Make the intro slower", "das Ende schneller": the last word that says
 * something. */
static gboolean
find_part_before (const GstMontageReading *self, guint start, guint first,
    Scope *out)
{
  for (guint i = first; i > start; i--) {
    if (gst_montage_prompt_word_in (self, i - 1, GST_MONTAGE_WORDS_INTRO)
        || gst_montage_prompt_word_in (self, i - 1, GST_MONTAGE_WORDS_END)
        || gst_montage_prompt_word_in (self, i - 1, GST_MONTAGE_WORDS_MIDDLE))
      return set_part (self, i - 1, i, out);
    if (!gst_montage_prompt_is_stop_word (self->words[i - 1].fold))
      return FALSE;
  }
  return FALSE;
}

static gboolean
find_before (const GstMontageReading *self, const GstMontageFinding *finding,
    Scope *out)
{
  guint first = finding->first;
  guint start = clause_start (self, first);
  guint before;

  if ((first > start && read_begin (self, first - 1, out))
      || find_condition (self, start, first, out)
      || find_part_before (self, start, first, out))
    return TRUE;
  for (guint i = start; i < first; i++) {
    if (read_place (self, i, first, out))
      return TRUE;
    if (!gst_montage_prompt_is_stop_word (self->words[i].fold))
      break;
  }
  if (start < first && ends_in_scenes (self, start, first)
      && self->used[first - 1] == GST_MONTAGE_USED_NOT
      && set_part (self, start, first, out) && out->part == PART_SCENE
      && self->used[out->first] == GST_MONTAGE_USED_NOT)
    return TRUE;
  if ((finding->flags & GST_MONTAGE_LEXICON_AFTER_OBJECT) && start < first
      && set_part (self, start, first, out))
    return TRUE;
  if (start == 0)
    return FALSE;
  before = clause_start (self, start - 1);
  return find_heading (self, finding, before, start, out)
      || find_condition (self, before, start, out);
}

static GstMontageFinding
make_finding (const GstMontageFinding *pace, const Scope *scope)
{
  gint steps = steps_of (pace);
  guint first = MIN (pace->first, scope->all_first);
  guint end = MAX (pace->first + pace->n_words, scope->all_end);
  GstMontageFinding finding = {first, end - first, GST_MONTAGE_TOPIC_SCENE,
      steps};

  switch (scope->part) {
    case PART_INTRO:
      finding.topic = pace->topic == GST_MONTAGE_TOPIC_SPEED
          ? GST_MONTAGE_TOPIC_INTRO
          : GST_MONTAGE_TOPIC_INTRO_STEP;
      if (finding.topic == GST_MONTAGE_TOPIC_INTRO)
        finding.value = steps < 0 ? 32 : 4;
      else
        finding.value = -steps;
      break;
    case PART_END:
      finding.topic = GST_MONTAGE_TOPIC_CLIMAX;
      finding.value = 1;
      finding.negated = steps < 0;
      break;
    case PART_MIDDLE:
      finding.topic = GST_MONTAGE_TOPIC_UNSUPPORTED;
      break;
    case PART_MUSIC:
      finding.topic = GST_MONTAGE_TOPIC_AMPLIFY;
      finding.value = FOLLOW_THE_MUSIC;
      finding.flags = GST_MONTAGE_LEXICON_IMPLIED;
      break;
    default:
      finding.object_first = scope->first;
      finding.n_object_words = scope->end - scope->first;
      break;
  }
  return finding;
}

/* What else has been found in the words of @finding is part of it. */
static void
replace_findings (GstMontageReading *self, const GstMontageFinding *finding)
{
  guint end = finding->first + finding->n_words;

  for (guint i = self->findings->len; i > 0; i--) {
    const GstMontageFinding *other = &g_array_index (self->findings,
        GstMontageFinding, i - 1);

    if (other->first >= finding->first && other->first < end)
      g_array_remove_index (self->findings, i - 1);
  }
  g_array_append_val (self->findings, *finding);
  gst_montage_prompt_mark (self, finding->first, finding->n_words,
      GST_MONTAGE_USED_SCENE);
}

/* What is calm, "am Ende ruhig", is slow in that part of the film; "calm when
 * the sea is seen" says more than that. */
static gboolean
fits (const GstMontageFinding *pace, Part part)
{
  return !(pace->flags & GST_MONTAGE_LEXICON_IMPLIED) || part == PART_INTRO
      || part == PART_END;
}

static gboolean
scope_first_pace (GstMontageReading *self)
{
  for (guint i = 0; i < self->findings->len; i++) {
    const GstMontageFinding *pace = &g_array_index (self->findings,
        GstMontageFinding, i);
    GstMontageFinding finding;
    Scope scope;

    if (!is_pace (pace) || steps_of (pace) == 0
        || !(
            find_after (self, pace, &scope) || find_before (self, pace, &scope))
        || !fits (pace, scope.part))
      continue;
    finding = make_finding (pace, &scope);
    replace_findings (self, &finding);
    return TRUE;
  }
  return FALSE;
}

/* "Fades only in the quiet parts", "Blenden, wo es ruhig ist": the crossfades
 * follow the energy. */
static void
scope_fades (GstMontageReading *self, guint index)
{
  GstMontageFinding fades = g_array_index (self->findings, GstMontageFinding,
      index);
  guint i = fades.first + fades.n_words;
  Scope scope = {PART_MUSIC};

  while (i < self->n_words && !gst_montage_prompt_breaks (self, i)
      && !begins_place (self, i)
      && gst_montage_prompt_is_stop_word (self->words[i].fold))
    i++;
  if (!begins_place (self, i))
    return;
  scope.first = i + 1;
  scope.end = clause_end (self, i + 1);
  if (!any_of (self, &scope, GST_MONTAGE_WORDS_QUIET))
    return;
  fades.n_words = scope.end - fades.first;
  fades.value = GST_MONTAGE_TRANSITIONS_ENERGY_AWARE;
  replace_findings (self, &fades);
}

static gboolean
is_fade (const GstMontageFinding *finding)
{
  return finding->topic == GST_MONTAGE_TOPIC_TRANSITIONS && !finding->negated
      && finding->value == GST_MONTAGE_TRANSITIONS_CROSSFADE;
}

void
gst_montage_prompt_find_scopes (GstMontageReading *self)
{
  for (guint i = 0; i < self->findings->len; i++)
    if (is_fade (&g_array_index (self->findings, GstMontageFinding, i)))
      scope_fades (self, i);
  while (scope_first_pace (self))
    ;
}
