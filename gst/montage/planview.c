/* SPDX-License-Identifier: LGPL-2.1-or-later */

/* How a shot goes on, read from its curves once, so that a pair of shots is
 * compared as they are at the cut. */

#include <math.h>

#include "planview.h"

/* A camera on its way, in frame widths per second: hand-held ones sway by less
 * than the first, at the second anybody sees it. */
#define SLOW_PAN 0.04
#define CLEAR_PAN 0.15
/* At 25 frames per second, from a picture that smears to one of which nothing
 * is left. */
#define FAST_PAN 0.5
#define WHIP_PAN 1.2

static gdouble
ramp (gdouble value, gdouble from, gdouble to)
{
  return CLAMP ((value - from) / (to - from), 0.0, 1.0);
}

/* Value @i of a curve; where there is none, the mean of the shot. */
static gdouble
curve_value (const GArray *curve, guint i, gdouble mean)
{
  if (curve == NULL || curve->len == 0)
    return mean;
  return g_array_index (curve, gint, MIN (i, curve->len - 1)) / 1000.0;
}

static void
set_way (MontageView *view, gdouble pan_x, gdouble pan_y)
{
  gdouble speed = hypot (pan_x, pan_y);
  gdouble length = ramp (speed, SLOW_PAN, CLEAR_PAN);

  view->whip = (gfloat) ramp (speed, FAST_PAN, WHIP_PAN);
  if (length <= 0)
    return;
  view->way_x = (gfloat) (length * pan_x / speed);
  view->way_y = (gfloat) (length * pan_y / speed);
}

static MontageView
make_view (const GstMontageShotList *source, const GstMontageShot *shot,
    guint i)
{
  const GstMontageShotCurves *curves = &shot->curves;
  gdouble height = source->width > 0 ? (gdouble) source->height / source->width
                                     : 9.0 / 16;
  gdouble focus_x = curve_value (curves->focus_x, i, shot->focus_x);
  gdouble focus_y = curve_value (curves->focus_y, i, shot->focus_y);
  MontageView view = {.brightness = -1,
      .motion = (gfloat) curve_value (curves->motion, i, shot->motion),
      .focus_x = (gfloat) focus_x,
      .focus_y = (gfloat) (focus_y * height),
      /* An unmeasured one is at 0, 0; of an even picture nothing is known. */
      .has_focus = focus_x + focus_y > 0 && shot->contrast > 0.05};

  if (shot->exposure > 0 || shot->underexposed > 0 || shot->overexposed > 0)
    view.brightness = (gfloat) curve_value (curves->brightness, i,
        shot->brightness);
  set_way (&view, curve_value (curves->pan_x, i, shot->pan_x),
      curve_value (curves->pan_y, i, shot->pan_y) * height);

  return view;
}

static void
extend (MontageViewRange *range, const MontageView *view)
{
  range->way = MAX (range->way, hypotf (view->way_x, view->way_y));
  range->whip = MAX (range->whip, view->whip);
  range->motion = MAX (range->motion, view->motion);
  range->has_focus |= view->has_focus;
  range->left = MIN (range->left, view->focus_x);
  range->right = MAX (range->right, view->focus_x);
  range->top = MIN (range->top, view->focus_y);
  range->bottom = MAX (range->bottom, view->focus_y);
  range->dark = MIN (range->dark, view->brightness);
  range->bright = MAX (range->bright, view->brightness);
}

void
montage_views_add (MontageMaterial *self, MontageSpan *span)
{
  const GstMontageShotList *source = self->sources[span->source];
  const GArray *curve = span->info->curves.motion;
  /* A span over several shots is known by its longest. */
  gboolean goes_on = !span->across && source->curve_step > 0 && curve != NULL
      && curve->len > 0;

  span->range = (MontageViewRange){.left = G_MAXFLOAT,
      .right = -G_MAXFLOAT,
      .top = G_MAXFLOAT,
      .bottom = -G_MAXFLOAT,
      .dark = 1,
      .bright = -1};
  span->first_view = self->views->len;
  span->n_views = goes_on ? curve->len : 1;
  for (guint i = 0; i < span->n_views; i++) {
    MontageView view = make_view (source, span->info, i);
    extend (&span->range, &view);
    g_array_append_val (self->views, view);
  }
}

guint
montage_views_at (const MontageMaterial *self, const MontageSpan *span,
    GstClockTime time)
{
  GstClockTime step = self->sources[span->source]->curve_step;
  GstClockTime start = span->info->start;
  guint64 i;

  if (span->n_views <= 1 || time <= start)
    return span->first_view;
  i = (time - start) / step;

  return span->first_view + (guint) MIN (i, span->n_views - 1);
}
