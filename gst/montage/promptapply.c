/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "prompt-private.h"

#include <math.h>

/* What the findings do to the instructions of the style. What is said later in
 * the sentence wins, with these exceptions: slow and fast together mean a pace
 * that changes; crossfades and hard cuts together mean both; a measure, "every
 * bar", "shots of 2 seconds", decides over a word for the pace; and what is
 * only implied ("calm" is slow) gives way to what is said. promptnotes.c
 * tells. */

/* Slowest and fastest music that the limits of the shots must allow for, as
 * seconds per beat: 200 and 60 BPM. */
#define SHORTEST_BEAT 0.3
#define LONGEST_BEAT 1.0
#define MAX_SECONDS 86400.0
/* Beat at 120 BPM, to turn seconds into a speed. */
#define USUAL_BEAT 0.5
/* "Shots of 3 seconds" are as near to it as the beats allow. */
#define SHOT_LENGTH_TOLERANCE 0.25
/* "Slightly warm". */
#define SLIGHT_INTENSITY 0.5

typedef struct
{
  GstMontageInstructions *out;
  gboolean settled[GST_MONTAGE_N_TOPICS];
  gboolean said_slow;
  gboolean said_fast;
  gboolean said_hard_cuts;
  gboolean said_crossfades;
  gboolean said_mood;
  gboolean said_energy_aware;
} State;

/* Beats per cut double from one speed to the next slower one. */
static gdouble
beats_of_speed (GstMontageSpeed speed)
{
  return (gdouble) (1 << (GST_MONTAGE_SPEED_VERY_FAST - speed));
}

static GstMontageSpeed
speed_of_beats (gdouble beats)
{
  GstMontageSpeed speed = GST_MONTAGE_SPEED_VERY_FAST;

  /* 1.41 is half-way between two powers of two */
  while (speed > GST_MONTAGE_SPEED_VERY_SLOW
      && beats > 1.41 * beats_of_speed (speed))
    speed--;
  return speed;
}

static GstMontageSpeed
stepped_speed (GstMontageSpeed speed, gint steps)
{
  if (speed == GST_MONTAGE_SPEED_DYNAMIC)
    speed = GST_MONTAGE_SPEED_MEDIUM;
  return (GstMontageSpeed) CLAMP ((gint) speed + steps,
      GST_MONTAGE_SPEED_VERY_SLOW, GST_MONTAGE_SPEED_VERY_FAST);
}

/* "Not fast" is medium at most, "not slow" medium at least; "fast but not
 * frantic" is fast at most. */
static void
limit_speed (State *state, GstMontageSpeed not_so)
{
  GstMontageInstructions *out = state->out;
  gboolean not_fast = not_so > GST_MONTAGE_SPEED_MEDIUM;
  GstMontageSpeed speed = out->pacing.speed;

  if (not_so == GST_MONTAGE_SPEED_VERY_FAST && state->said_fast)
    out->pacing.speed = MIN (speed, GST_MONTAGE_SPEED_FAST);
  else if (not_so == GST_MONTAGE_SPEED_VERY_SLOW && state->said_slow)
    out->pacing.speed = MAX (speed, GST_MONTAGE_SPEED_SLOW);
  else if (speed == GST_MONTAGE_SPEED_DYNAMIC
      || (not_fast ? speed > GST_MONTAGE_SPEED_MEDIUM
                   : speed < GST_MONTAGE_SPEED_MEDIUM))
    out->pacing.speed = GST_MONTAGE_SPEED_MEDIUM;
}

static void
apply_speed (State *state, const GstMontageFinding *finding)
{
  GstMontageInstructions *out = state->out;
  GstMontageSpeed speed = (GstMontageSpeed) finding->value;
  gboolean absolute = speed != GST_MONTAGE_SPEED_DYNAMIC;

  if (finding->negated) {
    if (absolute && speed != GST_MONTAGE_SPEED_MEDIUM)
      limit_speed (state, speed);
    return;
  }
  if (absolute && finding->degree > 0)
    speed = stepped_speed (speed, speed < GST_MONTAGE_SPEED_MEDIUM ? -1 : 1);
  if (absolute && !(finding->flags & GST_MONTAGE_LEXICON_IMPLIED)) {
    state->said_slow |= speed < GST_MONTAGE_SPEED_MEDIUM;
    state->said_fast |= speed > GST_MONTAGE_SPEED_MEDIUM;
  }
  if (!finding->repeats)
    out->pacing.speed = speed;
}

