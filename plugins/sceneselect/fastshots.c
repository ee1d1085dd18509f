/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "fastshots.h"

#include <stdlib.h>

#include "fastbudget.h"
#include "framefeatures.h"
#include "framerate.h"
#include "frametraits.h"
#include "shotconstants.h"
#include "shotdetector.h"
#include "shotfeatures.h"

/* A survey sees at least so many pictures in a row, so often: enough for what
 * moves. */
#define BURST_FRAMES 5
#define BURST_EVERY (2 * GST_SECOND)
/* No burst begins where the survey has taken that part of the budget, and no
 * picture that decodes alone is taken at the second one. */
#define BURST_SHARE 0.5
#define SURVEY_SHARE 0.7
/* Of a clip whose pictures all decode alone, one in so much time. */
#define STILL_EVERY (400 * GST_MSECOND)

typedef struct
{
  FrameFeatures features;
  guint64 frame; /* from 0 on, in order of presentation */
} SeenFrame;

struct _FastShots
{
  gdouble kr;
  gdouble kb;
  FastPlan *plan; /* from the end of the survey on */

  /* the survey */
  GArray *stills;  /* of GstClockTime: those asked for */
  GArray *changes; /* of StillChange */
  FrameTraits traits[2];
  GstClockTime burst;     /* where the last burst began */
  GstClockTime burst_end; /* the latest of its pictures */
  guint burst_frames;     /* 0: none is going on */
  GstClockTime key;       /* the last one */
  guint group;            /* pictures since then */
  guint longest;
  gboolean after_intra;
  gdouble cost;  /* of all packets so far */
  gdouble spent; /* of it */

  /* the look */
  ShotDetector *detector; /* of the run that goes on */
  guint64 run;            /* its first frame */
  GArray *boundaries;     /* of ShotBoundary */
  guint n_looked;
  gboolean lost;

  GArray *seen; /* of SeenFrame */
  SmallFrame last;
  GstClockTime last_time;
  guint64 last_frame;
};

FastShots *
fast_shots_new (void)
{
  FastShots *self = g_new0 (FastShots, 1);

  self->kr = 0.2126;
  self->kb = 0.0722;
  self->stills = g_array_new (FALSE, FALSE, sizeof (GstClockTime));
  self->changes = g_array_new (FALSE, FALSE, sizeof (StillChange));
  self->boundaries = g_array_new (FALSE, FALSE, sizeof (ShotBoundary));
  self->seen = g_array_new (FALSE, FALSE, sizeof (SeenFrame));
  self->burst = self->key = GST_CLOCK_TIME_NONE;
  return self;
}

void
fast_shots_free (FastShots *self)
{
  g_clear_pointer (&self->plan, fast_plan_free);
  g_clear_pointer (&self->detector, shot_detector_free);
  g_array_unref (self->stills);
  g_array_unref (self->changes);
  g_array_unref (self->boundaries);
  g_array_unref (self->seen);
  g_free (self);
}

void
fast_shots_set_matrix (FastShots *self, gdouble kr, gdouble kb)
{
  self->kr = kr;
  self->kb = kb;
}

/* --- what is decoded ---------------------------------------------------- */

/* Whether the survey has taken less than @share of the budget so far. */
static gboolean
is_within (const FastShots *self, const ClipPacket *packet, gdouble share)
{
  return self->spent <= share * fast_budget (self->cost, packet->picture);
}

/* Where all pictures decode alone, most are as good as those that do not. */
static gboolean
is_new_still (const FastShots *self, const ClipPacket *packet)
{
  GstClockTime latest;

  if (!(packet->flags & CLIP_PACKET_INTRA))
    return FALSE;
  if (self->stills->len == 0)
    return TRUE;
  latest = g_array_index (self->stills, GstClockTime, self->stills->len - 1);
  return (!self->after_intra || packet->time >= latest + STILL_EVERY)
      && is_within (self, packet, SURVEY_SHARE);
}

/* A group that ends early ends in a cut, as encoders have it: what follows is
 * a new shot. */
