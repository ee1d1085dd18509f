/* SPDX-License-Identifier: LGPL-2.1-or-later */
#ifdef HAVE_CONFIG_H
#include "config.h"
#endif

#include "filmjoiner.h"

#include <gst/app/gstappsrc.h>

#include "filmpipeline.h"
#include "outputs.h"

#define BASE "gstreamer1.0-plugins-base"
#define CORE "libgstreamer1.0-0"

/* Decoding begins before the first picture is shown, and times of buffers are
 * not negative: running time 0 is here, as GstVideoEncoder has it. */
#define ORIGIN (1000 * GST_SECOND * 3600)

/**
 * Stream:
 *
 * Feeds one stream of the film to the muxer. Used by the streaming thread of
 * its source.
 */
typedef struct
{
  const ToolFilmJoiner *joiner;
  const ToolPart *const *parts;
  guint n_parts;
  gboolean is_video;
  guint delay; /* frames by which decoding is ahead of showing */

  guint part;    /* the next packet */
  guint packet;  /* in it */
  guint64 frame; /* of the film: the first of @part */
  guint *shown;  /* per packet of @part: the place of its picture in it */
  GFileInputStream *file;
  GError *error;
} Stream;

/* ---- times ---- */

static gint
compare_pts (gconstpointer a, gconstpointer b, gpointer data)
{
  const ToolPacket *packets = data;
  gint64 first = packets[*(const guint *) a].pts;
  gint64 second = packets[*(const guint *) b].pts;

  return (first > second) - (first < second);
}

/* In which place each packet of @part is shown: the encoder was given pictures
 * in order, so only the order of its times counts. */
static guint *
shown_places (const ToolPart *part)
{
  guint n = part->packets->len;
  g_autofree guint *order = g_new (guint, n);
  guint *places = g_new (guint, n);

  for (guint i = 0; i < n; i++)
    order[i] = i;
  g_qsort_with_data (order, n, sizeof *order, compare_pts, part->packets->data);
  for (guint i = 0; i < n; i++)
    places[order[i]] = i;
  return places;
}

/* By how many frames a picture is decoded later than it would be shown if the
 * decoder began with the first. */
static guint
delay_of (const GPtrArray *parts)
{
  guint delay = 0;

  for (guint i = 0; i < parts->len; i++) {
    const ToolPart *part = g_ptr_array_index (parts, i);
    g_autofree guint *places = shown_places (part);

    for (guint k = 0; k < part->packets->len; k++)
      if (k > places[k])
        delay = MAX (delay, k - places[k]);
  }
  return delay;
}

static GstClockTime
frame_time (const Stream *self, guint64 frame)
{
  return gst_montage_output_frame_time (self->joiner->output, frame);
}

static void
stamp_picture (const Stream *self, GstBuffer *buffer)
{
  guint64 shown = self->frame + self->shown[self->packet];
  guint64 decoded = self->frame + self->packet;
  GstClockTime time = frame_time (self, shown);

  GST_BUFFER_PTS (buffer) = ORIGIN + time;
  GST_BUFFER_DURATION (buffer) = frame_time (self, shown + 1) - time;
  GST_BUFFER_DTS (buffer) = decoded >= self->delay
      ? ORIGIN + frame_time (self, decoded - self->delay)
      : ORIGIN - frame_time (self, self->delay - decoded);
  if (decoded > 0)
    GST_BUFFER_FLAG_UNSET (buffer, GST_BUFFER_FLAG_DISCONT);
}

static GstClockTime
buffer_time (gint64 time)
{
  return time != G_MININT64 ? (GstClockTime) (time + (gint64) ORIGIN)
                            : GST_CLOCK_TIME_NONE;
}

static void
stamp_sound (const Stream *self, GstBuffer *buffer)
{
  const ToolPacket *packet = &g_array_index (self->parts[self->part]->packets,
      ToolPacket, self->packet);

  GST_BUFFER_PTS (buffer) = buffer_time (packet->pts);
  GST_BUFFER_DTS (buffer) = buffer_time (packet->dts);
  if (packet->duration > 0)
    GST_BUFFER_DURATION (buffer) = packet->duration;
}

