/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "clipreader.h"

#include "decodebranch.h"

/* Going on this far is never dearer than a flush and a new start. */
#define NEAR_MIN (GST_SECOND / 2)
/* The usual lead is a running mean of so many. */
#define LEAD_MEMORY 4
/* Pictures that are not shown may be left out up to this long before the one
 * that is: where pictures last longer, what is shown may be missing. */
#define SKIP_MARGIN (100 * GST_MSECOND)
/* Where a seek lands too late, how much earlier the next one aims. */
#define SEEK_BACK (3 * GST_SECOND)

struct _ClipReader
{
  gchar *uri;
  DecodeBranch *branch; /* NULL before the first frame is asked for */

  gboolean complete;   /* no picture may be left out */
  gboolean ended;      /* no frame follows @next */
  gboolean from_start; /* the first frame read was the file's first */
  guint n_read;        /* frames since the last start */
  GstSample *current;
  GstClockTime current_time;
  GstSample *next;
  GstClockTime next_time;
  GstClockTime usual_lead; /* from the key frame to the wanted one */
};

static gboolean
is_still (const ClipReader *self)
{
  return self->ended && self->from_start && self->n_read == 1;
}

gchar *
clip_reader_dup_error (ClipReader *self)
{
  return self->branch != NULL ? decode_branch_dup_error (self->branch) : NULL;
}

ClipReader *
clip_reader_new (const gchar *uri)
{
  ClipReader *self = g_new0 (ClipReader, 1);

  self->uri = g_strdup (uri);
  self->current_time = self->next_time = GST_CLOCK_TIME_NONE;
  return self;
}

static void
drop_frames (ClipReader *self)
{
  g_clear_pointer (&self->current, gst_sample_unref);
  g_clear_pointer (&self->next, gst_sample_unref);
  self->current_time = self->next_time = GST_CLOCK_TIME_NONE;
  self->ended = FALSE;
  self->n_read = 0;
}

void
clip_reader_free (ClipReader *self)
{
  if (self == NULL)
    return;
  drop_frames (self);
  g_clear_pointer (&self->branch, decode_branch_free);
  g_free (self->uri);
  g_free (self);
}

const gchar *
clip_reader_get_uri (const ClipReader *self)
{
  return self->uri;
}

gboolean
clip_reader_is_near (const ClipReader *self, GstClockTime time)
{
  return self->current != NULL && time >= self->current_time
      && time - self->current_time <= MAX (self->usual_lead, NEAR_MIN);
}

/* Frames without a time stamp follow the one before; those that lie outside
 * the segment have none and are not shown. */
static GstClockTime
time_of (const ClipReader *self, GstSample *sample)
{
  GstBuffer *buffer = gst_sample_get_buffer (sample);
  GstClockTime step = 0;

  if (GST_BUFFER_PTS_IS_VALID (buffer))
    return decode_branch_sample_time (sample);
  if (GST_BUFFER_DURATION_IS_VALID (buffer))
    step = GST_BUFFER_DURATION (buffer);
  return self->current != NULL ? self->current_time + step : 0;
}

/* Reads one frame into @next, or sets @ended. */
static gboolean
read_next (ClipReader *self, GCancellable *cancellable, GError **error)
{
  while (self->next == NULL && !self->ended) {
    g_autoptr (GstSample) sample = NULL;
    GstClockTime time;

    if (!decode_branch_pull (self->branch, &sample, cancellable, error))
      return FALSE;
    self->ended = sample == NULL;
    if (self->ended)
      break;
    time = time_of (self, sample);
    if (!GST_CLOCK_TIME_IS_VALID (time))
      continue;
    self->n_read++;
    self->next_time = time;
    self->next = g_steal_pointer (&sample);
  }
  return TRUE;
}

static void
step (ClipReader *self)
{
  g_clear_pointer (&self->current, gst_sample_unref);
  self->current = g_steal_pointer (&self->next);
  self->current_time = self->next_time;
  self->next_time = GST_CLOCK_TIME_NONE;
}

