/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The candidates are weighed by a conditional logit (McFadden 1974): it says
 * how likely each is, so how sure the choice is. */

#include "beatlevel.h"

#include <math.h>

#include "beatconstants.h"
#include "envelope.h"
#include "levelfeatures.h"

typedef struct
{
  const OnsetFrame *frames;
  const Activation *activation;
  const ToneFront *tones;
  const GArray *pulse;
} LevelSource;

static const gdouble weights[N_LEVEL_FEATURES] = {BEAT_LEVEL_WEIGHTS};

static gdouble
score (const LevelCandidate *candidate)
{
  return level_features_weigh (candidate, weights);
}

static const LevelCandidate *
choose (const GArray *candidates, BeatLevel *level)
{
  const LevelCandidate *list = (const LevelCandidate *) (gpointer)
                                   candidates->data;
  const LevelCandidate *best = list, *other = NULL;
  gdouble sum = 0.0;

  for (guint i = 1; i < candidates->len; i++)
    if (score (&list[i]) > score (best))
      best = &list[i];
  for (guint i = 0; i < candidates->len; i++) {
    sum += exp (score (&list[i]) - score (best));
    if (list[i].length != best->length
        && (!other || score (&list[i]) > score (other)))
      other = &list[i];
  }
  level->probability = 1.0 / sum;
  level->other = other ? (gdouble) other->length / best->length : 0.0;
  return best;
}

static gboolean
is_octave (guint length, guint other)
{
  for (guint times = 1; times <= 8; times *= 2)
    if (length == times * other || other == times * length)
      return TRUE;
  return FALSE;
}

/* Only the octaves of what would be chosen if the range were not given, where
 * there are any: who asks for half the tempo does not want two thirds. */
static void
keep_octaves (GArray *candidates, const GArray *all)
{
  BeatLevel unused;
  guint length = choose (all, &unused)->length;
  g_autoptr (GArray)
      octaves = g_array_new (FALSE, FALSE, sizeof (LevelCandidate));

  for (guint i = 0; i < candidates->len; i++) {
    LevelCandidate *c = &g_array_index (candidates, LevelCandidate, i);

    if (is_octave (c->length, length))
      g_array_append_val (octaves, *c);
  }
  if (octaves->len == 0)
    return;
  g_array_set_size (candidates, 0);
  g_array_append_vals (candidates, octaves->data, octaves->len);
}

static void
append_beats (BeatLevel *level, const GArray *pulse, guint from, guint length,
    guint end)
{
  for (guint i = from; i < end; i += length) {
    gdouble frame = level_features_frame (pulse, i);

    g_array_append_val (level->beats, frame);
  }
}

/* Where in [0, @length) the beats of the marks from @from to @to start, by these
 * marks alone; where the rest of the song has them, @usual, is likelier. */
static guint
start_of_part (const LevelSource *source, guint from, guint to, guint length,
    guint usual)
{
  g_autoptr (GArray) marks = g_array_new (FALSE, FALSE, sizeof (gdouble));
  g_autoptr (GArray) candidates = NULL;
  gdouble best = -G_MAXDOUBLE;
  guint start = usual;

  g_array_append_vals (marks, &g_array_index (source->pulse, gdouble, from),
      to - from + 1);
  candidates = level_features_measure (source->frames, source->activation,
      source->tones, marks, 0.5 * TEMPO_LOWEST, 2.0 * TEMPO_HIGHEST);
  for (guint i = 0; i < candidates->len; i++) {
    const LevelCandidate *c = &g_array_index (candidates, LevelCandidate, i);
    gdouble value = score (c) + (c->start == usual ? LEVEL_STAY : 0.0);

    if (c->length == length && value > best) {
      best = value;
      start = c->start;
    }
  }
  return start;
}

/* The first mark at or behind @frame. */
static guint
mark_behind (const GArray *pulse, gdouble frame)
{
  guint i = 0;

  while (i + 1 < pulse->len && g_array_index (pulse, gdouble, i) < frame)
    i++;
  return i;
}

/* After a silence the music need not go on where the beats would have been. */
static void
lay_beats (const LevelSource *source, const LevelCandidate *chosen,
    BeatLevel *level)
{
  guint length = chosen->length, last = source->pulse->len - 1;
  g_autoptr (GArray) resumptions = envelope_resumptions (source->frames,
      source->activation->n, LEVEL_SILENT_FRAMES);

  level->even = TRUE;
  for (guint k = 0, from = 0, to; k <= resumptions->len; k++, from = to) {
    guint usual = (chosen->start + length * LEVEL_PARTS
                      - from * LEVEL_PARTS % length)
        % length;
    guint start = usual;

    to = k == resumptions->len
        ? last
        : mark_behind (source->pulse, g_array_index (resumptions, guint, k));
    if (resumptions->len > 0
        && (to - from) * LEVEL_PARTS >= LEVEL_PART_BEATS * length)
      start = start_of_part (source, from, to, length, usual);
    level->even = level->even && start == usual;
    append_beats (level, source->pulse, from * LEVEL_PARTS + start, length,
        to * LEVEL_PARTS + (k == resumptions->len));
  }
}

BeatLevel
beat_level_choose (const OnsetFrame *frames, const Activation *activation,
    const ToneFront *tones, const GArray *pulse, gdouble bpm_min,
    gdouble bpm_max)
{
  BeatLevel level = {.beats = g_array_new (FALSE, FALSE, sizeof (gdouble))};
  g_autoptr (GArray) candidates = NULL;
  g_autoptr (GArray) all = NULL;
  const LevelCandidate *best;

  if (pulse->len < 2)
    return level;
  candidates = level_features_measure (frames, activation, tones, pulse,
      bpm_min, bpm_max);
  if (candidates->len == 0)
    return level;
  if (bpm_min > TEMPO_LOWEST || bpm_max < TEMPO_HIGHEST) {
    all = level_features_measure (frames, activation, tones, pulse,
        TEMPO_LOWEST, TEMPO_HIGHEST);
    if (all->len > 0)
      keep_octaves (candidates, all);
  }
  best = choose (candidates, &level);
  lay_beats (&(LevelSource){frames, activation, tones, pulse}, best, &level);
  return level;
}

void
beat_level_clear (BeatLevel *self)
{
  g_clear_pointer (&self->beats, g_array_unref);
}
