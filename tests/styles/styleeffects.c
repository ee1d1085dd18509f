/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "styleeffects.h"

#include <math.h>
#include <string.h>

/* A number that is nearer to its end than this share of its range says little
 * there. */
#define NEAR_END 0.4

static const StyleEffect effects[] = {
    {"style-mood", "calm", "energetic", STYLE_LIVELY_MOOD, 0.03},
    {"pacing-speed", "very_slow", "very_fast", STYLE_CUTS_PER_MINUTE, 4},
    {"pacing-variation", "minimal", "high", STYLE_RHYTHM, 0.1},
    {"pacing-variation", "minimal", "fibonacci", STYLE_ACCELERATION, 0.2},
    {"pacing-intro-duration-beats", "32", "4", STYLE_INTRO_CUTS_PER_MINUTE,
        0.5},
    {"pacing-climax-intensity", "0", "1", STYLE_CLIMAX_CUTS_PER_MINUTE, 1},
    {"cinematography-prefer-wide-shots", "false", "true", STYLE_WIDE, 0.1},
    {"cinematography-prefer-high-action", "false", "true", STYLE_ACTION, 0.05},
    {"cinematography-match-cuts-enabled", "false", "true", STYLE_MATCHES, 0.02},
    {"cinematography-invisible-cuts-enabled", "false", "true", STYLE_HIDDEN,
        0.02},
    {"cinematography-shot-variation-priority", "low", "high",
        STYLE_SIZE_CHANGES, 0.03},
    {"transitions-type", "hard_cuts", "crossfade", STYLE_CROSSFADES, 0.2},
    {"transitions-crossfade-duration-sec", "0.1", "2", STYLE_CROSSFADE_SEC,
        0.04},
    {"energy-mapping-sync-to-beats", "false", "true", STYLE_ON_BEAT, 0.2},
    {"energy-mapping-energy-amplification", "0.5", "2", STYLE_PACE_RANGE, 0.1},
    {"energy-mapping-energy-amplification", "0.5", "2", STYLE_MOTION_RANGE,
        0.02},
    {"effects-color-grading", NULL, "noir", STYLE_COLORLESS, 0.9},
    {"effects-color-intensity", "0", "1", STYLE_GRADED, 0.9},
    {"effects-stabilization", "false", "true", STYLE_STABILIZED, 0.9},
    {"effects-upscale", "false", "true", STYLE_UPSCALED, 0.9},
    {"effects-sharpness-boost", "false", "true", STYLE_SHARPENED, 0.9},
    {"constraints-target-duration-sec", "60", NULL, STYLE_FILM_SEC, 60},
    {"constraints-min-clip-duration-sec", NULL, "1.6", STYLE_SHORTEST_SEC, 0.2},
    {"constraints-max-clip-duration-sec", "0.6", NULL, STYLE_LONGEST_SEC, 0.4},
};

const StyleEffect *
style_effects (guint *n)
{
  *n = G_N_ELEMENTS (effects);
  return effects;
}

/* ---- a field by its name ---- */

static GstMontageInstructions *
with_field (const GstMontageInstructions *style, const gchar *field,
    const gchar *text)
{
  g_autoptr (GstStructure)
      structure = gst_montage_instructions_to_structure (style, "instructions");
  g_autoptr (GError) error = NULL;
  g_auto (GValue) value = G_VALUE_INIT;
  GstMontageInstructions *other;

  g_value_init (&value, gst_structure_get_field_type (structure, field));
  if (!gst_value_deserialize (&value, text))
    g_error ("%s is no %s", text, field);
  gst_structure_set_value (structure, field, &value);
  other = gst_montage_instructions_from_structure (structure, &error);
  if (other == NULL)
    g_error ("%s: %s", field, error->message);

  return other;
}

/* The limits of the lengths are given as a factor of what they limit. */
static gchar *
end_value (const StyleEffect *effect, gboolean high, const gdouble *values,
    const GstMontageInstructions *style)
{
  const gchar *end = high ? effect->high : effect->low;
  gchar text[G_ASCII_DTOSTR_BUF_SIZE];
  gdouble value;

  if (end == NULL || !g_str_has_prefix (effect->field, "constraints-m"))
    return g_strdup (end);
  value = g_ascii_strtod (end, NULL) * values[effect->measure];
  if (high)
    value = CLAMP (value, 0.5, 10);
  else
    value = CLAMP (value, MAX (2, style->constraints.min_clip_duration_sec),
        60);

  return g_strdup (g_ascii_formatd (text, sizeof (text), "%.3f", value));
}

/* Whether the field of @style is at @end already, or nearly. */
static gboolean
is_at (const StyleEffect *effect, const gchar *end,
    const GstMontageInstructions *style)
{
  g_autoptr (GstStructure)
      structure = gst_montage_instructions_to_structure (style, "instructions");
  const GValue *now = gst_structure_get_value (structure, effect->field);
  g_autofree gchar *text = gst_value_serialize (now);

  if (!G_VALUE_HOLDS_DOUBLE (now) || effect->low == NULL
      || effect->high == NULL)
    return strcmp (text, end) == 0;
  return fabs (g_value_get_double (now) - g_ascii_strtod (end, NULL)) < NEAR_END
      * fabs (g_ascii_strtod (effect->high, NULL)
          - g_ascii_strtod (effect->low, NULL));
}

/* What a field needs to act: there is no length of a crossfade without one, and
 * no strength of a grade. */
static GstMontageInstructions *
what_it_needs (const StyleEffect *effect, const GstMontageInstructions *style)
{
  if (g_str_has_suffix (effect->field, "crossfade-duration-sec")
      && style->transitions.type == GST_MONTAGE_TRANSITIONS_HARD_CUTS)
    return with_field (style, "transitions-type", "crossfade");
  if (g_str_has_suffix (effect->field, "color-intensity")
      && style->effects.color_grading == GST_MONTAGE_GRADING_NEUTRAL)
    return with_field (style, "effects-color-grading", "warm");

  return NULL;
}

StyleChange
style_effect_try (const StyleEffect *effect, const StyleFilm *film,
    const GstMontageInstructions *style, gboolean high, guint n_seeds,
    const gdouble *values)
{
  StyleChange change = {FALSE, 0.0, 0.0};
  g_autofree gchar *end = end_value (effect, high, values, style);
  g_autoptr (GstMontageInstructions) needed = what_it_needs (effect, style);
  g_autoptr (GstMontageInstructions) other = NULL;
  gdouble measured[STYLE_N_MEASURES];

  if (end == NULL || is_at (effect, end, style))
    return change;
  change.tried = TRUE;
  change.before = values[effect->measure];
  if (needed != NULL) {
    style_measure_mean (film, needed, n_seeds, measured);
    change.before = measured[effect->measure];
  }
  other = with_field (needed != NULL ? needed : style, effect->field, end);
  style_measure_mean (film, other, n_seeds, measured);
  change.after = measured[effect->measure];

  return change;
}

gboolean
style_effect_holds (const StyleEffect *effect, gboolean high,
    const StyleChange *change)
{
  gdouble moved = change->after - change->before;

  return (high ? moved : -moved) >= effect->margin;
}
