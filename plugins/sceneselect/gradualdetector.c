/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "gradualdetector.h"

#include <math.h>

#include "blendfinder.h"
#include "pushfinder.h"
#include "shotconstants.h"

/* One measure that a fade takes to nothing: the mean or the deviation of luma.
 * Both are needed: pictures fade under a logo that stays, and a logo fades
 * out that never made the picture bright. */
typedef struct
{
  gfloat black;       /* below: nothing is left */
  gboolean is_black;  /* the frame before */
  guint64 fall_last;  /* where it went black; 0: never */
  gboolean rising;    /* a fade-in may be going on */
  guint64 rise_first; /* its first frame */
  guint64 rise_last;  /* the frame with the highest level yet */
} Fader;

struct _GradualDetector
{
  GArray *levels[2]; /* of gfloat: mean, deviation */
  Fader faders[2];
  MixRing ring;
  BlendFinder *blends;
  PushFinder pushes;
  guint64 n_frames;
  guint64 last_cut;
  guint64 frozen; /* what begins before has been handed out */
  GArray *found;  /* of ShotBoundary */
};

GradualDetector *
gradual_detector_new (void)
{
  GradualDetector *self = g_new0 (GradualDetector, 1);

  for (guint i = 0; i < 2; i++)
    self->levels[i] = g_array_new (FALSE, FALSE, sizeof (gfloat));
  self->faders[0].black = FADE_BLACK_MEAN;
  self->faders[1].black = FADE_BLACK_DEVIATION;
  self->blends = blend_finder_new ();
  self->found = g_array_new (FALSE, FALSE, sizeof (ShotBoundary));
  return self;
}

void
gradual_detector_free (GradualDetector *self)
{
  for (guint i = 0; i < 2; i++)
    g_array_unref (self->levels[i]);
  blend_finder_free (self->blends);
  g_array_unref (self->found);
  g_free (self);
}

/* What becomes of @self when it meets @other: they overlap. */
typedef enum
{
  MEET_DROP,    /* it goes */
  MEET_REPLACE, /* the other one goes */
  MEET_SHARE    /* both stay, it loses what overlaps */
} Meeting;

/* A push looks like a wipe, a fade is also a mix of two pictures, and a dip is
 * two fades. Of two of a kind that overlap by more than half of the shorter
 * one, the same seen twice, the longer stays. */
static guint
rank (const ShotBoundary *boundary)
{
  switch (boundary->kind) {
    case GST_MONTAGE_BOUNDARY_DIP:
      return 3;
    case GST_MONTAGE_BOUNDARY_FADE:
      return 2;
    case GST_MONTAGE_BOUNDARY_PUSH:
      return 1;
    default:
      return 0;
  }
}

static Meeting
meet (const ShotBoundary *self, const ShotBoundary *other)
{
  guint64 begin = MAX (self->first, other->first);
  guint64 end = MIN (self->last, other->last) + 1;
  guint64 length = self->last - self->first + 1;
  guint64 other_length = other->last - other->first + 1;

  if (rank (self) != rank (other))
    return rank (self) > rank (other) ? MEET_REPLACE : MEET_DROP;
  if (2 * (end - begin) <= MIN (length, other_length))
    return MEET_SHARE;
  return length > other_length ? MEET_REPLACE : MEET_DROP;
}

static gboolean
is_half_dip (const ShotBoundary *boundary)
{
  return boundary->kind == GST_MONTAGE_BOUNDARY_FADE
      && boundary->last - boundary->first < DIP_MAX_HALF;
}

/* A fade-out and the fade-in right behind it become one. */
static void
merge_dip (GradualDetector *self, guint i)
{
  ShotBoundary *out, *in;

  if (i == 0)
    return;
  out = &g_array_index (self->found, ShotBoundary, i - 1);
  in = out + 1;
  if (out->first < self->frozen || !is_half_dip (out) || !is_half_dip (in)
      || in->first > out->last + DIP_MAX_REST + 1)
    return;
  out->last = in->last;
  out->kind = GST_MONTAGE_BOUNDARY_DIP;
  g_array_remove_index (self->found, i);
}

