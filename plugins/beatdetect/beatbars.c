/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "beatbars.h"

#include <math.h>

#include "barevidence.h"
#include "barweights.h"
#include "beatconstants.h"
#include "beatsnap.h"

#define MOST_METRES 3
#define MOST_STATES 64
#define MOST_BEATS 16 /* per bar */

/* Where in a bar of which metre a beat may be: states [first, first + beats)
 * belong to one metre, in the order of their positions. */
typedef struct
{
  guint beats;
  guint first;
  gdouble prior;
} Metre;

typedef struct
{
  const gfloat *evidence;
  const GArray *times;
  Metre metres[MOST_METRES];
  guint n_metres;
  guint n_states;
  gint known; /* a beat that is a downbeat, or -1 */
  gdouble scores[MOST_STATES];
  guint8 *from; /* per beat and state: the state before */
} Bars;

static gdouble
time_at (const GArray *times, guint i)
{
  return g_array_index (times, gdouble, i);
}

static gdouble
mean_peak (const Activation *activation, const GArray *times, gdouble part)
{
  gdouble sum = 0.0;

  for (guint i = 0; i + 1 < times->len; i++) {
    gdouble length = time_at (times, i + 1) - time_at (times, i);
    gint frame = (gint) (beat_seconds_to_frame (
                             time_at (times, i) + part * length)
        + 0.5);
    gfloat best = 0.0f;

    for (gint t = frame - 1; t <= frame + 1; t++)
      if (t >= 0 && t < (gint) activation->n)
        best = MAX (best, activation->all[t]);
    sum += best;
  }
  return times->len > 1 ? sum / (times->len - 1) : 0.0;
}

guint
beat_subdivisions (const Activation *activation, const GArray *times)
{
  gdouble thirds = mean_peak (activation, times, 1.0 / 3.0)
      + mean_peak (activation, times, 2.0 / 3.0);
  gdouble halves = mean_peak (activation, times, 0.5)
      + 0.5
          * (mean_peak (activation, times, 0.25)
              + mean_peak (activation, times, 0.75));

  if (MAX (thirds, halves) < BAR_LEAST_PARTS)
    return 0;
  return thirds > halves ? 3 : 2;
}

static void
add_metre (Bars *self, guint beats, gdouble prior)
{
  self->metres[self->n_metres++] = (Metre){beats, self->n_states, prior};
  self->n_states += beats;
}

static const gfloat *
weights_of (guint beats)
{
  switch (beats) {
    case 2:
      return bar_weights_2;
    case 3:
      return bar_weights_3;
    default:
      return bar_weights_4;
  }
}

void
beat_bars_observe (const gfloat *row, guint beats, gdouble *out)
{
  const gfloat *weights = weights_of (beats);
  guint fitted = CLAMP (beats, 2, 4);
  gdouble z[4] = {0}, sum = 0.0, downbeat;

  for (guint p = 0; p < fitted; p++) {
    for (guint k = 0; k < N_BAR_EVIDENCE; k++)
      z[p] += weights[k * fitted + p] * row[k];
    sum += exp (z[p]);
  }
  if (beats == fitted) {
    for (guint p = 0; p < beats; p++)
      out[p] = BAR_TRUST * (z[p] - log (sum / beats));
    return;
  }
  downbeat = exp (z[0]) / sum;
  out[0] = BAR_TRUST * log (downbeat * fitted);
  for (guint p = 1; p < beats; p++)
    out[p] = BAR_TRUST * log ((1.0 - downbeat) * fitted / (fitted - 1.0));
}

static void
observe (const Bars *self, guint i, gdouble *out)
{
  for (guint m = 0; m < self->n_metres; m++) {
    const Metre *metre = &self->metres[m];

    beat_bars_observe (self->evidence + (gsize) i * N_BAR_EVIDENCE,
        metre->beats, out + metre->first);
    for (guint p = 1; (gint) i == self->known && p < metre->beats; p++)
      out[metre->first + p] = -G_MAXFLOAT;
  }
}

/* Were there no beats before beat @i for a while? */
static gboolean
after_gap (const Bars *self, guint i)
{
  gdouble length = time_at (self->times, i) - time_at (self->times, i - 1);
  gdouble other = length;

  if (i >= 2)
    other = time_at (self->times, i - 1) - time_at (self->times, i - 2);
  if (i + 1 < self->times->len)
    other = MIN (other,
        time_at (self->times, i + 1) - time_at (self->times, i));
  return length > BAR_PAUSE_BEATS * other;
}

/* What it costs to begin a bar at beat @i before the last one is full; where the
 * user has said when a bar begins, they are cut by gaps only. */
static gdouble
cut_cost (const Bars *self, guint i)
{
  const gfloat *before = self->evidence + (gsize) (i - 1) * N_BAR_EVIDENCE;

  if (after_gap (self, i))
    return BAR_PAUSE_COST;
  if (self->known >= 0)
    return G_MAXFLOAT;
  return before[BAR_LOUDNESS] < BAR_PAUSE_LOUDNESS ? BAR_PAUSE_COST
                                                   : BAR_CUT_COST;
}

