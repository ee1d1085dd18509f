/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "framethinner.h"

#include "shotconstants.h"

struct _FrameThinner
{
  GArray *shown; /* of guint64, frames */
  GstClockTime last;
  guint64 n_frames;
  FrameMotion left_out; /* sum of the pictures since */
};

FrameThinner *
frame_thinner_new (void)
{
  FrameThinner *self = g_new0 (FrameThinner, 1);

  self->shown = g_array_new (FALSE, FALSE, sizeof (guint64));
  self->last = GST_CLOCK_TIME_NONE;
  return self;
}

void
frame_thinner_free (FrameThinner *self)
{
  g_array_unref (self->shown);
  g_free (self);
}

static inline guint64
frame_at (const FrameThinner *self, guint64 number)
{
  return g_array_index (self->shown, guint64, number);
}

static gboolean
is_shown (const FrameThinner *self, GstClockTime time)
{
  guint n = self->shown->len;

  return n == 0 || !GST_CLOCK_TIME_IS_VALID (time)
      || !GST_CLOCK_TIME_IS_VALID (self->last)
      || time >= self->last + THIN_INTERVAL
      || self->n_frames - frame_at (self, n - 1) > THIN_MOST;
}

gboolean
frame_thinner_push (FrameThinner *self, GstClockTime time, gboolean must,
    FrameMotion *motion)
{
  guint64 frame = self->n_frames;
  gboolean shown = must || is_shown (self, time);

  motion->dx += self->left_out.dx;
  motion->dy += self->left_out.dy;
  motion->zoom += self->left_out.zoom;
  self->left_out = *motion;
  if (shown) {
    g_array_append_val (self->shown, frame);
    self->last = time;
    self->left_out = (FrameMotion){0};
  }
  self->n_frames++;
  return shown;
}

guint64
frame_thinner_get_n_shown (const FrameThinner *self)
{
  return self->shown->len;
}

guint64
frame_thinner_get_first (const FrameThinner *self, guint64 number)
{
  guint64 frame = frame_at (self, number);

  return number == 0 ? frame
                     : frame - (frame - frame_at (self, number - 1) - 1) / 2;
}

guint64
frame_thinner_get_last (const FrameThinner *self, guint64 number)
{
  guint64 frame = frame_at (self, number);
  guint64 next = number + 1 < self->shown->len ? frame_at (self, number + 1)
                                               : self->n_frames;

  return frame + (next - frame - 1) / 2;
}
