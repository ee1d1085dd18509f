/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include <math.h>

#include "planphrase.h"

/* Tempi are folded into one octave, 75.5 to 151 per minute: around the tempi
 * that people tap (a log-normal distribution, its centre at 118), a little
 * lower since a slow song doubled looks more wrong than a fast one halved. */
#define SLOWEST_BEAT_SEC (60.0 / 75.5)
#define FASTEST_BEAT_SEC (60.0 / 151.0)
#define BARS_PER_PHRASE 4
/* What frames and hand-set beats may be off, in beats. */
#define TOLERANCE 0.1

static gint
compare_doubles (gconstpointer a, gconstpointer b)
{
  gdouble x = *(const gdouble *) a, y = *(const gdouble *) b;

  return (x > y) - (x < y);
}

static const GstMontageBeat *
get_beat (const MontagePhrases *self, guint index)
{
  return &g_array_index (self->music->beats, GstMontageBeat, index);
}

static gdouble
gap_sec (const MontagePhrases *self, guint from, guint to)
{
  return (gdouble) (get_beat (self, to)->time - get_beat (self, from)->time)
      / GST_SECOND;
}

static gdouble
median_beat_sec (const MontagePhrases *self)
{
  guint n = self->music->beats->len - 1;
  g_autofree gdouble *gaps = g_new (gdouble, n);

  for (guint i = 0; i < n; i++)
    gaps[i] = gap_sec (self, i, i + 1);
  qsort (gaps, n, sizeof (gdouble), compare_doubles);

  return gaps[n / 2];
}

static void
init_beat (MontagePhrases *self)
{
  /* Guards against nonsense in a hand-written grid; no tempo is outside. */
  self->beat_sec = CLAMP (median_beat_sec (self), 0.02, 20.0);
  while (self->beat_sec > SLOWEST_BEAT_SEC) {
    self->beat_sec /= 2;
    self->octave /= 2;
  }
  while (self->beat_sec < FASTEST_BEAT_SEC) {
    self->beat_sec *= 2;
    self->octave *= 2;
  }
}

/* Fours are fours in every octave; a fast waltz is counted by pairs of its
 * beats, and its bar is then one and a half of them. */
static void
init_bar (MontagePhrases *self)
{
  guint beats = self->music->beats_per_bar;

  if (beats == 3)
    self->bar = self->octave >= 2 ? 1.5 : 3;
  else if (beats % 2 != 0 && beats > 3)
    self->bar = beats / self->octave;
  else
    self->bar = 4;
}

/* The first beat after @time. */
static guint
beat_after (const MontagePhrases *self, GstClockTime time)
{
  guint low = 0, high = self->music->beats->len;

  while (low < high) {
    guint middle = (low + high) / 2;
    if (get_beat (self, middle)->time <= time)
      low = middle + 1;
    else
      high = middle;
  }
  return low;
}

/* Where @time lies in the grid, in beats of it. */
static gdouble
grid_position (const MontagePhrases *self, GstClockTime time)
{
  guint after = beat_after (self, time);
  guint last = self->music->beats->len - 1;
  gdouble gap;

  if (after == 0 || after > last)
    return after == 0 ? 0 : last;
  gap = gap_sec (self, after - 1, after);

  return after - 1
      + (gdouble) (time - get_beat (self, after - 1)->time) / GST_SECOND / gap;
}

/* The counted beat where a section begins, in beats of the grid. */
static gdouble
section_position (const MontagePhrases *self, guint section)
{
  GstClockTime start =
      g_array_index (self->music->sections, GstMontageSection, section).start;
  gdouble unit = MIN (self->octave, 1);

  return floor (grid_position (self, start) / unit + 0.5) * unit;
}

static void
mark_starts (MontagePhrases *self)
{
  g_array_set_size (self->counts, self->music->beats->len);
  for (guint i = 0; i < self->counts->len; i++)
    g_array_index (self->counts, MontageCount, i) = (MontageCount){0, -1};
  for (guint i = 0; i < self->music->sections->len; i++) {
    gdouble position = section_position (self, i);
    guint beat = (guint) position;
    g_array_index (self->counts, MontageCount, beat).start = position - beat;
  }
}

/* The count of a beat that is the next one: holes count as the beats that they
 * could hold, and a downbeat out of turn begins its bar. */
static gdouble
next_count (const MontagePhrases *self, guint index)
{
  const MontageCount *before = &g_array_index (self->counts, MontageCount,
      index - 1);
  const GstMontageBeat *beat = get_beat (self, index);
  gdouble grid_sec = self->beat_sec / self->octave;
  gdouble bar = MIN (self->music->beats_per_bar / self->octave, self->bar);
  gdouble beats = MAX (floor (
                           gap_sec (self, index - 1, index) / grid_sec + 0.5),
      1);
  gdouble count = before->start > 0 ? beats * (1 - before->start) / self->octave
                                    : before->count + beats / self->octave;

  if (beat->position == 1 && self->music->beats_per_bar > 1)
    count = ceil (count / bar - TOLERANCE) * bar;

  return count;
}