/* ---- a stream ---- */

static void
close_part (Stream *self)
{
  g_clear_object (&self->file);
  g_clear_pointer (&self->shown, g_free);
}

static gboolean
open_part (Stream *self)
{
  const ToolPart *part = self->parts[self->part];
  g_autoptr (GFile) file = g_file_new_for_path (part->path);

  self->file = g_file_read (file, NULL, &self->error);
  if (self->file == NULL)
    return FALSE;
  if (self->is_video)
    self->shown = shown_places (part);
  return TRUE;
}

/* Moves on where the part is over. */
static void
advance (Stream *self)
{
  const ToolPart *part = self->parts[self->part];

  if (++self->packet < part->packets->len)
    return;
  self->frame += part->packets->len;
  self->packet = 0;
  self->part++;
  close_part (self);
}

/* NULL at the end or with an error. */
static GstBuffer *
next_buffer (Stream *self)
{
  GstBuffer *buffer;

  if (self->part >= self->n_parts || (self->file == NULL && !open_part (self)))
    return NULL;
  buffer = tool_part_read (self->parts[self->part], self->packet, self->file,
      &self->error);
  if (buffer == NULL)
    return NULL;
  if (self->is_video)
    stamp_picture (self, buffer);
  else
    stamp_sound (self, buffer);
  advance (self);
  return buffer;
}

static void
on_need_data (GstAppSrc *source, guint length, gpointer data)
{
  Stream *self = data;
  g_autoptr (GstBuffer) buffer = next_buffer (self);
  g_autoptr (GstSample) sample = NULL;
  GstSegment segment;

  if (self->error != NULL) {
    GST_ELEMENT_ERROR (source, RESOURCE, READ, ("%s", self->error->message),
        (NULL));
    return;
  }
  if (buffer == NULL) {
    gst_app_src_end_of_stream (source);
    return;
  }
  gst_segment_init (&segment, GST_FORMAT_TIME);
  segment.start = ORIGIN;
  segment.position = ORIGIN;
  sample = gst_sample_new (buffer, self->parts[0]->caps, &segment, NULL);
  gst_app_src_push_sample (source, sample);
}

/* Of a part only: rates of all are not known. */
static GstTagList *
film_tags (const Stream *self)
{
  GstTagList *tags = self->parts[0]->tags != NULL
      ? gst_tag_list_copy (self->parts[0]->tags)
      : NULL;

  if (tags != NULL && self->is_video) {
    gst_tag_list_remove_tag (tags, GST_TAG_BITRATE);
    gst_tag_list_remove_tag (tags, GST_TAG_MINIMUM_BITRATE);
    gst_tag_list_remove_tag (tags, GST_TAG_MAXIMUM_BITRATE);
  }
  return tags;
}

static void
stream_init (Stream *self, const ToolFilmJoiner *joiner, gboolean is_video)
{
  *self = (Stream){.joiner = joiner, .is_video = is_video};
  if (is_video) {
    self->parts = (const ToolPart *const *) joiner->pictures->pdata;
    self->n_parts = joiner->pictures->len;
    self->delay = delay_of (joiner->pictures);
  } else {
    self->parts = &joiner->sound;
    self->n_parts = 1;
  }
}

static void
stream_clear (Stream *self)
{
  close_part (self);
  g_clear_error (&self->error);
}

/* ---- the pipeline ---- */

static gboolean
add_stream (Stream *self, GstElement *pipeline, GstElement *muxer,
    GError **error)
{
  GstAppSrcCallbacks callbacks = {.need_data = on_need_data};
  GstElement *source = tool_pipeline_add (pipeline, "appsrc",
      "format=time handle-segment-change=true", BASE, error);
  GstElement *filter = tool_pipeline_add_filter (pipeline, self->parts[0]->caps,
      error);
  GstTagList *tags = film_tags (self);

  if (source != NULL) {
    gst_app_src_set_callbacks (GST_APP_SRC (source), &callbacks, self, NULL);
    g_object_set (source, "caps", self->parts[0]->caps, NULL);
    if (tags != NULL)
      gst_element_send_event (source, gst_event_new_tag (tags));
  }
  return tool_pipeline_link (source, filter, error)
      && tool_pipeline_link (filter, muxer, error);
}

