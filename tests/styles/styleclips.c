/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "styleclips.h"

#include <math.h>

#include <gst/montage/planrandom.h>

#define N_CLIPS 24
#define FPS 30
#define CURVE_STEP (200 * GST_MSECOND)
#define COLUMNS 16
#define ROWS 9

typedef struct
{
  const gchar *name;
  guint color; /* of its palette, 0xRRGGBB */
  gdouble brightness;
  const gchar *tags[3];
} Place;

static const Place places[] = {
    {"beach", 0x6fb7d9, 0.66, {"sea", "surfing"}},
    {"night", 0x1b2440, 0.24, {"city", "street"}},
    {"forest", 0x3f6b3a, 0.40, {"forest", "walking"}},
    {"workshop", 0xa8713f, 0.48, {"working", "hands"}},
    {"snow", 0xdde6ee, 0.78, {"mountain", "skiing"}},
    {"concert", 0x7a2d6b, 0.34, {"crowd", "singing"}},
};

/* What is even over all shots, and independent of the rest: the sequence of
 * Kronecker, multiples of irrational numbers modulo 1. */
typedef enum
{
  MOTION,
  SIZE,
  LENGTH,
  FORM,
  CAMERA,
  LIGHT,
  SHARPNESS,
  EXPOSURE,
  FOCUS_X,
  FOCUS_Y,
  SEEN,
  MOOD,
} Dimension;

static const gdouble irrational[] = {
    0.6180339887498949, /* golden section */
    0.4142135623730951, /* of the roots of 2, 3, 5, … */
    0.7320508075688772,
    0.2360679774997898,
    0.6457513110645906,
    0.3166247903553998,
    0.6055512754639891,
    0.1231056256176606,
    0.3588989435406740,
    0.7958315233127191,
    0.3851648071345037,
    0.5677643628300219,
};

static gdouble
spread (guint shot, Dimension dimension)
{
  gdouble value = 0.5 + shot * irrational[dimension];

  return value - floor (value);
}

typedef struct
{
  GstMontageShotList *clip;
  GstMontageShot *shot;
  const Place *place;
  guint number;  /* of the shot, over all clips */
  gdouble level; /* of its motion */
  gint whip;     /* -1: begins with one, 1: ends with one */
  guint form[2]; /* of its first and its last picture */
} Take;

/* ---- pictures ---- */

static gdouble
form_value (guint form, gdouble x, gdouble y)
{
  gdouble across = 2 * x - 1, down = 2 * y - 1;

  switch (form) {
    case 0:
      return across;
    case 1:
      return -across;
    case 2:
      return down;
    case 3:
      return -down;
    case 4:
      return 1.0 - 2 * (across * across + down * down);
    case 5:
      return 1.4 * (across * across + down * down) - 1.0;
    case 6:
      return fabs (across) < 0.35 ? 1.0 : -0.6;
    default:
      return fabs (down) < 0.35 ? 1.0 : -0.6;
  }
}

/* A form, and what makes this picture differ from others of that form. */
static void
add_picture (GString *text, guint form, guint seed)
{
  for (guint i = 0; i < COLUMNS * ROWS; i++) {
    gdouble x = (i % COLUMNS + 0.5) / COLUMNS;
    gdouble y = ((guint) (i / COLUMNS) + 0.5) / ROWS;
    gdouble value = 128 + 70 * form_value (form, x, y)
        + 60 * (montage_random (seed, i, 1) - 0.5);
    g_string_append_printf (text, "%02x", (guint) CLAMP (value, 0, 255));
  }
}

static void
add_signature (Take *take)
{
  GString *text = g_string_new (NULL);

  add_picture (text, take->form[0], take->number * 2);
  add_picture (text, take->form[1],
      take->number * 2 + (take->form[0] != take->form[1]));
  take->shot->signature = g_string_free (text, FALSE);
}

static guint
shade (guint color, gdouble factor)
{
  guint result = 0;

  for (guint shift = 0; shift < 24; shift += 8)
    result |= (guint) CLAMP ((color >> shift & 0xff) * factor, 0, 255) << shift;

  return result;
}

static void
set_look (Take *take)
{
  GstMontageShot *shot = take->shot;
  gdouble light = spread (take->number, LIGHT);
  static const gdouble shades[] = {1.0, 0.7, 1.25};

  shot->brightness = CLAMP (take->place->brightness + 0.3 * (light - 0.5), 0.05,
      0.95);
  shot->contrast = 0.4 + 0.4 * spread (take->number, EXPOSURE);
  shot->exposure = 0.55 + 0.45 * spread (take->number, EXPOSURE);
  shot->sharpness = 0.3 + 0.6 * spread (take->number, SHARPNESS);
  shot->saturation = 0.3 + 0.3 * light;
  shot->colorfulness = 0.3 + 0.3 * light;
  for (guint i = 0; i < G_N_ELEMENTS (shades); i++) {
    guint color = shade (take->place->color, shades[i] * (0.8 + 0.4 * light));
    g_array_append_val (shot->palette, color);
  }
  add_signature (take);
}

