/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "beatsections.h"

#include <math.h>

#include "beatconstants.h"
#include "beatsnap.h"

#define N_FEATURES (3 + ONSET_CHROMA)

typedef struct
{
  GstClockTime start;
  gdouble energy;
  gdouble bass;
  gdouble features[N_FEATURES];
} Bar;

typedef struct
{
  guint from; /* bars [from, to) */
  guint to;
  gdouble energy;
  gdouble slope; /* energy per bar */
} Part;

/* First beat of each bar; before the first downbeat, the first beat. Beats
 * behind the last whole bar belong to it. */
static GArray *
bar_starts (const GArray *beats, guint beats_per_bar)
{
  guint bar = beats_per_bar > 0 ? beats_per_bar : 4;
  GArray *starts = g_array_new (FALSE, FALSE, sizeof (guint));

  for (guint i = 0; i < beats->len; i++) {
    guint position = g_array_index (beats, GstMontageBeat, i).position;

    if (position == 1 || (beats_per_bar == 0 && i % bar == 0) || i == 0)
      g_array_append_val (starts, i);
  }
  if (starts->len > 1
      && g_array_index (starts, guint, starts->len - 1) + bar > beats->len)
    g_array_set_size (starts, starts->len - 1);
  return starts;
}

static guint
frame_at (GstClockTime time, guint n)
{
  gdouble frame = beat_seconds_to_frame ((gdouble) time / GST_SECOND);

  return (guint) CLAMP (frame + 0.5, 0.0, (gdouble) n);
}

static void
measure_bar (Bar *bar, const OnsetFrame *frames, guint from, guint to)
{
  gdouble *f = bar->features;

  for (guint t = from; t < to; t++) {
    f[0] += frames[t].brightness;
    f[1] += frames[t].low_power;
    f[2] += frames[t].flux;
    for (guint k = 0; k < ONSET_CHROMA; k++)
      f[3 + k] += frames[t].chroma[k];
  }
  for (guint k = 0; to > from && k < N_FEATURES; k++)
    f[k] /= to - from;
  bar->bass = f[1];
}

static void
standardize (GArray *bars)
{
  for (guint k = 0; k < N_FEATURES; k++) {
    gdouble mean = 0.0, square = 0.0;

    for (guint i = 0; i < bars->len; i++)
      mean += g_array_index (bars, Bar, i).features[k] / bars->len;
    for (guint i = 0; i < bars->len; i++)
      square += pow (g_array_index (bars, Bar, i).features[k] - mean, 2.0)
          / bars->len;
    for (guint i = 0; i < bars->len; i++) {
      gdouble *x = &g_array_index (bars, Bar, i).features[k];
      /* Chroma counts like two of the others. */
      gdouble weight = k < 3 ? 1.0 : 2.0 / ONSET_CHROMA;

      *x = square > 1e-9 ? sqrt (weight) * (*x - mean) / sqrt (square) : 0.0;
    }
  }
}

/* Where the beat @i ends; the last lasts as long as the one before. */
static GstClockTime
end_of (const GArray *beats, guint i)
{
  const GstMontageBeat *beat = &g_array_index (beats, GstMontageBeat, i);

  return i + 1 < beats->len ? beat[1].time : 2 * beat->time - beat[-1].time;
}

static GArray *
measure_bars (const OnsetFrame *frames, guint n, const GArray *beats,
    guint beats_per_bar)
{
  g_autoptr (GArray) starts = bar_starts (beats, beats_per_bar);
  GArray *bars = g_array_new (FALSE, TRUE, sizeof (Bar));

  for (guint i = 0; i < starts->len; i++) {
    guint first = g_array_index (starts, guint, i);
    guint past = i + 1 < starts->len ? g_array_index (starts, guint, i + 1)
                                     : beats->len;
    Bar bar = {.start = g_array_index (beats, GstMontageBeat, first).time};

    for (guint k = first; k < past; k++)
      bar.energy += g_array_index (beats, GstMontageBeat, k).energy
          / (past - first);
    measure_bar (&bar, frames, frame_at (bar.start, n),
        frame_at (end_of (beats, past - 1), n));
    g_array_append_val (bars, bar);
  }
  standardize (bars);
  return bars;
}

/* Squared distance of bars [from, to) from their mean, energy included. */
static gdouble
spread (const GArray *bars, guint from, guint to)
{
  gdouble sum[N_FEATURES + 1] = {0}, square = 0.0;

  for (guint i = from; i < to; i++) {
    const Bar *bar = &g_array_index (bars, Bar, i);
    gdouble energy = SECTION_ENERGY * bar->energy;

    for (guint k = 0; k < N_FEATURES; k++) {
      sum[k] += bar->features[k];
      square += bar->features[k] * bar->features[k];
    }
    sum[N_FEATURES] += energy;
    square += energy * energy;
  }
  for (guint k = 0; k <= N_FEATURES; k++)
    square -= sum[k] * sum[k] / (to - from);
  return square;
}

