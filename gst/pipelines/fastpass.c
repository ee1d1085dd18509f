/* SPDX-License-Identifier: LGPL-2.1-or-later */
#ifdef HAVE_CONFIG_H
#include "config.h"
#endif

#include "fastpass.h"

#include "fastshots.h"
#include "framescaler.h"
#include "packetgate.h"

struct _MontageFastPass
{
  gint n_packets; /* atomic */

  /* The survey fills what it decodes by, and a decoder may hand pictures out
   * in another thread than it takes packets in. */
  GMutex lock;
  FastShots *shots;

  /* The thread that hands out pictures; others between the runs. */
  MontagePacketGate *gate;
  ClipInfo clip;
  FrameScaler *scaler; /* NULL: to be made for the next picture */
  GstVideoInfo info;
  GstSegment segment;
  GstClockTime duration; /* of the latest picture */
  gboolean planned;
  gboolean broken;
};

MontageFastPass *
montage_fast_pass_new (void)
{
  MontageFastPass *self = g_new0 (MontageFastPass, 1);

  g_mutex_init (&self->lock);
  self->shots = fast_shots_new ();
  self->duration = GST_CLOCK_TIME_NONE;
  return self;
}

void
montage_fast_pass_free (MontageFastPass *self)
{
  g_clear_pointer (&self->gate, montage_packet_gate_free);
  g_clear_pointer (&self->scaler, frame_scaler_free);
  fast_shots_free (self->shots);
  clip_info_clear (&self->clip);
  g_mutex_clear (&self->lock);
  g_free (self);
}

static void
take_event (MontageFastPass *self, GstEvent *event)
{
  GstCaps *caps;

  switch (GST_EVENT_TYPE (event)) {
    case GST_EVENT_CAPS:
      gst_event_parse_caps (event, &caps);
      self->broken |= !gst_video_info_from_caps (&self->info, caps);
      g_clear_pointer (&self->scaler, frame_scaler_free);
      break;
    case GST_EVENT_SEGMENT:
      gst_event_copy_segment (event, &self->segment);
      break;
    case GST_EVENT_TAG:
      if (clip_info_take_tags (&self->clip, event))
        g_clear_pointer (&self->scaler, frame_scaler_free);
      break;
    case GST_EVENT_STREAM_COLLECTION:
      clip_info_take_collection (&self->clip, event);
      break;
    default:
      break;
  }
}

static void
take_picture (MontageFastPass *self, GstBuffer *buffer)
{
  g_auto (GstVideoFrame) frame = GST_VIDEO_FRAME_INIT;
  GstClockTime time;
  SmallFrame small;

  if (self->broken || !clip_info_picture_time (&self->segment, buffer, &time))
    return;
  if (!gst_video_frame_map (&frame, &self->info, buffer,
          GST_MAP_READ | GST_VIDEO_FRAME_MAP_FLAG_NO_REF)) {
    self->broken = TRUE;
    return;
  }
  if (!self->scaler) {
    gdouble kr, kb;

    self->scaler = frame_scaler_new (&self->info, self->clip.orientation);
    frame_scaler_get_matrix (self->scaler, &kr, &kb);
    fast_shots_set_matrix (self->shots, kr, kb);
    if (!self->clip.info.finfo)
      self->clip.info = self->info;
  }
  frame_scaler_scale (self->scaler, &frame, &small);
  self->duration = GST_BUFFER_DURATION (buffer);
  g_mutex_lock (&self->lock);
  fast_shots_push (self->shots, &small, time);
  g_mutex_unlock (&self->lock);
}

static GstPadProbeReturn
on_data (GstPad *pad, GstPadProbeInfo *info, gpointer data)
{
  MontageFastPass *self = data;

  if (GST_PAD_PROBE_INFO_TYPE (info) & GST_PAD_PROBE_TYPE_BUFFER)
    take_picture (self, GST_PAD_PROBE_INFO_BUFFER (info));
  else
    take_event (self, GST_PAD_PROBE_INFO_EVENT (info));
  return GST_PAD_PROBE_OK;
}

static gboolean
is_wanted (const ClipPacket *packet, guint index, gpointer data)
{
  MontageFastPass *self = data;
  gboolean wanted;

  g_atomic_int_inc (&self->n_packets);
  g_mutex_lock (&self->lock);
  wanted = self->planned ? fast_shots_looks (self->shots, index)
                         : fast_shots_surveys (self->shots, packet);
  g_mutex_unlock (&self->lock);
  return wanted;
}

void
montage_fast_pass_attach (MontageFastPass *self, GstElement *pipeline,
    GstPad *pad)
{
  g_clear_pointer (&self->gate, montage_packet_gate_free);
  self->gate = montage_packet_gate_new (pipeline, is_wanted, self);
  gst_segment_init (&self->segment, GST_FORMAT_UNDEFINED);
  g_clear_pointer (&self->scaler, frame_scaler_free);
  gst_pad_add_probe (pad,
      GST_PAD_PROBE_TYPE_BUFFER | GST_PAD_PROBE_TYPE_EVENT_DOWNSTREAM, on_data,
      self, NULL);
}

gint
montage_fast_pass_get_n_packets (MontageFastPass *self)
{
  return g_atomic_int_get (&self->n_packets);
}

gboolean
montage_fast_pass_plan (MontageFastPass *self)
{
  const GArray *packets = montage_packet_gate_get_packets (self->gate);

  self->planned = TRUE;
  return packets && !self->broken && fast_shots_plan (self->shots, packets);
}

gboolean
montage_fast_pass_is_open (const MontageFastPass *self)
{
  return fast_shots_is_open (self->shots);
}

GstMontageShotList *
montage_fast_pass_finish (MontageFastPass *self)
{
  GstMontageShotList *list = self->broken
      ? NULL
      : fast_shots_finish (self->shots, &self->clip, self->duration);

  if (list)
    montage_packet_gate_add_key_units (self->gate, list->key_units);
  return list;
}
