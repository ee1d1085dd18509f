/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "styleeffects.h"

#include <math.h>
#include <string.h>

/* A number that is nearer to an end than this share of its range says little
 * there. */
#define ROOM 0.4
/* Of a style's own limit of the lengths, where the film does not reach it. */
#define MORE_ROOM "2"

/* The limits of the lengths are factors of what they limit. */
static const StyleEffect effects[] = {
    {"style.mood", "calm", "energetic", STYLE_LIVELY_MOOD, 0.03},
    {"pacing.speed", "very_slow", "very_fast", STYLE_CUTS_PER_MINUTE, 4},
    {"pacing.variation", "minimal", NULL, STYLE_RHYTHM, 0.1,
        .not = "fibonacci"},
    {"pacing.variation", NULL, "high", STYLE_RHYTHM, 0.1, .only = "minimal"},
    {"pacing.variation", "minimal", NULL, STYLE_ACCELERATION, 0.5,
        .only = "fibonacci"},
    {"pacing.intro_duration_beats", "32", NULL, STYLE_INTRO_CUTS_PER_MINUTE,
        0.5, .not = "16"},
    {"pacing.intro_duration_beats", NULL, "4", STYLE_INTRO_CUTS_PER_MINUTE, 0.5,
        .only = "16"},
    {"pacing.intro_duration_beats", NULL, "4", STYLE_INTRO_CUTS_PER_MINUTE, 0.5,
        .only = "32"},
    {"pacing.climax_intensity", "0", "1", STYLE_CLIMAX_CUTS_PER_MINUTE, 0.5,
        .room = 0.25},
    {"cinematography.prefer_wide_shots", "false", "true", STYLE_WIDE, 0.05},
    {"cinematography.prefer_high_action", "false", "true", STYLE_ACTION, 0.025},
    {"cinematography.match_cuts_enabled", "false", "true", STYLE_MATCHES, 0.02},
    {"cinematography.invisible_cuts_enabled", "false", "true", STYLE_HIDDEN,
        0.02},
    {"cinematography.shot_variation_priority", "low", "high",
        STYLE_SIZE_CHANGES, 0.03},
    {"transitions.type", "hard_cuts", "crossfade", STYLE_CROSSFADES, 0.05},
    {"transitions.crossfade_duration_sec", "0.1", "2", STYLE_CROSSFADE_SEC,
        0.04, .room = 0.1},
    {"energy_mapping.sync_to_beats", "false", "true", STYLE_ON_BEAT, 0.2},
    {"energy_mapping.energy_amplification", "0.5", "2", STYLE_PACE_RANGE, 0.1,
        .room = 0.3},
    {"energy_mapping.energy_amplification", "0.5", "2", STYLE_MOTION_RANGE,
        0.04, .room = 0.3},
    {"effects.color_grading", NULL, "noir", STYLE_COLORLESS, 0.9},
    {"effects.color_intensity", "0", "1", STYLE_GRADED, 0.9},
    {"effects.stabilization", "false", "true", STYLE_STABILIZED, 0.9},
    {"effects.upscale", "false", "true", STYLE_UPSCALED, 0.9},
    {"effects.sharpness_boost", "false", "true", STYLE_SHARPENED, 0.9},
    {"constraints.target_duration_sec", "60", NULL, STYLE_FILM_SEC, 60},
    {"constraints.min_clip_duration_sec", NULL, "1.6", STYLE_SHORTEST_SEC, 0.2},
    {"constraints.max_clip_duration_sec", "0.6", MORE_ROOM, STYLE_LONGEST_SEC,
        0.4},
    {"scenes.weight", "-1", "1", STYLE_SEA, 0.05},
    {"scenes.speed_step", "1", NULL, STYLE_SEA_SEC, 0.05},
};

const StyleEffect *
style_effects (guint *n)
{
  *n = G_N_ELEMENTS (effects);
  return effects;
}

/* ---- a field by its name ---- */

