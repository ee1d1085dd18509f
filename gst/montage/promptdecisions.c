/* SPDX-License-Identifier: LGPL-2.1-or-later */
#ifdef HAVE_CONFIG_H
#include "config.h"
#endif

#include <string.h>

#include <gst/montage/decisions-private.h>
#include <gst/montage/field-private.h>
#include <gst/montage/prompt-private.h>

/* Which words decided on which field, and how sure that is. */

/* A number or a name leaves nothing to guess, a plain word little. What is only
 * implied ("calm" is slow) and a style that is guessed by its keywords are for
 * a model to confirm. */
#define SURE_MEASURE 1.0
#define SURE_NAME 1.0
#define SURE_WORD 0.9
#define SURE_KEYWORD 0.75
#define SURE_IMPLIED 0.6
/* Follows from other fields, by the rules of promptapply.c. */
#define SURE_CONSEQUENCE 0.5

/* The fields that a topic settles; the later ones as consequences. */
static const struct
{
  GstMontageTopic topic;
  const gchar *fields[3];
} topic_fields[] = {
    {GST_MONTAGE_TOPIC_MOOD, {"style.mood"}},
    {GST_MONTAGE_TOPIC_SPEED, {"pacing.speed"}},
    {GST_MONTAGE_TOPIC_SPEED_STEP, {"pacing.speed"}},
    {GST_MONTAGE_TOPIC_SPEED_FAULT, {"pacing.speed"}},
    {GST_MONTAGE_TOPIC_BEATS,
        {"pacing.speed", "pacing.variation", "energy_mapping.sync_to_beats"}},
    {GST_MONTAGE_TOPIC_VARIATION, {"pacing.variation"}},
    {GST_MONTAGE_TOPIC_INTRO, {"pacing.intro_duration_beats"}},
    {GST_MONTAGE_TOPIC_INTRO_STEP, {"pacing.intro_duration_beats"}},
    {GST_MONTAGE_TOPIC_CLIMAX, {"pacing.climax_intensity"}},
    {GST_MONTAGE_TOPIC_WIDE, {"cinematography.prefer_wide_shots"}},
    {GST_MONTAGE_TOPIC_ACTION, {"cinematography.prefer_high_action"}},
    {GST_MONTAGE_TOPIC_MATCH, {"cinematography.match_cuts_enabled"}},
    {GST_MONTAGE_TOPIC_INVISIBLE, {"cinematography.invisible_cuts_enabled"}},
    {GST_MONTAGE_TOPIC_SHOT_VARIETY,
        {"cinematography.shot_variation_priority"}},
    {GST_MONTAGE_TOPIC_TRANSITIONS, {"transitions.type"}},
    {GST_MONTAGE_TOPIC_LOOK, {"transitions.look", "transitions.type"}},
    {GST_MONTAGE_TOPIC_FADE, {"transitions.crossfade_duration_sec"}},
    {GST_MONTAGE_TOPIC_SYNC, {"energy_mapping.sync_to_beats"}},
    {GST_MONTAGE_TOPIC_AMPLIFY, {"energy_mapping.energy_amplification"}},
    {GST_MONTAGE_TOPIC_GRADING,
        {"effects.color_grading", "effects.color_intensity"}},
    {GST_MONTAGE_TOPIC_GRADED, {"effects.color_grading"}},
    {GST_MONTAGE_TOPIC_STABILIZE, {"effects.stabilization"}},
    {GST_MONTAGE_TOPIC_UPSCALE, {"effects.upscale"}},
    {GST_MONTAGE_TOPIC_SHARPEN, {"effects.sharpness_boost"}},
    {GST_MONTAGE_TOPIC_LENGTH, {"constraints.target_duration_sec"}},
    {GST_MONTAGE_TOPIC_LENGTH_STEP, {"constraints.target_duration_sec"}},
    {GST_MONTAGE_TOPIC_LENGTH_SCALE, {"constraints.target_duration_sec"}},
    {GST_MONTAGE_TOPIC_SHOT_LENGTH,
        {"constraints.min_clip_duration_sec",
            "constraints.max_clip_duration_sec", "pacing.speed"}},
    {GST_MONTAGE_TOPIC_SHORTEST, {"constraints.min_clip_duration_sec"}},
    {GST_MONTAGE_TOPIC_LONGEST,
        {"constraints.max_clip_duration_sec", "pacing.speed"}},
};

typedef struct
{
  const GstMontageReading *reading;
  const gchar *prompt;
  const GstMontageInstructions *before;
  const GstMontageInstructions *out;
  const gchar *style_words; /* nullable */
  gdouble style_sure;
  GArray *decisions;
} Noting;

