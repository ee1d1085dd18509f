/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "filmfigure.h"
#include "picture.h"

#include <math.h>

#define N_LIMBS 6
/* Frames from gesture to gesture, and what one takes. */
#define GESTURE_EVERY 18
#define GESTURE_FRAMES 4.0
#define LEAP_FRAMES 6.0

/* A line with a thickness, in heights of the figure. */
typedef struct
{
  gdouble x0, y0;
  gdouble x1, y1;
  gdouble radius;
} Limb;

guint32
montage_figure_choose_backdrop (guint seed)
{
  static const guint32 colors[] = {0xff808080u, 0xfff4f4f4u, 0xffd8d0c4u,
      0xff2c3440u, 0xff3c8c50u, 0xff98b8d8u, 0xff101010u, 0xffe0b070u};

  return colors[(
      guint) (G_N_ELEMENTS (colors) * montage_picture_chance (seed, 0))];
}

/* A value of 0..1 that goes to another one every GESTURE_EVERY frames, within
 * @takes of them. */
static gdouble
gesture (guint seed, guint frame, gdouble takes)
{
  guint n = frame / GESTURE_EVERY;
  gdouble done = CLAMP (frame % GESTURE_EVERY / takes, 0, 1);
  gdouble from = montage_picture_chance (seed, n),
          to = montage_picture_chance (seed, n + 1);

  return from + (to - from) * done * done * (3 - 2 * done);
}

/* Head, trunk, arms and legs; about 1 high, the middle at 0. */
static void
pose_person (guint seed, guint frame, Limb limbs[N_LIMBS])
{
  const gdouble stride = 0.06 + 0.05 * sin (frame * 0.3 + seed % 7);

  limbs[0] = (Limb){0, -0.41, 0, -0.4, 0.08};
  limbs[1] = (Limb){0, -0.22, 0, 0.05, 0.1};
  for (gint k = 0; k < 2; k++) {
    gdouble side = k ? 1 : -1;
    gdouble angle = 2.6 * gesture (seed + 11 + (guint) k, frame, GESTURE_FRAMES)
        - 0.3;

    limbs[2 + k] = (Limb){side * 0.1, -0.26, side * (0.1 + 0.32 * sin (angle)),
        -0.26 + 0.32 * cos (angle), 0.04};
    limbs[4 + k] = (Limb){side * 0.05, 0.1, side * stride, 0.48, 0.055};
  }
}

/* Something that is turned in a hand: a bottle, a box, a shoe. */
static void
pose_thing (guint seed, guint frame, Limb limbs[N_LIMBS])
{
  gdouble angle = 3 * gesture (seed + 5, frame, GESTURE_EVERY);

  for (guint k = 0; k < N_LIMBS; k++) {
    gdouble r = 0.1 + 0.25 * montage_picture_chance (seed, 40 + k);
    gdouble a = angle + 6.3 * montage_picture_chance (seed, 50 + k);

    limbs[k] = (Limb){-r * cos (a) / 2, -r * sin (a) / 2, r * cos (a),
        r * sin (a), 0.04 + 0.14 * montage_picture_chance (seed, 60 + k)};
  }
}

/* How far outside of the limbs a point is; inside it is negative. */
static gdouble
distance (const Limb *limbs, gdouble x, gdouble y)
{
  gdouble least = G_MAXDOUBLE;

  for (guint k = 0; k < N_LIMBS; k++) {
    const Limb *l = &limbs[k];
    gdouble dx = l->x1 - l->x0, dy = l->y1 - l->y0;
    gdouble at = ((x - l->x0) * dx + (y - l->y0) * dy)
        / MAX (dx * dx + dy * dy, 1e-9);
    gdouble d;

    at = CLAMP (at, 0, 1);
    d = hypot (x - l->x0 - at * dx, y - l->y0 - at * dy) - l->radius;
    least = MIN (least, d);
  }
  return least;
}

void
montage_figure_cut_out (guint seed, guint frame, guint32 backdrop,
    guint32 *pixels, guint width, guint height)
{
  Limb limbs[N_LIMBS];
  gdouble tall = height
      * (0.5 + 1.3 * pow (montage_picture_chance (seed, 1), 2));
  gdouble walk = montage_picture_chance (seed, 2) < 0.3 ? 0.2 : 0.01;
  gdouble leap = montage_picture_chance (seed, 4) < 0.3 ? 0.25 : 0.03;
  gdouble cx = width
      * (0.3 + 0.4 * montage_picture_chance (seed, 5)
          + walk * sin (frame * 0.03)
          + leap * (gesture (seed + 3, frame, LEAP_FRAMES) - 0.5));
  gdouble cy = height * 0.5 + MAX (tall - height, 0) * 0.4;

  if (montage_picture_chance (seed, 6) < 0.7)
    pose_person (seed, frame, limbs);
  else
    pose_thing (seed, frame, limbs);
  for (guint y = 0; y < height; y++) {
    for (guint x = 0; x < width; x++) {
      gdouble d = distance (limbs, (x - cx) / tall, (y - cy) / tall) * tall;

      montage_picture_blend (pixels + (gsize) y * width + x, &backdrop, 1,
          CLAMP (d + 0.5, 0, 1));
    }
  }
}