/* ---- movement ---- */

static void
set_camera (Take *take)
{
  GstMontageShot *shot = take->shot;
  guint kind = (guint) (6 * spread (take->number, CAMERA));
  gdouble sign = take->number % 2 ? 1.0 : -1.0;

  shot->camera = GST_MONTAGE_CAMERA_STATIC;
  switch (kind) {
    case 0:
    case 1:
      shot->camera = GST_MONTAGE_CAMERA_PAN;
      shot->pan_x = sign * (0.1 + 0.5 * take->level);
      break;
    case 2:
      shot->camera = GST_MONTAGE_CAMERA_TILT;
      shot->pan_y = sign * (0.1 + 0.3 * take->level);
      break;
    case 3:
      shot->camera = GST_MONTAGE_CAMERA_HANDHELD;
      shot->shake = 0.25 + 0.3 * take->level;
      break;
    default:
      break;
  }
  take->form[0] = (guint) (8 * spread (take->number, FORM));
  take->form[1] = take->form[0];
  if (shot->camera == GST_MONTAGE_CAMERA_PAN
      || shot->camera == GST_MONTAGE_CAMERA_TILT)
    take->form[1] = (take->form[0] + 3) % 8;
  take->whip = shot->camera == GST_MONTAGE_CAMERA_PAN
      ? take->number % 3 == 0 ? 1 : -1
      : 0;
}

static void
add_value (GArray *curve, gdouble value)
{
  gint thousandths = (gint) floor (value * 1000 + 0.5);

  g_array_append_val (curve, thousandths);
}

/* Movement swells for 0.8 s towards each action and drops behind it. */
static gdouble
swell (const GArray *peaks, GstClockTime time)
{
  for (guint i = 0; i < peaks->len; i++) {
    GstClockTime peak = g_array_index (peaks, GstClockTime, i);
    if (peak >= time && peak - time < 800 * GST_MSECOND)
      return 1.0 - (gdouble) (peak - time) / (800 * GST_MSECOND);
  }

  return 0.0;
}

static void
add_curves (Take *take)
{
  GstMontageShot *shot = take->shot;
  GstClockTime whip = 600 * GST_MSECOND;

  for (GstClockTime at = shot->start; at < shot->end; at += CURVE_STEP) {
    gdouble level = take->level
        * (0.75 + 0.8 * swell (shot->action_peaks, at + CURVE_STEP / 2));
    gboolean whips = (take->whip < 0 && at < shot->start + whip)
        || (take->whip > 0 && at + whip > shot->end);
    gdouble pan = whips ? (shot->pan_x > 0 ? 2.5 : -2.5) : shot->pan_x;
    gdouble progress = (gdouble) (at - shot->start) / (shot->end - shot->start);

    add_value (shot->curves.motion, MIN (whips ? 0.95 : level, 1.0));
    add_value (shot->curves.action, MIN (0.8 * level, 1.0));
    add_value (shot->curves.pan_x, pan);
    add_value (shot->curves.pan_y, shot->pan_y);
    add_value (shot->curves.zoom, shot->zoom);
    add_value (shot->curves.shake, shot->shake);
    add_value (shot->curves.brightness, shot->brightness);
    add_value (shot->curves.sharpness,
        whips ? 0.2 * shot->sharpness : shot->sharpness);
    add_value (shot->curves.focus_x,
        CLAMP (shot->focus_x + 0.2 * (progress - 0.5), 0.0, 1.0));
    add_value (shot->curves.focus_y, shot->focus_y);
  }
}

/* The livelier a shot is, the more often something happens in it. */
static void
add_peaks (Take *take)
{
  GstMontageShot *shot = take->shot;
  GstClockTime gap = (GstClockTime) ((3.2 - 2.2 * take->level) * GST_SECOND);

  if (take->level < 0.25)
    return;
  for (GstClockTime at = shot->start + gap / 2; at < shot->end; at += gap) {
    gdouble random = montage_random (take->number, at, 2);
    GstClockTime peak = at + (GstClockTime) (0.5 * random * gap);
    if (peak < shot->end)
      g_array_append_val (shot->action_peaks, peak);
  }
}

