/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "packetorder.h"

static gint
compare_times (gconstpointer a, gconstpointer b, gpointer data)
{
  const PacketOrder *self = data;
  GstClockTime x = packet_order_get_packet (self, *(const guint *) a)->time;
  GstClockTime y = packet_order_get_packet (self, *(const guint *) b)->time;

  return (x > y) - (x < y);
}

/* FALSE where two pictures have the same time. */
static gboolean
order_packets (PacketOrder *self)
{
  for (guint i = 0; i < self->packets->len; i++) {
    self->frames[i] = G_MAXUINT64;
    if (packet_order_get_packet (self, i)->flags & CLIP_PACKET_SHOWN)
      g_array_append_val (self->shown, i);
  }
  g_array_sort_with_data (self->shown, compare_times, self);
  for (guint i = 0; i < self->shown->len; i++) {
    self->frames[packet_order_get_index (self, i)] = i;
    if (i > 0
        && packet_order_get_time (self, i)
            <= packet_order_get_time (self, i - 1))
      return FALSE;
  }
  return self->shown->len > 0;
}

PacketOrder *
packet_order_new (const GArray *packets)
{
  g_autoptr (PacketOrder) self = g_new0 (PacketOrder, 1);

  self->packets = g_array_copy ((GArray *) packets);
  self->shown = g_array_new (FALSE, FALSE, sizeof (guint));
  self->frames = g_new (guint64, packets->len);
  return order_packets (self) ? g_steal_pointer (&self) : NULL;
}

GstClockTime
packet_order_get_time (const PacketOrder *self, guint64 frame)
{
  return packet_order_get_packet (self, packet_order_get_index (self, frame))
      ->time;
}

guint64
packet_order_find (const PacketOrder *self, GstClockTime time)
{
  guint64 low = 0, high = self->shown->len;

  while (low < high) {
    guint64 middle = (low + high) / 2;

    if (packet_order_get_time (self, middle) < time)
      low = middle + 1;
    else
      high = middle;
  }
  return low < self->shown->len && packet_order_get_time (self, low) == time
      ? low
      : G_MAXUINT64;
}

void
packet_order_free (PacketOrder *self)
{
  g_array_unref (self->packets);
  g_array_unref (self->shown);
  g_free (self->frames);
  g_free (self);
}
