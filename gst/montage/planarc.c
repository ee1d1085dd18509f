/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include <math.h>

#include "planarc.h"

/* Where energy says nothing, the climax is at the golden section. */
#define GOLDEN_SECTION 0.618
#define PEAK_BEATS 8
/* A chorus that follows one is no new climax; one that follows a verse is. */
#define LEAST_RISE 0.1
/* Beats of a build: one phrase of four bars, and never less than two bars. */
#define SHORTEST_BUILD 8.0
#define LONGEST_BUILD 32.0
/* What times may be off, in beats. */
#define TOLERANCE 0.25

/* Beats before and after a climax where the series puts its cuts, and how long
 * the shot that ends there is. */
static const struct
{
  gint at;
  gint length;
} series[] = {
    {-20, 8},
    {-12, 8},
    {-7, 5},
    {-4, 3},
    {-2, 2},
    {-1, 1},
    {0, 1},
    {1, 1},
    {2, 1},
    {4, 2},
    {7, 3},
    {12, 5},
};
#define SERIES_FROM (-20)
#define SERIES_TO 12

typedef struct
{
  MontageArc *arc;
  const MontageEnergy *energy;
  GstClockTime start;
  GstClockTime end;
  gdouble build_beats;
} Finder;

static const GArray *
get_beats (const MontageArc *self)
{
  return self->phrases->music->beats;
}

static const GstMontageSection *
get_section (const MontageArc *self, guint index)
{
  return &g_array_index (self->phrases->music->sections, GstMontageSection,
      index);
}

static gdouble
beats_between (const MontageArc *self, GstClockTime from, GstClockTime to)
{
  return (gdouble) GST_CLOCK_DIFF (from, to) / GST_SECOND
      / montage_phrases_beat_sec (self->phrases, from);
}

static GstClockTime
nearest_beat (const MontageArc *self, GstClockTime time)
{
  const GArray *beats = get_beats (self);
  GstClockTime best = time;
  GstClockTimeDiff distance = G_MAXINT64;

  for (guint i = 0; i < beats->len; i++) {
    GstClockTime beat = g_array_index (beats, GstMontageBeat, i).time;
    GstClockTimeDiff d = ABS (GST_CLOCK_DIFF (beat, time));
    if (d < distance) {
      distance = d;
      best = beat;
    }
  }

  return best;
}

/* The start of the two bars with the most energy; ties go to the first. */
static GstClockTime
find_peak (const Finder *self)
{
  const GArray *beats = get_beats (self->arc);
  GstClockTime window = (GstClockTime) (PEAK_BEATS
      * self->arc->phrases->beat_sec * GST_SECOND);
  GstClockTime best = self->start;
  gdouble highest = -1.0;

  for (guint i = 0; i < beats->len; i++) {
    const GstMontageBeat *beat = &g_array_index (beats, GstMontageBeat, i);
    gdouble energy;

    if (beat->time < self->start || beat->time + window > self->end)
      continue;
    energy = montage_energy_mean (self->energy, beat->time, beat->time + window)
        + (beat->position == 1 ? 0.01 : 0.0);
    if (energy > highest + 1e-9) {
      highest = energy;
      best = beat->time;
    }
  }

  return best;
}

/* A build is as long as the section before, within limits; where that is no
 * build as long as asked, but not longer than what is there. */
static GstClockTime
build_before (const Finder *self, GstClockTime climax)
{
  const MontageArc *arc = self->arc;
  gint index = climax > 0
      ? gst_montage_beat_grid_section_at (arc->phrases->music, climax - 1)
      : -1;
  gdouble beats = self->build_beats;
  GstClockTime length;

  if (index >= 0) {
    const GstMontageSection *section = get_section (arc, (guint) index);
    gdouble whole = beats_between (arc, section->start, climax);
    /* The climax lies inside of its section: the peak of a flat song. */
    if (section->end > climax + GST_SECOND)
      whole = beats;
    if (section->label == GST_MONTAGE_SECTION_BUILD)
      beats = whole;
    beats = CLAMP (MIN (beats, whole), SHORTEST_BUILD, LONGEST_BUILD);
  }
  length = (GstClockTime) (beats
      * montage_phrases_beat_sec (arc->phrases, climax) * GST_SECOND);

  return climax > self->start + length ? climax - length : self->start;
}

static void
add_climax (const Finder *self, GstClockTime time)
{
  MontageClimax climax = {.time = nearest_beat (self->arc, time)};

  climax.build = build_before (self, climax.time);
  g_array_append_val (self->arc->climaxes, climax);
}

