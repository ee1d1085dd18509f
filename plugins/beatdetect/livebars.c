/* SPDX-License-Identifier: GPL-3.0-or-later */

/* As beatbars.c, with what can be measured of a beat soon after it. */

#include "livebars.h"

#include <math.h>
#include <string.h>

#include "beatbars.h"
#include "beatconstants.h"

void
live_bars_init (LiveBars *self, guint beats_per_bar)
{
  memset (self, 0, sizeof (*self));
  if (beats_per_bar > 0) {
    self->metres[self->n_metres++] = MIN (beats_per_bar, LIVE_BARS_STATES);
    return;
  }
  self->metres[self->n_metres++] = 4;
  self->metres[self->n_metres++] = 3;
  for (guint s = 4; s < 7; s++)
    self->scores[s] = BAR_THREE;
}

/* Less the mean lately, in deviations lately. */
static void
standardize (LiveBars *self, gfloat *row)
{
  gdouble part = MAX (1.0 / (self->n + 1.0), 1.0 / LIVE_BAR_BEATS);

  for (guint k = 0; k < N_BAR_EVIDENCE; k++) {
    gdouble above, scale;

    self->mean[k] += part * (row[k] - self->mean[k]);
    above = row[k] - self->mean[k];
    self->square[k] += part * (above * above - self->square[k]);
    scale = MAX (sqrt (self->square[k]), bar_evidence_least[k]);
    row[k] = (gfloat) CLAMP (above / scale, -BAR_MOST, BAR_MOST);
  }
}

static guint
best_state (const LiveBars *self)
{
  guint best = 0, n = 0;

  for (guint m = 0; m < self->n_metres; m++)
    n += self->metres[m];
  for (guint s = 1; s < n; s++)
    if (self->scores[s] > self->scores[best])
      best = s;
  return best;
}

/* The states of metre @first one beat on; @best is what any bar may begin
 * from. */
static void
step (gdouble *scores, guint beats, gdouble best)
{
  gdouble last = scores[beats - 1];

  memmove (scores + 1, scores, (beats - 1) * sizeof (gdouble));
  scores[0] = MAX (last, best - BAR_CUT_COST);
}

void
live_bars_advance (LiveBars *self, guint steps, gfloat *row)
{
  gdouble observed[LIVE_BARS_STATES], best;
  guint first = 0;

  if (row)
    standardize (self, row);
  for (guint i = 0; i < steps; i++) {
    best = self->set ? -G_MAXFLOAT : self->scores[best_state (self)];
    first = 0;
    for (guint m = 0; m < self->n_metres; first += self->metres[m++])
      step (self->scores + first, self->metres[m], best);
  }
  first = 0;
  for (guint m = 0; row && m < self->n_metres; first += self->metres[m++]) {
    beat_bars_observe (row, self->metres[m], observed);
    for (guint p = 0; p < self->metres[m]; p++)
      self->scores[first + p] += observed[p];
  }
  /* Sums of hours do not run away. */
  best = self->scores[best_state (self)];
  for (guint s = 0; s < LIVE_BARS_STATES; s++)
    self->scores[s] -= best;
  self->n++;
}

void
live_bars_set_downbeat (LiveBars *self)
{
  guint first = 0;

  for (guint m = 0; m < self->n_metres; first += self->metres[m++])
    for (guint p = 1; p < self->metres[m]; p++)
      self->scores[first + p] = -G_MAXFLOAT;
  self->set = TRUE;
}

/* Do all beats sound alike, so that any may begin a bar? */
static gboolean
is_undecided (const LiveBars *self, guint best)
{
  guint n = 0;

  for (guint m = 0; m < self->n_metres; m++)
    n += self->metres[m];
  for (guint s = 0; s < n; s++)
    if (s != best && self->scores[best] - self->scores[s] < LIVE_BAR_SURE)
      return TRUE;
  return FALSE;
}

guint
live_bars_position (const LiveBars *self, guint steps)
{
  guint state = best_state (self), m = 0;

  if (!self->set && (self->n < LIVE_BAR_FEWEST || is_undecided (self, state)))
    return 0;
  while (state >= self->metres[m])
    state -= self->metres[m++];
  return (state + steps) % self->metres[m] + 1;
}
