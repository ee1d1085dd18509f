/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "filmdisturb.h"
#include "picture.h"

#include <math.h>

/* Samples of a moving camera's open shutter, which is half a frame. */
#define N_SHUTTER 6

/* Where the camera looks: its centre as a share of the source's size. */
typedef struct
{
  gdouble x;
  gdouble y;
  gdouble zoom;
} View;

gboolean
montage_disturb_is_camera (const MontageDisturb *self)
{
  return self->kind == MONTAGE_DISTURB_WHIP
      || self->kind == MONTAGE_DISTURB_ZOOM
      || self->kind == MONTAGE_DISTURB_SHAKE;
}

guint
montage_disturb_choose_length (MontageDisturbKind kind, GRand *rand)
{
  static const struct
  {
    gint from, to;
  } lengths[MONTAGE_N_DISTURBS] = {
      [MONTAGE_DISTURB_NONE] = {1, 2},
      [MONTAGE_DISTURB_FLASH] = {1, 24},
      [MONTAGE_DISTURB_EXPLOSION] = {12, 25},
      [MONTAGE_DISTURB_FLICKER] = {16, 30},
      [MONTAGE_DISTURB_EXPOSURE] = {1, 8},
      [MONTAGE_DISTURB_WHIP] = {5, 11},
      [MONTAGE_DISTURB_ZOOM] = {5, 12},
      [MONTAGE_DISTURB_SHAKE] = {20, 36},
      [MONTAGE_DISTURB_OCCLUDER] = {8, 20},
      [MONTAGE_DISTURB_TITLE] = {20, 36},
      [MONTAGE_DISTURB_STUTTER] = {3, 11},
      [MONTAGE_DISTURB_POPUP] = {15, 40},
  };

  return (guint) g_rand_int_range (rand, lengths[kind].from, lengths[kind].to);
}

guint
montage_disturb_source_frame (const MontageDisturb *self, guint number)
{
  gboolean stands = self->kind == MONTAGE_DISTURB_STUTTER
      && number >= self->start && number < self->start + self->length;

  return stands ? self->start : number;
}

/* 0 before, rising during and 1 after the disturbance. */
static gdouble
progress (const MontageDisturb *self, gdouble number)
{
  return CLAMP ((number - self->start) / self->length, 0, 1);
}

static View
view_at (const MontageDisturb *self, gdouble number)
{
  View view = {0.5, 0.5, 1};
  gdouble done = progress (self, number);
  gdouble eased = done * done * (3 - 2 * done);
  guint n = (guint) MAX (number, 0);

  if (self->kind == MONTAGE_DISTURB_WHIP)
    view.x += eased * (1 + 1.5 * montage_picture_chance (self->seed, 1))
        * (montage_picture_chance (self->seed, 2) < 0.5 ? -2 : 2)
        / MONTAGE_DISTURB_WIDE;
  else if (self->kind == MONTAGE_DISTURB_ZOOM)
    view.zoom += montage_picture_chance (self->seed, 2) < 0.5 ? eased
                                                              : 1 - eased;
  else if (done > 0 && done < 1) {
    view.x += 0.06 * (montage_picture_chance (self->seed, n) - 0.5);
    view.y += 0.1 * (montage_picture_chance (self->seed, n + 5000) - 0.5);
  }
  return view;
}

/* Outside of the source its mirror image goes on. */
static guint
mirror (gdouble at, guint size)
{
  gint period = 2 * (gint) size, place = (gint) floor (at) % period;

  if (place < 0)
    place += period;
  return (guint) (place < (gint) size ? place : period - 1 - place);
}

void
montage_disturb_film (const MontageDisturb *self, guint number,
    const guint32 *wide, guint32 *out, guint width, guint height)
{
  guint source_width = width * MONTAGE_DISTURB_WIDE / 2;
  guint source_height = height * MONTAGE_DISTURB_WIDE / 2;
  gboolean moves = number >= self->start && number < self->start + self->length;
  guint n_samples = moves ? N_SHUTTER : 1;
  View views[N_SHUTTER];

  for (guint k = 0; k < n_samples; k++)
    views[k] = view_at (self, number + 0.5 * k / N_SHUTTER);
  for (guint y = 0; y < height; y++) {
    for (guint x = 0; x < width; x++) {
      guint sum[3] = {0};

      for (guint k = 0; k < n_samples; k++) {
        const View *view = &views[k];
        guint sx = mirror (view->x * source_width
                + (x + 0.5 - width / 2.0) / view->zoom,
            source_width);
        guint sy = mirror (view->y * source_height
                + (y + 0.5 - height / 2.0) / view->zoom,
            source_height);
        guint32 pixel = wide[(gsize) sy * source_width + sx];

        sum[0] += pixel & 0xff;
        sum[1] += pixel >> 8 & 0xff;
        sum[2] += pixel >> 16 & 0xff;
      }
      out[(gsize) y * width + x] = 0xff000000u | sum[0] / n_samples
          | sum[1] / n_samples << 8 | sum[2] / n_samples << 16;
    }
  }
}

static void
multiply (guint32 *pixels, gsize n_pixels, gdouble gain)
{
  guint factor = (guint) (gain * 256);

  for (gsize i = 0; i < n_pixels; i++) {
    guint32 pixel = 0xff000000u;

    for (guint shift = 0; shift < 24; shift += 8)
      pixel |= MIN ((pixels[i] >> shift & 0xff) * factor / 256, 255u) << shift;
    pixels[i] = pixel;
  }
}

