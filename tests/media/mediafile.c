/* SPDX-License-Identifier: LGPL-2.1-or-later */
#define _GNU_SOURCE /* memmem */
#include "mediafile.h"

#include <gio/gio.h>
#include <gst/app/app.h>
#include <gst/video/video.h>
#include <string.h>

static gboolean
has_ending (const gchar *path, const gchar *ending)
{
  const gchar *dot = strrchr (path, '.');

  return dot && g_ascii_strcasecmp (dot + 1, ending) == 0;
}

static GstElement *
get_child (GstElement *pipeline, const gchar *name)
{
  GstElement *child = gst_bin_get_by_name (GST_BIN (pipeline), name);

  /* The pipeline keeps it. */
  gst_object_unref (child);
  return child;
}

/* Waits for the end of the pipeline and stops it. */
static gboolean
finish (GstElement *pipeline, const gchar *path, GError **error)
{
  g_autoptr (GstBus) bus = gst_element_get_bus (pipeline);
  g_autoptr (GstMessage) message = gst_bus_timed_pop_filtered (bus,
      GST_CLOCK_TIME_NONE, GST_MESSAGE_EOS | GST_MESSAGE_ERROR);
  gboolean failed = GST_MESSAGE_TYPE (message) == GST_MESSAGE_ERROR;

  if (failed) {
    gst_message_parse_error (message, error, NULL);
    g_prefix_error (error, "%s: ", path);
  }
  gst_element_set_state (pipeline, GST_STATE_NULL);
  return !failed;
}

/* Where the pipeline stops early, whoever pushes into it must not wait. */
static GstBusSyncReply
on_message (GstBus *bus, GstMessage *message, gpointer data)
{
  if (GST_MESSAGE_TYPE (message) == GST_MESSAGE_ERROR)
    gst_app_src_end_of_stream (data);
  return GST_BUS_PASS;
}

static GstAppSrc *
start (GstElement *pipeline, GstCaps *caps, const gchar *path,
    guint64 max_bytes)
{
  g_autoptr (GstBus) bus = gst_element_get_bus (pipeline);
  GstElement *src = get_child (pipeline, "src");

  g_object_set (src, "caps", caps, "format", GST_FORMAT_TIME, "block", TRUE,
      "max-bytes", max_bytes, NULL);
  g_object_set (get_child (pipeline, "sink"), "location", path, NULL);
  gst_bus_set_sync_handler (bus, on_message, src, NULL);
  gst_element_set_state (pipeline, GST_STATE_PLAYING);
  return GST_APP_SRC (src);
}

static gchar *
describe_h264 (const MontageVideoOptions *options)
{
  g_autofree gchar *rate = options->kbps > 0
      ? g_strdup_printf ("bitrate=%u", options->kbps)
      : g_strdup ("pass=qual quantizer=20 vbv-buf-capacity=0");

  return g_strdup_printf ("x264enc %s speed-preset=superfast threads=2 "
                          "key-int-max=%u bframes=%u%s ! h264parse",
      rate, options->gop, options->bframes,
      options->no_scenecut ? " option-string=scenecut=0" : "");
}

static gchar *
describe_encoder (const gchar *path, const MontageVideoOptions *options,
    GError **error)
{
  const gchar *codec = options->codec;

  if (!codec)
    codec = has_ending (path, "webm") ? "vp8"
        : has_ending (path, "avi")    ? "mjpeg"
                                      : "h264";
  if (g_str_equal (codec, "h264"))
    return describe_h264 (options);
  if (g_str_equal (codec, "h265"))
    return g_strdup_printf ("x265enc bitrate=2000 speed-preset=ultrafast "
                            "log-level=none key-int-max=%u ! h265parse",
        options->gop);
  if (g_str_equal (codec, "vp8") || g_str_equal (codec, "vp9"))
    return g_strdup_printf (
        "%senc deadline=1 cpu-used=8 threads=1 "
        "end-usage=cq cq-level=20 min-quantizer=4 max-quantizer=40 "
        "target-bitrate=6000000 keyframe-max-dist=%u",
        codec, options->gop);
  if (g_str_equal (codec, "mjpeg"))
    return g_strdup ("jpegenc quality=92");
  if (g_str_equal (codec, "mpeg4"))
    return g_strdup_printf ("avenc_mpeg4 bitrate=6000000 gop-size=%u "
                            "max-bframes=%u ! mpeg4videoparse",
        options->gop, options->bframes);
  g_set_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_ARGUMENT,
      "No codec \"%s\": h264, h265, vp8, vp9, mjpeg or mpeg4", codec);
  return NULL;
}

