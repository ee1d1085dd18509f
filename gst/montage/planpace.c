/* SPDX-License-Identifier: LGPL-2.1-or-later */

/* The rules of pacing: beats per cut by speed, position, section, energy and
 * variation. All of them answer one question, how long a shot that starts here
 * should last; where the cuts then fall is decided in planslots.c. */

#include <math.h>

#include "planpace.h"

/* Shares of the film: of the intro at most, and of one shot at most where the
 * music decides the pace. */
#define INTRO_SHARE 0.2
#define LONGEST_SHARE 0.25

/* Beats without a grid; also a comfortable tempo, 120 per minute. */
#define DEFAULT_BEAT_SEC 0.5
/* Tempi are folded into one octave, 75.5 to 151 per minute: around the tempi
 * that people tap (a log-normal distribution, its centre at 118), a little
 * lower since a slow song doubled looks more wrong than a fast one halved. */
#define SLOWEST_BEAT_SEC (60.0 / 75.5)
#define FASTEST_BEAT_SEC (60.0 / 151.0)
/* Where energy says nothing, the climax is at the golden section. */
#define GOLDEN_SECTION 0.618
#define FLAT_ENERGY 0.08

/* Beats before and after a climax where the series 8-5-3-2-1-1 and 1-1-2-3-5
 * puts its cuts, and how long the shot that ends there is. */
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

/* Both have a mean of one, so that the speed stays what was asked for. */
static const gdouble moderate_pattern[MONTAGE_PACE_STEPS] = {1, 1, 1, 2, 1, 1,
    0.5, 0.5};
static const gdouble high_pattern[MONTAGE_PACE_STEPS] = {1, 0.5, 0.5, 2, 1, 1.5,
    0.5, 1};

static gint
compare_doubles (gconstpointer a, gconstpointer b)
{
  gdouble x = *(const gdouble *) a, y = *(const gdouble *) b;

  return (x > y) - (x < y);
}

static gdouble
to_sec (GstClockTime time)
{
  return (gdouble) time / GST_SECOND;
}

static gdouble
median_beat_sec (const GstMontageBeatGrid *music)
{
  g_autoptr (GArray) gaps = g_array_new (FALSE, FALSE, sizeof (gdouble));

  for (guint i = 1; i < music->beats->len; i++) {
    gdouble gap = to_sec (g_array_index (music->beats, GstMontageBeat, i).time
        - g_array_index (music->beats, GstMontageBeat, i - 1).time);
    g_array_append_val (gaps, gap);
  }
  g_array_sort (gaps, compare_doubles);

  return g_array_index (gaps, gdouble, gaps->len / 2);
}

static void
init_beat (MontagePace *self)
{
  self->has_beats = self->music->beats->len >= 2;
  self->beat_sec = DEFAULT_BEAT_SEC;
  self->octave = 1.0;
  self->beats_per_bar = self->has_beats ? self->music->beats_per_bar : 0;
  if (!self->has_beats)
    return;

  /* Guards against nonsense in a hand-written grid; no tempo is outside. */
  self->beat_sec = CLAMP (median_beat_sec (self->music), 0.02, 20.0);
  while (self->beat_sec > SLOWEST_BEAT_SEC) {
    self->beat_sec /= 2;
    self->octave /= 2;
  }
  while (self->beat_sec < FASTEST_BEAT_SEC) {
    self->beat_sec *= 2;
    self->octave *= 2;
  }
}

/* The start of the two bars with the most energy; ties go to the first. */
static GstClockTime
find_peak (const MontagePace *self)
{
  GstClockTime window = (GstClockTime) (8 * self->beat_sec * GST_SECOND);
  GstClockTime best = self->start;
  gdouble highest = -1.0, lowest = 2.0;

  for (guint i = 0; i < self->music->beats->len; i++) {
    const GstMontageBeat *beat = &g_array_index (self->music->beats,
        GstMontageBeat, i);
    gdouble energy;

    if (beat->time < self->start || beat->time + window > self->end)
      continue;
    energy = montage_energy_mean (self->energy, beat->time, beat->time + window)
        + (beat->position == 1 ? 0.01 : 0.0);
    lowest = MIN (lowest, energy);
    if (energy > highest + 1e-9) {
      highest = energy;
      best = beat->time;
    }
  }
  if (highest - lowest < FLAT_ENERGY)
    best = self->start
        + (GstClockTime) (GOLDEN_SECTION * (self->end - self->start));

  return best;
}

