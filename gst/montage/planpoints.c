/* SPDX-License-Identifier: LGPL-2.1-or-later */

/* Where in a shot a cut begins: a motion peak lands on a beat, its best parts
 * and its most telling frames are shown, camera starts and ends are avoided. */

#include <math.h>

#include "planrandom.h"
#include "planscore.h"

#define POINTS_PEAK 12.0
#define POINTS_BEST 5.4 /* times the score of the stretch, 0..1 */
#define POINTS_KEY 4.0
#define POINTS_MIDDLE 3.0
#define POINTS_EDGE 1.0
/* A peak this far from its beat is seen as late. */
#define PEAK_TOLERANCE (80.0 * GST_MSECOND)
#define MAX_BEATS 6
#define MAX_PEAKS 12

typedef struct
{
  const MontageScorer *scorer;
  const MontageSpan *span;
  guint span_index;
  guint64 n_frames; /* of material */
  GstClockTime earliest;
  GstClockTime latest;
  MontageTake *points;
  guint n_points;
} Search;

/* Keeps the best, each in-point once. */
static void
offer (Search *self, GstClockTime in_point, gdouble moment)
{
  MontageTake take = {self->span_index, in_point, moment};
  guint at = self->n_points;

  for (guint i = 0; i < self->n_points; i++) {
    if (self->points[i].in_point != in_point)
      continue;
    if (self->points[i].moment >= moment)
      return;
    at = i;
    break;
  }
  if (at == self->n_points) {
    if (at == MONTAGE_MAX_POINTS) {
      at--;
      if (self->points[at].moment >= moment)
        return;
    } else {
      self->n_points++;
    }
  }
  for (; at > 0 && self->points[at - 1].moment < moment; at--)
    self->points[at] = self->points[at - 1];
  self->points[at] = take;
}

static GstClockTime
snap (const Search *self, gint64 in_point)
{
  gint64 low = (gint64) self->earliest, high = (gint64) self->latest;

  return montage_material_snap (self->scorer->material, self->span,
      (GstClockTime) CLAMP (in_point, low, high), self->n_frames);
}

/* Beats in the slot, as times after its start with what a peak there is worth
 * (0..1). The cut itself is one. */
static guint
slot_beats (const MontageScorer *scorer, const MontageSlot *slot,
    GstClockTime *times, gdouble *weights)
{
  const GArray *beats = scorer->film->music->beats;
  GstClockTime start = montage_film_song_time (scorer->film, slot->first_frame);
  GstClockTime end = montage_film_song_time (scorer->film,
      slot->first_frame + slot->n_frames);
  GstClockTime margin = 100 * GST_MSECOND;
  guint n = 1;

  times[0] = 0;
  weights[0] = slot->downbeat ? 0.75 : 0.65;
  if (slot->beat < 0)
    return n;
  for (guint i = (guint) slot->beat + 1; i < beats->len && n < MAX_BEATS; i++) {
    const GstMontageBeat *beat = &g_array_index (beats, GstMontageBeat, i);
    if (beat->time + margin >= end)
      break;
    times[n] = beat->time - start;
    weights[n++] = beat->position == 1 ? 1.0 : 0.8;
  }

  return n;
}

static void
offer_peaks (Search *self, const MontageSlot *slot)
{
  const GArray *peaks = self->span->info->action_peaks;
  GstClockTime times[MAX_BEATS];
  gdouble weights[MAX_BEATS];
  guint n_beats, step = peaks->len / MAX_PEAKS + 1;

  if (self->span->across || peaks->len == 0)
    return;
  n_beats = slot_beats (self->scorer, slot, times, weights);
  for (guint p = 0; p < peaks->len; p += step) {
    gint64 peak = (gint64) g_array_index (peaks, GstClockTime, p);
    for (guint b = 0; b < n_beats; b++) {
      GstClockTime in_point = snap (self, peak - (gint64) times[b]);
      gdouble late = ABS (peak - (gint64) (in_point + times[b]))
          / PEAK_TOLERANCE;
      if (late < 2)
        offer (self, in_point, POINTS_PEAK * weights[b] * exp (-late * late));
    }
  }
}

/* A shorter cut shows the middle of a stretch, a longer one has it in its. */
static void
offer_best (Search *self)
{
  const GArray *best = self->span->info->best;
  gint64 reach = (gint64) montage_material_reach (self->scorer->material,
      self->n_frames);

  for (guint i = 0; i < best->len && !self->span->across; i++) {
    const GstMontageStretch *stretch = &g_array_index (best, GstMontageStretch,
        i);
    gint64 length = (gint64) (stretch->end - stretch->start);
    gint64 in_point = (gint64) stretch->start + (length - reach) / 2;

    offer (self, snap (self, in_point), POINTS_BEST * stretch->score);
  }
}

/* The first third of a cut is where the eye looks for what it shows. */
static void
offer_key_frames (Search *self)
{
  const GArray *keys = self->span->info->key_frames;
  guint step = keys->len / MAX_PEAKS + 1;
  gint64 third = (gint64) montage_material_reach (self->scorer->material,
                     self->n_frames)
      / 3;

  if (self->span->across)
    return;
  for (guint k = 0; k < keys->len; k += step) {
    gint64 key = (gint64) g_array_index (keys, GstClockTime, k);
    GstClockTime in_point = snap (self, key - third);
    if ((gint64) in_point <= key && key <= (gint64) in_point + 2 * third)
      offer (self, in_point, POINTS_KEY);
  }
}

void
montage_score_range (const MontageScorer *self, guint slot, guint span_index,
    GstClockTime *earliest, GstClockTime *latest)
{
  const MontageSlot *at = &g_array_index (self->slots, MontageSlot, slot);
  const MontageSpan *span = &g_array_index (self->material->spans, MontageSpan,
      span_index);
  GstClockTime reach = montage_material_reach (self->material,
      montage_slot_material (at));
  GstClockTime handle = gst_montage_output_frame_time (&self->film->output,
      montage_score_handle (self, slot) + 1);

  *earliest = span->first;
  /* The span fits, but for what rounding to nanoseconds can take. */
  *latest = MAX (span->last, span->first + reach) - reach;
  if (handle > 0 && *latest - *earliest > 2 * handle) {
    *earliest += handle;
    *latest -= handle;
  }
}

guint
montage_score_points (const MontageScorer *self, guint slot, guint span_index,
    MontageTake *points)
{
  const MontageSlot *at = &g_array_index (self->slots, MontageSlot, slot);
  const MontageSpan *span = &g_array_index (self->material->spans, MontageSpan,
      span_index);
  Search search = {.scorer = self,
      .span = span,
      .span_index = span_index,
      .n_frames = montage_slot_material (at),
      .points = points};
  gdouble random;

  montage_score_range (self, slot, span_index, &search.earliest,
      &search.latest);
  offer_peaks (&search, at);
  offer_best (&search);
  offer_key_frames (&search);
  random = montage_random (self->seed, slot, span_index + 1);
  offer (&search,
      snap (&search, (gint64) (search.earliest / 2 + search.latest / 2)),
      POINTS_MIDDLE);
  offer (&search,
      snap (&search,
          (gint64) (search.earliest
              + (GstClockTime) (random * (search.latest - search.earliest)))),
      (POINTS_MIDDLE + POINTS_EDGE) / 2);
  offer (&search, snap (&search, (gint64) search.earliest), POINTS_EDGE);
  offer (&search, snap (&search, (gint64) search.latest), POINTS_EDGE);

  return search.n_points;
}
