/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "packetorder.h"

G_BEGIN_DECLS

/* What the pictures that decode alone tell about what lies between them. */
typedef struct
{
  GstClockTime time; /* of the second one */
  gfloat distance;   /* as of frame_traits_compare() */
  gfloat flattest;   /* the lesser deviation of the two, of luma */
  gfloat unrest;     /* the worst mismatch of pictures that follow the second */
} StillChange;

/* From one picture of the survey to the next, and what packets tell. */
typedef struct
{
  guint64 first; /* the first picture */
  guint64 end;   /* the second one */
  guint n_frames;
  StillChange change;
  gboolean is_last;    /* there is no second one */
  gboolean is_early;   /* the second comes before the encoder has to set one */
  gdouble spike;       /* the largest packet against those around it */
  gdouble spike_share; /* and against the two pictures */
  guint64 spike_frame;
  gdouble hump;       /* the costliest third of a second against the median */
  guint64 hump_frame; /* its middle */
  gdouble dip;        /* and the cheapest */
} ClipSpan;

/* Of a pair of pictures of which nothing is known: taken for different. */
#define SPAN_UNKNOWN_DISTANCE 0.60

/* @changes: of StillChange, by time. Of ClipSpan, from the first picture to the
 * end of the clip; NULL where the survey does not fit the packets. (transfer
 * full) */
GArray *clip_spans_new (const PacketOrder *order, const GArray *changes);

G_END_DECLS