static void
apply_step (State *state, const GstMontageFinding *finding)
{
  GstMontageInstructions *out = state->out;
  gint steps = (gint) finding->value;

  if (finding->topic == GST_MONTAGE_TOPIC_SPEED_FAULT)
    steps = -steps;
  if (!finding->negated)
    out->pacing.speed = stepped_speed (out->pacing.speed,
        finding->degree > 0 ? 2 * steps : steps);
  else if (finding->topic == GST_MONTAGE_TOPIC_SPEED_FAULT)
    limit_speed (state,
        finding->value > 0 ? GST_MONTAGE_SPEED_VERY_FAST
                           : GST_MONTAGE_SPEED_VERY_SLOW);
}

/* A cut on every bar is regular and lies on the bar. */
static void
apply_beats (State *state, const GstMontageFinding *finding)
{
  GstMontageInstructions *out = state->out;

  if (finding->negated)
    return;
  out->pacing.speed = speed_of_beats (finding->value);
  if (!state->settled[GST_MONTAGE_TOPIC_VARIATION])
    out->pacing.variation = GST_MONTAGE_VARIATION_MINIMAL;
  if (!state->settled[GST_MONTAGE_TOPIC_SYNC])
    out->energy_mapping.sync_to_beats = TRUE;
}

static void
apply_pacing (State *state, const GstMontageFinding *finding)
{
  GstMontageInstructions *out = state->out;
  GstMontageVariation variation = (GstMontageVariation) finding->value;
  gdouble *climax = &out->pacing.climax_intensity;

  switch (finding->topic) {
    case GST_MONTAGE_TOPIC_VARIATION:
      if (!finding->negated)
        out->pacing.variation = variation;
      else if (variation == GST_MONTAGE_VARIATION_MINIMAL)
        out->pacing.variation = GST_MONTAGE_VARIATION_HIGH;
      else if (out->pacing.variation >= variation)
        out->pacing.variation = GST_MONTAGE_VARIATION_MODERATE;
      break;
    case GST_MONTAGE_TOPIC_INTRO:
      if (!finding->negated)
        out->pacing.intro_duration_beats = (guint) CLAMP (finding->value, 4,
            32);
      else
        out->pacing.intro_duration_beats = finding->value > 16 ? 4 : 16;
      break;
    case GST_MONTAGE_TOPIC_INTRO_STEP:
      out->pacing.intro_duration_beats = (guint)
          CLAMP (out->pacing.intro_duration_beats * pow (2, finding->value), 4,
              32);
      break;
    default:
      *climax = finding->negated ? MIN (*climax, 0.2)
                                 : MAX (*climax, finding->value);
      break;
  }
}

static void
apply_shots (State *state, const GstMontageFinding *finding)
{
  GstMontageInstructions *out = state->out;
  gboolean yes = (finding->value > 0) != finding->negated;

  switch (finding->topic) {
    case GST_MONTAGE_TOPIC_WIDE:
      out->cinematography.prefer_wide_shots = yes;
      break;
    case GST_MONTAGE_TOPIC_ACTION:
      out->cinematography.prefer_high_action = yes;
      break;
    case GST_MONTAGE_TOPIC_MATCH:
      out->cinematography.match_cuts_enabled = yes;
      break;
    case GST_MONTAGE_TOPIC_INVISIBLE:
      out->cinematography.invisible_cuts_enabled = yes;
      break;
    default:
      out->cinematography.shot_variation_priority = yes
          ? GST_MONTAGE_PRIORITY_HIGH
          : GST_MONTAGE_PRIORITY_LOW;
      break;
  }
}

/* From a fade at each cut to none. */
static GstMontageTransitions
fewer_fades (GstMontageTransitions type)
{
  switch (type) {
    case GST_MONTAGE_TRANSITIONS_CROSSFADE:
      return GST_MONTAGE_TRANSITIONS_MIXED;
    case GST_MONTAGE_TRANSITIONS_MIXED:
      return GST_MONTAGE_TRANSITIONS_ENERGY_AWARE;
    default:
      return GST_MONTAGE_TRANSITIONS_HARD_CUTS;
  }
}

static void
apply_transitions (State *state, const GstMontageFinding *finding)
{
  GstMontageInstructions *out = state->out;
  GstMontageTransitions type = (GstMontageTransitions) finding->value;

  if (finding->complaint && type == GST_MONTAGE_TRANSITIONS_CROSSFADE)
    type = fewer_fades (out->transitions.type);
  else if (finding->negated && type == GST_MONTAGE_TRANSITIONS_HARD_CUTS)
    type = GST_MONTAGE_TRANSITIONS_CROSSFADE;
  else if (finding->negated)
    type = GST_MONTAGE_TRANSITIONS_HARD_CUTS;
  else if ((finding->flags & GST_MONTAGE_LEXICON_IMPLIED)
      && out->transitions.type != GST_MONTAGE_TRANSITIONS_HARD_CUTS)
    return;
  else {
    state->said_hard_cuts |= type == GST_MONTAGE_TRANSITIONS_HARD_CUTS;
    state->said_crossfades |= type == GST_MONTAGE_TRANSITIONS_CROSSFADE;
    state->said_energy_aware |= type == GST_MONTAGE_TRANSITIONS_ENERGY_AWARE;
  }
  out->transitions.type = type;
}

