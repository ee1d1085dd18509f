/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "stylemeasures.h"

#include <math.h>
#include <string.h>

#define SIGNATURE_SIZE (16 * 9)
/* Of two pictures: the correlation from which on they have one form. */
#define MATCHING 0.6
/* A cut is hidden where both sides move this much within this time of it. */
#define MOVING 0.5
#define AROUND_CUT (400 * GST_MSECOND)
/* Motion of the livelier third of the footage, which is spread evenly. */
#define LIVELY (2.0 / 3)
/* Share of the film, by energy, that is calm, and that is loud. */
#define PART 0.3

static const StyleMeasureInfo infos[STYLE_N_MEASURES] = {
    [STYLE_FILM_SEC] = {"film s", 1, "Length of the film."},
    [STYLE_CUTS_PER_MINUTE] = {"cuts/min", 1, "Cuts per minute."},
    [STYLE_INTRO_CUTS_PER_MINUTE] = {"cuts/min at first", 1,
        "Cuts per minute in the first 32 beats."},
    [STYLE_CLIMAX_CUTS_PER_MINUTE] = {"cuts/min at the climax", 1,
        "Cuts per minute in the fifth of the film with the most energy."},
    [STYLE_MEDIAN_SEC] = {"median s", 2, "Median length of the shots."},
    [STYLE_SHORTEST_SEC] = {"shortest s", 2, "The shortest shot."},
    [STYLE_LONGEST_SEC] = {"longest s", 2, "The longest shot."},
    [STYLE_VARIATION] = {"variation", 2,
        "Standard deviation of the lengths over their mean."},
    [STYLE_RHYTHM] = {"rhythm", 2,
        "Mean step from a shot's length to that of the next within a part of "
        "the song, in octaves: 1 is half or double."},
    [STYLE_ACCELERATION] = {"acceleration", 2,
        "How much shorter shots are in the four beats before the drop than 8 "
        "to 20 beats before it, in octaves."},
    [STYLE_PACE_RANGE] = {"calm to loud", 2,
        "How much longer shots are in the calmest 30 % of the film than in the "
        "loudest, in octaves."},
    [STYLE_ON_BEAT] = {"on beats", 2, "Share of the cuts on beats."},
    [STYLE_ON_DOWNBEAT] = {"on downbeats", 2,
        "Share of the cuts on downbeats."},
    [STYLE_MOTION] = {"motion", 2, "Mean motion of what is shown."},
    [STYLE_MOTION_RANGE] = {"motion, loud - calm", 2,
        "How much more moves in the loudest 30 % of the film than in the "
        "calmest."},
    [STYLE_ENERGY_CORRELATION] = {"energy", 2,
        "Rank correlation of the music's energy with the motion."},
    [STYLE_WIDE] = {"wide", 2,
        "Wide shots, as a share of the time whose shot size is known."},
    [STYLE_ACTION] = {"action", 2,
        "Share of the time that shows the livelier third of the footage."},
    [STYLE_MATCHES] = {"matches", 2,
        "Share of the cuts from one clip to another between pictures of one "
        "form."},
    [STYLE_HIDDEN] = {"hidden", 2,
        "Share of the cuts from movement into movement."},
    [STYLE_SIZE_CHANGES] = {"size changes", 2,
        "Share of the cuts to another shot size, where both are known."},
    [STYLE_COVERAGE] = {"coverage", 2, "Share of the clips that are seen."},
    [STYLE_LIVELY_MOOD] = {"lively mood", 2,
        "Time of energetic pictures less that of calm ones, as a share of the "
        "time whose mood is known."},
    [STYLE_SEA] = {"the sea", 2,
        "Share of the time that shows the sea, of that whose content is "
        "known."},
    [STYLE_SEA_SEC] = {"the sea, s", 2,
        "Mean length of the shots that show the sea."},
    [STYLE_CROSSFADES] = {"crossfades", 2, "Share of the cuts."},
    [STYLE_CROSSFADE_SEC] = {"crossfade s", 2, "Mean length of a crossfade."},
    [STYLE_GRADED] = {"graded", 2, "Share of the cuts with another grade."},
    [STYLE_COLORLESS] = {"black and white", 2,
        "Share of the cuts with the grade noir."},
    [STYLE_SHARPENED] = {"sharpened", 2, "Share of the cuts."},
    [STYLE_STABILIZED] = {"stabilised", 2, "Share of the cuts."},
    [STYLE_UPSCALED] = {"upscaled", 2, "Share of the cuts."},
};

const StyleMeasureInfo *
style_measure_info (StyleMeasure measure)
{
  return &infos[measure];
}

/* A film and what is measured of it. */
typedef struct
{
  const StyleFilm *film;
  const GstMontagePlan *plan;
  gdouble *values;
} Context;

