/* SPDX-License-Identifier: LGPL-2.1-or-later */
#ifdef HAVE_CONFIG_H
#include "config.h"
#endif

#include "thumbnails.h"

#include <gst/app/gstappsink.h>
#include <gst/pipelines/stills.h>
#include <gst/video/video.h>

/* A file that has not shown a picture by then is left out. */
#define PREROLL_TIMEOUT (10 * GST_SECOND)
#define WIDTH_MAX 4096
/* What is nearer is reached sooner by decoding on than from a key frame. */
#define DECODE_ON (1 * GST_SECOND)

void
tool_thumbnail_free (ToolThumbnail *self)
{
  if (self == NULL)
    return;
  g_free (self->pixels);
  g_clear_pointer (&self->jpeg, g_bytes_unref);
  g_free (self);
}

/* The picture is turned as the file says, before it gets its size: caps with
 * the size do not get through an element that turns. */
static GstElement *
new_pipeline (const gchar *uri, guint height, GstElement **sink)
{
  g_autofree gchar *text = g_strdup_printf (
      "uridecodebin name=source ! "
      "videoconvert ! videoflip video-direction=auto ! "
      "videoscale add-borders=false ! videoconvert ! "
      "video/x-raw,format=BGRx,height=%u,pixel-aspect-ratio=1/1 ! "
      "appsink name=sink sync=false max-buffers=1",
      height);
  g_autoptr (GError) error = NULL;
  GstElement *pipeline = gst_parse_launch (text, &error);
  g_autoptr (GstElement) source = NULL;

  if (error != NULL) {
    GST_INFO ("no thumbnails: %s", error->message);
    g_clear_pointer (&pipeline, gst_object_unref);
    return NULL;
  }
  source = gst_bin_get_by_name (GST_BIN (pipeline), "source");
  montage_still_attach (source);
  g_object_set (source, "uri", uri, NULL);
  *sink = gst_bin_get_by_name (GST_BIN (pipeline), "sink");
  return pipeline;
}

static GBytes *
new_jpeg (GstSample *sample)
{
  g_autoptr (GstCaps) caps = gst_caps_new_empty_simple ("image/jpeg");
  g_autoptr (GstSample)
      jpeg = gst_video_convert_sample (sample, caps, PREROLL_TIMEOUT, NULL);
  GstBuffer *buffer = jpeg != NULL ? gst_sample_get_buffer (jpeg) : NULL;
  gpointer data = NULL;
  gsize size = 0;

  if (buffer == NULL)
    return NULL;
  gst_buffer_extract_dup (buffer, 0, gst_buffer_get_size (buffer), &data,
      &size);
  return g_bytes_new_take (data, size);
}

static ToolThumbnail *
new_thumbnail (GstSample *sample, gboolean with_jpeg)
{
  GstVideoInfo info;
  GstVideoFrame frame;
  ToolThumbnail *self;
  gsize row;

  if (!gst_video_info_from_caps (&info, gst_sample_get_caps (sample))
      || info.width > WIDTH_MAX
      || !gst_video_frame_map (&frame, &info, gst_sample_get_buffer (sample),
          GST_MAP_READ))
    return NULL;
  self = g_new0 (ToolThumbnail, 1);
  self->width = info.width;
  self->height = info.height;
  row = (gsize) self->width * 4;
  self->pixels = g_malloc (row * self->height);
  for (guint y = 0; y < self->height; y++)
    memcpy (self->pixels + y * row,
        (guint8 *) GST_VIDEO_FRAME_PLANE_DATA (&frame, 0)
            + y * GST_VIDEO_FRAME_PLANE_STRIDE (&frame, 0),
        row);
  gst_video_frame_unmap (&frame);
  if (with_jpeg)
    self->jpeg = new_jpeg (sample);
  return self;
}

/* The picture at @time; GST_CLOCK_TIME_NONE: of a still, which cannot be sought
 * in. */
static ToolThumbnail *
take (GstElement *pipeline, GstElement *sink, GstClockTime time,
    gboolean with_jpeg)
{
  g_autoptr (GstSample) sample = NULL;

  if (GST_CLOCK_TIME_IS_VALID (time)
      && !gst_element_seek_simple (pipeline, GST_FORMAT_TIME,
          GST_SEEK_FLAG_FLUSH | GST_SEEK_FLAG_ACCURATE, time))
    return NULL;
  if (gst_element_get_state (pipeline, NULL, NULL, PREROLL_TIMEOUT)
      != GST_STATE_CHANGE_SUCCESS)
    return NULL;
  sample = gst_app_sink_try_pull_preroll (GST_APP_SINK (sink), PREROLL_TIMEOUT);
  return sample != NULL ? new_thumbnail (sample, with_jpeg) : NULL;
}

