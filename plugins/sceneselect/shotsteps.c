/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "shotsteps.h"

#include <math.h>

#include "camerapath.h"
#include "shotconstants.h"

/* Measures up to this one are of what moved since the picture before. */
#define LAST_MOVING MEASURE_MOTION_BLUR

typedef struct
{
  gfloat sums[N_MEASURES];
  gfloat seconds; /* of the moves */
  guint16 n_frames;
  guint16 n_moves;
  guint16 n_places; /* of the camera's path */
  gboolean transition;
  GstClockTime key_time;
  gfloat key_score;
} Step;

struct _ShotSteps
{
  GArray *steps; /* of Step */
  CameraPath *path;
  GstClockTime start;
  GstClockTime last;
  gboolean settled; /* behind the transition */
};

ShotSteps *
shot_steps_new (void)
{
  ShotSteps *self = g_new0 (ShotSteps, 1);

  self->steps = g_array_new (FALSE, TRUE, sizeof (Step));
  self->path = camera_path_new ();
  return self;
}

void
shot_steps_free (ShotSteps *self)
{
  g_array_unref (self->steps);
  camera_path_free (self->path);
  g_free (self);
}

/* The step that holds @time. Behind a hole that no clip has, and in a shot
 * longer than any, it is the last one. */
static Step *
step_at (ShotSteps *self, GstClockTime time)
{
  guint64 i = (time - self->start) / CURVE_STEP;

  if (time - self->last > CURVE_MAX_HOLE || i >= CURVE_MAX_STEPS)
    i = MAX (self->steps->len, 1) - 1;
  if (i >= self->steps->len)
    g_array_set_size (self->steps, (guint) i + 1);
  return &g_array_index (self->steps, Step, i);
}

/* The clearest picture tells most. */
static gfloat
key_score (const FrameFeatures *frame)
{
  gfloat exposure = 1 - frame->underexposed - frame->overexposed;

  return (0.1f + frame->sharpness) * (1 - 0.5f * frame->motion)
      * (0.1f + exposure) * (0.1f + frame->contrast);
}

static void
add_picture (Step *step, const FrameFeatures *frame)
{
  gfloat *sums = step->sums;
  gfloat score = key_score (frame);

  sums[MEASURE_BRIGHTNESS] += frame->brightness;
  sums[MEASURE_CONTRAST] += frame->contrast;
  sums[MEASURE_UNDEREXPOSED] += frame->underexposed;
  sums[MEASURE_OVEREXPOSED] += frame->overexposed;
  sums[MEASURE_SHARPNESS] = MAX (sums[MEASURE_SHARPNESS], frame->sharpness);
  sums[MEASURE_SATURATION] += frame->saturation;
  sums[MEASURE_FOCUS_X] += frame->focus_x;
  sums[MEASURE_FOCUS_Y] += frame->focus_y;
  if (step->n_frames == 0 || score > step->key_score) {
    step->key_score = score;
    step->key_time = frame->time;
  }
  step->n_frames++;
}

static void
add_move (Step *step, const FrameFeatures *frame)
{
  gfloat *sums = step->sums;

  sums[MEASURE_MOTION] += frame->motion;
  sums[MEASURE_ACTION] += frame->action;
  /* the picture moves against the camera */
  sums[MEASURE_PAN_X] -= frame->dx;
  sums[MEASURE_PAN_Y] -= frame->dy;
  sums[MEASURE_ZOOM] += frame->zoom;
  sums[MEASURE_MOTION_BLUR] += frame->motion_blur;
  step->seconds += (gfloat) (CLAMP (frame->interval, MIN_INTERVAL, MAX_INTERVAL)
      / (gdouble) GST_SECOND);
  step->n_moves++;
}

static void
take_places (ShotSteps *self)
{
  GstClockTime time;
  gdouble deviation;

  while (camera_path_pop (self->path, &time, &deviation)) {
    guint64 i = MIN ((time - self->start) / CURVE_STEP, self->steps->len - 1);
    Step *step = &g_array_index (self->steps, Step, i);

    step->sums[MEASURE_SHAKE] += (gfloat) deviation;
    step->n_places++;
  }
}

