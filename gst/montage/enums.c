/* SPDX-License-Identifier: LGPL-2.1-or-later */
#ifdef HAVE_CONFIG_H
#include "config.h"
#endif

#include <gst/montage/enums.h>

/* The nicks are the words of the documents, with underscores as in the closed
 * schema of the instructions; a blurb can be read by a user. */
#define DEFINE_ENUM(function, Type, ...)                                       \
  GType function##_get_type (void)                                             \
  {                                                                            \
    static gsize type = 0;                                                     \
    static const GEnumValue values[] = {__VA_ARGS__, {0, NULL, NULL}};         \
    if (g_once_init_enter (&type)) {                                           \
      GType t = g_enum_register_static (#Type, values);                        \
      gst_type_mark_as_plugin_api (t, 0);                                      \
      g_once_init_leave (&type, t);                                            \
    }                                                                          \
    return (GType) type;                                                       \
  }

DEFINE_ENUM (gst_montage_mood, GstMontageMood,
    {GST_MONTAGE_MOOD_NEUTRAL, "Neutral", "neutral"},
    {GST_MONTAGE_MOOD_SUSPENSEFUL, "Suspenseful", "suspenseful"},
    {GST_MONTAGE_MOOD_PLAYFUL, "Playful", "playful"},
    {GST_MONTAGE_MOOD_ENERGETIC, "Energetic", "energetic"},
    {GST_MONTAGE_MOOD_CALM, "Calm", "calm"},
    {GST_MONTAGE_MOOD_DRAMATIC, "Dramatic", "dramatic"},
    {GST_MONTAGE_MOOD_MYSTERIOUS, "Mysterious", "mysterious"},
    {GST_MONTAGE_MOOD_MELANCHOLIC, "Melancholic", "melancholic"},
    {GST_MONTAGE_MOOD_ROMANTIC, "Romantic", "romantic"},
    {GST_MONTAGE_MOOD_EPIC, "Epic", "epic"})

DEFINE_ENUM (gst_montage_speed, GstMontageSpeed,
    {GST_MONTAGE_SPEED_VERY_SLOW, "A cut each 16 beats", "very_slow"},
    {GST_MONTAGE_SPEED_SLOW, "A cut each 8 beats", "slow"},
    {GST_MONTAGE_SPEED_MEDIUM, "A cut each 4 beats", "medium"},
    {GST_MONTAGE_SPEED_FAST, "A cut each 2 beats", "fast"},
    {GST_MONTAGE_SPEED_VERY_FAST, "A cut on every beat", "very_fast"},
    {GST_MONTAGE_SPEED_DYNAMIC, "The music decides", "dynamic"})

DEFINE_ENUM (gst_montage_variation, GstMontageVariation,
    {GST_MONTAGE_VARIATION_MINIMAL, "Regular", "minimal"},
    {GST_MONTAGE_VARIATION_MODERATE, "Some variation", "moderate"},
    {GST_MONTAGE_VARIATION_HIGH, "Much variation", "high"},
    {GST_MONTAGE_VARIATION_FIBONACCI, "8-5-3-2-1-1 towards the climax",
        "fibonacci"})

DEFINE_ENUM (gst_montage_priority, GstMontagePriority,
    {GST_MONTAGE_PRIORITY_LOW, "Low", "low"},
    {GST_MONTAGE_PRIORITY_MEDIUM, "Medium", "medium"},
    {GST_MONTAGE_PRIORITY_HIGH, "High", "high"})

DEFINE_ENUM (gst_montage_transitions, GstMontageTransitions,
    {GST_MONTAGE_TRANSITIONS_HARD_CUTS, "Hard cuts only", "hard_cuts"},
    {GST_MONTAGE_TRANSITIONS_CROSSFADE, "A crossfade at each cut", "crossfade"},
    {GST_MONTAGE_TRANSITIONS_MIXED, "Crossfades at half of the cuts", "mixed"},
    {GST_MONTAGE_TRANSITIONS_ENERGY_AWARE,
        "Crossfades where the music is quiet", "energy_aware"})

DEFINE_ENUM (gst_montage_transition_look, GstMontageTransitionLook,
    {GST_MONTAGE_TRANSITION_LOOK_CROSSFADE, "Crossfade", "crossfade"},
    {GST_MONTAGE_TRANSITION_LOOK_DIP_BLACK, "Dip to black", "dip_black"},
    {GST_MONTAGE_TRANSITION_LOOK_DIP_WHITE, "Dip to white", "dip_white"},
    {GST_MONTAGE_TRANSITION_LOOK_WIPE, "Wipe, to a side that is drawn", "wipe"})

DEFINE_ENUM (gst_montage_grading, GstMontageGrading,
    {GST_MONTAGE_GRADING_NONE, "None", "none"},
    {GST_MONTAGE_GRADING_NEUTRAL, "Neutral", "neutral"},
    {GST_MONTAGE_GRADING_WARM, "Warm", "warm"},
    {GST_MONTAGE_GRADING_COOL, "Cool", "cool"},
    {GST_MONTAGE_GRADING_HIGH_CONTRAST, "High contrast", "high_contrast"},
    {GST_MONTAGE_GRADING_DESATURATED, "Desaturated", "desaturated"},
    {GST_MONTAGE_GRADING_VIBRANT, "Vibrant", "vibrant"},
    {GST_MONTAGE_GRADING_TEAL_ORANGE, "Teal and orange", "teal_orange"},
    {GST_MONTAGE_GRADING_CINEMATIC, "Cinematic", "cinematic"},
    {GST_MONTAGE_GRADING_VINTAGE, "Vintage", "vintage"},
    {GST_MONTAGE_GRADING_NOIR, "Black and white", "noir"},
    {GST_MONTAGE_GRADING_GOLDEN_HOUR, "Golden hour", "golden_hour"},
    {GST_MONTAGE_GRADING_BLUE_HOUR, "Blue hour", "blue_hour"})

DEFINE_ENUM (gst_montage_origin, GstMontageOrigin,
    {GST_MONTAGE_ORIGIN_DEFAULTS, "Nothing was asked: defaults", "defaults"},
    {GST_MONTAGE_ORIGIN_PRESET, "A style by its name", "preset"},
    {GST_MONTAGE_ORIGIN_KEYWORDS, "Words of the prompt", "keywords"},
    {GST_MONTAGE_ORIGIN_GOOGLE, "Google AI", "google"},
    {GST_MONTAGE_ORIGIN_OPENAI, "An OpenAI-compatible server", "openai"},
    {GST_MONTAGE_ORIGIN_OLLAMA, "Ollama", "ollama"},
    {GST_MONTAGE_ORIGIN_FILE, "A document", "file"})

DEFINE_ENUM (gst_montage_section_label, GstMontageSectionLabel,
    {GST_MONTAGE_SECTION_UNKNOWN, "Unknown", "unknown"},
    {GST_MONTAGE_SECTION_INTRO, "Intro", "intro"},
    {GST_MONTAGE_SECTION_VERSE, "Verse", "verse"},
    {GST_MONTAGE_SECTION_BUILD, "Build", "build"},
    {GST_MONTAGE_SECTION_DROP, "Drop", "drop"},
    {GST_MONTAGE_SECTION_CHORUS, "Chorus", "chorus"},
    {GST_MONTAGE_SECTION_BREAK, "Break", "break"},
    {GST_MONTAGE_SECTION_OUTRO, "Outro", "outro"})

DEFINE_ENUM (gst_montage_boundary, GstMontageBoundary,
    {GST_MONTAGE_BOUNDARY_START, "Start of the clip", "start"},
    {GST_MONTAGE_BOUNDARY_CUT, "Hard cut", "cut"},
    {GST_MONTAGE_BOUNDARY_FADE, "Fade", "fade"},
    {GST_MONTAGE_BOUNDARY_DISSOLVE, "Dissolve", "dissolve"},
    {GST_MONTAGE_BOUNDARY_WIPE, "Wipe", "wipe"},
    {GST_MONTAGE_BOUNDARY_DIP, "Dip", "dip"},
    {GST_MONTAGE_BOUNDARY_PUSH, "Push", "push"})

DEFINE_ENUM (gst_montage_camera, GstMontageCamera,
    {GST_MONTAGE_CAMERA_UNKNOWN, "Unknown", "unknown"},
    {GST_MONTAGE_CAMERA_STATIC, "Static", "static"},
    {GST_MONTAGE_CAMERA_PAN, "Pan", "pan"},
    {GST_MONTAGE_CAMERA_TILT, "Tilt", "tilt"},
    {GST_MONTAGE_CAMERA_ZOOM, "Zoom", "zoom"},
    {GST_MONTAGE_CAMERA_HANDHELD, "Handheld", "handheld"})

DEFINE_ENUM (gst_montage_analysis, GstMontageAnalysis,
    {GST_MONTAGE_ANALYSIS_FULL, "Every picture", "full"},
    {GST_MONTAGE_ANALYSIS_FAST, "Some pictures", "fast"})

DEFINE_ENUM (gst_montage_shot_size, GstMontageShotSize,
    {GST_MONTAGE_SHOT_SIZE_UNKNOWN, "Unknown", "unknown"},
    {GST_MONTAGE_SHOT_SIZE_CLOSE, "Close-up", "close"},
    {GST_MONTAGE_SHOT_SIZE_MEDIUM, "Medium shot", "medium"},
    {GST_MONTAGE_SHOT_SIZE_WIDE, "Wide shot", "wide"})

DEFINE_ENUM (gst_montage_action_level, GstMontageActionLevel,
    {GST_MONTAGE_ACTION_LEVEL_NONE, "Nothing happens", "none"},
    {GST_MONTAGE_ACTION_LEVEL_LOW, "Little action", "low"},
    {GST_MONTAGE_ACTION_LEVEL_MEDIUM, "Some action", "medium"},
    {GST_MONTAGE_ACTION_LEVEL_HIGH, "Much action", "high"})

DEFINE_ENUM (gst_montage_transition, GstMontageTransition,
    {GST_MONTAGE_TRANSITION_CUT, "Hard cut", "cut"},
    {GST_MONTAGE_TRANSITION_CROSSFADE, "Crossfade", "crossfade"},
    {GST_MONTAGE_TRANSITION_DIP_BLACK, "Dip to black", "dip_black"},
    {GST_MONTAGE_TRANSITION_DIP_WHITE, "Dip to white", "dip_white"},
    {GST_MONTAGE_TRANSITION_WIPE_LEFT, "Wipe to the left", "wipe_left"},
    {GST_MONTAGE_TRANSITION_WIPE_RIGHT, "Wipe to the right", "wipe_right"},
    {GST_MONTAGE_TRANSITION_WIPE_UP, "Wipe upwards", "wipe_up"},
    {GST_MONTAGE_TRANSITION_WIPE_DOWN, "Wipe downwards", "wipe_down"})

DEFINE_ENUM (gst_montage_scarcity, GstMontageScarcity,
    {GST_MONTAGE_SCARCITY_REUSE, "Show material again", "reuse"},
    {GST_MONTAGE_SCARCITY_SLOW, "Slow motion", "slow"},
    {GST_MONTAGE_SCARCITY_SHORTEN, "A shorter film", "shorten"})

DEFINE_ENUM (gst_montage_fit, GstMontageFit,
    {GST_MONTAGE_FIT_CROP, "Fill the picture and cut off the rest", "crop"},
    {GST_MONTAGE_FIT_PAD, "Show all between black bars", "pad"},
    {GST_MONTAGE_FIT_BLUR, "Show all over a blurred copy", "blur"})

/**
 * gst_montage_enum_nick:
 * @type: a #GEnum type
 * @value: a value
 *
 * Returns: the word for @value, static; "?" where there is none
 */
const gchar *
gst_montage_enum_nick (GType type, gint value)
{
  /* Static enums are never unloaded, so the class may be let go at once. */
  GEnumClass *klass = g_type_class_ref (type);
  const GEnumValue *entry = g_enum_get_value (klass, value);

  g_type_class_unref (klass);
  return entry ? entry->value_nick : "?";
}
