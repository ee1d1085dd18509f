/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "prompt-private.h"

#include <string.h>

/* What the pictures shall show: "more of the sea", "keine Autos", "less of the
 * crowd". Only words that mean nothing else to the reading are taken, so that
 * "no fades" stays what it is. */

/* "More of the people in boats on the lake" */
#define MOST_WORDS 6

/* The longest wish at word @i: how many words it has. */
static guint
match_wish (const GstMontageReading *self, guint i, gdouble *weight)
{
  const GstMontageWordValue *row;
  guint longest = 0;
  guint endings;

  for (row = gst_montage_lexicon_wishes; row->word; row++) {
    guint n;

    if (row->word[0] != self->words[i].fold[0])
      continue;
    n = gst_montage_prompt_match (self, i, row->word, &endings);
    if (n > longest && endings == 0) {
      longest = n;
      *weight = row->value;
    }
  }
  for (guint k = i; k < i + longest; k++)
    if (self->used[k])
      return 0;
  return longest;
}

static gboolean
ends_object (const GstMontageReading *self, guint i)
{
  return self->used[i]
      || gst_montage_prompt_word_in (self, i, GST_MONTAGE_WORDS_AWAY)
      || gst_montage_prompt_word_in (self, i, GST_MONTAGE_WORDS_AND)
      || gst_montage_prompt_word_in (self, i, GST_MONTAGE_WORDS_OR)
      || gst_montage_prompt_word_in (self, i, GST_MONTAGE_WORDS_CONTRAST);
}

/* What stands from @first on: at most the first word may follow a break. */
static guint
end_of_object (const GstMontageReading *self, guint first)
{
  guint i = first;

  while (i < self->n_words && i < first + MOST_WORDS && !ends_object (self, i)
      && (i == first || !gst_montage_prompt_breaks (self, i)))
    i++;
  return i;
}

static gboolean
is_number (const GstMontageReading *self, guint first, guint end)
{
  for (guint i = first; i < end; i++)
    if (g_ascii_isdigit (self->words[i].fold[0]))
      return TRUE;
  return FALSE;
}

/* "Less of me" */
static gboolean
is_person (const GstMontageReading *self, guint first, guint end)
{
  return end == first + 1
      && gst_montage_prompt_word_in (self, first, GST_MONTAGE_WORDS_PERSON);
}

/* A wish whose words are [first, end) and whose object begins at @object. */
static gboolean
add_wish (GstMontageReading *self, guint first, guint object, gdouble weight,
    guint *end)
{
  guint object_end = end_of_object (self, object);
  GstMontageFinding finding = {first, 0, GST_MONTAGE_TOPIC_SCENE};

  *end = object_end;
  if (!is_person (self, object, object_end)
      && !gst_montage_prompt_trim (self, &object, &object_end))
    return FALSE;
  if (is_number (self, object, object_end))
    return FALSE;
  finding.object_first = object;
  finding.n_object_words = object_end - object;
  finding.n_words = object_end - first;
  finding.weight = weight;
  g_array_append_val (self->findings, finding);
  gst_montage_prompt_mark (self, first, finding.n_words,
      GST_MONTAGE_USED_SCENE);
  return TRUE;
}

/* "No cars or dogs", "mehr Meer und Strand" */
static gboolean
goes_on (const GstMontageReading *self, guint i)
{
  return i + 1 < self->n_words && !gst_montage_prompt_breaks (self, i)
      && (gst_montage_prompt_word_in (self, i, GST_MONTAGE_WORDS_AND)
          || gst_montage_prompt_word_in (self, i, GST_MONTAGE_WORDS_OR))
      && !self->used[i + 1]
      && !gst_montage_prompt_is_stop_word (self->words[i + 1].fold);
}

/* "Autos raus", "die Nachbarn gar nicht": the clause that ends before word
 * @i. */
static void
add_farewell (GstMontageReading *self, guint i)
{
  gboolean not_at_all = gst_montage_prompt_word_is (self, i, "gar")
      && gst_montage_prompt_word_is (self, i + 1, "nicht");
  guint next = not_at_all ? i + 2 : i + 1;
  guint first = i;
  guint end;

  if (!not_at_all
      && !gst_montage_prompt_word_in (self, i, GST_MONTAGE_WORDS_AWAY))
    return;
  if (next < self->n_words && !gst_montage_prompt_breaks (self, next))
    return;
  while (first > 0 && !gst_montage_prompt_breaks (self, first))
    first--;
  if (first < i && end_of_object (self, first) >= i)
    add_wish (self, first, first, -1, &end);
}

void
gst_montage_prompt_find_wishes (GstMontageReading *self)
{
  for (guint i = 0; i < self->n_words; i++)
    add_farewell (self, i);
  for (guint i = 0; i < self->n_words; i++) {
    gdouble weight = 0;
    guint n = match_wish (self, i, &weight);
    guint end;

    /* "no" and then a break wishes for nothing */
    if (n == 0 || gst_montage_prompt_breaks (self, i + n)
        || !add_wish (self, i, i + n, weight, &end))
      continue;
    while (goes_on (self, end))
      if (!add_wish (self, end + 1, end + 1, weight, &end))
        break;
    i = end - 1;
  }
}

/* --- into the instructions ---------------------------------------------- */

/* The rule for @when, which may have been there before. Takes @when. */
static GstMontageSceneRule *
get_rule (GstMontageInstructions *out, gchar *when)
{
  GstMontageSceneRule rule = {when, 0, 0};

  for (guint i = 0; i < out->scenes->len; i++) {
    GstMontageSceneRule *known = &g_array_index (out->scenes,
        GstMontageSceneRule, i);

    if (strcmp (known->when, when) == 0) {
      g_free (when);
      return known;
    }
  }
  g_array_append_val (out->scenes, rule);
  return &g_array_index (out->scenes, GstMontageSceneRule,
      out->scenes->len - 1);
}

void
gst_montage_prompt_apply_scenes (const GstMontageReading *self,
    const gchar *prompt, GstMontageInstructions *out)
{
  for (guint i = 0; i < self->findings->len; i++) {
    const GstMontageFinding *finding = &g_array_index (self->findings,
        GstMontageFinding, i);
    GstMontageSceneRule *rule;

    if (finding->topic != GST_MONTAGE_TOPIC_SCENE)
      continue;
    rule = get_rule (out,
        gst_montage_prompt_text (self, prompt, finding->object_first,
            finding->object_first + finding->n_object_words));
    if (finding->weight != 0)
      rule->weight = finding->weight;
    else
      rule->speed_step = (gint) finding->value;
  }
}
