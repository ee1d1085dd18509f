/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "packetskipper.h"

#include <gst/pipelines/h264packet.h>

/* Where the stream does not say how far pictures are reordered, decoders find
 * it out from the first ones that are; these have to be seen. */
#define N_LEARNING 8

struct _PacketSkipper
{
  GstElement *pipeline;
  gulong handler;
  gboolean watched; /* atomic: a decoder has been found */

  GMutex lock;
  GstClockTime needed; /* with @lock */
  guint n_skipped;     /* with @lock */

  /* The thread that feeds the decoder. */
  GstSegment segment;
  gboolean is_h264;
  guint nal_length; /* see h264_caps_parse() */
  guint n_learned;  /* of N_LEARNING */
};

static void
take_event (PacketSkipper *self, GstEvent *event)
{
  GstCaps *caps;

  switch (GST_EVENT_TYPE (event)) {
    case GST_EVENT_CAPS:
      gst_event_parse_caps (event, &caps);
      self->is_h264 = h264_caps_parse (caps, &self->nal_length);
      break;
    case GST_EVENT_SEGMENT:
      gst_event_copy_segment (event, &self->segment);
      break;
    default:
      break;
  }
}

static gboolean
is_before (PacketSkipper *self, GstBuffer *buffer)
{
  GstClockTime time;
  gboolean before;

  if (self->segment.format != GST_FORMAT_TIME
      || !GST_BUFFER_PTS_IS_VALID (buffer))
    return FALSE;
  time = gst_segment_to_stream_time (&self->segment, GST_FORMAT_TIME,
      GST_BUFFER_PTS (buffer));
  g_mutex_lock (&self->lock);
  before = GST_CLOCK_TIME_IS_VALID (time) && time < self->needed;
  g_mutex_unlock (&self->lock);
  return before;
}

static gboolean
can_skip (PacketSkipper *self, GstBuffer *buffer)
{
  gboolean learning = self->n_learned < N_LEARNING;

  if (!self->is_h264 || (!learning && !is_before (self, buffer))
      || !h264_packet_is_disposable (buffer, self->nal_length))
    return FALSE;
  if (learning)
    self->n_learned++;
  return !learning;
}

static GstPadProbeReturn
on_packet (GstPad *pad, GstPadProbeInfo *info, gpointer data)
{
  PacketSkipper *self = data;

  if (GST_PAD_PROBE_INFO_TYPE (info) & GST_PAD_PROBE_TYPE_EVENT_DOWNSTREAM) {
    take_event (self, GST_PAD_PROBE_INFO_EVENT (info));
    return GST_PAD_PROBE_OK;
  }
  if (!can_skip (self, GST_PAD_PROBE_INFO_BUFFER (info)))
    return GST_PAD_PROBE_OK;
  g_mutex_lock (&self->lock);
  self->n_skipped++;
  g_mutex_unlock (&self->lock);
  return GST_PAD_PROBE_DROP;
}

static void
on_element (GstBin *bin, GstBin *sub_bin, GstElement *element,
    PacketSkipper *self)
{
  GstElementFactory *factory = gst_element_get_factory (element);
  g_autoptr (GstPad) pad = NULL;

  if (factory == NULL
      || !gst_element_factory_list_is_type (factory,
          GST_ELEMENT_FACTORY_TYPE_DECODER
              | GST_ELEMENT_FACTORY_TYPE_MEDIA_VIDEO))
    return;
  pad = gst_element_get_static_pad (element, "sink");
  if (pad == NULL
      || !g_atomic_int_compare_and_exchange (&self->watched, FALSE, TRUE))
    return;
  gst_pad_add_probe (pad,
      GST_PAD_PROBE_TYPE_BUFFER | GST_PAD_PROBE_TYPE_EVENT_DOWNSTREAM,
      on_packet, self, NULL);
}

PacketSkipper *
packet_skipper_new (GstElement *pipeline)
{
  PacketSkipper *self = g_new0 (PacketSkipper, 1);

  g_mutex_init (&self->lock);
  gst_segment_init (&self->segment, GST_FORMAT_UNDEFINED);
  self->pipeline = gst_object_ref (pipeline);
  self->handler = g_signal_connect (pipeline, "deep-element-added",
      G_CALLBACK (on_element), self);
  return self;
}

void
packet_skipper_free (PacketSkipper *self)
{
  g_signal_handler_disconnect (self->pipeline, self->handler);
  gst_object_unref (self->pipeline);
  g_mutex_clear (&self->lock);
  g_free (self);
}

void
packet_skipper_set_needed (PacketSkipper *self, GstClockTime time)
{
  g_mutex_lock (&self->lock);
  self->needed = time;
  g_mutex_unlock (&self->lock);
}

guint
packet_skipper_count (PacketSkipper *self)
{
  guint n;

  g_mutex_lock (&self->lock);
  n = self->n_skipped;
  g_mutex_unlock (&self->lock);
  return n;
}
