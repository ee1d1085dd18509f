/* SPDX-License-Identifier: LGPL-2.1-or-later */
#ifdef HAVE_CONFIG_H
#include "config.h"
#endif

#include <gst/montage/error.h>
#include <gst/montage/instructions-private.h>

/* The fallbacks are those of the style "dynamic". The offsets of a group's
 * fields are from the start of the instructions, so a group is an object at
 * offset 0. */
#define FIELD(member, name, type, ...)                                         \
  GST_MONTAGE_FIELD (GstMontageInstructions, member, name, type,               \
      .flags = GST_MONTAGE_FIELD_OPTIONAL, __VA_ARGS__)
#define GROUP(name_, fields_)                                                  \
  static const GstMontageFieldTable fields_##_table =                          \
      GST_MONTAGE_FIELD_TABLE (name_, GstMontageInstructions, fields_)
#define GROUP_FIELD(name_, fields_, text)                                      \
  {                                                                            \
    .name = name_, .type = GST_MONTAGE_FIELD_OBJECT, .offset = 0,              \
    .flags = GST_MONTAGE_FIELD_OPTIONAL, .table = &fields_##_table,            \
    .description = text                                                        \
  }

static const GstMontageField style_fields[] = {
    FIELD (style.name, "name", STRING, .fallback_string = "dynamic",
        .description = "Name of the cutting style."),
    FIELD (style.mood, "mood", ENUM, .enum_type = gst_montage_mood_get_type,
        .fallback = GST_MONTAGE_MOOD_NEUTRAL,
        .description = "Mood of the film."),
};
GROUP ("style", style_fields);

static const GstMontageField pacing_fields[] = {
    FIELD (pacing.speed, "speed", ENUM, .enum_type = gst_montage_speed_get_type,
        .fallback = GST_MONTAGE_SPEED_DYNAMIC,
        .description = "How often it cuts."),
    FIELD (pacing.variation, "variation", ENUM,
        .enum_type = gst_montage_variation_get_type,
        .fallback = GST_MONTAGE_VARIATION_MODERATE,
        .description = "How much the lengths of the shots differ."),
    FIELD (pacing.intro_duration_beats, "intro_duration_beats", UINT,
        .minimum = 4, .maximum = 32, .fallback = 16,
        .description = "Length of the intro in beats; it is cut more slowly."),
    FIELD (pacing.climax_intensity, "climax_intensity", DOUBLE, .minimum = 0,
        .maximum = 1, .fallback = 0.8,
        .description = "How dense the cuts get where the music peaks."),
};
GROUP ("pacing", pacing_fields);

static const GstMontageField cinematography_fields[] = {
    FIELD (cinematography.prefer_wide_shots, "prefer_wide_shots", BOOLEAN,
        .description = "Wide shots score higher."),
    FIELD (cinematography.prefer_high_action, "prefer_high_action", BOOLEAN,
        .description = "Shots with much motion score higher."),
    FIELD (cinematography.match_cuts_enabled, "match_cuts_enabled", BOOLEAN,
        .description = "Look for pictures that continue each other's form."),
    FIELD (cinematography.invisible_cuts_enabled, "invisible_cuts_enabled",
        BOOLEAN,
        .description = "Look for pictures that continue each other's motion."),
    FIELD (cinematography.shot_variation_priority, "shot_variation_priority",
        ENUM, .enum_type = gst_montage_priority_get_type,
        .fallback = GST_MONTAGE_PRIORITY_MEDIUM,
        .description = "Weight of variety of sources and shot sizes."),
};
GROUP ("cinematography", cinematography_fields);

static const GstMontageField transitions_fields[] = {
    FIELD (transitions.type, "type", ENUM,
        .enum_type = gst_montage_transitions_get_type,
        .fallback = GST_MONTAGE_TRANSITIONS_ENERGY_AWARE,
        .description = "Where crossfades, or what look says, stand."),
    FIELD (transitions.crossfade_duration_sec, "crossfade_duration_sec", DOUBLE,
        .minimum = 0.1, .maximum = 2, .fallback = 0.5,
        .description = "Length of a crossfade in seconds."),
    GST_MONTAGE_FIELD (GstMontageInstructions, transitions.look, "look", ENUM,
        .flags = GST_MONTAGE_FIELD_OPTIONAL | GST_MONTAGE_FIELD_SPARSE,
        .enum_type = gst_montage_transition_look_get_type,
        .fallback = GST_MONTAGE_TRANSITION_LOOK_CROSSFADE,
        .description = "What stands for the crossfades."),
};
GROUP ("transitions", transitions_fields);

