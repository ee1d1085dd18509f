/* SPDX-License-Identifier: LGPL-2.1-or-later */

/* How the cuts lie in the music. */

#include <math.h>

#include "planmetrics.h"
#include "planstatistics.h"

/* Of the film: of what counts as its climax, and as its intro. */
#define PART_SHARE 0.2

static const GstMontageCut *
get_cut (const GstMontagePlan *plan, guint index)
{
  return &g_array_index (plan->cuts, GstMontageCut, index);
}

static const GstMontageBeat *
get_beat (const GstMontagePlan *plan, guint index)
{
  return &g_array_index (plan->music.beats, GstMontageBeat, index);
}

/* Index of the first beat after song time @time. */
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

/* ---- cuts on beats ---- */

/* From song time @time to the nearest beat in ms; FALSE where that is more than
 * half a beat away: the beats have not begun, or have ended. */
static gboolean
beat_distance (const GstMontagePlan *plan, GstClockTime time, gdouble *ms)
{
  const GArray *beats = plan->music.beats;
  guint after = beat_after (beats, time);
  guint first = CLAMP (after, 1, beats->len - 1) - 1;
  GstClockTime a = get_beat (plan, first)->time;
  GstClockTime b = get_beat (plan, first + 1)->time;
  gint64 nearest = MIN (ABS (GST_CLOCK_DIFF (a, time)),
      ABS (GST_CLOCK_DIFF (b, time)));

  *ms = (gdouble) nearest / GST_MSECOND;
  return (guint64) nearest <= (b - a + 1) / 2;
}

/* The film's start is no cut: a film may start between two beats. */
static void
compute_beats (const GstMontagePlan *plan, GstMontageMetrics *metrics)
{
  g_autoptr (GArray) distances = g_array_new (FALSE, FALSE, sizeof (gdouble));
  guint n = MAX (plan->cuts->len - 1, 1), on_beat = 0, on_downbeat = 0;
  gdouble error = 0.0;

  for (guint i = 1; i < plan->cuts->len; i++) {
    const GstMontageCut *cut = get_cut (plan, i);
    GstClockTime time = plan->music.start + cut->start;
    gdouble ms;

    if (plan->music.beats->len >= 2 && beat_distance (plan, time, &ms))
      g_array_append_val (distances, ms);
    if (cut->beat < 0 || (guint) cut->beat >= plan->music.beats->len)
      continue;
    on_beat++;
    on_downbeat += get_beat (plan, (guint) cut->beat)->position == 1;
    error += (gdouble) ABS (
        GST_CLOCK_DIFF (get_beat (plan, (guint) cut->beat)->time, time));
  }
  metrics->cuts_on_beat = (gdouble) on_beat / n;
  metrics->cuts_on_downbeat = (gdouble) on_downbeat / n;
  metrics->cut_beat_error_ms = on_beat > 0 ? error / on_beat / GST_MSECOND
                                           : 0.0;
  metrics->cut_beat_error_median_ms = montage_median (distances);
  metrics->cut_beat_error_p95_ms = montage_quantile (distances, 0.95);
}

/* ---- cuts on the starts of sections ---- */

static gboolean
is_hit (const GstMontagePlan *plan, GstClockTime start)
{
  GstClockTime near = 2 * gst_montage_output_frame_time (&plan->output, 1);

  for (guint i = 1; i < plan->cuts->len; i++) {
    if ((GstClockTime) ABS (GST_CLOCK_DIFF (start, get_cut (plan, i)->start))
        <= near)
      return TRUE;
  }

  return FALSE;
}

/* Of the sections that start in the film, but not so near its ends that a cut
 * there would leave less than the shortest shot; 1 without any. */
static void
compute_sections (const GstMontagePlan *plan, GstMontageMetrics *metrics)
{
  GstClockTime shortest =
      (GstClockTime) (plan->instructions->constraints.min_clip_duration_sec
          * GST_SECOND);
  guint n = 0, hits = 0;

  for (guint i = 0; i < plan->music.sections->len; i++) {
    GstClockTime start =
        g_array_index (plan->music.sections, GstMontageSection, i).start;

    if (start < plan->music.start + shortest
        || start + shortest > plan->music.start + plan->duration)
      continue;
    n++;
    hits += is_hit (plan, start - plan->music.start);
  }
  metrics->section_hits = n > 0 ? (gdouble) hits / n : 1.0;
}

/* ---- energy ---- */

