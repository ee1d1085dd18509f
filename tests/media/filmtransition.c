/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "filmtransition.h"
#include "picture.h"

#include <math.h>
#include <string.h>

#define BLACK 0xff000000u
#define WHITE 0xffffffffu

static void
draw_toward (const guint32 *picture, guint32 color, gdouble amount,
    guint32 *out, gsize n_pixels)
{
  g_autofree guint32 *flat = g_new (guint32, n_pixels);

  for (gsize i = 0; i < n_pixels; i++)
    flat[i] = color;
  memcpy (out, picture, n_pixels * sizeof *out);
  montage_picture_blend (out, flat, n_pixels, amount);
}

/* The last frame of the way out is the colour alone, the first of the way in
 * shows something already. */
static void
draw_fade (const MontageTransition *self, guint number, guint32 color,
    const guint32 *from, const guint32 *to, guint32 *out, gsize n_pixels)
{
  guint out_length = (self->length - self->hold + 1) / 2;
  guint in_length = self->length - self->hold - out_length;
  guint in_start = out_length + self->hold;

  if (number < in_start)
    draw_toward (from, color, MIN ((number + 1.0) / out_length, 1), out,
        n_pixels);
  else
    draw_toward (to, color, 1 - (number - in_start + 1.0) / (in_length + 1),
        out, n_pixels);
}

/* When the edge passes the place, 0..1. */
static gdouble
edge_time (guint direction, gdouble u, gdouble v)
{
  switch (direction) {
    case 0:
      return u;
    case 1:
      return 1 - u;
    case 2:
      return v;
    case 3:
      return 1 - v;
    case 4:
      return (u + v) / 2;
    default: /* from the middle to the corners */
      return sqrt (((u - 0.5) * (u - 0.5) + (v - 0.5) * (v - 0.5)) * 2);
  }
}

static void
draw_wipe (const MontageTransition *self, gdouble amount, const guint32 *from,
    const guint32 *to, guint32 *out, guint width, guint height)
{
  gdouble edge = MAX (self->soft_edge, 1e-3);

  for (guint y = 0; y < height; y++) {
    for (guint x = 0; x < width; x++) {
      gsize i = (gsize) y * width + x;
      gdouble passes = edge_time (self->direction, (x + 0.5) / width,
          (y + 0.5) / height);
      gdouble share = (amount * (1 + edge) - passes) / edge;

      out[i] = from[i];
      montage_picture_blend (out + i, to + i, 1, share);
    }
  }
}

/* Both pictures move, the new one behind the old. */
static void
draw_push (const MontageTransition *self, gdouble amount, const guint32 *from,
    const guint32 *to, guint32 *out, guint width, guint height)
{
  gboolean upright = self->direction >= 2;
  gint size = (gint) (upright ? height : width);
  gint moved = (gint) lround (amount * size);

  if (self->direction % 2)
    moved = -moved;
  for (guint y = 0; y < height; y++) {
    for (guint x = 0; x < width; x++) {
      gint at = (gint) (upright ? y : x) + moved;
      const guint32 *picture = at < 0 || at >= size ? to : from;
      guint place = (guint) ((at + size) % size);

      out[(gsize) y * width + x] = upright ? picture[(gsize) place * width + x]
                                           : picture[(gsize) y * width + place];
    }
  }
}

void
montage_transition_draw (const MontageTransition *self, guint number,
    const guint32 *from, const guint32 *to, guint32 *out, guint width,
    guint height)
{
  gsize n_pixels = (gsize) width * height;
  gdouble amount = (number + 1.0) / (self->length + 1.0);

  if (self->eased)
    amount = amount * amount * (3 - 2 * amount);
  switch (self->kind) {
    case MONTAGE_TRANSITION_FADE:
    case MONTAGE_TRANSITION_DIP:
      draw_fade (self, number, BLACK, from, to, out, n_pixels);
      break;
    case MONTAGE_TRANSITION_WHITE_FADE:
    case MONTAGE_TRANSITION_WHITE_DIP:
      draw_fade (self, number, WHITE, from, to, out, n_pixels);
      break;
    case MONTAGE_TRANSITION_WIPE:
      draw_wipe (self, amount, from, to, out, width, height);
      break;
    case MONTAGE_TRANSITION_PUSH:
      draw_push (self, amount, from, to, out, width, height);
      break;
    default:
      memcpy (out, from, n_pixels * sizeof *out);
      montage_picture_blend (out, to, n_pixels, amount);
  }
}
