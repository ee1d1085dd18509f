/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "holdback.h"

#include <gst/base/gstqueuearray.h>

typedef struct
{
  GstMiniObject *object;
  GstClockTime until;
} Item;

struct _HoldBack
{
  GstQueueArray *items; /* of Item */
};

HoldBack *
hold_back_new (void)
{
  HoldBack *self = g_new0 (HoldBack, 1);

  self->items = gst_queue_array_new_for_struct (sizeof (Item), 64);
  return self;
}

void
hold_back_free (HoldBack *self)
{
  hold_back_clear (self);
  gst_queue_array_free (self->items);
  g_free (self);
}

void
hold_back_push (HoldBack *self, GstMiniObject *object, GstClockTime until)
{
  Item item = {object, until};

  gst_queue_array_push_tail_struct (self->items, &item);
}

GstMiniObject *
hold_back_pop (HoldBack *self, GstClockTime heard)
{
  const Item *item = gst_queue_array_peek_head_struct (self->items);

  if (!item || item->until > heard)
    return NULL;
  item = gst_queue_array_pop_head_struct (self->items);
  return item->object;
}

gboolean
hold_back_is_empty (const HoldBack *self)
{
  return gst_queue_array_is_empty (self->items);
}

void
hold_back_clear (HoldBack *self)
{
  GstMiniObject *object;

  while ((object = hold_back_pop (self, GST_CLOCK_TIME_NONE)))
    gst_mini_object_unref (object);
}
