/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <gio/gio.h>
#include <gst/montage/montage.h>

G_BEGIN_DECLS

/**
 * ToolThumbnail:
 *
 * A small picture of a cut: rows of 4 bytes B, G, R, x.
 */
typedef struct
{
  guint width;
  guint height;
  guint8 *pixels;
  GBytes *jpeg; /* nullable: the same, compressed */
} ToolThumbnail;

typedef void (*ToolThumbnailsProgress) (gdouble fraction, gpointer data);

void tool_thumbnail_free (ToolThumbnail *self);

/* Small pictures of the cuts of @plan: one GPtrArray of ToolThumbnail per cut,
 * with as many as @n_wanted (of guint, one per cut) says, evenly spread; fewer
 * where its file cannot be read. Ends early where it is cancelled. */
GPtrArray *
tool_thumbnails_new (const GstMontagePlan *plan, const GArray *n_wanted,
    guint height, gboolean with_jpeg, GCancellable *cancellable,
    ToolThumbnailsProgress progress, gpointer progress_data);

/* Frames of the clip @uri at @times (of GstClockTime, stream time, ascending):
 * as many as there are times, NULL where there is none. */
GPtrArray *tool_frames_new (const gchar *uri, const GArray *times, guint height,
    gboolean with_jpeg, GCancellable *cancellable);

G_END_DECLS
