/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "toldbeats.h"

struct _ToldBeats
{
  GArray *beats; /* of LiveBeat */
  guint next;    /* to be told */
  guint new;     /* the first that was never told */
};

ToldBeats *
told_beats_new (void)
{
  ToldBeats *self = g_new0 (ToldBeats, 1);

  self->beats = g_array_new (FALSE, FALSE, sizeof (LiveBeat));
  return self;
}

void
told_beats_free (ToldBeats *self)
{
  g_array_unref (self->beats);
  g_free (self);
}

void
told_beats_clear (ToldBeats *self)
{
  g_array_set_size (self->beats, 0);
  self->next = self->new = 0;
}

void
told_beats_add (ToldBeats *self, const LiveBeat *beat)
{
  g_array_append_val (self->beats, *beat);
}

void
told_beats_seek (ToldBeats *self, gdouble time)
{
  self->next = self->new;
  while (self->next > 0
      && g_array_index (self->beats, LiveBeat, self->next - 1).time >= time)
    self->next--;
}

gboolean
told_beats_next (ToldBeats *self, gdouble until, LiveBeat *beat)
{
  const LiveBeat *next;

  if (self->next == self->beats->len)
    return FALSE;
  next = &g_array_index (self->beats, LiveBeat, self->next);
  if (self->next < self->new && next->time >= until)
    return FALSE;
  *beat = *next;
  self->next++;
  self->new = MAX (self->new, self->next);
  return TRUE;
}
