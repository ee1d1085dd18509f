/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "shotdetector.h"

G_BEGIN_DECLS

/* A smooth texture that is another one for every @seed, at a place, -1..1. */
gdouble scene_texture (guint seed, gdouble x, gdouble y);
guint8 scene_level (gdouble value);
/* Scene @seed, seen from a camera at @x, @y (samples) that zooms. */
void
scene_draw (SmallFrame *frame, guint seed, gdouble x, gdouble y, gdouble zoom);
/* @share of @b over @a. */
void scene_mix (SmallFrame *out, const SmallFrame *a, const SmallFrame *b,
    gdouble share);
void scene_fill (SmallFrame *frame, guint8 y, guint8 u, guint8 v);

void detector_push (ShotDetector *detector, const SmallFrame *frame);
/* Scene @seed, @n times. */
void detector_push_scene (ShotDetector *detector, guint seed, guint n);
/* The same from a camera that goes @dx, @dy samples with each frame. */
void detector_push_moving (ShotDetector *detector, guint seed, guint n,
    gdouble dx, gdouble dy);
/* From @a to @b in @n frames between them. */
void detector_push_mix (ShotDetector *detector, const SmallFrame *a,
    const SmallFrame *b, guint n);
const ShotBoundary *detector_boundary (const ShotDetector *detector, guint i);
/* Finishes: these boundaries, all of them cuts, are all there are. */
void
detector_assert_cuts (ShotDetector *detector, guint n, const guint64 *cuts);

G_END_DECLS
