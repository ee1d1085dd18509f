/* SPDX-License-Identifier: LGPL-2.1-or-later */
#ifdef HAVE_CONFIG_H
#include "config.h"
#endif

#include "soundtrim.h"

#include <gst/audio/audio.h>

#define SILENCE_SAMPLES 4096

/* Used by the streaming thread of the pad only. */
typedef struct
{
  guint n_trimmed;
  GstClockTime duration;
  GstAudioInfo info;
  guint64 n_skipped;
  guint64 n_pushed;
} SoundTrim;

static guint64
samples_wanted (const SoundTrim *self)
{
  return gst_util_uint64_scale (self->duration,
      GST_AUDIO_INFO_RATE (&self->info), GST_SECOND);
}

static GstClockTime
time_of (const SoundTrim *self, guint64 samples)
{
  return gst_util_uint64_scale (samples, GST_SECOND,
      GST_AUDIO_INFO_RATE (&self->info));
}

/* Cuts @buffer to what is to be heard; returns FALSE where nothing is left. */
static gboolean
trim_buffer (SoundTrim *self, GstBuffer **buffer)
{
  gint bpf = GST_AUDIO_INFO_BPF (&self->info);
  guint64 n = gst_buffer_get_size (*buffer) / bpf;
  guint64 skip = MIN (n, self->n_trimmed - self->n_skipped);
  guint64 keep = n - skip;
  guint64 wanted = samples_wanted (self);
  GstClockTime pts = GST_BUFFER_PTS (*buffer);

  self->n_skipped += skip;
  keep = MIN (keep, wanted > self->n_pushed ? wanted - self->n_pushed : 0);
  if (keep == 0)
    return FALSE;
  *buffer = gst_audio_buffer_truncate (*buffer, bpf, skip, keep);
  if (GST_CLOCK_TIME_IS_VALID (pts)) {
    GstClockTime shift = time_of (self, self->n_trimmed - skip);

    GST_BUFFER_PTS (*buffer) = pts > shift ? pts - shift : 0;
  }
  GST_BUFFER_DURATION (*buffer) = time_of (self, keep);
  self->n_pushed += keep;
  return TRUE;
}

static GstBuffer *
new_silence (const SoundTrim *self, guint n)
{
  GstBuffer *buffer = gst_buffer_new_allocate (NULL,
      n * GST_AUDIO_INFO_BPF (&self->info), NULL);
  GstMapInfo map;

  gst_buffer_map (buffer, &map, GST_MAP_WRITE);
  gst_audio_format_info_fill_silence (self->info.finfo, map.data, map.size);
  gst_buffer_unmap (buffer, &map);
  GST_BUFFER_PTS (buffer) = time_of (self, self->n_pushed);
  GST_BUFFER_DURATION (buffer) = time_of (self, n);
  return buffer;
}

/* To the peer itself: by now @pad has seen the end of the stream and takes
 * nothing more. */
static void
push_silence (SoundTrim *self, GstPad *pad)
{
  guint64 wanted = samples_wanted (self);
  g_autoptr (GstPad) peer = gst_pad_get_peer (pad);

  while (peer != NULL && self->n_pushed < wanted) {
    guint n = MIN (SILENCE_SAMPLES, wanted - self->n_pushed);

    if (gst_pad_chain (peer, new_silence (self, n)) != GST_FLOW_OK)
      break;
    self->n_pushed += n;
  }
}

static void
handle_event (SoundTrim *self, GstPad *pad, GstEvent *event)
{
  if (GST_EVENT_TYPE (event) == GST_EVENT_CAPS) {
    GstCaps *caps = NULL;

    gst_event_parse_caps (event, &caps);
    gst_audio_info_from_caps (&self->info, caps);
  } else if (GST_EVENT_TYPE (event) == GST_EVENT_EOS
      && GST_AUDIO_INFO_IS_VALID (&self->info)) {
    push_silence (self, pad);
  }
}

static GstPadProbeReturn
probe (GstPad *pad, GstPadProbeInfo *info, gpointer data)
{
  SoundTrim *self = data;
  GstBuffer *buffer;

  if (info->type & GST_PAD_PROBE_TYPE_EVENT_DOWNSTREAM) {
    handle_event (self, pad, GST_PAD_PROBE_INFO_EVENT (info));
    return GST_PAD_PROBE_OK;
  }
  if (!GST_AUDIO_INFO_IS_VALID (&self->info))
    return GST_PAD_PROBE_OK;
  buffer = GST_PAD_PROBE_INFO_BUFFER (info);
  if (!trim_buffer (self, &buffer))
    return GST_PAD_PROBE_DROP;
  GST_PAD_PROBE_INFO_DATA (info) = buffer;
  return GST_PAD_PROBE_OK;
}

void
tool_sound_trim_attach (GstPad *pad, guint n_samples, GstClockTime duration)
{
  SoundTrim *self = g_new0 (SoundTrim, 1);

  self->n_trimmed = n_samples;
  self->duration = duration;
  gst_audio_info_init (&self->info);
  gst_pad_add_probe (pad,
      GST_PAD_PROBE_TYPE_BUFFER | GST_PAD_PROBE_TYPE_EVENT_DOWNSTREAM, probe,
      self, g_free);
}

/* Used by the streaming thread of the pad only. */
typedef struct
{
  guint n_left; /* packets to leave out */
  GstClockTime shift;
} PacketTrim;

static GstPadProbeReturn
packet_probe (GstPad *pad, GstPadProbeInfo *info, gpointer data)
{
  PacketTrim *self = data;
  GstBuffer *buffer = GST_PAD_PROBE_INFO_BUFFER (info);

  if (self->n_left > 0) {
    self->n_left--;
    return GST_PAD_PROBE_DROP;
  }
  buffer = gst_buffer_make_writable (buffer);
  if (GST_BUFFER_PTS_IS_VALID (buffer))
    GST_BUFFER_PTS (buffer) -= MIN (self->shift, GST_BUFFER_PTS (buffer));
  if (GST_BUFFER_DTS_IS_VALID (buffer))
    GST_BUFFER_DTS (buffer) -= MIN (self->shift, GST_BUFFER_DTS (buffer));
  GST_PAD_PROBE_INFO_DATA (info) = buffer;
  return GST_PAD_PROBE_OK;
}

void
tool_packet_trim_attach (GstPad *pad, guint n_packets, GstClockTime duration)
{
  PacketTrim *self = g_new0 (PacketTrim, 1);

  self->n_left = n_packets;
  self->shift = duration;
  gst_pad_add_probe (pad, GST_PAD_PROBE_TYPE_BUFFER, packet_probe, self,
      g_free);
}