static const GstMontageCut *
get_cut (const Context *self, guint index)
{
  return &g_array_index (self->plan->cuts, GstMontageCut, index);
}

static const GstMontageShotList *
get_clip (const Context *self, guint index)
{
  return g_ptr_array_index (self->film->clips, get_cut (self, index)->source);
}

static const GstMontageShot *
get_shot (const Context *self, guint index)
{
  return &g_array_index (get_clip (self, index)->shots, GstMontageShot,
      get_cut (self, index)->shot);
}

static gdouble
cut_sec (const Context *self, guint index)
{
  return (gdouble) get_cut (self, index)->duration / GST_SECOND;
}

static gdouble
ratio (gdouble part, gdouble whole)
{
  return whole > 0 ? part / whole : 0.0;
}

/* ---- pace ---- */

static void
measure_lengths (const Context *self)
{
  gdouble shortest = G_MAXDOUBLE, longest = 0.0, steps = 0.0;
  guint n = 0;

  for (guint i = 0; i < self->plan->cuts->len; i++) {
    shortest = MIN (shortest, cut_sec (self, i));
    longest = MAX (longest, cut_sec (self, i));
    if (i == 0 || get_cut (self, i)->section != get_cut (self, i - 1)->section)
      continue;
    steps += fabs (log2 (cut_sec (self, i) / cut_sec (self, i - 1)));
    n++;
  }
  self->values[STYLE_SHORTEST_SEC] = shortest;
  self->values[STYLE_LONGEST_SEC] = longest;
  self->values[STYLE_RHYTHM] = ratio (steps, n);
}

/* How many shots are in [from, to) of the song: each is spread over its length.
 */
static gdouble
count_shots (const Context *self, GstClockTime from, GstClockTime to)
{
  GstClockTime start = self->plan->music.start;
  gdouble n = 0.0;

  for (guint i = 0; i < self->plan->cuts->len; i++) {
    const GstMontageCut *cut = get_cut (self, i);
    GstClockTime first = MAX (from, start + cut->start);
    GstClockTime last = MIN (to, start + cut->start + cut->duration);
    if (last > first)
      n += (gdouble) (last - first) / cut->duration;
  }

  return n;
}

static GstClockTime
beat_time (const Context *self, guint beat)
{
  return g_array_index (self->film->song->beats, GstMontageBeat, beat).time;
}

static guint
drop_beat (const Context *self)
{
  const GArray *sections = self->film->song->sections;
  guint beat = 0;

  for (guint i = 0; i < sections->len; i++) {
    const GstMontageSection *section = &g_array_index (sections,
        GstMontageSection, i);
    while (section->label == GST_MONTAGE_SECTION_DROP
        && beat_time (self, beat) < section->start)
      beat++;
  }

  return beat;
}

static void
measure_parts (const Context *self)
{
  GstClockTime start = self->plan->music.start;
  GstClockTime opening = beat_time (self, 32);
  guint drop = drop_beat (self);
  gdouble far = count_shots (self, beat_time (self, drop - 20),
                    beat_time (self, drop - 8))
      / 12;
  gdouble near = count_shots (self, beat_time (self, drop - 4),
                     beat_time (self, drop))
      / 4;

  if (start < opening)
    self->values[STYLE_INTRO_CUTS_PER_MINUTE] = count_shots (self, start,
                                                    opening)
        * 60 * GST_SECOND / (opening - start);
  if (far > 0 && near > 0)
    self->values[STYLE_ACCELERATION] = log2 (near / far);
}

static gint
compare_energies (gconstpointer a, gconstpointer b, gpointer data)
{
  const Context *self = data;
  guint x = *(const guint *) a, y = *(const guint *) b;
  gdouble p = get_cut (self, x)->energy, q = get_cut (self, y)->energy;

  if (p != q)
    return p < q ? -1 : 1;
  return (x > y) - (x < y);
}

/* The length of a shot and its motion, means over the time of those first in
 * @order that make up PART of the film. */
static void
measure_part (const Context *self, const guint *order, gdouble *sec,
    gdouble *motion)
{
  gdouble whole = PART * self->plan->duration / GST_SECOND, time = 0.0, n = 0.0;

  *motion = 0.0;
  for (guint i = 0; i < self->plan->cuts->len && time < whole; i++) {
    gdouble length = MIN (cut_sec (self, order[i]), whole - time);
    n += length / cut_sec (self, order[i]);
    *motion += length * get_cut (self, order[i])->motion / whole;
    time += length;
  }
  *sec = time / n;
}

