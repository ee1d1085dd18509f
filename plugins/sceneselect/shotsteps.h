/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "framefeatures.h"

G_BEGIN_DECLS

/* What is known of each step of a shot. */
typedef enum
{
  MEASURE_MOTION,
  MEASURE_ACTION,
  MEASURE_PAN_X, /* widths per second */
  MEASURE_PAN_Y, /* heights per second */
  MEASURE_ZOOM,  /* growth per second */
  MEASURE_SHAKE, /* widths; once the shot is finished, 0..1 */
  MEASURE_MOTION_BLUR,
  MEASURE_BRIGHTNESS,
  MEASURE_CONTRAST,
  MEASURE_UNDEREXPOSED,
  MEASURE_OVEREXPOSED,
  MEASURE_SHARPNESS, /* of the sharpest picture */
  MEASURE_SATURATION,
  MEASURE_FOCUS_X,
  MEASURE_FOCUS_Y,
  N_MEASURES
} Measure;

/* One value per CURVE_STEP; what no picture told is filled in between. */
typedef struct
{
  guint n;
  guint first; /* behind the transition that the shot begins with */
  gfloat *values[N_MEASURES];
  GstClockTime *key_times; /* of the most telling picture, NONE without any */
  gfloat *key_scores;
} ShotSeries;

void shot_series_free (ShotSeries *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ShotSeries, shot_series_free)

/* Sums up the pictures of a shot, so that a shot of hours takes little. */
typedef struct _ShotSteps ShotSteps;

ShotSteps *shot_steps_new (void);
void shot_steps_push (ShotSteps *self, const FrameFeatures *frame,
    gboolean in_transition);

ShotSeries *shot_steps_finish (ShotSteps *self);
void shot_steps_free (ShotSteps *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ShotSteps, shot_steps_free)

G_END_DECLS
