/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "decodebranch.h"

#include <gst/app/app.h>
#include <gst/pbutils/pbutils.h>
#include <gst/pipelines/stills.h>

#include "packetskipper.h"

/* Decoded samples that wait in the branch; decoders hold some of their own. */
#define MAX_WAITING_PICTURES 1
#define MAX_WAITING_SOUNDS 16
/* Several threads of a decoder decode as many more pictures after the last one
 * that is shown, and hold them: 8 % of the time, 20 % of the memory with cuts of
 * 0.2 s of 1080p. Larger pictures take the threads that libav gives them, so that
 * they can be played. */
#define ONE_THREAD_PIXELS (1920 * 1088)
/* How long one wait lasts before cancelling is looked at. */
#define POLL_INTERVAL (20 * GST_MSECOND)
/* A decoder that gives nothing for so long has hung. */
#define STALL_TIMEOUT (20 * G_USEC_PER_SEC)

struct _DecodeBranch
{
  gchar *uri;
  DecodeKind kind;
  GstElement *pipeline;
  GstElement *head; /* what the decoded stream is linked to */
  GstAppSink *sink;
  PacketSkipper *skipper; /* NULL for sound */

  gint linked;      /* atomic: the stream was found */
  gint orientation; /* atomic: a GstVideoOrientationMethod */
  gint inexact;     /* atomic: its container knows no places of times */
  gint failed;      /* atomic: @error is set */
  GMutex lock;
  gchar *error; /* with @lock */
};

static void
keep_error (DecodeBranch *self, const gchar *message)
{
  g_mutex_lock (&self->lock);
  if (self->error == NULL)
    self->error = g_strdup (message);
  g_mutex_unlock (&self->lock);
  g_atomic_int_set (&self->failed, TRUE);
}

gchar *
decode_branch_dup_error (DecodeBranch *self)
{
  gchar *error;

  g_mutex_lock (&self->lock);
  error = g_strdup (self->error);
  g_mutex_unlock (&self->lock);
  return error;
}

/* Whether @message misses a decoder for the kind of stream that is wanted.
 * Phones and action cameras add tracks of their own (telemetry), which nobody
 * can decode and nobody needs. */
static gboolean
misses_wanted (DecodeBranch *self, GstMessage *message)
{
  const GstStructure *structure = gst_message_get_structure (message);
  const GValue *detail = gst_structure_get_value (structure, "detail");
  const gchar *name;

  if (detail == NULL || !GST_VALUE_HOLDS_CAPS (detail))
    return TRUE;
  name = gst_structure_get_name (
      gst_caps_get_structure (gst_value_get_caps (detail), 0));
  if (self->kind == DECODE_PICTURES)
    return g_str_has_prefix (name, "video/")
        || g_str_has_prefix (name, "image/");
  return g_str_has_prefix (name, "audio/");
}

/* Nobody watches this bus: what matters is kept, the rest dropped. */
static GstBusSyncReply
on_message (GstBus *bus, GstMessage *message, gpointer data)
{
  DecodeBranch *self = data;

  if (GST_MESSAGE_TYPE (message) == GST_MESSAGE_ERROR) {
    g_autoptr (GError) error = NULL;

    gst_message_parse_error (message, &error, NULL);
    keep_error (self, error->message);
  } else if (gst_is_missing_plugin_message (message)
      && misses_wanted (self, message)) {
    g_autofree gchar *what = gst_missing_plugin_message_get_description (
        message);
    g_autofree gchar *text = g_strdup_printf ("a plugin is missing: %s", what);

    keep_error (self, text);
  }
  gst_message_unref (message);
  return GST_BUS_DROP;
}

/* In MPEG transport and program streams GStreamer estimates from the bit rate
 * where a time is, and 1.22 tells the frames from there on times that are up to
 * a second off: only what is read from the start has its true times. */
static gboolean
is_inexact (const GstStructure *structure)
{
  gboolean is_system = FALSE;

  return gst_structure_has_name (structure, "video/mpegts")
      || (gst_structure_has_name (structure, "video/mpeg")
          && gst_structure_get_boolean (structure, "systemstream", &is_system)
          && is_system);
}

/* Streams that nobody asked for are not decoded. Elementary video has a width,
 * containers named video/… have none. */
