/* SPDX-License-Identifier: LGPL-2.1-or-later */
#ifdef HAVE_CONFIG_H
#include "config.h"
#endif

#include "shotpictures.h"

#include "stills.h"

#include <gst/app/gstappsink.h>

/* Models see no more in larger pictures: they bring them to tiles of about this
 * size. */
#define LONGER_SIDE 512
#define JPEG_QUALITY 80
/* A clip that has not shown a picture by then has none. */
#define DECODE_TIMEOUT (10 * GST_SECOND)
/* How long a cancelled reader may go on. */
#define PATIENCE (100 * GST_MSECOND)

struct _MontagePictureReader
{
  GstElement *pipeline; /* NULL: it cannot be decoded */
  GstElement *sink;
  gboolean still; /* cannot be sought in */
  GCancellable *cancellable;
};

/* @side of the picture, which is @longer on its longer side. */
static guint
fit (guint side, guint longer)
{
  if (longer <= LONGER_SIDE)
    return side;
  return MAX ((guint) gst_util_uint64_scale_round (side, LONGER_SIDE, longer),
      1);
}

/* The picture is turned as the file says before it gets its size: caps with
 * the size do not get through an element that turns. */
static GstElement *
new_pipeline (const GstMontageShotList *clip)
{
  guint longer = MAX (clip->width, clip->height);
  g_autofree gchar *text = g_strdup_printf (
      "uridecodebin name=source ! "
      "videoconvert ! videoflip video-direction=auto ! "
      "videoscale add-borders=false ! videoconvert ! "
      "video/x-raw,width=%u,height=%u,pixel-aspect-ratio=1/1 ! "
      "jpegenc quality=%u ! appsink name=sink sync=false max-buffers=1",
      fit (clip->width, longer), fit (clip->height, longer), JPEG_QUALITY);
  g_autoptr (GError) error = NULL;
  GstElement *pipeline = gst_parse_launch (text, &error);
  g_autoptr (GstElement) source = NULL;

  if (error) {
    GST_INFO ("no pictures: %s", error->message);
    g_clear_pointer (&pipeline, gst_object_unref);
    return NULL;
  }
  source = gst_bin_get_by_name (GST_BIN (pipeline), "source");
  montage_still_attach (source);
  g_object_set (source, "uri", clip->uri, NULL);
  return pipeline;
}

static void
reader_close (MontagePictureReader *self)
{
  if (self->pipeline)
    gst_element_set_state (self->pipeline, GST_STATE_NULL);
  g_clear_pointer (&self->sink, gst_object_unref);
  g_clear_pointer (&self->pipeline, gst_object_unref);
}

/* Until a picture is there. A pipeline that fails never gets there, so its bus
 * is asked meanwhile. */
static gboolean
wait_for_picture (const MontagePictureReader *self)
{
  g_autoptr (GstBus) bus = gst_element_get_bus (self->pipeline);

  for (GstClockTime waited = 0; waited < DECODE_TIMEOUT; waited += PATIENCE) {
    GstStateChangeReturn state = gst_element_get_state (self->pipeline, NULL,
        NULL, PATIENCE);
    g_autoptr (GstMessage)
        failure = gst_bus_pop_filtered (bus, GST_MESSAGE_ERROR);

    if (failure || state == GST_STATE_CHANGE_FAILURE
        || g_cancellable_is_cancelled (self->cancellable))
      return FALSE;
    if (state != GST_STATE_CHANGE_ASYNC)
      return TRUE;
  }
  return FALSE;
}

MontagePictureReader *
montage_picture_reader_new (const GstMontageShotList *clip,
    GCancellable *cancellable)
{
  MontagePictureReader *self = g_new0 (MontagePictureReader, 1);

  self->still = clip->still;
  if (cancellable)
    self->cancellable = g_object_ref (cancellable);
  self->pipeline = new_pipeline (clip);
  if (!self->pipeline)
    return self;
  self->sink = gst_bin_get_by_name (GST_BIN (self->pipeline), "sink");
  gst_element_set_state (self->pipeline, GST_STATE_PAUSED);
  if (!wait_for_picture (self))
    reader_close (self);
  return self;
}

void
montage_picture_reader_free (MontagePictureReader *self)
{
  if (!self)
    return;
  reader_close (self);
  g_clear_object (&self->cancellable);
  g_free (self);
}

/* The middle of its best part, else its first key frame, else its middle. */
static GstClockTime
choose_time (const GstMontageShot *shot)
{
  if (shot->best->len > 0) {
    const GstMontageStretch *best = &g_array_index (shot->best,
        GstMontageStretch, 0);

    return best->start + (best->end - best->start) / 2;
  }
  if (shot->key_frames->len > 0)
    return g_array_index (shot->key_frames, GstClockTime, 0);
  return shot->start + (shot->end - shot->start) / 2;
}

static GBytes *
new_bytes (GstSample *sample)
{
  GstBuffer *buffer = gst_sample_get_buffer (sample);
  gpointer data = NULL;
  gsize size = 0;

  gst_buffer_extract_dup (buffer, 0, gst_buffer_get_size (buffer), &data,
      &size);
  return g_bytes_new_take (data, size);
}

GBytes *
montage_picture_reader_take (MontagePictureReader *self,
    const GstMontageShot *shot)
{
  g_autoptr (GstSample) sample = NULL;

  if (!self->pipeline)
    return NULL;
  if (!self->still
      && (!gst_element_seek_simple (self->pipeline, GST_FORMAT_TIME,
              GST_SEEK_FLAG_FLUSH | GST_SEEK_FLAG_ACCURATE, choose_time (shot))
          || !wait_for_picture (self))) {
    reader_close (self);
    return NULL;
  }
  sample = gst_app_sink_try_pull_preroll (GST_APP_SINK (self->sink), PATIENCE);
  return sample ? new_bytes (sample) : NULL;
}
