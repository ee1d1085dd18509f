/* SPDX-License-Identifier: LGPL-2.1-or-later */
#ifdef HAVE_CONFIG_H
#include "config.h"
#endif

#include "filmwriter.h"

#include <gst/app/gstappsrc.h>

#include "outputs.h"
#include "soundtrim.h"

/* How often cancelling and progress are looked at. */
#define POLL_INTERVAL (100 * GST_MSECOND)
/* Raw pictures are large, so few; the sound of 20 s is 4 MB, more than any
 * encoder of pictures holds back while the muxer waits for it. */
#define VIDEO_QUEUE_BUFFERS 8
#define AUDIO_QUEUE_TIME (20 * GST_SECOND)
#define PLUGIN_REMEDY "gst-montage-1.0 doctor"

typedef struct
{
  const ToolFilmWriter *writer;
  const GstMontagePlan *plan;
  GstElement *pipeline;
  GstElement *muxer;
  GstElement *video_queue; /* first of its branch */
  GstElement *audio_queue;
  gint n_frames; /* that went into the encoder; atomic */
  gint n_coded;  /* that came out of it; atomic */
} Film;

static GstElement *
add_element (Film *self, const gchar *factory, const gchar *options,
    const gchar *package, GError **error)
{
  GstElement *element = tool_element_make (factory, options, package, error);

  if (element != NULL)
    gst_bin_add (GST_BIN (self->pipeline), element);
  return element;
}

static GstElement *
add_caps_filter (Film *self, const gchar *caps, GError **error)
{
  g_autoptr (GstCaps) parsed = gst_caps_from_string (caps);
  GstElement *filter = add_element (self, "capsfilter", "", "libgstreamer1.0-0",
      error);

  if (filter != NULL)
    g_object_set (filter, "caps", parsed, NULL);
  return filter;
}

/* Links @first to @second; the error is one that users can do nothing about. */
static gboolean
link_pair (GstElement *first, GstElement *second, GError **error)
{
  if (first != NULL && second != NULL && gst_element_link (first, second))
    return TRUE;
  if (error != NULL && *error == NULL)
    g_set_error (error, GST_MONTAGE_ERROR, GST_MONTAGE_ERROR_MISSING,
        "The elements '%s' and '%s' do not fit together; run: " PLUGIN_REMEDY
        ".",
        first != NULL ? GST_OBJECT_NAME (first) : "",
        second != NULL ? GST_OBJECT_NAME (second) : "");
  return FALSE;
}

static GstPadProbeReturn
count_frame (GstPad *pad, GstPadProbeInfo *info, gpointer data)
{
  g_atomic_int_inc ((gint *) data);
  return GST_PAD_PROBE_OK;
}

/* Counts what @element gives out. */
static void
count_output (GstElement *element, gint *counter)
{
  g_autoptr (GstPad) pad = gst_element_get_static_pad (element, "src");

  gst_pad_add_probe (pad, GST_PAD_PROBE_TYPE_BUFFER, count_frame, counter,
      NULL);
}

/* The encoder, its parser and the muxer behind @last. */
static gboolean
link_encoder (Film *self, GstElement *last, const ToolEncoder *encoder,
    GstElement *element, GError **error)
{
  if (element == NULL)
    return FALSE;
  gst_bin_add (GST_BIN (self->pipeline), element);
  if (!link_pair (last, element, error))
    return FALSE;
  if (encoder->rate == 0)
    count_output (element, &self->n_coded);
  if (encoder->parser != NULL) {
    GstElement *parser = add_element (self, encoder->parser, "",
        encoder->parser_package, error);

    if (parser == NULL || !link_pair (element, parser, error))
      return FALSE;
    element = parser;
  }
  return link_pair (element, self->muxer, error);
}

/* Takes @encoder's priming out, see soundtrim.h. */
static void
trim_sound (Film *self, GstElement *filter, const ToolEncoder *encoder)
{
  guint n_packets = encoder->packet > 0 ? encoder->priming / encoder->packet
                                        : 0;
  guint n_samples = encoder->priming - n_packets * encoder->packet;
  g_autoptr (GstPad) raw = gst_element_get_static_pad (filter, "src");
  g_autoptr (GstPad) sink = gst_pad_get_peer (raw);
  g_autoptr (GstElement) element = gst_pad_get_parent_element (sink);
  g_autoptr (GstPad) coded = gst_element_get_static_pad (element, "src");

  tool_sound_trim_attach (raw, n_samples,
      self->plan->duration
          + gst_util_uint64_scale (encoder->tail, GST_SECOND, encoder->rate));
  if (n_packets > 0)
    tool_packet_trim_attach (coded, n_packets,
        gst_util_uint64_scale (n_packets * encoder->packet, GST_SECOND,
            encoder->rate));
}

