/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "shotanalyzer.h"

#include "framerate.h"
#include "shotconstants.h"
#include "shotdetector.h"
#include "shotfeatures.h"

/* Broken time stamps: what lies beyond does not fit a document, whose integers
 * have 63 bits, or overflows on the way there. */
#define TIME_MAX ((GstClockTime) G_MAXINT64 / 4)
/* No picture is meant to be seen longer. */
#define DURATION_MAX (24 * 3600 * GST_SECOND)

struct _ShotAnalyzer
{
  ShotDetector *detector;
  FrameRate *rate;
  GstMontageShotList *list;
  GArray *pending; /* of FrameFeatures, not in a shot yet */
  guint64 n_taken; /* frames that are in a shot */
  guint64 n_frames;
  GstClockTime time; /* of the newest frame */
  GstClockTime duration;
  gdouble kr;
  gdouble kb;

  /* the shot that grows */
  ShotFeatures *features;
  ShotBoundary boundary;
  GstClockTime start;
  GstClockTime transition_end;
  guint n_boundaries; /* used up */
};

ShotAnalyzer *
shot_analyzer_new (void)
{
  ShotAnalyzer *self = g_new0 (ShotAnalyzer, 1);

  self->detector = shot_detector_new ();
  self->rate = frame_rate_new ();
  self->list = gst_montage_shot_list_new ();
  self->list->curve_step = CURVE_STEP;
  self->pending = g_array_new (FALSE, FALSE, sizeof (FrameFeatures));
  self->time = self->duration = GST_CLOCK_TIME_NONE;
  shot_analyzer_set_matrix (self, 0.2126, 0.0722);
  return self;
}

void
shot_analyzer_free (ShotAnalyzer *self)
{
  shot_detector_free (self->detector);
  frame_rate_free (self->rate);
  gst_montage_shot_list_free (self->list);
  g_array_unref (self->pending);
  g_clear_pointer (&self->features, shot_features_free);
  g_free (self);
}

void
shot_analyzer_set_matrix (ShotAnalyzer *self, gdouble kr, gdouble kb)
{
  self->kr = kr;
  self->kb = kb;
}

/* @time is the start of the next shot, or the end of the clip. */
static void
close_shot (ShotAnalyzer *self, GstClockTime time)
{
  GstMontageShot *shot = gst_montage_shot_list_append (self->list);

  shot->start = self->start;
  shot->end = time;
  shot->first_frame = self->boundary.first;
  shot->n_frames = self->n_taken - self->boundary.first;
  shot->transition_in = self->boundary.kind;
  if (self->boundary.last > self->boundary.first) {
    shot->transition_duration = MIN (self->transition_end, time) - self->start;
    shot->transition_frames = self->boundary.last - self->boundary.first + 1;
  }
  shot_features_finish (self->features, self->kr, self->kb, shot);
  g_clear_pointer (&self->features, shot_features_free);
  self->list->duration = time;
}

static void
open_shot (ShotAnalyzer *self, const ShotBoundary *boundary, GstClockTime time)
{
  self->features = shot_features_new ();
  self->boundary = *boundary;
  self->start = self->transition_end = time;
}

/* The boundary at @frame, where there is one. */
static const ShotBoundary *
take_boundary (ShotAnalyzer *self, guint64 frame)
{
  static const ShotBoundary start = {0, 0, GST_MONTAGE_BOUNDARY_START};
  const GArray *boundaries = shot_detector_get_boundaries (self->detector);

  if (self->n_boundaries < boundaries->len) {
    const ShotBoundary *next = &g_array_index (boundaries, ShotBoundary,
        self->n_boundaries);

    if (next->first == frame) {
      self->n_boundaries++;
      return next;
    }
  }
  return frame == 0 ? &start : NULL;
}