static const gchar *
describe_muxer (const gchar *path)
{
  return has_ending (path, "webm") ? "webmmux"
      : has_ending (path, "mkv")   ? "matroskamux"
      : has_ending (path, "avi")   ? "avimux"
      : has_ending (path, "mov")   ? "qtmux"
                                   : "mp4mux";
}

static gchar *
describe_sound (const gchar *path, const MontageVideoOptions *options)
{
  guint n_buffers = (guint) gst_util_uint64_scale (options->n_frames,
      (guint64) options->fps_d * 100, options->fps_n);
  const gchar *encoder = has_ending (path, "webm") || has_ending (path, "mkv")
      ? "vorbisenc"
      : has_ending (path, "avi") ? "lamemp3enc ! mpegaudioparse"
                                 : "avenc_aac ! aacparse";

  if (!options->sound)
    return g_strdup ("");
  return g_strdup_printf (
      "audiotestsrc num-buffers=%u samplesperbuffer=441 "
      "volume=0.1 freq=220 ! audio/x-raw,rate=44100,channels=1 "
      "! audioconvert ! %s ! queue ! mux. ",
      MAX (n_buffers, 1), encoder);
}

/* GST_READ_UINT32_BE() and its like want aligned addresses. */
static guint32
read_be (const gchar *at)
{
  guint32 value;

  memcpy (&value, at, sizeof value);
  return GUINT32_FROM_BE (value);
}

static void
write_be (gchar *at, guint32 value)
{
  value = GUINT32_TO_BE (value);
  memcpy (at, &value, sizeof value);
}

/* The header of the first track that has a width. */
static gchar *
find_picture_track (gchar *data, gsize length)
{
  gchar *end = data + length, *box = data;

  while ((box = memmem (box, (gsize) (end - box), "tkhd", 4))) {
    if (box + 88 > end)
      return NULL;
    if (read_be (box + 80) > 0)
      return box;
    box += 4;
  }
  return NULL;
}

/* mp4mux 1.22 does not write the orientation: the matrix of the picture
 * track's header does (ISO 14496-12, 8.3.2). */
static gboolean
write_rotation (const gchar *path, guint rotation, GError **error)
{
  static const gint32 matrices[4][4] = {{1, 0, 0, 1}, {0, 1, -1, 0},
      {-1, 0, 0, -1}, {0, -1, 1, 0}};
  const gint32 *matrix = matrices[rotation / 90 % 4];
  static const gsize places[4] = {0, 4, 12, 16};
  g_autofree gchar *data = NULL;
  gchar *box;
  gsize length;

  if (!g_file_get_contents (path, &data, &length, error))
    return FALSE;
  box = find_picture_track (data, length);
  if (!box) {
    g_set_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA,
        "%s: no track header to write the rotation into", path);
    return FALSE;
  }
  for (guint k = 0; k < 4; k++)
    write_be (box + 44 + places[k], (guint32) matrix[k] * 0x10000u);
  return g_file_set_contents (path, data, (gssize) length, error);
}

static GstElement *
make_writer (const gchar *path, const MontageVideoOptions *options,
    GstAppSrc **src, GError **error)
{
  static const gchar *const turns[] = {"identity", "90l", "180", "90r"};
  g_autofree gchar *encoder = describe_encoder (path, options, error);
  g_autofree gchar *sound = describe_sound (path, options);
  g_autofree gchar *text = NULL;
  g_autoptr (GstCaps) caps = NULL;
  GstElement *pipeline;

  if (!encoder)
    return NULL;
  text = g_strdup_printf (
      "%s appsrc name=src ! videoconvert ! "
      "videoflip video-direction=%s ! videoconvert ! video/x-raw,format=%s "
      "! %s ! queue ! %s name=mux ! filesink name=sink",
      sound, turns[options->rotation / 90 % 4],
      options->bits == 10 ? "I420_10LE" : "I420", encoder,
      describe_muxer (path));
  pipeline = gst_parse_launch (text, error);
  if (!pipeline)
    return NULL;
  caps = gst_caps_new_simple ("video/x-raw", "format", G_TYPE_STRING, "BGRx",
      "width", G_TYPE_INT, (gint) options->width, "height", G_TYPE_INT,
      (gint) options->height, "framerate", GST_TYPE_FRACTION,
      (gint) options->fps_n, (gint) options->fps_d, "pixel-aspect-ratio",
      GST_TYPE_FRACTION, 1, 1, NULL);
  *src = start (pipeline, caps, path,
      (guint64) options->width * options->height * 16);
  return pipeline;
}

