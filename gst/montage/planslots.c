/* SPDX-License-Identifier: LGPL-2.1-or-later */

/* Where the cuts are. Every beat is a node; a shot is an edge between two of
 * them, dear where its length departs from the pace, where it passes over the
 * start of a section, and where it ends on a weak beat. The cheapest path is
 * found exactly (dynamic programming), so that no early choice forces a bad
 * one later and the last shot ends with the film. Nodes know their absolute
 * frame: nothing is summed, nothing drifts. */

#include <math.h>

#include "planslots.h"

/* Costs in beats; tuned on synthetic grids of 60 to 200 BPM so that a shot of
 * a bar stays on downbeats and a section is never missed by the length alone. */
#define COST_SKIP_SECTION 12.0
#define COST_OFF_BAR 0.12
#define COST_WEAK_BEAT 0.02
#define COST_NO_BEAT 0.08
#define COST_LONG_OFF_BEAT 0.35
#define COST_SOFT_ONSET 0.03
/* Ways to cut a beat that are tried one after the other. */
static const guint subdivisions[] = {1, 2, 8};

typedef struct
{
  GstClockTime time; /* of the song */
  guint64 frame;     /* of the film */
  gboolean on_beat;
  guint position;
  gdouble strength;
  guint n_sections; /* section starts in the film up to here */
  gboolean section_start;
  gboolean forced; /* a limit of slots starts or ends here */
} Node;

typedef struct
{
  gdouble cost;
  guint node; /* where it came from */
  guint step;
} Best;

gint64
montage_film_frame_at (const MontageFilmGrid *film, GstClockTime time)
{
  if (time >= film->music_start)
    return (gint64) gst_montage_output_frame_at (&film->output,
        time - film->music_start);
  return -(gint64) gst_montage_output_frame_at (&film->output,
      film->music_start - time);
}

GstClockTime
montage_film_song_time (const MontageFilmGrid *film, guint64 frame)
{
  return film->music_start
      + gst_montage_output_frame_time (&film->output, frame);
}

void
montage_film_limits (const MontageFilmGrid *film, const MontagePace *pace,
    guint64 *shortest, guint64 *longest)
{
  gdouble fps = (gdouble) film->output.fps_n / film->output.fps_d;

  *shortest = (guint64) MAX (floor (pace->min_sec * fps + 1e-6), 1.0);
  *longest = (guint64) MAX (ceil (pace->max_sec * fps - 1e-6), *shortest);
}

static void
add_node (GArray *nodes, const MontageFilmGrid *film, guint64 first_frame,
    GstClockTime time, const GstMontageBeat *beat)
{
  gint64 frame = montage_film_frame_at (film, time);
  Node node = {.time = time};

  if (frame <= (gint64) first_frame || frame >= (gint64) film->n_frames)
    return;
  if (nodes->len > 0
      && g_array_index (nodes, Node, nodes->len - 1).frame >= (guint64) frame)
    return;

  node.frame = frame;
  if (beat != NULL) {
    node.on_beat = TRUE;
    node.position = beat->position;
    node.strength = beat->strength;
  }
  g_array_append_val (nodes, node);
}

/* Fills (from, to) with nodes about @sec apart that are on no beat. */
static void
add_fillers (GArray *nodes, const MontageFilmGrid *film, guint64 first_frame,
    GstClockTime from, GstClockTime to, gdouble sec)
{
  guint64 n;

  if (to <= from)
    return;
  n = (guint64) floor ((to - from) / (sec * GST_SECOND) + 0.5);
  for (guint64 i = 1; i < n; i++)
    add_node (nodes, film, first_frame,
        from + gst_util_uint64_scale (to - from, i, n), NULL);
}

/* Which beats of a grid that is @factor times too fast are counted: those that
 * hold the downbeats, else the stronger ones. */
