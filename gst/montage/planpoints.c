/* SPDX-License-Identifier: LGPL-2.1-or-later */

/* Where in a shot a cut begins: an action peaks on a beat, its best parts and
 * its most telling frames are shown, camera starts and ends are avoided, and of
 * equals the one is taken that is cheap to decode. */

#include <math.h>

#include "planrandom.h"
#include "planscore.h"
#include "plantrack.h"
#include "planview.h"

#define POINTS_PEAK 12.0
#define POINTS_BEST 5.0 /* times the score of the stretch, 0..1 */
#define POINTS_TELLING 2.0
#define POINTS_SETTLED 2.0
#define POINTS_KEY_UNIT 1.5
/* A cut that shows nothing but black. */
#define POINTS_BAD 60.0
/* After a camera has been started and before it is stopped. */
#define SETTLING_SEC 0.5
/* The eye looks for what a cut shows in its first part. */
#define TELLING_PART (2 / 3.0)
#define MAX_PEAKS 12
/* In-points of a long take, evenly. */
#define N_PARTS 5
/* An in-point is moved to a key unit if it is this near. */
#define KEY_UNIT_REACH (GST_SECOND / 2)

/* A slot and a span, in places of the span's track. */
typedef struct
{
  const MontageScorer *scorer;
  const MontageSpan *span;
  guint span_index;
  const MontageTrack *track;
  guint n_beats;
  gint beats[MONTAGE_MAX_BEATS];
  const gdouble *beat_weights;
  gint length; /* of the cut */
  gint settling;
  gint first; /* of the in-points */
  gint last;
  guint n_found;
  gint found[MONTAGE_MAX_POINTS]; /* best first */
  gdouble values[MONTAGE_MAX_POINTS];
} Search;

static void
search_init (Search *self, const MontageScorer *scorer, guint slot, guint index)
{
  const MontageSpan *span = montage_scorer_span (scorer, index);
  const MontageSlotBeats *beats = &scorer->beats[slot];
  const MontageTrack *track = span->track;
  gint length = montage_track_place (track, (gint64) scorer->lengths[slot]);

  self->scorer = scorer;
  self->span = span;
  self->span_index = index;
  self->track = track;
  self->n_beats = beats->n;
  for (guint i = 0; i < beats->n; i++)
    self->beats[i] = montage_track_place (track, (gint64) beats->times[i]);
  self->beat_weights = beats->weights;
  self->length = CLAMP (length, 1, (gint) track->n);
  self->settling = (gint) (SETTLING_SEC * GST_SECOND / (gdouble) track->step);
  self->n_found = 0;
}

/* ---- what an in-point is worth ---- */

static gdouble
peak_points (const Search *self, gint in)
{
  gdouble best = 0.0;

  for (guint i = 0; i < self->n_beats; i++) {
    gint at = in + self->beats[i];
    if (at < (gint) self->track->n)
      best = MAX (best, self->beat_weights[i] * self->track->peak[at]);
  }

  return POINTS_PEAK * best / 255;
}

static gdouble
moment_points (const Search *self, gint in)
{
  const MontageTrack *track = self->track;
  gint out = MIN (in + self->length, (gint) track->n);
  gint part = MIN (in + (gint) (self->length * TELLING_PART) + 1,
      (gint) track->n);
  gdouble settled = 1.0;

  if (track->opens && in < self->settling)
    settled -= 0.5 * (1.0 - (gdouble) in / self->settling);
  if (track->ends && (gint) track->n - out < self->settling)
    settled -= 0.5 * (1.0 - (gdouble) ((gint) track->n - out) / self->settling);

  return POINTS_BEST * (track->worth[out] - track->worth[in]) / (out - in)
      + (track->telling[part] > track->telling[in] ? POINTS_TELLING : 0.0)
      + POINTS_SETTLED * settled;
}

static gdouble
flaw_points (const Search *self, gint in)
{
  gint out = MIN (in + self->length, (gint) self->track->n);

  return -POINTS_BAD * (self->track->bad[out] - self->track->bad[in])
      / (out - in);
}

static gdouble
key_unit_points (const Search *self, gint in)
{
  return self->track->key_unit == NULL
      ? 0.0
      : POINTS_KEY_UNIT * self->track->key_unit[in] / 255;
}

