/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <gst/montage/enums.h>
#include <gst/montage/planterm.h>

G_BEGIN_DECLS

/**
 * GstMontageDecision:
 * @field: what was decided, as in the document: "pacing.speed"
 * @value: the value as in the document: "slow", "true", "0.9"
 * @words: (nullable): the words that caused it, "slow builds"
 * @sure: 0..1; a model may change what is below
 *     %GST_MONTAGE_DECISION_SETTLED
 * @source: who decided
 *
 * Why a field of the instructions is not that of the defaults.
 */
typedef struct
{
  gchar *field;
  gchar *value;
  gchar *words;
  gdouble sure;
  GstMontageOrigin source;
} GstMontageDecision;

#define GST_MONTAGE_DECISION_SETTLED 0.7

/**
 * GstMontageTurn:
 * @text: what was said
 * @source: who understood it
 * @model: (nullable): the model that answered
 *
 * One turn of the conversation that led to the instructions.
 */
typedef struct
{
  gchar *text;
  GstMontageOrigin source;
  gchar *model;
} GstMontageTurn;

/**
 * GstMontageSceneRule:
 * @when: what a shot shows, in words: "people arguing"
 * @speed_step: how much faster it is cut there, -2..2 steps of
 *     #GstMontageSpeed
 * @weight: -1..1: rather not, rather so; 0 leaves the choice of shots alone
 *
 * A wish that holds where a shot shows something: "people arguing: cut
 * faster".
 */
typedef struct
{
  gchar *when;
  gint speed_step;
  gdouble weight;
} GstMontageSceneRule;

/**
 * GstMontageInstructions:
 *
 * The answer of the director: a closed set of editing decisions (document
 * "gst-montage/instructions"). Every member acts on the film. Strings are owned.
 */
typedef struct _GstMontageInstructions GstMontageInstructions;
struct _GstMontageInstructions
{
  guint revision; /* 1, 2, …; grows while a pipeline runs */

  struct
  {
    gchar *name;
    GstMontageMood mood;
  } style;
  struct
  {
    GstMontageSpeed speed;
    GstMontageVariation variation;
    guint intro_duration_beats; /* 4..32 */
    gdouble climax_intensity;   /* 0..1 */
  } pacing;
  struct
  {
    gboolean prefer_wide_shots;
    gboolean prefer_high_action;
    gboolean match_cuts_enabled;
    gboolean invisible_cuts_enabled;
    GstMontagePriority shot_variation_priority;
  } cinematography;
  struct
  {
    GstMontageTransitions type;
    gdouble crossfade_duration_sec; /* 0.1..2 */
    GstMontageTransitionLook look;
  } transitions;
  struct
  {
    gboolean sync_to_beats;
    gdouble energy_amplification; /* 0.5..2 */
  } energy_mapping;
  struct
  {
    GstMontageGrading color_grading;
    gdouble color_intensity; /* 0..1 */
    gboolean stabilization;
    gboolean upscale;
    gboolean sharpness_boost;
  } effects;
  struct
  {
    gdouble target_duration_sec;   /* 0 (JSON: null) is the whole song */
    gdouble min_clip_duration_sec; /* 0.5..10 */
    gdouble max_clip_duration_sec; /* 2..60 */
  } constraints;
  GArray *scenes; /* of GstMontageSceneRule */
  GstMontageWeights weights;
  struct
  {
    GstMontageOrigin source;
    gchar *prompt;     /* nullable: what was asked last */
    gchar *model;      /* nullable: the model that answered, by its own name */
    GStrv keywords;    /* nullable: the words that were understood */
    GStrv left_over;   /* nullable: content words nobody understood */
    GArray *decisions; /* of GstMontageDecision, in order of the fields */
    GArray *turns;     /* of GstMontageTurn, the first one first */
    GStrv notes;       /* nullable: sentences: what was corrected or settled */
  } origin;
};

#define GST_TYPE_MONTAGE_INSTRUCTIONS (gst_montage_instructions_get_type ())
GST_MONTAGE_API GType gst_montage_instructions_get_type (void);

/* The defaults of the style "dynamic". */
GST_MONTAGE_API GstMontageInstructions *gst_montage_instructions_new (void);
GST_MONTAGE_API GstMontageInstructions *
gst_montage_instructions_copy (const GstMontageInstructions *self);
GST_MONTAGE_API void
gst_montage_instructions_free (GstMontageInstructions *self);
GST_MONTAGE_API GstMontageInstructions *
gst_montage_instructions_from_json (const gchar *text, gssize length,
    const gchar *origin, GError **error);
GST_MONTAGE_API gchar *
gst_montage_instructions_to_json (const GstMontageInstructions *self);
/* "style-name=…, pacing-speed=…": the fields of
 * application/x-montage-instructions caps. */
GST_MONTAGE_API GstStructure *
gst_montage_instructions_to_structure (const GstMontageInstructions *self,
    const gchar *name);
GST_MONTAGE_API GstMontageInstructions *
gst_montage_instructions_from_structure (const GstStructure *structure,
    GError **error);
/* Appends @notes (element-type utf8), sentences for the user. */
GST_MONTAGE_API void
gst_montage_instructions_add_notes (GstMontageInstructions *self,
    GPtrArray *notes);
/* Checks every field and that min does not exceed max clip duration. */
GST_MONTAGE_API gboolean
gst_montage_instructions_validate (const GstMontageInstructions *self,
    GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (GstMontageInstructions,
    gst_montage_instructions_free)

G_END_DECLS