static gboolean
on_autoplug_continue (GstElement *bin, GstPad *pad, GstCaps *caps,
    gpointer data)
{
  DecodeBranch *self = data;
  GstStructure *structure = gst_caps_get_structure (caps, 0);
  const gchar *name = gst_structure_get_name (structure);

  if (is_inexact (structure))
    g_atomic_int_set (&self->inexact, TRUE);
  if (g_str_has_prefix (name, "text/") || g_str_has_prefix (name, "subpicture/")
      || g_str_has_prefix (name, "application/x-subtitle"))
    return FALSE;
  if (self->kind == DECODE_PICTURES)
    return !g_str_has_prefix (name, "audio/");
  return !g_str_has_prefix (name, "image/")
      && !(g_str_has_prefix (name, "video/")
          && gst_structure_has_field (structure, "width"));
}

static void
on_pad_added (GstElement *bin, GstPad *pad, gpointer data)
{
  DecodeBranch *self = data;
  const gchar *wanted = self->kind == DECODE_PICTURES ? "video/x-raw"
                                                      : "audio/x-raw";
  g_autoptr (GstCaps) caps = gst_pad_get_current_caps (pad);
  g_autoptr (GstPad) sink = NULL;

  if (caps == NULL)
    caps = gst_pad_query_caps (pad, NULL);
  if (gst_caps_is_empty (caps) || gst_caps_is_any (caps)
      || !gst_structure_has_name (gst_caps_get_structure (caps, 0), wanted))
    return;
  if (!g_atomic_int_compare_and_exchange (&self->linked, FALSE, TRUE))
    return;
  sink = gst_element_get_static_pad (self->head, "sink");
  if (gst_pad_link (pad, sink) != GST_PAD_LINK_OK)
    keep_error (self, "it is in a form that cannot be read");
}

static void
on_no_more_pads (GstElement *bin, gpointer data)
{
  DecodeBranch *self = data;

  if (!g_atomic_int_get (&self->linked))
    keep_error (self,
        self->kind == DECODE_PICTURES ? "it holds no pictures"
                                      : "it holds no sound");
}

static GstPadProbeReturn
on_sink_event (GstPad *pad, GstPadProbeInfo *info, gpointer data)
{
  DecodeBranch *self = data;
  GstEvent *event = GST_PAD_PROBE_INFO_EVENT (info);
  GstVideoOrientationMethod orientation;
  GstTagList *tags;

  if (GST_EVENT_TYPE (event) == GST_EVENT_TAG) {
    gst_event_parse_tag (event, &tags);
    if (gst_video_orientation_from_tag (tags, &orientation))
      g_atomic_int_set (&self->orientation, orientation);
  }
  return GST_PAD_PROBE_OK;
}

/* Takes padded pictures, so that decoders need not copy each of them. */
static GstPadProbeReturn
on_sink_query (GstPad *pad, GstPadProbeInfo *info, gpointer data)
{
  GstQuery *query = GST_PAD_PROBE_INFO_QUERY (info);

  if (GST_QUERY_TYPE (query) != GST_QUERY_ALLOCATION)
    return GST_PAD_PROBE_OK;
  gst_query_add_allocation_meta (query, GST_VIDEO_META_API_TYPE, NULL);
  return GST_PAD_PROBE_HANDLED;
}

static GstElement *
make_sink (DecodeBranch *self)
{
  gboolean pictures = self->kind == DECODE_PICTURES;
  GstElement *sink = gst_element_factory_make ("appsink", NULL);
  g_autoptr (GstCaps) caps = NULL;
  g_autoptr (GstPad) pad = NULL;

  if (sink == NULL)
    return NULL;
  caps = pictures ? gst_caps_new_empty_simple ("video/x-raw")
                  : gst_caps_new_simple ("audio/x-raw", "format", G_TYPE_STRING,
                      "F32LE", "layout", G_TYPE_STRING, "interleaved", "rate",
                      G_TYPE_INT, DECODE_SOUND_RATE, "channels", G_TYPE_INT,
                      DECODE_SOUND_CHANNELS, NULL);
  g_object_set (sink, "caps", caps, "sync", FALSE, "async", FALSE, "qos", FALSE,
      "max-buffers", pictures ? MAX_WAITING_PICTURES : MAX_WAITING_SOUNDS,
      "enable-last-sample", FALSE, NULL);
  if (pictures) {
    pad = gst_element_get_static_pad (sink, "sink");
    gst_pad_add_probe (pad, GST_PAD_PROBE_TYPE_EVENT_DOWNSTREAM, on_sink_event,
        self, NULL);
    gst_pad_add_probe (pad, GST_PAD_PROBE_TYPE_QUERY_DOWNSTREAM, on_sink_query,
        self, NULL);
  }
  return sink;
}

