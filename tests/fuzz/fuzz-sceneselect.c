/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "target.h"

#include <gst/video/video.h>
#include <math.h>

#include "element.h"

/* Video in all; more only takes time. */
#define MOST_BYTES ((gsize) 8 << 20)
#define MOST_FRAMES 400

typedef struct
{
  ElementRun run; /* first */
  GstVideoInfo info;
  gsize bytes_left;  /* of MOST_BYTES */
  guint frames_left; /* of MOST_FRAMES */
} Run;

static void
set_rate_and_shape (Run *self)
{
  static const gint rates[][2] = {{25, 1}, {30000, 1001}, {0, 1}, {1, 1000},
      {240, 1}, {G_MAXINT, 1}, {1, G_MAXINT}, {24, 1}};
  static const gint shapes[][2] = {{1, 1}, {64, 45}, {1, 1000}, {32767, 1},
      {G_MAXINT, 1}, {1, G_MAXINT}, {1, 1}, {4, 3}};
  static const gchar *const colors[] = {"bt709", "bt601", "bt2020", "bt2100-pq",
      "bt2100-hlg", "sRGB", "2:0:0:0", "1:1:5:1"};
  guint choice = bytes_below (&self->run.input, 8);

  self->info.fps_n = rates[choice][0];
  self->info.fps_d = rates[choice][1];
  choice = bytes_below (&self->run.input, 8);
  self->info.par_n = shapes[choice][0];
  self->info.par_d = shapes[choice][1];
  gst_video_colorimetry_from_string (&self->info.colorimetry,
      colors[bytes_below (&self->run.input, 8)]);
}

static void
set_caps (ElementRun *run)
{
  Run *self = (Run *) run;
  static const guint sizes[] = {1, 2, 3, 5, 16, 47, 48, 53, 54, 55, 95, 96, 97,
      191, 193, 320, 1023, 4097};
  guint n_formats;
  const GstVideoFormat *formats = gst_video_formats_raw (&n_formats);
  GstVideoFormat format = formats[bytes_below (&self->run.input, n_formats)];
  guint width = sizes[bytes_below (&self->run.input, G_N_ELEMENTS (sizes))];
  guint height = sizes[bytes_below (&self->run.input, G_N_ELEMENTS (sizes))];
  GstVideoInterlaceMode mode = bytes_below (&self->run.input, 5);
  GstVideoInfo info;
  g_autoptr (GstCaps) caps = NULL;

  /* One side may be long. */
  if (width > 1000)
    height = MIN (height, 100);
  if (!gst_video_info_set_interlaced_format (&info, format, mode, width,
          height))
    return;
  self->info = info;
  set_rate_and_shape (self);
  caps = gst_video_info_to_caps (&self->info);
  if (bytes_below (&self->run.input, 8) == 7)
    gst_caps_set_features_simple (caps,
        gst_caps_features_new (
            GST_CAPS_FEATURE_META_GST_VIDEO_OVERLAY_COMPOSITION, NULL));
  element_push_event (&self->run, gst_event_new_caps (caps));
}

/* A scene as bytes, whatever the format takes them for: flat, stripes that
 * move, noise, or what the input says. */
static void
fill (GstBuffer *buffer, guint scene, guint frame, const Bytes *input)
{
  g_auto (GstBufferMapInfo) map = GST_MAP_INFO_INIT;
  guint32 noise = 2463534242u ^ (scene << 8) ^ frame;

  gst_buffer_map (buffer, &map, GST_MAP_WRITE);
  for (gsize i = 0; i < map.size; i++) {
    switch (scene % 4) {
      case 0:
        map.data[i] = (guint8) (scene ^ (frame << 2));
        break;
      case 1:
        map.data[i] = (guint8) ((i + frame * scene) * scene >> 3);
        break;
      case 2:
        noise ^= noise << 13;
        noise ^= noise >> 17;
        noise ^= noise << 5;
        map.data[i] = (guint8) noise;
        break;
      default:
        map.data[i] = input->left > 0 ? input->data[i % input->left] : 255;
        break;
    }
  }
}

/* Rows and planes with gaps of odd lengths between them. */
static gboolean
pad (Run *self, GstVideoInfo *info)
{
  GstVideoAlignment align;

  gst_video_alignment_reset (&align);
  align.padding_left = bytes_take (&self->run.input);
  align.padding_right = bytes_take_16 (&self->run.input) % 5000;
  align.padding_top = bytes_below (&self->run.input, 40);
  align.padding_bottom = bytes_below (&self->run.input, 40);
  for (guint i = 0; i < GST_VIDEO_MAX_PLANES; i++)
    align.stride_align[i] = (1u << bytes_below (&self->run.input, 8)) - 1;
  return gst_video_info_align (info, &align) && info->size <= MOST_BYTES / 8;
}

static GstBuffer *
new_buffer (GstVideoInfo *info, gboolean with_meta, gsize size)
{
  GstBuffer *buffer = gst_buffer_new_allocate (NULL, size, NULL);

  if (with_meta)
    gst_buffer_add_video_meta_full (buffer, GST_VIDEO_FRAME_FLAG_NONE,
        GST_VIDEO_INFO_FORMAT (info), (guint) GST_VIDEO_INFO_WIDTH (info),
        (guint) GST_VIDEO_INFO_HEIGHT (info), GST_VIDEO_INFO_N_PLANES (info),
        info->offset, info->stride);
  return buffer;
}