gboolean
montage_write_video (const gchar *path, const MontageVideoOptions *options,
    MontageDrawFunc draw, gpointer data, GError **error)
{
  GstAppSrc *src;
  g_autoptr (GstElement) pipeline = make_writer (path, options, &src, error);
  gsize size = (gsize) options->width * options->height * 4;
  GstFlowReturn flow = GST_FLOW_OK;

  if (!pipeline)
    return FALSE;
  for (guint n = 0; n < options->n_frames && flow == GST_FLOW_OK; n++) {
    guint32 *pixels = g_malloc (size);
    GstBuffer *buffer;

    if (!draw (pixels, n, data)) {
      g_free (pixels);
      continue;
    }
    buffer = gst_buffer_new_wrapped (pixels, size);
    GST_BUFFER_PTS (buffer) = gst_util_uint64_scale (n,
        GST_SECOND * (guint64) options->fps_d, options->fps_n);
    GST_BUFFER_DURATION (buffer) = gst_util_uint64_scale (n + 1,
                                       GST_SECOND * (guint64) options->fps_d,
                                       options->fps_n)
        - GST_BUFFER_PTS (buffer);
    flow = gst_app_src_push_buffer (src, buffer);
  }
  gst_app_src_end_of_stream (src);
  if (!finish (pipeline, path, error))
    return FALSE;
  return options->rotation == 0
      || write_rotation (path, options->rotation, error);
}

static const gchar *
describe_audio_format (const gchar *path)
{
  return has_ending (path, "ogg") ? "vorbisenc quality=0.6 ! oggmux"
      : has_ending (path, "opus") ? "opusenc bitrate=128000 ! oggmux"
      : has_ending (path, "flac") ? "flacenc"
      : has_ending (path, "mp3")  ? "lamemp3enc bitrate=192 target=bitrate"
      : has_ending (path, "m4a")  ? "avenc_aac bitrate=192000 ! mp4mux"
                                  : "wavenc";
}

gboolean
montage_write_audio (const gchar *path, const gfloat *samples, gsize n_frames,
    guint rate, guint channels, GError **error)
{
  g_autofree gchar *text = g_strdup_printf (
      "appsrc name=src ! audioconvert "
      "dithering=none ! audioresample ! %s%s ! filesink name=sink",
      has_ending (path, "wav") || has_ending (path, "flac")
          ? "audio/x-raw,format=S16LE ! "
          : "",
      describe_audio_format (path));
  g_autoptr (GstElement) pipeline = gst_parse_launch (text, error);
  g_autoptr (GstCaps) caps = NULL;
  gsize block = rate / 10;
  GstAppSrc *src;

  if (!pipeline)
    return FALSE;
  caps = gst_caps_new_simple ("audio/x-raw", "format", G_TYPE_STRING, "F32LE",
      "layout", G_TYPE_STRING, "interleaved", "rate", G_TYPE_INT, (gint) rate,
      "channels", G_TYPE_INT, (gint) channels, NULL);
  src = start (pipeline, caps, path, G_MAXUINT16);
  for (gsize done = 0; done < n_frames; done += block) {
    gsize n = MIN (block, n_frames - done);
    GstBuffer *buffer = gst_buffer_new_memdup (samples + done * channels,
        n * channels * sizeof (gfloat));

    GST_BUFFER_PTS (buffer) = gst_util_uint64_scale (done, GST_SECOND, rate);
    GST_BUFFER_DURATION (
        buffer) = gst_util_uint64_scale (done + n, GST_SECOND, rate)
        - GST_BUFFER_PTS (buffer);
    if (gst_app_src_push_buffer (src, buffer) != GST_FLOW_OK)
      break;
  }
  gst_app_src_end_of_stream (src);
  return finish (pipeline, path, error);
}

