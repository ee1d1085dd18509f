/* SPDX-License-Identifier: LGPL-2.1-or-later */
#ifdef HAVE_CONFIG_H
#include "config.h"
#endif

#include <gst/montage/beatcount.h>

#include <stdlib.h>

/* The tempo at a beat is that of so many intervals around it: two bars of
 * common time, in which the fault of a single beat no longer shows. */
#define TEMPO_INTERVALS 8
/* A longer interval than the usual one by this factor is a pause. */
#define PAUSE_FACTOR 1.5

static GstMontageBeat *
beat_at (const GArray *beats, guint index)
{
  return &g_array_index (beats, GstMontageBeat, index);
}

/* The most frequent distance between two downbeats, the shorter of equals. */
static guint
usual_bar (const GArray *beats)
{
  guint counts[GST_MONTAGE_BAR_MAX + 1] = {0};
  guint best = 0;
  gint last = -1;

  for (guint i = 0; i < beats->len; i++) {
    if (beat_at (beats, i)->position != 1)
      continue;
    if (last >= 0 && i - (guint) last <= GST_MONTAGE_BAR_MAX)
      counts[i - (guint) last]++;
    last = (gint) i;
  }
  for (guint n = 1; n <= GST_MONTAGE_BAR_MAX; n++)
    if (counts[n] > counts[best])
      best = n;
  return best;
}

/* From one that is known to the next, or to the end. */
static void
count_on (GArray *beats, guint first, guint bar)
{
  guint last = beats->len - 1;

  while (beat_at (beats, last)->position == 0)
    last--;
  for (guint i = first + 1; i < beats->len; i++) {
    guint before = beat_at (beats, i - 1)->position;

    if (beat_at (beats, i)->position > 0 || before == 0)
      continue;
    if (i > last && before >= bar)
      beat_at (beats, i)->position = 1;
    else if (before < GST_MONTAGE_BAR_MAX)
      beat_at (beats, i)->position = before + 1;
  }
}

guint
gst_montage_beats_count (GArray *beats, guint fallback)
{
  guint bar = usual_bar (beats);
  guint first = 0;

  if (bar == 0)
    bar = fallback;
  while (first < beats->len && beat_at (beats, first)->position == 0)
    first++;
  if (first == beats->len || bar == 0)
    return 0;
  count_on (beats, first, bar);
  for (guint i = first; i > 0; i--) {
    guint after = beat_at (beats, i)->position;

    beat_at (beats, i - 1)->position = after > 1 ? after - 1 : bar;
  }
  return bar;
}

static gint
compare_doubles (gconstpointer a, gconstpointer b)
{
  gdouble x = *(const gdouble *) a, y = *(const gdouble *) b;

  return (x > y) - (x < y);
}

/* Sorts @values. */
static gdouble
median (gdouble *values, guint n)
{
  qsort (values, n, sizeof (gdouble), compare_doubles);
  return values[n / 2];
}

static gdouble
interval (const GArray *beats, guint index)
{
  return (gdouble) (beat_at (beats, index + 1)->time
      - beat_at (beats, index)->time);
}

/* The mean of the intervals around beat @index that are no pauses. */
static gdouble
tempo_around (const GArray *beats, guint index)
{
  guint n = MIN (TEMPO_INTERVALS, beats->len - 1);
  guint from = CLAMP ((gint) index - (gint) n / 2, 0,
      (gint) (beats->len - 1 - n));
  gdouble sorted[TEMPO_INTERVALS];
  gdouble usual, sum = 0;
  guint n_used = 0;

  for (guint i = 0; i < n; i++)
    sorted[i] = interval (beats, from + i);
  usual = median (sorted, n);
  for (guint i = 0; i < n && sorted[i] <= PAUSE_FACTOR * usual; i++) {
    sum += sorted[i];
    n_used++;
  }
  return MIN (60.0 * GST_SECOND * n_used / sum, 1000.0);
}

void
gst_montage_beat_grid_measure_tempo (GstMontageBeatGrid *self)
{
  g_autofree gdouble *tempi = g_new (gdouble, self->beats->len + 1);

  self->tempo = 0;
  for (guint i = 0; i < self->beats->len; i++)
    beat_at (self->beats, i)->tempo = tempi[i] = self->beats->len > 1
        ? tempo_around (self->beats, i)
        : 0;
  if (self->beats->len > 1)
    self->tempo = median (tempi, self->beats->len);
}

void
gst_montage_beat_grid_measure_sections (GstMontageBeatGrid *self)
{
  for (guint i = 0; i < self->sections->len; i++) {
    GstMontageSection *section = &g_array_index (self->sections,
        GstMontageSection, i);
    gdouble sum = 0;
    guint n = 0;

    for (guint k = 0; k < self->beats->len; k++) {
      const GstMontageBeat *beat = beat_at (self->beats, k);

      if (beat->time < section->start || beat->time >= section->end)
        continue;
      sum += beat->energy;
      n++;
    }
    section->energy = n > 0
        ? sum / n
        : gst_montage_beat_grid_energy_at (self,
            section->start + (section->end - section->start) / 2);
  }
}

gdouble
gst_montage_beat_grid_onset_at (const GstMontageBeatGrid *self,
    GstClockTime time)
{
  gdouble best = 0;
  guint64 index;

  if (self->onset_interval == 0 || self->onsets->len == 0)
    return -1;
  index = time / self->onset_interval;
  for (guint64 i = index > 0 ? index - 1 : 0;
       i <= index + 1 && i < self->onsets->len; i++)
    best = MAX (best, g_array_index (self->onsets, gdouble, i));
  return best;
}

guint
gst_montage_beats_nearest (const GArray *beats, GstClockTime time)
{
  guint low = 0; /* the first beat that is not before @time, at the end */
  guint high = beats->len - 1;

  while (low < high) {
    guint middle = (low + high) / 2;

    if (beat_at (beats, middle)->time < time)
      low = middle + 1;
    else
      high = middle;
  }
  if (low > 0
      && ABS (GST_CLOCK_DIFF (beat_at (beats, low - 1)->time, time))
          <= ABS (GST_CLOCK_DIFF (beat_at (beats, low)->time, time)))
    low--;
  return low;
}
