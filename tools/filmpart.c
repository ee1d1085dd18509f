/* SPDX-License-Identifier: LGPL-2.1-or-later */
#ifdef HAVE_CONFIG_H
#include "config.h"
#endif

#include "filmpart.h"

#include <gst/audio/audio.h>
#include <string.h>

#define MAGIC "gstmpar1"
/* key, caps, tags, notes, packets: all of ToolPacket but the offset */
#define INDEX_TYPE "(sssasa(xxttutt))"
/* Told from damage, not from malice. */
#define SUM_TYPE G_CHECKSUM_MD5
#define SUM_BYTES 16
#define READ_BYTES ((gsize) 256 << 10)
/* No index is so large: it would be that of a day of pictures. */
#define INDEX_MAX ((guint64) 1 << 30)
#define KEPT_FLAGS                                                             \
  (GST_BUFFER_FLAG_DELTA_UNIT | GST_BUFFER_FLAG_HEADER                         \
      | GST_BUFFER_FLAG_DISCONT | GST_BUFFER_FLAG_MARKER                       \
      | GST_BUFFER_FLAG_DROPPABLE | GST_BUFFER_FLAG_DECODE_ONLY)

/* The end of the file. */
typedef struct
{
  guint64 index_size; /* little endian */
  guint8 sum[SUM_BYTES];
  gchar magic[8];
} Footer;

struct _ToolPartWriter
{
  GOutputStream *stream;
  GChecksum *sum;
  GstCaps *caps;
  GstTagList *tags;
  GArray *packets; /* of ToolPacket */
};

/* ---- writing ---- */

ToolPartWriter *
tool_part_writer_new (const gchar *path, GError **error)
{
  g_autoptr (GFile) file = g_file_new_for_path (path);
  GFileOutputStream *stream = g_file_append_to (file, G_FILE_CREATE_PRIVATE,
      NULL, error);
  ToolPartWriter *self;

  if (stream == NULL)
    return NULL;
  self = g_new0 (ToolPartWriter, 1);
  self->stream = G_OUTPUT_STREAM (stream);
  self->sum = g_checksum_new (SUM_TYPE);
  self->packets = g_array_new (FALSE, FALSE, sizeof (ToolPacket));
  return self;
}

void
tool_part_writer_free (ToolPartWriter *self)
{
  g_object_unref (self->stream);
  g_checksum_free (self->sum);
  g_clear_pointer (&self->caps, gst_caps_unref);
  g_clear_pointer (&self->tags, gst_tag_list_unref);
  g_array_unref (self->packets);
  g_free (self);
}

static gint64
running_time (const GstSegment *segment, GstClockTime time)
{
  guint64 running = 0;
  gint sign;

  if (!GST_CLOCK_TIME_IS_VALID (time))
    return G_MININT64;
  sign = gst_segment_to_running_time_full (segment, GST_FORMAT_TIME, time,
      &running);
  if (sign == 0)
    return G_MININT64;
  return sign > 0 ? (gint64) running : -(gint64) running;
}

static ToolPacket
packet_of (GstSample *sample)
{
  GstBuffer *buffer = gst_sample_get_buffer (sample);
  const GstSegment *segment = gst_sample_get_segment (sample);
  const GstAudioClippingMeta *trim = gst_buffer_get_audio_clipping_meta (
      buffer);
  ToolPacket packet = {
      .pts = running_time (segment, GST_BUFFER_PTS (buffer)),
      .dts = running_time (segment, GST_BUFFER_DTS (buffer)),
      .size = gst_buffer_get_size (buffer),
      .flags = GST_BUFFER_FLAGS (buffer) & KEPT_FLAGS,
  };

  if (GST_BUFFER_DURATION_IS_VALID (buffer))
    packet.duration = GST_BUFFER_DURATION (buffer);
  if (trim != NULL && trim->format == GST_FORMAT_DEFAULT) {
    packet.trim_start = trim->start;
    packet.trim_end = trim->end;
  }
  return packet;
}

static gboolean
write_summed (ToolPartWriter *self, gconstpointer data, gsize size,
    GError **error)
{
  g_checksum_update (self->sum, data, size);
  return g_output_stream_write_all (self->stream, data, size, NULL, NULL,
      error);
}

