/* SPDX-License-Identifier: LGPL-2.1-or-later */

/* A still is not shown still: the picture moves slowly towards what it shows,
 * or away from it, as a camera on a rostrum does. */

#include "planrandom.h"
#include "planzoom.h"

/* Per second: seen as movement, not as an effect. */
#define ZOOM_PER_SEC 0.04
/* Further in, a photo of the film's size looks soft. */
#define ZOOM_MOST 1.25

/* A place in the source, along one side, as one in the fitted picture: @shown
 * is the share of the side that is seen, above 1 where there are borders. */
static gdouble
fit (gdouble place, gdouble shown)
{
  return CLAMP (0.5 + (place - 0.5) / shown, 0.0, 1.0);
}

static void
set_focus (const GstMontageShotList *source, const GstMontageShot *shot,
    const GstMontageOutput *output, GstMontageCut *cut)
{
  gdouble wider, across = 1.0, down = 1.0;

  if (source->width == 0 || source->height == 0 || output->width == 0
      || output->height == 0)
    return;
  wider = (gdouble) source->width * output->height
      / ((gdouble) source->height * output->width);
  if ((wider > 1.0) == (output->fit == GST_MONTAGE_FIT_CROP))
    across = 1.0 / wider;
  else
    down = wider;
  cut->focus_x = fit (shot->focus_x, across);
  cut->focus_y = fit (shot->focus_y, down);
}

void
montage_zoom_set (const MontageMaterial *material, const MontageSpan *span,
    guint64 seed, guint index, GstMontageCut *cut)
{
  gdouble sec = (gdouble) cut->duration / GST_SECOND;
  gdouble most = MIN (1.0 + ZOOM_PER_SEC * sec, ZOOM_MOST);
  /* In and out take turns; the seed says which comes first. */
  gboolean in = (index + montage_hash (seed)) % 2 == 0;

  cut->zoom_from = in ? 1.0 : most;
  cut->zoom_to = in ? most : 1.0;
  set_focus (material->sources[span->source], span->info, &material->output,
      cut);
}