static void
set_movement (Take *take)
{
  GstMontageShot *shot = take->shot;

  take->level = spread (take->number, MOTION);
  shot->motion = take->level;
  shot->action = 0.8 * take->level;
  shot->motion_blur = 0.2 * take->level;
  shot->focus_x = 0.2 + 0.6 * spread (take->number, FOCUS_X);
  shot->focus_y = 0.3 + 0.4 * spread (take->number, FOCUS_Y);
  set_camera (take);
  add_peaks (take);
}

/* ---- what a person sees ---- */

static void
set_size (Take *take)
{
  static const GstMontageShotSize sizes[] = {GST_MONTAGE_SHOT_SIZE_WIDE,
      GST_MONTAGE_SHOT_SIZE_CLOSE, GST_MONTAGE_SHOT_SIZE_MEDIUM,
      GST_MONTAGE_SHOT_SIZE_UNKNOWN};

  take->shot->shot_size =
      sizes[(guint) (G_N_ELEMENTS (sizes) * spread (take->number, SIZE))];
}

static void
add_scene (Take *take)
{
  GstMontageScene *scene = gst_montage_scene_new ();

  scene->tags = g_strdupv ((GStrv) take->place->tags);
  scene->action = (GstMontageActionLevel) (take->level * 3.999);
  scene->shot_size = take->shot->shot_size;
  scene->mood = (GstMontageMood) ((GST_MONTAGE_MOOD_EPIC + 1)
      * spread (take->number, MOOD));
  take->shot->scene = scene;
}

static void
add_moments (Take *take)
{
  GstMontageShot *shot = take->shot;
  GstClockTime length = shot->end - shot->start;

  for (guint i = 1; i <= 2; i++) {
    GstClockTime key = shot->start + length * (3 * i - 2) / 5;
    g_array_append_val (shot->key_frames, key);
  }
  for (guint i = 0; i < 2; i++) {
    GstClockTime middle = shot->start + length * (3 - i) / 5;
    GstMontageStretch stretch = {.start = middle - MIN (length / 8, GST_SECOND),
        .end = middle + MIN (length / 8, GST_SECOND),
        .score = 0.8 - 0.2 * i};
    g_array_append_val (shot->best, stretch);
  }
}

/* ---- clips ---- */

/* From 2.5 to 40 seconds, short ones more often. */
static guint64
shot_frames (guint number)
{
  return (guint64) (FPS * 2.5 * exp2 (4 * spread (number, LENGTH)));
}

static void
add_shot (GstMontageShotList *clip, const Place *place, guint number)
{
  guint64 first = gst_util_uint64_scale_round (clip->duration, FPS, GST_SECOND);
  Take take = {.clip = clip,
      .shot = gst_montage_shot_list_append (clip),
      .place = place,
      .number = number};
  GstMontageShot *shot = take.shot;

  shot->first_frame = first;
  shot->n_frames = shot_frames (number);
  shot->start = gst_util_uint64_scale (first, GST_SECOND, FPS);
  shot->end = gst_util_uint64_scale (first + shot->n_frames, GST_SECOND, FPS);
  shot->transition_in = first == 0 ? GST_MONTAGE_BOUNDARY_START
                                   : GST_MONTAGE_BOUNDARY_CUT;
  clip->duration = shot->end;
  set_movement (&take);
  set_look (&take);
  add_curves (&take);
  set_size (&take);
  add_moments (&take);
  if (spread (number, SEEN) < 0.6)
    add_scene (&take);
}

static GstMontageShotList *
clip_new (guint number, guint *n_shots)
{
  GstMontageShotList *clip = gst_montage_shot_list_new ();
  const Place *place = &places[number % G_N_ELEMENTS (places)];
  GstClockTime step = number % 3 == 0 ? GST_SECOND / 2 : 2 * GST_SECOND;

  clip->uri = g_strdup_printf ("file:///clips/%s%u.mp4", place->name,
      number / (guint) G_N_ELEMENTS (places) + 1);
  clip->width = 1920;
  clip->height = 1080;
  clip->fps_n = FPS;
  clip->fps_d = 1;
  clip->has_audio = TRUE;
  clip->codec = g_strdup ("H.264");
  clip->curve_step = CURVE_STEP;
  for (guint i = 0; i < 3 + number % 3; i++)
    add_shot (clip, place, (*n_shots)++);
  for (GstClockTime at = 0; at < clip->duration; at += step)
    g_array_append_val (clip->key_units, at);

  return clip;
}

GPtrArray *
style_clips_new (void)
{
  GPtrArray *clips = g_ptr_array_new_with_free_func (
      (GDestroyNotify) gst_montage_shot_list_free);
  guint n_shots = 0;

  for (guint i = 0; i < N_CLIPS; i++)
    g_ptr_array_add (clips, clip_new (i, &n_shots));

  return clips;
}