static gboolean
is_measure (GstMontageTopic topic)
{
  return topic == GST_MONTAGE_TOPIC_BEATS || topic == GST_MONTAGE_TOPIC_LENGTH
      || topic == GST_MONTAGE_TOPIC_SHOT_LENGTH
      || topic == GST_MONTAGE_TOPIC_SHORTEST
      || topic == GST_MONTAGE_TOPIC_LONGEST;
}

/* How sure @finding settles the field @path, 0 where it does not. */
static gdouble
sureness (const GstMontageFinding *finding, const gchar *path)
{
  for (gsize i = 0; i < G_N_ELEMENTS (topic_fields); i++) {
    if (topic_fields[i].topic != finding->topic)
      continue;
    for (gsize k = 0; k < G_N_ELEMENTS (topic_fields[i].fields); k++) {
      if (g_strcmp0 (topic_fields[i].fields[k], path) != 0)
        continue;
      if (k > 0 && finding->topic != GST_MONTAGE_TOPIC_SHOT_LENGTH)
        return SURE_CONSEQUENCE;
      if (finding->flags & GST_MONTAGE_LEXICON_IMPLIED)
        return SURE_IMPLIED;
      return is_measure (finding->topic) ? SURE_MEASURE : SURE_WORD;
    }
  }
  return 0;
}

/* What was said most surely, and of that what was said last. */
static const GstMontageFinding *
find_cause (const GArray *findings, const gchar *path, gdouble *sure)
{
  const GstMontageFinding *cause = NULL;

  *sure = 0;
  for (guint i = 0; i < findings->len; i++) {
    const GstMontageFinding *finding = &g_array_index (findings,
        GstMontageFinding, i);
    gdouble value = finding->repeats ? 0 : sureness (finding, path);

    if (value > 0 && value >= *sure) {
      cause = finding;
      *sure = value;
    }
  }
  return cause;
}

static void
note_field (const GstMontageField *field, const gchar *path, gpointer data)
{
  Noting *self = data;
  gdouble sure;
  const GstMontageDecision *earlier = gst_montage_decision_find (self->before,
      path);
  const GstMontageFinding *cause = find_cause (self->reading->findings, path,
      &sure);
  g_autofree gchar *value = gst_montage_field_to_text (field,
      G_STRUCT_MEMBER_P (self->out, field->offset));
  g_autofree gchar *before = gst_montage_field_to_text (field,
      G_STRUCT_MEMBER_P (self->before, field->offset));
  g_autofree gchar *words = NULL;
  gboolean changed = strcmp (value, before) != 0;

  if (strcmp (path, "style.name") == 0 && self->style_sure > 0) {
    gst_montage_decisions_add (self->decisions, path, value, self->style_words,
        self->style_sure, self->out->origin.source);
    return;
  }
  /* a consequence that did not come about is no decision */
  if (!changed && sure <= SURE_CONSEQUENCE) {
    if (earlier)
      gst_montage_decisions_add (self->decisions, path, value, earlier->words,
          earlier->sure, earlier->source);
    return;
  }
  if (cause)
    words = gst_montage_prompt_words_of (self->reading, self->prompt, cause);
  gst_montage_decisions_add (self->decisions, path, value, words,
      cause ? sure : SURE_CONSEQUENCE, self->out->origin.source);
}

/* --- scenes ------------------------------------------------------------- */

/* The last finding that has made @rule, or %NULL. */
static const GstMontageFinding *
find_scene (const Noting *self, const GstMontageSceneRule *rule)
{
  const GArray *findings = self->reading->findings;

  for (guint i = findings->len; i > 0; i--) {
    const GstMontageFinding *finding = &g_array_index (findings,
        GstMontageFinding, i - 1);
    g_autofree gchar *when = NULL;

    if (finding->topic != GST_MONTAGE_TOPIC_SCENE)
      continue;
    when = gst_montage_prompt_text (self->reading, self->prompt,
        finding->object_first, finding->object_first + finding->n_object_words);
    if (strcmp (when, rule->when) == 0)
      return finding;
  }
  return NULL;
}

