/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "blendfinder.h"

#include <math.h>

#include "blendweights.h"
#include "shotconstants.h"

struct _BlendFinder
{
  Blend best;
  guint64 barred; /* no transition begins before it any more */
  BlendSpy spy;
};

/* Frames from the old picture to the new one; what is a quarter longer is found
 * within the next. */
static const guint lengths[] = {6, 8, 11, 14, 18, 23, 29, 37, 47, 60, 76, 97,
    122};

BlendFinder *
blend_finder_new (void)
{
  return g_new0 (BlendFinder, 1);
}

void
blend_finder_free (BlendFinder *self)
{
  g_free (self);
}

void
blend_finder_set_spy (BlendFinder *self, BlendSpy spy)
{
  self->spy = spy;
}

static gdouble
judge (const gdouble *traits, GstMontageBoundary *kind)
{
  gboolean is_wipe = traits[BLEND_BETWEEN] < BLEND_WIPE_BELOW;
  const gdouble *w = is_wipe ? wipe_weights : dissolve_weights;
  gdouble sum = w[BLEND_N_TRAITS]
      - (is_wipe ? BLEND_MIN_WIPE : BLEND_MIN_DISSOLVE);

  for (guint i = 0; i < BLEND_N_TRAITS; i++)
    sum += w[i] * traits[i];
  *kind = is_wipe ? GST_MONTAGE_BOUNDARY_WIPE : GST_MONTAGE_BOUNDARY_DISSOLVE;
  return sum;
}

static void
try (BlendFinder *self, const MixRing *ring, guint64 begin, guint64 end)
{
  Blend blend;

  if (!blend_fit_may_be (ring, begin, end)
      || !blend_fit_measure (ring, begin, end, BLEND_BESIDE, BLEND_BESIDE,
          &blend.fit))
    return;
  blend.score = judge (blend.fit.traits, &blend.kind);
  if (self->spy)
    self->spy (&blend);
  if (blend.score > self->best.score)
    self->best = blend;
}

static gboolean
take (BlendFinder *self, const MixRing *ring, Blend *blend)
{
  gboolean found = self->best.score > 0
      && !mix_ring_comes_back (ring, self->best.fit.first, self->best.fit.last);

  *blend = self->best;
  if (found)
    self->barred = blend->fit.last + 1;
  self->best.score = 0;
  return found;
}

gboolean
blend_finder_look (BlendFinder *self, const MixRing *ring, Blend *blend)
{
  guint64 frame = ring->n_frames - 1, end;

  if (frame < BLEND_BESIDE)
    return FALSE;
  end = frame - BLEND_BESIDE;
  for (guint i = 0; i < G_N_ELEMENTS (lengths); i++) {
    guint n = lengths[i];

    if (end % MAX (n / 8, 1) == 0 && end >= self->barred + n + BLEND_BESIDE)
      try (self, ring, end - n, end);
  }
  return self->best.score > 0
      && frame >= self->best.fit.last + BLEND_WAIT + BLEND_BESIDE
      && take (self, ring, blend);
}

gboolean
blend_finder_finish (BlendFinder *self, const MixRing *ring, Blend *blend)
{
  return take (self, ring, blend);
}
