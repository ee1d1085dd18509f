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

/* One ToolThumbnail per cut of @plan, NULL where its file cannot be read. Ends
 * early where it is cancelled. */
GPtrArray *tool_thumbnails_new (const GstMontagePlan *plan, guint height,
    gboolean with_jpeg, GCancellable *cancellable,
    ToolThumbnailsProgress progress, gpointer progress_data);

G_END_DECLS