/* Styles have no rules for scenes: one is made. */
static void
add_rule (GstMontageInstructions *instructions, const gchar *field,
    const gchar *text)
{
  GstMontageSceneRule rule = {.when = g_strdup ("sea")};

  if (strcmp (field, "scenes.weight") == 0)
    rule.weight = g_ascii_strtod (text, NULL);
  else
    rule.speed_step = (gint) g_ascii_strtoll (text, NULL, 10);
  g_array_append_val (instructions->scenes, rule);
}

static gchar *
structure_name (const gchar *field)
{
  return g_strdelimit (g_strdup (field), "._", '-');
}

static GstMontageInstructions *
with_field (const GstMontageInstructions *style, const gchar *field,
    const gchar *text)
{
  g_autoptr (GstStructure)
      structure = gst_montage_instructions_to_structure (style, "instructions");
  g_autofree gchar *name = structure_name (field);
  g_autoptr (GError) error = NULL;
  g_auto (GValue) value = G_VALUE_INIT;
  GstMontageInstructions *other;

  if (g_str_has_prefix (field, "scenes.")) {
    other = gst_montage_instructions_copy (style);
    add_rule (other, field, text);
    return other;
  }
  g_value_init (&value, gst_structure_get_field_type (structure, name));
  if (!gst_value_deserialize (&value, text))
    g_error ("%s is no %s", text, field);
  gst_structure_set_value (structure, name, &value);
  other = gst_montage_instructions_from_structure (structure, &error);
  if (other == NULL)
    g_error ("%s: %s", field, error->message);

  return other;
}

/* ---- where it goes ---- */

static gboolean
is_limit (const StyleEffect *effect)
{
  return g_str_has_suffix (effect->field, "_clip_duration_sec");
}

static gdouble
limit_value (const StyleEffect *effect, gboolean high, const gdouble *values,
    const GstMontageInstructions *style)
{
  gdouble shortest = style->constraints.min_clip_duration_sec;
  gdouble longest = style->constraints.max_clip_duration_sec;

  if (!high)
    return MAX (g_ascii_strtod (effect->low, NULL) * values[effect->measure],
        MAX (shortest, 2.0));
  if (effect->low != NULL)
    return MIN (g_ascii_strtod (effect->high, NULL) * longest, 60.0);
  return MIN (g_ascii_strtod (effect->high, NULL) * values[effect->measure],
      MIN (longest, 10.0));
}

/* (nullable): the value at that end. */
static gchar *
end_value (const StyleEffect *effect, gboolean high, const gdouble *values,
    const GstMontageInstructions *style)
{
  const gchar *end = high ? effect->high : effect->low;
  gchar text[G_ASCII_DTOSTR_BUF_SIZE];

  if (end == NULL || !is_limit (effect))
    return g_strdup (end);
  return g_strdup (g_ascii_formatd (text, sizeof (text), "%.3f",
      limit_value (effect, high, values, style)));
}

static gchar *
present_value (const StyleEffect *effect, const GstMontageInstructions *style)
{
  g_autoptr (GstStructure)
      structure = gst_montage_instructions_to_structure (style, "instructions");
  g_autofree gchar *name = structure_name (effect->field);
  const GValue *value = gst_structure_get_value (structure, name);

  return value != NULL ? gst_value_serialize (value) : g_strdup ("");
}

/* Whether there is room between what @style has and @end. */
static gboolean
has_room (const StyleEffect *effect, const gchar *now, gboolean high,
    const gchar *end, const gdouble *values)
{
  gdouble value = g_ascii_strtod (end, NULL), range;

  if (is_limit (effect))
    return high || values[effect->measure] - value >= effect->margin;
  if (!g_ascii_isdigit (now[0]) || effect->low == NULL || effect->high == NULL)
    return strcmp (now, end) != 0;
  range = fabs (
      g_ascii_strtod (effect->high, NULL) - g_ascii_strtod (effect->low, NULL));

  return fabs (g_ascii_strtod (now, NULL) - value)
      > (effect->room > 0 ? effect->room : ROOM) * range - 1e-6;
}

