/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <gst/gst.h>

G_BEGIN_DECLS

/* An encoder of sound puts priming before it: N samples that players hear,
 * since GStreamer's muxers write nothing about it into the file. Whole packets
 * of it are left out behind the encoder (what is left of the first sound then
 * rises over one packet, as its overlapping half is missing); what is no whole
 * packet is taken off the sound before the encoder. Both move what follows
 * forward, so that the decoded sound is in step with the picture. */

/**
 * tool_sound_trim_attach:
 * @pad: source pad of raw, interleaved sound before an encoder
 * @n_samples: to be taken off the beginning
 * @duration: of the film; what is missing at the end becomes silence, what is
 *   over is cut off
 */
void
tool_sound_trim_attach (GstPad *pad, guint n_samples, GstClockTime duration);

/**
 * tool_packet_trim_attach:
 * @pad: source pad of an encoder
 * @n_packets: to be left out at the beginning
 * @duration: of these packets
 */
void
tool_packet_trim_attach (GstPad *pad, guint n_packets, GstClockTime duration);

G_END_DECLS
