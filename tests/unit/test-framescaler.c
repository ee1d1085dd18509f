/* SPDX-License-Identifier: LGPL-2.1-or-later */

/* Painted pictures of every format, size and orientation. */

#include <gst/check/gstcheck.h>
#include <math.h>

#include "framescaler.h"

typedef void (
    *Paint) (guint16 argb[4], gint x, gint y, gint width, gint height);

/* A frame of @format painted through its pack function, 16 bits per component
 * where the format has them. */
static void
scale_painted (GstVideoFormat format, gint width, gint height, Paint paint,
    GstVideoOrientationMethod orientation, SmallFrame *small)
{
  g_autofree guint8 *line = g_malloc0 ((gsize) (width + 16) * 8);
  g_autoptr (GstBuffer) buffer = NULL;
  FrameScaler *scaler;
  GstVideoFrame frame;
  GstVideoInfo info;

  gst_video_info_set_format (&info, format, width, height);
  buffer = gst_buffer_new_and_alloc (info.size);
  gst_buffer_memset (buffer, 0, 0, info.size);
  ck_assert (gst_video_frame_map (&frame, &info, buffer, GST_MAP_READWRITE));
  for (gint y = 0; y < height; y++) {
    GstVideoFormat unpacked = info.finfo->unpack_format;
    gboolean wide = unpacked == GST_VIDEO_FORMAT_AYUV64
        || unpacked == GST_VIDEO_FORMAT_ARGB64;

    for (gint x = 0; x < width; x++) {
      guint16 color[4] = {0xffff, 0, 0, 0};

      paint (color, x, y, width, height);
      if (GST_VIDEO_INFO_IS_GRAY (&info))
        color[2] = color[3] = 0x8000;
      if (GST_VIDEO_INFO_IS_RGB (&info))
        color[2] = color[3] = color[1];
      for (guint k = 0; k < 4; k++) {
        if (wide)
          ((guint16 *) line)[4 * x + k] = color[k];
        else
          line[4 * x + k] = color[k] >> 8;
      }
    }
    info.finfo->pack_func (info.finfo, GST_VIDEO_PACK_FLAG_NONE, line, 0,
        frame.data, frame.info.stride, info.chroma_site, y, width);
  }
  scaler = frame_scaler_new (&info, orientation);
  frame_scaler_scale (scaler, &frame, small);
  frame_scaler_free (scaler);
  gst_video_frame_unmap (&frame);
}

static void
paint_flat (guint16 color[4], gint x, gint y, gint width, gint height)
{
  color[1] = 0x8000;
  color[2] = 0x6000;
  color[3] = 0xa000;
}

/* Mean of a plane. */
static gdouble
plane_mean (const guint8 *plane, guint n)
{
  gdouble sum = 0;

  for (guint i = 0; i < n; i++)
    sum += plane[i];
  return sum / n;
}

static void
assert_flat (GstVideoFormat format, gint width, gint height)
{
  const GstVideoFormatInfo *finfo = gst_video_format_get_info (format);
  gboolean rgb = GST_VIDEO_FORMAT_INFO_IS_RGB (finfo);
  gboolean colorless = rgb || GST_VIDEO_FORMAT_INFO_IS_GRAY (finfo);
  /* 128 of 16..235 and 96, 160 of 16..240; RGB and grey are full range */
  gdouble y = colorless ? 128 : 130.4;
  gdouble u = colorless ? 128 : 91.6, v = colorless ? 128 : 164.4;
  SmallFrame small;

  scale_painted (format, width, height, paint_flat,
      GST_VIDEO_ORIENTATION_IDENTITY, &small);
  ck_assert_msg (fabs (plane_mean (&small.y[0][0], sizeof small.y) - y) < 6
          && fabs (plane_mean (&small.u[0][0], sizeof small.u) - u) < 6
          && fabs (plane_mean (&small.v[0][0], sizeof small.v) - v) < 6,
      "%s %dx%d: %g %g %g", finfo->name, width, height,
      plane_mean (&small.y[0][0], sizeof small.y),
      plane_mean (&small.u[0][0], sizeof small.u),
      plane_mean (&small.v[0][0], sizeof small.v));
}

GST_START_TEST (test_all_formats)
{
  guint n;
  const GstVideoFormat *formats = gst_video_formats_raw (&n);

  for (guint i = 0; i < n; i++) {
    /* these have few levels or a palette of their own */
    if (formats[i] == GST_VIDEO_FORMAT_RGB8P
        || formats[i] == GST_VIDEO_FORMAT_IYU2)
      continue;
    assert_flat (formats[i], 320, 180);
    assert_flat (formats[i], 98, 56);
  }
}
GST_END_TEST;