/* Parts last 8 bars, or 4, or 2, in that order of likelihood (after the
 * penalties of Marmoret et al. 2020 for block-matching segmentation). */
static gdouble
length_cost (guint bars)
{
  if (bars % 8 == 0)
    return SECTION_COST;
  if (bars % 4 == 0)
    return 1.25 * SECTION_COST;
  if (bars % 2 == 0)
    return 1.5 * SECTION_COST;
  return (bars == 1 ? 4.0 : 2.0) * SECTION_COST;
}

static GArray *
best_parts (const GArray *bars)
{
  guint n = bars->len;
  g_autofree gdouble *cost = g_new0 (gdouble, n + 1);
  g_autofree guint *from = g_new0 (guint, n + 1);
  GArray *parts = g_array_new (FALSE, TRUE, sizeof (Part));

  for (guint to = 1; to <= n; to++) {
    cost[to] = G_MAXDOUBLE;
    for (guint k = to > SECTION_LONGEST ? to - SECTION_LONGEST : 0; k < to;
         k++) {
      gdouble c = cost[k] + spread (bars, k, to) + length_cost (to - k);

      if (c < cost[to]) {
        cost[to] = c;
        from[to] = k;
      }
    }
  }
  for (guint to = n; to > 0; to = from[to]) {
    Part part = {.from = from[to], .to = to};
    g_array_prepend_val (parts, part);
  }
  return parts;
}

static void
measure_part (Part *part, const GArray *bars)
{
  guint n = part->to - part->from;
  gdouble sum = 0.0, moment = 0.0;

  for (guint i = 0; i < n; i++) {
    gdouble energy = g_array_index (bars, Bar, part->from + i).energy;

    sum += energy;
    moment += (i - 0.5 * (n - 1)) * energy;
  }
  part->energy = sum / n;
  part->slope = n > 1 ? 12.0 * moment / (n * (n * (gdouble) n - 1.0)) : 0.0;
}

/* The rules: a part of high energy is a chorus, or a drop where it comes up
 * suddenly or out of a build; one that rises to it is a build; a low one after a
 * high one is a break; low ends are intro and outro; the rest is verse. */
static GstMontageSectionLabel
label_of (const GArray *parts, guint i)
{
  const Part *part = &g_array_index (parts, Part, i);
  gdouble before = i > 0 ? part[-1].energy : 0.0;
  gdouble after = i + 1 < parts->len ? part[1].energy : 0.0;

  if (i == 0 && parts->len > 1 && part->energy < SECTION_END)
    return GST_MONTAGE_SECTION_INTRO;
  if (i > 0 && i + 1 == parts->len && part->energy < SECTION_END)
    return GST_MONTAGE_SECTION_OUTRO;
  if (part->energy > SECTION_HIGH)
    return i > 0 && part->energy - before > SECTION_DROP_STEP
        ? GST_MONTAGE_SECTION_DROP
        : GST_MONTAGE_SECTION_CHORUS;
  if (after > SECTION_HIGH && part->slope > SECTION_BUILD_SLOPE)
    return GST_MONTAGE_SECTION_BUILD;
  if (part->energy < SECTION_LOW && before > SECTION_END)
    return GST_MONTAGE_SECTION_BREAK;
  return GST_MONTAGE_SECTION_VERSE;
}

GArray *
beat_sections (const OnsetFrame *frames, guint n, const GArray *beats,
    guint beats_per_bar, GstClockTime duration)
{
  GArray *sections = g_array_new (FALSE, TRUE, sizeof (GstMontageSection));
  g_autoptr (GArray) bars = NULL;
  g_autoptr (GArray) parts = NULL;

  if (beats->len < SECTION_FEWEST_BEATS) {
    GstMontageSection whole = {0, duration, GST_MONTAGE_SECTION_UNKNOWN, 0.5};

    if (duration > 0)
      g_array_append_val (sections, whole);
    return sections;
  }
  bars = measure_bars (frames, n, beats, beats_per_bar);
  parts = best_parts (bars);
  for (guint i = 0; i < parts->len; i++)
    measure_part (&g_array_index (parts, Part, i), bars);
  for (guint i = 0; i < parts->len; i++) {
    const Part *part = &g_array_index (parts, Part, i);
    GstMontageSection section = {.start = i > 0
            ? g_array_index (bars, Bar, part->from).start
            : 0,
        .end = part->to < bars->len ? g_array_index (bars, Bar, part->to).start
                                    : duration,
        .label = label_of (parts, i),
        .energy = CLAMP (part->energy, 0.0, 1.0)};

    g_array_append_val (sections, section);
  }
  return sections;
}
