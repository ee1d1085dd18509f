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

/* To decode so many samples of plain H.264 takes libavcodec as long as to read
 * so many bytes of it: of twelve films of 1080p, 1 to 7 Mb/s. What is measured
 * of a picture takes a part of that, whatever its size. */
#define COST_PIXELS (1920 * 1080)
#define COST_BYTES 65000
#define COST_MEASURES 0.1

/* One coded picture, in decoding order. */
typedef struct
{
  GstClockTime time; /* stream time */
  guint32 size;      /* bytes */
  gfloat picture;    /* its size, of COST_PIXELS */
  ClipPacketFlags flags;
} ClipPacket;

/* What decoding and measuring it takes, in pictures of COST_PIXELS. */
static inline gdouble
clip_packet_cost (const ClipPacket *self)
{
  return self->picture + COST_MEASURES + (gdouble) self->size / COST_BYTES;
}

G_END_DECLS