static void
add (GradualDetector *self, guint64 first, guint64 last,
    GstMontageBoundary kind)
{
  ShotBoundary boundary = {first, last, kind};
  guint i = self->found->len;

  while (i > 0) {
    ShotBoundary *other = &g_array_index (self->found, ShotBoundary, i - 1);
    Meeting meeting;

    if (other->last < boundary.first)
      break;
    i--;
    if (other->first > boundary.last)
      continue;
    meeting = meet (&boundary, other);
    if (meeting == MEET_DROP
        || (meeting == MEET_REPLACE && other->first < self->frozen))
      return;
    if (meeting == MEET_REPLACE) {
      g_array_remove_index (self->found, i);
    } else if (other->first <= boundary.first) {
      boundary.first = other->last + 1;
      i++;
      break;
    } else {
      boundary.last = other->first - 1;
    }
  }
  if (boundary.first + FADE_MIN_LENGTH > boundary.last + 1)
    return;
  g_array_insert_val (self->found, i, boundary);
  merge_dip (self, i);
}

/* --- fades -------------------------------------------------------------- */

static inline gfloat
level_at (const GradualDetector *self, guint measure, guint64 frame)
{
  return g_array_index (self->levels[measure], gfloat, frame);
}

/* Share of the levels' variance that a straight line explains. */
static gdouble
line_fit (const GradualDetector *self, guint measure, guint64 first,
    guint64 last)
{
  gdouble n = (gdouble) (last - first + 1);
  gdouble sx = 0, sy = 0, sxx = 0, sxy = 0, syy = 0, vx, vy, cov;

  for (guint64 i = first; i <= last; i++) {
    gdouble x = (gdouble) (i - first), y = level_at (self, measure, i);

    sx += x;
    sy += y;
    sxx += x * x;
    sxy += x * y;
    syy += y * y;
  }
  vx = sxx - sx * sx / n;
  vy = syy - sy * sy / n;
  cov = sxy - sx * sy / n;
  return vx > 0 && vy > 0 ? cov * cov / (vx * vy) : 0;
}

/* Cuts off the bright end of a fade, where the level hardly changes any more:
 * that is the picture itself. @black and @bright are its ends. */
static guint64
trim (const GradualDetector *self, guint measure, guint64 black, guint64 bright)
{
  while (bright != black) {
    gint64 length = ABS ((gint64) bright - (gint64) black);
    guint64 inner = bright > black ? bright - MIN (length, FADE_TAIL)
                                   : bright + MIN (length, FADE_TAIL);
    gdouble whole = level_at (self, measure, bright)
        - level_at (self, measure, black);
    gdouble tail = level_at (self, measure, bright)
        - level_at (self, measure, inner);

    if (tail * length >= FADE_TAIL_SLOPE * whole * MIN (length, FADE_TAIL))
      break;
    bright += bright > black ? -1 : 1;
  }
  return bright;
}

/* A fade from @first to @last, one end of which is black. */
static void
try_fade (GradualDetector *self, guint measure, guint64 first, guint64 last)
{
  gdouble rise = fabs (
      level_at (self, measure, last) - level_at (self, measure, first));

  if (last < first + FADE_MIN_LENGTH - 1 || rise < FADE_MIN_RISE)
    return;
  if (line_fit (self, measure, first, last) < FADE_MIN_FIT)
    return;
  add (self, first, last, GST_MONTAGE_BOUNDARY_FADE);
}

/* The picture has gone black at @frame: back to where it began to. */
static void
fade_out (GradualDetector *self, guint measure, guint64 frame)
{
  guint64 first = frame, i = frame;

  while (i > self->last_cut && frame - i < FADE_MAX_LENGTH
      && first - i < FADE_STALL) {
    i--;
    if (level_at (self, measure, i) > level_at (self, measure, first))
      first = i;
  }
  try_fade (self, measure, trim (self, measure, frame, first), frame);
}

static gdouble
structure_distance (const GradualDetector *self, guint64 a, guint64 b)
{
  const MixRing *ring = &self->ring;

  return frame_traits_structure_distance (&mix_ring_get (ring, a)->y[0][0],
      &mix_ring_get (ring, b)->y[0][0]);
}

/* Whether a plain picture that is no black one, and went away by @last, only
 * flashed: what was there before it shows through already. */
static gboolean
is_flash (const GradualDetector *self, const Fader *fader, guint64 last)
{
  guint64 a = fader->fall_last - 1;

  if (fader->fall_last == 0 || a + MIX_RING <= self->ring.n_frames
      || level_at (self, 0, fader->rise_first) < FLASH_MIN_MEAN)
    return FALSE;
  last = MIN (last, self->ring.n_frames - 1);
  for (guint64 i = fader->rise_first + 1; i <= last; i++) {
    if (structure_distance (self, a, i) < FLASH_SAME)
      return TRUE;
  }
  return FALSE;
}

/* Steps from the plain picture at @plain to the whole one, forward or back (@step
 * -1): of a dip that is too short for two fades. 0 where it goes on. */
