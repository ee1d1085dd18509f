/* SPDX-License-Identifier: LGPL-2.1-or-later */
#ifdef HAVE_CONFIG_H
#include "config.h"
#endif

#include "partencoder.h"

#include <gst/app/gstappsink.h>
#include <gst/app/gstappsrc.h>

#include "filmpipeline.h"
#include "outputs.h"
#include "soundtrim.h"

#define BASE "gstreamer1.0-plugins-base"
#define CORE "libgstreamer1.0-0"

/* Raw pictures are large, so few. */
#define VIDEO_QUEUE "max-size-buffers=4 max-size-bytes=0 max-size-time=0"

typedef struct
{
  const ToolPartJob *job;
  GstElement *pipeline;
  GstElement *queue; /* the first behind the timeline */
  const gchar *kind; /* how the name of the timeline's pad begins */
  ToolPartWriter *writer;
  GError *error; /* of the thread that writes */
} Encoding;

/* ---- what comes out ---- */

static void
take_tags (GstAppSink *sink, Encoding *self)
{
  g_autoptr (GstPad)
      pad = gst_element_get_static_pad (GST_ELEMENT (sink), "sink");

  for (guint i = 0;; i++) {
    g_autoptr (GstEvent)
        event = gst_pad_get_sticky_event (pad, GST_EVENT_TAG, i);
    GstTagList *tags = NULL;

    if (event == NULL)
      return;
    gst_event_parse_tag (event, &tags);
    tool_part_writer_take_tags (self->writer, tags);
  }
}

static GstFlowReturn
on_sample (GstAppSink *sink, gpointer data)
{
  Encoding *self = data;
  g_autoptr (GstSample) sample = gst_app_sink_pull_sample (sink);

  if (sample == NULL)
    return GST_FLOW_EOS;
  if (!tool_part_writer_push (self->writer, sample, &self->error))
    return GST_FLOW_ERROR;
  g_atomic_int_inc (self->job->n_coded);
  return GST_FLOW_OK;
}

static void
on_eos (GstAppSink *sink, gpointer data)
{
  take_tags (sink, data);
}

static gboolean
add_sink (Encoding *self, GstElement *last, GError **error)
{
  GstAppSinkCallbacks callbacks = {.new_sample = on_sample, .eos = on_eos};
  GstElement *sink = tool_pipeline_add (self->pipeline, "appsink",
      "sync=false max-buffers=1", BASE, error);

  if (!tool_pipeline_link (last, sink, error))
    return FALSE;
  gst_app_sink_set_callbacks (GST_APP_SINK (sink), &callbacks, self, NULL);
  return TRUE;
}

/* ---- encoders ---- */

/* @element, its parser and the form that the muxer takes, behind @last. */
static gboolean
add_encoder (Encoding *self, GstElement *last, const ToolEncoder *encoder,
    GstElement *element, GError **error)
{
  g_autoptr (GstCaps)
      caps = tool_container_caps (self->job->format->container, self->kind);
  GstElement *filter;

  if (element == NULL)
    return FALSE;
  gst_bin_add (GST_BIN (self->pipeline), element);
  if (!tool_pipeline_link (last, element, error))
    return FALSE;
  if (encoder->parser != NULL) {
    GstElement *parser = tool_pipeline_add (self->pipeline, encoder->parser, "",
        encoder->parser_package, error);

    if (!tool_pipeline_link (element, parser, error))
      return FALSE;
    element = parser;
  }
  filter = tool_pipeline_add_filter (self->pipeline, caps, error);
  return tool_pipeline_link (element, filter, error)
      && add_sink (self, filter, error);
}

static gboolean
add_video_branch (Encoding *self, GError **error)
{
  const ToolFilmFormat *format = self->job->format;
  g_autoptr (GstCaps) caps = gst_caps_from_string (format->video->raw);
  GstElement *convert, *filter;

  self->kind = "video";
  self->queue = tool_pipeline_add (self->pipeline, "queue", VIDEO_QUEUE, CORE,
      error);
  convert = tool_pipeline_add (self->pipeline, "videoconvert", "", BASE, error);
  filter = tool_pipeline_add_filter (self->pipeline, caps, error);
  return tool_pipeline_link (self->queue, convert, error)
      && tool_pipeline_link (convert, filter, error)
      && add_encoder (self, filter, format->video,
          tool_film_format_video_encoder (format, error), error);
}

