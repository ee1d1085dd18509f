/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <gst/gst.h>

#include "clippacket.h"

G_BEGIN_DECLS

/**
 * MontagePacketGate:
 *
 * Stands before the video decoder of a pipeline: notes every packet, and lets
 * only those through that are asked for.
 */
typedef struct _MontagePacketGate MontagePacketGate;

/* Whether packet @index, which is @packet, is to be decoded; in decoding order,
 * from a streaming thread. */
typedef gboolean (*MontagePacketWanted) (const ClipPacket *packet, guint index,
    gpointer data);

/* @wanted is nullable: then all of them pass. */
MontagePacketGate *montage_packet_gate_new (GstElement *pipeline,
    MontagePacketWanted wanted, gpointer data);
/* Of ClipPacket; to be called when no thread runs. NULL where the packets are
 * no pictures with time stamps. (transfer none) */
const GArray *montage_packet_gate_get_packets (const MontagePacketGate *self);
/* Appends the times (GstClockTime) at which decoding can begin. */
void montage_packet_gate_add_key_units (const MontagePacketGate *self,
    GArray *times);
/* No streaming thread may run. */
void montage_packet_gate_free (MontagePacketGate *self);

G_END_DECLS