static void
compute_energy (const GstMontagePlan *plan, GstMontageMetrics *metrics)
{
  guint n = plan->cuts->len;
  g_autofree gdouble *energy = g_new (gdouble, n);
  g_autofree gdouble *motion = g_new (gdouble, n);
  g_autoptr (GArray)
      spread = g_array_new (FALSE, FALSE, sizeof (MontageWeighted));

  for (guint i = 0; i < n; i++) {
    const GstMontageCut *cut = get_cut (plan, i);
    MontageWeighted part = {cut->energy, (gdouble) cut->duration};

    energy[i] = cut->energy;
    motion[i] = cut->motion;
    g_array_append_val (spread, part);
  }
  metrics->energy_correlation = montage_correlate_ranks (energy, motion, n);
  metrics->energy_range = montage_spread (spread);
}

/* ---- cuts per minute in parts of the film ---- */

/* A part of the film, [start, end), whose music has one energy. */
typedef struct
{
  GstClockTime start;
  GstClockTime end;
  gdouble energy;
} Stretch;

/* How many cuts are in [from, to): each is spread over its length. */
static gdouble
count_cuts (const GstMontagePlan *plan, GstClockTime from, GstClockTime to)
{
  gdouble n = 0.0;

  for (guint i = 0; i < plan->cuts->len; i++) {
    const GstMontageCut *cut = get_cut (plan, i);
    GstClockTime start = MAX (from, cut->start);
    GstClockTime end = MIN (to, cut->start + cut->duration);

    if (end > start)
      n += (gdouble) (end - start) / cut->duration;
  }

  return n;
}

static void
add_stretch (GArray *stretches, const GstMontagePlan *plan, GstClockTime from,
    GstClockTime to, gdouble energy)
{
  GstClockTime start = plan->music.start;
  Stretch stretch = {
      .start = MAX (from, start) - start,
      .end = MIN (MAX (to, start) - start, plan->duration),
      .energy = energy,
  };

  if (stretch.end > stretch.start)
    g_array_append_val (stretches, stretch);
}

/* By beats, whose energies do not depend on the cuts; else by cuts. */
static GArray *
list_stretches (const GstMontagePlan *plan)
{
  const GArray *beats = plan->music.beats;
  GArray *stretches = g_array_new (FALSE, FALSE, sizeof (Stretch));

  for (guint i = 0; beats->len >= 2 && i < beats->len; i++) {
    const GstMontageBeat *beat = get_beat (plan, i);
    GstClockTime from = i > 0 ? beat->time : 0;
    GstClockTime to = i + 1 < beats->len ? get_beat (plan, i + 1)->time
                                         : GST_CLOCK_TIME_NONE;

    add_stretch (stretches, plan, from, to, beat->energy);
  }
  for (guint i = 0; beats->len < 2 && i < plan->cuts->len; i++) {
    const GstMontageCut *cut = get_cut (plan, i);
    Stretch stretch = {cut->start, cut->start + cut->duration, cut->energy};

    g_array_append_val (stretches, stretch);
  }

  return stretches;
}

static gint
compare_stretches (gconstpointer a, gconstpointer b)
{
  const Stretch *x = a, *y = b;

  if (x->energy != y->energy)
    return x->energy > y->energy ? -1 : 1;
  return (x->start > y->start) - (x->start < y->start);
}

/* What is of one energy counts by the same share, so that which of it comes
 * first says nothing. */
static gdouble
climax_rate (const GstMontagePlan *plan)
{
  g_autoptr (GArray) stretches = list_stretches (plan);
  gdouble asked = PART_SHARE * plan->duration, rest = asked, n = 0.0;

  g_array_sort (stretches, compare_stretches);
  for (guint i = 0; i < stretches->len && rest > 0;) {
    gdouble energy = g_array_index (stretches, Stretch, i).energy;
    gdouble length = 0.0, inside = 0.0, share;

    for (; i < stretches->len; i++) {
      const Stretch *stretch = &g_array_index (stretches, Stretch, i);

      if (stretch->energy != energy)
        break;
      length += (gdouble) (stretch->end - stretch->start);
      inside += count_cuts (plan, stretch->start, stretch->end);
    }
    share = MIN (rest / length, 1.0);
    n += share * inside;
    rest -= share * length;
  }

  return n * 60 * GST_SECOND / asked;
}

void
montage_metrics_compute_music (const GstMontagePlan *plan,
    GstMontageMetrics *metrics)
{
  gdouble intro = PART_SHARE * plan->duration;

  compute_beats (plan, metrics);
  compute_sections (plan, metrics);
  compute_energy (plan, metrics);
  metrics->climax_cuts_per_minute = climax_rate (plan);
  metrics->intro_cuts_per_minute = count_cuts (plan, 0, (GstClockTime) intro)
      * 60 * GST_SECOND / intro;
}