static const GstMontageField energy_mapping_fields[] = {
    FIELD (energy_mapping.sync_to_beats, "sync_to_beats", BOOLEAN,
        .fallback = TRUE,
        .description = "Cut on the beats; else at the best moments near them."),
    FIELD (energy_mapping.energy_amplification, "energy_amplification", DOUBLE,
        .minimum = 0.5, .maximum = 2, .fallback = 1,
        .description = "How strongly energy acts; 1 leaves it unchanged."),
};
GROUP ("energy_mapping", energy_mapping_fields);

static const GstMontageField effects_fields[] = {
    FIELD (effects.color_grading, "color_grading", ENUM,
        .enum_type = gst_montage_grading_get_type,
        .fallback = GST_MONTAGE_GRADING_NEUTRAL,
        .description = "Colour grade."),
    FIELD (effects.color_intensity, "color_intensity", DOUBLE, .minimum = 0,
        .maximum = 1, .fallback = 1,
        .description = "0 leaves the colours alone, 1 is the full grade."),
    FIELD (effects.stabilization, "stabilization", BOOLEAN,
        .description = "Take the shake out of the pictures."),
    FIELD (effects.upscale, "upscale", BOOLEAN,
        .description = "Enlarge small sources with a better filter."),
    FIELD (effects.sharpness_boost, "sharpness_boost", BOOLEAN,
        .description = "Sharpen."),
};
GROUP ("effects", effects_fields);

static const GstMontageField constraints_fields[] = {
    GST_MONTAGE_FIELD (GstMontageInstructions, constraints.target_duration_sec,
        "target_duration_sec", DOUBLE,
        .flags = GST_MONTAGE_FIELD_OPTIONAL | GST_MONTAGE_FIELD_NULLABLE,
        .minimum = 0.1, .maximum = 86400,
        .description = "Length of the film in seconds; null: the whole song."),
    FIELD (constraints.min_clip_duration_sec, "min_clip_duration_sec", DOUBLE,
        .minimum = 0.5, .maximum = 10, .fallback = 0.5,
        .description = "Shortest shot in seconds."),
    FIELD (constraints.max_clip_duration_sec, "max_clip_duration_sec", DOUBLE,
        .minimum = 2, .maximum = 60, .fallback = 10,
        .description = "Longest shot in seconds."),
};
GROUP ("constraints", constraints_fields);

#define ITEM(Struct, member, name, type, ...)                                  \
  GST_MONTAGE_FIELD (Struct, member, name, type, __VA_ARGS__)
#define ITEM_TABLE(name_, Struct, fields_)                                     \
  static const GstMontageFieldTable fields_##_table =                          \
      GST_MONTAGE_FIELD_TABLE (name_, Struct, fields_)
