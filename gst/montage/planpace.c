/* SPDX-License-Identifier: LGPL-2.1-or-later */

/* The rules of pacing. All of them answer one question, how long a shot that
 * starts here should last; where the cuts then fall is decided in planslots.c.
 * What acts on the length adds up in octaves: the speed, the intro, the energy
 * of the music, its peaks and dips, and the way up to a climax. The sum becomes
 * a length that people count, and the variation's pattern makes shots of it. */

#include <math.h>

#include "planpace.h"
#include "planpattern.h"

/* Shares of the film: of the intro at most, and of one shot at most where the
 * music decides the pace. */
#define INTRO_SHARE 0.2
#define LONGEST_SHARE 0.25
#define TOLERANCE 0.1
/* The intro is cut more slowly than its music asks for; a shot of it has at
 * least twice the length of the speed. */
#define INTRO_OCTAVES 1.1
/* The shot that a climax begins with lasts a bar at least, two at most: what
 * the build has promised is seen before it is cut fast. */
#define RELEASE_LEAST 4.0
#define RELEASE_MOST 8.0
#define SECTION_REACH 1.3
/* At full intensity, where the music is loudest. */
#define CLIMAX_OCTAVES 1.3
/* Up to how many times the shortest length nothing shorter is worth trying. */
#define DENSE 1.3
/* From so far below the shortest length on rows of it are longer. */
#define PRESSED_OCTAVES 0.4
/* From the beginning of a build to its last beats, in octaves: it ends at about
 * a quarter of the length that it begins with. */
#define BUILD_FROM 0.75
#define BUILD_TO (-1.5)
#define BUILD_LAST_BEATS 4.0
/* Where the music has no climax, the tenth of the film around the golden
 * section is one. */
#define FLAT_CLIMAX_SHARE 0.05
#define FLAT_CLIMAX_PEAK 0.8

/* How strongly things act, by variation, in octaves: the whole range of the
 * energy, a full dip, a full build, and the turns of the phrases. */
static const struct
{
  gdouble energy;
  gdouble dip;
  gdouble build;
  gdouble turn;
} effects[] = {
    [GST_MONTAGE_VARIATION_MINIMAL] = {0.6, 0.4, 0.5, 0.0},
    [GST_MONTAGE_VARIATION_MODERATE] = {1.2, 0.8, 1.0, 0.4},
    [GST_MONTAGE_VARIATION_HIGH] = {1.6, 1.0, 1.2, 0.7},
    [GST_MONTAGE_VARIATION_FIBONACCI] = {1.2, 0.8, 1.0, 0.3},
};

/* A long section that is not calm is no even row: its second phrase takes a
 * breath, its fourth presses on. Shares of a turn, and of the peak that is heard
 * there. */
static const struct
{
  gdouble turn;
  gdouble peak;
} phrase_turns[] = {{0, 1}, {1, 0.5}, {0.5, 0.8}, {-1, 1}};
#define CALM 0.4

static gboolean
is_dynamic (const MontagePace *self)
{
  return self->instructions->pacing.speed == GST_MONTAGE_SPEED_DYNAMIC;
}

static gdouble
fixed_octaves (const MontagePace *self)
{
  switch (self->instructions->pacing.speed) {
    case GST_MONTAGE_SPEED_VERY_FAST:
      return 0;
    case GST_MONTAGE_SPEED_FAST:
      return 1;
    case GST_MONTAGE_SPEED_MEDIUM:
      return 2;
    case GST_MONTAGE_SPEED_SLOW:
      return 3;
    case GST_MONTAGE_SPEED_VERY_SLOW:
      return 4;
    default:
      return 1;
  }
}

void
montage_pace_init (MontagePace *self,
    const GstMontageInstructions *instructions, const GstMontageBeatGrid *music,
    const MontageEnergy *energy, GstClockTime start, GstClockTime end)
{
  self->instructions = instructions;
  self->start = start;
  self->end = end;
  self->min_sec = instructions->constraints.min_clip_duration_sec;
  self->max_sec = instructions->constraints.max_clip_duration_sec;
  self->by_section = music->sections->len >= 2;
  montage_phrases_init (&self->phrases, music);
  montage_levels_init (&self->levels, &self->phrases, energy, start, end);
  montage_arc_init (&self->arc, &self->phrases, &self->levels, energy, start,
      end, CLAMP (4 * exp2 (fixed_octaves (self)), 16, 32));
  self->changes = g_array_new (FALSE, FALSE, sizeof (MontagePaceChange));
}