/* Who names a look wants to see it: at each cut, if nothing else was said. */
static void
apply_look (State *state, const GstMontageFinding *finding)
{
  GstMontageInstructions *out = state->out;
  GstMontageTransitionLook look = (GstMontageTransitionLook) finding->value;

  if (finding->negated || finding->complaint) {
    if (out->transitions.look == look)
      out->transitions.look = GST_MONTAGE_TRANSITION_LOOK_CROSSFADE;
    return;
  }
  out->transitions.look = look;
  state->said_crossfades = TRUE;
  if (!state->settled[GST_MONTAGE_TOPIC_TRANSITIONS])
    out->transitions.type = GST_MONTAGE_TRANSITIONS_CROSSFADE;
}

static void
apply_fade (State *state, const GstMontageFinding *finding)
{
  GstMontageInstructions *out = state->out;

  if (finding->negated)
    return;
  out->transitions.crossfade_duration_sec = CLAMP (finding->value, 0.1, 2);
}

static void
apply_energy (State *state, const GstMontageFinding *finding)
{
  GstMontageInstructions *out = state->out;
  gdouble *amplification = &out->energy_mapping.energy_amplification;

  if (finding->topic == GST_MONTAGE_TOPIC_SYNC)
    out->energy_mapping.sync_to_beats = (finding->value > 0)
        != finding->negated;
  else if (!finding->negated)
    *amplification = CLAMP (finding->value + (finding->degree > 0 ? 0.3 : 0),
        0.5, 2);
  else if (finding->value > 1)
    *amplification = MIN (*amplification, 0.7);
  else
    *amplification = MAX (*amplification, 1);
}

/* There is too much of @grading: first half of it, then none; where it is not
 * there, half of what is its opposite. */
static void
tone_down (GstMontageInstructions *out, GstMontageGrading grading)
{
  static const GstMontageGrading opposites[][2] =
      {{GST_MONTAGE_GRADING_WARM, GST_MONTAGE_GRADING_COOL},
          {GST_MONTAGE_GRADING_COOL, GST_MONTAGE_GRADING_WARM},
          {GST_MONTAGE_GRADING_VIBRANT, GST_MONTAGE_GRADING_DESATURATED},
          {GST_MONTAGE_GRADING_DESATURATED, GST_MONTAGE_GRADING_VIBRANT}};

  if (out->effects.color_grading == grading) {
    if (out->effects.color_intensity > SLIGHT_INTENSITY)
      out->effects.color_intensity = SLIGHT_INTENSITY;
    else
      out->effects.color_grading = GST_MONTAGE_GRADING_NEUTRAL;
    return;
  }
  for (gsize i = 0; i < G_N_ELEMENTS (opposites); i++)
    if (opposites[i][0] == grading) {
      out->effects.color_grading = opposites[i][1];
      out->effects.color_intensity = SLIGHT_INTENSITY;
    }
}

static void
apply_grading (State *state, const GstMontageFinding *finding)
{
  GstMontageInstructions *out = state->out;
  GstMontageGrading grading = (GstMontageGrading) finding->value;

  if (finding->topic == GST_MONTAGE_TOPIC_GRADED) {
    if (finding->negated)
      out->effects.color_grading = GST_MONTAGE_GRADING_NONE;
  } else if (finding->complaint)
    tone_down (out, grading);
  else if (!finding->negated) {
    out->effects.color_grading = grading;
    out->effects.color_intensity = finding->degree < 0 ? SLIGHT_INTENSITY : 1;
  } else if (out->effects.color_grading == grading)
    out->effects.color_grading = GST_MONTAGE_GRADING_NEUTRAL;
}

static void
apply_effects (State *state, const GstMontageFinding *finding)
{
  GstMontageInstructions *out = state->out;
  gboolean yes = (finding->value > 0) != finding->negated;

  if (finding->topic == GST_MONTAGE_TOPIC_STABILIZE)
    out->effects.stabilization = yes;
  else if (finding->topic == GST_MONTAGE_TOPIC_UPSCALE)
    out->effects.upscale = yes;
  else
    out->effects.sharpness_boost = yes;
}