static void
begin_group (FastShots *self, const ClipPacket *packet)
{
  gboolean early = self->group + self->group / 16 < self->longest
      && !self->after_intra;

  self->longest = MAX (self->longest, self->group);
  self->group = 0;
  self->key = packet->time;
  self->burst_frames = 0;
  if (!GST_CLOCK_TIME_IS_VALID (self->burst)
      || ((early || packet->time >= self->burst + BURST_EVERY)
          && is_within (self, packet, BURST_SHARE))) {
    self->burst = self->burst_end = packet->time;
    self->burst_frames = 1;
  }
}

static gboolean
surveys_burst (FastShots *self, const ClipPacket *packet)
{
  if (self->burst_frames == 0)
    return FALSE;
  /* nothing is missing before a picture that none before it was later than */
  if (self->burst_frames >= BURST_FRAMES && packet->time > self->burst_end) {
    self->burst_frames = 0;
    return FALSE;
  }
  self->burst_end = MAX (self->burst_end, packet->time);
  self->burst_frames++;
  return TRUE;
}

static gboolean
surveys (FastShots *self, const ClipPacket *packet)
{
  gboolean still = is_new_still (self, packet);

  if (still && (packet->flags & CLIP_PACKET_KEY))
    begin_group (self, packet);
  self->group++;
  self->after_intra = (packet->flags & CLIP_PACKET_INTRA) != 0;
  /* shown before the key frame, it needs what was before that */
  if (packet->time < self->key)
    return FALSE;
  if (!still)
    return surveys_burst (self, packet);
  if (!(packet->flags & CLIP_PACKET_KEY))
    self->burst_frames = 0;
  g_array_append_val (self->stills, packet->time);
  return TRUE;
}

gboolean
fast_shots_surveys (FastShots *self, const ClipPacket *packet)
{
  gboolean wanted;

  self->cost += clip_packet_cost (packet);
  if (!(packet->flags & CLIP_PACKET_SHOWN))
    return FALSE;
  wanted = surveys (self, packet);
  if (wanted)
    self->spent += clip_packet_cost (packet);
  return wanted;
}

gboolean
fast_shots_plan (FastShots *self, const GArray *packets)
{
  /* libavcodec takes what was left out of open groups of H.264 for lost, and
   * hands out nothing until it is made up for */
  if (2 * self->changes->len < self->stills->len)
    return FALSE;
  self->plan = fast_plan_new (packets, self->changes, self->spent);
  return self->plan != NULL;
}

gboolean
fast_shots_looks (const FastShots *self, guint index)
{
  return fast_plan_wants (self->plan, index);
}

gboolean
fast_shots_is_open (const FastShots *self)
{
  return fast_plan_count_wanted (self->plan) > 0;
}

/* --- what is seen ------------------------------------------------------- */

static gboolean
is_still (const FastShots *self, GstClockTime time)
{
  guint low = 0, high = self->stills->len;

  while (low < high) {
    guint middle = (low + high) / 2;

    if (g_array_index (self->stills, GstClockTime, middle) < time)
      low = middle + 1;
    else
      high = middle;
  }
  return low < self->stills->len
      && g_array_index (self->stills, GstClockTime, low) == time;
}

static gfloat
distance_between (const FrameTraits *from, const FrameTraits *to)
{
  FrameDistances distances;
  FrameMotion motion;

  frame_motion_estimate (&from->small, &to->small, &motion);
  frame_traits_compare (from, to, &motion, &distances);
  return distances.whole;
}

static void
compare_stills (FastShots *self, const SmallFrame *frame, GstClockTime time)
{
  FrameTraits *to = &self->traits[self->changes->len % 2];
  const FrameTraits *from = &self->traits[(self->changes->len + 1) % 2];
  StillChange change = {.time = time};

  to->small = *frame;
  frame_traits_fill (to);
  if (self->changes->len > 0) {
    change.distance = distance_between (from, to);
    change.flattest = MIN (from->deviation, to->deviation);
  }
  g_array_append_val (self->changes, change);
}

static void
keep (FastShots *self, const SmallFrame *frame, const FrameMotion *motion,
    GstClockTime time, GstClockTime interval, guint64 number)
{
  SeenFrame seen = {.frame = number};

  frame_features_measure (&seen.features, frame, motion, time, interval);
  g_array_append_val (self->seen, seen);
  self->last = *frame;
  self->last_time = time;
  self->last_frame = number;
}

