/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "testscene.h"

#include <gst/check/gstcheck.h>
#include <math.h>
#include <string.h>

gdouble
scene_texture (guint seed, gdouble x, gdouble y)
{
  gdouble sum = 0;

  for (guint k = 0; k < 4; k++) {
    gdouble a = fmod ((seed + 1) * (k + 1) * 0.754877, 1) * 2 * G_PI;
    gdouble f = 0.15 + 0.12 * k + 0.05 * fmod (seed * 0.5698402, 1);

    sum += sin (f * (x * cos (a) + y * sin (a)) + seed * 1.7 + k);
  }
  return sum / 4;
}

guint8
scene_level (gdouble value)
{
  return (guint8) CLAMP (floor (value + 0.5), 0, 255);
}

void
scene_draw (SmallFrame *frame, guint seed, gdouble x, gdouble y, gdouble zoom)
{
  gdouble base = 90 + 80 * fmod (seed * 0.618034, 1);

  *frame = (SmallFrame){.sharpness = 0.5f};
  for (gint j = 0; j < SMALL_HEIGHT; j++) {
    for (gint i = 0; i < SMALL_WIDTH; i++) {
      gdouble sx = (i - SMALL_WIDTH / 2) / zoom + x;
      gdouble sy = (j - SMALL_HEIGHT / 2) / zoom + y;

      frame->y[j][i] = scene_level (base + 75 * scene_texture (seed, sx, sy));
    }
  }
  memset (frame->u, 100 + seed * 13 % 60, sizeof frame->u);
  memset (frame->v, 100 + seed * 29 % 60, sizeof frame->v);
}

void
scene_mix (SmallFrame *out, const SmallFrame *a, const SmallFrame *b,
    gdouble share)
{
  const guint8 *from = (const guint8 *) a, *to = (const guint8 *) b;
  guint8 *bytes = (guint8 *) out;

  *out = *a;
  for (gsize i = 0; i < G_STRUCT_OFFSET (SmallFrame, sharpness); i++)
    bytes[i] = scene_level (from[i] + share * (to[i] - from[i]));
}

void
scene_fill (SmallFrame *frame, guint8 y, guint8 u, guint8 v)
{
  *frame = (SmallFrame){.sharpness = 0};
  memset (frame->y, y, sizeof frame->y);
  memset (frame->u, u, sizeof frame->u);
  memset (frame->v, v, sizeof frame->v);
}

void
detector_push (ShotDetector *detector, const SmallFrame *frame)
{
  FrameMotion motion;

  shot_detector_push (detector, frame, GST_CLOCK_TIME_NONE, &motion);
}

void
detector_push_scene (ShotDetector *detector, guint seed, guint n)
{
  SmallFrame frame;

  scene_draw (&frame, seed, 0, 0, 1);
  for (guint i = 0; i < n; i++)
    detector_push (detector, &frame);
}

void
detector_push_moving (ShotDetector *detector, guint seed, guint n, gdouble dx,
    gdouble dy)
{
  for (guint i = 0; i < n; i++) {
    SmallFrame frame;

    scene_draw (&frame, seed, dx * i, dy * i, 1);
    detector_push (detector, &frame);
  }
}

void
detector_push_mix (ShotDetector *detector, const SmallFrame *a,
    const SmallFrame *b, guint n)
{
  for (guint i = 1; i <= n; i++) {
    SmallFrame frame;

    scene_mix (&frame, a, b, i / (n + 1.0));
    detector_push (detector, &frame);
  }
}

const ShotBoundary *
detector_boundary (const ShotDetector *detector, guint i)
{
  return &g_array_index (shot_detector_get_boundaries (detector), ShotBoundary,
      i);
}

void
detector_assert_cuts (ShotDetector *detector, guint n, const guint64 *cuts)
{
  shot_detector_finish (detector);
  ck_assert_uint_eq (shot_detector_get_boundaries (detector)->len, n);
  for (guint i = 0; i < n; i++) {
    ck_assert_uint_eq (detector_boundary (detector, i)->first, cuts[i]);
    ck_assert_uint_eq (detector_boundary (detector, i)->last, cuts[i]);
    ck_assert_int_eq (detector_boundary (detector, i)->kind,
        GST_MONTAGE_BOUNDARY_CUT);
  }
}
