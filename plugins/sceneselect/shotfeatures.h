/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <gst/montage/shotlist.h>

#include "framefeatures.h"

G_BEGIN_DECLS

/* Sums up the pictures of one shot. */
typedef struct _ShotFeatures ShotFeatures;

ShotFeatures *shot_features_new (void);
/* @in_transition: the picture is of the transition that the shot begins with;
 * what it shows is left out of the features where anything follows it. */
void shot_features_push (ShotFeatures *self, const FrameFeatures *frame,
    gboolean in_transition);
/* Fills the features of @shot, whose times are known. @kr and @kb are those of
 * the chroma. */
void shot_features_finish (ShotFeatures *self, gdouble kr, gdouble kb,
    GstMontageShot *shot);
/* A shot of one picture shows it to its end: so do its curves. */
void shot_features_hold (GstMontageShot *shot);
void shot_features_free (ShotFeatures *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ShotFeatures, shot_features_free)

G_END_DECLS
