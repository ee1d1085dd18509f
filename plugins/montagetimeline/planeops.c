/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "planeops.h"

#include <string.h>

/* Blending works in blocks of a fixed length, which compilers turn into vector
 * code also at moderate optimisation. */
#define BLOCK 16
/* Width of the edge of a wipe, as a share of its way: 64 samples of 1920. GES
 * draws the same edge with the border of its wipes. */
#define SOFT_EDGE (1.0 / 30)

void
plane_of_frame (GstVideoFrame *frame, guint index, Plane *plane)
{
  plane->data = GST_VIDEO_FRAME_PLANE_DATA (frame, index);
  plane->stride = GST_VIDEO_FRAME_PLANE_STRIDE (frame, index);
  plane->width = GST_VIDEO_FRAME_COMP_WIDTH (frame, index);
  plane->height = GST_VIDEO_FRAME_COMP_HEIGHT (frame, index);
}

gboolean
plane_method_transposes (GstVideoOrientationMethod method)
{
  return method == GST_VIDEO_ORIENTATION_90R
      || method == GST_VIDEO_ORIENTATION_90L
      || method == GST_VIDEO_ORIENTATION_UL_LR
      || method == GST_VIDEO_ORIENTATION_UR_LL;
}

void
plane_turn (const Plane *source, const Plane *dest,
    GstVideoOrientationMethod method)
{
  const gssize right = source->width - 1;
  const gssize bottom = (gssize) (source->height - 1) * source->stride;
  gssize first = 0, across = 1, down = source->stride;
  gint x, y;

  switch (method) {
    case GST_VIDEO_ORIENTATION_90R:
      first = bottom, across = -source->stride, down = 1;
      break;
    case GST_VIDEO_ORIENTATION_180:
      first = bottom + right, across = -1, down = -source->stride;
      break;
    case GST_VIDEO_ORIENTATION_90L:
      first = right, across = source->stride, down = -1;
      break;
    case GST_VIDEO_ORIENTATION_HORIZ:
      first = right, across = -1;
      break;
    case GST_VIDEO_ORIENTATION_VERT:
      first = bottom, down = -source->stride;
      break;
    case GST_VIDEO_ORIENTATION_UL_LR:
      across = source->stride, down = 1;
      break;
    case GST_VIDEO_ORIENTATION_UR_LL:
      first = bottom + right, across = -source->stride, down = -1;
      break;
    default:
      break;
  }
  for (y = 0; y < dest->height; y++) {
    const guint8 *in = source->data + first + y * down;
    guint8 *out = dest->data + (gssize) y * dest->stride;

    if (across == 1) {
      memcpy (out, in, dest->width);
      continue;
    }
    for (x = 0; x < dest->width; x++)
      out[x] = in[x * across];
  }
}

static inline guint8
mix (guint8 a, guint8 b, guint weight)
{
  return (a * (256 - weight) + b * weight + 128) >> 8;
}

static void
blend_row (const guint8 *a, const guint8 *b, guint8 *dest, gint width,
    guint weight)
{
  gint x, i;

  for (x = 0; x + BLOCK <= width; x += BLOCK) {
    for (i = 0; i < BLOCK; i++)
      dest[x + i] = mix (a[x + i], b[x + i], weight);
  }
  for (; x < width; x++)
    dest[x] = mix (a[x], b[x], weight);
}

void
plane_blend (const Plane *a, const Plane *b, const Plane *dest, gdouble weight)
{
  guint steps = CLAMP (weight, 0.0, 1.0) * 256 + 0.5;
  gint y;

  for (y = 0; y < dest->height; y++)
    blend_row (a->data + (gssize) y * a->stride,
        b->data + (gssize) y * b->stride,
        dest->data + (gssize) y * dest->stride, dest->width, steps);
}

/* Share of the second picture, in 256ths, where the edge of a wipe is after
 * @place of its way: none at @weight 0, all at 1. */
static guint
wipe_share (gdouble place, gdouble weight)
{
  gdouble share = (weight * (1 + SOFT_EDGE) - place) / SOFT_EDGE;

  return CLAMP (share, 0.0, 1.0) * 256 + 0.5;
}

static void
wipe_row (const guint8 *a, const guint8 *b, guint8 *dest, gint width,
    const guint16 *shares)
{
  gint x;

  for (x = 0; x < width; x++)
    dest[x] = mix (a[x], b[x], shares[x]);
}

void
plane_wipe (const Plane *a, const Plane *b, const Plane *dest, PlaneWipe wipe,
    gdouble weight)
{
  gboolean upright = wipe == PLANE_WIPE_UP || wipe == PLANE_WIPE_DOWN;
  gboolean back = wipe == PLANE_WIPE_LEFT || wipe == PLANE_WIPE_UP;
  gint n = upright ? dest->height : dest->width;
  g_autofree guint16 *shares = g_new (guint16, n);
  gint i, y;

  for (i = 0; i < n; i++)
    shares[back ? n - 1 - i : i] = wipe_share ((i + 0.5) / n, weight);
  for (y = 0; y < dest->height; y++) {
    const guint8 *from = a->data + (gssize) y * a->stride;
    const guint8 *to = b->data + (gssize) y * b->stride;
    guint8 *row = dest->data + (gssize) y * dest->stride;

    if (upright)
      blend_row (from, to, row, dest->width, shares[y]);
    else
      wipe_row (from, to, row, dest->width, shares);
  }
}

/* One box filter over @n samples that lie @step apart; the edges repeat. */
static void
box_filter (guint8 *data, gssize step, gint n, gint radius, guint8 *copy)
{
  gint length = 2 * radius + 1;
  gint sum = 0;
  gint i;

  for (i = 0; i < n; i++)
    copy[i] = data[i * step];
  for (i = -radius; i <= radius; i++)
    sum += copy[CLAMP (i, 0, n - 1)];
  for (i = 0; i < n; i++) {
    data[i * step] = (sum + length / 2) / length;
    sum += copy[MIN (i + radius + 1, n - 1)] - copy[MAX (i - radius, 0)];
  }
}

void
plane_blur (const Plane *plane, gint radius)
{
  g_autofree guint8 *copy = g_malloc (MAX (plane->width, plane->height));
  gint pass, i;

  for (pass = 0; pass < 3; pass++) {
    for (i = 0; i < plane->height; i++)
      box_filter (plane->data + (gssize) i * plane->stride, 1, plane->width,
          radius, copy);
    for (i = 0; i < plane->width; i++)
      box_filter (plane->data + i, plane->stride, plane->height, radius, copy);
  }
}

void
plane_dim (const Plane *source, const Plane *dest, guint8 base, gdouble factor)
{
  guint weight = CLAMP (factor, 0.0, 1.0) * 256 + 0.5;
  gint x, y;

  for (y = 0; y < dest->height; y++) {
    const guint8 *in = source->data + (gssize) y * source->stride;
    guint8 *out = dest->data + (gssize) y * dest->stride;

    for (x = 0; x < dest->width; x++)
      out[x] = mix (base, in[x], weight);
  }
}

void
plane_fill (const Plane *plane, guint8 value)
{
  gint y;

  for (y = 0; y < plane->height; y++)
    memset (plane->data + (gssize) y * plane->stride, value, plane->width);
}
