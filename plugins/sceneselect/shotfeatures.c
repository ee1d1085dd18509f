/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "shotfeatures.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "actionpeaks.h"
#include "beststretches.h"
#include "cameramove.h"
#include "palette.h"
#include "shotconstants.h"
#include "shotsteps.h"

/* Sums over pictures, 0 is neutral. */
typedef struct
{
  gdouble u;
  gdouble v;
  gdouble uu;
  gdouble vv;
  gdouble uv;
  guint64 n;
} Chroma;

struct _ShotFeatures
{
  ShotSteps *steps;
  ActionPeaks *peaks;
  Palette *palette;
  Chroma chroma;
  gdouble close; /* sums of ShotSizeOdds */
  gdouble wide;
  gdouble size_known;
  gboolean settled; /* behind the transition */
  gboolean begun;
  guint8 first[SIGNATURE_SIZE];
  guint8 last[SIGNATURE_SIZE];
};

ShotFeatures *
shot_features_new (void)
{
  ShotFeatures *self = g_new0 (ShotFeatures, 1);

  self->steps = shot_steps_new ();
  self->peaks = action_peaks_new ();
  self->palette = palette_new ();
  return self;
}

void
shot_features_free (ShotFeatures *self)
{
  shot_steps_free (self->steps);
  action_peaks_free (self->peaks);
  palette_free (self->palette);
  g_free (self);
}

static void
add_chroma (Chroma *self, const ChromaMoments *moments)
{
  self->u += moments->u;
  self->v += moments->v;
  self->uu += moments->uu;
  self->vv += moments->vv;
  self->uv += moments->uv;
  self->n++;
}

void
shot_features_push (ShotFeatures *self, const FrameFeatures *frame,
    gboolean in_transition)
{
  /* what was summed up until now is the transition */
  if (!in_transition && !self->settled) {
    self->chroma = (Chroma){0};
    self->close = self->wide = self->size_known = 0;
  }
  if (!self->begun)
    memcpy (self->first, frame->y, SIGNATURE_SIZE);
  memcpy (self->last, frame->y, SIGNATURE_SIZE);
  /* of the first picture the motion is that of the cut */
  if (self->settled && !in_transition && frame->interval > 0)
    action_peaks_push (self->peaks, frame->time, frame->motion);
  add_chroma (&self->chroma, &frame->chroma);
  self->close += frame->size.close;
  self->wide += frame->size.wide;
  self->size_known += frame->size.known;
  shot_steps_push (self->steps, frame, in_transition);
  palette_push (self->palette, frame->y, frame->u, frame->v, SIGNATURE_SIZE);
  self->begun = TRUE;
  self->settled = !in_transition;
}

/* --- sums --------------------------------------------------------------- */

static int
compare_floats (const void *a, const void *b)
{
  gfloat x = *(const gfloat *) a, y = *(const gfloat *) b;

  return (x > y) - (x < y);
}

/* Value below which @share of the steps are. */
static gdouble
percentile (const ShotSeries *series, Measure measure, gdouble share)
{
  guint n = series->n - series->first;
  g_autofree gfloat *values = g_new (gfloat, n);

  memcpy (values, series->values[measure] + series->first, n * sizeof (gfloat));
  qsort (values, n, sizeof (gfloat), compare_floats);
  return values[MIN ((guint) (share * n), n - 1)];
}

static gdouble
mean (const ShotSeries *series, Measure measure)
{
  gdouble sum = 0;

  for (guint i = series->first; i < series->n; i++)
    sum += series->values[measure][i];
  return sum / (series->n - series->first);
}

static void
finish_sums (const ShotSeries *series, GstMontageShot *shot)
{
  shot->motion = percentile (series, MEASURE_MOTION, 0.5);
  shot->action = percentile (series, MEASURE_ACTION, 0.5);
  shot->pan_x = mean (series, MEASURE_PAN_X);
  shot->pan_y = mean (series, MEASURE_PAN_Y);
  shot->zoom = mean (series, MEASURE_ZOOM);
  shot->shake = percentile (series, MEASURE_SHAKE, 0.5);
  shot->brightness = mean (series, MEASURE_BRIGHTNESS);
  shot->contrast = mean (series, MEASURE_CONTRAST);
  shot->underexposed = mean (series, MEASURE_UNDEREXPOSED);
  shot->overexposed = mean (series, MEASURE_OVEREXPOSED);
  shot->exposure = MAX (1 - shot->underexposed - shot->overexposed, 0);
  shot->sharpness = percentile (series, MEASURE_SHARPNESS, 0.75);
  shot->motion_blur = mean (series, MEASURE_MOTION_BLUR);
  shot->saturation = mean (series, MEASURE_SATURATION);
  shot->focus_x = mean (series, MEASURE_FOCUS_X);
  shot->focus_y = mean (series, MEASURE_FOCUS_Y);
}

/* Hasler & Suesstrunk, "Measuring colourfulness in natural images", 2003: the
 * spread of red against green and of yellow against blue, and how far their
 * mean is from grey. Both opponents are linear in the chroma and do not depend
 * on luma, so the moments of the chroma are all that it takes. */