void
montage_pace_clear (MontagePace *self)
{
  montage_phrases_clear (&self->phrases);
  montage_levels_clear (&self->levels);
  montage_arc_clear (&self->arc);
  g_clear_pointer (&self->changes, g_array_unref);
}

/* ---- lengths that people count ---- */

/* Beats, halves and doubles of bars, and the dotted ones between them. */
static const gdouble counted[] = {1, 2, 3, 4, 6, 8, 12, 16, 24, 32, 48, 64};

static gdouble
shortest_beats (const MontagePace *self, gdouble beat_sec)
{
  gdouble beats = self->min_sec / beat_sec;

  for (guint i = 0; i < G_N_ELEMENTS (counted); i++)
    if (counted[i] >= beats - 0.05)
      return counted[i];
  return beats;
}

static gdouble
longest_beats (const MontagePace *self, gdouble beat_sec)
{
  gdouble beats = self->max_sec / beat_sec, best = beats;

  for (guint i = 0; i < G_N_ELEMENTS (counted); i++)
    if (counted[i] <= beats + 0.05)
      best = counted[i];
  return best;
}

/* In bars of three, where it is more than a beat. */
static gdouble
in_bars (const MontagePace *self, gdouble beats)
{
  if (self->phrases.bar == 3 || self->phrases.bar == 1.5)
    return beats == 2 ? 1.5 : beats > 2 ? 0.75 * beats : beats;
  return beats;
}

/* To a power of two. What lies between two of them is the longer one early in
 * the phrase and the shorter one late: phrases gather speed, unless their shots
 * are too long for it. */
static gdouble
round_octaves (const MontagePace *self, gdouble octaves, gdouble count)
{
  gdouble phrase = montage_phrases_length (&self->phrases);
  gdouble quarter = floor (4 * (count / phrase - floor (count / phrase)));

  if (self->instructions->pacing.variation == GST_MONTAGE_VARIATION_MINIMAL
      || exp2 (octaves) > phrase / 2)
    return floor (octaves + 0.5);
  return floor (octaves + 1 - (quarter + 0.5) / 4);
}

/* ---- what acts on the length ---- */

/* Counted beats that are left of the intro at @time, 0 where it is over: as
 * asked, but no more than its share of a short film. */
static gdouble
intro_left (const MontagePace *self, GstClockTime time)
{
  gdouble beats = (gdouble) (time - self->start) / GST_SECOND
      / self->phrases.beat_sec;
  gdouble most = INTRO_SHARE * (gdouble) (self->end - self->start) / GST_SECOND
      / self->phrases.beat_sec;

  return MAX (MIN (self->instructions->pacing.intro_duration_beats, most)
          - beats,
      0);
}

/* Speed "dynamic": by the energy, where sections are known: 8 beats in calm
 * ones, 4, 2, and from loud ones on less. */
static gdouble
octaves_of_energy (gdouble energy)
{
  gdouble octaves;

  if (energy < 0.175)
    octaves = 3 + (0.175 - energy) / 0.5;
  else if (energy < 0.475)
    octaves = 3 - (energy - 0.175) / 0.3;
  else if (energy < 0.7)
    octaves = 2 - (energy - 0.475) / 0.225;
  else
    octaves = 1 - (energy - 0.7) / 0.5;

  return CLAMP (octaves, 0.0, 4.0);
}

static gdouble
octaves_of_position (const MontagePace *self, GstClockTime time)
{
  gdouble position = (gdouble) (time - self->start)
      / MAX (self->end - self->start, 1);

  return position < 0.2 ? 3 : position < 0.7 ? 1 : 2;
}

static gdouble
peak_at (const MontagePace *self, GstClockTime time, const MontageLevel *level)
{
  GstClockTime climax =
      g_array_index (self->arc.climaxes, MontageClimax, 0).time;
  GstClockTime reach = (GstClockTime) (FLAT_CLIMAX_SHARE
      * (self->end - self->start));

  if (!self->arc.is_felt
      && self->instructions->pacing.variation != GST_MONTAGE_VARIATION_MINIMAL
      && (GstClockTime) ABS (GST_CLOCK_DIFF (climax, time)) < reach)
    return MAX (level->peak, FLAT_CLIMAX_PEAK);
  return level->peak;
}