static void
note_scene (Noting *self, guint index)
{
  const GstMontageSceneRule *rule = &g_array_index (self->out->scenes,
      GstMontageSceneRule, index);
  const GstMontageFinding *cause = find_scene (self, rule);
  g_autofree gchar *path = g_strdup_printf ("scenes[%u]", index);
  const GstMontageDecision *earlier = gst_montage_decision_find (self->before,
      path);
  gchar weight[G_ASCII_DTOSTR_BUF_SIZE];
  g_autofree gchar *value = g_strdup_printf ("%s: speed_step %d, weight %s",
      rule->when, rule->speed_step,
      g_ascii_formatd (weight, sizeof weight, "%g", rule->weight));
  g_autofree gchar *words = NULL;

  if (cause) {
    words = gst_montage_prompt_words_of (self->reading, self->prompt, cause);
    gst_montage_decisions_add (self->decisions, path, value, words, SURE_WORD,
        self->out->origin.source);
  } else if (earlier)
    gst_montage_decisions_add (self->decisions, path, value, earlier->words,
        earlier->sure, earlier->source);
}

/* --- all of them -------------------------------------------------------- */

/* The words that the style was found by. */
static gchar *
list_style_words (const GstMontageReading *reading, const gchar *prompt)
{
  g_autoptr (GPtrArray) words = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; i < reading->findings->len; i++) {
    const GstMontageFinding *finding = &g_array_index (reading->findings,
        GstMontageFinding, i);

    if (finding->calls_style)
      g_ptr_array_add (words,
          gst_montage_prompt_words_of (reading, prompt, finding));
  }
  if (words->len == 0)
    return NULL;
  g_ptr_array_add (words, NULL);
  return g_strjoinv (", ", (GStrv) words->pdata);
}

void
gst_montage_prompt_note_decisions (const GstMontageReading *reading,
    const gchar *prompt, const GstMontageInstructions *before,
    GstMontageStyleSource style_source, GstMontageInstructions *out)
{
  static const gdouble style_sureness[] = {0, SURE_NAME, SURE_NAME,
      SURE_KEYWORD};
  g_autofree gchar *style_words = style_source == GST_MONTAGE_STYLE_CHOSEN
      ? NULL
      : list_style_words (reading, prompt);
  Noting noting = {reading, prompt, before, out, style_words,
      style_sureness[style_source],
      g_array_new (FALSE, TRUE, sizeof (GstMontageDecision))};

  gst_montage_directions_foreach (note_field, &noting);
  for (guint i = 0; i < out->scenes->len; i++)
    note_scene (&noting, i);
  gst_montage_instructions_take_decisions (out, noting.decisions);
}

typedef struct
{
  const GstMontageInstructions *before;
  GstMontageInstructions *out;
  GArray *decisions;
} Keeping;

static void
keep_decision (const GstMontageField *field, const gchar *path, gpointer data)
{
  Keeping *self = data;
  const GstMontageDecision *decision = gst_montage_decision_find (self->before,
      path);

  if (!decision || decision->sure < SURE_IMPLIED
      || strcmp (path, "style.name") == 0)
    return;
  gst_montage_field_assign (field,
      G_STRUCT_MEMBER_P (self->before, field->offset),
      G_STRUCT_MEMBER_P (self->out, field->offset));
  gst_montage_decisions_add (self->decisions, path, decision->value,
      decision->words, decision->sure, decision->source);
}

static void
keep_limits (GstMontageInstructions *out)
{
  gdouble *shortest = &out->constraints.min_clip_duration_sec;
  gdouble *longest = &out->constraints.max_clip_duration_sec;

  if (*shortest <= *longest)
    return;
  if (gst_montage_decision_is_settled (out,
          "constraints.max_clip_duration_sec"))
    *shortest = *longest;
  else
    *longest = *shortest;
}

static void
keep_scenes (const GstMontageInstructions *before, GstMontageInstructions *out)
{
  for (guint i = 0; i < before->scenes->len; i++) {
    GstMontageSceneRule rule = g_array_index (before->scenes,
        GstMontageSceneRule, i);

    rule.when = g_strdup (rule.when);
    g_array_append_val (out->scenes, rule);
  }
}

void
gst_montage_prompt_keep_decisions (const GstMontageInstructions *before,
    GstMontageInstructions *out)
{
  Keeping keeping = {before, out,
      g_array_new (FALSE, TRUE, sizeof (GstMontageDecision))};

  gst_montage_directions_foreach (keep_decision, &keeping);
  gst_montage_decisions_add_scenes (keeping.decisions, before);
  gst_montage_instructions_take_decisions (out, keeping.decisions);
  keep_limits (out);
  keep_scenes (before, out);
  for (guint i = 0; i < before->origin.turns->len; i++) {
    const GstMontageTurn *turn = &g_array_index (before->origin.turns,
        GstMontageTurn, i);
    const GstMontageTurn copy = {g_strdup (turn->text), turn->source,
        g_strdup (turn->model)};

    g_array_append_val (out->origin.turns, copy);
  }
}
