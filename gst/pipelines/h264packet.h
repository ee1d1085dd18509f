/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <gst/gst.h>

G_BEGIN_DECLS

/* Packets of H.264, as they stand before a decoder. */

#define H264_NAL_SLICE 1
#define H264_NAL_IDR 5
#define H264_NAL_SEI 6

/* Whether @caps are of H.264; then @nal_length is set: the bytes of the length
 * before each unit, 0 where start codes part them. */
gboolean h264_caps_parse (const GstCaps *caps, guint *nal_length);

/* The next unit of the packet that @data and @left are what is left of; FALSE
 * at its end. With start codes the unit reaches to the end of the packet. */
gboolean h264_next_nal (guint nal_length, const guint8 **data, gsize *left,
    const guint8 **nal, gsize *size);

/* Whether no other picture is made of the one in @buffer (nal_ref_idc is 0), so
 * that a decoder need not see it. */
gboolean h264_packet_is_disposable (GstBuffer *buffer, guint nal_length);

G_END_DECLS