static void
measure_ranges (const Context *self)
{
  guint n = self->plan->cuts->len;
  g_autofree guint *order = g_new (guint, n);
  gdouble calm_sec, calm_motion, loud_sec, loud_motion;

  for (guint i = 0; i < n; i++)
    order[i] = i;
  g_qsort_with_data (order, (gint) n, sizeof (guint), compare_energies,
      (gpointer) self);
  measure_part (self, order, &calm_sec, &calm_motion);
  for (guint i = 0; i < n / 2; i++) {
    guint swap = order[i];
    order[i] = order[n - 1 - i];
    order[n - 1 - i] = swap;
  }
  measure_part (self, order, &loud_sec, &loud_motion);
  self->values[STYLE_PACE_RANGE] = log2 (calm_sec / loud_sec);
  self->values[STYLE_MOTION_RANGE] = loud_motion - calm_motion;
}

/* ---- what is seen ---- */

static gdouble
mood_value (const GstMontageScene *scene)
{
  switch (scene->mood) {
    case GST_MONTAGE_MOOD_ENERGETIC:
      return 1.0;
    case GST_MONTAGE_MOOD_CALM:
      return -1.0;
    default:
      return 0.0;
  }
}

static void
measure_pictures (const Context *self)
{
  gdouble action = 0.0, seen = 0.0, mood = 0.0, sea = 0.0;
  guint n_sea = 0;

  for (guint i = 0; i < self->plan->cuts->len; i++) {
    const GstMontageShot *shot = get_shot (self, i);
    gdouble sec = cut_sec (self, i);

    action += shot->motion > LIVELY ? sec : 0.0;
    if (shot->scene == NULL)
      continue;
    seen += sec;
    mood += sec * mood_value (shot->scene);
    if (gst_montage_scene_shows (shot->scene, "sea")) {
      sea += sec;
      n_sea++;
    }
  }
  self->values[STYLE_ACTION] = action * GST_SECOND / self->plan->duration;
  self->values[STYLE_LIVELY_MOOD] = ratio (mood, seen);
  self->values[STYLE_SEA] = ratio (sea, seen);
  self->values[STYLE_SEA_SEC] = ratio (sea, n_sea);
}

static gdouble
pixel (const gchar *picture, guint index)
{
  return g_ascii_xdigit_value (picture[2 * index]) * 16
      + g_ascii_xdigit_value (picture[2 * index + 1]);
}

static const gchar *
last_picture (const GstMontageShot *shot)
{
  return shot->signature + 2 * SIGNATURE_SIZE;
}

/* Correlation of two pictures. */
static gdouble
likeness (const gchar *a, const gchar *b)
{
  gdouble x = 0, y = 0, xx = 0, yy = 0, xy = 0, n = SIGNATURE_SIZE;

  for (guint i = 0; i < SIGNATURE_SIZE; i++) {
    gdouble p = pixel (a, i), q = pixel (b, i);
    x += p / n;
    y += q / n;
    xx += p * p / n;
    yy += q * q / n;
    xy += p * q / n;
  }

  return (xy - x * y) / sqrt ((xx - x * x) * (yy - y * y));
}

/* Whether a shot shows one view from its first to its last picture, so that
 * these say what is seen at a cut inside of it. */
static gboolean
is_one_view (const GstMontageShot *shot)
{
  return likeness (shot->signature, last_picture (shot)) > MATCHING;
}

static gboolean
is_match (const Context *self, guint index)
{
  const GstMontageCut *before = get_cut (self, index - 1);
  const GstMontageCut *after = get_cut (self, index);
  const GstMontageShot *a = get_shot (self, index - 1);
  const GstMontageShot *b = get_shot (self, index);

  return likeness (last_picture (a), b->signature) > MATCHING
      && (is_one_view (a)
          || before->in_point + before->duration + AROUND_CUT > a->end)
      && (is_one_view (b) || after->in_point < b->start + AROUND_CUT);
}

/* The most that moves in [from, to) of the shot of cut @index. */
static gdouble
most_motion (const Context *self, guint index, GstClockTime from,
    GstClockTime to)
{
  const GstMontageShot *shot = get_shot (self, index);
  GstClockTime step = get_clip (self, index)->curve_step;
  gdouble most = 0.0;

  for (guint i = 0; i < shot->curves.motion->len; i++) {
    GstClockTime start = shot->start + i * step;
    if (start + step > from && start < to)
      most = MAX (most, g_array_index (shot->curves.motion, gint, i) / 1000.0);
  }

  return most;
}

static gboolean
is_hidden (const Context *self, guint index)
{
  const GstMontageCut *before = get_cut (self, index - 1);
  const GstMontageCut *after = get_cut (self, index);
  GstClockTime out = before->in_point + before->duration;

  return most_motion (self, index - 1, out - AROUND_CUT, out) > MOVING
      && most_motion (self, index, after->in_point,
             after->in_point + AROUND_CUT)
      > MOVING;
}