static void
survey (FastShots *self, const SmallFrame *frame, GstClockTime time)
{
  FrameMotion motion = {0};
  GstClockTime interval = 0;

  if (is_still (self, time)) {
    compare_stills (self, frame, time);
  } else if (self->changes->len > 0 && time > self->last_time) {
    StillChange *still = &g_array_index (self->changes, StillChange,
        self->changes->len - 1);

    frame_motion_estimate (&self->last, frame, &motion);
    interval = time - self->last_time;
    still->unrest = MAX (still->unrest, motion.mismatch);
  }
  keep (self, frame, &motion, time, interval, G_MAXUINT64);
}

static void
end_run (FastShots *self)
{
  const GArray *found;

  if (!self->detector)
    return;
  shot_detector_finish (self->detector);
  found = shot_detector_get_boundaries (self->detector);
  for (guint i = 0; i < found->len; i++) {
    ShotBoundary boundary = g_array_index (found, ShotBoundary, i);

    boundary.first += self->run;
    boundary.last += self->run;
    g_array_append_val (self->boundaries, boundary);
  }
  g_clear_pointer (&self->detector, shot_detector_free);
}

static void
look (FastShots *self, const SmallFrame *frame, GstClockTime time)
{
  guint64 number = packet_order_find (fast_plan_get_order (self->plan), time);
  FrameMotion motion;
  gboolean joins;

  if (number == G_MAXUINT64) {
    self->lost = TRUE;
    return;
  }
  joins = self->detector && number == self->last_frame + 1;
  if (!joins) {
    end_run (self);
    self->detector = shot_detector_new ();
    self->run = number;
  }
  self->n_looked++;
  /* a run is too short to leave pictures of it out */
  shot_detector_push (self->detector, frame, GST_CLOCK_TIME_NONE, &motion);
  keep (self, frame, &motion, time, joins ? time - self->last_time : 0, number);
}

void
fast_shots_push (FastShots *self, const SmallFrame *frame, GstClockTime time)
{
  if (!GST_CLOCK_TIME_IS_VALID (time))
    self->lost = TRUE;
  else if (self->plan)
    look (self, frame, time);
  else
    survey (self, frame, time);
}

/* --- the result --------------------------------------------------------- */

static gint
compare_seen (gconstpointer a, gconstpointer b)
{
  const SeenFrame *x = a, *y = b;

  return (x->frame > y->frame) - (x->frame < y->frame);
}

/* What both passes have seen is taken from the second. */
static void
order_seen (FastShots *self)
{
  const PacketOrder *order = fast_plan_get_order (self->plan);
  guint n = 0;

  for (guint i = 0; i < self->seen->len; i++) {
    SeenFrame *seen = &g_array_index (self->seen, SeenFrame, i);

    if (seen->frame == G_MAXUINT64) {
      seen->frame = packet_order_find (order, seen->features.time);
      if (seen->frame == G_MAXUINT64
          || fast_plan_is_wanted (self->plan, seen->frame))
        continue;
    }
    g_array_index (self->seen, SeenFrame, n++) = *seen;
  }
  g_array_set_size (self->seen, n);
  g_array_sort (self->seen, compare_seen);
}

static gint
compare_boundaries (gconstpointer a, gconstpointer b)
{
  const ShotBoundary *x = a, *y = b;

  return (x->first > y->first) - (x->first < y->first);
}

/* Adds the start of the clip and what is there without a look; of boundaries
 * that overlap, the first stays. */