void
shot_steps_push (ShotSteps *self, const FrameFeatures *frame,
    gboolean in_transition)
{
  gboolean moved = frame->interval > 0 && self->settled && !in_transition;
  Step *step;

  if (self->steps->len == 0)
    self->start = self->last = frame->time;
  step = step_at (self, frame->time);
  self->last = frame->time;
  if (!in_transition && step->transition)
    *step = (Step){0};
  /* more pictures than the fastest camera takes: broken time stamps */
  if (step->n_frames == G_MAXUINT16)
    return;
  if (step->n_frames == 0)
    step->transition = in_transition;
  add_picture (step, frame);
  if (moved)
    add_move (step, frame);
  if (!in_transition) {
    camera_path_push (self->path, frame->time, frame->dx,
        frame->dy * SMALL_HEIGHT / SMALL_WIDTH, !moved);
    take_places (self);
  }
  self->settled = !in_transition;
}

/* --- series ------------------------------------------------------------- */

void
shot_series_free (ShotSeries *self)
{
  for (guint m = 0; m < N_MEASURES; m++)
    g_free (self->values[m]);
  g_free (self->key_times);
  g_free (self->key_scores);
  g_free (self);
}

/* How many pictures tell it. */
static gint
count (const Step *step, guint measure)
{
  if (measure == MEASURE_SHAKE)
    return step->n_places;
  return measure <= LAST_MOVING ? step->n_moves : step->n_frames;
}

static gfloat
value_of (const Step *step, guint measure)
{
  gfloat sum = step->sums[measure];

  switch (measure) {
    case MEASURE_PAN_X:
    case MEASURE_PAN_Y:
    case MEASURE_ZOOM:
      return sum / step->seconds;
    case MEASURE_SHAKE:
      return sqrtf (sum / count (step, measure));
    case MEASURE_SHARPNESS:
      return sum;
    default:
      return sum / count (step, measure);
  }
}

/* From the last known value to the one at @i; the first and the last known one
 * hold to the ends. */
static void
fill_hole (gfloat *values, gint known, guint i, guint n)
{
  gfloat from = known >= 0 ? values[known] : values[i];
  gfloat to = i < n ? values[i] : from;

  for (guint k = (guint) (known + 1); k < i; k++)
    values[k] = known >= 0 && i < n ? from
            + (to - from) * (gfloat) ((gint) k - known)
                / (gfloat) ((gint) i - known)
                                    : from;
}

static gfloat *
make_values (const ShotSteps *self, guint measure)
{
  guint n = self->steps->len;
  gfloat *values = g_new0 (gfloat, n);
  gint known = -1;

  for (guint i = 0; i < n; i++) {
    const Step *step = &g_array_index (self->steps, Step, i);

    if (count (step, measure) == 0)
      continue;
    values[i] = value_of (step, measure);
    fill_hole (values, known, i, n);
    known = (gint) i;
  }
  if (known >= 0)
    fill_hole (values, known, n, n);
  return values;
}

ShotSeries *
shot_steps_finish (ShotSteps *self)
{
  ShotSeries *series = g_new0 (ShotSeries, 1);
  const Step *steps = (const Step *) (gpointer) self->steps->data;
  guint n = self->steps->len;

  series->n = n;
  for (guint m = 0; m < N_MEASURES; m++)
    series->values[m] = make_values (self, m);
  series->key_times = g_new (GstClockTime, n);
  series->key_scores = g_new (gfloat, n);
  for (guint i = 0; i < n; i++) {
    series->key_times[i] = steps[i].n_frames ? steps[i].key_time
                                             : GST_CLOCK_TIME_NONE;
    series->key_scores[i] = steps[i].key_score;
  }
  while (series->first < n
      && (steps[series->first].transition
          || steps[series->first].n_frames == 0))
    series->first++;
  /* nothing but transition: then it is what the shot looks like */
  if (series->first == n)
    series->first = 0;
  return series;
}
