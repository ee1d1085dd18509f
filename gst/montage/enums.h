/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <gst/montage/montage-prelude.h>

/* Every choice that a document or a property can hold. The nicks of the
 * registered GEnums are the words of the JSON documents. */

G_BEGIN_DECLS

typedef enum
{
  GST_MONTAGE_MOOD_NEUTRAL,
  GST_MONTAGE_MOOD_SUSPENSEFUL,
  GST_MONTAGE_MOOD_PLAYFUL,
  GST_MONTAGE_MOOD_ENERGETIC,
  GST_MONTAGE_MOOD_CALM,
  GST_MONTAGE_MOOD_DRAMATIC,
  GST_MONTAGE_MOOD_MYSTERIOUS,
  GST_MONTAGE_MOOD_MELANCHOLIC,
  GST_MONTAGE_MOOD_ROMANTIC,
  GST_MONTAGE_MOOD_EPIC
} GstMontageMood;

typedef enum
{
  GST_MONTAGE_SPEED_VERY_SLOW,
  GST_MONTAGE_SPEED_SLOW,
  GST_MONTAGE_SPEED_MEDIUM,
  GST_MONTAGE_SPEED_FAST,
  GST_MONTAGE_SPEED_VERY_FAST,
  GST_MONTAGE_SPEED_DYNAMIC
} GstMontageSpeed;

typedef enum
{
  GST_MONTAGE_VARIATION_MINIMAL,
  GST_MONTAGE_VARIATION_MODERATE,
  GST_MONTAGE_VARIATION_HIGH,
  GST_MONTAGE_VARIATION_FIBONACCI
} GstMontageVariation;

typedef enum
{
  GST_MONTAGE_PRIORITY_LOW,
  GST_MONTAGE_PRIORITY_MEDIUM,
  GST_MONTAGE_PRIORITY_HIGH
} GstMontagePriority;

typedef enum
{
  GST_MONTAGE_TRANSITIONS_HARD_CUTS,
  GST_MONTAGE_TRANSITIONS_CROSSFADE,
  GST_MONTAGE_TRANSITIONS_MIXED,
  GST_MONTAGE_TRANSITIONS_ENERGY_AWARE
} GstMontageTransitions;

/**
 * GstMontageTransitionLook:
 *
 * What the transitions of a film look like.
 */
typedef enum
{
  GST_MONTAGE_TRANSITION_LOOK_CROSSFADE,
  GST_MONTAGE_TRANSITION_LOOK_DIP_BLACK,
  GST_MONTAGE_TRANSITION_LOOK_DIP_WHITE,
  GST_MONTAGE_TRANSITION_LOOK_WIPE
} GstMontageTransitionLook;

typedef enum
{
  GST_MONTAGE_GRADING_NONE,
  GST_MONTAGE_GRADING_NEUTRAL,
  GST_MONTAGE_GRADING_WARM,
  GST_MONTAGE_GRADING_COOL,
  GST_MONTAGE_GRADING_HIGH_CONTRAST,
  GST_MONTAGE_GRADING_DESATURATED,
  GST_MONTAGE_GRADING_VIBRANT,
  GST_MONTAGE_GRADING_TEAL_ORANGE,
  GST_MONTAGE_GRADING_CINEMATIC,
  GST_MONTAGE_GRADING_VINTAGE,
  GST_MONTAGE_GRADING_NOIR,
  GST_MONTAGE_GRADING_GOLDEN_HOUR,
  GST_MONTAGE_GRADING_BLUE_HOUR
} GstMontageGrading;

/**
 * GstMontageOrigin:
 *
 * Who settled the instructions.
 */
typedef enum
{
  GST_MONTAGE_ORIGIN_DEFAULTS,
  GST_MONTAGE_ORIGIN_PRESET,
  GST_MONTAGE_ORIGIN_KEYWORDS,
  GST_MONTAGE_ORIGIN_GOOGLE,
  GST_MONTAGE_ORIGIN_OPENAI,
  GST_MONTAGE_ORIGIN_OLLAMA,
  GST_MONTAGE_ORIGIN_FILE
} GstMontageOrigin;

typedef enum
{
  GST_MONTAGE_SECTION_UNKNOWN,
  GST_MONTAGE_SECTION_INTRO,
  GST_MONTAGE_SECTION_VERSE,
  GST_MONTAGE_SECTION_BUILD,
  GST_MONTAGE_SECTION_DROP,
  GST_MONTAGE_SECTION_CHORUS,
  GST_MONTAGE_SECTION_BREAK,
  GST_MONTAGE_SECTION_OUTRO
} GstMontageSectionLabel;

