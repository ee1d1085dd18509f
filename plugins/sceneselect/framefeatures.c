/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "framefeatures.h"

#include <math.h>

#include "edges.h"
#include "picturearea.h"
#include "saliency.h"
#include "shotconstants.h"

/* Value below which @share of the @n samples lie. */
static guint
percentile (const guint *histogram, guint n, gdouble share)
{
  guint left = (guint) (share * n);
  guint i;

  for (i = 0; i < 255 && histogram[i] <= left; i++)
    left -= histogram[i];
  return i;
}

/* Between the bars of a picture of another shape: they are neither dark nor
 * clipped. Returns the variance of luma, 0..255 squared. */
static gdouble
measure_luma (FrameFeatures *self, const SmallFrame *frame,
    const PictureArea *area)
{
  guint histogram[256] = {0};
  guint n = picture_area_get_n (area), sum = 0, under = 0, over = 0;
  guint64 squares = 0;

  for (gint y = area->top; y < area->bottom; y++) {
    for (gint x = area->left; x < area->right; x++) {
      histogram[frame->y[y][x]]++;
      sum += frame->y[y][x];
    }
  }
  for (guint i = 0; i < 256; i++)
    squares += (guint64) histogram[i] * i * i;
  for (guint i = 0; i <= CLIPPED_BELOW; i++)
    under += histogram[i];
  for (guint i = CLIPPED_ABOVE; i < 256; i++)
    over += histogram[i];
  self->brightness = (gfloat) sum / n / 255;
  self->contrast = (percentile (histogram, n, 0.95)
                       - percentile (histogram, n, 0.05))
      / 255.0f;
  self->underexposed = (gfloat) under / n;
  self->overexposed = (gfloat) over / n;
  return (gdouble) squares / n - (gdouble) sum / n * sum / n;
}

static void
measure_chroma (FrameFeatures *self, const SmallFrame *frame,
    const PictureArea *area)
{
  gint u = 0, v = 0, uu = 0, vv = 0, uv = 0, n = 0;
  gfloat sum = 0;

  for (gint y = (area->top + 1) / 2; y < area->bottom / 2; y++) {
    for (gint x = (area->left + 1) / 2; x < area->right / 2; x++) {
      gint a = frame->u[y][x] - 128, b = frame->v[y][x] - 128;

      u += a;
      v += b;
      uu += a * a;
      vv += b * b;
      uv += a * b;
      sum += sqrtf ((gfloat) (a * a + b * b));
      n++;
    }
  }
  self->saturation = MIN (sum / n / SATURATION_FULL, 1);
  self->chroma = (ChromaMoments){(gfloat) u / n, (gfloat) v / n,
      (gfloat) uu / n, (gfloat) vv / n, (gfloat) uv / n};
}

static guint8
box_mean (const guint8 *plane, gint width, gint height, gint x, gint y)
{
  gint x0 = x * width / SIGNATURE_WIDTH;
  gint x1 = (x + 1) * width / SIGNATURE_WIDTH;
  gint y0 = y * height / SIGNATURE_HEIGHT;
  gint y1 = (y + 1) * height / SIGNATURE_HEIGHT;
  gint n = (x1 - x0) * (y1 - y0), sum = n / 2;

  for (gint j = y0; j < y1; j++) {
    for (gint i = x0; i < x1; i++)
      sum += plane[j * width + i];
  }
  return (guint8) (sum / n);
}

/* Widths per second to 0..1. */
static gfloat
motion_level (gdouble speed)
{
  return (gfloat) (1 - exp (-speed / MOTION_SCALE));
}

/* What moves by itself counts in full, what the camera moves by half. A zoom
 * moves a point by 0.3 widths times its growth in the mean. */
static void
measure_motion (FrameFeatures *self, const FrameMotion *motion,
    GstClockTime interval)
{
  gdouble seconds = CLAMP (interval, MIN_INTERVAL, MAX_INTERVAL)
      / (gdouble) GST_SECOND;
  gdouble camera = hypot (motion->dx, motion->dy * SMALL_HEIGHT / SMALL_WIDTH)
      + 0.3 * fabs (motion->zoom);

  self->dx = motion->dx;
  self->dy = motion->dy;
  self->zoom = motion->zoom;
  self->action = motion_level (motion->local / seconds);
  self->motion = motion_level ((motion->local + 0.5 * camera) / seconds);
}

/* A moving camera smears along its way but not across it: what gradients along
 * the way are short of those across it (structure tensor). Of a picture that
 * moved by less than some samples nothing is smeared, whatever its edges. */
static void
measure_blur (FrameFeatures *self, const SmallFrame *frame)
{
  gdouble x = self->dx, y = self->dy * SMALL_HEIGHT / SMALL_WIDTH;
  gdouble length = hypot (x, y), samples = length * EDGES_WIDTH;
  gdouble xx = frame->gradient_xx, yy = frame->gradient_yy;
  gdouble xy = frame->gradient_xy;
  gdouble along, across;

  self->motion_blur = 0;
  if (samples < BLUR_MIN_MOVE)
    return;
  x /= length;
  y /= length;
  along = x * x * xx + 2 * x * y * xy + y * y * yy;
  across = y * y * xx - 2 * x * y * xy + x * x * yy;
  if (across > 0 && along < across)
    self->motion_blur = (gfloat) ((1 - sqrt (MAX (along, 0) / across))
        * (1 - BLUR_MIN_MOVE / samples));
}

static void
measure_picture (FrameFeatures *self, const SmallFrame *frame)
{
  for (gint y = 0; y < SIGNATURE_HEIGHT; y++) {
    for (gint x = 0; x < SIGNATURE_WIDTH; x++) {
      gint i = y * SIGNATURE_WIDTH + x;

      self->y[i] = box_mean (&frame->y[0][0], SMALL_WIDTH, SMALL_HEIGHT, x, y);
      self->u[i] = box_mean (&frame->u[0][0], SMALL_CHROMA_WIDTH,
          SMALL_CHROMA_HEIGHT, x, y);
      self->v[i] = box_mean (&frame->v[0][0], SMALL_CHROMA_WIDTH,
          SMALL_CHROMA_HEIGHT, x, y);
    }
  }
}

void
frame_features_measure (FrameFeatures *self, const SmallFrame *frame,
    const FrameMotion *motion, GstClockTime time, GstClockTime interval)
{
  FrameMotion rest = {0};
  PictureArea area;
  gdouble variance;

  picture_area_find (&area, frame);
  self->time = time;
  self->interval = interval;
  self->sharpness = MIN (frame->sharpness, 1);
  variance = measure_luma (self, frame, &area);
  /* nothing in it could be seen to move: black, or fog */
  if (variance < PLAIN_DEVIATION * PLAIN_DEVIATION)
    motion = &rest;
  measure_chroma (self, frame, &area);
  measure_motion (self, motion, interval);
  measure_blur (self, frame);
  saliency_find_focus (frame, motion, &area, &self->focus_x, &self->focus_y);
  shot_size_measure (&self->size, frame, &area);
  measure_picture (self, frame);
}
