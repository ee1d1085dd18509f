/* SPDX-License-Identifier: LGPL-2.1-or-later */
#ifdef HAVE_CONFIG_H
#include "config.h"
#endif

#include "packetgate.h"

#include "h264packet.h"

struct _MontagePacketGate
{
  GstElement *pipeline;
  gulong handler;
  MontagePacketWanted wanted;
  gpointer data;
  gboolean watched; /* atomic: a decoder has been found */

  /* The thread that feeds the decoder; others when it has ended. */
  GArray *packets;
  GstSegment segment;
  gboolean is_h264;
  gfloat picture;   /* as in ClipPacket */
  guint nal_length; /* see h264_caps_parse() */
  gboolean unusable;
};

/* --- H.264 -------------------------------------------------------------- */

#define SEI_RECOVERY_POINT 6

/* Unsigned Exp-Golomb code at bit *@pos of @data (H.264, 9.1). */
static guint
read_ue (const guint8 *data, gsize size, gsize *pos)
{
  guint zeros = 0, value = 0;

  while (*pos < 8 * size && zeros < 16
      && !(data[*pos / 8] >> (7 - *pos % 8) & 1)) {
    zeros++;
    (*pos)++;
  }
  for (guint i = 0; i <= zeros && *pos < 8 * size; i++, (*pos)++)
    value = value << 1 | (data[*pos / 8] >> (7 - *pos % 8) & 1);
  return value - 1;
}

static gboolean
is_intra_slice (const guint8 *nal, gsize size)
{
  gsize pos = 8;
  guint type;

  read_ue (nal, size, &pos); /* first_mb_in_slice */
  type = read_ue (nal, size, &pos) % 5;
  return type == 2 || type == 4;
}

/* The parser takes every intra picture for a random access point, and
 * what follows one may still refer to what was before. */
static ClipPacketFlags
h264_flags (const MontagePacketGate *self, GstBuffer *buffer)
{
  g_auto (GstBufferMapInfo) map = GST_MAP_INFO_INIT;
  const guint8 *data, *nal;
  gsize left, size;
  gboolean recovers = FALSE;

  if (!gst_buffer_map (buffer, &map, GST_MAP_READ))
    return 0;
  data = map.data;
  left = map.size;
  while (h264_next_nal (self->nal_length, &data, &left, &nal, &size)) {
    switch (nal[0] & 0x1f) {
      case H264_NAL_SEI:
        recovers |= size > 1 && nal[1] == SEI_RECOVERY_POINT;
        break;
      case H264_NAL_IDR:
        return CLIP_PACKET_KEY | CLIP_PACKET_INTRA;
      case H264_NAL_SLICE:
        if (!is_intra_slice (nal, size))
          return 0;
        return recovers ? CLIP_PACKET_KEY | CLIP_PACKET_INTRA
                        : CLIP_PACKET_INTRA;
      default:
        break;
    }
  }
  return 0;
}

/* --- probes ------------------------------------------------------------- */

static void
take_caps (MontagePacketGate *self, GstEvent *event)
{
  const GstStructure *structure;
  gint width = 0, height = 0;
  GstCaps *caps;

  gst_event_parse_caps (event, &caps);
  structure = gst_caps_get_structure (caps, 0);
  self->is_h264 = h264_caps_parse (caps, &self->nal_length);
  if (!gst_structure_get_int (structure, "width", &width)
      || !gst_structure_get_int (structure, "height", &height))
    self->picture = 1;
  else
    self->picture = (gfloat) width * (gfloat) height / COST_PIXELS;
}

static void
take_event (MontagePacketGate *self, GstEvent *event)
{
  const GstSegment *segment;

  switch (GST_EVENT_TYPE (event)) {
    case GST_EVENT_CAPS:
      take_caps (self, event);
      break;
    case GST_EVENT_SEGMENT:
      gst_event_parse_segment (event, &segment);
      /* several parts of a medium, or one at another speed */
      if (self->packets->len > 0 || segment->format != GST_FORMAT_TIME
          || segment->rate != 1.0 || segment->applied_rate != 1.0)
        self->unusable = TRUE;
      self->segment = *segment;
      break;
    default:
      break;
  }
}