/* 4:2:0 is what every player shows. */
static gboolean
add_video_branch (Film *self, GError **error)
{
  const ToolFilmFormat *format = self->writer->format;
  GstElement *convert, *filter;

  self->video_queue = add_element (self, "queue", "", "libgstreamer1.0-0",
      error);
  convert = add_element (self, "videoconvert", "", "gstreamer1.0-plugins-base",
      error);
  filter = add_caps_filter (self, format->video->raw, error);
  if (!link_pair (self->video_queue, convert, error)
      || !link_pair (convert, filter, error)
      || !link_encoder (self, filter, format->video,
          tool_film_format_video_encoder (format, error), error))
    return FALSE;
  g_object_set (self->video_queue, "max-size-buffers", VIDEO_QUEUE_BUFFERS,
      "max-size-bytes", 0, "max-size-time", G_GUINT64_CONSTANT (0), NULL);
  count_output (filter, &self->n_frames);
  return TRUE;
}

static gboolean
add_audio_branch (Film *self, GError **error)
{
  const ToolFilmFormat *format = self->writer->format;
  GstElement *convert, *resample, *filter;

  self->audio_queue = add_element (self, "queue", "", "libgstreamer1.0-0",
      error);
  convert = add_element (self, "audioconvert", "", "gstreamer1.0-plugins-base",
      error);
  resample = add_element (self, "audioresample", "",
      "gstreamer1.0-plugins-base", error);
  filter = add_caps_filter (self, format->audio->raw, error);
  if (!link_pair (self->audio_queue, convert, error)
      || !link_pair (convert, resample, error)
      || !link_pair (resample, filter, error)
      || !link_encoder (self, filter, format->audio,
          tool_film_format_audio_encoder (format, error), error))
    return FALSE;
  g_object_set (self->audio_queue, "max-size-buffers", 0, "max-size-bytes", 0,
      "max-size-time", AUDIO_QUEUE_TIME, NULL);
  trim_sound (self, filter, format->audio);
  return TRUE;
}

static gboolean
add_muxer (Film *self, GError **error)
{
  const ToolFilmWriter *writer = self->writer;
  const ToolContainer *container = writer->format->container;
  GstElement *sink;

  self->muxer = add_element (self, container->muxer, container->muxer_options,
      container->package, error);
  sink = add_element (self, "filesink", "", "libgstreamer1.0-0", error);
  if (!link_pair (self->muxer, sink, error))
    return FALSE;
  g_object_set (sink, "location", writer->location, NULL);
  if (container->scratch != NULL && writer->scratch != NULL)
    g_object_set (self->muxer, container->scratch, writer->scratch, NULL);
  return TRUE;
}

static void
pad_added (GstElement *timeline, GstPad *pad, gpointer data)
{
  Film *self = data;
  g_autofree gchar *name = gst_pad_get_name (pad);
  GstElement *queue = g_str_has_prefix (name, "video") ? self->video_queue
                                                       : self->audio_queue;
  g_autoptr (GstPad) sink = NULL;

  if (queue == NULL)
    return;
  sink = gst_element_get_static_pad (queue, "sink");
  if (!gst_pad_is_linked (sink))
    gst_pad_link (pad, sink);
}

/* The plan as the one buffer of its stream. */
static void
push_plan (const Film *self, GstElement *source)
{
  g_autofree gchar *text = gst_montage_plan_to_json (self->plan);
  gsize size = strlen (text);

  gst_app_src_push_buffer (GST_APP_SRC (source),
      gst_buffer_new_wrapped (g_steal_pointer (&text), size));
  gst_app_src_end_of_stream (GST_APP_SRC (source));
}

static gboolean
add_timeline (Film *self, GError **error)
{
  g_autoptr (GstCaps) caps = gst_caps_from_string (GST_MONTAGE_CAPS_PLAN);
  GstElement *source = add_element (self, "appsrc", "",
      "gstreamer1.0-plugins-base", error);
  GstElement *timeline;

  if (source == NULL)
    return FALSE;
  timeline = add_element (self, "montagetimeline", "", NULL, error);
  if (timeline == NULL)
    return FALSE;
  g_object_set (source, "caps", caps, "format", GST_FORMAT_BYTES, NULL);
  g_signal_connect (timeline, "pad-added", G_CALLBACK (pad_added), self);
  if (!link_pair (source, timeline, error))
    return FALSE;
  push_plan (self, source);
  return TRUE;
}

