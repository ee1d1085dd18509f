/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "cutfeatures.h"

#include <math.h>
#include <stdlib.h>

#include "blockmatch.h"
#include "sameview.h"
#include "shotconstants.h"

/* Neighbours that are looked at on each side of a step. Of 24 frames shown as
 * 60, or of a cartoon drawn on threes, at least one in three is new. */
#define NEIGHBOURS 5
/* What a step of a still scene is not quite. */
#define STEP_FLOOR 0.02
/* A picture is a mix of its neighbours where that share of their difference
 * squared is left over, at most. */
#define MIX_RESIDUAL 0.1
/* Beyond that (logarithm) a step stands out anyway. */
#define RATIO_ENOUGH 1.5f
/* Samples of a thumbnail that differ by no more have stayed. */
#define SAME_LEVEL 4
/* That far apart they have to be: a slow pan is a mix of its neighbours. */
#define MIX_DISTANCE 0.15
#define MIX_RATIO 1.25f

void
cut_window_push (CutWindow *self, const SmallFrame *frame, FrameMotion *motion)
{
  guint at = self->n_frames % CUT_RING;
  FrameTraits *traits = &self->traits[at];

  traits->small = *frame;
  frame_traits_fill (traits);
  *motion = (FrameMotion){0};
  self->distances[at] = (FrameDistances){0};
  if (self->n_frames > 0) {
    const FrameTraits *before = &self->traits[(self->n_frames - 1) % CUT_RING];

    frame_motion_estimate (&before->small, frame, motion);
    frame_traits_compare (before, traits, motion, &self->distances[at]);
  }
  self->motions[at] = *motion;
  self->n_frames++;
}

static inline const FrameTraits *
traits_at (const CutWindow *window, guint64 frame)
{
  return &window->traits[frame % CUT_RING];
}

static inline const FrameDistances *
distances_at (const CutWindow *window, guint64 frame)
{
  return &window->distances[frame % CUT_RING];
}

/* Of two neighbouring pictures, or of two with a mix of both between them:
 * the fields of an interlaced film do not all change with the picture, and
 * films of another rate are blended. */
typedef struct
{
  guint64 from;
  guint64 to;
  FrameDistances distances;
} Step;

static void
compare (const CutWindow *window, guint64 a, guint64 b,
    FrameDistances *distances)
{
  const FrameTraits *from = traits_at (window, a), *to = traits_at (window, b);
  Block blocks[MOTION_BLOCKS];
  FrameMotion motion = {0};

  block_match (&from->small, &to->small, blocks);
  motion.mismatch = block_match_mismatch (blocks);
  motion.foreground = block_match_foreground (blocks);
  frame_traits_compare (from, to, &motion, distances);
}

static gboolean
is_mix (const CutWindow *window, guint64 frame)
{
  const guint8 *f = traits_at (window, frame)->thumb;
  const guint8 *a, *b;
  gint64 dd = 0, fd = 0, ff = 0;
  gdouble share;

  if (frame == 0 || frame + 1 >= window->n_frames)
    return FALSE;
  a = traits_at (window, frame - 1)->thumb;
  b = traits_at (window, frame + 1)->thumb;
  for (gint i = 0; i < THUMB_SIZE; i++) {
    gint d = b[i] - a[i], e = f[i] - a[i];

    dd += d * d;
    fd += e * d;
    ff += e * e;
  }
  if (dd == 0)
    return FALSE;
  share = (gdouble) fd / dd;
  return share > 0.2 && share < 0.8 && ff - share * fd < MIX_RESIDUAL * dd
      && frame_traits_structure_distance (a, b) > MIX_DISTANCE;
}

/* The largest steps of one side, in falling order; 0 where there are fewer. */
typedef struct
{
  guint n;
  gfloat whole[2];
  gfloat mismatch[2];
  gfloat foreground[2];
  gfloat mean; /* of the whole */
} Side;

static inline void
rank (gfloat best[2], gfloat value)
{
  if (value > best[0]) {
    best[1] = best[0];
    best[0] = value;
  } else if (value > best[1]) {
    best[1] = value;
  }
}

/* @frame is the first, @direction where the others follow. */
static Side
measure_neighbours (const CutWindow *window, guint64 frame, gint direction)
{
  Side side = {0};

  for (gint k = 0; k < NEIGHBOURS; k++) {
    gint64 i = (gint64) frame + k * direction;

    if (i < 1 || i >= (gint64) window->n_frames)
      break;
    rank (side.whole, distances_at (window, i)->whole);
    rank (side.mismatch, distances_at (window, i)->mismatch);
    rank (side.foreground, distances_at (window, i)->foreground);
    side.mean += distances_at (window, i)->whole;
    side.n++;
  }
  side.mean /= MAX (side.n, 1);
  return side;
}

