/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "picture.h"

#include <math.h>

#define N_LAYERS 4
#define N_WAVES 3
#define N_DOTS 14

typedef struct
{
  gdouble r, g, b;
} Color;

typedef struct
{
  guint seed;
  MontageLook look;
  gdouble light; /* 0.35..1 */
  Color zenith;
  Color horizon;
  Color ground;
  gdouble sun_x, sun_y, sun_radius;
} Scene;

/* A share of 1 that depends on its arguments only (a xorshift-multiply hash,
 * constants of MurmurHash3's finalizer). */
static gdouble
chance (guint seed, guint number)
{
  guint32 h = seed * 0x9e3779b1u + number * 0x85ebca6bu + 1;

  h ^= h >> 16;
  h *= 0x85ebca6bu;
  h ^= h >> 13;
  h *= 0xc2b2ae35u;
  h ^= h >> 16;
  return h / 4294967296.0;
}

static Color
hsv (gdouble hue, gdouble saturation, gdouble value)
{
  gdouble c[3];

  for (guint k = 0; k < 3; k++) {
    gdouble phase = fmod (hue * 6 + 5.0 - 2.0 * k + 6, 6);
    gdouble level = CLAMP (MIN (phase, 4 - phase), 0, 1);

    c[k] = value * (1 - saturation * level);
  }
  return (Color){c[0], c[1], c[2]};
}

static Color
mix (Color a, Color b, gdouble amount)
{
  return (Color){a.r + (b.r - a.r) * amount, a.g + (b.g - a.g) * amount,
      a.b + (b.b - a.b) * amount};
}

static guint32
pack (Color color)
{
  guint r = (guint) (CLAMP (color.r, 0, 1) * 255 + 0.5);
  guint g = (guint) (CLAMP (color.g, 0, 1) * 255 + 0.5);
  guint b = (guint) (CLAMP (color.b, 0, 1) * 255 + 0.5);

  return 0xff000000u | r << 16 | g << 8 | b;
}

static Scene
scene_of (guint id, guint shot, MontageLook look)
{
  static const MontageLook looks[] = {MONTAGE_LOOK_PAN, MONTAGE_LOOK_BUSY,
      MONTAGE_LOOK_STATIC, MONTAGE_LOOK_ZOOM};
  Scene scene = {.seed = id * 131 + shot * 7 + 11};
  /* The golden angle keeps neighbours apart in hue; light alternates. */
  gdouble hue = fmod (id * 0.381966 + shot * 0.2763932 + 0.55, 1);

  scene.look = look == MONTAGE_LOOK_AUTO ? looks[(id + shot) % 4] : look;
  scene.light = (id + shot) % 2 ? 0.78 + 0.2 * chance (scene.seed, 1)
                                : 0.38 + 0.2 * chance (scene.seed, 1);
  scene.zenith = hsv (hue, 0.75, scene.light * 0.75);
  scene.horizon = hsv (fmod (hue + 0.1, 1), 0.35, scene.light);
  scene.ground = hsv (fmod (hue + 0.45, 1), 0.6, scene.light * 0.35);
  scene.sun_x = 0.2 + 0.6 * chance (scene.seed, 2);
  scene.sun_y = 0.12 + 0.25 * chance (scene.seed, 3);
  scene.sun_radius = 0.06 + 0.05 * chance (scene.seed, 4);
  return scene;
}

/* Height of a hill's edge, as a share of the picture from above. */
static gdouble
ridge (const Scene *scene, guint layer, gdouble x)
{
  gdouble y = 0.42 + 0.14 * layer;

  for (guint k = 0; k < N_WAVES; k++) {
    guint number = 20 + layer * 8 + k * 2;
    gdouble frequency = (1.5 + 5 * k + 3 * chance (scene->seed, number));

    y += 0.07 / (k + 1)
        * sin (frequency * x + 6.2832 * chance (scene->seed, number + 1));
  }
  return y;
}

static void
draw_sky (const Scene *scene, guint32 *pixels, guint width, guint height)
{
  gdouble aspect = (gdouble) width / height;
  Color sun = mix (scene->horizon, (Color){1, 1, 0.9}, 0.8);

  for (guint y = 0; y < height; y++) {
    gdouble v = (y + 0.5) / height;
    Color sky = mix (scene->zenith, scene->horizon, MIN (v * 1.7, 1));

    for (guint x = 0; x < width; x++) {
      gdouble u = (x + 0.5) / width;
      gdouble dx = (u - scene->sun_x) * aspect, dy = v - scene->sun_y;
      gdouble d2 = (dx * dx + dy * dy)
          / (scene->sun_radius * scene->sun_radius);
      gdouble glow = d2 < 1 ? 1 : 0.6 / (0.4 + 0.6 * d2);

      pixels[(gsize) y * width + x] = pack (mix (sky, sun, MIN (glow, 1)));
    }
  }
}

