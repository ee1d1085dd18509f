/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <gst/gst.h>

G_BEGIN_DECLS

/* A single take: a stretch of a file that was filmed without a cut. */
typedef struct
{
  gchar *path; /* NULL: a drawn landscape */
  guint id;    /* which landscape */
  guint first; /* frames of the file, counted as decoded */
  guint last;
} MontageTake;

/* Reads "FILE@FIRST-LAST". */
gboolean
montage_take_parse (const gchar *text, MontageTake *take, GError **error);

typedef struct _MontageTakeReader MontageTakeReader;

/* Pictures of @take from its frame @start on, cropped to the shape of @width
 * times @height and scaled to it. */
MontageTakeReader *montage_take_reader_new (const MontageTake *take,
    guint start, guint width, guint height, GError **error);
void montage_take_reader_free (MontageTakeReader *self);

/* The picture @number frames after the start, 0xffRRGGBB. @number never falls;
 * after the end of the file the last picture stays. NULL before any. */
const guint32 *montage_take_reader_get (MontageTakeReader *self, guint number);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (MontageTakeReader, montage_take_reader_free)

G_END_DECLS