/* Whether both halves of @step are larger than what lies around them: in a pan
 * each picture is nearly a mix of its neighbours. */
static gboolean
stands_out (const CutWindow *window, const Step *step)
{
  gfloat least = MIN (distances_at (window, step->from + 1)->whole,
      distances_at (window, step->to)->whole);
  Side before = measure_neighbours (window, step->from, -1);
  Side after = measure_neighbours (window, step->to + 1, 1);

  return least > MIX_RATIO * MAX (before.whole[1], after.whole[1]);
}

static Step
step_at (const CutWindow *window, guint64 frame)
{
  Step step = {frame - 1, frame, *distances_at (window, frame)};
  Step wide = step;

  if (frame > 1 && is_mix (window, frame - 1))
    wide.from--;
  else if (is_mix (window, frame))
    wide.to++;
  if (wide.to - wide.from == 1 || !stands_out (window, &wide))
    return step;
  compare (window, wide.from, wide.to, &wide.distances);
  return wide;
}

/* At an end of the film one side stands for both. */
static void
measure_sides (const CutWindow *window, const Step *step, Side *before,
    Side *after)
{
  *before = measure_neighbours (window, step->from, -1);
  *after = measure_neighbours (window, step->to + 1, 1);
  if (before->n == 0)
    *before = *after;
  else if (after->n == 0)
    *after = *before;
}

static inline gfloat
log_of (gdouble value)
{
  return (gfloat) log (value + STEP_FLOOR);
}

static inline gfloat
ratio (gfloat step, gfloat neighbour)
{
  return log_of (step) - log_of (neighbour);
}

/* Whether @level is above that of its neighbours, @before and @after, and of
 * those of the sides. */
static gboolean
is_candidate (gfloat level, gfloat before, gfloat after, const gfloat *a,
    const gfloat *b)
{
  return level >= CUT_LEAST && before * CUT_LEAST_PEAK <= level
      && after * CUT_LEAST_PEAK <= level
      && ratio (level, MIN (a[1], b[1])) >= CUT_LEAST_RATIO
      && ratio (level, MAX (a[1], b[1])) >= CUT_OTHER_RATIO;
}

gboolean
cut_features_is_candidate (const CutWindow *window, guint64 frame)
{
  static const FrameDistances none;
  const FrameDistances *at = distances_at (window, frame);
  const FrameDistances *before = &none, *after = &none;
  Side a, b;
  Step step;

  if (at->foreground < CUT_LEAST && at->whole < CUT_LEAST)
    return FALSE;
  if (frame > 1)
    before = distances_at (window, frame - 1);
  if (frame + 1 < window->n_frames)
    after = distances_at (window, frame + 1);
  step = step_at (window, frame);
  measure_sides (window, &step, &a, &b);
  return is_candidate (step.distances.whole, before->whole, after->whole,
             a.whole, b.whole)
      || is_candidate (step.distances.foreground, before->foreground,
          after->foreground, a.foreground, b.foreground);
}

/* Whether @b is @a come back: the camera may have gone on, far even. */
static void
compare_return (const CutWindow *window, guint64 a, guint64 b,
    FrameDistances *least)
{
  const FrameTraits *from = traits_at (window, a), *to = traits_at (window, b);
  FrameDistances distances;
  FrameMotion motion = {0};
  FrameMatch match;

  frame_match (&from->small, &to->small, &match);
  motion.mismatch = match.mismatch;
  motion.foreground = match.foreground;
  frame_traits_compare (from, to, &motion, &distances);
  least->whole = MIN (least->whole, distances.whole);
  least->structure = MIN (least->structure, distances.structure);
  least->foreground = MIN (least->foreground, distances.foreground);
}