static gdouble
colorfulness (const Chroma *chroma, gdouble kr, gdouble kb)
{
  gdouble n = (gdouble) MAX (chroma->n, 1), kg = 1 - kr - kb;
  gdouble u = chroma->u / n, v = chroma->v / n;
  gdouble uu = chroma->uu / n - u * u, vv = chroma->vv / n - v * v;
  gdouble uv = chroma->uv / n - u * v;
  /* R, G and B less Y, per unit of u and v */
  gdouble r_v = 2 * (1 - kr), b_u = 2 * (1 - kb);
  gdouble g_u = -kb * b_u / kg, g_v = -kr * r_v / kg;
  gdouble rg_u = -g_u, rg_v = r_v - g_v;
  gdouble yb_u = g_u / 2 - b_u, yb_v = (r_v + g_v) / 2;
  gdouble spread = rg_u * rg_u * uu + rg_v * rg_v * vv + 2 * rg_u * rg_v * uv
      + yb_u * yb_u * uu + yb_v * yb_v * vv + 2 * yb_u * yb_v * uv;
  gdouble distance = hypot (rg_u * u + rg_v * v, yb_u * u + yb_v * v);

  return MIN ((sqrt (MAX (spread, 0)) + 0.3 * distance) / COLORFULNESS_FULL, 1);
}

/* The clearest frame of each third; of short shots, of the whole. */
static void
finish_key_frames (const ShotSeries *series, GstMontageShot *shot)
{
  guint n = series->n - series->first;
  guint parts = n * CURVE_STEP < KEY_FRAME_DISTANCE * KEY_FRAMES ? 1
                                                                 : KEY_FRAMES;

  for (guint part = 0; part < parts; part++) {
    guint best = G_MAXUINT;

    for (guint i = series->first + part * n / parts;
         i < series->first + (part + 1) * n / parts; i++) {
      if (GST_CLOCK_TIME_IS_VALID (series->key_times[i])
          && (best == G_MAXUINT
              || series->key_scores[i] > series->key_scores[best]))
        best = i;
    }
    if (best != G_MAXUINT)
      g_array_append_val (shot->key_frames, series->key_times[best]);
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

/* --- curves ------------------------------------------------------------- */

static gfloat
shake_level (gfloat deviation)
{
  return 1 - expf (-deviation / SHAKE_SCALE);
}

/* People do not look elsewhere five times a second: the mean of a second. */
static void
smooth_focus (gfloat *values, guint n)
{
  g_autofree gfloat *raw = g_memdup2 (values, n * sizeof (gfloat));

  for (guint i = 0; i < n; i++) {
    guint begin = i > FOCUS_REACH ? i - FOCUS_REACH : 0;
    guint end = MIN (i + FOCUS_REACH + 1, n);
    gfloat sum = 0;

    for (guint k = begin; k < end; k++)
      sum += raw[k];
    values[i] = sum / (end - begin);
  }
}

static void
fill_curve (GArray *curve, const gfloat *values, guint n)
{
  g_array_set_size (curve, n);
  for (guint i = 0; i < n; i++)
    g_array_index (curve, gint, i) = (gint) lrintf (
        CLAMP (values[i], -1000, 1000) * 1000);
}

static void
finish_curves (const ShotSeries *series, GstMontageShotCurves *curves)
{
  const struct
  {
    GArray *curve;
    Measure measure;
  } table[] = {
      {curves->motion, MEASURE_MOTION},
      {curves->action, MEASURE_ACTION},
      {curves->pan_x, MEASURE_PAN_X},
      {curves->pan_y, MEASURE_PAN_Y},
      {curves->zoom, MEASURE_ZOOM},
      {curves->shake, MEASURE_SHAKE},
      {curves->brightness, MEASURE_BRIGHTNESS},
      {curves->sharpness, MEASURE_SHARPNESS},
      {curves->focus_x, MEASURE_FOCUS_X},
      {curves->focus_y, MEASURE_FOCUS_Y},
  };

  for (guint i = 0; i < G_N_ELEMENTS (table); i++)
    fill_curve (table[i].curve, series->values[table[i].measure], series->n);
}

void
shot_features_finish (ShotFeatures *self, gdouble kr, gdouble kb,
    GstMontageShot *shot)
{
  g_autoptr (ShotSeries) series = NULL;

  if (!self->begun)
    return;
  series = shot_steps_finish (self->steps);
  for (guint i = 0; i < series->n; i++)
    series->values[MEASURE_SHAKE][i] = shake_level (
        series->values[MEASURE_SHAKE][i]);
  smooth_focus (series->values[MEASURE_FOCUS_X], series->n);
  smooth_focus (series->values[MEASURE_FOCUS_Y], series->n);
  finish_sums (series, shot);
  shot->camera = camera_move_find (series);
  shot->shot_size = shot_size_decide (self->close, self->wide, self->size_known,
      self->chroma.n);
  shot->colorfulness = colorfulness (&self->chroma, kr, kb);
  action_peaks_finish (self->peaks, MAX (shot->motion + PEAK_RISE, PEAK_LEVEL),
      shot->action_peaks);
  finish_key_frames (series, shot);
  best_stretches_find (series, shot);
  finish_curves (series, &shot->curves);
  palette_finish (self->palette, kr, kb, shot->palette);
  finish_signature (self, shot);
}

void
shot_features_hold (GstMontageShot *shot)
{
  GstMontageShotCurves *curves = &shot->curves;
  GArray *all[] = {curves->motion, curves->action, curves->pan_x, curves->pan_y,
      curves->zoom, curves->shake, curves->brightness, curves->sharpness,
      curves->focus_x, curves->focus_y};
  guint n = (guint) ((shot->end - shot->start) / CURVE_STEP);

  for (guint i = 0; i < G_N_ELEMENTS (all); i++) {
    while (all[i]->len > 0 && all[i]->len < n) {
      gint last = g_array_index (all[i], gint, all[i]->len - 1);

      g_array_append_val (all[i], last);
    }
  }
}