static gdouble
worth (const Search *self, gint in, GstMontageScore *score)
{
  static const GstMontageTerm set[] = {GST_MONTAGE_TERM_PEAK,
      GST_MONTAGE_TERM_MOMENT, GST_MONTAGE_TERM_QUALITY,
      GST_MONTAGE_TERM_KEY_UNIT};
  const gdouble points[G_N_ELEMENTS (set)] = {peak_points (self, in),
      moment_points (self, in), flaw_points (self, in),
      key_unit_points (self, in)};
  gdouble sum = 0.0;

  for (guint i = 0; i < G_N_ELEMENTS (set); i++) {
    gdouble weighted = montage_scorer_weight (self->scorer, set[i]) * points[i];
    sum += weighted;
    if (score != NULL)
      score->terms[set[i]] += weighted;
  }

  return sum;
}

static gint
place_of (const Search *self, GstClockTime in_point)
{
  gint place = montage_track_place (self->track,
      GST_CLOCK_DIFF (self->span->first, in_point));

  return CLAMP (place, 0, (gint) self->track->n - 1);
}

gdouble
montage_score_moment (const MontageScorer *self, guint slot,
    const MontageTake *take, GstMontageScore *score)
{
  Search search;

  search_init (&search, self, slot, take->span);
  return worth (&search, place_of (&search, take->in_point), score);
}

gdouble
montage_score_moment_most (const MontageScorer *self)
{
  return montage_scorer_weight (self, GST_MONTAGE_TERM_PEAK) * POINTS_PEAK
      + montage_scorer_weight (self, GST_MONTAGE_TERM_MOMENT)
      * (POINTS_BEST + POINTS_TELLING + POINTS_SETTLED)
      + montage_scorer_weight (self, GST_MONTAGE_TERM_KEY_UNIT)
      * POINTS_KEY_UNIT;
}

/* ---- takes ---- */

void
montage_take_look (MontageTake *take, const MontageMaterial *material,
    guint64 n_frames)
{
  const MontageSpan *span;

  if (take->span == MONTAGE_NO_SPAN)
    return;
  span = &g_array_index (material->spans, MontageSpan, take->span);
  take->begin = montage_views_at (material, span, take->in_point);
  take->end = montage_views_at (material, span,
      take->in_point + montage_material_reach (material, n_frames));
}

void
montage_score_take (const MontageScorer *self, guint slot, guint span,
    GstClockTime in_point, MontageTake *take)
{
  take->span = span;
  take->in_point = in_point;
  take->moment = montage_score_moment (self, slot, take, NULL);
  montage_take_look (take, self->material,
      montage_slot_material (montage_scorer_slot (self, slot)));
}

/* ---- the best in-points ---- */

/* Keeps the best; of those at one place, which show the same, one. */
static void
offer (Search *self, gint in)
{
  gint near = self->length / 2;
  gdouble value;
  guint at;

  in = CLAMP (in, self->first, self->last);
  value = worth (self, in, NULL);
  if (self->n_found == MONTAGE_MAX_POINTS
      && value <= self->values[MONTAGE_MAX_POINTS - 1])
    return;
  for (guint i = 0; i < self->n_found; i++) {
    if (ABS (self->found[i] - in) > near)
      continue;
    if (self->values[i] >= value)
      return;
    self->n_found--;
    memmove (&self->found[i], &self->found[i + 1],
        (self->n_found - i) * sizeof (gint));
    memmove (&self->values[i], &self->values[i + 1],
        (self->n_found - i) * sizeof (gdouble));
    i--;
  }
  at = MIN (self->n_found, MONTAGE_MAX_POINTS - 1);
  self->n_found = at + 1;
  for (; at > 0 && self->values[at - 1] < value; at--) {
    self->found[at] = self->found[at - 1];
    self->values[at] = self->values[at - 1];
  }
  self->found[at] = in;
  self->values[at] = value;
}

static void
offer_peaks (Search *self)
{
  const GArray *peaks = self->span->info->action_peaks;
  guint step = peaks->len / MAX_PEAKS + 1;

  for (guint p = 0; p < peaks->len && !self->span->across; p += step) {
    gint peak = montage_track_place (self->track,
        GST_CLOCK_DIFF (self->span->first,
            g_array_index (peaks, GstClockTime, p)));
    for (guint b = 0; b < self->n_beats; b++) {
      gint in = peak - self->beats[b];
      if (in >= self->first && in <= self->last)
        offer (self, in);
    }
  }
}