/* How far the old picture stays away, and the new one was away before. */
static void
measure_return (const CutWindow *window, const Step *step, gfloat *features)
{
  gfloat backdrop = 1 - step->distances.busy;
  FrameDistances least = {.whole = 1, .structure = 1, .foreground = 1};
  FrameDistances across;

  for (guint k = 1; k < CUT_REACH; k++) {
    if (step->to + k < window->n_frames)
      compare_return (window, step->from, step->to + k, &least);
    if (step->from >= k)
      compare_return (window, step->from - k, step->to, &least);
  }
  features[CUT_RETURN] = least.whole;
  features[CUT_LOG_RETURN] = ratio (least.whole, step->distances.whole);
  features[CUT_RETURN_STRUCTURE] = least.structure;
  features[CUT_LOG_RETURN_STRUCTURE] = log_of (least.structure);
  features[CUT_FOREGROUND_RETURN] = ratio (least.foreground,
      step->distances.foreground);
  features[CUT_FOREGROUND_RETURN_BACKDROP] = backdrop
      * features[CUT_FOREGROUND_RETURN];
  compare (window, step->from - MIN (step->from, 1),
      MIN (step->to + 1, window->n_frames - 1), &across);
  features[CUT_ACROSS] = across.whole;
}

/* How far the mean of luma goes on after the step, or went before it, against
 * the step: fades do. */
static gfloat
measure_ramp (const CutWindow *window, const Step *step)
{
  gfloat before = traits_at (window, step->from - MIN (step->from, 2))->mean;
  gfloat from = traits_at (window, step->from)->mean;
  gfloat to = traits_at (window, step->to)->mean;
  guint64 last = MIN (step->to + 2, window->n_frames - 1);
  gfloat after = traits_at (window, last)->mean;

  if (fabsf (to - from) < 1)
    return 0;
  return MAX (CLAMP ((from - before) / (to - from), 0, 1),
      CLAMP ((after - to) / (to - from), 0, 1));
}

/* Mean and standard deviation of what is not black in both pictures. */
typedef struct
{
  gfloat mean;
  gfloat deviation;
} Levels;

static void
measure_levels (const SmallFrame *a, const SmallFrame *b, Levels *levels_a,
    Levels *levels_b)
{
  const guint8 *p = a->y[0], *q = b->y[0];
  guint n = 0, sp = 0, sq = 0;
  guint64 spp = 0, sqq = 0;
  gdouble mp, mq;

  for (gint i = 0; i < SMALL_WIDTH * SMALL_HEIGHT; i++) {
    guint seen = p[i] > BAR_LEVEL || q[i] > BAR_LEVEL;
    guint x = p[i] * seen, y = q[i] * seen;

    n += seen;
    sp += x;
    sq += y;
    spp += x * x;
    sqq += y * y;
  }
  n = MAX (n, 1);
  mp = (gdouble) sp / n;
  mq = (gdouble) sq / n;
  *levels_a = (Levels){(gfloat) mp,
      (gfloat) sqrt (spp / (gdouble) n - mp * mp)};
  *levels_b = (Levels){(gfloat) mq,
      (gfloat) sqrt (sqq / (gdouble) n - mq * mq)};
}

/* @from as bright and as rich in contrast as @to, as far as that goes. */
static void
equalise (const SmallFrame *from, const Levels *a, const Levels *b,
    SmallFrame *out)
{
  gfloat gain = CLAMP ((b->deviation + 2) / (a->deviation + 2), 0.4f, 2.5f);

  for (gint y = 0; y < SMALL_HEIGHT; y++) {
    for (gint x = 0; x < SMALL_WIDTH; x++) {
      gfloat value = (from->y[y][x] - a->mean) * gain + b->mean;

      value = from->y[y][x] <= BAR_LEVEL ? from->y[y][x] : value;
      out->y[y][x] = (guint8) CLAMP (value + 0.5f, 0, 255);
    }
  }
}

/* Share of the chroma that is next to neutral. */
static gfloat
colourless (const FrameTraits *self)
{
  guint n = 0, neutral = 0;

  for (guint i = 0; i < TRAITS_CHROMA_BINS; i++) {
    gboolean inner = (i / 8 == 3 || i / 8 == 4) && (i % 8 == 3 || i % 8 == 4);

    n += self->chroma[i];
    neutral += inner ? self->chroma[i] : 0;
  }
  return n > 0 ? (gfloat) neutral / n : 1;
}

/* How much more is busy in one picture than in the other, times the share of
 * them that stays: titles and windows come and go, a cut leaves little. */
static gfloat
measure_one_sided (const FrameTraits *from, const FrameTraits *to)
{
  guint came = 0, gone = 0, either = 0, same = 0;

  for (guint i = 0; i < THUMB_SIZE; i++) {
    came += to->busy[i] & !from->busy[i];
    gone += from->busy[i] & !to->busy[i];
    either += from->busy[i] | to->busy[i];
    same += abs (from->thumb[i] - to->thumb[i]) <= SAME_LEVEL;
  }
  return (gfloat) abs ((gint) came - (gint) gone) / MAX (either, 1) * same
      / THUMB_SIZE;
}

