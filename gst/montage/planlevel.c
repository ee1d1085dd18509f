/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include <math.h>

#include "planlevel.h"

/* Half a short beat; long songs in larger steps. */
#define STEP (200 * GST_MSECOND)
#define MAX_STEPS 8192
/* A level is that of the two bars to come; it is compared with eight bars, four
 * bars away. */
#define WINDOW_BEATS 8.0
#define NEAR_BEATS 16.0
#define FAR_BEATS 48.0
/* From the tenth to the ninetieth percentile: songs that have calm and loud
 * parts lie above, one section of a song mostly below. */
#define FULL_RANGE 0.3
#define SILENT 0.02
/* The loudest fifth of the film, with soft edges. */
#define PEAK_FROM 0.74
#define PEAK_TO 0.84
/* The first bars of a drop are a peak whatever their level. */
#define PEAK_OF_DROP 0.8
#define DROP_BEATS 32.0
#define DIP_FROM 0.06
#define DIP_TO 0.25

typedef struct
{
  MontageLevels *levels;
  const MontagePhrases *phrases;
  const MontageEnergy *energy;
  GstClockTime end;
} Measure;

static const GstMontageSection *
section_at (const Measure *self, GstClockTime time)
{
  const GstMontageBeatGrid *music = self->phrases->music;
  gint index = gst_montage_beat_grid_section_at (music, time);

  return index < 0 || music->sections->len < 2
      ? NULL
      : &g_array_index (music->sections, GstMontageSection, index);
}

static GstClockTime
beats_time (const Measure *self, gdouble beats)
{
  return (GstClockTime) (beats * self->phrases->beat_sec * GST_SECOND);
}

/* What is heard from @time on, in its section. */
static gdouble
local_energy (const Measure *self, GstClockTime time,
    const GstMontageSection *section)
{
  GstClockTime end = time + beats_time (self, WINDOW_BEATS);

  if (section != NULL)
    end = MIN (end, section->end);
  end = MAX (MIN (end, self->end), time + beats_time (self, 1));

  return montage_energy_mean (self->energy, time, end);
}

/* The label of a section tells what its level alone does not. */
static gdouble
absolute_energy (const Measure *self, GstClockTime time)
{
  const GstMontageSection *section = section_at (self, time);
  gdouble energy = local_energy (self, time, section);

  if (section == NULL)
    return energy;
  energy = (energy + section->energy) / 2;
  switch (section->label) {
    case GST_MONTAGE_SECTION_INTRO:
    case GST_MONTAGE_SECTION_OUTRO:
      return MIN (energy, 0.55);
    case GST_MONTAGE_SECTION_BREAK:
      return MIN (energy, 0.4);
    case GST_MONTAGE_SECTION_DROP:
      return MAX (energy, 0.7);
    default:
      return energy;
  }
}

/* Calm between louder parts before and after; what is calm before it all begins
 * or at its end is no dip. */
static gdouble
find_dip (const Measure *self, GstClockTime time)
{
  GstClockTime near = beats_time (self, NEAR_BEATS);
  GstClockTime far = beats_time (self, FAR_BEATS);
  GstClockTime start = self->levels->start;
  gdouble before, after, energy;

  if (time <= start + near || time + near >= self->end)
    return 0;
  before = montage_energy_mean (self->energy, MAX (time, start + far) - far,
      time - near);
  after = montage_energy_mean (self->energy, time + near,
      MIN (time + far, self->end));
  energy = local_energy (self, time, section_at (self, time));

  return CLAMP ((MIN (before, after) - energy - DIP_FROM) / (DIP_TO - DIP_FROM),
      0.0, 1.0);
}

typedef struct
{
  gdouble energy;
  guint index;
} Ranked;

static gint
compare_ranked (gconstpointer a, gconstpointer b)
{
  const Ranked *x = a, *y = b;

  return (x->energy > y->energy) - (x->energy < y->energy);
}

/* Sets @ranks, 0..1; equal energies share theirs. Returns how far apart calm
 * and loud parts are. */
static gdouble
rank (const Ranked *measured, guint n, gdouble *ranks)
{
  g_autofree Ranked *order = g_new (Ranked, n);

  memcpy (order, measured, n * sizeof (Ranked));
  qsort (order, n, sizeof (Ranked), compare_ranked);
  for (guint i = 0; i < n;) {
    guint end = i;
    gdouble mean;

    while (end < n && order[end].energy <= order[i].energy + 1e-6)
      end++;
    mean = (i + end) / 2.0 / n;
    for (; i < end; i++)
      ranks[order[i].index] = mean;
  }

  return order[n * 9 / 10].energy - order[n / 10].energy;
}

static gdouble
peak_of (const Measure *self, GstClockTime time, gdouble rank)
{
  const GstMontageSection *section = section_at (self, time);
  gdouble peak = self->levels->range
      * CLAMP ((rank - PEAK_FROM) / (PEAK_TO - PEAK_FROM), 0.0, 1.0);

  if (section != NULL && section->label == GST_MONTAGE_SECTION_DROP
      && time < section->start + beats_time (self, DROP_BEATS))
    peak = MAX (peak, PEAK_OF_DROP);
  return peak;
}

void
montage_levels_init (MontageLevels *self, const MontagePhrases *phrases,
    const MontageEnergy *energy, GstClockTime start, GstClockTime end)
{
  Measure measure = {self, phrases, energy, end};
  guint n;
  g_autofree Ranked *measured = NULL;
  g_autofree gdouble *ranks = NULL;
  gdouble range, highest = 0;

  self->start = start;
  self->step = MAX (STEP, (end - start) / MAX_STEPS + 1);
  n = (guint) ((end - start) / self->step) + 1;
  self->levels = g_array_sized_new (FALSE, FALSE, sizeof (MontageLevel), n);
  measured = g_new (Ranked, n);
  ranks = g_new (gdouble, n);
  for (guint i = 0; i < n; i++) {
    measured[i] = (Ranked){absolute_energy (&measure, start + i * self->step),
        i};
    highest = MAX (highest, measured[i].energy);
  }
  range = rank (measured, n, ranks);
  self->range = CLAMP (range / FULL_RANGE, 0.0, 1.0);

  for (guint i = 0; i < n; i++) {
    GstClockTime time = start + i * self->step;
    /* Silence says nothing about the pace. */
    gdouble level = highest < SILENT ? 0.5 : measured[i].energy;
    MontageLevel value = {level + self->range / 2 * (ranks[i] - level),
        peak_of (&measure, time, ranks[i]), find_dip (&measure, time)};
    g_array_append_val (self->levels, value);
  }
}

void
montage_levels_clear (MontageLevels *self)
{
  g_clear_pointer (&self->levels, g_array_unref);
}

const MontageLevel *
montage_levels_at (const MontageLevels *self, GstClockTime time)
{
  /* A shot hears what follows its start, not what was before. */
  guint64 index = time > self->start
      ? (time - self->start + self->step - 1) / self->step
      : 0;

  return &g_array_index (self->levels, MontageLevel,
      MIN (index, self->levels->len - 1));
}