static void
apply_mood (State *state, const GstMontageFinding *finding)
{
  GstMontageMood mood = (GstMontageMood) finding->value;

  /* "wistful, but not sad" stays wistful */
  if (!finding->negated) {
    state->out->style.mood = mood;
    state->said_mood = TRUE;
  } else if (state->out->style.mood == mood && !state->said_mood) {
    state->out->style.mood = GST_MONTAGE_MOOD_NEUTRAL;
  }
}

static void
apply_length (State *state, const GstMontageFinding *finding)
{
  GstMontageInstructions *out = state->out;
  gdouble *length = &out->constraints.target_duration_sec;
  gdouble *shortest = &out->constraints.min_clip_duration_sec;
  gdouble *longest = &out->constraints.max_clip_duration_sec;
  gdouble seconds = finding->value;

  switch (finding->topic) {
    case GST_MONTAGE_TOPIC_LENGTH:
      *length = CLAMP (seconds, 0.1, MAX_SECONDS);
      break;
    case GST_MONTAGE_TOPIC_LENGTH_STEP:
      *length = CLAMP (*length + seconds, 0.1, MAX_SECONDS);
      break;
    case GST_MONTAGE_TOPIC_LENGTH_SCALE:
      *length = CLAMP (*length * finding->value, 0.1, MAX_SECONDS);
      break;
    case GST_MONTAGE_TOPIC_SHORTEST:
      *shortest = CLAMP (seconds, 0.5, 10);
      *longest = MAX (*longest, *shortest);
      break;
    case GST_MONTAGE_TOPIC_LONGEST:
      *longest = CLAMP (seconds, 2, 60);
      *shortest = MIN (*shortest, *longest);
      break;
    default:
      *shortest = CLAMP (seconds * (1 - SHOT_LENGTH_TOLERANCE), 0.5, 10);
      *longest = CLAMP (seconds * (1 + SHOT_LENGTH_TOLERANCE), 2, 60);
      break;
  }
  /* A limit below the shortest possible maximum needs a speed to hold. */
  if (finding->topic == GST_MONTAGE_TOPIC_SHOT_LENGTH
      || (finding->topic == GST_MONTAGE_TOPIC_LONGEST && seconds < 2
          && !state->settled[GST_MONTAGE_TOPIC_SPEED]))
    out->pacing.speed = speed_of_beats (seconds / USUAL_BEAT);
}

static void (*const appliers[GST_MONTAGE_N_TOPICS]) (State *,
    const GstMontageFinding *) = {
    [GST_MONTAGE_TOPIC_MOOD] = apply_mood,
    [GST_MONTAGE_TOPIC_SPEED] = apply_speed,
    [GST_MONTAGE_TOPIC_SPEED_STEP] = apply_step,
    [GST_MONTAGE_TOPIC_SPEED_FAULT] = apply_step,
    [GST_MONTAGE_TOPIC_BEATS] = apply_beats,
    [GST_MONTAGE_TOPIC_VARIATION] = apply_pacing,
    [GST_MONTAGE_TOPIC_INTRO] = apply_pacing,
    [GST_MONTAGE_TOPIC_INTRO_STEP] = apply_pacing,
    [GST_MONTAGE_TOPIC_CLIMAX] = apply_pacing,
    [GST_MONTAGE_TOPIC_WIDE] = apply_shots,
    [GST_MONTAGE_TOPIC_ACTION] = apply_shots,
    [GST_MONTAGE_TOPIC_MATCH] = apply_shots,
    [GST_MONTAGE_TOPIC_INVISIBLE] = apply_shots,
    [GST_MONTAGE_TOPIC_SHOT_VARIETY] = apply_shots,
    [GST_MONTAGE_TOPIC_TRANSITIONS] = apply_transitions,
    [GST_MONTAGE_TOPIC_LOOK] = apply_look,
    [GST_MONTAGE_TOPIC_FADE] = apply_fade,
    [GST_MONTAGE_TOPIC_SYNC] = apply_energy,
    [GST_MONTAGE_TOPIC_AMPLIFY] = apply_energy,
    [GST_MONTAGE_TOPIC_GRADING] = apply_grading,
    [GST_MONTAGE_TOPIC_GRADED] = apply_grading,
    [GST_MONTAGE_TOPIC_STABILIZE] = apply_effects,
    [GST_MONTAGE_TOPIC_UPSCALE] = apply_effects,
    [GST_MONTAGE_TOPIC_SHARPEN] = apply_effects,
    [GST_MONTAGE_TOPIC_LENGTH] = apply_length,
    [GST_MONTAGE_TOPIC_LENGTH_STEP] = apply_length,
    [GST_MONTAGE_TOPIC_LENGTH_SCALE] = apply_length,
    [GST_MONTAGE_TOPIC_SHOT_LENGTH] = apply_length,
    [GST_MONTAGE_TOPIC_SHORTEST] = apply_length,
    [GST_MONTAGE_TOPIC_LONGEST] = apply_length,
};

