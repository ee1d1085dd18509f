/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "shotfeatures.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "frametraits.h"
#include "palette.h"
#include "shotconstants.h"

typedef struct
{
  GstClockTime time;
  GstClockTime interval;
  gfloat dx;
  gfloat dy;
  gfloat motion;
  gfloat brightness;
  gfloat contrast;
  gfloat exposure;
  gfloat sharpness;
  gfloat saturation;
} Sample;

struct _ShotFeatures
{
  GArray *samples;
  Palette *palette;
  guint8 first[SIGNATURE_SIZE];
  guint8 last[SIGNATURE_SIZE];
};

/* --- one picture -------------------------------------------------------- */

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

/* Between the bars of a wide picture: they are neither dark nor clipped. */
static void
measure_luma (FrameFeatures *self, const SmallFrame *frame)
{
  guint histogram[256] = {0};
  guint n, sum = 0, clipped = 0;
  gint top, bottom;

  frame_traits_get_picture (frame, &top, &bottom);
  n = (guint) (bottom - top) * SMALL_WIDTH;
  for (gint y = top; y < bottom; y++) {
    for (gint x = 0; x < SMALL_WIDTH; x++) {
      histogram[frame->y[y][x]]++;
      sum += frame->y[y][x];
    }
  }
  for (guint i = 0; i < 256; i++)
    clipped += i <= CLIPPED_BELOW || i >= CLIPPED_ABOVE ? histogram[i] : 0;
  self->brightness = (gfloat) sum / n / 255;
  self->contrast = (percentile (histogram, n, 0.95)
                       - percentile (histogram, n, 0.05))
      / 255.0f;
  self->exposure = 1 - (gfloat) clipped / n;
}