static guint
best_state (const gdouble *scores, guint n)
{
  guint best = 0;

  for (guint s = 1; s < n; s++)
    if (scores[s] > scores[best])
      best = s;
  return best;
}

static void
advance (Bars *self, guint i)
{
  gdouble observed[MOST_STATES], before[MOST_STATES];
  gdouble cost = cut_cost (self, i);
  guint8 *from = self->from + (gsize) i * self->n_states;
  guint best;

  for (guint s = 0; s < self->n_states; s++)
    before[s] = self->scores[s];
  best = best_state (before, self->n_states);
  observe (self, i, observed);
  for (guint m = 0; m < self->n_metres; m++) {
    const Metre *metre = &self->metres[m];
    guint last = metre->first + metre->beats - 1;

    for (guint s = metre->first; s <= last; s++) {
      guint source = s == metre->first ? last : s - 1;
      gdouble score = before[source];

      if (s == metre->first) {
        gboolean same = best >= metre->first && best <= last;
        gdouble other = before[best] - cost - (same ? 0.0 : BAR_CHANGE_COST);

        if (other > score) {
          score = other;
          source = best;
        }
      }
      self->scores[s] = score + observed[s];
      from[s] = (guint8) source;
    }
  }
}

/* A song rather begins with a bar than within one. */
static void
start (Bars *self)
{
  gdouble observed[MOST_STATES];

  observe (self, 0, observed);
  for (guint m = 0; m < self->n_metres; m++) {
    const Metre *metre = &self->metres[m];

    for (guint p = 0; p < metre->beats; p++)
      self->scores[metre->first + p] = observed[metre->first + p] + metre->prior
          - log (metre->beats) + (p == 0 ? BAR_START : 0.0);
  }
}

static const Metre *
metre_of (const Bars *self, guint state)
{
  guint m = 0;

  while (m + 1 < self->n_metres && state >= self->metres[m + 1].first)
    m++;
  return &self->metres[m];
}

/* Follows the best path back; returns the most frequent metre. */
static guint
trace (const Bars *self, guint *positions)
{
  guint counts[MOST_BEATS + 1] = {0}, state, most = 0;

  state = best_state (self->scores, self->n_states);
  for (guint i = self->times->len; i-- > 0;) {
    const Metre *metre = metre_of (self, state);

    positions[i] = state - metre->first + 1;
    counts[metre->beats]++;
    state = self->from[(gsize) i * self->n_states + state];
  }
  for (guint beats = 1; beats <= MOST_BEATS; beats++)
    if (counts[beats] > counts[most])
      most = beats;
  return most;
}

static gint
nearest_beat (const GArray *times, gdouble seconds)
{
  gint best = 0;

  for (guint i = 1; i < times->len; i++)
    if (fabs (time_at (times, i) - seconds)
        < fabs (time_at (times, (guint) best) - seconds))
      best = (gint) i;
  return best;
}

/* As those of a metronome. */
static gboolean
beats_are_alike (const gfloat *evidence, guint n)
{
  gdouble square = 0.0;

  for (gsize i = 0; i < (gsize) n * N_BAR_EVIDENCE; i++)
    square += evidence[i] * evidence[i];
  return square < BAR_LEAST * n;
}

static void
add_common_metres (Bars *self, guint subdivisions)
{
  add_metre (self, 4, 0.0);
  add_metre (self, 3, BAR_THREE);
  add_metre (self, 2, subdivisions == 3 ? BAR_TWO_OF_THREE : BAR_TWO);
}

/* Scores of the states after the last beat. */
static void
count_on (Bars *self)
{
  start (self);
  for (guint i = 1; i < self->times->len; i++)
    advance (self, i);
}

guint
beat_bars (const gfloat *evidence, const GArray *times, guint subdivisions,
    const BeatSettings *settings, guint *positions)
{
  gboolean told = settings->beats_per_bar > 0 || settings->first_downbeat >= 0;
  Bars self = {evidence, times, .known = -1};
  g_autofree guint8 *from = NULL;

  for (guint i = 0; i < times->len; i++)
    positions[i] = 0;
  if (told ? times->len < 2
           : times->len < BAR_FEWEST || beats_are_alike (evidence, times->len))
    return 0;
  if (settings->beats_per_bar > 0)
    add_metre (&self, MIN (settings->beats_per_bar, MOST_BEATS), 0.0);
  else
    add_common_metres (&self, subdivisions);
  if (settings->first_downbeat >= 0)
    self.known = nearest_beat (times,
        settings->first_downbeat - settings->offset);
  self.from = from = g_new0 (guint8, (gsize) times->len * self.n_states);
  count_on (&self);
  return trace (&self, positions);
}

gdouble
beat_bars_fit (const gfloat *evidence, const GArray *times, guint subdivisions)
{
  Bars self = {evidence, times, .known = -1};
  g_autofree guint8 *from = NULL;

  if (times->len < BAR_FEWEST)
    return 0.0;
  add_common_metres (&self, subdivisions);
  self.from = from = g_new0 (guint8, (gsize) times->len * self.n_states);
  count_on (&self);
  return self.scores[best_state (self.scores, self.n_states)] / BAR_TRUST
      / times->len;
}