/**
 * GstMontageBoundary:
 * @GST_MONTAGE_BOUNDARY_START: the first picture of the clip
 * @GST_MONTAGE_BOUNDARY_CUT: from one picture to the next
 * @GST_MONTAGE_BOUNDARY_FADE: to or from a plain picture, mostly black or white
 * @GST_MONTAGE_BOUNDARY_DISSOLVE: the old picture turns into the new one
 * @GST_MONTAGE_BOUNDARY_WIPE: an edge runs over the old picture and bares the
 *     new one
 * @GST_MONTAGE_BOUNDARY_DIP: through a plain picture without resting there
 * @GST_MONTAGE_BOUNDARY_PUSH: the new picture moves the old one out
 *
 * How a shot of the source begins.
 */
typedef enum
{
  GST_MONTAGE_BOUNDARY_START,
  GST_MONTAGE_BOUNDARY_CUT,
  GST_MONTAGE_BOUNDARY_FADE,
  GST_MONTAGE_BOUNDARY_DISSOLVE,
  GST_MONTAGE_BOUNDARY_WIPE,
  GST_MONTAGE_BOUNDARY_DIP,
  GST_MONTAGE_BOUNDARY_PUSH
} GstMontageBoundary;

/**
 * GstMontageCamera:
 * @GST_MONTAGE_CAMERA_UNKNOWN: cannot be told
 * @GST_MONTAGE_CAMERA_STATIC: rests
 * @GST_MONTAGE_CAMERA_PAN: turns or moves sideways
 * @GST_MONTAGE_CAMERA_TILT: turns or moves up or down
 * @GST_MONTAGE_CAMERA_ZOOM: zooms, or moves forth or back
 * @GST_MONTAGE_CAMERA_HANDHELD: moves, but nowhere
 *
 * What the camera does for most of a shot.
 */
typedef enum
{
  GST_MONTAGE_CAMERA_UNKNOWN,
  GST_MONTAGE_CAMERA_STATIC,
  GST_MONTAGE_CAMERA_PAN,
  GST_MONTAGE_CAMERA_TILT,
  GST_MONTAGE_CAMERA_ZOOM,
  GST_MONTAGE_CAMERA_HANDHELD
} GstMontageCamera;

/**
 * GstMontageAnalysis:
 * @GST_MONTAGE_ANALYSIS_FULL: every picture was looked at
 * @GST_MONTAGE_ANALYSIS_FAST: only some were; measures are of those
 *
 * How thoroughly a clip was analysed.
 */
typedef enum
{
  GST_MONTAGE_ANALYSIS_FULL,
  GST_MONTAGE_ANALYSIS_FAST
} GstMontageAnalysis;

typedef enum
{
  GST_MONTAGE_SHOT_SIZE_UNKNOWN,
  GST_MONTAGE_SHOT_SIZE_CLOSE,
  GST_MONTAGE_SHOT_SIZE_MEDIUM,
  GST_MONTAGE_SHOT_SIZE_WIDE
} GstMontageShotSize;

/**
 * GstMontageActionLevel:
 *
 * How much happens in a picture, as somebody who looks at it says.
 */
typedef enum
{
  GST_MONTAGE_ACTION_LEVEL_NONE,
  GST_MONTAGE_ACTION_LEVEL_LOW,
  GST_MONTAGE_ACTION_LEVEL_MEDIUM,
  GST_MONTAGE_ACTION_LEVEL_HIGH
} GstMontageActionLevel;

/**
 * GstMontageTransition:
 * @GST_MONTAGE_TRANSITION_CUT: at once
 * @GST_MONTAGE_TRANSITION_CROSSFADE: one shot turns into the other
 * @GST_MONTAGE_TRANSITION_DIP_BLACK: out to black before the cut, in from it
 *     after
 * @GST_MONTAGE_TRANSITION_DIP_WHITE: the same with white
 * @GST_MONTAGE_TRANSITION_WIPE_LEFT: an edge that moves to the left uncovers it
 * @GST_MONTAGE_TRANSITION_WIPE_RIGHT: an edge that moves to the right
 * @GST_MONTAGE_TRANSITION_WIPE_UP: an edge that moves up
 * @GST_MONTAGE_TRANSITION_WIPE_DOWN: an edge that moves down
 *
 * How a cut of the plan comes in.
 */
typedef enum
{
  GST_MONTAGE_TRANSITION_CUT,
  GST_MONTAGE_TRANSITION_CROSSFADE,
  GST_MONTAGE_TRANSITION_DIP_BLACK,
  GST_MONTAGE_TRANSITION_DIP_WHITE,
  GST_MONTAGE_TRANSITION_WIPE_LEFT,
  GST_MONTAGE_TRANSITION_WIPE_RIGHT,
  GST_MONTAGE_TRANSITION_WIPE_UP,
  GST_MONTAGE_TRANSITION_WIPE_DOWN
} GstMontageTransition;