static void
add_climax (MontagePace *self, GstClockTime time)
{
  GstClockTime best = time;
  GstClockTimeDiff distance = G_MAXINT64;

  for (guint i = 0; i < self->music->beats->len; i++) {
    GstClockTime beat =
        g_array_index (self->music->beats, GstMontageBeat, i).time;
    GstClockTimeDiff d = ABS (GST_CLOCK_DIFF (beat, time));
    if (d < distance) {
      distance = d;
      best = beat;
    }
  }
  g_array_append_val (self->climaxes, best);
}

/* Every drop, else every chorus, else the peak of the energy. */
static void
init_climaxes (MontagePace *self)
{
  static const GstMontageSectionLabel labels[] = {GST_MONTAGE_SECTION_DROP,
      GST_MONTAGE_SECTION_CHORUS};
  const GArray *sections = self->music->sections;

  self->climaxes = g_array_new (FALSE, FALSE, sizeof (GstClockTime));
  for (guint l = 0; l < G_N_ELEMENTS (labels) && !self->climaxes->len; l++) {
    for (guint i = 0; i < sections->len; i++) {
      const GstMontageSection *section = &g_array_index (sections,
          GstMontageSection, i);
      if (section->label == labels[l] && section->start >= self->start
          && section->start < self->end)
        add_climax (self, section->start);
    }
  }
  if (self->climaxes->len == 0)
    add_climax (self, find_peak (self));
}

void
montage_pace_init (MontagePace *self,
    const GstMontageInstructions *instructions, const GstMontageBeatGrid *music,
    const MontageEnergy *energy, GstClockTime start, GstClockTime end)
{
  self->instructions = instructions;
  self->music = music;
  self->energy = energy;
  self->start = start;
  self->end = end;
  self->min_sec = instructions->constraints.min_clip_duration_sec;
  self->max_sec = instructions->constraints.max_clip_duration_sec;
  self->by_section = music->sections->len >= 2;
  init_beat (self);
  init_climaxes (self);
  self->changes = g_array_new (FALSE, FALSE, sizeof (MontagePaceChange));
}

void
montage_pace_clear (MontagePace *self)
{
  g_clear_pointer (&self->climaxes, g_array_unref);
  g_clear_pointer (&self->changes, g_array_unref);
}

static guint
beat_after (const GArray *beats, GstClockTime time)
{
  guint low = 0, high = beats->len;

  while (low < high) {
    guint middle = (low + high) / 2;
    if (g_array_index (beats, GstMontageBeat, middle).time <= time)
      low = middle + 1;
    else
      high = middle;
  }
  return low;
}

gdouble
montage_pace_beat_sec (const MontagePace *self, GstClockTime time)
{
  const GArray *beats = self->music->beats;
  guint at, first, last;
  gdouble local;

  if (!self->has_beats)
    return self->beat_sec;

  at = beat_after (beats, time);
  first = at > 4 ? at - 4 : 0;
  last = MIN (at + 4, beats->len - 1);
  if (last <= first)
    return self->beat_sec;
  local = to_sec (g_array_index (beats, GstMontageBeat, last).time
              - g_array_index (beats, GstMontageBeat, first).time)
      / (last - first) * self->octave;

  /* A song slows down, but a hole in the grid is no change of tempo. */
  return CLAMP (local, 0.7 * self->beat_sec, 1.4 * self->beat_sec);
}

/* The energy that decides about a section: the label tells what its level
 * alone does not. */
static gdouble
section_energy (const MontagePace *self, GstClockTime time)
{
  gint index = gst_montage_beat_grid_section_at (self->music, time);
  const GstMontageSection *section;
  gdouble energy, progress;

  if (index < 0)
    return 0.5;
  section = &g_array_index (self->music->sections, GstMontageSection, index);
  energy = montage_energy_amplify (section->energy,
      self->instructions->energy_mapping.energy_amplification);
  switch (section->label) {
    case GST_MONTAGE_SECTION_INTRO:
    case GST_MONTAGE_SECTION_OUTRO:
      return MIN (energy, 0.55);
    case GST_MONTAGE_SECTION_DROP:
      return MAX (energy, 0.7);
    case GST_MONTAGE_SECTION_BUILD:
      progress = (gdouble) (time - section->start)
          / MAX (section->end - section->start, 1);
      return MAX (energy, 0.3 + 0.55 * progress);
    default:
      return energy;
  }
}