static void
add_color (guint32 *pixels, gsize n_pixels, guint32 color, gdouble amount)
{
  for (gsize i = 0; i < n_pixels; i++)
    montage_picture_blend (pixels + i, &color, 1, amount);
}

/* Up to three flashes of 1 to 5 frames, the first at the start. */
static void
flash (const MontageDisturb *self, guint at, guint32 *pixels, gsize n_pixels)
{
  for (guint k = 0, from = 0; k < 3 && from <= at && from < self->length; k++) {
    guint lasts = 1 + (guint) (5 * montage_picture_chance (self->seed, 10 + k));

    if (at < from + lasts) {
      if (montage_picture_chance (self->seed, 1) < 0.5)
        add_color (pixels, n_pixels, 0xffffffffu,
            0.6 + 0.4 * montage_picture_chance (self->seed, 2));
      else
        multiply (pixels, n_pixels,
            2 + 2 * montage_picture_chance (self->seed, 2));
      return;
    }
    from += lasts + 2
        + (guint) (6 * montage_picture_chance (self->seed, 20 + k));
  }
}

/* A dark or skin-coloured blob that covers 0.6 to 1.2 of the width. */
static void
occlude (const MontageDisturb *self, gdouble done, guint32 *pixels, guint width,
    guint height)
{
  gdouble radius = (0.3 + 0.3 * montage_picture_chance (self->seed, 1)) * width;
  gdouble way = width + 2 * radius;
  gdouble cx = montage_picture_chance (self->seed, 2) < 0.5
      ? done * way - radius
      : width + radius - done * way;
  gdouble cy = height * (0.4 + 0.4 * montage_picture_chance (self->seed, 3));
  guint32 color = montage_picture_chance (self->seed, 4) < 0.5 ? 0xff281e1cu
                                                               : 0xffb4826eu;

  for (guint y = 0; y < height; y++) {
    for (guint x = 0; x < width; x++) {
      gdouble d = hypot (x - cx, (y - cy) * 0.8) / radius;
      /* Close to the lens edges are soft. */
      gdouble share = CLAMP ((1 - d) * 6, 0, 1);

      montage_picture_blend (pixels + (gsize) y * width + x, &color, 1, share);
    }
  }
}

/* A line of blocks like letters. */
static void
draw_title (const MontageDisturb *self, gdouble done, guint32 *pixels,
    guint width, guint height)
{
  gdouble share = CLAMP (MIN (done, 1 - done) * 4, 0, 1);
  guint letter = MAX (width / 24, 2), line = MAX (height / 8, 2);
  guint left = letter * 4, top = height / 3 + height / 3 * (self->seed & 1);
  guint32 white = 0xffffffffu;

  for (guint y = top; y < MIN (top + line, height); y++) {
    for (guint x = left; x < width - left; x++) {
      guint shape = (guint) (6
          * montage_picture_chance (self->seed + (x - left) / letter,
              (y - top) * 4 / line * 4 + (x - left) % letter * 4 / letter));

      if ((x - left) % letter < letter * 3 / 4 && shape > 1)
        montage_picture_blend (pixels + (gsize) y * width + x, &white, 1,
            share);
    }
  }
}

/* A window with lines of text that is there at once. */
static void
draw_popup (const MontageDisturb *self, guint32 *pixels, guint width,
    guint height)
{
  guint w = (guint) (width
      * (0.15 + 0.4 * montage_picture_chance (self->seed, 1)));
  guint h = (guint) (height
      * (0.15 + 0.4 * montage_picture_chance (self->seed, 2)));
  guint left = (guint) ((width - w) * montage_picture_chance (self->seed, 3));
  guint top = (guint) ((height - h) * montage_picture_chance (self->seed, 4));
  guint line = MAX (height / 24, 2), letter = MAX (line / 3, 1);

  for (guint y = 0; y < h; y++) {
    for (guint x = 0; x < w; x++) {
      guint row = y / line, column = x / letter;
      gboolean ink = row % 2 == 1 && y + line < h && x > line && x + line < w
          && montage_picture_chance (self->seed + row, column) < 0.6;

      pixels[(gsize) (top + y) * width + left + x] = ink ? 0xff303030u
                                                         : 0xffececf0u;
    }
  }
}

void
montage_disturb_apply (const MontageDisturb *self, guint number,
    guint32 *pixels, guint width, guint height)
{
  gsize n_pixels = (gsize) width * height;
  gdouble level = montage_picture_chance (self->seed, 1) < 0.5 ? 0.55 : 1.6;
  guint at = number - self->start;

  if (self->kind == MONTAGE_DISTURB_EXPOSURE)
    multiply (pixels, n_pixels,
        1 + (level - 1) * progress (self, number + 1.0));
  if (number < self->start || at >= self->length)
    return;
  switch (self->kind) {
    case MONTAGE_DISTURB_FLASH:
      flash (self, at, pixels, n_pixels);
      break;
    case MONTAGE_DISTURB_EXPLOSION:
      add_color (pixels, n_pixels, 0xffffc878u,
          0.9 * exp (-6.0 * at / self->length));
      break;
    case MONTAGE_DISTURB_FLICKER:
      multiply (pixels, n_pixels,
          0.75 + 0.5 * montage_picture_chance (self->seed, 100 + at));
      break;
    case MONTAGE_DISTURB_OCCLUDER:
      occlude (self, (at + 0.5) / self->length, pixels, width, height);
      break;
    case MONTAGE_DISTURB_TITLE:
      draw_title (self, (at + 0.5) / self->length, pixels, width, height);
      break;
    case MONTAGE_DISTURB_POPUP:
      draw_popup (self, pixels, width, height);
      break;
    default:
      break;
  }
}
