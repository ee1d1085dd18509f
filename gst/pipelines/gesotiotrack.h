/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <ges/ges.h>

G_BEGIN_DECLS

/* The clips of a layer of GES as OpenTimelineIO has them: one behind the other,
 * with transitions at the cuts instead of overlaps, in whole frames. */

/**
 * MontageOtioGrid:
 *
 * The frames of a timeline.
 */
typedef struct
{
  gint fps_n;
  gint fps_d;
} MontageOtioGrid;

/* What the tracks of pictures are restricted to; nullable. */
GstCaps *montage_otio_video_caps (GESTimeline *timeline);
MontageOtioGrid montage_otio_grid_of (GESTimeline *timeline);
/* The frame whose start is nearest to @time. */
guint64
montage_otio_grid_frame_at (const MontageOtioGrid *self, GstClockTime time);
GstClockTime
montage_otio_grid_time (const MontageOtioGrid *self, guint64 frame);
/* A frame that lies in the one that a file with @n / @d frames per second shows
 * at @time; the nearest one where there is none. */
guint64 montage_otio_grid_frame_in (const MontageOtioGrid *self,
    GstClockTime time, gint n, gint d);

/**
 * MontageOtioItem:
 * @clip: owned
 * @source: owned; what it plays
 * @type: of the track
 * @start: first frame on the timeline
 * @end: the frame behind the last one
 * @in_point: time in the file at @start
 * @speed: of the file
 * @transition: (nullable) (owned): into it
 * @before: frames of the transition that lie before @start
 * @behind: and behind it
 */
typedef struct
{
  GESClip *clip;
  GESTrackElement *source;
  GESTrackType type;
  gint64 start;
  gint64 end;
  GstClockTime in_point;
  gdouble speed;
  GESClip *transition;
  gint64 before;
  gint64 behind;
} MontageOtioItem;

/* (of MontageOtioItem) in order. Effects and titles that lie over pictures are
 * no clips of their own there and are left out. */
GArray *montage_otio_items (const MontageOtioGrid *self, GESLayer *layer,
    GESTrackType type);

G_END_DECLS
