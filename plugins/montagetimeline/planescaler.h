/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "planeops.h"

G_BEGIN_DECLS

/**
 * PlaneScaler:
 *
 * Reads a plane at places between its samples: cubic convolution (R. Keys,
 * "Cubic convolution interpolation for digital image processing", 1981), wider
 * where the plane is made smaller. Pictures that move by fractions of a sample
 * from frame to frame do so without a jerk. For one thread.
 */
typedef struct _PlaneScaler PlaneScaler;

/**
 * PlaneAxis:
 *
 * Sample i of the destination lies at @first + i * @step of the source, whose
 * samples lie at whole numbers. Beyond the edges the outermost sample goes on.
 */
typedef struct
{
  gdouble first;
  gdouble step;
} PlaneAxis;

PlaneScaler *plane_scaler_new (void);
void plane_scaler_free (PlaneScaler *self);
void plane_scaler_scale (PlaneScaler *self, const Plane *source,
    const PlaneAxis *x, const PlaneAxis *y, const Plane *dest);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PlaneScaler, plane_scaler_free)

G_END_DECLS