static void
init_counts (MontagePhrases *self)
{
  mark_starts (self);
  for (guint i = 1; i < self->counts->len; i++) {
    MontageCount *count = &g_array_index (self->counts, MontageCount, i);
    count->count = count->start == 0 ? 0 : next_count (self, i);
  }
}

void
montage_phrases_init (MontagePhrases *self, const GstMontageBeatGrid *music)
{
  self->music = music;
  self->has_beats = music->beats->len >= 2;
  self->beat_sec = MONTAGE_DEFAULT_BEAT_SEC;
  self->octave = 1.0;
  self->bar = 4;
  self->counts = g_array_new (FALSE, TRUE, sizeof (MontageCount));
  if (!self->has_beats)
    return;

  init_beat (self);
  init_bar (self);
  init_counts (self);
}

void
montage_phrases_clear (MontagePhrases *self)
{
  g_clear_pointer (&self->counts, g_array_unref);
}

gdouble
montage_phrases_beat_sec (const MontagePhrases *self, GstClockTime time)
{
  guint at, first, last;
  gdouble local;

  if (!self->has_beats)
    return self->beat_sec;

  at = beat_after (self, time);
  first = at > 4 ? at - 4 : 0;
  last = MIN (at + 4, self->music->beats->len - 1);
  if (last <= first)
    return self->beat_sec;
  local = gap_sec (self, first, last) / (last - first) * self->octave;

  /* A song slows down, but a hole in the grid is no change of tempo. */
  return CLAMP (local, 0.7 * self->beat_sec, 1.4 * self->beat_sec);
}

static gdouble
count_without_beats (const MontagePhrases *self, GstClockTime time)
{
  gint section = gst_montage_beat_grid_section_at (self->music, time);
  GstClockTime start = section < 0
      ? 0
      : g_array_index (self->music->sections, GstMontageSection, section).start;

  return (gdouble) (time - start) / GST_SECOND / self->beat_sec;
}

gdouble
montage_phrases_count (const MontagePhrases *self, GstClockTime time)
{
  /* A beat that a frame begins a little early is that beat. */
  guint after = beat_after (self, time + GST_MSECOND);
  const MontageCount *count;
  gdouble sec, gap, beats;

  if (!self->has_beats)
    return count_without_beats (self, time);
  if (after == 0)
    return -(gdouble) (get_beat (self, 0)->time - time) / GST_SECOND
        / self->beat_sec;

  count = &g_array_index (self->counts, MontageCount, after - 1);
  sec = MAX ((gdouble) GST_CLOCK_DIFF (get_beat (self, after - 1)->time, time)
          / GST_SECOND,
      0);
  if (after == self->music->beats->len)
    return count->count + sec / self->beat_sec;

  gap = gap_sec (self, after - 1, after);
  beats = MAX (floor (gap * self->octave / self->beat_sec + 0.5), 1)
      / self->octave;
  /* A section begins between the beats. */
  if (count->start > 0 && sec / gap > count->start - 0.01)
    return beats * (sec / gap - count->start);
  return count->count + beats * sec / gap;
}

gdouble
montage_phrases_length (const MontagePhrases *self)
{
  /* The bars of a fast waltz come in pairs. */
  return BARS_PER_PHRASE * (self->bar < 2 ? 2 : 1) * self->bar;
}

static gboolean
is_multiple (gdouble count, gdouble unit)
{
  gdouble parts = count / unit;

  return ABS (parts - floor (parts + 0.5)) * unit < TOLERANCE;
}

gboolean
montage_phrases_is_counted (const MontagePhrases *self, guint index)
{
  return is_multiple (g_array_index (self->counts, MontageCount, index).count,
      1);
}

/* Each unit from the phrase down to the beat. */
static gdouble
next_unit (const MontagePhrases *self, gdouble unit)
{
  if (unit > self->bar + TOLERANCE)
    return unit / 2;
  if (unit > 2 && self->bar == 4)
    return 2;
  return unit > 1 ? 1 : 0.5;
}

gdouble
montage_phrases_unit (const MontagePhrases *self, gdouble count)
{
  gdouble unit = montage_phrases_length (self);

  while (unit > 0.5 && !is_multiple (count, unit))
    unit = next_unit (self, unit);

  return unit;
}

gdouble
montage_phrases_unit_of (const MontagePhrases *self, gdouble beats)
{
  gdouble unit = montage_phrases_length (self);

  while (unit > 0.5 && unit > beats + TOLERANCE)
    unit = next_unit (self, unit);

  return unit;
}
