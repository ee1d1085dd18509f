/* SPDX-License-Identifier: LGPL-2.1-or-later */
#ifdef HAVE_CONFIG_H
#include "config.h"
#endif

#include "filmsegments.h"

/* A key frame in every segment costs little from here on: an encoder puts one
 * at most hard cuts anyway. */
#define SHORTEST (4 * GST_SECOND)
/* Cuts are waited for so long; then a shot is split. */
#define LONGEST (15 * GST_SECOND)

typedef struct
{
  const GstMontagePlan *plan;
  guint64 n_frames;
  guint cut; /* the first that begins behind what has been looked at */
} Splitter;

static const GstMontageCut *
cut_at (const Splitter *self, guint index)
{
  return &g_array_index (self->plan->cuts, GstMontageCut, index);
}

static guint64
frame_at (const Splitter *self, GstClockTime time)
{
  return gst_montage_output_frame_at (&self->plan->output, time);
}

/* Whether the transition into cut @index goes on from frame @frame - 1 to
 * @frame. */
static gboolean
spans (const Splitter *self, guint index, guint64 frame)
{
  const GstMontageCut *cut;
  GstClockTime half;

  if (index == 0 || index >= self->plan->cuts->len)
    return FALSE;
  cut = cut_at (self, index);
  half = cut->transition_duration / 2;
  return cut->transition != GST_MONTAGE_TRANSITION_CUT
      && frame_at (self, cut->start - MIN (half, cut->start)) < frame
      && frame < frame_at (self, cut->start + half);
}

static gboolean
can_split (const Splitter *self, guint64 frame)
{
  GstClockTime time = gst_montage_output_frame_time (&self->plan->output,
      frame);
  guint index = 0;

  return gst_montage_plan_cut_at (self->plan, time, &index) != NULL
      && !spans (self, index, frame) && !spans (self, index + 1, frame);
}

/* The first hard cut in [@from, @to), 0 where there is none. */
static guint64
find_cut (Splitter *self, guint64 from, guint64 to)
{
  while (self->cut < self->plan->cuts->len
      && frame_at (self, cut_at (self, self->cut)->start) < from)
    self->cut++;
  for (guint i = self->cut; i < self->plan->cuts->len; i++) {
    guint64 frame = frame_at (self, cut_at (self, i)->start);

    if (frame >= to)
      break;
    if (cut_at (self, i)->transition == GST_MONTAGE_TRANSITION_CUT
        && can_split (self, frame))
      return frame;
  }
  return 0;
}

/* Where the segment that begins at @begin ends. */
static guint64
find_end (Splitter *self, guint64 begin)
{
  guint64 shortest = MAX (frame_at (self, SHORTEST), 1);
  guint64 from = begin + shortest;
  guint64 to = begin + frame_at (self, LONGEST);
  guint64 end;

  /* No short rest. */
  if (from + shortest > self->n_frames)
    return self->n_frames;
  end = find_cut (self, from, MIN (to, self->n_frames - shortest));
  if (end > 0)
    return end;
  if (to + shortest > self->n_frames)
    return self->n_frames;
  for (end = to; end < self->n_frames && !can_split (self, end); end++)
    ;
  return end;
}

GArray *
tool_film_segments (const GstMontagePlan *plan)
{
  Splitter self = {.plan = plan, .n_frames = gst_montage_plan_n_frames (plan)};
  GArray *segments = g_array_new (FALSE, FALSE, sizeof (ToolFilmSegment));
  ToolFilmSegment segment = {0, 0};

  while (segment.end < self.n_frames) {
    segment.begin = segment.end;
    segment.end = find_end (&self, segment.begin);
    g_array_append_val (segments, segment);
  }
  return segments;
}

void
tool_film_chunk (guint n, guint chunk, guint n_chunks, guint *first, guint *end)
{
  *first = (guint64) n * chunk / n_chunks;
  *end = (guint64) n * (chunk + 1) / n_chunks;
}