static guint
count_phase (const GArray *beats, guint factor)
{
  g_autofree gdouble *weight = g_new0 (gdouble, factor);
  guint best = 0;

  for (guint i = 0; i < beats->len; i++) {
    const GstMontageBeat *beat = &g_array_index (beats, GstMontageBeat, i);
    weight[i % factor] += beat->strength + (beat->position == 1 ? 8.0 : 0.0);
  }
  for (guint i = 1; i < factor; i++) {
    if (weight[i] > weight[best] + 1e-9)
      best = i;
  }

  return best;
}

static gboolean
is_counted (const GstMontageBeat *beat, guint index, guint factor, guint phase)
{
  if (beat->position > 0)
    return (beat->position - 1) % factor == 0;
  return index % factor == phase;
}

/* The places for cuts: counted beats, and @parts per counted beat where the
 * grid is too slow, has a hole or the shots must be shorter than beats. */
static void
add_grid_nodes (GArray *nodes, const MontageFilmGrid *film,
    const MontagePace *pace, guint64 first_frame, guint parts)
{
  const GArray *beats = film->music->beats;
  guint factor = pace->octave > 1.0 ? (guint) pace->octave : 1;
  guint phase;
  GstClockTime last = montage_film_song_time (film, first_frame);
  GstClockTime end = montage_film_song_time (film, film->n_frames);
  gdouble sec = pace->beat_sec / parts;

  /* Bars of three do not fall into halves; refined cuts need every beat. */
  if (parts > 1 || pace->beats_per_bar % 2 != 0)
    factor = 1;
  phase = count_phase (beats, factor);

  for (guint i = 0; i < beats->len; i++) {
    const GstMontageBeat *beat = &g_array_index (beats, GstMontageBeat, i);
    if (!is_counted (beat, i, factor, phase) || beat->time <= last)
      continue;
    if (beat->time >= end)
      break;
    add_fillers (nodes, film, first_frame, last, beat->time, sec);
    add_node (nodes, film, first_frame, beat->time, beat);
    last = beat->time;
  }
  add_fillers (nodes, film, first_frame, last, end, sec);
}

/* Without beats the places are regular, so that the cuts are. */
static void
add_regular_nodes (GArray *nodes, const MontageFilmGrid *film,
    const MontagePace *pace, guint64 first_frame, guint parts)
{
  GstClockTime step = (GstClockTime) (pace->beat_sec / parts * GST_SECOND);
  GstClockTime start = montage_film_song_time (film, first_frame);
  GstClockTime end = montage_film_song_time (film, film->n_frames);

  for (GstClockTime time = start + step; time < end; time += step)
    add_node (nodes, film, first_frame, time, NULL);
}

/* Marks the node nearest to each start of a section. */
static void
mark_sections (GArray *nodes, const MontageFilmGrid *film,
    const MontagePace *pace)
{
  const GArray *sections = film->music->sections;
  guint at = 0, passed = 0;

  for (guint s = 0; s < sections->len; s++) {
    GstClockTime start = g_array_index (sections, GstMontageSection, s).start;
    Node *node;

    while (at + 1 < nodes->len
        && ABS (
               GST_CLOCK_DIFF (g_array_index (nodes, Node, at + 1).time, start))
            < ABS (
                GST_CLOCK_DIFF (g_array_index (nodes, Node, at).time, start)))
      at++;
    node = &g_array_index (nodes, Node, at);
    if (at > 0 && at + 1 < nodes->len
        && ABS (GST_CLOCK_DIFF (node->time, start))
            < 0.75 * pace->beat_sec * GST_SECOND)
      node->section_start = TRUE;
  }
  for (guint i = 0; i < nodes->len; i++) {
    Node *node = &g_array_index (nodes, Node, i);
    passed += node->section_start;
    node->n_sections = passed;
  }
}

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

static gint
compare_frames (gconstpointer a, gconstpointer b)
{
  guint64 x = *(const guint64 *) a, y = *(const guint64 *) b;

  return (x > y) - (x < y);
}

