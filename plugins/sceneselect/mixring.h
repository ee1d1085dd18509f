/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "mixpicture.h"

G_BEGIN_DECLS

/* More than the longest transition and what surrounds it. */
#define MIX_RING 192

/* The last pictures of a clip, as small as transitions need them. */
typedef struct
{
  MixThumb thumbs[MIX_RING];
  FrameMotion motions[MIX_RING]; /* since the picture before */
  guint64 n_frames;
} MixRing;

static inline void
mix_ring_push (MixRing *self, const FrameTraits *traits,
    const FrameMotion *motion)
{
  mix_thumb_fill (&self->thumbs[self->n_frames % MIX_RING], traits);
  self->motions[self->n_frames % MIX_RING] = *motion;
  self->n_frames++;
}

static inline const MixThumb *
mix_ring_get (const MixRing *self, guint64 frame)
{
  return &self->thumbs[frame % MIX_RING];
}

/* Mean move per frame among the frames [@begin, @end). */
static inline Drift
mix_ring_get_drift (const MixRing *self, guint64 begin, guint64 end)
{
  Drift drift = {0};

  for (guint64 i = begin; i < end; i++) {
    const FrameMotion *motion = &self->motions[i % MIX_RING];

    drift.dx += motion->dx / (gdouble) (end - begin);
    drift.dy += motion->dy / (gdouble) (end - begin);
    drift.zoom += motion->zoom / (gdouble) (end - begin);
  }
  return drift;
}

/* Whether what was there before @first comes back soon after @last, or what is
 * there after @last was there shortly before: something has passed. */
gboolean mix_ring_comes_back (const MixRing *self, guint64 first, guint64 last);

G_END_DECLS