/* At least @shortest, but for what a climax takes away. */
static gdouble
music_octaves (const MontagePace *self, GstClockTime time, gdouble count,
    gdouble shortest)
{
  /* A beat that begins a section may lie a little before it. */
  GstClockTime inside = time
      + (GstClockTime) (0.25 * self->phrases.beat_sec * GST_SECOND);
  const MontageLevel *level = montage_levels_at (&self->levels, inside);
  GstMontageVariation variation = self->instructions->pacing.variation;
  gdouble energy = (level->energy - 0.5)
      * self->instructions->energy_mapping.energy_amplification;
  gint phrase = (gint)
      MAX (floor (count / montage_phrases_length (&self->phrases) + 0.01), 0);
  gdouble turn = phrase_turns[phrase % 4].turn * effects[variation].turn;
  gdouble peak = peak_at (self, time, level);
  gdouble octaves;

  if (level->energy < CALM)
    turn = 0;
  if (variation != GST_MONTAGE_VARIATION_MINIMAL)
    peak *= phrase_turns[phrase % 4].peak;
  if (is_dynamic (self) && self->by_section)
    octaves = octaves_of_energy (0.5 + energy);
  else
    octaves = (is_dynamic (self) ? octaves_of_position (self, time)
                                 : fixed_octaves (self))
        - effects[variation].energy * energy;

  octaves += turn + effects[variation].dip * level->dip;
  return MAX (octaves, log2 (shortest))
      - CLIMAX_OCTAVES * self->instructions->pacing.climax_intensity * peak;
}

/* On the way up to a climax shots get shorter, and none takes more than a share
 * of what is left. Where they are already as short as they can be, the build
 * begins with longer ones. */
static gdouble
build_octaves (const MontagePace *self, gdouble octaves, gdouble left,
    gdouble whole, gdouble shortest)
{
  gdouble strength = effects[self->instructions->pacing.variation].build
      * (0.4 + 0.6 * self->instructions->pacing.climax_intensity);
  gdouble share = log2 (whole / left) / log2 (whole / BUILD_LAST_BEATS);
  gdouble way = BUILD_FROM + (BUILD_TO - BUILD_FROM) * CLAMP (share, 0.0, 1.0);
  gdouble most = MAX (left / (1 + 2 * strength), shortest);

  octaves = MAX (octaves, log2 (shortest) - 0.8 * BUILD_TO * strength);
  return MIN (octaves + strength * way, log2 (most));
}

/* Where the music decides, a short film still has some shots. */
static gdouble
most_octaves (const MontagePace *self)
{
  gdouble film_sec = (gdouble) (self->end - self->start) / GST_SECOND;

  return is_dynamic (self)
      ? log2 (
          MAX (floor (LONGEST_SHARE * film_sec / self->phrases.beat_sec), 1.0))
      : 16;
}

/* ---- how long a shot is ---- */

typedef struct
{
  gdouble count; /* where it starts, in its phrases */
  gdouble shortest;
  gdouble longest;
  gdouble usual;    /* the pace there */
  gboolean pressed; /* it would be shorter if it could */
  gboolean regular; /* it has no pattern */
} Shot;

static gdouble
to_beats (const MontagePace *self, const Shot *shot, gdouble octaves)
{
  octaves = MIN (octaves, most_octaves (self));
  octaves = shot->regular ? floor (octaves + 0.5)
                          : round_octaves (self, octaves, shot->count);
  return CLAMP (in_bars (self, exp2 (octaves)), shot->shortest,
      MAX (shot->longest, shot->shortest));
}

/* Beats as the pace has them at @time, before the pattern. */
static void
find_usual (const MontagePace *self, GstClockTime time, Shot *shot)
{
  gdouble octaves = music_octaves (self, time, shot->count, shot->shortest);
  gdouble intro = intro_left (self, time), least = octaves, left, whole;

  if (intro > TOLERANCE) {
    octaves = MAX (octaves + INTRO_OCTAVES,
        is_dynamic (self) ? 3 : fixed_octaves (self) + 1);
    shot->regular = TRUE;
  }
  if (self->arc.is_felt
      && montage_arc_build_at (&self->arc, time, &left, &whole) != NULL) {
    octaves = build_octaves (self, octaves, left, whole, shot->shortest);
    shot->regular = TRUE;
  }
  shot->pressed = octaves < log2 (shot->shortest) - PRESSED_OCTAVES;
  shot->usual = to_beats (self, shot, octaves);
  /* What is held back ends with the intro. */
  if (intro > TOLERANCE && intro < shot->usual)
    shot->usual = CLAMP (to_beats (self, shot, least), intro, shot->usual);
}