static void
measure_chroma (FrameFeatures *self, const SmallFrame *frame)
{
  const guint8 *u = &frame->u[0][0], *v = &frame->v[0][0];
  const guint n = SMALL_CHROMA_WIDTH * SMALL_CHROMA_HEIGHT;
  gfloat sum = 0;

  for (guint i = 0; i < n; i++) {
    gint a = u[i] - 128, b = v[i] - 128;

    sum += sqrtf ((gfloat) (a * a + b * b));
  }
  self->saturation = MIN (sum / n / SATURATION_FULL, 1);
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

/* What moves by itself counts in full, what the camera moves by half. */
static gfloat
motion_level (const FrameMotion *motion, GstClockTime interval)
{
  gdouble seconds = CLAMP (interval, MIN_INTERVAL, MAX_INTERVAL)
      / (gdouble) GST_SECOND;
  gdouble camera = hypot (motion->dx, motion->dy * SMALL_HEIGHT / SMALL_WIDTH);
  gdouble speed = (motion->local + 0.5 * camera) / seconds;

  return (gfloat) (1 - exp (-speed / MOTION_SCALE));
}

void
frame_features_measure (FrameFeatures *self, const SmallFrame *frame,
    const FrameMotion *motion, GstClockTime time, GstClockTime interval)
{
  self->time = time;
  self->interval = interval;
  self->dx = motion->dx;
  self->dy = motion->dy;
  self->motion = motion_level (motion, interval);
  self->sharpness = MIN (frame->sharpness, 1);
  measure_luma (self, frame);
  measure_chroma (self, frame);
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

/* --- one shot ----------------------------------------------------------- */

ShotFeatures *
shot_features_new (void)
{
  ShotFeatures *self = g_new0 (ShotFeatures, 1);

  self->samples = g_array_new (FALSE, FALSE, sizeof (Sample));
  self->palette = palette_new ();
  return self;
}

void
shot_features_free (ShotFeatures *self)
{
  g_array_unref (self->samples);
  palette_free (self->palette);
  g_free (self);
}

void
shot_features_push (ShotFeatures *self, const FrameFeatures *frame)
{
  Sample sample = {
      .time = frame->time,
      .interval = frame->interval,
      .dx = frame->dx,
      .dy = frame->dy,
      .motion = frame->motion,
      .brightness = frame->brightness,
      .contrast = frame->contrast,
      .exposure = frame->exposure,
      .sharpness = frame->sharpness,
      .saturation = frame->saturation,
  };

  if (self->samples->len == 0)
    memcpy (self->first, frame->y, SIGNATURE_SIZE);
  memcpy (self->last, frame->y, SIGNATURE_SIZE);
  g_array_append_val (self->samples, sample);
  palette_push (self->palette, frame->y, frame->u, frame->v, SIGNATURE_SIZE);
}

static int
compare_floats (const void *a, const void *b)
{
  gfloat x = *(const gfloat *) a, y = *(const gfloat *) b;

  return (x > y) - (x < y);
}

/* Percentile of the member at @offset of @samples. */
static gdouble
sample_percentile (const Sample *samples, guint n, gsize offset, gdouble share)
{
  g_autofree gfloat *values = NULL;

  if (n == 0)
    return 0;
  values = g_new (gfloat, n);
  for (guint i = 0; i < n; i++)
    values[i] = *(const gfloat *) ((const guint8 *) &samples[i] + offset);
  qsort (values, n, sizeof (gfloat), compare_floats);
  return values[MIN ((guint) (share * n), n - 1)];
}

static gdouble
sample_mean (const Sample *samples, guint n, gsize offset)
{
  gdouble sum = 0;

  for (guint i = 0; i < n; i++)
    sum += *(const gfloat *) ((const guint8 *) &samples[i] + offset);
  return n ? sum / n : 0;
}

/* How far the picture strays from its own path smoothed over half a second:
 * what is faster than some 2 Hz no one does on purpose. */
static gdouble
stray (const Sample *moves, guint n, gdouble seconds)
{
  gint reach = (gint) (n * SHAKE_REACH / MAX (seconds, SHAKE_REACH) + 0.5);
  g_autofree gdouble *xs = g_new0 (gdouble, n + 1);
  g_autofree gdouble *ys = g_new0 (gdouble, n + 1);
  gdouble sum = 0;
  guint count = 0;

  for (guint i = 0; i < n; i++) {
    xs[i + 1] = xs[i] + moves[i].dx;
    ys[i + 1] = ys[i] + moves[i].dy * SMALL_HEIGHT / SMALL_WIDTH;
  }
  for (gint i = reach; reach > 0 && i + reach <= (gint) n; i++) {
    gdouble x = 0, y = 0;

    for (gint k = -reach; k <= reach; k++) {
      x += xs[i + k];
      y += ys[i + k];
    }
    x = xs[i] - x / (2 * reach + 1);
    y = ys[i] - y / (2 * reach + 1);
    sum += x * x + y * y;
    count++;
  }
  return count ? sqrt (sum / count) : 0;
}

/* @moves are the samples that have one before them in the shot. */
static void
finish_camera (const Sample *moves, guint n, GstMontageShot *shot)
{
  gdouble seconds = 0;

  for (guint i = 0; i < n; i++)
    seconds += CLAMP (moves[i].interval, MIN_INTERVAL, MAX_INTERVAL)
        / (gdouble) GST_SECOND;
  if (n == 0)
    return;
  /* the picture moves against the camera */
  shot->pan_x = -sample_mean (moves, n, G_STRUCT_OFFSET (Sample, dx)) * n
      / seconds;
  shot->pan_y = -sample_mean (moves, n, G_STRUCT_OFFSET (Sample, dy)) * n
      / seconds;
  shot->shake = 1 - exp (-stray (moves, n, seconds) / SHAKE_SCALE);
  shot->motion = sample_percentile (moves, n, G_STRUCT_OFFSET (Sample, motion),
      0.5);
}

/* Motion around sample @i, without its jitter. */
static gdouble
smooth_motion (const Sample *samples, guint n, guint i)
{
  guint begin = i > PEAK_SMOOTH ? i - PEAK_SMOOTH : 0;
  guint end = MIN (i + PEAK_SMOOTH + 1, n);

  return sample_mean (samples + begin, end - begin,
      G_STRUCT_OFFSET (Sample, motion));
}

static void
finish_peaks (const Sample *samples, guint n, GstMontageShot *shot)
{
  g_autofree gdouble *motion = g_new (gdouble, n + 1);
  gdouble level = MAX (shot->motion + PEAK_RISE, PEAK_LEVEL);

  for (guint i = 0; i < n; i++)
    motion[i] = smooth_motion (samples, n, i);
  for (guint i = 0; i < n; i++) {
    gboolean is_peak = motion[i] >= level;

    for (guint k = i; k-- > 0 && is_peak
         && samples[i].time - samples[k].time < PEAK_DISTANCE;)
      is_peak = motion[k] < motion[i];
    for (guint k = i + 1;
         k < n && is_peak && samples[k].time - samples[i].time < PEAK_DISTANCE;
         k++)
      is_peak = motion[k] <= motion[i];
    if (is_peak)
      g_array_append_val (shot->action_peaks, samples[i].time);
  }
}

/* The clearest frame of each third; of short shots, of the whole. */
static void
finish_key_frames (const Sample *samples, guint n, GstMontageShot *shot)
{
  guint parts = n < KEY_FRAMES
          || samples[n - 1].time - samples[0].time
              < KEY_FRAME_DISTANCE * KEY_FRAMES
      ? 1
      : KEY_FRAMES;

  for (guint part = 0; part < parts; part++) {
    guint begin = part * n / parts, end = (part + 1) * n / parts;
    guint best = begin;
    gdouble best_score = -1;

    for (guint i = begin; i < end; i++) {
      const Sample *s = &samples[i];
      gdouble score = (0.1 + s->sharpness) * (1 - 0.5 * s->motion)
          * (0.1 + s->exposure) * (0.1 + s->contrast);

      if (score > best_score) {
        best_score = score;
        best = i;
      }
    }
    g_array_append_val (shot->key_frames, samples[best].time);
  }
}

static void
finish_signature (const ShotFeatures *self, GstMontageShot *shot)
{
  const guint8 *parts[] = {self->first, self->last};
  GString *hex = g_string_sized_new (4 * SIGNATURE_SIZE + 1);

  for (guint part = 0; part < 2; part++) {
    for (guint i = 0; i < SIGNATURE_SIZE; i++)
      g_string_append_printf (hex, "%02x", parts[part][i]);
  }
  g_free (shot->signature);
  shot->signature = g_string_free (hex, FALSE);
}

/* First of @n samples behind the transition of @shot; 0 where none is. */
static guint
skip_transition (const Sample *samples, guint n, const GstMontageShot *shot)
{
  guint i = 0;

  while (i < n && samples[i].time < shot->start + shot->transition_duration)
    i++;
  return i < n ? i : 0;
}

void
shot_features_finish (ShotFeatures *self, gdouble kr, gdouble kb,
    GstMontageShot *shot)
{
  const Sample *samples = (const Sample *) (gpointer) self->samples->data;
  guint n = self->samples->len;
  guint skip = skip_transition (samples, n, shot);

  if (n == 0)
    return;
  samples += skip;
  n -= skip;
  finish_camera (samples + 1, n - 1, shot);
#define MEAN(member)                                                           \
  shot->member = sample_mean (samples, n, G_STRUCT_OFFSET (Sample, member))
  MEAN (brightness);
  MEAN (contrast);
  MEAN (exposure);
  MEAN (saturation);
#undef MEAN
  shot->sharpness = sample_percentile (samples, n,
      G_STRUCT_OFFSET (Sample, sharpness), 0.75);
  /* of the first sample the motion is that of the cut */
  finish_peaks (samples + 1, n - 1, shot);
  finish_key_frames (samples, n, shot);
  palette_finish (self->palette, kr, kb, shot->palette);
  finish_signature (self, shot);
}