/* Puts the frames that are decided into their shots. */
static void
take_settled (ShotAnalyzer *self)
{
  guint64 settled = shot_detector_get_settled (self->detector);
  guint n = (guint) (settled - self->n_taken);

  for (guint i = 0; i < n; i++) {
    const FrameFeatures *frame = &g_array_index (self->pending, FrameFeatures,
        i);
    const ShotBoundary *boundary = take_boundary (self, self->n_taken);

    if (boundary) {
      if (self->features)
        close_shot (self, frame->time);
      open_shot (self, boundary, frame->time);
    }
    shot_features_push (self->features, frame,
        self->boundary.last > self->boundary.first
            && self->n_taken <= self->boundary.last);
    self->n_taken++;
    /* the transition takes until its last frame is over */
    if (self->n_taken == self->boundary.last + 1)
      self->transition_end = i + 1 < self->pending->len ? frame[1].time
                                                        : self->time + 1;
  }
  g_array_remove_range (self->pending, 0, n);
}

static GstClockTime
next_time (const ShotAnalyzer *self, GstClockTime time)
{
  GstClockTime step = self->duration;

  if (!GST_CLOCK_TIME_IS_VALID (self->time))
    return GST_CLOCK_TIME_IS_VALID (time) ? time : 0;
  /* just behind: what follows with a good time stamp keeps it */
  if (GST_CLOCK_TIME_IS_VALID (time))
    return MAX (time, self->time + 1);
  if (self->time >= TIME_MAX)
    return self->time + 1;
  /* the median interval takes a while to find, so it comes last */
  if (!GST_CLOCK_TIME_IS_VALID (step) || step == 0)
    step = frame_rate_get_interval (self->rate);
  return self->time
      + (GST_CLOCK_TIME_IS_VALID (step) ? step : 40 * GST_MSECOND);
}

void
shot_analyzer_push (ShotAnalyzer *self, const SmallFrame *frame,
    GstClockTime time, GstClockTime duration)
{
  FrameFeatures features;
  FrameMotion motion;
  GstClockTime interval = 0;

  if (time > TIME_MAX)
    time = GST_CLOCK_TIME_NONE;
  if (duration > DURATION_MAX)
    duration = GST_CLOCK_TIME_NONE;
  time = next_time (self, time);
  if (GST_CLOCK_TIME_IS_VALID (self->time))
    interval = time - self->time;
  self->time = time;
  self->duration = duration;
  self->n_frames++;
  frame_rate_push (self->rate, time);
  shot_detector_push (self->detector, frame, time, &motion);
  frame_features_measure (&features, frame, &motion, time, interval);
  g_array_append_val (self->pending, features);
  take_settled (self);
}

/* One picture that nobody says how long to show. */
static gboolean
is_still (const ShotAnalyzer *self, gint caps_n)
{
  return self->n_frames == 1 && caps_n <= 0
      && !GST_CLOCK_TIME_IS_VALID (self->duration);
}

/* The shot of a picture goes on as it begins. */
static void
finish_still (ShotAnalyzer *self)
{
  GstMontageShot *shot;

  self->start = self->transition_end = 0;
  close_shot (self, GST_MONTAGE_STILL_DURATION);
  self->list->still = TRUE;
  self->list->fps_n = 0;
  self->list->fps_d = 1;
  shot = &g_array_index (self->list->shots, GstMontageShot, 0);
  shot_features_hold (shot);
}

void
shot_analyzer_finish (ShotAnalyzer *self, gint caps_n, gint caps_d)
{
  GstClockTime last = self->duration;

  if (self->n_frames == 0)
    return;
  shot_detector_finish (self->detector);
  take_settled (self);
  if (is_still (self, caps_n)) {
    finish_still (self);
    return;
  }
  frame_rate_get (self->rate, caps_n, caps_d, &self->list->fps_n,
      &self->list->fps_d);
  self->list->variable_rate = frame_rate_is_variable (self->rate);
  if (!GST_CLOCK_TIME_IS_VALID (last) || last == 0)
    last = frame_rate_get_interval (self->rate);
  if (!GST_CLOCK_TIME_IS_VALID (last))
    last = gst_util_uint64_scale_round (GST_SECOND, self->list->fps_d,
        self->list->fps_n);
  if (self->transition_end > self->time)
    self->transition_end = self->time + last;
  close_shot (self, self->time + last);
}

guint64
shot_analyzer_get_n_frames (const ShotAnalyzer *self)
{
  return self->n_frames;
}

GstMontageShotList *
shot_analyzer_get_list (const ShotAnalyzer *self)
{
  return self->list;
}
