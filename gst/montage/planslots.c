/* SPDX-License-Identifier: LGPL-2.1-or-later */

/* Where the cuts are. Every beat is a place; a shot is a way between two of
 * them, dear where its length departs from the pace, where it passes over the
 * start of a section, and where it ends on a weak beat. The cheapest path is
 * found exactly (dynamic programming), so that no early choice forces a bad
 * one later and the last shot ends with the film. Places know their absolute
 * frame: nothing is summed, nothing drifts. */

#include <math.h>

#include "plancutpoints.h"
#include "planslots.h"

/* Costs in beats. A section is never missed by the length alone. For each
 * octave that a shot ends below its unit (a bar for one of a bar, a phrase for
 * one of a phrase), and between beats; without beats, where no sound starts. The
 * last shot may be longer than the pace has it, but begins with a bar. */
#define COST_SKIP_SECTION 12.0
#define COST_UNIT 0.06
#define COST_NO_BEAT 0.3
#define COST_NO_SOUND 0.6
#define COST_LONG_END 0.5
#define COST_END_OFF_BAR 2.0
/* Ways to cut a beat that are tried one after the other. */
static const guint subdivisions[] = {1, 2, 8};

/* ---- what is asked of single slots ---- */

static guint
n_limits (const MontageFilmGrid *film)
{
  return film->limits != NULL ? film->limits->len : 0;
}

static const MontageSlotLimit *
get_limit (const MontageFilmGrid *film, guint index)
{
  return &g_array_index (film->limits, MontageSlotLimit, index);
}

/* The first limit of slots that start at @frame or later. */
static guint
first_limit_at (const MontageFilmGrid *film, guint64 frame)
{
  guint i = 0;

  while (i < n_limits (film) && get_limit (film, i)->frame < frame)
    i++;
  return i;
}

static void
apply_limit (const MontageFilmGrid *film, const MontageSlotLimit *limit,
    guint64 *shortest, guint64 *longest)
{
  /* The film ends first. */
  guint64 least = MIN (limit->shortest, film->n_frames - limit->frame);

  *shortest = MAX (*shortest, least);
  *longest = MAX (*longest, least);
  if (limit->longest > 0) {
    *shortest = MIN (*shortest, limit->longest);
    *longest = MIN (*longest, limit->longest);
  }
}

/* ---- the cheapest way ---- */

typedef struct
{
  gdouble cost;
  guint before; /* the place that it came from */
} Best;

typedef struct
{
  const MontageFilmGrid *film;
  const MontagePace *pace;
  const GArray *points; /* of MontageCutPoint */
  guint64 shortest;     /* frames, of a slot without a limit of its own */
  guint64 longest;
  guint64 reach; /* frames: no slot is longer */
  Best *best;    /* [point] */
} PathSearch;

static const MontageCutPoint *
get_point (const GArray *points, guint index)
{
  return &g_array_index (points, MontageCutPoint, index);
}

/* What it costs that a shot of @beats ends at @point. */
static gdouble
landing_cost (const MontagePace *pace, const MontageCutPoint *point,
    gdouble beats)
{
  const MontagePhrases *phrases = &pace->phrases;
  gdouble deficit;

  if (point->section_start || point->forced)
    return 0.0;
  if (!phrases->has_beats)
    return COST_NO_SOUND * beats * (1.0 - point->strength);
  if (montage_pace_in_series (pace, point->time) && point->unit >= 1)
    return 0.0;
  deficit = log2 (
      montage_phrases_unit_of (phrases, MAX (beats, 1)) / point->unit);

  return COST_UNIT * beats * MAX (deficit, 0.0)
      + (point->unit < 1 ? COST_NO_BEAT * beats : 0.0);
}

/* Weighted by length, so that the sum is a mean over time and does not favour
 * few shots over many. */
static gdouble
length_cost (gdouble beats, gdouble sec, gdouble target_sec)
{
  gdouble octaves = log2 (sec / target_sec);

  return beats * octaves * octaves;
}

/* The last shot begins with a bar and is held for one, or longer. */
static gdouble
end_cost (const MontagePace *pace, const MontageCutPoint *from, gdouble beats,
    gdouble sec, gdouble target_sec)
{
  gdouble bar = pace->phrases.bar * pace->phrases.beat_sec;
  gdouble film = (gdouble) (pace->end - pace->start) / GST_SECOND;
  gdouble held = MAX (target_sec, MIN (MIN (bar, pace->max_sec), film / 4));

  return length_cost (beats, sec, held) * (sec > held ? COST_LONG_END : 1.0)
      + landing_cost (pace, from, MAX (beats, pace->phrases.bar))
      + (from->unit < pace->phrases.bar ? COST_END_OFF_BAR : 0.0);
}

