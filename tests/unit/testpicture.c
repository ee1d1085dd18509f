/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "testpicture.h"

#include <math.h>
#include <string.h>

#define SMEAR_STEPS 8

World *
world_new (gint width, gint height)
{
  World *self = g_new0 (World, 1);

  self->width = width;
  self->height = height;
  for (guint p = 0; p < 3; p++)
    self->planes[p] = g_new (gfloat, (gsize) width * (gsize) height);
  return self;
}

void
world_free (World *self)
{
  for (guint p = 0; p < 3; p++)
    g_free (self->planes[p]);
  g_free (self);
}

void
world_add_disk (World *self, gdouble x, gdouble y, gdouble radius, gdouble luma,
    gdouble cb, gdouble cr)
{
  const gdouble color[] = {luma, cb, cr};
  gdouble mx = x * self->width, my = y * self->height, r = radius * self->width;
  gint left = MAX ((gint) (mx - r), 0), top = MAX ((gint) (my - r), 0);

  for (gint j = top; j < MIN (my + r, self->height); j++) {
    for (gint i = left; i < MIN (mx + r, self->width); i++) {
      if ((i - mx) * (i - mx) + (j - my) * (j - my) > r * r)
        continue;
      for (guint p = 0; p < 3; p++)
        self->planes[p][j * self->width + i] = (gfloat) color[p];
    }
  }
}

World *
world_copy (const World *self)
{
  World *copy = world_new (self->width, self->height);

  for (guint p = 0; p < 3; p++)
    memcpy (copy->planes[p], self->planes[p],
        sizeof (gfloat) * (gsize) (self->width * self->height));
  return copy;
}

World *
world_draw (void)
{
  World *self = world_new (960, 540);

  for (gint j = 0; j < self->height; j++) {
    for (gint i = 0; i < self->width; i++) {
      gint at = j * self->width + i;

      self->planes[0][at] = (gfloat) (100 + 25 * sin (i * 0.02)
          + 20 * sin (j * 0.03 + i * 0.011) + ((i / 40 + j / 40) % 2) * 30);
      self->planes[1][at] = (gfloat) (128 + 14 * sin (i * 0.013));
      self->planes[2][at] = (gfloat) (128 + 14 * cos (j * 0.017));
    }
  }
  for (guint k = 0; k < 60; k++)
    world_add_disk (self, fmod (k * 0.618034, 1), fmod (k * 0.754878, 1),
        0.01 + 0.03 * fmod (k * 0.569840, 1), 30 + k * 37 % 190,
        90 + k * 23 % 76, 90 + k * 41 % 76);
  return self;
}

static World *
world_of_frame (const GstVideoFrame *frame)
{
  World *self = world_new (GST_VIDEO_FRAME_WIDTH (frame),
      GST_VIDEO_FRAME_HEIGHT (frame));

  for (guint p = 0; p < 3; p++) {
    const guint8 *data = GST_VIDEO_FRAME_COMP_DATA (frame, p);
    gint stride = GST_VIDEO_FRAME_COMP_STRIDE (frame, p);

    for (gint j = 0; j < self->height; j++) {
      for (gint i = 0; i < self->width; i++)
        self->planes[p][j * self->width + i] = data[j * stride + i];
    }
  }
  return self;
}

GPtrArray *
world_load (const gchar *name, gint width, guint n)
{
  g_autoptr (GPtrArray)
      worlds = g_ptr_array_new_with_free_func ((GDestroyNotify) world_free);
  const gchar *shared = g_getenv ("MONTAGE_SHARED");
  g_autofree gchar *path = g_build_filename (shared ? shared : "", "media",
      "video", name, NULL);
  g_autofree gchar *line = g_strdup_printf (
      "filesrc location=%s ! decodebin ! videoconvert ! videoscale ! "
      "video/x-raw,format=Y444,width=%d,height=%d ! appsink name=sink "
      "sync=false",
      path, width, width * 9 / 16);
  g_autoptr (GstElement) pipeline = NULL;
  g_autoptr (GstElement) sink = NULL;

  if (!g_file_test (path, G_FILE_TEST_EXISTS)) {
    g_print ("SKIP: no real media: $MONTAGE_SHARED has no %s\n", name);
    return NULL;
  }
  pipeline = gst_parse_launch (line, NULL);
  g_assert_nonnull (pipeline);
  sink = gst_bin_get_by_name (GST_BIN (pipeline), "sink");
  gst_element_set_state (pipeline, GST_STATE_PLAYING);
  while (worlds->len < n) {
    g_autoptr (GstSample) sample = NULL;
    GstVideoFrame frame;
    GstVideoInfo info;

    g_signal_emit_by_name (sink, "pull-sample", &sample);
    g_assert_nonnull (sample);
    gst_video_info_from_caps (&info, gst_sample_get_caps (sample));
    gst_video_frame_map (&frame, &info, gst_sample_get_buffer (sample),
        GST_MAP_READ);
    g_ptr_array_add (worlds, world_of_frame (&frame));
    gst_video_frame_unmap (&frame);
  }
  gst_element_set_state (pipeline, GST_STATE_NULL);
  return g_steal_pointer (&worlds);
}