typedef struct
{
  const GstMontagePlan *plan;
  const GArray *n_wanted;
  guint height;
  gboolean with_jpeg;
  GCancellable *cancellable;
  ToolThumbnailsProgress progress;
  gpointer progress_data;
  GPtrArray *thumbnails;
  guint n_done;
} Work;

static void
take_cut (Work *self, GstElement *pipeline, GstElement *sink, guint index)
{
  const GstMontageCut *cut = &g_array_index (self->plan->cuts, GstMontageCut,
      index);
  gboolean still =
      g_array_index (self->plan->sources, GstMontageSource, cut->source).still;
  GPtrArray *thumbnails = g_ptr_array_index (self->thumbnails, index);
  guint n = g_array_index (self->n_wanted, guint, index);

  for (guint i = 0; i < n; i++) {
    GstClockTime offset = gst_util_uint64_scale (cut->duration, 2 * i + 1,
        2 * n);
    GstClockTime time = cut->in_point + (GstClockTime) (cut->speed * offset);
    ToolThumbnail *thumbnail = take (pipeline, sink,
        still ? GST_CLOCK_TIME_NONE : time, self->with_jpeg);

    if (thumbnail != NULL)
      g_ptr_array_add (thumbnails, thumbnail);
  }
}

/* The cuts of one source, in one pipeline. */
static void
take_source (Work *self, guint source)
{
  const gchar *uri =
      g_array_index (self->plan->sources, GstMontageSource, source).uri;
  GstElement *sink = NULL;
  GstElement *pipeline = new_pipeline (uri, self->height, &sink);
  gboolean ready = pipeline != NULL
      && gst_element_set_state (pipeline, GST_STATE_PAUSED)
          != GST_STATE_CHANGE_FAILURE
      && gst_element_get_state (pipeline, NULL, NULL, PREROLL_TIMEOUT)
          == GST_STATE_CHANGE_SUCCESS;

  for (guint i = 0; i < self->plan->cuts->len; i++) {
    if (g_array_index (self->plan->cuts, GstMontageCut, i).source != source
        || g_cancellable_is_cancelled (self->cancellable))
      continue;
    if (ready)
      take_cut (self, pipeline, sink, i);
    self->n_done++;
    if (self->progress != NULL)
      self->progress ((gdouble) self->n_done / self->plan->cuts->len,
          self->progress_data);
  }
  if (pipeline != NULL)
    gst_element_set_state (pipeline, GST_STATE_NULL);
  g_clear_pointer (&sink, gst_object_unref);
  g_clear_pointer (&pipeline, gst_object_unref);
}

GPtrArray *
tool_thumbnails_new (const GstMontagePlan *plan, const GArray *n_wanted,
    guint height, gboolean with_jpeg, GCancellable *cancellable,
    ToolThumbnailsProgress progress, gpointer progress_data)
{
  Work work = {.plan = plan,
      .n_wanted = n_wanted,
      .height = height,
      .with_jpeg = with_jpeg,
      .cancellable = cancellable,
      .progress = progress,
      .progress_data = progress_data};

  work.thumbnails = g_ptr_array_new_with_free_func (
      (GDestroyNotify) g_ptr_array_unref);
  for (guint i = 0; i < plan->cuts->len; i++)
    g_ptr_array_add (work.thumbnails,
        g_ptr_array_new_with_free_func ((GDestroyNotify) tool_thumbnail_free));
  for (guint i = 0; i < plan->sources->len; i++)
    if (g_array_index (plan->sources, GstMontageSource, i).n_cuts > 0)
      take_source (&work, i);
  return work.thumbnails;
}

typedef struct
{
  GstElement *pipeline;
  GstElement *sink;
  GCancellable *cancellable;
  gboolean seeks;    /* FALSE: decodes from the start to the end */
  gboolean stuck;    /* nothing more comes, and no end either */
  GstSample *sample; /* nullable: the frame that is seen */
  GstSample *next;   /* nullable: until this one is; none: to the end */
} Reader;

