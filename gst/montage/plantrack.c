/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include <math.h>

#include "plantrack.h"
#include "planview.h"

/* A span of hours is looked at in coarser steps. */
#define MOST_PLACES 65536
#define DEFAULT_STEP (GST_SECOND / 30)
/* A peak this far from its beat, two frames, is seen as late. */
#define PEAK_TOLERANCE (80.0 * GST_MSECOND)
/* So many pictures before the first that is shown have to be decoded as well:
 * this many and more are equally dear. */
#define DEAR_FRAMES 60.0
/* Nothing can be seen in a picture darker or brighter than this. */
#define BLACK 0.02f
#define WHITE 0.98f

gint
montage_track_place (const MontageTrack *self, gint64 offset)
{
  gint64 half = (gint64) self->step / 2;

  return (gint) ((offset + (offset < 0 ? -half : half)) / (gint64) self->step);
}

static void
mark_best (const MontageTrack *self, const MontageSpan *span)
{
  const GArray *best = span->info->best;

  /* Best last, so that it stays where stretches overlap. */
  for (guint k = best->len; k-- > 0;) {
    const GstMontageStretch *stretch = &g_array_index (best, GstMontageStretch,
        k);
    gint from = montage_track_place (self,
        GST_CLOCK_DIFF (span->first, stretch->start));
    gint to = montage_track_place (self,
        GST_CLOCK_DIFF (span->first, stretch->end));
    for (gint i = MAX (from, 0); i < MIN (to, (gint) self->n); i++)
      self->worth[i + 1] = (gfloat) stretch->score;
  }
}

static void
mark_telling (const MontageTrack *self, const MontageSpan *span)
{
  const GArray *keys = span->info->key_frames;

  for (guint k = 0; k < keys->len; k++) {
    gint at = montage_track_place (self,
        GST_CLOCK_DIFF (span->first, g_array_index (keys, GstClockTime, k)));
    if (at >= 0 && at < (gint) self->n)
      self->telling[at + 1] = 1;
  }
}

static void
mark_peaks (const MontageTrack *self, const MontageSpan *span)
{
  const GArray *peaks = span->info->action_peaks;
  gint reach = (gint) (2 * PEAK_TOLERANCE / (gdouble) self->step);

  for (guint k = 0; k < peaks->len; k++) {
    gint at = montage_track_place (self,
        GST_CLOCK_DIFF (span->first, g_array_index (peaks, GstClockTime, k)));
    for (gint i = MAX (at - reach, 0);
         i <= MIN (at + reach, (gint) self->n - 1); i++) {
      gdouble late = (i - at) * (gdouble) self->step / PEAK_TOLERANCE;
      guint8 value = (guint8) (255 * exp (-late * late));
      self->peak[i] = MAX (self->peak[i], value);
    }
  }
}

static void
mark_bad (const MontageTrack *self, const MontageMaterial *material,
    const MontageSpan *span)
{
  for (guint i = 0; i < self->n; i++) {
    const MontageView *view = montage_views_get (material,
        montage_views_at (material, span, span->first + i * self->step));
    gboolean dark = view->brightness >= 0 && view->brightness < BLACK;
    self->bad[i + 1] = span->flaw != MONTAGE_FLAW_NONE || dark
        || view->brightness > WHITE;
  }
}

/* Decoding starts at the key unit before the picture that is shown first. */
static void
mark_key_units (MontageTrack *self, const MontageSpan *span,
    const GArray *key_units)
{
  guint k = 0;

  if (key_units->len == 0)
    return;
  self->key_unit = g_new0 (guint8, self->n);
  for (guint i = 0; i < self->n; i++) {
    GstClockTime time = span->first + i * self->step;
    GstClockTime before;
    gdouble frames;

    while (k + 1 < key_units->len
        && g_array_index (key_units, GstClockTime, k + 1) <= time)
      k++;
    before = g_array_index (key_units, GstClockTime, k);
    frames = (gdouble) (time - MIN (before, time)) / (gdouble) self->step;
    self->key_unit[i] = (guint8) (255
        * (1.0 - MIN (floor (frames) / DEAR_FRAMES, 1.0)));
  }
}

static void
sum_up (const MontageTrack *self)
{
  for (guint i = 0; i < self->n; i++) {
    self->worth[i + 1] += self->worth[i];
    self->bad[i + 1] += self->bad[i];
    self->telling[i + 1] += self->telling[i];
  }
}

MontageTrack *
montage_track_new (const MontageMaterial *material, const MontageSpan *span)
{
  const GstMontageShotList *source = material->sources[span->source];
  MontageTrack *self = g_new0 (MontageTrack, 1);
  GstClockTime length = span->last - span->first;

  self->step = source->fps_n > 0 && source->fps_d > 0
      ? gst_util_uint64_scale (GST_SECOND, source->fps_d, source->fps_n)
      : DEFAULT_STEP;
  self->step = MAX (self->step, length / MOST_PLACES + 1);
  self->n = (guint) (length / self->step) + 1;
  self->worth = g_new0 (gfloat, self->n + 1);
  self->bad = g_new0 (guint, self->n + 1);
  self->telling = g_new0 (guint, self->n + 1);
  self->peak = g_new0 (guint8, self->n);
  self->opens = span->shot == 0;
  self->ends = span->across || span->shot + 1 == source->shots->len;
  /* Of a span over several shots only the light is known. */
  if (!span->across) {
    mark_best (self, span);
    mark_telling (self, span);
    mark_peaks (self, span);
  }
  mark_bad (self, material, span);
  mark_key_units (self, span, source->key_units);
  sum_up (self);

  return self;
}

void
montage_track_free (MontageTrack *self)
{
  g_free (self->worth);
  g_free (self->bad);
  g_free (self->telling);
  g_free (self->peak);
  g_free (self->key_unit);
  g_free (self);
}