static GstElement *
add_muxer (const ToolFilmJoiner *joiner, GstElement *pipeline, GError **error)
{
  const ToolContainer *container = joiner->format->container;
  GstElement *muxer = tool_pipeline_add (pipeline, container->muxer,
      container->muxer_options, container->package, error);
  GstElement *sink = tool_pipeline_add (pipeline, "filesink", "", CORE, error);

  if (!tool_pipeline_link (muxer, sink, error))
    return NULL;
  g_object_set (sink, "location", joiner->location, NULL);
  if (container->scratch != NULL && joiner->scratch != NULL)
    g_object_set (muxer, container->scratch, joiner->scratch, NULL);
  return muxer;
}

static gboolean
check_parts (const ToolFilmJoiner *joiner, GError **error)
{
  const ToolPart *first = g_ptr_array_index (joiner->pictures, 0);

  for (guint i = 1; i < joiner->pictures->len; i++) {
    const ToolPart *part = g_ptr_array_index (joiner->pictures, i);

    if (gst_caps_is_equal (part->caps, first->caps))
      continue;
    g_set_error (error, GST_MONTAGE_ERROR, GST_MONTAGE_ERROR_MATERIAL,
        "Parts %u and 1 of the film come from encoders that differ and cannot "
        "be joined; render all parts with the same versions, or choose another "
        "profile.",
        i + 1);
    return FALSE;
  }
  return TRUE;
}

static void
set_error (const ToolFilmJoiner *joiner, GError **error)
{
  g_autofree gchar *cause = NULL;

  if (error == NULL || *error == NULL
      || g_error_matches (*error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  cause = g_strdup ((*error)->message);
  if (g_error_matches (*error, GST_MONTAGE_ERROR, GST_MONTAGE_ERROR_IO)
      || tool_outputs_disk_is_full (joiner->location)) {
    g_clear_error (error);
    g_set_error (error, GST_MONTAGE_ERROR, GST_MONTAGE_ERROR_IO,
        "The disk is full: '%s' cannot be written; make room or choose another "
        "folder with -o.",
        joiner->name);
    return;
  }
  g_clear_error (error);
  g_set_error (error, GST_MONTAGE_ERROR, GST_MONTAGE_ERROR_IO,
      "'%s' cannot be written: %s", joiner->name, cause);
}

static gboolean
join (const ToolFilmJoiner *joiner, Stream *streams, GstElement *pipeline,
    GCancellable *cancellable, GPtrArray *notes, GError **error)
{
  GstElement *muxer = add_muxer (joiner, pipeline, error);

  if (muxer == NULL || !add_stream (&streams[0], pipeline, muxer, error)
      || (joiner->sound != NULL
          && !add_stream (&streams[1], pipeline, muxer, error)))
    return FALSE;
  if (tool_pipeline_run (pipeline, cancellable, NULL, NULL, notes, error))
    return TRUE;
  set_error (joiner, error);
  return FALSE;
}

gboolean
tool_film_join (const ToolFilmJoiner *joiner, GCancellable *cancellable,
    GPtrArray *notes, GError **error)
{
  Stream streams[2] = {{0}};
  GstElement *pipeline;
  gboolean ok;

  if (!check_parts (joiner, error))
    return FALSE;
  stream_init (&streams[0], joiner, TRUE);
  if (joiner->sound != NULL)
    stream_init (&streams[1], joiner, FALSE);
  pipeline = gst_object_ref_sink (gst_pipeline_new (NULL));
  ok = join (joiner, streams, pipeline, cancellable, notes, error);
  gst_object_unref (pipeline);
  stream_clear (&streams[0]);
  stream_clear (&streams[1]);
  return ok;
}
