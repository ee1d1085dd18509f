/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "beatsections.h"

#include <math.h>

#include "beatconstants.h"
#include "beatsnap.h"
#include "sectionlabels.h"

/* What a bar sounds like. */
typedef enum
{
  COLOUR_BRIGHTNESS,
  COLOUR_DENSITY,
  COLOUR_KICK,
  COLOUR_SNARE,
  COLOUR_REGISTERS,
  COLOUR_CHROMA = COLOUR_REGISTERS + SECTION_REGISTERS,
  COLOUR_ENERGY = COLOUR_CHROMA + ONSET_CHROMA,
  N_COLOURS
} Colour;

typedef struct
{
  GstClockTime start;
  gdouble energy;
  gdouble colours[N_COLOURS]; /* in deviations, by their weights */
} Bar;

typedef struct
{
  guint from; /* bars [from, to) */
  guint to;
  gdouble mean[N_COLOURS];
} Part;

typedef struct
{
  const OnsetFrame *frames;
  guint n_frames;
  const ToneFront *tones;
  GArray *bars;  /* of Bar */
  GArray *parts; /* of Part */
  gdouble cost;  /* of a part */
} Sections;

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
measure_bar (const Sections *self, Bar *bar, GstClockTime end)
{
  guint from = frame_at (bar->start, self->n_frames);
  guint to = MAX (frame_at (end, self->n_frames), from + 1);
  gdouble *x = bar->colours;
  ToneFrame tones;

  for (guint t = from; t < MIN (to, self->n_frames); t++) {
    x[COLOUR_BRIGHTNESS] += self->frames[t].brightness / (to - from);
    x[COLOUR_DENSITY] += self->frames[t].flux / (to - from);
    x[COLOUR_KICK] += self->frames[t].low / (to - from);
    x[COLOUR_SNARE] += self->frames[t].high / (to - from);
  }
  tone_front_mean (self->tones, (gdouble) bar->start / GST_SECOND,
      (gdouble) end / GST_SECOND, &tones);
  for (guint k = 0; k < TONE_SEMITONES; k++) {
    x[COLOUR_REGISTERS + k * SECTION_REGISTERS / TONE_SEMITONES] +=
        tones.level[k];
    x[COLOUR_CHROMA + k % ONSET_CHROMA] += tones.level[k];
  }
  x[COLOUR_ENERGY] = bar->energy;
}

static gdouble
weight_of (guint colour)
{
  if (colour < COLOUR_REGISTERS)
    return 1.0;
  if (colour < COLOUR_CHROMA)
    return SECTION_REGISTER_WEIGHT / SECTION_REGISTERS;
  return colour < COLOUR_ENERGY ? SECTION_CHROMA_WEIGHT / ONSET_CHROMA
                                : SECTION_ENERGY_WEIGHT;
}