static void
measure_neighbours (const Context *self)
{
  guint n = self->plan->cuts->len, clips = 0, matches = 0, hidden = 0;
  guint sizes = 0, changes = 0;

  for (guint i = 1; i < n; i++) {
    const GstMontageShot *a = get_shot (self, i - 1), *b = get_shot (self, i);

    if (get_cut (self, i)->source != get_cut (self, i - 1)->source) {
      clips++;
      matches += is_match (self, i);
    }
    hidden += is_hidden (self, i);
    if (a->shot_size == GST_MONTAGE_SHOT_SIZE_UNKNOWN
        || b->shot_size == GST_MONTAGE_SHOT_SIZE_UNKNOWN)
      continue;
    sizes++;
    changes += a->shot_size != b->shot_size;
  }
  self->values[STYLE_MATCHES] = ratio (matches, clips);
  self->values[STYLE_HIDDEN] = ratio (hidden, n - 1);
  self->values[STYLE_SIZE_CHANGES] = ratio (changes, sizes);
}

/* ---- transitions and effects ---- */

static void
measure_crossfades (const Context *self)
{
  gdouble sec = 0.0;
  guint n = 0;

  for (guint i = 1; i < self->plan->cuts->len; i++) {
    const GstMontageCut *cut = get_cut (self, i);
    n += cut->transition == GST_MONTAGE_TRANSITION_CROSSFADE;
    sec += (gdouble) cut->transition_duration / GST_SECOND;
  }
  self->values[STYLE_CROSSFADE_SEC] = ratio (sec, n);
}

static void
count_effect (const Context *self, const gchar *effect)
{
  gdouble share = 1.0 / self->plan->cuts->len;

  if (strcmp (effect, "grade:noir") == 0)
    self->values[STYLE_COLORLESS] += share;
  if (g_str_has_prefix (effect, "grade:")
      && strcmp (effect, "grade:neutral") != 0)
    self->values[STYLE_GRADED] += share;
  else if (strcmp (effect, "sharpen") == 0)
    self->values[STYLE_SHARPENED] += share;
  else if (strcmp (effect, "stabilize") == 0)
    self->values[STYLE_STABILIZED] += share;
  else if (strcmp (effect, "upscale") == 0)
    self->values[STYLE_UPSCALED] += share;
}

static void
measure_effects (const Context *self)
{
  for (guint i = 0; i < self->plan->cuts->len; i++) {
    const GstMontageCut *cut = get_cut (self, i);
    for (guint k = 0; cut->effects != NULL && cut->effects[k] != NULL; k++)
      count_effect (self, cut->effects[k]);
  }
}

void
style_measure (const StyleFilm *film, const GstMontagePlan *plan,
    gdouble values[STYLE_N_MEASURES])
{
  const GstMontageMetrics *metrics = &plan->metrics;
  Context self = {film, plan, values};

  memset (values, 0, STYLE_N_MEASURES * sizeof (gdouble));
  values[STYLE_FILM_SEC] = (gdouble) plan->duration / GST_SECOND;
  values[STYLE_CUTS_PER_MINUTE] = metrics->cuts_per_minute;
  values[STYLE_CLIMAX_CUTS_PER_MINUTE] = metrics->climax_cuts_per_minute;
  values[STYLE_MEDIAN_SEC] = metrics->median_clip_sec;
  values[STYLE_VARIATION] = metrics->clip_variation;
  values[STYLE_ON_BEAT] = metrics->cuts_on_beat;
  values[STYLE_ON_DOWNBEAT] = metrics->cuts_on_downbeat;
  values[STYLE_MOTION] = metrics->mean_motion;
  values[STYLE_ENERGY_CORRELATION] = metrics->energy_correlation;
  values[STYLE_WIDE] = metrics->wide_shots;
  values[STYLE_CROSSFADES] = metrics->crossfades;
  values[STYLE_COVERAGE] = metrics->source_coverage;
  measure_lengths (&self);
  measure_parts (&self);
  measure_ranges (&self);
  measure_pictures (&self);
  measure_neighbours (&self);
  measure_crossfades (&self);
  measure_effects (&self);
}

void
style_measure_mean (const StyleFilm *film,
    const GstMontageInstructions *instructions, guint n_seeds,
    gdouble values[STYLE_N_MEASURES])
{
  memset (values, 0, STYLE_N_MEASURES * sizeof (gdouble));
  for (guint seed = 1; seed <= n_seeds; seed++) {
    g_autoptr (GstMontagePlan)
        plan = style_film_plan (film, instructions, seed);
    gdouble of_one[STYLE_N_MEASURES];

    style_measure (film, plan, of_one);
    for (guint i = 0; i < STYLE_N_MEASURES; i++)
      values[i] += of_one[i] / n_seeds;
  }
}