static gdouble
edge_cost (const MontagePace *pace, const MontageCutPoint *from,
    const MontageCutPoint *to, gdouble target_sec, gboolean is_end)
{
  gdouble sec = (gdouble) (to->time - from->time) / GST_SECOND;
  gdouble beats = sec / pace->phrases.beat_sec;
  guint skipped = to->n_sections - to->section_start - from->n_sections;
  gdouble cost = is_end
      ? end_cost (pace, from, beats, sec, target_sec)
      : length_cost (beats, sec, target_sec) + landing_cost (pace, to, beats);

  return cost + COST_SKIP_SECTION * skipped;
}

static void
search_init (PathSearch *self)
{
  montage_film_limits (self->film, self->pace, &self->shortest, &self->longest);
  self->reach = self->longest;
  for (guint i = 0; i < n_limits (self->film); i++)
    self->reach = MAX (self->reach, get_limit (self->film, i)->shortest);
  for (guint i = 0; i < self->points->len; i++)
    self->best[i] = (Best){i == 0 ? 0.0 : INFINITY, 0};
}

/* All slots that start at place @from. */
static void
relax (const PathSearch *self, guint from)
{
  const MontageCutPoint *a = get_point (self->points, from);
  gdouble target = montage_pace_target (self->pace, a->time);
  guint limit = first_limit_at (self->film, a->frame);
  guint64 shortest = self->shortest, longest = self->longest;

  for (guint to = from + 1; to < self->points->len; to++) {
    const MontageCutPoint *b = get_point (self->points, to);
    guint64 n_frames = b->frame - a->frame;
    gdouble cost;

    for (; limit < n_limits (self->film)
         && get_limit (self->film, limit)->frame < b->frame;
         limit++)
      apply_limit (self->film, get_limit (self->film, limit), &shortest,
          &longest);
    if (n_frames > self->reach)
      break;
    if (n_frames >= shortest && n_frames <= longest) {
      cost = self->best[from].cost
          + edge_cost (self->pace, a, b, target, to + 1 == self->points->len);
      if (cost < self->best[to].cost)
        self->best[to] = (Best){cost, from};
    }
    /* Slots have to start here. */
    if (b->forced)
      break;
  }
}

/* Frames where the cheapest slots start, and the end of the last; NULL if there
 * are none within the limits. */
static GArray *
find_path (const MontageFilmGrid *film, const MontagePace *pace,
    const GArray *points)
{
  g_autofree Best *best = g_new (Best, points->len);
  PathSearch search = {film, pace, points, .best = best};
  GArray *path;

  search_init (&search);
  for (guint i = 0; i + 1 < points->len; i++)
    if (isfinite (best[i].cost))
      relax (&search, i);
  if (!isfinite (best[points->len - 1].cost))
    return NULL;

  path = g_array_new (FALSE, FALSE, sizeof (guint64));
  for (guint i = points->len - 1; i > 0; i = best[i].before)
    g_array_append_val (path, get_point (points, i)->frame);
  g_array_append_val (path, get_point (points, 0)->frame);
  for (guint i = 0; i < path->len / 2; i++) {
    guint64 *a = &g_array_index (path, guint64, i);
    guint64 *b = &g_array_index (path, guint64, path->len - 1 - i);
    guint64 frame = *a;
    *a = *b;
    *b = frame;
  }

  return path;
}

static void
append_slot (GArray *slots, const MontageFilmGrid *film,
    const MontagePace *pace, guint64 from, guint64 to)
{
  MontageSlot slot = {.first_frame = from, .n_frames = to - from};

  montage_slot_describe (film, &slot);
  slot.speed_step = montage_pace_step_at (pace,
      montage_film_song_time (film, from + slot.n_frames / 2));
  g_array_append_val (slots, slot);
}