/* --- looking ------------------------------------------------------------ */

static gfloat
sample_at (const World *self, guint plane, gdouble x, gdouble y)
{
  const gfloat *p = self->planes[plane];
  gfloat cx = (gfloat) CLAMP (x, 0, self->width - 1.01);
  gfloat cy = (gfloat) CLAMP (y, 0, self->height - 1.01);
  gint i = (gint) cx, j = (gint) cy, at = j * self->width + i;
  gfloat fx = cx - (gfloat) i, fy = cy - (gfloat) j;

  return (1 - fy) * ((1 - fx) * p[at] + fx * p[at + 1])
      + fy * ((1 - fx) * p[at + self->width] + fx * p[at + self->width + 1]);
}

static void
look_once (const World *self, const View *view, guint plane, gint width,
    gint height, gdouble shift, gfloat *out)
{
  gdouble scale = (gdouble) VIEW_WIDTH / width / view->zoom;
  gdouble x = (view->x + shift) * VIEW_WIDTH + self->width / 2.0;
  gdouble y = view->y * VIEW_HEIGHT + self->height / 2.0;

  for (gint j = 0; j < height; j++) {
    for (gint i = 0; i < width; i++)
      out[j * width + i] += sample_at (self, plane,
          x + (i + 0.5 - width / 2.0) * scale - 0.5,
          y + (j + 0.5 - height / 2.0) * scale - 0.5);
  }
}

/* One pass of a box along the rows (@step 1) or columns (@step the width). */
static void
box (gfloat *values, gint n, gint step, gint radius)
{
  g_autofree gfloat *copy = g_new (gfloat, n);

  for (gint i = 0; i < n; i++)
    copy[i] = values[i * step];
  for (gint i = 0; i < n; i++) {
    gfloat sum = 0;

    for (gint k = i - radius; k <= i + radius; k++)
      sum += copy[CLAMP (k, 0, n - 1)];
    values[i * step] = sum / (2 * radius + 1);
  }
}

static void
blur (gfloat *values, gint width, gint height, gint radius)
{
  for (gint pass = 0; pass < 3 && radius > 0; pass++) {
    for (gint j = 0; j < height; j++)
      box (values + j * width, width, 1, radius);
    for (gint i = 0; i < width; i++)
      box (values + i, height, width, radius);
  }
}

void
world_blur (World *self, gint radius)
{
  for (guint p = 0; p < 3; p++)
    blur (self->planes[p], self->width, self->height, radius);
}

static guint8
finish (const View *view, guint plane, gdouble value)
{
  if (plane == 0)
    value = 16 + ((value - 126) * view->contrast + 110) * view->light;
  else
    value = 128 + (value - 128) * view->color;
  return (guint8) CLAMP (value + 0.5, 16, plane ? 240 : 235);
}

static void
look_plane (const World *self, const View *view, guint plane, guint8 *data,
    gint stride)
{
  gint width = plane ? VIEW_WIDTH / 2 : VIEW_WIDTH;
  gint height = plane ? VIEW_HEIGHT / 2 : VIEW_HEIGHT;
  g_autofree gfloat *values = g_new0 (gfloat, width * height);
  gint steps = view->smear_x != 0 ? SMEAR_STEPS : 1;

  for (gint k = 0; k < steps; k++)
    look_once (self, view, plane, width, height, view->smear_x * k / steps,
        values);
  blur (values, width, height, plane ? (view->blur + 1) / 2 : view->blur);
  for (gint j = 0; j < height; j++) {
    for (gint i = 0; i < width; i++)
      data[j * stride + i] = finish (view, plane,
          values[j * width + i] / steps);
  }
}

GstBuffer *
world_look (const World *self, const View *view)
{
  GstVideoFrame frame;
  GstVideoInfo info;
  GstBuffer *buffer;

  gst_video_info_set_format (&info, GST_VIDEO_FORMAT_I420, VIEW_WIDTH,
      VIEW_HEIGHT);
  buffer = gst_buffer_new_and_alloc (info.size);
  gst_video_frame_map (&frame, &info, buffer, GST_MAP_WRITE);
  for (guint p = 0; p < 3; p++)
    look_plane (self, view, p, GST_VIDEO_FRAME_COMP_DATA (&frame, p),
        GST_VIDEO_FRAME_COMP_STRIDE (&frame, p));
  gst_video_frame_unmap (&frame);
  return buffer;
}
