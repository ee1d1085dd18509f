/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "livecurves.h"

#include <math.h>

#include "chroma.h"

/* What stands out of the mean of the last @mean_frames, relative to the RMS of
 * that over the last @scale_frames; both are true means at the start. */
static gfloat
normalize (LiveScale *self, gdouble x, gdouble mean_frames,
    gdouble scale_frames, gdouble least)
{
  gdouble above;

  self->n++;
  self->mean += MAX (1.0 / self->n, 1.0 / mean_frames) * (x - self->mean);
  above = MAX (0.0, x - self->mean);
  self->square += MAX (1.0 / self->n, 1.0 / scale_frames)
      * (above * above - self->square);
  return (gfloat) MIN (1.0,
      above / (BEAT_PEAK_TO_RMS * MAX (sqrt (self->square), least)));
}

/* From the harmony of [a, b) to that of [b, c), which lie in the ring. */
static gdouble
change_at (const LiveCurves *self, guint a, guint b, guint c)
{
  const gdouble *sums[] = {self->chroma[a % LIVE_CHROMA_FRAMES],
      self->chroma[b % LIVE_CHROMA_FRAMES],
      self->chroma[c % LIVE_CHROMA_FRAMES]};
  gdouble before[ONSET_CHROMA], after[ONSET_CHROMA];

  for (guint k = 0; k < ONSET_CHROMA; k++) {
    before[k] = sums[1][k] - sums[0][k];
    after[k] = sums[2][k] - sums[1][k];
  }
  return chroma_change (before, after);
}

static void
push_chroma (LiveCurves *self, const OnsetFrame *frame)
{
  guint t = self->n;
  const gdouble *before =
      self->chroma[(t + LIVE_CHROMA_FRAMES - 1) % LIVE_CHROMA_FRAMES];
  gdouble *sums = self->chroma[t % LIVE_CHROMA_FRAMES];
  gfloat novelty = 0.0f;

  for (guint k = 0; k < ONSET_CHROMA; k++)
    sums[k] = (t > 0 ? before[k] : 0.0) + frame->chroma[k];
  if (t >= LIVE_CHROMA_AFTER + LIVE_CHROMA_BEFORE)
    novelty = normalize (&self->of_novelty,
        change_at (self, t - LIVE_CHROMA_AFTER - LIVE_CHROMA_BEFORE,
            t - LIVE_CHROMA_AFTER, t),
        LIVE_NOVELTY_MEAN, LIVE_NOVELTY_SCALE, LIVE_NOVELTY_LEAST);
  if (t >= LIVE_CHROMA_AFTER)
    self->novelty[(t - LIVE_CHROMA_AFTER) % LIVE_HISTORY] = novelty;
}

void
live_curves_push (LiveCurves *self, const OnsetFrame *frame)
{
  guint i = self->n % LIVE_HISTORY;

  self->all[i] = normalize (&self->of_all, frame->flux, BEAT_MEAN_FRAMES,
      BEAT_SCALE_FRAMES, BEAT_LEAST_ALL);
  self->low[i] = normalize (&self->of_low, frame->low, BEAT_MEAN_FRAMES,
      BEAT_SCALE_FRAMES, BEAT_LEAST_LOW);
  self->high[i] = normalize (&self->of_high, frame->high, BEAT_MEAN_FRAMES,
      BEAT_SCALE_FRAMES, BEAT_LEAST_HIGH);
  self->power[i] = frame->power;
  self->flux[i] = frame->flux;
  self->frames[i] = *frame;
  self->beat[i] = (gfloat) (LIVE_MIX_ALL * self->all[i]
      + LIVE_MIX_LOW * self->low[i]);
  push_chroma (self, frame);
  self->n++;
}

gfloat
live_curves_peak (const LiveCurves *self, const gfloat *curve, gdouble frame,
    gint reach)
{
  gint64 centre = (gint64) floor (frame + 0.5);
  gint64 from = MAX (centre - reach, (gint64) self->n - LIVE_HISTORY);
  gfloat best = 0.0f;

  for (gint64 t = MAX (0, from); t <= centre + reach && t < self->n; t++)
    best = MAX (best, curve[t % LIVE_HISTORY]);
  return best;
}

gdouble
live_curves_mean (const LiveCurves *self, const gfloat *curve, gdouble from,
    gdouble to)
{
  gint64 first = (gint64) MAX (0.0, from + 0.5);
  gint64 past = MIN ((gint64) floor (to + 0.5), self->n);
  gdouble sum = 0.0;

  first = MAX (first, (gint64) self->n - LIVE_HISTORY);
  for (gint64 t = first; t < past; t++)
    sum += curve[t % LIVE_HISTORY];
  return past > first ? sum / (gdouble) (past - first) : 0.0;
}

static gfloat *
copy_curve (const LiveCurves *self, const gfloat *curve, guint first)
{
  gfloat *copy = g_new (gfloat, self->n - first + 1);

  for (guint t = first; t < self->n; t++)
    copy[t - first] = curve[t % LIVE_HISTORY];
  return copy;
}

Activation *
live_curves_activation (const LiveCurves *self, guint first)
{
  Activation *activation = g_new0 (Activation, 1);

  activation->n = self->n - first;
  activation->all = copy_curve (self, self->all, first);
  activation->low = copy_curve (self, self->low, first);
  activation->high = copy_curve (self, self->high, first);
  activation->beat = copy_curve (self, self->beat, first);
  return activation;
}

OnsetFrame *
live_curves_frames (const LiveCurves *self, guint first)
{
  OnsetFrame *frames = g_new (OnsetFrame, self->n - first + 1);

  for (guint t = first; t < self->n; t++)
    frames[t - first] = self->frames[t % LIVE_HISTORY];
  return frames;
}

gdouble
live_curves_onsets (const LiveCurves *self)
{
  guint frames = MIN (self->n, LIVE_ONSET_FRAMES), onsets = 0;

  for (guint t = self->n - frames + 2; t < self->n; t++) {
    gfloat before = self->all[(t - 2) % LIVE_HISTORY];
    gfloat at = self->all[(t - 1) % LIVE_HISTORY];

    onsets += at > BEAT_CLEAR_ONSET && at > before
        && at >= self->all[t % LIVE_HISTORY];
  }
  return (gdouble) onsets * BEAT_FPS / MAX (1, frames);
}