/* Whether dynamic pacing is at its densest, a row of single beats. */
static gboolean
is_dense (const MontagePace *self, GstClockTime time)
{
  return self->instructions->pacing.speed == GST_MONTAGE_SPEED_DYNAMIC
      && self->by_section && section_energy (self, time) >= 0.8;
}

/* Speed "dynamic": by section and energy where they are known, otherwise by
 * the position in the film. */
static gdouble
dynamic_beats (const MontagePace *self, GstClockTime time, guint step)
{
  gdouble energy, position;

  if (!self->by_section) {
    position = (gdouble) (time - self->start)
        / MAX (self->end - self->start, 1);
    return position < 0.2 ? 8 : position < 0.7 ? 2 : 4;
  }

  energy = section_energy (self, time);
  if (energy < 0.35)
    return 8;
  if (energy < 0.6)
    return 4;
  if (energy < 0.8)
    return 2;
  /* A breath after a row of single beats. */
  return step == MONTAGE_PACE_STEPS - 1 ? 4 : 1;
}

static gdouble
speed_beats (const MontagePace *self, GstClockTime time, guint step)
{
  switch (self->instructions->pacing.speed) {
    case GST_MONTAGE_SPEED_VERY_FAST:
      return 1;
    case GST_MONTAGE_SPEED_FAST:
      return 2;
    case GST_MONTAGE_SPEED_MEDIUM:
      return 4;
    case GST_MONTAGE_SPEED_SLOW:
      return 8;
    case GST_MONTAGE_SPEED_VERY_SLOW:
      return 16;
    default:
      return dynamic_beats (self, time, step);
  }
}

/* Denser at the peak, and with the energy where the variation lets it. */
static gdouble
energy_factor (const MontagePace *self, GstClockTime time)
{
  GstClockTime bar = (GstClockTime) (4 * self->beat_sec * GST_SECOND);
  gdouble energy = montage_energy_amplify (montage_energy_mean (self->energy,
                                               time, time + bar),
      self->instructions->energy_mapping.energy_amplification);
  gdouble peak = CLAMP ((energy - 0.7) / 0.25, 0.0, 1.0);
  gdouble octaves = self->instructions->pacing.climax_intensity * peak;

  if (self->instructions->pacing.speed != GST_MONTAGE_SPEED_DYNAMIC) {
    switch (self->instructions->pacing.variation) {
      case GST_MONTAGE_VARIATION_MODERATE:
      case GST_MONTAGE_VARIATION_FIBONACCI:
        octaves += energy - 0.5;
        break;
      case GST_MONTAGE_VARIATION_HIGH:
        octaves += 1.6 * (energy - 0.5);
        break;
      default:
        break;
    }
  }

  return exp2 (-octaves);
}

static gdouble
pattern_factor (const MontagePace *self, guint step)
{
  switch (self->instructions->pacing.variation) {
    case GST_MONTAGE_VARIATION_MODERATE:
      return moderate_pattern[step % MONTAGE_PACE_STEPS];
    case GST_MONTAGE_VARIATION_HIGH:
      return high_pattern[step % MONTAGE_PACE_STEPS];
    default:
      return 1.0;
  }
}

/* To lengths that people count: halves and doubles, with the dotted ones
 * between them where the pace may vary. */
static gdouble
round_beats (const MontagePace *self, gdouble beats)
{
  gdouble step = log2 (MAX (beats, 1.0));
  gdouble octave = floor (step), rest = step - octave;

  if (self->instructions->pacing.variation == GST_MONTAGE_VARIATION_MINIMAL)
    return exp2 (floor (step + 0.5));
  if (rest < 0.29)
    return exp2 (octave);
  if (rest < 0.79 && octave >= 1)
    return 1.5 * exp2 (octave);
  return exp2 (rest < 0.5 ? octave : octave + 1);
}

/* The intro, as asked, but no more than its share of a short film. */
static gboolean
is_intro (const MontagePace *self, GstClockTime time)
{
  gdouble asked = self->instructions->pacing.intro_duration_beats
      * self->beat_sec * GST_SECOND;

  return time - self->start
      < MIN (asked, INTRO_SHARE * (self->end - self->start));
}