static gboolean
is_tried (const StyleEffect *effect, const GstMontageInstructions *style,
    gboolean high, const gdouble *values)
{
  g_autofree gchar *now = present_value (effect, style);
  g_autofree gchar *end = end_value (effect, high, values, style);

  if (end == NULL || (effect->only != NULL && strcmp (now, effect->only) != 0)
      || (effect->not != NULL && strcmp (now, effect->not ) == 0))
    return FALSE;

  return has_room (effect, now, high, end, values);
}

/* What a field needs to act: there is no length of a crossfade without one, no
 * strength of a grade that changes nothing, and no longer shot where no pace
 * asks for it. (nullable): where that is so already. */
static GstMontageInstructions *
what_it_needs (const StyleEffect *effect, const GstMontageInstructions *style,
    gboolean high)
{
  if (strcmp (effect->field, "transitions.crossfade_duration_sec") == 0
      && style->transitions.type == GST_MONTAGE_TRANSITIONS_HARD_CUTS)
    return with_field (style, "transitions.type", "crossfade");
  if (strcmp (effect->field, "effects.color_intensity") == 0
      && style->effects.color_grading == GST_MONTAGE_GRADING_NEUTRAL)
    return with_field (style, "effects.color_grading", "warm");
  if (strcmp (effect->field, "constraints.max_clip_duration_sec") == 0 && high)
    return with_field (style, "pacing.speed", "very_slow");

  return NULL;
}

StyleChange
style_effect_try (const StyleEffect *effect, const StyleFilm *film,
    const GstMontageInstructions *style, gboolean high, guint n_seeds,
    const gdouble *values)
{
  StyleChange change = {is_tried (effect, style, high, values), 0.0, 0.0};
  g_autoptr (GstMontageInstructions) needed = NULL;
  g_autoptr (GstMontageInstructions) other = NULL;
  g_autofree gchar *end = end_value (effect, high, values, style);
  gdouble measured[STYLE_N_MEASURES];

  if (!change.tried)
    return change;
  change.before = values[effect->measure];
  needed = what_it_needs (effect, style, high);
  if (needed != NULL) {
    style_measure_mean (film, needed, n_seeds, measured);
    change.before = measured[effect->measure];
  }
  other = with_field (needed != NULL ? needed : style, effect->field, end);
  style_measure_mean (film, other, n_seeds, measured);
  change.after = measured[effect->measure];

  return change;
}

gdouble
style_effect_strength (const StyleEffect *effect, gboolean high,
    const StyleChange *change)
{
  gdouble moved = change->after - change->before;

  return (high ? moved : -moved) / effect->margin;
}

/* ---- weights ---- */

/* What a weight is compared with. */
#define LITTLE 0.05
#define MUCH GST_MONTAGE_WEIGHT_MAX

void
style_points_mean (const StyleFilm *film, const GstMontageInstructions *style,
    guint n_seeds, gdouble points[GST_MONTAGE_N_TERMS])
{
  memset (points, 0, GST_MONTAGE_N_TERMS * sizeof (gdouble));
  for (guint seed = 1; seed <= n_seeds; seed++) {
    g_autoptr (GstMontagePlan) plan = style_film_plan (film, style, seed);

    for (guint i = 0; i < plan->cuts->len; i++) {
      const GstMontageScore *score =
          &g_array_index (plan->cuts, GstMontageCut, i).score;
      for (guint term = 0; term < GST_MONTAGE_N_TERMS; term++)
        points[term] += score->terms[term] / plan->cuts->len / n_seeds;
    }
  }
  for (guint term = 0; term < GST_MONTAGE_N_TERMS; term++)
    points[term] /= style->weights.terms[term];
}

gdouble
style_weight_try (GstMontageTerm term, const StyleFilm *film,
    const GstMontageInstructions *style, guint n_seeds, const gdouble *points)
{
  g_autoptr (GstMontageInstructions)
      other = gst_montage_instructions_copy (style);
  gboolean is_more = style->weights.terms[term] > 1;
  gdouble others[GST_MONTAGE_N_TERMS];
  gdouble moved;

  other->weights.terms[term] = is_more ? LITTLE : MUCH;
  style_points_mean (film, other, n_seeds, others);
  moved = points[term] - others[term];

  return is_more ? moved : -moved;
}
