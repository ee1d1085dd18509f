/* SPDX-License-Identifier: LGPL-2.1-or-later */
#ifdef HAVE_CONFIG_H
#include "config.h"
#endif

#include <gst/gst.h>

#include "mediaprobe.h"
#include "pipelineidle.h"

#define POLL (100 * GST_MSECOND)
#define MAX_IDLE_POLLS 3
/* Longer than any file on a disk takes. */
#define PROBE_TIME (3 * G_USEC_PER_SEC)

/* With the first parsed data, or the end of a stream that has none, the length
 * is known as well as it will be. */
static GstPadProbeReturn
on_first_data (GstPad *pad, GstPadProbeInfo *info, gpointer pipeline)
{
  if (GST_PAD_PROBE_INFO_TYPE (info) & GST_PAD_PROBE_TYPE_EVENT_DOWNSTREAM
      && GST_EVENT_TYPE (GST_PAD_PROBE_INFO_EVENT (info)) != GST_EVENT_EOS)
    return GST_PAD_PROBE_OK;
  gst_element_post_message (pipeline,
      gst_message_new_application (GST_OBJECT (pipeline),
          gst_structure_new_empty ("parsed")));
  return GST_PAD_PROBE_REMOVE;
}

/* In the order of decodebin's own enumeration, which has no header. */
enum
{
  SELECT_TRY,
  SELECT_EXPOSE,
};

/* Files are taken apart and parsed, but not decoded. parsebin does just that,
 * but 1.22 can abort the program when it is stopped before it is ready. */
static gint
on_autoplug_select (GstElement *source, GstPad *pad, GstCaps *caps,
    GstElementFactory *factory, gpointer data)
{
  return gst_element_factory_list_is_type (factory,
             GST_ELEMENT_FACTORY_TYPE_DECODER)
      ? SELECT_EXPOSE
      : SELECT_TRY;
}

static void
on_pad_added (GstElement *source, GstPad *pad, GstBin *pipeline)
{
  GstElement *sink = gst_element_factory_make ("fakesink", NULL);
  g_autoptr (GstPad) sink_pad = gst_element_get_static_pad (sink, "sink");

  g_object_set (sink, "sync", FALSE, "async", FALSE, NULL);
  gst_bin_add (pipeline, sink);
  gst_element_sync_state_with_parent (sink);
  gst_pad_add_probe (sink_pad,
      GST_PAD_PROBE_TYPE_BUFFER | GST_PAD_PROBE_TYPE_EVENT_DOWNSTREAM,
      on_first_data, pipeline, NULL);
  gst_pad_link (pad, sink_pad);
}

GstClockTime
montage_media_duration (const gchar *uri, GCancellable *cancellable)
{
  g_autoptr (GstElement)
      pipeline = gst_object_ref_sink (gst_pipeline_new (NULL));
  g_autoptr (GstBus) bus = gst_element_get_bus (pipeline);
  g_autoptr (GstMessage) message = NULL;
  GstElement *source = gst_element_factory_make ("uridecodebin", NULL);
  gint64 end = g_get_monotonic_time () + PROBE_TIME;
  gint64 duration = 0;
  guint n_idle = 0;

  if (!source)
    return 0;
  gst_bin_add (GST_BIN (pipeline), source);
  g_object_set (source, "uri", uri, NULL);
  g_signal_connect (source, "autoplug-select", G_CALLBACK (on_autoplug_select),
      NULL);
  g_signal_connect (source, "pad-added", G_CALLBACK (on_pad_added), pipeline);
  gst_element_set_state (pipeline, GST_STATE_PAUSED);
  while (!message && n_idle < MAX_IDLE_POLLS && g_get_monotonic_time () < end
      && !g_cancellable_is_cancelled (cancellable)) {
    message = gst_bus_timed_pop_filtered (bus, POLL,
        GST_MESSAGE_ERROR | GST_MESSAGE_EOS | GST_MESSAGE_APPLICATION);
    n_idle = montage_pipeline_is_idle (pipeline) ? n_idle + 1 : 0;
  }
  if (!gst_element_query_duration (pipeline, GST_FORMAT_TIME, &duration)
      || duration < 0)
    duration = 0;
  gst_element_set_state (pipeline, GST_STATE_NULL);
  return (GstClockTime) duration;
}