static void
order_boundaries (FastShots *self)
{
  ShotBoundary start = {0, 0, GST_MONTAGE_BOUNDARY_START};
  const GArray *told = fast_plan_get_boundaries (self->plan);
  guint n = 1;

  for (guint i = 0; i < told->len; i++) {
    ShotBoundary boundary = g_array_index (told, ShotBoundary, i);

    if (!fast_plan_is_wanted (self->plan, boundary.last)
        || !fast_plan_is_wanted (self->plan, boundary.first - 1))
      g_array_append_val (self->boundaries, boundary);
  }
  g_array_sort (self->boundaries, compare_boundaries);
  if (self->boundaries->len == 0
      || g_array_index (self->boundaries, ShotBoundary, 0).first > 0)
    g_array_prepend_val (self->boundaries, start);
  for (guint i = 1; i < self->boundaries->len; i++) {
    const ShotBoundary *next = &g_array_index (self->boundaries, ShotBoundary,
        i);

    if (next->first
        > g_array_index (self->boundaries, ShotBoundary, n - 1).last)
      g_array_index (self->boundaries, ShotBoundary, n++) = *next;
  }
  g_array_set_size (self->boundaries, n);
}

static void
add_shot (FastShots *self, GstMontageShotList *list,
    const ShotBoundary *boundary, guint64 end, GstClockTime end_time,
    guint *next)
{
  const PacketOrder *order = fast_plan_get_order (self->plan);
  GstMontageShot *shot = gst_montage_shot_list_append (list);
  g_autoptr (ShotFeatures) features = shot_features_new ();

  shot->start = packet_order_get_time (order, boundary->first);
  shot->end = end_time;
  shot->first_frame = boundary->first;
  shot->n_frames = end - boundary->first;
  shot->transition_in = boundary->kind;
  if (boundary->last > boundary->first) {
    guint64 behind = boundary->last + 1;

    shot->transition_frames = behind - boundary->first;
    shot->transition_duration = (behind < end
                                        ? packet_order_get_time (order, behind)
                                        : end_time)
        - shot->start;
  }
  for (; *next < self->seen->len; (*next)++) {
    const SeenFrame *seen = &g_array_index (self->seen, SeenFrame, *next);

    if (seen->frame >= end)
      break;
    shot_features_push (features, &seen->features,
        boundary->last > boundary->first && seen->frame <= boundary->last);
  }
  shot_features_finish (features, self->kr, self->kb, shot);
}

static void
fill_rate (FastShots *self, const ClipInfo *clip, GstClockTime *duration,
    GstMontageShotList *list)
{
  const PacketOrder *order = fast_plan_get_order (self->plan);
  FrameRate *rate = frame_rate_new ();

  for (guint64 i = 0; i < order->shown->len; i++)
    frame_rate_push (rate, packet_order_get_time (order, i));
  frame_rate_get (rate, GST_VIDEO_INFO_FPS_N (&clip->info),
      GST_VIDEO_INFO_FPS_D (&clip->info), &list->fps_n, &list->fps_d);
  list->variable_rate = frame_rate_is_variable (rate);
  if (!GST_CLOCK_TIME_IS_VALID (*duration) || *duration == 0)
    *duration = frame_rate_get_interval (rate);
  if (!GST_CLOCK_TIME_IS_VALID (*duration))
    *duration = gst_util_uint64_scale_round (GST_SECOND, list->fps_d,
        list->fps_n);
  frame_rate_free (rate);
}

GstMontageShotList *
fast_shots_finish (FastShots *self, const ClipInfo *clip, GstClockTime duration)
{
  g_autoptr (GstMontageShotList) list = gst_montage_shot_list_new ();
  const PacketOrder *order = fast_plan_get_order (self->plan);
  guint64 n = order->shown->len;
  guint next = 0;

  end_run (self);
  if (self->lost || self->n_looked < fast_plan_count_wanted (self->plan))
    return NULL;
  order_seen (self);
  order_boundaries (self);
  fill_rate (self, clip, &duration, list);
  list->analysis = GST_MONTAGE_ANALYSIS_FAST;
  list->curve_step = CURVE_STEP;
  list->duration = packet_order_get_time (order, n - 1) + duration;
  for (guint i = 0; i < self->boundaries->len; i++) {
    const ShotBoundary *boundary = &g_array_index (self->boundaries,
        ShotBoundary, i);
    gboolean is_last = i + 1 == self->boundaries->len;
    guint64 end = is_last ? n : boundary[1].first;

    add_shot (self, list, boundary, end,
        is_last ? list->duration : packet_order_get_time (order, end), &next);
  }
  clip_info_fill (clip, list);
  return g_steal_pointer (&list);
}