/* Takes @encoder's priming out, see soundtrim.h. */
static void
trim_sound (Encoding *self, GstElement *filter, const ToolEncoder *encoder)
{
  guint n_packets = encoder->packet > 0 ? encoder->priming / encoder->packet
                                        : 0;
  guint n_samples = encoder->priming - n_packets * encoder->packet;
  g_autoptr (GstPad) raw = gst_element_get_static_pad (filter, "src");
  g_autoptr (GstPad) sink = gst_pad_get_peer (raw);
  g_autoptr (GstElement) element = gst_pad_get_parent_element (sink);
  g_autoptr (GstPad) coded = gst_element_get_static_pad (element, "src");

  tool_sound_trim_attach (raw, n_samples,
      self->job->plan->duration
          + gst_util_uint64_scale (encoder->tail, GST_SECOND, encoder->rate));
  if (n_packets > 0)
    tool_packet_trim_attach (coded, n_packets,
        gst_util_uint64_scale (n_packets * encoder->packet, GST_SECOND,
            encoder->rate));
}

static gboolean
add_audio_branch (Encoding *self, GError **error)
{
  const ToolFilmFormat *format = self->job->format;
  g_autoptr (GstCaps) caps = gst_caps_from_string (format->audio->raw);
  GstElement *convert, *resample, *filter;

  self->kind = "audio";
  self->queue = tool_pipeline_add (self->pipeline, "queue", "", CORE, error);
  convert = tool_pipeline_add (self->pipeline, "audioconvert", "", BASE, error);
  resample = tool_pipeline_add (self->pipeline, "audioresample", "", BASE,
      error);
  filter = tool_pipeline_add_filter (self->pipeline, caps, error);
  if (!tool_pipeline_link (self->queue, convert, error)
      || !tool_pipeline_link (convert, resample, error)
      || !tool_pipeline_link (resample, filter, error)
      || !add_encoder (self, filter, format->audio,
          tool_film_format_audio_encoder (format, error), error))
    return FALSE;
  trim_sound (self, filter, format->audio);
  return TRUE;
}

/* ---- the timeline ---- */

static void
on_pad_added (GstElement *timeline, GstPad *pad, gpointer data)
{
  Encoding *self = data;
  g_autoptr (GstPad) sink = gst_element_get_static_pad (self->queue, "sink");

  if (g_str_has_prefix (GST_PAD_NAME (pad), self->kind)
      && !gst_pad_is_linked (sink))
    gst_pad_link (pad, sink);
}

/* Before the plan comes, so that nothing else is decoded. */
static void
limit (Encoding *self, GstElement *timeline)
{
  const ToolFilmSegment *segment = self->job->segment;
  const GstMontageOutput *output = &self->job->plan->output;

  if (segment != NULL)
    gst_element_seek (timeline, 1.0, GST_FORMAT_TIME, GST_SEEK_FLAG_NONE,
        GST_SEEK_TYPE_SET,
        gst_montage_output_frame_time (output, segment->begin),
        GST_SEEK_TYPE_SET,
        gst_montage_output_frame_time (output, segment->end));
}

static gboolean
add_timeline (Encoding *self, GError **error)
{
  g_autoptr (GstCaps) caps = gst_caps_from_string (GST_MONTAGE_CAPS_PLAN);
  GstElement *source = tool_pipeline_add (self->pipeline, "appsrc",
      "format=bytes", BASE, error);
  GstElement *timeline = tool_pipeline_add (self->pipeline, "montagetimeline",
      "", NULL, error);

  if (source != NULL)
    g_object_set (source, "caps", caps, NULL);
  if (!tool_pipeline_link (source, timeline, error))
    return FALSE;
  g_signal_connect (timeline, "pad-added", G_CALLBACK (on_pad_added), self);
  limit (self, timeline);
  /* The plan as the one buffer of its stream. */
  gst_app_src_push_buffer (GST_APP_SRC (source),
      gst_buffer_new_wrapped_bytes (self->job->text));
  gst_app_src_end_of_stream (GST_APP_SRC (source));
  return TRUE;
}

