/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <gst/gst.h>

G_BEGIN_DECLS

/**
 * PacketSkipper:
 *
 * Stands before the video decoder of a pipeline and takes out pictures on the
 * way from a key frame to the first one that is shown: those that no other
 * picture is made of. H.264 says which ones they are; of other streams
 * everything is decoded.
 */
typedef struct _PacketSkipper PacketSkipper;

/* To be made before a decoder is in @pipeline. */
PacketSkipper *packet_skipper_new (GstElement *pipeline);
/* No streaming thread may run. */
void packet_skipper_free (PacketSkipper *self);

/* From now on pictures before stream time @time need not come; 0: all are
 * needed. From any thread. */
void packet_skipper_set_needed (PacketSkipper *self, GstClockTime time);
/* How many have been taken out up to now. */
guint packet_skipper_count (PacketSkipper *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PacketSkipper, packet_skipper_free)

G_END_DECLS
