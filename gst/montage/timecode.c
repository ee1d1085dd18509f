/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "timecode.h"

#define MINUTE 60
#define HOUR 3600

MontageTimecode
montage_timecode_for (gint fps_n, gint fps_d)
{
  guint nominal = (guint) ((fps_n + fps_d / 2) / MAX (fps_d, 1));
  gboolean drops = fps_d == 1001 && (nominal == 30 || nominal == 60);

  return (MontageTimecode){MAX (nominal, 1), drops ? nominal / 15 : 0};
}

/* Frames of ten minutes. */
static guint64
ten_minutes (const MontageTimecode *self)
{
  return (guint64) self->nominal * 10 * MINUTE - 9 * self->dropped;
}

/* The number that frame @frame has when the ones left out are counted. */
static guint64
add_dropped (const MontageTimecode *self, guint64 frame)
{
  guint64 tens = frame / ten_minutes (self), rest = frame % ten_minutes (self);
  guint64 minute = (guint64) self->nominal * MINUTE - self->dropped;
  guint64 minutes = 0;

  /* The first of ten minutes is whole. */
  if (rest >= minute + self->dropped)
    minutes = 1 + (rest - minute - self->dropped) / minute;

  return frame + self->dropped * (9 * tens + minutes);
}

gchar *
montage_timecode_text (const MontageTimecode *self, guint64 frame)
{
  guint64 number = add_dropped (self, frame);
  guint64 seconds = number / self->nominal;

  return g_strdup_printf ("%02u:%02u:%02u%c%02u", (guint) (seconds / HOUR % 24),
      (guint) (seconds / MINUTE % 60), (guint) (seconds % MINUTE),
      self->dropped > 0 ? ';' : ':', (guint) (number % self->nominal));
}

guint64
montage_timecode_hour (const MontageTimecode *self, guint hours)
{
  return 6 * hours * ten_minutes (self);
}
