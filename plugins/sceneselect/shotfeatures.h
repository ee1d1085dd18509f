/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <gst/montage/shotlist.h>

#include "framemotion.h"

G_BEGIN_DECLS

#define SIGNATURE_WIDTH 16
#define SIGNATURE_HEIGHT 9
#define SIGNATURE_SIZE (SIGNATURE_WIDTH * SIGNATURE_HEIGHT)

/* What is kept of one picture. */
typedef struct
{
  GstClockTime time;
  GstClockTime interval; /* to the picture before; 0 for the first */
  gfloat dx;             /* as in FrameMotion */
  gfloat dy;
  gfloat motion; /* from here on 0..1, as in GstMontageShot */
  gfloat brightness;
  gfloat contrast;
  gfloat exposure;
  gfloat sharpness;
  gfloat saturation;
  guint8 y[SIGNATURE_SIZE];
  guint8 u[SIGNATURE_SIZE];
  guint8 v[SIGNATURE_SIZE];
} FrameFeatures;

void frame_features_measure (FrameFeatures *self, const SmallFrame *frame,
    const FrameMotion *motion, GstClockTime time, GstClockTime interval);

/* Sums up the pictures of one shot. */
typedef struct _ShotFeatures ShotFeatures;

ShotFeatures *shot_features_new (void);
void shot_features_push (ShotFeatures *self, const FrameFeatures *frame);
/* Fills the features of @shot; its transition is left out of them where
 * anything follows it. @kr and @kb are those of the chroma. */
void shot_features_finish (ShotFeatures *self, gdouble kr, gdouble kb,
    GstMontageShot *shot);
void shot_features_free (ShotFeatures *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ShotFeatures, shot_features_free)

G_END_DECLS