static void
apply_finding (State *state, const GstMontageFinding *finding)
{
  if (appliers[finding->topic]
      && (!finding->repeats || finding->topic == GST_MONTAGE_TOPIC_SPEED))
    appliers[finding->topic](state, finding);
}

/* "No transitions" says what it says, "not calm" does not mean fast. */
static gboolean
is_implied (const GstMontageFinding *finding)
{
  return (finding->flags & GST_MONTAGE_LEXICON_IMPLIED)
      && !(finding->negated && finding->topic == GST_MONTAGE_TOPIC_TRANSITIONS);
}

static void
note_settled (State *state, const GArray *findings)
{
  gboolean *settled = state->settled;

  for (guint i = 0; i < findings->len; i++) {
    const GstMontageFinding *finding = &g_array_index (findings,
        GstMontageFinding, i);

    if (!is_implied (finding))
      settled[finding->topic] = TRUE;
  }
  settled[GST_MONTAGE_TOPIC_SPEED] |= settled[GST_MONTAGE_TOPIC_BEATS]
      || settled[GST_MONTAGE_TOPIC_SPEED_STEP]
      || settled[GST_MONTAGE_TOPIC_SPEED_FAULT];
}

/* What is measured is more exact than a word: "short clips of two seconds". */
static gboolean
decides_last (const GstMontageFinding *finding)
{
  return finding->topic == GST_MONTAGE_TOPIC_BEATS
      || finding->topic == GST_MONTAGE_TOPIC_SHOT_LENGTH;
}

static void
settle_contradictions (State *state)
{
  GstMontageInstructions *out = state->out;

  /* "fades where it is quiet, else hard cuts" */
  if (state->said_hard_cuts && state->said_energy_aware)
    out->transitions.type = GST_MONTAGE_TRANSITIONS_ENERGY_AWARE;
  else if (state->said_hard_cuts && state->said_crossfades)
    out->transitions.type = GST_MONTAGE_TRANSITIONS_MIXED;
  if (!state->said_slow || !state->said_fast
      || state->settled[GST_MONTAGE_TOPIC_BEATS])
    return;
  out->pacing.speed = GST_MONTAGE_SPEED_DYNAMIC;
  out->pacing.climax_intensity = MAX (out->pacing.climax_intensity, 0.9);
  if (!state->settled[GST_MONTAGE_TOPIC_VARIATION])
    out->pacing.variation = GST_MONTAGE_VARIATION_HIGH;
}

/* A style's limits must not undo the speed that was asked for. */
static void
widen_limits (State *state)
{
  GstMontageInstructions *out = state->out;
  gdouble *shortest = &out->constraints.min_clip_duration_sec;
  gdouble *longest = &out->constraints.max_clip_duration_sec;
  const gboolean *settled = state->settled;
  gdouble beats;

  if (!settled[GST_MONTAGE_TOPIC_SPEED] || settled[GST_MONTAGE_TOPIC_SHORTEST]
      || settled[GST_MONTAGE_TOPIC_LONGEST]
      || settled[GST_MONTAGE_TOPIC_SHOT_LENGTH]
      || out->pacing.speed == GST_MONTAGE_SPEED_DYNAMIC)
    return;
  beats = beats_of_speed (out->pacing.speed);
  *shortest = CLAMP (MIN (*shortest, beats * SHORTEST_BEAT), 0.5, 10);
  *longest = CLAMP (MAX (*longest, beats * LONGEST_BEAT), 2, 60);
}

void
gst_montage_prompt_apply (const GArray *findings,
    GstMontageInstructions *instructions)
{
  State state = {instructions};

  note_settled (&state, findings);
  for (guint i = 0; i < findings->len; i++) {
    const GstMontageFinding *finding = &g_array_index (findings,
        GstMontageFinding, i);

    if (is_implied (finding)
            ? !state.settled[finding->topic] && !finding->negated
            : !decides_last (finding))
      apply_finding (&state, finding);
  }
  settle_contradictions (&state);
  for (guint i = 0; i < findings->len; i++) {
    const GstMontageFinding *finding = &g_array_index (findings,
        GstMontageFinding, i);

    if (decides_last (finding))
      apply_finding (&state, finding);
  }
  widen_limits (&state);
}
