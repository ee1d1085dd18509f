/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "takereader.h"
#include "picture.h"

#include <gio/gio.h>
#include <gst/app/app.h>
#include <string.h>

/* Frames per second of a landscape's own motion. */
#define LANDSCAPE_FPS 25.0

struct _MontageTakeReader
{
  MontageTake take;
  guint start;
  guint width;
  guint height;
  GstElement *pipeline; /* NULL for a landscape */
  GstElement *sink;     /* the pipeline's */
  guint to_skip;        /* streaming thread only */
  guint next;           /* number of the picture that comes next */
  guint32 *pixels;
};

gboolean
montage_take_parse (const gchar *text, MontageTake *take, GError **error)
{
  const gchar *at = strrchr (text, '@');
  gchar *end = NULL;

  if (at) {
    take->first = (guint) g_ascii_strtoull (at + 1, &end, 10);
    take->last = *end == '-' ? (guint) g_ascii_strtoull (end + 1, &end, 10) : 0;
  }
  if (!at || *end || take->last <= take->first) {
    g_set_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_ARGUMENT,
        "\"%s\" is no take, which is FILE@FIRST-LAST", text);
    return FALSE;
  }
  take->path = g_strndup (text, (gsize) (at - text));
  return TRUE;
}

/* Pictures before the start are dropped where nothing has scaled them yet. */
static GstPadProbeReturn
on_buffer (GstPad *pad, GstPadProbeInfo *info, gpointer data)
{
  MontageTakeReader *self = data;

  if (self->to_skip == 0)
    return GST_PAD_PROBE_OK;
  self->to_skip--;
  return GST_PAD_PROBE_DROP;
}

static gboolean
open_file (MontageTakeReader *self, GError **error)
{
  g_autofree gchar *text = g_strdup_printf (
      "uridecodebin name=src ! identity name=skip ! videoconvert n-threads=2 "
      "! video/x-raw,format=BGRx ! aspectratiocrop aspect-ratio=%u/%u "
      "! videoscale add-borders=false "
      "! video/x-raw,width=%u,height=%u,pixel-aspect-ratio=1/1 "
      "! appsink name=sink sync=false max-buffers=2",
      self->width, self->height, self->width, self->height);
  g_autoptr (GFile) file = g_file_new_for_commandline_arg (self->take.path);
  g_autofree gchar *uri = g_file_get_uri (file);
  g_autoptr (GstElement) src = NULL;
  g_autoptr (GstElement) skip = NULL;
  g_autoptr (GstPad) pad = NULL;

  self->pipeline = gst_parse_launch (text, error);
  if (!self->pipeline)
    return FALSE;
  src = gst_bin_get_by_name (GST_BIN (self->pipeline), "src");
  skip = gst_bin_get_by_name (GST_BIN (self->pipeline), "skip");
  self->sink = gst_bin_get_by_name (GST_BIN (self->pipeline), "sink");
  pad = gst_element_get_static_pad (skip, "sink");
  g_object_set (src, "uri", uri, NULL);
  gst_pad_add_probe (pad, GST_PAD_PROBE_TYPE_BUFFER, on_buffer, self, NULL);
  gst_element_set_state (self->pipeline, GST_STATE_PLAYING);
  return TRUE;
}

MontageTakeReader *
montage_take_reader_new (const MontageTake *take, guint start, guint width,
    guint height, GError **error)
{
  g_autoptr (MontageTakeReader) self = g_new0 (MontageTakeReader, 1);

  self->take = *take;
  self->take.path = g_strdup (take->path);
  self->start = start;
  self->to_skip = start;
  self->width = width;
  self->height = height;
  self->pixels = g_new0 (guint32, (gsize) width * height);
  if (take->path && !open_file (self, error))
    return NULL;
  return g_steal_pointer (&self);
}

void
montage_take_reader_free (MontageTakeReader *self)
{
  if (self->pipeline)
    gst_element_set_state (self->pipeline, GST_STATE_NULL);
  g_clear_object (&self->sink);
  g_clear_object (&self->pipeline);
  g_free (self->take.path);
  g_free (self->pixels);
  g_free (self);
}

/* BGRx in memory is 0xffRRGGBB on a machine whose numbers begin with their
 * lowest byte; rows have no padding at 4 bytes per pixel. */
static gboolean
pull (MontageTakeReader *self)
{
  /* 60 s, so that a file that never ends nor fails does not hang a test. */
  g_autoptr (GstSample)
      sample = gst_app_sink_try_pull_sample (GST_APP_SINK (self->sink),
          60 * GST_SECOND);

  if (!sample)
    return FALSE;
  gst_buffer_extract (gst_sample_get_buffer (sample), 0, self->pixels,
      (gsize) self->width * self->height * sizeof (guint32));
  return TRUE;
}

const guint32 *
montage_take_reader_get (MontageTakeReader *self, guint number)
{
  if (!self->pipeline) {
    montage_picture_draw (self->pixels, self->width, self->height,
        self->take.id, 0, (self->start + number) / LANDSCAPE_FPS,
        MONTAGE_LOOK_AUTO);
    return self->pixels;
  }
  while (self->next <= number && pull (self))
    self->next++;
  return self->next > 0 ? self->pixels : NULL;
}