/* Makes the first frame after a start or a seek the current one. */
static gboolean
read_first (ClipReader *self, GCancellable *cancellable, GError **error)
{
  if (self->current != NULL)
    return TRUE;
  if (!read_next (self, cancellable, error))
    return FALSE;
  if (self->next != NULL)
    step (self);
  return TRUE;
}

static gboolean
open_file (ClipReader *self, GCancellable *cancellable, GError **error)
{
  if (self->branch == NULL) {
    drop_frames (self);
    self->branch = decode_branch_new (self->uri, DECODE_PICTURES);
    self->from_start = TRUE;
  }
  return read_first (self, cancellable, error);
}

static void
note_lead (ClipReader *self, GstClockTime lead)
{
  self->usual_lead = self->usual_lead == 0
      ? lead
      : (self->usual_lead * (LEAD_MEMORY - 1) + lead) / LEAD_MEMORY;
}

/* Brings the branch to a frame that is not after @time, where there is one;
 * files that cannot be sought in are read from the start. */
static gboolean
approach (ClipReader *self, GstClockTime time, GCancellable *cancellable,
    GError **error)
{
  const GstClockTime aims[] = {time, time - MIN (SEEK_BACK, time), 0};
  guint i;

  for (i = 0; i < G_N_ELEMENTS (aims); i++) {
    if (!decode_branch_seek (self->branch, aims[i]))
      break;
    drop_frames (self);
    self->from_start = aims[i] == 0;
    if (!read_first (self, cancellable, error))
      return FALSE;
    if (self->current != NULL && self->current_time <= time) {
      note_lead (self, time - self->current_time);
      return TRUE;
    }
    if (self->from_start)
      return TRUE;
  }
  g_clear_pointer (&self->branch, decode_branch_free);
  return open_file (self, cancellable, error);
}

static gboolean
needs_seek (const ClipReader *self, GstClockTime time)
{
  if (self->current == NULL)
    return !self->from_start;
  if (time < self->current_time)
    return !self->from_start || self->n_read > 2;
  return !self->ended && decode_branch_can_seek (self->branch)
      && !clip_reader_is_near (self, time);
}

/* One frame more: files often end a little before what they announce. */
static GstClockTime
current_end (const ClipReader *self)
{
  GstBuffer *buffer = gst_sample_get_buffer (self->current);
  GstClockTime duration = 50 * GST_MSECOND;

  if (GST_BUFFER_DURATION_IS_VALID (buffer))
    duration = GST_BUFFER_DURATION (buffer);
  return self->current_time + 2 * duration;
}

static void
set_needed (ClipReader *self, GstClockTime time)
{
  decode_branch_set_needed (self->branch,
      self->complete ? 0 : time - MIN (SKIP_MARGIN, time));
}

/* Reads on until the current frame is the one of @time. */
static gboolean
read_to (ClipReader *self, GstClockTime time, GCancellable *cancellable,
    GError **error)
{
  while (read_next (self, cancellable, error)) {
    if (self->next == NULL || (self->next_time > time && self->current != NULL))
      return TRUE;
    step (self);
  }
  return FALSE;
}

/* Whether a frame between the current one and @time may have been left out. */
static gboolean
may_be_missing (const ClipReader *self, GstClockTime time)
{
  return !self->complete && decode_branch_has_skipped (self->branch)
      && (self->current == NULL || self->current_time + SKIP_MARGIN < time);
}

gboolean
clip_reader_frame_at (ClipReader *self, GstClockTime time,
    GCancellable *cancellable, ClipFrame *frame, GError **error)
{
  if (!open_file (self, cancellable, error))
    return FALSE;
  set_needed (self, time);
  if ((needs_seek (self, time) && !approach (self, time, cancellable, error))
      || !read_to (self, time, cancellable, error))
    return FALSE;
  if (may_be_missing (self, time)) {
    self->complete = TRUE;
    set_needed (self, time);
    if (!approach (self, time, cancellable, error)
        || !read_to (self, time, cancellable, error))
      return FALSE;
  }
  frame->sample = self->current;
  frame->orientation = decode_branch_get_orientation (self->branch);
  frame->fitted = FALSE;
  frame->held = self->current == NULL
      || (self->next == NULL && time >= current_end (self) && !is_still (self));
  return TRUE;
}