/* ---- from the beginning to the end ---- */

static void
set_write_error (const Encoding *self, GError **error)
{
  const gchar *folder = self->job->store->folder;
  gboolean full = g_error_matches (self->error, G_IO_ERROR, G_IO_ERROR_NO_SPACE)
      || tool_outputs_disk_is_full (folder);

  g_clear_error (error);
  if (full)
    g_set_error (error, GST_MONTAGE_ERROR, GST_MONTAGE_ERROR_IO,
        "The disk is full: parts of the film cannot be written into '%s'; make "
        "room or choose another folder with --parts.",
        folder);
  else
    g_set_error (error, GST_MONTAGE_ERROR, GST_MONTAGE_ERROR_IO,
        "Parts of the film cannot be written into '%s': %s; choose another "
        "folder with --parts.",
        folder, self->error->message);
}

static gboolean
check_pictures (const Encoding *self, GError **error)
{
  const ToolFilmSegment *segment = self->job->segment;
  guint n = tool_part_writer_n_packets (self->writer);

  if (segment == NULL || n == segment->end - segment->begin)
    return TRUE;
  g_set_error (error, GST_MONTAGE_ERROR, GST_MONTAGE_ERROR_MATERIAL,
      "'%s' has made %u pictures of the planned %" G_GUINT64_FORMAT
      " from frame %" G_GUINT64_FORMAT " on; please report this with the plan.",
      self->job->format->video->element, n, segment->end - segment->begin,
      segment->begin);
  return FALSE;
}

static gboolean
encode (Encoding *self, const gchar *path, GCancellable *cancellable,
    GError **error)
{
  g_autoptr (GPtrArray) notes = g_ptr_array_new_with_free_func (g_free);
  gboolean ok;

  self->writer = tool_part_writer_new (path, &self->error);
  if (self->writer == NULL)
    return FALSE;
  ok = (self->job->segment != NULL ? add_video_branch (self, error)
                                   : add_audio_branch (self, error))
      && add_timeline (self, error)
      && tool_pipeline_run (self->pipeline, cancellable, NULL, NULL, notes,
          error);
  return ok && self->error == NULL && check_pictures (self, error)
      && tool_part_writer_finish (self->writer, self->job->key, notes,
          &self->error);
}

static gboolean
encode_to (const ToolPartJob *job, const gchar *path, GCancellable *cancellable,
    GError **error)
{
  Encoding self = {.job = job};
  gboolean ok;

  self.pipeline = gst_object_ref_sink (gst_pipeline_new (NULL));
  ok = encode (&self, path, cancellable, error);
  if (self.error != NULL)
    set_write_error (&self, error);
  gst_object_unref (self.pipeline);
  g_clear_pointer (&self.writer, tool_part_writer_free);
  g_clear_error (&self.error);
  return ok;
}

ToolPart *
tool_part_encode (const ToolPartJob *job, GCancellable *cancellable,
    GError **error)
{
  g_autofree gchar *path = tool_part_store_begin (job->store, error);
  ToolPart *part = NULL;

  if (path == NULL)
    return NULL;
  g_atomic_int_set (job->n_coded, 0);
  if (encode_to (job, path, cancellable, error)
      && tool_part_store_commit (job->store, path, job->key, error)) {
    part = tool_part_store_find (job->store, job->key);
    if (part == NULL)
      g_set_error (error, GST_MONTAGE_ERROR, GST_MONTAGE_ERROR_IO,
          "A part of the film in '%s' has been changed by something else; try "
          "again, or choose another folder with --parts.",
          job->store->folder);
    return part;
  }
  tool_part_store_abandon (path);
  return NULL;
}