#define LIST_FIELD(member, name, fields_, text)                                \
  FIELD (member, name, ARRAY, .table = &fields_##_table, .description = text)

static const GstMontageField scene_fields[] = {
    ITEM (GstMontageSceneRule, when, "when", STRING,
        .description = "What a shot shows, in words."),
    ITEM (GstMontageSceneRule, speed_step, "speed_step", INT,
        .flags = GST_MONTAGE_FIELD_OPTIONAL, .minimum = -2, .maximum = 2,
        .description = "Steps of the speed by which it is cut faster there."),
    ITEM (GstMontageSceneRule, weight, "weight", DOUBLE,
        .flags = GST_MONTAGE_FIELD_OPTIONAL, .minimum = -1, .maximum = 1,
        .description = "-1: rather not shown, 1: rather shown."),
};
ITEM_TABLE ("scene", GstMontageSceneRule, scene_fields);

static const GstMontageField decision_fields[] = {
    ITEM (GstMontageDecision, field, "field", STRING,
        .description = "The field that was decided."),
    ITEM (GstMontageDecision, value, "value", STRING,
        .description = "Its value, as in this document."),
    ITEM (GstMontageDecision, words, "words", STRING,
        .flags = GST_MONTAGE_FIELD_OPTIONAL | GST_MONTAGE_FIELD_NULLABLE,
        .description = "The words that caused it."),
    ITEM (GstMontageDecision, sure, "sure", DOUBLE, .minimum = 0, .maximum = 1,
        .description = "How sure that is; below 0.7 a model may change it."),
    ITEM (GstMontageDecision, source, "source", ENUM,
        .enum_type = gst_montage_origin_get_type,
        .description = "Who decided."),
};
ITEM_TABLE ("decision", GstMontageDecision, decision_fields);

static const GstMontageField turn_fields[] = {
    ITEM (GstMontageTurn, text, "text", STRING,
        .description = "What was said."),
    ITEM (GstMontageTurn, source, "source", ENUM,
        .enum_type = gst_montage_origin_get_type,
        .description = "Who understood it."),
    ITEM (GstMontageTurn, model, "model", STRING,
        .flags = GST_MONTAGE_FIELD_OPTIONAL | GST_MONTAGE_FIELD_NULLABLE,
        .description = "The model that answered."),
};
ITEM_TABLE ("turn", GstMontageTurn, turn_fields);

static const GstMontageField origin_fields[] = {
    FIELD (origin.source, "source", ENUM,
        .enum_type = gst_montage_origin_get_type,
        .fallback = GST_MONTAGE_ORIGIN_DEFAULTS,
        .description = "Who settled the instructions."),
    GST_MONTAGE_FIELD (GstMontageInstructions, origin.prompt, "prompt", STRING,
        .flags = GST_MONTAGE_FIELD_OPTIONAL | GST_MONTAGE_FIELD_NULLABLE,
        .description = "What was asked last."),
    GST_MONTAGE_FIELD (GstMontageInstructions, origin.model, "model", STRING,
        .flags = GST_MONTAGE_FIELD_OPTIONAL | GST_MONTAGE_FIELD_NULLABLE,
        .description = "The language model that answered."),
    FIELD (origin.keywords, "keywords", STRINGS,
        .description = "Words of the prompt that were understood."),
    FIELD (origin.left_over, "left_over", STRINGS,
        .description = "Words of the prompt that nobody understood."),
    LIST_FIELD (origin.decisions, "decisions", decision_fields,
        "What was decided, and by which words."),
    LIST_FIELD (origin.turns, "turns", turn_fields,
        "The conversation, what was said first comes first."),
    FIELD (origin.notes, "notes", STRINGS,
        .description = "What was corrected or settled, in sentences."),
};
GROUP ("origin", origin_fields);

static const GstMontageField instructions_fields[] = {
    FIELD (revision, "revision", UINT, .minimum = 1, .maximum = G_MAXINT,
        .fallback = 1,
        .description = "1, 2, …: grows when the prompt changes while it runs."),
    GROUP_FIELD ("style", style_fields, "The style that all starts from."),
    GROUP_FIELD ("pacing", pacing_fields, "When it cuts."),
    GROUP_FIELD ("cinematography", cinematography_fields, "What it shows."),
    GROUP_FIELD ("transitions", transitions_fields, "How it cuts."),
    GROUP_FIELD ("energy_mapping", energy_mapping_fields,
        "What the music's energy does."),
    GROUP_FIELD ("effects", effects_fields, "What is done to the pictures."),
    GROUP_FIELD ("constraints", constraints_fields, "Limits that always hold."),
    LIST_FIELD (scenes, "scenes", scene_fields,
        "Wishes that hold where a shot shows something."),
    {.name = "weights",
        .type = GST_MONTAGE_FIELD_OBJECT,
        .flags = GST_MONTAGE_FIELD_OPTIONAL | GST_MONTAGE_FIELD_SPARSE,
        .table = &gst_montage_weights_table,
        .description = "What the points of a term are multiplied by."},
    GROUP_FIELD ("origin", origin_fields, "Where the instructions come from."),
};

const GstMontageFieldTable gst_montage_instructions_table =
    GST_MONTAGE_FIELD_TABLE ("instructions document", GstMontageInstructions,
        instructions_fields);

/* From style to constraints. */
const GstMontageFieldTable gst_montage_directions_table = {.name = "answer",
    .size = sizeof (GstMontageInstructions),
    .fields = instructions_fields + 1,
    .n_fields = 7};

const GstMontageDocument gst_montage_instructions_document =
    {"gst-montage/instructions", 1, &gst_montage_instructions_table};

G_DEFINE_BOXED_TYPE (GstMontageInstructions, gst_montage_instructions,
    gst_montage_instructions_copy, gst_montage_instructions_free)

/**
 * gst_montage_instructions_new:
 *
 * Returns: (transfer full): the defaults, those of the style "dynamic"
 */
GstMontageInstructions *
gst_montage_instructions_new (void)
{
  return gst_montage_document_new (&gst_montage_instructions_document);
}

GstMontageInstructions *
gst_montage_instructions_copy (const GstMontageInstructions *self)
{
  return gst_montage_document_copy (&gst_montage_instructions_document, self);
}

void
gst_montage_instructions_free (GstMontageInstructions *self)
{
  gst_montage_document_free (&gst_montage_instructions_document, self);
}

/**
 * gst_montage_instructions_validate:
 * @self: instructions
 * @error: return location: #GST_MONTAGE_ERROR_FIELD
 *
 * Returns: whether every field is in its range and the limits agree
 */
gboolean
gst_montage_instructions_validate (const GstMontageInstructions *self,
    GError **error)
{
  if (!gst_montage_fields_validate (&gst_montage_instructions_table, self, "",
          error))
    return FALSE;
  if (self->constraints.min_clip_duration_sec
      <= self->constraints.max_clip_duration_sec)
    return TRUE;
  g_set_error (error, GST_MONTAGE_ERROR, GST_MONTAGE_ERROR_FIELD,
      "constraints.min_clip_duration_sec is %g: at most "
      "constraints.max_clip_duration_sec, %g, is expected.",
      self->constraints.min_clip_duration_sec,
      self->constraints.max_clip_duration_sec);
  return FALSE;
}

/**
 * gst_montage_instructions_from_json:
 * @text: a document "gst-montage/instructions"
 * @length: bytes, or -1
 * @origin: names the text in messages
 * @error: return location
 *
 * Returns: (transfer full): validated instructions, or %NULL
 */
GstMontageInstructions *
gst_montage_instructions_from_json (const gchar *text, gssize length,
    const gchar *origin, GError **error)
{
  g_autoptr (GstMontageInstructions)
      self = gst_montage_document_read (&gst_montage_instructions_document,
          text, length, origin, error);

  if (!self)
    return NULL;
  if (!gst_montage_instructions_validate (self, error)) {
    g_prefix_error (error, "%s: ", origin ? origin : "The document");
    return NULL;
  }
  return g_steal_pointer (&self);
}

gchar *
gst_montage_instructions_to_json (const GstMontageInstructions *self)
{
  return gst_montage_document_write (&gst_montage_instructions_document, self);
}

/**
 * gst_montage_instructions_to_structure:
 * @self: instructions
 * @name: of the structure
 *
 * Returns: (transfer full): "NAME, revision=…, style-name=…, pacing-speed=…"
 */
GstStructure *
gst_montage_instructions_to_structure (const GstMontageInstructions *self,
    const gchar *name)
{
  GstStructure *structure = gst_structure_new_empty (name);

  gst_montage_fields_to_structure (&gst_montage_instructions_table, self, NULL,
      structure);
  return structure;
}

/**
 * gst_montage_instructions_from_structure:
 * @structure: fields named as by gst_montage_instructions_to_structure()
 * @error: return location
 *
 * Returns: (transfer full): validated instructions; what @structure does not
 *   hold has its default; %NULL where a field is wrong
 */
GstMontageInstructions *
gst_montage_instructions_from_structure (const GstStructure *structure,
    GError **error)
{
  g_autoptr (GstMontageInstructions) self = gst_montage_instructions_new ();

  if (!gst_montage_fields_from_structure (&gst_montage_instructions_table, self,
          NULL, structure, error)
      || !gst_montage_instructions_validate (self, error))
    return NULL;
  return g_steal_pointer (&self);
}
