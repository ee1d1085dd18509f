/* SPDX-License-Identifier: LGPL-2.1-or-later */

/* The path less its mean over half a second: a high pass whose first zero is
 * at 2 Hz, since what is faster no one does on purpose. */

#include "camerapath.h"

#include "shotconstants.h"

typedef struct
{
  GstClockTime time;
  gdouble x;
  gdouble y;
} Place;

struct _CameraPath
{
  GArray *places; /* of Place, without a break in them */
  guint next;     /* the first that is not told of */
};

CameraPath *
camera_path_new (void)
{
  CameraPath *self = g_new0 (CameraPath, 1);

  self->places = g_array_new (FALSE, FALSE, sizeof (Place));
  return self;
}

void
camera_path_free (CameraPath *self)
{
  g_array_unref (self->places);
  g_free (self);
}

static const Place *
place_at (const CameraPath *self, guint i)
{
  return &g_array_index (self->places, Place, i);
}

void
camera_path_push (CameraPath *self, GstClockTime time, gdouble dx, gdouble dy,
    gboolean broken)
{
  Place place = {time, 0, 0};

  if (broken) {
    g_array_set_size (self->places, 0);
    self->next = 0;
  } else if (self->places->len > 0) {
    const Place *last = place_at (self, self->places->len - 1);

    place.x = last->x + dx;
    place.y = last->y + dy;
  }
  g_array_append_val (self->places, place);
}

static gdouble
deviation_of (const CameraPath *self, const Place *place)
{
  gdouble x = 0, y = 0;
  guint n = 0;

  for (guint i = 0; i < self->places->len; i++) {
    const Place *other = place_at (self, i);

    if (other->time + SHAKE_REACH < place->time)
      continue;
    if (other->time > place->time + SHAKE_REACH)
      break;
    x += other->x - place->x;
    y += other->y - place->y;
    n++;
  }
  return (x * x + y * y) / n / n;
}

/* Forgets what is too old for the next place, but for one: it tells that the
 * path began before. */
static void
trim (CameraPath *self)
{
  GstClockTime next = place_at (self, self->next)->time;
  guint n = 0;

  while (n < self->next && place_at (self, n + 1)->time + SHAKE_REACH <= next)
    n++;
  g_array_remove_range (self->places, 0, n);
  self->next -= n;
}

gboolean
camera_path_pop (CameraPath *self, GstClockTime *time, gdouble *deviation)
{
  for (; self->next < self->places->len; self->next++) {
    GstClockTime next = place_at (self, self->next)->time;

    if (next + SHAKE_REACH > place_at (self, self->places->len - 1)->time)
      return FALSE;
    trim (self);
    /* at the start of the path there is no mean on both sides */
    if (place_at (self, 0)->time + SHAKE_REACH > next)
      continue;
    *time = next;
    *deviation = deviation_of (self, place_at (self, self->next));
    self->next++;
    return TRUE;
  }
  return FALSE;
}
