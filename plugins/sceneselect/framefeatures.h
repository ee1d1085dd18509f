/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "framemotion.h"
#include "shotsize.h"

G_BEGIN_DECLS

#define SIGNATURE_WIDTH 16
#define SIGNATURE_HEIGHT 9
#define SIGNATURE_SIZE (SIGNATURE_WIDTH * SIGNATURE_HEIGHT)

/* Mean of the chroma of a picture, neutral is 0, and of its products. */
typedef struct
{
  gfloat u;
  gfloat v;
  gfloat uu;
  gfloat vv;
  gfloat uv;
} ChromaMoments;

/* What is kept of one picture. */
typedef struct
{
  GstClockTime time;
  GstClockTime interval; /* to the picture before; 0 where nothing is known of
                          * what moved since */
  gfloat dx;             /* as in FrameMotion */
  gfloat dy;
  gfloat zoom;
  gfloat motion; /* from here on as in GstMontageShot */
  gfloat action;
  gfloat brightness;
  gfloat contrast;
  gfloat underexposed;
  gfloat overexposed;
  gfloat sharpness;
  gfloat motion_blur;
  gfloat saturation;
  gfloat focus_x;
  gfloat focus_y;
  ShotSizeOdds size;
  ChromaMoments chroma;
  guint8 y[SIGNATURE_SIZE];
  guint8 u[SIGNATURE_SIZE];
  guint8 v[SIGNATURE_SIZE];
} FrameFeatures;

void frame_features_measure (FrameFeatures *self, const SmallFrame *frame,
    const FrameMotion *motion, GstClockTime time, GstClockTime interval);

G_END_DECLS