static void
draw_hills (const Scene *scene, guint32 *pixels, guint width, guint height,
    gdouble offset, gdouble zoom)
{
  for (guint layer = 0; layer < N_LAYERS; layer++) {
    gdouble depth = (layer + 1.0) / N_LAYERS;
    Color color = mix (scene->horizon, scene->ground, depth);

    for (guint x = 0; x < width; x++) {
      gdouble u = ((x + 0.5) / width - 0.5) / (1 + (zoom - 1) * depth)
          + offset * depth;
      gdouble edge = ridge (scene, layer, u);
      /* A row of trees: a fine texture that moves with its hill. */
      gdouble tree = 0.012 * depth * fabs (sin (u * 60));
      guint top = (guint) CLAMP ((edge - tree) * height, 0, height);

      for (guint y = top; y < height; y++) {
        gdouble shade = 1 - 0.5 * ((gdouble) y / height - edge);

        pixels[(gsize) y * width + x] = pack (
            (Color){color.r * shade, color.g * shade, color.b * shade});
      }
    }
  }
}

static void
draw_dot (guint32 *pixels, guint width, guint height, gdouble cx, gdouble cy,
    gdouble radius, guint32 color)
{
  gint x0 = MAX ((gint) (cx - radius), 0);
  gint x1 = MIN ((gint) (cx + radius), (gint) width - 1);
  gint y0 = MAX ((gint) (cy - radius), 0);
  gint y1 = MIN ((gint) (cy + radius), (gint) height - 1);

  for (gint y = y0; y <= y1; y++)
    for (gint x = x0; x <= x1; x++)
      if ((x - cx) * (x - cx) + (y - cy) * (y - cy) < radius * radius)
        pixels[(gsize) y * width + x] = color;
}

/* Balloons on crossing ways: fast and large where the shot is busy. */
static void
draw_dots (const Scene *scene, guint32 *pixels, guint width, guint height,
    gdouble seconds)
{
  gboolean busy = scene->look == MONTAGE_LOOK_BUSY;
  guint n_dots = busy ? N_DOTS : 3;
  gdouble speed = busy ? 2.2 : 0.15;

  for (guint k = 0; k < n_dots; k++) {
    gdouble a = chance (scene->seed, 60 + k * 4);
    gdouble b = chance (scene->seed, 61 + k * 4);
    gdouble x = 0.5 + 0.5 * sin (speed * (0.5 + a) * seconds + 6.2832 * b);
    gdouble y = 0.45 + 0.4 * sin (speed * (0.5 + b) * seconds + 6.2832 * a);
    gdouble radius = (busy ? 0.05 : 0.02) * (0.6 + a) * height;
    Color color = hsv (chance (scene->seed, 62 + k * 4), 0.7, 1);

    draw_dot (pixels, width, height, x * width, y * height, radius,
        pack (color));
  }
}

void
montage_picture_draw (guint32 *pixels, guint width, guint height, guint id,
    guint shot, gdouble seconds, MontageLook look)
{
  Scene scene = scene_of (id, shot, look);
  gdouble offset = 0, zoom = 1;

  if (scene.look == MONTAGE_LOOK_FLASH) {
    for (gsize i = 0; i < (gsize) width * height; i++)
      pixels[i] = 0xff000000u;
    return;
  }
  if (scene.look == MONTAGE_LOOK_PAN)
    offset = (shot % 2 ? -0.5 : 0.5) * seconds;
  else if (scene.look == MONTAGE_LOOK_ZOOM)
    zoom = 1 + 0.35 * seconds;
  draw_sky (&scene, pixels, width, height);
  draw_hills (&scene, pixels, width, height, offset, zoom);
  draw_dots (&scene, pixels, width, height, seconds);
}

void
montage_picture_blend (guint32 *from, const guint32 *to, gsize n_pixels,
    gdouble amount)
{
  guint share = (guint) (CLAMP (amount, 0, 1) * 256 + 0.5);

  for (gsize i = 0; i < n_pixels; i++) {
    guint32 mixed = 0xff000000u;

    for (guint shift = 0; shift < 24; shift += 8) {
      guint a = from[i] >> shift & 0xff, b = to[i] >> shift & 0xff;

      mixed |= (a * (256 - share) + b * share) / 256 << shift;
    }
    from[i] = mixed;
  }
}

gdouble
montage_picture_chance (guint seed, guint number)
{
  guint32 h = seed * 0x9e3779b1u + number * 0x85ebca6bu + 1;

  h ^= h >> 16;
  h *= 0x85ebca6bu;
  h ^= h >> 13;
  h *= 0xc2b2ae35u;
  h ^= h >> 16;
  return h / 4294967296.0;
}