GST_START_TEST (test_sizes)
{
  static const gint sizes[][2] = {{1, 1}, {2, 2}, {3, 5}, {17, 9}, {97, 55},
      {641, 361}, {1, 300}, {300, 1}, {3840, 16}};
  static const GstVideoFormat formats[] = {GST_VIDEO_FORMAT_I420,
      GST_VIDEO_FORMAT_NV12, GST_VIDEO_FORMAT_YUY2, GST_VIDEO_FORMAT_Y42B,
      GST_VIDEO_FORMAT_RGB, GST_VIDEO_FORMAT_I420_10LE,
      GST_VIDEO_FORMAT_P010_10LE, GST_VIDEO_FORMAT_GRAY8};

  for (guint i = 0; i < G_N_ELEMENTS (sizes); i++) {
    for (guint k = 0; k < G_N_ELEMENTS (formats); k++) {
      if (sizes[i][0] > 1 || formats[k] != GST_VIDEO_FORMAT_YUY2)
        assert_flat (formats[k], sizes[i][0], sizes[i][1]);
    }
  }
}
GST_END_TEST;

static void
paint_corner (guint16 color[4], gint x, gint y, gint width, gint height)
{
  color[1] = x < width / 2 && y < height / 2 ? 0xeb00 : 0x1000;
  color[2] = color[3] = 0x8000;
}

GST_START_TEST (test_orientation)
{
  /* where the upper left corner goes: right, down */
  static const struct
  {
    GstVideoOrientationMethod method;
    gboolean right;
    gboolean down;
  } cases[] = {
      {GST_VIDEO_ORIENTATION_IDENTITY, FALSE, FALSE},
      {GST_VIDEO_ORIENTATION_90R, TRUE, FALSE},
      {GST_VIDEO_ORIENTATION_180, TRUE, TRUE},
      {GST_VIDEO_ORIENTATION_90L, FALSE, TRUE},
      {GST_VIDEO_ORIENTATION_HORIZ, TRUE, FALSE},
      {GST_VIDEO_ORIENTATION_VERT, FALSE, TRUE},
      {GST_VIDEO_ORIENTATION_UL_LR, FALSE, FALSE},
      {GST_VIDEO_ORIENTATION_UR_LL, TRUE, TRUE},
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    SmallFrame small;

    scale_painted (GST_VIDEO_FORMAT_I420, 200, 120, paint_corner,
        cases[i].method, &small);
    for (guint down = 0; down < 2; down++) {
      for (guint right = 0; right < 2; right++) {
        guint8 value = small.y[13 + 27 * down][24 + 48 * right];
        gboolean lit = down == (guint) cases[i].down
            && right == (guint) cases[i].right;

        ck_assert_uint_eq (value, lit ? 255 : 0);
      }
    }
  }
}
GST_END_TEST;

static gint stripe_blur;

/* Stripes 60 wide (of 960) whose edges are stripe_blur wide. */
static void
paint_stripes (guint16 color[4], gint x, gint y, gint width, gint height)
{
  gdouble at = fmod (x * 960.0 / width, 120) - 60;
  gdouble edge = MIN (fabs (at), 60 - fabs (at));
  gdouble value = stripe_blur ? MIN (edge / stripe_blur, 0.5) : 0.5;

  color[1] = (guint16) ((at < 0 ? 0.5 - value : 0.5 + value) * 0x8000 + 0x3000);
  color[2] = color[3] = 0x8000;
}

GST_START_TEST (test_sharpness)
{
  gfloat last = 2;

  for (stripe_blur = 0; stripe_blur <= 32; stripe_blur += 8) {
    SmallFrame hd, uhd;

    scale_painted (GST_VIDEO_FORMAT_I420, 960, 540, paint_stripes,
        GST_VIDEO_ORIENTATION_IDENTITY, &hd);
    scale_painted (GST_VIDEO_FORMAT_NV12, 1920, 1080, paint_stripes,
        GST_VIDEO_ORIENTATION_IDENTITY, &uhd);
    ck_assert (hd.sharpness < last - 0.02);
    ck_assert (fabs (hd.sharpness - uhd.sharpness) < 0.15);
    last = hd.sharpness;
  }
}
GST_END_TEST;

static Suite *
framescaler_suite (void)
{
  Suite *s = suite_create ("framescaler");
  TCase *scaler = tcase_create ("scaler");

  suite_add_tcase (s, scaler);
  tcase_add_test (scaler, test_all_formats);
  tcase_add_test (scaler, test_sizes);
  tcase_add_test (scaler, test_orientation);
  tcase_add_test (scaler, test_sharpness);
  return s;
}

GST_CHECK_MAIN (framescaler);