static gboolean
build (Film *self, GError **error)
{
  self->pipeline = gst_object_ref_sink (gst_pipeline_new ("film"));
  return add_muxer (self, error) && add_video_branch (self, error)
      && (self->plan->music.uri == NULL || add_audio_branch (self, error))
      && add_timeline (self, error);
}

/* TRUE where @object writes the film rather than makes its content. */
static gboolean
is_writer (const Film *self, GstObject *object)
{
  return object == GST_OBJECT (self->muxer)
      || (GST_IS_ELEMENT (object)
          && g_str_has_prefix (GST_OBJECT_NAME (object), "filesink"));
}

static void
take_error (const Film *self, GstMessage *message, GError **error)
{
  g_autoptr (GError) cause = NULL;
  g_autofree gchar *debug = NULL;

  gst_message_parse_error (message, &cause, &debug);
  GST_INFO ("%s (%s)", cause->message, debug);
  if (g_error_matches (cause, GST_RESOURCE_ERROR,
          GST_RESOURCE_ERROR_NO_SPACE_LEFT)
      || (is_writer (self, GST_MESSAGE_SRC (message))
          && tool_outputs_disk_is_full (self->writer->location))) {
    g_set_error (error, GST_MONTAGE_ERROR, GST_MONTAGE_ERROR_IO,
        "The disk is full: '%s' cannot be written; make room or choose "
        "another folder with -o.",
        self->writer->name);
    return;
  }
  if (is_writer (self, GST_MESSAGE_SRC (message)))
    g_set_error (error, GST_MONTAGE_ERROR, GST_MONTAGE_ERROR_IO,
        "'%s' cannot be written: %s", self->writer->name, cause->message);
  else
    g_set_error (error, GST_MONTAGE_ERROR, GST_MONTAGE_ERROR_MATERIAL, "%s",
        cause->message);
}

static void
take_warning (GstMessage *message, GPtrArray *notes)
{
  g_autoptr (GError) cause = NULL;

  gst_message_parse_warning (message, &cause, NULL);
  if (notes != NULL)
    g_ptr_array_add (notes, g_strdup (cause->message));
}

static void
report (const Film *self)
{
  guint64 total = gst_montage_plan_n_frames (self->plan);
  gint done = g_atomic_int_get (&self->n_frames);

  if (self->writer->progress != NULL && total > 0)
    self->writer->progress ((gdouble) done / total,
        self->writer->progress_data);
}

/* Until the end of the film, an error or a cancel. */
static gboolean
wait (const Film *self, GCancellable *cancellable, GPtrArray *notes,
    GError **error)
{
  g_autoptr (GstBus) bus = gst_element_get_bus (self->pipeline);

  while (!g_cancellable_set_error_if_cancelled (cancellable, error)) {
    g_autoptr (GstMessage)
        message = gst_bus_timed_pop_filtered (bus, POLL_INTERVAL,
            GST_MESSAGE_ERROR | GST_MESSAGE_WARNING | GST_MESSAGE_EOS);

    report (self);
    if (message == NULL)
      continue;
    if (GST_MESSAGE_TYPE (message) == GST_MESSAGE_EOS)
      return TRUE;
    if (GST_MESSAGE_TYPE (message) == GST_MESSAGE_WARNING) {
      take_warning (message, notes);
      continue;
    }
    take_error (self, message, error);
    return FALSE;
  }
  return FALSE;
}

static void
check_frames (const Film *self, GPtrArray *notes)
{
  guint64 planned = gst_montage_plan_n_frames (self->plan);
  guint64 done = g_atomic_int_get (&self->n_coded);

  if (done != planned && notes != NULL)
    g_ptr_array_add (notes,
        g_strdup_printf ("'%s' has %" G_GUINT64_FORMAT
                         " frames instead of the planned %" G_GUINT64_FORMAT
                         "; please report this with its plan.",
            self->writer->name, done, planned));
}

gboolean
tool_film_write (const ToolFilmWriter *writer, const GstMontagePlan *plan,
    GCancellable *cancellable, guint64 *n_frames, GPtrArray *notes,
    GError **error)
{
  Film self = {.writer = writer, .plan = plan};
  gboolean ok = build (&self, error);

  if (ok) {
    /* What fails here is on the bus. */
    gst_element_set_state (self.pipeline, GST_STATE_PLAYING);
    ok = wait (&self, cancellable, notes, error);
  }
  gst_element_set_state (self.pipeline, GST_STATE_NULL);
  if (ok)
    check_frames (&self, notes);
  *n_frames = g_atomic_int_get (&self.n_coded);
  gst_object_unref (self.pipeline);
  return ok;
}