/* Hands each sample of the pipeline's "sink" to @func until the end. */
static gboolean
pull_all (const gchar *path, const gchar *text,
    void (*func) (GstSample *sample, gpointer data), gpointer data,
    GError **error)
{
  g_autoptr (GstElement) pipeline = gst_parse_launch (text, error);
  g_autoptr (GFile) file = g_file_new_for_commandline_arg (path);
  g_autofree gchar *uri = g_file_get_uri (file);
  g_autoptr (GstBus) bus = NULL;
  g_autoptr (GstMessage) message = NULL;
  GstAppSink *sink;

  if (!pipeline)
    return FALSE;
  bus = gst_element_get_bus (pipeline);
  sink = GST_APP_SINK (get_child (pipeline, "sink"));
  g_object_set (get_child (pipeline, "src"), "uri", uri, NULL);
  gst_element_set_state (pipeline, GST_STATE_PLAYING);
  /* An error before the stream is known never reaches the sink. */
  while (!message && !gst_app_sink_is_eos (sink)) {
    GstSample *sample = gst_app_sink_try_pull_sample (sink, GST_SECOND / 5);

    if (sample) {
      func (sample, data);
      gst_sample_unref (sample);
    } else {
      message = gst_bus_pop_filtered (bus, GST_MESSAGE_ERROR);
    }
  }
  if (!message)
    message = gst_bus_pop_filtered (bus, GST_MESSAGE_ERROR);
  gst_element_set_state (pipeline, GST_STATE_NULL);
  if (!message)
    return TRUE;
  gst_message_parse_error (message, error, NULL);
  g_prefix_error (error, "%s: ", path);
  return FALSE;
}

typedef struct
{
  MontagePictureFunc func;
  gpointer data;
} VideoReader;

static GstClockTime
stream_time (GstSample *sample)
{
  return gst_segment_to_stream_time (gst_sample_get_segment (sample),
      GST_FORMAT_TIME, GST_BUFFER_PTS (gst_sample_get_buffer (sample)));
}

static void
on_picture (GstSample *sample, gpointer data)
{
  VideoReader *self = data;
  GstVideoInfo info;
  GstVideoFrame frame;
  MontagePicture picture;

  if (!gst_video_info_from_caps (&info, gst_sample_get_caps (sample))
      || !gst_video_frame_map (&frame, &info, gst_sample_get_buffer (sample),
          GST_MAP_READ))
    return;
  picture.time = stream_time (sample);
  picture.luma = GST_VIDEO_FRAME_PLANE_DATA (&frame, 0);
  picture.stride = GST_VIDEO_FRAME_PLANE_STRIDE (&frame, 0);
  picture.width = GST_VIDEO_INFO_WIDTH (&info);
  picture.height = GST_VIDEO_INFO_HEIGHT (&info);
  self->func (&picture, self->data);
  gst_video_frame_unmap (&frame);
}

gboolean
montage_read_video (const gchar *path, MontagePictureFunc func, gpointer data,
    GError **error)
{
  VideoReader reader = {func, data};

  return pull_all (path,
      "uridecodebin name=src ! videoconvert ! video/x-raw,format=GRAY8 ! "
      "videoflip video-direction=auto ! appsink name=sink sync=false "
      "max-buffers=4",
      on_picture, &reader, error);
}

typedef struct
{
  GArray *samples;
  gdouble start;
  guint rate;
} AudioReader;

static void
on_sound (GstSample *sample, gpointer data)
{
  AudioReader *self = data;
  GstBuffer *buffer = gst_sample_get_buffer (sample);
  gsize size = gst_buffer_get_size (buffer) / sizeof (gfloat);
  gdouble time = stream_time (sample) / (gdouble) GST_SECOND;
  guint at = self->samples->len, expected;

  if (at == 0)
    self->start = time;
  /* A hole in the time stamps is silence; jitter below 2 ms is none. */
  expected = (guint) MAX ((time - self->start) * self->rate + 0.5, 0);
  if (expected > at + self->rate / 500)
    at = expected;
  g_array_set_size (self->samples, at + (guint) size);
  gst_buffer_extract (buffer, 0, &g_array_index (self->samples, gfloat, at),
      size * sizeof (gfloat));
}

GArray *
montage_read_audio (const gchar *path, guint rate, gdouble *start,
    GError **error)
{
  g_autoptr (GArray) samples = g_array_new (FALSE, TRUE, sizeof (gfloat));
  AudioReader reader = {samples, 0, rate};
  g_autofree gchar *text = g_strdup_printf (
      "uridecodebin name=src ! audioconvert ! "
      "audioresample ! audio/x-raw,format=F32LE,channels=1,rate=%u ! "
      "appsink name=sink sync=false max-buffers=16",
      rate);

  if (!pull_all (path, text, on_sound, &reader, error))
    return NULL;
  *start = reader.start;
  return g_steal_pointer (&samples);
}