/* The usual length as the variation's pattern has it at this place. */
static gdouble
pattern_beats (const MontagePace *self, const Shot *shot)
{
  GstMontageVariation variation = shot->regular
      ? GST_MONTAGE_VARIATION_MINIMAL
      : self->instructions->pacing.variation;
  MontageDensity density = shot->pressed     ? MONTAGE_DENSITY_PRESSED
      : shot->usual < DENSE * shot->shortest ? MONTAGE_DENSITY_DENSE
                                             : MONTAGE_DENSITY_LOOSE;

  /* Two beats and one beat of three. */
  if (shot->usual == 1.5 && self->phrases.bar == 3) {
    gdouble bars = shot->count / 3;
    gdouble inside = 3 * (bars - floor (bars + 0.05));
    return inside < 1.5 ? 2 - inside : 3 - inside;
  }

  return shot->usual
      * montage_pattern_length (variation, density, shot->count / shot->usual,
          shot->shortest / shot->usual);
}

static gdouble
release_beats (const MontagePace *self, const Shot *shot)
{
  gdouble beats = CLAMP (2 * shot->usual, RELEASE_LEAST, RELEASE_MOST);

  return in_bars (self, MAX (beats, shot->usual));
}

static gboolean
has_series (const MontagePace *self)
{
  return self->instructions->pacing.variation
      == GST_MONTAGE_VARIATION_FIBONACCI;
}

/* Shots end with their section, if that is about where they end anyway. */
static gdouble
until_section (const MontagePace *self, GstClockTime time, gdouble beat_sec,
    gdouble beats)
{
  const GArray *sections = self->phrases.music->sections;
  gdouble until = 0;

  for (guint i = 0; i < sections->len && until * beat_sec < self->min_sec; i++)
    until = (gdouble) GST_CLOCK_DIFF (time,
                g_array_index (sections, GstMontageSection, i).start)
        / GST_SECOND / beat_sec;

  return until * beat_sec >= self->min_sec && until < SECTION_REACH * beats
      ? until
      : beats;
}

static gdouble
find_beats (const MontagePace *self, GstClockTime time, gdouble beat_sec)
{
  Shot shot = {.count = montage_phrases_count (&self->phrases, time),
      .shortest = shortest_beats (self, beat_sec),
      .longest = longest_beats (self, beat_sec)};
  gdouble beats = 0, until;

  if (has_series (self))
    beats = montage_arc_series_at (&self->arc, time, self->min_sec / beat_sec);
  if (beats > 0)
    return beats;

  find_usual (self, time, &shot);
  if (self->arc.is_felt && intro_left (self, time) <= TOLERANCE
      && self->instructions->pacing.variation != GST_MONTAGE_VARIATION_MINIMAL
      && montage_arc_is_climax (&self->arc, time))
    return MIN (release_beats (self, &shot), shot.longest);

  beats = MIN (pattern_beats (self, &shot), shot.longest);
  /* The shot before a series ends where the series starts. */
  until = has_series (self) ? montage_arc_until_series (&self->arc, time) : 0;
  if (until * beat_sec >= self->min_sec && until < 1.5 * beats)
    return until;
  return until_section (self, time, beat_sec, beats);
}

gboolean
montage_pace_in_series (const MontagePace *self, GstClockTime time)
{
  return has_series (self) && montage_arc_series_at (&self->arc, time, 0) > 0;
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
montage_pace_target (const MontagePace *self, GstClockTime time)
{
  gdouble beat_sec = montage_phrases_beat_sec (&self->phrases, time);
  gdouble sec = find_beats (self, time, beat_sec) * beat_sec;

  /* Each speed has half the beats of the one before it; where the material
   * allows no long shots, half of what it allows. */
  sec = MIN (sec, self->max_sec) * exp2 (-montage_pace_step_at (self, time));

  return CLAMP (sec, self->min_sec, MAX (self->max_sec, self->min_sec));
}
