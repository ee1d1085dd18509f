/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "clippacket.h"

G_BEGIN_DECLS

/* The packets of a clip and the order in which their pictures are shown. */
typedef struct
{
  GArray *packets; /* of ClipPacket, in decoding order */
  GArray *shown;   /* of guint: packets, by time */
  guint64 *frames; /* by packet: its place in @shown; G_MAXUINT64: none */
} PacketOrder;

/* @packets: of ClipPacket, in decoding order. NULL where nothing is shown, or
 * two pictures at the same time. */
PacketOrder *packet_order_new (const GArray *packets);
/* Stream time of picture @frame, in order of presentation. */
GstClockTime packet_order_get_time (const PacketOrder *self, guint64 frame);
/* G_MAXUINT64 where there is no picture at @time. */
guint64 packet_order_find (const PacketOrder *self, GstClockTime time);
void packet_order_free (PacketOrder *self);

static inline const ClipPacket *
packet_order_get_packet (const PacketOrder *self, guint i)
{
  return &g_array_index (self->packets, ClipPacket, i);
}

static inline guint
packet_order_get_index (const PacketOrder *self, guint64 frame)
{
  return g_array_index (self->shown, guint, frame);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PacketOrder, packet_order_free)

G_END_DECLS