static GstClockTime
start_of (GstSample *sample)
{
  return gst_segment_to_stream_time (gst_sample_get_segment (sample),
      GST_FORMAT_TIME, GST_BUFFER_PTS (gst_sample_get_buffer (sample)));
}

static void
reader_forget (Reader *self)
{
  g_clear_pointer (&self->sample, gst_sample_unref);
  g_clear_pointer (&self->next, gst_sample_unref);
}

static void
reader_advance (Reader *self)
{
  g_clear_pointer (&self->sample, gst_sample_unref);
  self->sample = g_steal_pointer (&self->next);
  self->next = gst_app_sink_try_pull_sample (GST_APP_SINK (self->sink),
      PREROLL_TIMEOUT);
  self->stuck = self->next == NULL
      && !gst_app_sink_is_eos (GST_APP_SINK (self->sink));
}

static gboolean
is_near (const Reader *self, GstClockTime time)
{
  return self->sample != NULL && self->next != NULL
      && time <= start_of (self->next) + DECODE_ON;
}

/* To the frame that is seen at @time: one lasts until the next one comes,
 * whatever its own duration says. */
static gboolean
reader_go (Reader *self, GstClockTime time)
{
  if (self->seeks && !is_near (self, time)) {
    reader_forget (self);
    if (!gst_element_seek_simple (self->pipeline, GST_FORMAT_TIME,
            GST_SEEK_FLAG_FLUSH | GST_SEEK_FLAG_ACCURATE, time))
      return FALSE;
  }
  if (self->sample == NULL && self->next == NULL)
    reader_advance (self);
  while (self->next != NULL && !g_cancellable_is_cancelled (self->cancellable)
      && (self->sample == NULL || start_of (self->next) <= time))
    reader_advance (self);
  return self->sample != NULL;
}

static gboolean
has_element (GstElement *pipeline, const gchar *factory)
{
  GstIterator *found =
      gst_bin_iterate_all_by_element_factory_name (GST_BIN (pipeline), factory);
  g_auto (GValue) item = G_VALUE_INIT;
  gboolean has = gst_iterator_next (found, &item) == GST_ITERATOR_OK;

  gst_iterator_free (found);
  return has;
}

/* The demuxers of MPEG streams guess where a time lies and then take it for
 * found: in 1.22 they were up to 30 frames off, with the time stamps asked
 * for. */
static gboolean
seeks_exactly (GstElement *pipeline)
{
  return !has_element (pipeline, "tsdemux")
      && !has_element (pipeline, "mpegpsdemux");
}

static gboolean
reader_start (Reader *self)
{
  return gst_element_set_state (self->pipeline, GST_STATE_PAUSED)
      != GST_STATE_CHANGE_FAILURE
      && gst_element_get_state (self->pipeline, NULL, NULL, PREROLL_TIMEOUT)
      == GST_STATE_CHANGE_SUCCESS
      && gst_element_set_state (self->pipeline, GST_STATE_PLAYING)
      != GST_STATE_CHANGE_FAILURE;
}

GPtrArray *
tool_frames_new (const gchar *uri, const GArray *times, guint height,
    gboolean with_jpeg, GCancellable *cancellable)
{
  GPtrArray *frames = g_ptr_array_new_with_free_func (
      (GDestroyNotify) tool_thumbnail_free);
  Reader reader = {.cancellable = cancellable};
  gboolean ready;

  reader.pipeline = new_pipeline (uri, height, &reader.sink);
  ready = reader.pipeline != NULL && reader_start (&reader);
  reader.seeks = ready && !montage_still_is_name (uri)
      && seeks_exactly (reader.pipeline);
  for (guint i = 0; i < times->len; i++) {
    GstClockTime time = g_array_index (times, GstClockTime, i);
    gboolean found = ready && !reader.stuck
        && !g_cancellable_is_cancelled (cancellable)
        && reader_go (&reader, time);

    g_ptr_array_add (frames,
        found ? new_thumbnail (reader.sample, with_jpeg) : NULL);
  }
  reader_forget (&reader);
  if (reader.pipeline != NULL)
    gst_element_set_state (reader.pipeline, GST_STATE_NULL);
  g_clear_pointer (&reader.sink, gst_object_unref);
  g_clear_pointer (&reader.pipeline, gst_object_unref);
  return frames;
}