static guint
short_half (const GradualDetector *self, guint64 plain, gint step)
{
  guint64 i = plain, low = MAX (self->last_cut, 1);
  gdouble whole = 0;

  for (guint n = 0; n <= DIP_MAX_SHORT_HALF; n++, i += (guint64) step) {
    gdouble rise;

    if (i < low + 1 || i + 1 >= self->n_frames)
      return n;
    rise = level_at (self, 1, i + (guint64) step) - level_at (self, 1, i);
    if (rise < DIP_MIN_STEP * MAX (whole, FADE_MIN_RISE))
      return n;
    whole += rise;
  }
  return 0;
}

/* A few pictures turn plain and into another one. */
static gboolean
short_dip (GradualDetector *self, const Fader *fader)
{
  guint64 fall = fader->fall_last, rise = fader->rise_first;
  guint before, after;

  if (fall == 0 || rise > fall + DIP_MAX_REST + 1)
    return FALSE;
  before = short_half (self, fall, -1);
  after = short_half (self, rise, 1);
  if (before < 2 || after < 2
      || before + after + rise - fall < FADE_MIN_LENGTH + 1
      || structure_distance (self, fall - before, rise + after)
          < DIP_MIN_DISTANCE)
    return FALSE;
  add (self, fall - before + 1, rise + after - 1, GST_MONTAGE_BOUNDARY_DIP);
  return TRUE;
}

static void
fade_in (GradualDetector *self, guint measure)
{
  const Fader *fader = &self->faders[measure];

  if (is_flash (self, fader, fader->rise_last)
      || (measure == 1 && short_dip (self, fader)))
    return;
  try_fade (self, measure, fader->rise_first,
      trim (self, measure, fader->rise_first, fader->rise_last));
}

static void
push_level (GradualDetector *self, guint measure, gfloat level)
{
  Fader *fader = &self->faders[measure];
  guint64 frame = self->n_frames;
  gboolean is_black = level < fader->black;

  g_array_append_val (self->levels[measure], level);
  if (fader->rising && level > level_at (self, measure, fader->rise_last))
    fader->rise_last = frame;
  if (fader->rising
      && (frame - fader->rise_last >= FADE_STALL
          || frame - fader->rise_first >= FADE_MAX_LENGTH)) {
    fader->rising = FALSE;
    fade_in (self, measure);
  }
  if (frame > 0 && is_black && !fader->is_black) {
    fader->fall_last = frame;
    fade_out (self, measure, frame);
  }
  if (frame > 0 && !is_black && fader->is_black) {
    fader->rising = TRUE;
    fader->rise_first = frame - 1;
    fader->rise_last = frame;
  }
  fader->is_black = is_black;
}

void
gradual_detector_push (GradualDetector *self, const FrameTraits *traits,
    const FrameMotion *motion)
{
  Blend blend;
  Push push;

  push_level (self, 0, traits->mean);
  push_level (self, 1, traits->deviation);
  self->n_frames++;
  mix_ring_push (&self->ring, traits, motion);
  if (blend_finder_look (self->blends, &self->ring, &blend))
    add (self, blend.fit.first, blend.fit.last, blend.kind);
  if (push_finder_look (&self->pushes, &self->ring, &push))
    add (self, push.first, push.last, GST_MONTAGE_BOUNDARY_PUSH);
}

void
gradual_detector_cut (GradualDetector *self, guint64 frame)
{
  self->last_cut = frame;
}

void
gradual_detector_freeze (GradualDetector *self, guint64 frame)
{
  self->frozen = frame;
}

void
gradual_detector_finish (GradualDetector *self)
{
  Blend blend;
  Push push;

  for (guint i = 0; i < 2; i++) {
    Fader *fader = &self->faders[i];

    if (fader->rising)
      fade_in (self, i);
    fader->rising = FALSE;
  }
  if (blend_finder_finish (self->blends, &self->ring, &blend))
    add (self, blend.fit.first, blend.fit.last, blend.kind);
  if (push_finder_finish (&self->pushes, &self->ring, &push))
    add (self, push.first, push.last, GST_MONTAGE_BOUNDARY_PUSH);
}

guint64
gradual_detector_get_open (const GradualDetector *self)
{
  guint64 open = G_MAXUINT64;

  for (guint i = 0; i < 2; i++) {
    if (self->faders[i].rising)
      open = MIN (open, self->faders[i].rise_first);
  }
  return open;
}

const GArray *
gradual_detector_get_found (const GradualDetector *self)
{
  return self->found;
}