/* Frames inside (first_frame, end of film) where slots have to start. */
static GArray *
forced_frames (const MontageFilmGrid *film, guint64 first_frame)
{
  GArray *frames = g_array_new (FALSE, FALSE, sizeof (guint64));

  for (guint i = first_limit_at (film, first_frame); i < n_limits (film); i++) {
    const MontageSlotLimit *limit = get_limit (film, i);
    guint64 end = limit->frame + limit->longest;

    if (!limit->starts)
      continue;
    if (limit->frame > first_frame && limit->frame < film->n_frames)
      g_array_append_val (frames, limit->frame);
    if (limit->longest > 0 && limit->longest == limit->shortest
        && end < film->n_frames)
      g_array_append_val (frames, end);
  }
  g_array_sort (frames, compare_frames);

  return frames;
}

static void
insert_forced (GArray *nodes, const MontageFilmGrid *film, guint64 first_frame)
{
  g_autoptr (GArray) frames = forced_frames (film, first_frame);
  guint at = 0;

  for (guint i = 0; i < frames->len; i++) {
    Node node = {.frame = g_array_index (frames, guint64, i)};

    while (g_array_index (nodes, Node, at).frame < node.frame)
      at++;
    node.time = montage_film_song_time (film, node.frame);
    if (g_array_index (nodes, Node, at).frame > node.frame)
      g_array_insert_val (nodes, at, node);
    g_array_index (nodes, Node, at).forced = TRUE;
  }
}

static GArray *
build_nodes (const MontageFilmGrid *film, const MontagePace *pace,
    guint64 first_frame, guint parts)
{
  GArray *nodes = g_array_new (FALSE, TRUE, sizeof (Node));
  Node first = {.time = montage_film_song_time (film, first_frame),
      .frame = first_frame};
  Node last = {.time = montage_film_song_time (film, film->n_frames),
      .frame = film->n_frames};

  g_array_append_val (nodes, first);
  if (pace->has_beats)
    add_grid_nodes (nodes, film, pace, first_frame, parts);
  else
    add_regular_nodes (nodes, film, pace, first_frame, parts);
  g_array_append_val (nodes, last);
  insert_forced (nodes, film, first_frame);
  mark_sections (nodes, film, pace);

  return nodes;
}

/* What it costs that a shot of @beats ends at @node. */
static gdouble
landing_cost (const MontagePace *pace, const Node *node, gdouble beats)
{
  guint bar = pace->beats_per_bar > 0 ? pace->beats_per_bar : 4;
  gdouble cost;

  if (node->section_start || node->forced || !pace->has_beats)
    return 0.0;
  /* Between two beats only where shots are about as short as they are. */
  if (!node->on_beat)
    return beats * pace->octave >= 1.4 ? COST_LONG_OFF_BEAT : COST_NO_BEAT;
  if (node->position == 1 || montage_pace_in_series (pace, node->time))
    return 0.0;
  cost = COST_SOFT_ONSET * (1.0 - CLAMP (node->strength, 0.0, 1.0));
  if (node->position == 0)
    return cost;
  if (beats >= 0.9 * bar * MIN (pace->octave, 1.0))
    return cost + COST_OFF_BAR;

  return cost + (node->position % 2 == 0 ? COST_WEAK_BEAT : 0.0);
}

static gdouble
edge_cost (const MontagePace *pace, const Node *from, const Node *to,
    gdouble target_sec, gboolean is_end)
{
  gdouble sec = (gdouble) (to->time - from->time) / GST_SECOND;
  gdouble octaves = log2 (sec / target_sec);
  gdouble beats = target_sec / pace->beat_sec;
  guint skipped = to->n_sections - to->section_start - from->n_sections;

  /* Weighted by length, so that the sum is a mean over time and does not
   * favour few shots over many. */
  return sec / pace->beat_sec * octaves * octaves
      + (is_end ? 0.0 : beats * landing_cost (pace, to, beats))
      + COST_SKIP_SECTION * skipped;
}

typedef struct
{
  const MontageFilmGrid *film;
  const MontagePace *pace;
  const GArray *nodes; /* of Node */
  guint64 shortest;    /* frames, of a slot without a limit of its own */
  guint64 longest;
  guint64 reach; /* frames: no slot is longer */
  Best *best;    /* [node * MONTAGE_PACE_STEPS + step] */
} PathSearch;