/* Where the music decides, a short film still has some shots. */
static gdouble
most_dynamic_beats (const MontagePace *self)
{
  gdouble film_sec = (gdouble) (self->end - self->start) / GST_SECOND;

  return MAX (1.0, floor (LONGEST_SHARE * film_sec / self->beat_sec));
}

static gdouble
count_beats (const MontagePace *self, GstClockTime time, guint step)
{
  gboolean dynamic = self->instructions->pacing.speed
      == GST_MONTAGE_SPEED_DYNAMIC;
  gdouble beats = speed_beats (self, time, step);

  if (is_intro (self, time))
    beats = dynamic ? MAX (beats, 8) : 2 * beats;
  else if (!is_dense (self, time))
    beats = round_beats (self,
        beats * energy_factor (self, time) * pattern_factor (self, step));
  if (self->beats_per_bar == 3 && beats >= 3)
    beats = round (beats * 0.75);

  return dynamic ? MIN (beats, most_dynamic_beats (self)) : beats;
}

/* Beats from the nearest climax whose series reaches @time; FALSE if none. */
static gboolean
series_position (const MontagePace *self, GstClockTime time, gdouble *beats)
{
  if (self->instructions->pacing.variation != GST_MONTAGE_VARIATION_FIBONACCI)
    return FALSE;

  for (guint i = 0; i < self->climaxes->len; i++) {
    GstClockTime climax = g_array_index (self->climaxes, GstClockTime, i);
    gdouble sec = (gdouble) GST_CLOCK_DIFF (climax, time) / GST_SECOND;
    *beats = sec / montage_pace_beat_sec (self, time);
    if (*beats > SERIES_FROM - 0.25 && *beats < SERIES_TO - 0.25)
      return TRUE;
  }

  return FALSE;
}

gboolean
montage_pace_in_series (const MontagePace *self, GstClockTime time)
{
  gdouble beats;

  return series_position (self, time, &beats);
}

/* From @beats to the next cut of the series that leaves a shot of at least the
 * shortest length and is not a mere rest of a longer step. */
static gdouble
series_beats (gdouble beats, gdouble min_beats)
{
  for (guint i = 0; i < G_N_ELEMENTS (series); i++) {
    gdouble length = series[i].at - beats;
    if (length > 0.25 && length >= min_beats - 0.05
        && length >= 0.6 * series[i].length)
      return length;
  }

  return MAX (SERIES_TO - beats, 1.0);
}

/* Shortens the shot before a series so that it ends where the series starts. */
static gdouble
until_series (const MontagePace *self, GstClockTime time, gdouble sec)
{
  gdouble beat_sec = montage_pace_beat_sec (self, time);

  if (self->instructions->pacing.variation != GST_MONTAGE_VARIATION_FIBONACCI)
    return sec;

  for (guint i = 0; i < self->climaxes->len; i++) {
    GstClockTime climax = g_array_index (self->climaxes, GstClockTime, i);
    gdouble rest = (gdouble) GST_CLOCK_DIFF (time, climax) / GST_SECOND
        + SERIES_FROM * beat_sec;
    if (rest >= self->min_sec && rest < 1.5 * sec)
      return rest;
  }

  return sec;
}

gint
montage_pace_step_at (const MontagePace *self, GstClockTime time)
{
  for (guint i = 0; i < self->changes->len; i++) {
    const MontagePaceChange *change = &g_array_index (self->changes,
        MontagePaceChange, i);
    if (time >= change->start && time < change->end)
      return change->step;
  }

  return 0;
}

gdouble
montage_pace_target (const MontagePace *self, GstClockTime time, guint step)
{
  gdouble beat_sec = montage_pace_beat_sec (self, time);
  gdouble position, sec;

  if (series_position (self, time, &position))
    sec = series_beats (position, self->min_sec / beat_sec) * beat_sec;
  else
    sec = until_series (self, time, count_beats (self, time, step) * beat_sec);
  /* Each speed has half the beats of the one before it; where the material
   * allows no long shots, half of what it allows. */
  sec = MIN (sec, self->max_sec) * exp2 (-montage_pace_step_at (self, time));

  return CLAMP (sec, self->min_sec, MAX (self->max_sec, self->min_sec));
}