gboolean
tool_part_writer_push (ToolPartWriter *self, GstSample *sample, GError **error)
{
  GstBuffer *buffer = gst_sample_get_buffer (sample);
  ToolPacket packet = packet_of (sample);
  GstMapInfo map;
  gboolean written;

  gst_caps_replace (&self->caps, gst_sample_get_caps (sample));
  if (!gst_buffer_map (buffer, &map, GST_MAP_READ)) {
    g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_FAILED,
        "a packet cannot be read");
    return FALSE;
  }
  written = write_summed (self, map.data, map.size, error);
  gst_buffer_unmap (buffer, &map);
  g_array_append_val (self->packets, packet);
  return written;
}

void
tool_part_writer_take_tags (ToolPartWriter *self, const GstTagList *tags)
{
  GstTagList *merged = gst_tag_list_merge (self->tags, tags,
      GST_TAG_MERGE_REPLACE);

  g_clear_pointer (&self->tags, gst_tag_list_unref);
  self->tags = merged;
}

guint
tool_part_writer_n_packets (const ToolPartWriter *self)
{
  return self->packets->len;
}

static GVariant *
index_of (const ToolPartWriter *self, const gchar *key, const GPtrArray *notes)
{
  g_autofree gchar *caps = gst_caps_to_string (self->caps);
  g_autofree gchar *tags = self->tags != NULL
      ? gst_tag_list_to_string (self->tags)
      : g_strdup ("");
  GVariantBuilder packets;

  g_variant_builder_init (&packets, G_VARIANT_TYPE ("a(xxttutt)"));
  for (guint i = 0; i < self->packets->len; i++) {
    const ToolPacket *packet = &g_array_index (self->packets, ToolPacket, i);

    g_variant_builder_add (&packets, "(xxttutt)", packet->pts, packet->dts,
        packet->duration, packet->size, packet->flags, packet->trim_start,
        packet->trim_end);
  }
  return g_variant_ref_sink (
      g_variant_new ("(sss@asa(xxttutt))", key, caps, tags,
          g_variant_new_strv ((const gchar *const *) notes->pdata, notes->len),
          &packets));
}

gboolean
tool_part_writer_finish (ToolPartWriter *self, const gchar *key,
    const GPtrArray *notes, GError **error)
{
  g_autoptr (GVariant) index = NULL;
  Footer footer = {.magic = MAGIC};
  gsize length = SUM_BYTES;

  if (self->packets->len == 0) {
    g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_FAILED,
        "the encoder gave nothing");
    return FALSE;
  }
  index = index_of (self, key, notes);
  if (!write_summed (self, g_variant_get_data (index),
          g_variant_get_size (index), error))
    return FALSE;
  footer.index_size = GUINT64_TO_LE (g_variant_get_size (index));
  g_checksum_get_digest (self->sum, footer.sum, &length);
  return g_output_stream_write_all (self->stream, &footer, sizeof footer, NULL,
             NULL, error)
      && g_output_stream_close (self->stream, NULL, error);
}

/* ---- reading ---- */

/* The size of the file without its footer, 0 where it has none. */
static guint64
read_footer (GInputStream *stream, Footer *footer)
{
  goffset size;
  gsize n_read = 0;

  if (!g_seekable_seek (G_SEEKABLE (stream), 0, G_SEEK_END, NULL, NULL))
    return 0;
  size = g_seekable_tell (G_SEEKABLE (stream)) - (goffset) sizeof *footer;
  if (size <= 0
      || !g_seekable_seek (G_SEEKABLE (stream), size, G_SEEK_SET, NULL, NULL)
      || !g_input_stream_read_all (stream, footer, sizeof *footer, &n_read,
          NULL, NULL)
      || n_read != sizeof *footer
      || memcmp (footer->magic, MAGIC, sizeof footer->magic) != 0)
    return 0;
  footer->index_size = GUINT64_FROM_LE (footer->index_size);
  return footer->index_size <= MIN (INDEX_MAX, (guint64) size) ? size : 0;
}

static gboolean
check_sum (GInputStream *stream, guint64 size, const Footer *footer)
{
  g_autoptr (GChecksum) sum = g_checksum_new (SUM_TYPE);
  g_autofree guint8 *bytes = g_malloc (READ_BYTES);
  guint8 digest[SUM_BYTES];
  gsize length = SUM_BYTES;

  if (!g_seekable_seek (G_SEEKABLE (stream), 0, G_SEEK_SET, NULL, NULL))
    return FALSE;
  while (size > 0) {
    gsize n = MIN (size, READ_BYTES);
    gsize n_read = 0;

    if (!g_input_stream_read_all (stream, bytes, n, &n_read, NULL, NULL)
        || n_read != n)
      return FALSE;
    g_checksum_update (sum, bytes, n);
    size -= n;
  }
  g_checksum_get_digest (sum, digest, &length);
  return memcmp (digest, footer->sum, SUM_BYTES) == 0;
}