static gboolean
rises (const MontageArc *self, guint section)
{
  return section == 0
      || get_section (self, section)->energy
      >= get_section (self, section - 1)->energy + LEAST_RISE;
}

static gboolean
follows_build (const MontageArc *self, guint section)
{
  return section > 0
      && get_section (self, section - 1)->label == GST_MONTAGE_SECTION_BUILD
      && rises (self, section);
}

/* All starts of sections with @label in the film, where it rises; what a build
 * leads to counts as a drop. */
static void
add_labelled (const Finder *self, GstMontageSectionLabel label)
{
  const GArray *sections = self->arc->phrases->music->sections;

  for (guint i = 0; i < sections->len; i++) {
    const GstMontageSection *section = get_section (self->arc, i);
    gboolean is_drop = section->label == GST_MONTAGE_SECTION_DROP
        || follows_build (self->arc, i);

    if (section->start < self->start || section->start >= self->end)
      continue;
    if (label == GST_MONTAGE_SECTION_DROP
            ? is_drop
            : section->label == label && rises (self->arc, i))
      add_climax (self, section->start);
  }
}

void
montage_arc_init (MontageArc *self, const MontagePhrases *phrases,
    const MontageLevels *levels, const MontageEnergy *energy,
    GstClockTime start, GstClockTime end, gdouble build_beats)
{
  Finder finder = {self, energy, start, end, build_beats};

  self->phrases = phrases;
  self->climaxes = g_array_new (FALSE, FALSE, sizeof (MontageClimax));
  self->is_felt = TRUE;
  add_labelled (&finder, GST_MONTAGE_SECTION_DROP);
  if (self->climaxes->len == 0)
    add_labelled (&finder, GST_MONTAGE_SECTION_CHORUS);
  if (self->climaxes->len > 0)
    return;

  self->is_felt = levels->range > 0.25 && phrases->has_beats;
  add_climax (&finder,
      self->is_felt ? find_peak (&finder)
                    : start + (GstClockTime) (GOLDEN_SECTION * (end - start)));
}

void
montage_arc_clear (MontageArc *self)
{
  g_clear_pointer (&self->climaxes, g_array_unref);
}

static const MontageClimax *
get_climax (const MontageArc *self, guint index)
{
  return &g_array_index (self->climaxes, MontageClimax, index);
}

const MontageClimax *
montage_arc_build_at (const MontageArc *self, GstClockTime time, gdouble *beats,
    gdouble *whole)
{
  for (guint i = 0; i < self->climaxes->len; i++) {
    const MontageClimax *climax = get_climax (self, i);
    gdouble left = beats_between (self, time, climax->time);

    if (left < TOLERANCE)
      continue;
    *whole = beats_between (self, climax->build, climax->time);
    if (left > *whole + TOLERANCE)
      return NULL;
    *beats = left;
    return climax;
  }

  return NULL;
}

gboolean
montage_arc_is_climax (const MontageArc *self, GstClockTime time)
{
  for (guint i = 0; i < self->climaxes->len; i++)
    if (ABS (beats_between (self, time, get_climax (self, i)->time))
        < TOLERANCE)
      return TRUE;

  return FALSE;
}

/* From @beats to the next cut of the series that leaves a shot of at least the
 * shortest length and is not a mere rest of a longer step. */
static gdouble
series_length (gdouble beats, gdouble shortest)
{
  for (guint i = 0; i < G_N_ELEMENTS (series); i++) {
    gdouble length = series[i].at - beats;
    if (length > TOLERANCE && length >= shortest - 0.05
        && length >= 0.6 * series[i].length)
      return length;
  }

  return MAX (SERIES_TO - beats, 1.0);
}

gdouble
montage_arc_series_at (const MontageArc *self, GstClockTime time,
    gdouble shortest)
{
  for (guint i = 0; i < self->climaxes->len; i++) {
    gdouble beats = -beats_between (self, time, get_climax (self, i)->time);
    if (beats > SERIES_FROM - TOLERANCE && beats < SERIES_TO - TOLERANCE)
      return series_length (beats, shortest);
  }

  return 0;
}

gdouble
montage_arc_until_series (const MontageArc *self, GstClockTime time)
{
  for (guint i = 0; i < self->climaxes->len; i++) {
    gdouble beats = beats_between (self, time, get_climax (self, i)->time)
        + SERIES_FROM;
    if (beats > TOLERANCE)
      return beats;
  }

  return 0;
}
