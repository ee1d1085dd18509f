/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "activation.h"
#include "tonefront.h"

/* What speaks for or against a level of the music being its beat. "Most" is the
 * best of all candidates, "start" of those of the same length. */
typedef enum
{
  LEVEL_TEMPO,        /* octaves off the usual tempo, squared */
  LEVEL_DENSITY,      /* octaves off one onset per beat, squared */
  LEVEL_ALL,          /* onsets at the beats, of the most */
  LEVEL_LOW,          /* bass at the beats, of the most */
  LEVEL_START_ALL,    /* onsets at the beats of the best start, of the most */
  LEVEL_START_LOW,    /* bass, the same */
  LEVEL_HALF_LOW,     /* bass half a beat later, of the most */
  LEVEL_QUARTERS,     /* onsets a quarter before and behind, of the most */
  LEVEL_THIRD,        /* share of the beats with an onset a third behind */
  LEVEL_HARMONY,      /* change of harmony at the beats, of the best start */
  LEVEL_HARMONY_TWO,  /* how it repeats after two beats, -1..1 */
  LEVEL_LOW_FOUR,     /* how the bass repeats after four beats, -1..1 */
  LEVEL_FIRST,        /* 1 if the song's first onset is a beat */
  LEVEL_HARMONY_FOUR, /* change of harmony at one beat of four, above the rest */
  LEVEL_BARS,         /* how well the beats can be counted into bars */
  LEVEL_LIVELY,       /* octaves above the usual tempo, where much happens */
  N_LEVEL_FEATURES
} LevelFeature;

/* Parts of the pulse that lengths and starts are counted in. */
#define LEVEL_PARTS 24

/**
 * LevelCandidate:
 * @length: parts from beat to beat
 * @start: parts from the first mark of the pulse to the first beat
 */
typedef struct
{
  guint length;
  guint start;
  gdouble features[N_LEVEL_FEATURES];
} LevelCandidate;

/* The levels of @pulse (frames, of gdouble) with a tempo between @bpm_min and
 * @bpm_max, of LevelCandidate; each from every start that music has. Without @tones
 * (nullable) nothing is known of bars. */
GArray *level_features_measure (const OnsetFrame *frames,
    const Activation *activation, const ToneFront *tones, const GArray *pulse,
    gdouble bpm_min, gdouble bpm_max);
/* The sum of its features, each times its weight of @weights. */
gdouble
level_features_weigh (const LevelCandidate *candidate, const gdouble *weights);
/* Frame of a place in @pulse, counted in parts. */
gdouble level_features_frame (const GArray *pulse, guint part);