static GVariant *
read_index (GInputStream *stream, guint64 end, const Footer *footer)
{
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (GVariant) index = NULL;

  if (!g_seekable_seek (G_SEEKABLE (stream), end - footer->index_size,
          G_SEEK_SET, NULL, NULL))
    return NULL;
  bytes = g_input_stream_read_bytes (stream, footer->index_size, NULL, NULL);
  if (bytes == NULL || g_bytes_get_size (bytes) != footer->index_size)
    return NULL;
  index = g_variant_ref_sink (
      g_variant_new_from_bytes (G_VARIANT_TYPE (INDEX_TYPE), bytes, FALSE));
  return g_variant_is_normal_form (index) ? g_steal_pointer (&index) : NULL;
}

/* FALSE where the packets do not fill the data. */
static gboolean
take_packets (ToolPart *self, GVariantIter *iter, guint64 data_size)
{
  ToolPacket packet = {0};

  self->packets = g_array_new (FALSE, FALSE, sizeof (ToolPacket));
  while (g_variant_iter_next (iter, "(xxttutt)", &packet.pts, &packet.dts,
      &packet.duration, &packet.size, &packet.flags, &packet.trim_start,
      &packet.trim_end)) {
    if (packet.size > data_size - packet.offset)
      return FALSE;
    g_array_append_val (self->packets, packet);
    packet.offset += packet.size;
  }
  return packet.offset == data_size && self->packets->len > 0;
}

static gboolean
take_index (ToolPart *self, GVariant *index, const gchar *key,
    guint64 data_size)
{
  g_autoptr (GVariantIter) packets = NULL;
  const gchar *own_key, *caps, *tags;

  g_variant_get (index, "(&s&s&s^asa(xxttutt))", &own_key, &caps, &tags,
      &self->notes, &packets);
  self->caps = gst_caps_from_string (caps);
  if (*tags != '\0')
    self->tags = gst_tag_list_new_from_string (tags);
  return g_str_equal (own_key, key) && self->caps != NULL
      && take_packets (self, packets, data_size);
}

ToolPart *
tool_part_open (const gchar *path, const gchar *key)
{
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (GFileInputStream) stream = g_file_read (file, NULL, NULL);
  g_autoptr (GVariant) index = NULL;
  g_autoptr (ToolPart) self = NULL;
  Footer footer;
  guint64 end;

  if (stream == NULL)
    return NULL;
  end = read_footer (G_INPUT_STREAM (stream), &footer);
  if (end == 0 || !check_sum (G_INPUT_STREAM (stream), end, &footer))
    return NULL;
  index = read_index (G_INPUT_STREAM (stream), end, &footer);
  self = g_new0 (ToolPart, 1);
  self->path = g_strdup (path);
  if (index == NULL || !take_index (self, index, key, end - footer.index_size))
    return NULL;
  return g_steal_pointer (&self);
}

void
tool_part_free (ToolPart *self)
{
  g_free (self->path);
  g_clear_pointer (&self->caps, gst_caps_unref);
  g_clear_pointer (&self->tags, gst_tag_list_unref);
  g_strfreev (self->notes);
  g_clear_pointer (&self->packets, g_array_unref);
  g_free (self);
}

GstBuffer *
tool_part_read (const ToolPart *self, guint index, GFileInputStream *stream,
    GError **error)
{
  const ToolPacket *packet = &g_array_index (self->packets, ToolPacket, index);
  g_autofree guint8 *data = g_malloc (packet->size);
  GstBuffer *buffer;
  gsize n_read = 0;

  if (!g_seekable_seek (G_SEEKABLE (stream), packet->offset, G_SEEK_SET, NULL,
          error)
      || !g_input_stream_read_all (G_INPUT_STREAM (stream), data, packet->size,
          &n_read, NULL, error))
    return NULL;
  if (n_read != packet->size) {
    g_set_error (error, G_IO_ERROR, G_IO_ERROR_FAILED,
        "'%s' has become shorter", self->path);
    return NULL;
  }
  buffer = gst_buffer_new_wrapped (g_steal_pointer (&data), packet->size);
  GST_BUFFER_FLAG_SET (buffer, packet->flags);
  if (packet->trim_start > 0 || packet->trim_end > 0)
    gst_buffer_add_audio_clipping_meta (buffer, GST_FORMAT_DEFAULT,
        packet->trim_start, packet->trim_end);
  return buffer;
}