/* Interlaced pictures become whole ones, one each. */
static GstElement *
make_deinterlacer (void)
{
  GstElement *element = gst_element_factory_make ("deinterlace", NULL);

  if (element == NULL)
    return gst_element_factory_make ("identity", NULL);
  gst_util_set_object_arg (G_OBJECT (element), "fields", "top");
  gst_util_set_object_arg (G_OBJECT (element), "method", "linear");
  return element;
}

static gboolean
add (DecodeBranch *self, GstElement *element, GstElement *after)
{
  if (element == NULL) {
    keep_error (self, "a part of gstreamer1.0-plugins-base is missing");
    return FALSE;
  }
  gst_bin_add (GST_BIN (self->pipeline), element);
  return after == NULL || gst_element_link (after, element);
}

static GstPadProbeReturn
on_decoder_event (GstPad *pad, GstPadProbeInfo *info, gpointer data)
{
  GstEvent *event = GST_PAD_PROBE_INFO_EVENT (info);
  g_autoptr (GstElement) decoder = NULL;
  gint width = 0, height = 0;
  GstCaps *caps;

  if (GST_EVENT_TYPE (event) != GST_EVENT_CAPS)
    return GST_PAD_PROBE_OK;
  decoder = gst_pad_get_parent_element (pad);
  gst_event_parse_caps (event, &caps);
  gst_structure_get (gst_caps_get_structure (caps, 0), "width", G_TYPE_INT,
      &width, "height", G_TYPE_INT, &height, NULL);
  if (decoder != NULL && (gint64) width * height <= ONE_THREAD_PIXELS)
    g_object_set (decoder, "max-threads", 1, NULL);
  return GST_PAD_PROBE_OK;
}

static void
on_element (GstBin *bin, GstBin *sub_bin, GstElement *element, gpointer data)
{
  g_autoptr (GstPad) pad = NULL;

  if (g_object_class_find_property (G_OBJECT_GET_CLASS (element), "max-threads")
      == NULL)
    return;
  pad = gst_element_get_static_pad (element, "sink");
  if (pad != NULL)
    gst_pad_add_probe (pad, GST_PAD_PROBE_TYPE_EVENT_DOWNSTREAM,
        on_decoder_event, NULL, NULL);
}

static gboolean
build (DecodeBranch *self)
{
  GstElement *source = gst_element_factory_make ("uridecodebin", NULL);
  GstElement *tail;

  if (!add (self, source, NULL))
    return FALSE;
  if (self->kind == DECODE_PICTURES) {
    self->head = tail = make_deinterlacer ();
    if (!add (self, self->head, NULL))
      return FALSE;
  } else {
    self->head = gst_element_factory_make ("audioconvert", NULL);
    tail = gst_element_factory_make ("audioresample", NULL);
    if (!add (self, self->head, NULL) || !add (self, tail, self->head))
      return FALSE;
  }
  self->sink = (GstAppSink *) make_sink (self);
  if (!add (self, GST_ELEMENT (self->sink), tail))
    return FALSE;
  if (self->kind == DECODE_PICTURES) {
    montage_still_attach (source);
    self->skipper = packet_skipper_new (self->pipeline);
    g_signal_connect (self->pipeline, "deep-element-added",
        G_CALLBACK (on_element), NULL);
  }
  g_object_set (source, "uri", self->uri, NULL);
  g_signal_connect (source, "autoplug-continue",
      G_CALLBACK (on_autoplug_continue), self);
  g_signal_connect (source, "pad-added", G_CALLBACK (on_pad_added), self);
  g_signal_connect (source, "no-more-pads", G_CALLBACK (on_no_more_pads), self);
  return TRUE;
}

DecodeBranch *
decode_branch_new (const gchar *uri, DecodeKind kind)
{
  DecodeBranch *self = g_new0 (DecodeBranch, 1);
  g_autoptr (GstBus) bus = NULL;

  self->uri = g_strdup (uri);
  self->kind = kind;
  self->orientation = GST_VIDEO_ORIENTATION_IDENTITY;
  g_mutex_init (&self->lock);
  self->pipeline = gst_object_ref_sink (gst_pipeline_new (NULL));
  bus = gst_element_get_bus (self->pipeline);
  gst_bus_set_sync_handler (bus, on_message, self, NULL);
  if (build (self)
      && gst_element_set_state (self->pipeline, GST_STATE_PLAYING)
          == GST_STATE_CHANGE_FAILURE)
    keep_error (self, "it cannot be opened");
  return self;
}