static void
push_frame (Run *self, GstVideoInfo *info, gboolean with_meta, guint flaws,
    guint scene, guint frame)
{
  GstClockTime duration = info->fps_n > 0 ? gst_util_uint64_scale (GST_SECOND,
                              (guint64) info->fps_d, (guint64) info->fps_n)
                                          : 40 * GST_MSECOND;
  gsize size = (flaws & 3) == 3 && !with_meta ? info->size / 2 : info->size;
  GstBuffer *buffer = new_buffer (info, with_meta, size);

  fill (buffer, scene, frame, &self->run.input);
  if (flaws & 4)
    GST_BUFFER_FLAG_SET (buffer, GST_BUFFER_FLAG_DISCONT);
  if (flaws & 8)
    GST_BUFFER_FLAG_SET (buffer,
        GST_BUFFER_FLAG_GAP | GST_BUFFER_FLAG_CORRUPTED);
  if (flaws & 16)
    GST_BUFFER_FLAG_SET (buffer, GST_BUFFER_FLAG_DECODE_ONLY);
  if (flaws & 32)
    GST_BUFFER_FLAG_SET (buffer,
        GST_VIDEO_BUFFER_FLAG_INTERLACED | GST_VIDEO_BUFFER_FLAG_TFF);
  GST_BUFFER_PTS (buffer) = self->run.next;
  if (!(flaws & 64))
    GST_BUFFER_DURATION (buffer) = duration;
  gst_harness_push (self->run.harness, buffer);
  self->bytes_left -= info->size;
  if (GST_CLOCK_TIME_IS_VALID (self->run.next))
    self->run.next += duration;
}

static void
push_frames (Run *self)
{
  GstVideoInfo info = self->info;
  guint flaws = bytes_take (&self->run.input);
  guint scene = bytes_take (&self->run.input);
  guint n = 1 + bytes_below (&self->run.input, 40);
  gboolean with_meta;

  if (!GST_VIDEO_INFO_FORMAT (&info))
    return;
  with_meta = flaws & 128 && pad (self, &info);
  if (!with_meta)
    info = self->info;
  if (bytes_below (&self->run.input, 16) == 15)
    self->run.next = element_take_time (&self->run);
  for (guint i = 0;
       i < n && self->frames_left > 0 && info.size <= self->bytes_left;
       i++, self->frames_left--)
    push_frame (self, &info, with_meta, flaws, scene, i);
}

/* What sceneselect reads of the stream: how it is turned, its codec, whether it
 * has sound. */
static void
push_tags (Run *self)
{
  static const gchar *const ways[] = {"rotate-0", "rotate-90", "rotate-180",
      "rotate-270", "flip-rotate-0", "flip-rotate-90", "flip-rotate-180",
      "flip-rotate-270", "sideways"};
  const gchar *way = ways[bytes_below (&self->run.input, G_N_ELEMENTS (ways))];

  if (bytes_take (&self->run.input) & 1) {
    g_autoptr (GstStreamCollection)
        streams = gst_stream_collection_new ("fuzz");

    gst_stream_collection_add_stream (streams,
        gst_stream_new (NULL, NULL, GST_STREAM_TYPE_AUDIO, 0));
    element_push_event (&self->run, gst_event_new_stream_collection (streams));
  }
  element_push_event (&self->run,
      gst_event_new_tag (gst_tag_list_new (GST_TAG_IMAGE_ORIENTATION, way,
          GST_TAG_VIDEO_CODEC, "fuzz \xc3\xa9\n", NULL)));
}

static void
step (ElementRun *run)
{
  Run *self = (Run *) run;
  guint choice = bytes_below (&run->input, 16);

  if (choice < 2)
    set_caps (run);
  else if (choice < 6)
    element_act (run, (ElementAct) (choice - 2));
  else if (choice == 6)
    push_tags (self);
  else if (choice == 7)
    element_act (run, ELEMENT_RESTART);
  else
    push_frames (self);
}

/* What comes out is a document that can be read. */
static void
check_list (const GstMontageShotList *list)
{
  g_autofree gchar *text = gst_montage_shot_list_to_json (list);
  g_autoptr (GError) error = NULL;
  g_autoptr (GstMontageShotList)
      again = gst_montage_shot_list_from_json (text, -1, "fuzz", &error);

  g_assert_no_error (error);
  g_assert_nonnull (again);
}

static void
check (GstMessage *message)
{
  g_autoptr (GstMontageShotList) found = NULL;
  g_autoptr (GError) error = NULL;

  if (gst_montage_message_parse_shots (message, &found, &error))
    check_list (found);
  g_assert_no_error (error);
}

static const ElementTarget target = {"sceneselect", set_caps, step, check};

/* Pictures of any format, size and layout, events, properties and states in any
 * order. */
int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
  Run self = {.bytes_left = MOST_BYTES, .frames_left = MOST_FRAMES};

  element_run (&self.run, &target, data, size);
  return 0;
}
