/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <gio/gio.h>
#include <gst/gst.h>

G_BEGIN_DECLS

/* A part of a film as a file: encoded packets with their times, caps and tags,
 * exactly as an encoder gave them. The packets' data comes first, then the
 * index, then its size and a sum of everything, so that a part that is cut off
 * or damaged is told from a whole one. */

/**
 * ToolPartWriter:
 *
 * Writes a part while it is encoded; for one thread at a time.
 */
typedef struct _ToolPartWriter ToolPartWriter;

ToolPartWriter *tool_part_writer_new (const gchar *path, GError **error);
void tool_part_writer_free (ToolPartWriter *self);
gboolean
tool_part_writer_push (ToolPartWriter *self, GstSample *sample, GError **error);
void tool_part_writer_take_tags (ToolPartWriter *self, const GstTagList *tags);
guint tool_part_writer_n_packets (const ToolPartWriter *self);
/* @key: what the part is of. @notes: (of gchar *) what was said of it. */
gboolean tool_part_writer_finish (ToolPartWriter *self, const gchar *key,
    const GPtrArray *notes, GError **error);

/**
 * ToolPacket:
 *
 * @pts, @dts: running times, which may be negative; G_MININT64 where unknown
 * @duration: 0 where unknown
 * @trim_start, @trim_end: samples that a decoder leaves out
 */
typedef struct
{
  gint64 pts;
  gint64 dts;
  guint64 duration;
  guint64 offset; /* of the data in the file */
  guint64 size;
  guint32 flags; /* GstBufferFlags */
  guint64 trim_start;
  guint64 trim_end;
} ToolPacket;

/**
 * ToolPart:
 *
 * What is known of a part; the data stays in its file.
 */
typedef struct
{
  gchar *path;
  GstCaps *caps;
  GstTagList *tags; /* nullable */
  GStrv notes;
  GArray *packets; /* of ToolPacket, in the order of the encoder */
} ToolPart;

/* NULL where @path is not there, is no whole part or is not of @key. */
ToolPart *tool_part_open (const gchar *path, const gchar *key);
void tool_part_free (ToolPart *self);
/* The data of packet @index with flags and trimming, without times. @stream:
 * the file of the part. */
GstBuffer *tool_part_read (const ToolPart *self, guint index,
    GFileInputStream *stream, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ToolPartWriter, tool_part_writer_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (ToolPart, tool_part_free)

G_END_DECLS