/**
 * GstMontageScarcity:
 * @GST_MONTAGE_SCARCITY_REUSE: material is shown again, as far apart as it goes
 * @GST_MONTAGE_SCARCITY_SLOW: shots are slowed down, then shown again
 * @GST_MONTAGE_SCARCITY_SHORTEN: the film ends earlier, on a downbeat
 *
 * What is done where the footage does not last for the film.
 */
typedef enum
{
  GST_MONTAGE_SCARCITY_REUSE,
  GST_MONTAGE_SCARCITY_SLOW,
  GST_MONTAGE_SCARCITY_SHORTEN
} GstMontageScarcity;

/**
 * GstMontageFit:
 * @GST_MONTAGE_FIT_CROP: fill the output, cut off what is over
 * @GST_MONTAGE_FIT_PAD: show the whole source between black bars
 * @GST_MONTAGE_FIT_BLUR: show the whole source over a blurred, filled copy
 *
 * How a source of another aspect ratio meets the output.
 */
typedef enum
{
  GST_MONTAGE_FIT_CROP,
  GST_MONTAGE_FIT_PAD,
  GST_MONTAGE_FIT_BLUR
} GstMontageFit;

#define GST_TYPE_MONTAGE_MOOD (gst_montage_mood_get_type ())
#define GST_TYPE_MONTAGE_SPEED (gst_montage_speed_get_type ())
#define GST_TYPE_MONTAGE_VARIATION (gst_montage_variation_get_type ())
#define GST_TYPE_MONTAGE_PRIORITY (gst_montage_priority_get_type ())
#define GST_TYPE_MONTAGE_TRANSITIONS (gst_montage_transitions_get_type ())
#define GST_TYPE_MONTAGE_TRANSITION_LOOK                                       \
  (gst_montage_transition_look_get_type ())
#define GST_TYPE_MONTAGE_GRADING (gst_montage_grading_get_type ())
#define GST_TYPE_MONTAGE_ORIGIN (gst_montage_origin_get_type ())
#define GST_TYPE_MONTAGE_SECTION_LABEL (gst_montage_section_label_get_type ())
#define GST_TYPE_MONTAGE_BOUNDARY (gst_montage_boundary_get_type ())
#define GST_TYPE_MONTAGE_CAMERA (gst_montage_camera_get_type ())
#define GST_TYPE_MONTAGE_ANALYSIS (gst_montage_analysis_get_type ())
#define GST_TYPE_MONTAGE_SHOT_SIZE (gst_montage_shot_size_get_type ())
#define GST_TYPE_MONTAGE_ACTION_LEVEL (gst_montage_action_level_get_type ())
#define GST_TYPE_MONTAGE_TRANSITION (gst_montage_transition_get_type ())
#define GST_TYPE_MONTAGE_SCARCITY (gst_montage_scarcity_get_type ())
#define GST_TYPE_MONTAGE_FIT (gst_montage_fit_get_type ())

GST_MONTAGE_API GType gst_montage_mood_get_type (void);
GST_MONTAGE_API GType gst_montage_speed_get_type (void);
GST_MONTAGE_API GType gst_montage_variation_get_type (void);
GST_MONTAGE_API GType gst_montage_priority_get_type (void);
GST_MONTAGE_API GType gst_montage_transitions_get_type (void);
GST_MONTAGE_API GType gst_montage_transition_look_get_type (void);
GST_MONTAGE_API GType gst_montage_grading_get_type (void);
GST_MONTAGE_API GType gst_montage_origin_get_type (void);
GST_MONTAGE_API GType gst_montage_section_label_get_type (void);
GST_MONTAGE_API GType gst_montage_boundary_get_type (void);
GST_MONTAGE_API GType gst_montage_camera_get_type (void);
GST_MONTAGE_API GType gst_montage_analysis_get_type (void);
GST_MONTAGE_API GType gst_montage_shot_size_get_type (void);
GST_MONTAGE_API GType gst_montage_action_level_get_type (void);
GST_MONTAGE_API GType gst_montage_transition_get_type (void);
GST_MONTAGE_API GType gst_montage_scarcity_get_type (void);
GST_MONTAGE_API GType gst_montage_fit_get_type (void);

/* The nick of @value, e.g. for messages: static, never %NULL. */
GST_MONTAGE_API const gchar *gst_montage_enum_nick (GType type, gint value);

G_END_DECLS