static void
search_init_limits (PathSearch *self)
{
  montage_film_limits (self->film, self->pace, &self->shortest, &self->longest);
  self->reach = self->longest;
  for (guint i = 0; i < n_limits (self->film); i++)
    self->reach = MAX (self->reach, get_limit (self->film, i)->shortest);
}

/* All slots that start at node @from as the @step-th of a pattern. */
static void
relax (const PathSearch *self, guint from, guint step)
{
  const GArray *nodes = self->nodes;
  const Node *a = &g_array_index (nodes, Node, from);
  gdouble cost = self->best[from * MONTAGE_PACE_STEPS + step].cost;
  gdouble target = montage_pace_target (self->pace, a->time, step);
  guint next = (step + 1) % MONTAGE_PACE_STEPS;
  guint limit = first_limit_at (self->film, a->frame);
  guint64 shortest = self->shortest, longest = self->longest;

  for (guint to = from + 1; to < nodes->len; to++) {
    const Node *b = &g_array_index (nodes, Node, to);
    Best *there = &self->best[to * MONTAGE_PACE_STEPS + next];
    guint64 n_frames = b->frame - a->frame;
    gdouble sum;

    for (; limit < n_limits (self->film)
         && get_limit (self->film, limit)->frame < b->frame;
         limit++)
      apply_limit (self->film, get_limit (self->film, limit), &shortest,
          &longest);
    if (n_frames > self->reach)
      break;
    if (n_frames >= shortest && n_frames <= longest) {
      sum = cost + edge_cost (self->pace, a, b, target, to + 1 == nodes->len);
      if (sum < there->cost)
        *there = (Best){sum, from, step};
    }
    /* Slots have to start here. */
    if (b->forced)
      break;
  }
}

/* Node indices of the cheapest path, first to last; NULL if there is none. */
static GArray *
find_path (const MontageFilmGrid *film, const MontagePace *pace,
    const GArray *nodes)
{
  guint n = nodes->len, node = n - 1, step = 0;
  g_autofree Best *best = g_new (Best, (gsize) n * MONTAGE_PACE_STEPS);
  PathSearch search = {film, pace, nodes, .best = best};
  GArray *path;

  search_init_limits (&search);
  for (gsize i = 0; i < (gsize) n * MONTAGE_PACE_STEPS; i++)
    best[i].cost = INFINITY;
  best[0].cost = 0.0;
  for (guint i = 0; i + 1 < n; i++) {
    for (guint s = 0; s < MONTAGE_PACE_STEPS; s++) {
      if (isfinite (best[i * MONTAGE_PACE_STEPS + s].cost))
        relax (&search, i, s);
    }
  }
  for (guint s = 1; s < MONTAGE_PACE_STEPS; s++) {
    if (best[node * MONTAGE_PACE_STEPS + s].cost
        < best[node * MONTAGE_PACE_STEPS + step].cost)
      step = s;
  }
  if (!isfinite (best[node * MONTAGE_PACE_STEPS + step].cost))
    return NULL;

  path = g_array_new (FALSE, FALSE, sizeof (guint));
  while (node != 0) {
    Best from = best[node * MONTAGE_PACE_STEPS + step];
    g_array_prepend_val (path, node);
    node = from.node;
    step = from.step;
  }
  g_array_prepend_val (path, node);

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
      montage_film_song_time (film, from), 0);

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
  g_autoptr (GArray) frames = forced_frames (film, first_frame);
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
    g_autoptr (GArray)
        nodes = build_nodes (film, pace, first_frame, subdivisions[i]);
    g_autoptr (GArray) path = find_path (film, pace, nodes);
    GArray *slots;

    if (path == NULL)
      continue;
    slots = g_array_new (FALSE, FALSE, sizeof (MontageSlot));
    for (guint k = 1; k < path->len; k++)
      append_slot (slots, film, pace,
          g_array_index (nodes, Node, g_array_index (path, guint, k - 1)).frame,
          g_array_index (nodes, Node, g_array_index (path, guint, k)).frame);
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