static void
standardize (GArray *bars)
{
  for (guint k = 0; k < N_COLOURS; k++) {
    gdouble mean = 0.0, square = 0.0;

    for (guint i = 0; i < bars->len; i++)
      mean += g_array_index (bars, Bar, i).colours[k] / bars->len;
    for (guint i = 0; i < bars->len; i++)
      square += pow (g_array_index (bars, Bar, i).colours[k] - mean, 2.0)
          / bars->len;
    for (guint i = 0; i < bars->len; i++) {
      gdouble *x = &g_array_index (bars, Bar, i).colours[k];

      *x = square > 1e-9 ? sqrt (weight_of (k) / square) * (*x - mean) : 0.0;
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

static void
measure_bars (Sections *self, const GArray *beats, guint beats_per_bar)
{
  g_autoptr (GArray) starts = bar_starts (beats, beats_per_bar);

  for (guint i = 0; i < starts->len; i++) {
    guint first = g_array_index (starts, guint, i);
    guint past = i + 1 < starts->len ? g_array_index (starts, guint, i + 1)
                                     : beats->len;
    Bar bar = {.start = g_array_index (beats, GstMontageBeat, first).time};

    for (guint k = first; k < past; k++)
      bar.energy += g_array_index (beats, GstMontageBeat, k).energy
          / (past - first);
    measure_bar (self, &bar, end_of (beats, past - 1));
    g_array_append_val (self->bars, bar);
  }
  standardize (self->bars);
}

static gint
compare_doubles (gconstpointer a, gconstpointer b)
{
  gdouble x = *(const gdouble *) a, y = *(const gdouble *) b;

  return (x > y) - (x < y);
}

static gdouble
distance (const gdouble *a, const gdouble *b)
{
  gdouble sum = 0.0;

  for (guint k = 0; k < N_COLOURS; k++)
    sum += (a[k] - b[k]) * (a[k] - b[k]);
  return sum;
}

/* How much bars differ that follow each other, by the median: where music never
 * repeats itself, a new part must differ more to be one. */
static gdouble
unrest (const GArray *bars)
{
  g_autofree gdouble *steps = g_new0 (gdouble, bars->len);
  guint n = bars->len - 1;

  for (guint i = 0; i < n; i++)
    steps[i] = distance (g_array_index (bars, Bar, i).colours,
        g_array_index (bars, Bar, i + 1).colours);
  qsort (steps, n, sizeof (gdouble), compare_doubles);
  return n > 0 ? 0.5 * steps[n / 2] : 0.0;
}

/* Squared distance of bars [from, to) from their mean. */
static gdouble
spread (const GArray *bars, guint from, guint to)
{
  gdouble sum[N_COLOURS] = {0}, square = 0.0;

  for (guint i = from; i < to; i++) {
    const gdouble *x = g_array_index (bars, Bar, i).colours;

    for (guint k = 0; k < N_COLOURS; k++) {
      sum[k] += x[k];
      square += x[k] * x[k];
    }
  }
  for (guint k = 0; k < N_COLOURS; k++)
    square -= sum[k] * sum[k] / (to - from);
  return square;
}

/* Parts last 8 bars, or 4, or 2, in that order of likelihood (after the
 * penalties of Marmoret et al. 2020 for block-matching segmentation); what is
 * shorter than 4 bars is rather a fill. */
static gdouble
length_cost (guint bars)
{
  if (bars % 8 == 0)
    return 1.0;
  if (bars % 4 == 0)
    return 1.25;
  if (bars > 2 && bars % 2 == 0)
    return 1.5;
  return bars < 4 ? 4.0 : 2.0;
}

static void
split (Sections *self)
{
  guint n = self->bars->len;
  g_autofree gdouble *cost = g_new0 (gdouble, n + 1);
  g_autofree guint *from = g_new0 (guint, n + 1);

  for (guint to = 1; to <= n; to++) {
    cost[to] = G_MAXDOUBLE;
    for (guint k = to > SECTION_LONGEST ? to - SECTION_LONGEST : 0; k < to;
         k++) {
      gdouble c = cost[k] + spread (self->bars, k, to)
          + self->cost * length_cost (to - k);

      if (c < cost[to]) {
        cost[to] = c;
        from[to] = k;
      }
    }
  }
  for (guint to = n; to > 0; to = from[to]) {
    Part part = {.from = from[to], .to = to};
    g_array_prepend_val (self->parts, part);
  }
}

/* Mean, energy, and the rise of a line through the energies. */
static void
measure_part (const Sections *self, Part *part, SectionPart *out)
{
  guint n = part->to - part->from;
  gdouble sum = 0.0, moment = 0.0;

  for (guint i = 0; i < n; i++) {
    const Bar *bar = &g_array_index (self->bars, Bar, part->from + i);

    for (guint k = 0; k < N_COLOURS; k++)
      part->mean[k] += bar->colours[k] / n;
    sum += bar->energy;
    moment += (i - 0.5 * (n - 1)) * bar->energy;
  }
  out->bars = n;
  out->energy = CLAMP (sum / n, 0.0, 1.0);
  out->rise = n > 1 ? 12.0 * moment / (n * (n + 1.0)) : 0.0;
}

/* Each part joins the first one before that it could be a part with. */
static void
find_groups (const Sections *self, SectionPart *out)
{
  const Part *parts = (const Part *) (gpointer) self->parts->data;

  for (guint i = 0; i < self->parts->len; i++) {
    gdouble n = out[i].bars, best = SECTION_ALIKE * self->cost;

    out[i].group = i;
    for (guint k = 0; k < i; k++) {
      gdouble d = n * out[k].bars / (n + out[k].bars)
          * distance (parts[i].mean, parts[k].mean);

      if (d < best) {
        best = d;
        out[i].group = out[k].group;
      }
    }
  }
}

/* Is part @i the same section as the one before? So are long parts that were cut
 * at the longest length, and pieces of an end. */
static gboolean
goes_on (const SectionPart *parts, guint i)
{
  return i > 0 && parts[i].label == parts[i - 1].label
      && (parts[i].group == parts[i - 1].group
          || parts[i].label == GST_MONTAGE_SECTION_INTRO
          || parts[i].label == GST_MONTAGE_SECTION_OUTRO);
}

static GArray *
tell (const Sections *self, const SectionPart *named, GstClockTime duration)
{
  GArray *sections = g_array_new (FALSE, TRUE, sizeof (GstMontageSection));
  const Bar *bars = (const Bar *) (gpointer) self->bars->data;
  guint n_bars = 0; /* of the section */

  for (guint i = 0; i < self->parts->len; i++) {
    const Part *part = &g_array_index (self->parts, Part, i);
    GstMontageSection *section;

    if (!goes_on (named, i)) {
      GstMontageSection next = {.start = i > 0 ? bars[part->from].start : 0,
          .label = named[i].label};

      g_array_append_val (sections, next);
      n_bars = 0;
    }
    section = &g_array_index (sections, GstMontageSection, sections->len - 1);
    section->end = part->to < self->bars->len ? bars[part->to].start : duration;
    section->energy = (section->energy * n_bars
                          + named[i].energy * named[i].bars)
        / (n_bars + named[i].bars);
    n_bars += named[i].bars;
  }
  return sections;
}

static GArray *
one_section (GstClockTime duration)
{
  GArray *sections = g_array_new (FALSE, TRUE, sizeof (GstMontageSection));
  GstMontageSection whole = {0, duration, GST_MONTAGE_SECTION_UNKNOWN, 0.5};

  if (duration > 0)
    g_array_append_val (sections, whole);
  return sections;
}

GArray *
beat_sections (const OnsetFrame *frames, guint n, const ToneFront *tones,
    const GArray *beats, guint beats_per_bar, GstClockTime duration)
{
  g_autoptr (GArray) bars = g_array_new (FALSE, TRUE, sizeof (Bar));
  g_autoptr (GArray) parts = g_array_new (FALSE, TRUE, sizeof (Part));
  g_autofree SectionPart *named = NULL;
  Sections self = {frames, n, tones, bars, parts, 0.0};

  if (beats->len < SECTION_FEWEST_BEATS)
    return one_section (duration);
  measure_bars (&self, beats, beats_per_bar);
  self.cost = MAX (SECTION_LEAST_COST, SECTION_COST * unrest (bars));
  split (&self);
  named = g_new0 (SectionPart, parts->len);
  for (guint i = 0; i < parts->len; i++)
    measure_part (&self, &g_array_index (parts, Part, i), &named[i]);
  find_groups (&self, named);
  section_labels (named, parts->len);
  return tell (&self, named, duration);
}