/* A shorter cut shows the middle of a stretch, a longer one has it in its; its
 * start is where something begins. */
static void
offer_best (Search *self)
{
  const GArray *best = self->span->info->best;

  for (guint i = 0; i < best->len && !self->span->across; i++) {
    const GstMontageStretch *stretch = &g_array_index (best, GstMontageStretch,
        i);
    gint from = montage_track_place (self->track,
        GST_CLOCK_DIFF (self->span->first, stretch->start));
    gint to = montage_track_place (self->track,
        GST_CLOCK_DIFF (self->span->first, stretch->end));

    offer (self, from);
    offer (self, from + (to - from - self->length) / 2);
  }
}

static void
offer_telling (Search *self)
{
  const GArray *keys = self->span->info->key_frames;
  guint step = keys->len / MAX_PEAKS + 1;

  for (guint k = 0; k < keys->len && !self->span->across; k += step) {
    gint key = montage_track_place (self->track,
        GST_CLOCK_DIFF (self->span->first,
            g_array_index (keys, GstClockTime, k)));
    offer (self, key - self->length / 3);
  }
}

/* What is best for its pictures may be had more cheaply close to it. */
static void
offer_key_units (Search *self)
{
  gint reach = (gint) (KEY_UNIT_REACH / self->track->step);
  gint found[MONTAGE_MAX_POINTS];
  guint n = self->n_found;

  if (self->track->key_unit == NULL)
    return;
  memcpy (found, self->found, n * sizeof (gint));
  for (guint i = 0; i < n; i++) {
    gint to = MIN (found[i] + reach, self->last);
    for (gint in = found[i] + 1; in <= to; in++) {
      if (self->track->key_unit[in] > self->track->key_unit[in - 1]) {
        offer (self, in);
        break;
      }
    }
  }
}

void
montage_score_range (const MontageScorer *self, guint slot, guint span_index,
    GstClockTime *earliest, GstClockTime *latest)
{
  const MontageSlot *at = montage_scorer_slot (self, slot);
  const MontageSpan *span = montage_scorer_span (self, span_index);
  GstClockTime reach = montage_material_reach (self->material,
      montage_slot_material (at));
  GstClockTime handle = gst_montage_output_frame_time (&self->film->output,
      montage_score_handle (self, slot) + 1);

  *earliest = span->first;
  /* The span fits, but for what rounding to nanoseconds can take. */
  *latest = MAX (span->last, span->first + reach) - reach;
  /* Without room for both, each crossfade gets what there is. */
  if (montage_score_handle (self, slot) > 0) {
    handle = MIN (handle, (*latest - *earliest) / 2);
    *earliest += handle;
    *latest -= handle;
  }
}

guint
montage_score_points (const MontageScorer *self, guint slot, guint span_index,
    MontageTake *points)
{
  guint64 n_frames = montage_slot_material (montage_scorer_slot (self, slot));
  GstClockTime earliest, latest;
  Search search;

  search_init (&search, self, slot, span_index);
  montage_score_range (self, slot, span_index, &earliest, &latest);
  search.first = place_of (&search, earliest);
  search.last = MAX (place_of (&search, latest), search.first);
  for (gint i = 0; i <= N_PARTS; i++)
    offer (&search, search.first + (search.last - search.first) * i / N_PARTS);
  offer (&search,
      search.first
          + (gint) (montage_random (self->seed, slot, span_index + 1)
              * (search.last - search.first)));
  offer_best (&search);
  offer_telling (&search);
  offer_peaks (&search);
  offer_key_units (&search);

  for (guint i = 0; i < search.n_found; i++) {
    MontageTake *take = &points[i];
    GstClockTime time = search.span->first
        + search.found[i] * search.track->step;

    take->span = span_index;
    take->in_point = montage_material_snap (self->material, search.span,
        CLAMP (time, earliest, latest), n_frames);
    take->moment = search.values[i];
    montage_take_look (take, self->material, n_frames);
  }

  return search.n_found;
}