static ClipPacket
describe (MontagePacketGate *self, GstBuffer *buffer)
{
  GstClockTime pts = GST_BUFFER_PTS (buffer);
  ClipPacket packet = {.time = GST_CLOCK_TIME_NONE,
      .size = (guint32) MIN (gst_buffer_get_size (buffer), G_MAXUINT32),
      .picture = self->picture};
  GstClockTime end = pts;

  if (!GST_CLOCK_TIME_IS_VALID (pts)
      || self->segment.format != GST_FORMAT_TIME) {
    self->unusable = TRUE;
    return packet;
  }
  if (!GST_BUFFER_FLAG_IS_SET (buffer, GST_BUFFER_FLAG_DELTA_UNIT))
    packet.flags |= CLIP_PACKET_KEY | CLIP_PACKET_INTRA;
  if (self->is_h264 && packet.flags)
    packet.flags = h264_flags (self, buffer);
  if (GST_BUFFER_DURATION_IS_VALID (buffer))
    end += GST_BUFFER_DURATION (buffer);
  if (gst_segment_clip (&self->segment, GST_FORMAT_TIME, pts, end, NULL,
          NULL)) {
    packet.flags |= CLIP_PACKET_SHOWN;
    packet.time = gst_segment_to_stream_time (&self->segment, GST_FORMAT_TIME,
        MAX (pts, self->segment.start));
  }
  return packet;
}

static GstPadProbeReturn
on_packet (GstPad *pad, GstPadProbeInfo *info, gpointer data)
{
  MontagePacketGate *self = data;
  ClipPacket packet;
  guint index = self->packets->len;

  if (GST_PAD_PROBE_INFO_TYPE (info) & GST_PAD_PROBE_TYPE_EVENT_DOWNSTREAM) {
    take_event (self, GST_PAD_PROBE_INFO_EVENT (info));
    return GST_PAD_PROBE_OK;
  }
  if (GST_PAD_PROBE_INFO_TYPE (info) & GST_PAD_PROBE_TYPE_BUFFER_LIST) {
    self->unusable = TRUE;
    return GST_PAD_PROBE_OK;
  }
  packet = describe (self, GST_PAD_PROBE_INFO_BUFFER (info));
  g_array_append_val (self->packets, packet);
  return !self->wanted || self->unusable
          || self->wanted (&packet, index, self->data)
      ? GST_PAD_PROBE_OK
      : GST_PAD_PROBE_DROP;
}

static void
on_element (GstBin *bin, GstBin *sub_bin, GstElement *element,
    MontagePacketGate *self)
{
  GstElementFactory *factory = gst_element_get_factory (element);
  g_autoptr (GstPad) pad = NULL;

  if (!factory
      || !gst_element_factory_list_is_type (factory,
          GST_ELEMENT_FACTORY_TYPE_DECODER
              | GST_ELEMENT_FACTORY_TYPE_MEDIA_VIDEO))
    return;
  pad = gst_element_get_static_pad (element, "sink");
  if (!pad || !g_atomic_int_compare_and_exchange (&self->watched, FALSE, TRUE))
    return;
  gst_pad_add_probe (pad,
      GST_PAD_PROBE_TYPE_BUFFER | GST_PAD_PROBE_TYPE_BUFFER_LIST
          | GST_PAD_PROBE_TYPE_EVENT_DOWNSTREAM,
      on_packet, self, NULL);
}

MontagePacketGate *
montage_packet_gate_new (GstElement *pipeline, MontagePacketWanted wanted,
    gpointer data)
{
  MontagePacketGate *self = g_new0 (MontagePacketGate, 1);

  self->pipeline = gst_object_ref (pipeline);
  self->wanted = wanted;
  self->data = data;
  self->packets = g_array_new (FALSE, FALSE, sizeof (ClipPacket));
  gst_segment_init (&self->segment, GST_FORMAT_UNDEFINED);
  self->handler = g_signal_connect (pipeline, "deep-element-added",
      G_CALLBACK (on_element), self);
  return self;
}

const GArray *
montage_packet_gate_get_packets (const MontagePacketGate *self)
{
  return self->unusable || self->packets->len == 0 ? NULL : self->packets;
}

void
montage_packet_gate_add_key_units (const MontagePacketGate *self, GArray *times)
{
  const guint wanted = CLIP_PACKET_KEY | CLIP_PACKET_SHOWN;

  for (guint i = 0; !self->unusable && i < self->packets->len; i++) {
    const ClipPacket *packet = &g_array_index (self->packets, ClipPacket, i);

    if ((packet->flags & wanted) == wanted)
      g_array_append_val (times, packet->time);
  }
}

void
montage_packet_gate_free (MontagePacketGate *self)
{
  g_signal_handler_disconnect (self->pipeline, self->handler);
  gst_object_unref (self->pipeline);
  g_array_unref (self->packets);
  g_free (self);
}
