/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "prompt-private.h"

#include <string.h>

/* What became of a sentence that contradicts itself, and of a wish that cannot
 * be met, in sentences for the user. The rules are those of promptapply.c. */

typedef struct
{
  const GstMontageReading *reading;
  const gchar *prompt;
  GPtrArray *notes;
} Noting;

static const GstMontageFinding *
finding_at (const GstMontageReading *self, guint i)
{
  return &g_array_index (self->findings, GstMontageFinding, i);
}

/* Said outright: neither implied, nor part of the style, nor denied. */
static gboolean
is_said (const GstMontageFinding *finding)
{
  return !finding->negated && !finding->repeats
      && !(finding->flags & GST_MONTAGE_LEXICON_IMPLIED);
}

/* The last finding of @topic that is said, with a value of low..high. */
static const GstMontageFinding *
last_said (const GstMontageReading *self, GstMontageTopic topic, gdouble low,
    gdouble high)
{
  for (guint i = self->findings->len; i > 0; i--) {
    const GstMontageFinding *finding = finding_at (self, i - 1);

    if (finding->topic == topic && is_said (finding) && finding->value >= low
        && finding->value <= high)
      return finding;
  }
  return NULL;
}

/* "WORDS" and "WORDS": @text */
static void
note_pair (Noting *self, const GstMontageFinding *left,
    const GstMontageFinding *right, const gchar *text)
{
  g_autofree gchar *first = gst_montage_prompt_words_of (self->reading,
      self->prompt, left);
  g_autofree gchar *second = gst_montage_prompt_words_of (self->reading,
      self->prompt, right);

  g_ptr_array_add (self->notes,
      g_strdup_printf ("\"%s\" and \"%s\": %s", first, second, text));
}

/* Two values of what can have one only: the later one holds. */
static void
note_topic (Noting *self, GstMontageTopic topic, const gchar *text)
{
  const GstMontageReading *reading = self->reading;
  const GstMontageFinding *last = last_said (reading, topic, -G_MAXDOUBLE,
      G_MAXDOUBLE);

  for (guint i = 0; last && i < reading->findings->len; i++) {
    const GstMontageFinding *finding = finding_at (reading, i);

    if (finding->topic == topic && is_said (finding)
        && finding->value != last->value) {
      note_pair (self, finding, last, text);
      return;
    }
  }
}

static void
note_pace (Noting *self)
{
  const GstMontageReading *reading = self->reading;
  const GstMontageFinding *beats = last_said (reading, GST_MONTAGE_TOPIC_BEATS,
      0, G_MAXDOUBLE);
  const GstMontageFinding *slow = last_said (reading, GST_MONTAGE_TOPIC_SPEED,
      GST_MONTAGE_SPEED_VERY_SLOW, GST_MONTAGE_SPEED_SLOW);
  const GstMontageFinding *fast = last_said (reading, GST_MONTAGE_TOPIC_SPEED,
      GST_MONTAGE_SPEED_FAST, GST_MONTAGE_SPEED_VERY_FAST);

  if (beats && (slow || fast))
    note_pair (self, slow ? slow : fast, beats, "the beats decide.");
  else if (slow && fast)
    note_pair (self, slow, fast, "the pace follows the music.");
}

static void
note_transitions (Noting *self)
{
  const GstMontageFinding *hard = last_said (self->reading,
      GST_MONTAGE_TOPIC_TRANSITIONS, GST_MONTAGE_TRANSITIONS_HARD_CUTS,
      GST_MONTAGE_TRANSITIONS_HARD_CUTS);
  const GstMontageFinding *fades = last_said (self->reading,
      GST_MONTAGE_TOPIC_TRANSITIONS, GST_MONTAGE_TRANSITIONS_CROSSFADE,
      GST_MONTAGE_TRANSITIONS_CROSSFADE);

  if (hard && fades)
    note_pair (self, hard, fades, "some cuts are crossfaded.");
}

/* Where the film is as long as the song, nobody knows yet how long that is. */
static void
note_length (Noting *self, const GstMontageInstructions *out)
{
  for (guint i = 0; i < self->reading->findings->len; i++) {
    const GstMontageFinding *finding = finding_at (self->reading, i);
    g_autofree gchar *words = NULL;

    if (finding->topic != GST_MONTAGE_TOPIC_UNSUPPORTED
        || !finding->needs_length || out->constraints.target_duration_sec != 0)
      continue;
    words = gst_montage_prompt_words_of (self->reading, self->prompt, finding);
    g_ptr_array_add (self->notes,
        g_strdup_printf ("\"%s\": the film is as long as the song; say how "
                         "many seconds it shall have.",
            words));
  }
}

void
gst_montage_prompt_add_notes (const GstMontageReading *self,
    const gchar *prompt, GstMontageInstructions *out)
{
  g_autoptr (GPtrArray) notes = g_ptr_array_new_with_free_func (g_free);
  Noting noting = {self, prompt, notes};

  note_pace (&noting);
  note_transitions (&noting);
  note_topic (&noting, GST_MONTAGE_TOPIC_BEATS, "the later one holds.");
  note_topic (&noting, GST_MONTAGE_TOPIC_VARIATION, "the later one holds.");
  note_topic (&noting, GST_MONTAGE_TOPIC_MOOD,
      "a film has one mood, the later one.");
  note_topic (&noting, GST_MONTAGE_TOPIC_GRADING,
      "a film has one colour grade, the later one.");
  note_topic (&noting, GST_MONTAGE_TOPIC_LENGTH, "the later length holds.");
  note_length (&noting, out);
  gst_montage_instructions_add_notes (out, notes);
}