void
decode_branch_free (DecodeBranch *self)
{
  g_autoptr (GstBus) bus = NULL;

  if (self == NULL)
    return;
  bus = gst_element_get_bus (self->pipeline);
  /* A change to PLAYING that is still under way may hold the state lock and
   * wait for the full queue: nothing waits for a queue that drops. */
  if (self->sink != NULL)
    gst_app_sink_set_drop (self->sink, TRUE);
  gst_element_set_state (self->pipeline, GST_STATE_NULL);
  gst_bus_set_sync_handler (bus, NULL, NULL, NULL);
  g_clear_pointer (&self->skipper, packet_skipper_free);
  gst_object_unref (self->pipeline);
  g_mutex_clear (&self->lock);
  g_free (self->error);
  g_free (self->uri);
  g_free (self);
}

/* appsink 1.22 complains after a flush while somebody holds the sample that it
 * gave out last: a copy (of the envelope) is held instead. */
static GstSample *
pull (DecodeBranch *self)
{
  GstSample *sample = gst_app_sink_try_pull_sample (self->sink, POLL_INTERVAL);
  GstSample *copy;

  if (sample == NULL)
    return NULL;
  copy = gst_sample_new (gst_sample_get_buffer (sample),
      gst_sample_get_caps (sample), gst_sample_get_segment (sample), NULL);
  gst_sample_unref (sample);
  return copy;
}

gboolean
decode_branch_pull (DecodeBranch *self, GstSample **sample,
    GCancellable *cancellable, GError **error)
{
  gint64 begin = g_get_monotonic_time ();
  gboolean failed;

  *sample = NULL;
  if (self->sink == NULL)
    return TRUE;
  while (!g_cancellable_set_error_if_cancelled (cancellable, error)) {
    /* Asked before the wait: what was decoded before the failure still comes.
     */
    failed = g_atomic_int_get (&self->failed);
    *sample = pull (self);
    if (*sample != NULL || failed || gst_app_sink_is_eos (self->sink))
      return TRUE;
    if (g_get_monotonic_time () - begin > STALL_TIMEOUT) {
      g_set_error (error, G_IO_ERROR, G_IO_ERROR_TIMED_OUT,
          "“%s” has given nothing for %d seconds", self->uri,
          (gint) (STALL_TIMEOUT / G_USEC_PER_SEC));
      return FALSE;
    }
  }
  return FALSE;
}

gboolean
decode_branch_can_seek (DecodeBranch *self)
{
  return !g_atomic_int_get (&self->inexact);
}

/* What is decoded before the wanted picture is not shown, but an exact seek
 * would clip the time stamp of that picture. The event goes to the pad: to send
 * it to the element takes the element's state lock, which a bin that is still
 * on its way to PLAYING may hold while it waits for a picture to be taken. */
gboolean
decode_branch_seek (DecodeBranch *self, GstClockTime time)
{
  g_autoptr (GstPad) pad = NULL;

  if (self->sink == NULL || g_atomic_int_get (&self->failed)
      || !decode_branch_can_seek (self))
    return FALSE;
  pad = gst_element_get_static_pad (GST_ELEMENT (self->sink), "sink");
  return gst_pad_push_event (pad,
      gst_event_new_seek (1.0, GST_FORMAT_TIME,
          GST_SEEK_FLAG_FLUSH | GST_SEEK_FLAG_KEY_UNIT
              | GST_SEEK_FLAG_SNAP_BEFORE,
          GST_SEEK_TYPE_SET, time, GST_SEEK_TYPE_NONE, -1));
}

void
decode_branch_set_needed (DecodeBranch *self, GstClockTime time)
{
  if (self->skipper != NULL)
    packet_skipper_set_needed (self->skipper, time);
}

gboolean
decode_branch_has_skipped (DecodeBranch *self)
{
  return self->skipper != NULL && packet_skipper_count (self->skipper) > 0;
}

GstVideoOrientationMethod
decode_branch_get_orientation (DecodeBranch *self)
{
  return g_atomic_int_get (&self->orientation);
}

GstClockTime
decode_branch_sample_time (GstSample *sample)
{
  GstBuffer *buffer = gst_sample_get_buffer (sample);

  if (!GST_BUFFER_PTS_IS_VALID (buffer))
    return GST_CLOCK_TIME_NONE;
  return gst_segment_to_stream_time (gst_sample_get_segment (sample),
      GST_FORMAT_TIME, GST_BUFFER_PTS (buffer));
}