static void
measure_pictures (const FrameTraits *from, const FrameTraits *to,
    gfloat *features)
{
  SmallFrame equal;
  FrameMatch plain, match, back;
  Levels a, b;
  gfloat same = (gfloat) same_view_correlation (from->thumb, to->thumb);

  measure_levels (&from->small, &to->small, &a, &b);
  equalise (&from->small, &a, &b, &equal);
  frame_match (&from->small, &to->small, &plain);
  frame_match (&equal, &to->small, &match);
  features[CUT_COLOURLESS] = MIN (colourless (from), colourless (to));
  features[CUT_EXTENT] = match.extent;
  features[CUT_ONE_SIDED] = measure_one_sided (from, to);
  frame_match (&to->small, &from->small, &back);
  features[CUT_RESTING] = plain.resting;
  features[CUT_RESTING_BACK] = back.resting;
  features[CUT_MUCH_RESTING] = MAX (plain.resting - 0.1f, 0);
  features[CUT_SAME_VIEW] = same;
  features[CUT_VERY_SAME] = MAX (same - 0.7f, 0);
  features[CUT_VERY_MUCH_SAME] = MAX (same - 0.9f, 0);
  features[CUT_STEP] = fabsf (b.mean - a.mean) / 255;
  features[CUT_LOG_MISMATCH] = log_of (plain.mismatch);
  features[CUT_LOG_EQUALISED] = log_of (match.mismatch);
  features[CUT_EQUALISED_STRUCTURE] = match.mismatch * features[CUT_STRUCTURE];
}

static void
measure_foreground (const FrameDistances *distances, const Side *a,
    const Side *b, gfloat *features)
{
  gfloat before = ratio (distances->foreground, a->foreground[1]);
  gfloat after = ratio (distances->foreground, b->foreground[1]);
  gfloat backdrop = 1 - distances->busy, level = log_of (distances->foreground);

  features[CUT_BACKDROP] = backdrop;
  features[CUT_LOG_FOREGROUND] = level;
  features[CUT_FOREGROUND_LEAST] = MIN (before, after);
  features[CUT_FOREGROUND_MOST] = MAX (before, after);
  features[CUT_LOG_FOREGROUND_BACKDROP] = backdrop * level;
  features[CUT_FOREGROUND_LEAST_BACKDROP] = backdrop
      * features[CUT_FOREGROUND_LEAST];
}

static void
measure_step (const CutWindow *window, const Step *step, gfloat *features)
{
  const FrameDistances *distances = &step->distances;
  Side a, b;
  gfloat before, after;

  measure_sides (window, step, &a, &b);
  features[CUT_CHROMA] = distances->chroma;
  features[CUT_STRUCTURE] = distances->structure;
  features[CUT_LOG_LUMA] = log_of (distances->luma);
  features[CUT_LOG_STRUCTURE] = log_of (distances->structure);
  features[CUT_LUMA_STRUCTURE] = distances->luma * distances->structure;
  before = ratio (distances->whole, a.whole[1]);
  after = ratio (distances->whole, b.whole[1]);
  features[CUT_RATIO_LEAST] = MIN (MIN (before, after), RATIO_ENOUGH);
  features[CUT_RATIO_MOST] = MIN (MAX (before, after), RATIO_ENOUGH);
  before = ratio (distances->whole, a.whole[0]);
  after = ratio (distances->whole, b.whole[0]);
  features[CUT_PEAK_LEAST] = MIN (before, after);
  features[CUT_PEAK_MOST] = MAX (before, after);
  before = ratio (distances->mismatch, a.mismatch[1]);
  after = ratio (distances->mismatch, b.mismatch[1]);
  features[CUT_MOTION_LEAST] = MIN (before, after);
  features[CUT_MOTION_MOST] = MAX (before, after);
  before = ratio (distances->whole, a.mean);
  after = ratio (distances->whole, b.mean);
  features[CUT_MEAN_LEAST] = MIN (before, after);
  features[CUT_MEAN_MOST] = MAX (before, after);
  measure_foreground (distances, &a, &b, features);
}

void
cut_features_measure (const CutWindow *window, guint64 frame,
    gfloat features[N_CUT_FEATURES])
{
  Step step = step_at (window, frame);

  measure_step (window, &step, features);
  measure_pictures (traits_at (window, step.from), traits_at (window, step.to),
      features);
  measure_return (window, &step, features);
  features[CUT_RAMP] = measure_ramp (window, &step);
}
