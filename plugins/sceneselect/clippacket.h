/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <gst/gst.h>

G_BEGIN_DECLS

typedef enum
{
  CLIP_PACKET_KEY = 1 << 0,   /* decoding can begin here */
  CLIP_PACKET_INTRA = 1 << 1, /* decodes alone, what follows may not */
  CLIP_PACKET_SHOWN = 1 << 2  /* lies within the segment */
} ClipPacketFlags;

/* One coded picture, in decoding order. */
typedef struct
{
  GstClockTime time; /* stream time */
  guint32 size;      /* bytes */
  ClipPacketFlags flags;
} ClipPacket;

G_END_DECLS
