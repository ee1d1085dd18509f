/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <gst/video/video.h>

G_BEGIN_DECLS

/**
 * Plane:
 *
 * Samples of 8 bits in rows; @stride is in bytes.
 */
typedef struct
{
  guint8 *data;
  gint stride;
  gint width;
  gint height;
} Plane;

/* Plane @index of a mapped frame. */
void plane_of_frame (GstVideoFrame *frame, guint index, Plane *plane);
/* @dest is @source turned or mirrored; @dest has the turned size. */
void plane_turn (const Plane *source, const Plane *dest,
    GstVideoOrientationMethod method);
/* @dest = (1 - weight) * a + weight * b, rounded; @weight 0..1. */
void
plane_blend (const Plane *a, const Plane *b, const Plane *dest, gdouble weight);
/* Where the edge of a wipe moves to. */
typedef enum
{
  PLANE_WIPE_LEFT,
  PLANE_WIPE_RIGHT,
  PLANE_WIPE_UP,
  PLANE_WIPE_DOWN
} PlaneWipe;

/* @dest is @b behind a soft edge that has gone the share @weight, 0..1, of its
 * way, and @a before it. */
void plane_wipe (const Plane *a, const Plane *b, const Plane *dest,
    PlaneWipe wipe, gdouble weight);
/* Three box filters of 2 * @radius + 1 samples, close to a Gaussian. */
void plane_blur (const Plane *plane, gint radius);
/* @dest = @base + factor * (source - base), rounded; @factor 0..1. */
void
plane_dim (const Plane *source, const Plane *dest, guint8 base, gdouble factor);
void plane_fill (const Plane *plane, guint8 value);

/* Whether turned pictures have width and height exchanged. */
gboolean plane_method_transposes (GstVideoOrientationMethod method);

G_END_DECLS