/* Appends [from, to) in equal parts. */
static void
append_equal (GArray *slots, const MontageFilmGrid *film,
    const MontagePace *pace, guint64 from, guint64 to)
{
  guint64 total = to - from, start = from, shortest, longest, n;
  gdouble target = montage_pace_target (pace,
      montage_film_song_time (film, from));

  montage_film_limits (film, pace, &shortest, &longest);
  for (guint i = first_limit_at (film, from);
       i < n_limits (film) && get_limit (film, i)->frame < to; i++)
    apply_limit (film, get_limit (film, i), &shortest, &longest);
  n = (guint64) floor (
      (gdouble) total * film->output.fps_d / (film->output.fps_n * target)
      + 0.5);
  n = MAX (MIN (n, total / shortest), (total + longest - 1) / longest);
  for (guint64 i = 1; i <= n; i++) {
    guint64 end = from + gst_util_uint64_scale (total, i, n);
    append_slot (slots, film, pace, start, end);
    start = end;
  }
}

/* Equal parts, where no set of beats meets the limits. */
static GArray *
uniform_slots (const MontageFilmGrid *film, const MontagePace *pace,
    guint64 first_frame)
{
  GArray *slots = g_array_new (FALSE, FALSE, sizeof (MontageSlot));
  g_autoptr (GArray) frames = montage_cut_points_forced (film, first_frame);
  guint64 from = first_frame;

  g_array_append_val (frames, film->n_frames);
  for (guint i = 0; i < frames->len; i++) {
    guint64 to = g_array_index (frames, guint64, i);
    if (to > from)
      append_equal (slots, film, pace, from, to);
    from = to;
  }

  return slots;
}

GArray *
montage_slots_new (const MontageFilmGrid *film, const MontagePace *pace,
    guint64 first_frame)
{
  for (guint i = 0; i < G_N_ELEMENTS (subdivisions); i++) {
    g_autoptr (GArray) points = montage_cut_points_new (film, pace, first_frame,
        subdivisions[i]);
    g_autoptr (GArray) path = find_path (film, pace, points);
    GArray *slots;

    if (path == NULL)
      continue;
    slots = g_array_new (FALSE, FALSE, sizeof (MontageSlot));
    for (guint k = 1; k < path->len; k++)
      append_slot (slots, film, pace, g_array_index (path, guint64, k - 1),
          g_array_index (path, guint64, k));
    return slots;
  }

  return uniform_slots (film, pace, first_frame);
}

/* The index of the first beat whose frame is not before @frame. */
static guint
first_beat_at (const MontageFilmGrid *film, gint64 frame)
{
  const GArray *beats = film->music->beats;
  guint low = 0, high = beats->len;

  while (low < high) {
    guint middle = (low + high) / 2;
    GstClockTime time = g_array_index (beats, GstMontageBeat, middle).time;
    if (montage_film_frame_at (film, time) < frame)
      low = middle + 1;
    else
      high = middle;
  }
  return low;
}

void
montage_slot_describe (const MontageFilmGrid *film, MontageSlot *slot)
{
  const GArray *beats = film->music->beats;
  guint64 end = slot->first_frame + slot->n_frames;
  guint first = first_beat_at (film, (gint64) slot->first_frame);
  guint last = first_beat_at (film, (gint64) end);
  GstClockTime half = gst_montage_output_frame_time (&film->output, 1) / 2;
  GstClockTime from = montage_film_song_time (film, slot->first_frame);
  GstClockTime to = montage_film_song_time (film, end);
  gint section = gst_montage_beat_grid_section_at (film->music, from + half);

  slot->beat = -1;
  slot->n_beats = last - first;
  slot->downbeat = FALSE;
  if (first < beats->len) {
    const GstMontageBeat *beat = &g_array_index (beats, GstMontageBeat, first);
    if (montage_film_frame_at (film, beat->time)
        == (gint64) slot->first_frame) {
      slot->beat = (gint) first;
      slot->downbeat = beat->position == 1;
    }
  }

  slot->label = GST_MONTAGE_SECTION_UNKNOWN;
  slot->section_start = FALSE;
  if (section >= 0) {
    const GstMontageSection *at = &g_array_index (film->music->sections,
        GstMontageSection, section);
    slot->label = at->label;
    slot->section_start = ABS (GST_CLOCK_DIFF (at->start, from))
        <= 4 * (gint64) half;
  }
  slot->energy = montage_energy_mean (film->energy, from, to);
}

guint64
montage_slot_material (const MontageSlot *slot)
{
  if (slot->slow <= 0 || slot->n_frames == 0)
    return slot->n_frames;
  return (guint64) ceil ((slot->n_frames - 1) * (1.0 - slot->slow) - 1e-9) + 1;
}
