/* SPDX-License-Identifier: LGPL-2.1-or-later */

/* The same take in other forms - of 10 and 12 bits, for HDR, in fields, turned
 * with a tag that turns it back, between bars - has the same measures. */

#include <gst/check/gstcheck.h>
#include <math.h>

#include "testclip.h"

typedef struct
{
  const gchar *name;
  GstVideoFormat format;
  const gchar *colorimetry;
  GstVideoOrientationMethod orientation;
  gboolean fields; /* every other row is half a picture later */
  gdouble picture; /* share of the height that bars leave */
  gdouble zoom;    /* of the take, per second */
} Form;

static const Form plain = {"plain", GST_VIDEO_FORMAT_I420, "bt709",
    GST_VIDEO_ORIENTATION_IDENTITY, FALSE, 1, 0.05};

/* --- making them -------------------------------------------------------- */

/* PQ of a picture whose white is at 203 cd/m2; SMPTE ST 2084, BT.2408. */
static gdouble
pq_of_sdr (gdouble level)
{
  gdouble light = pow (pow (level, 2.4) * 203 / 10000, 0.1593017578125);

  return pow ((0.8359375 + 18.8515625 * light) / (1 + 18.6875 * light),
      78.84375);
}

/* HLG of a picture whose white is at 0.75; BT.2100, BT.2408. */
static gdouble
hlg_of_sdr (gdouble level)
{
  gdouble light = pow (level, 2.4) * 0.265;

  return light <= 1 / 12.0
      ? sqrt (3 * light)
      : 0.17883277 * log (12 * light - 0.28466892) + 0.55991073;
}

/* A sample of 8 bits with more of them, and luma as @transfer has it. */
static guint
deepen (guint8 value, gint depth, GstVideoTransferFunction transfer,
    gboolean luma)
{
  gdouble level = CLAMP ((value - 16) / 219.0, 0, 1);

  if (luma && transfer == GST_VIDEO_TRANSFER_SMPTE2084)
    level = pq_of_sdr (level);
  else if (luma && transfer == GST_VIDEO_TRANSFER_ARIB_STD_B67)
    level = hlg_of_sdr (level);
  else
    return (guint) value << (depth - 8);
  return (guint) lrint ((level * 219 + 16) * (1 << (depth - 8)));
}

/* Where the sample at (@x, @y) of @form's picture lies in the plain one. */
static gboolean
source_of (const Form *form, gint width, gint height, gint x, gint y,
    gint *from_x, gint *from_y)
{
  gint top = (gint) (height * (1 - form->picture) / 2);

  *from_x = x;
  *from_y = y;
  if (form->orientation == GST_VIDEO_ORIENTATION_90R) {
    *from_x = height - 1 - y;
    *from_y = x;
  } else if (form->orientation == GST_VIDEO_ORIENTATION_90L) {
    *from_x = y;
    *from_y = width - 1 - x;
  } else if (form->picture < 1) {
    *from_y = (gint) ((y - top + 0.5) / form->picture);
    return y >= top && y < height - top;
  }
  return TRUE;
}

/* @pictures: this one and the one half a picture later, of 8 bits. */
static void
fill_component (const Form *form, GstVideoFrame pictures[2], GstVideoFrame *out,
    guint k)
{
  gint width = GST_VIDEO_FRAME_COMP_WIDTH (out, k);
  gint height = GST_VIDEO_FRAME_COMP_HEIGHT (out, k);
  gint depth = GST_VIDEO_FRAME_COMP_DEPTH (out, k);

  for (gint y = 0; y < height; y++) {
    guint8 *row = (guint8 *) GST_VIDEO_FRAME_COMP_DATA (out, k)
        + y * GST_VIDEO_FRAME_COMP_STRIDE (out, k);
    GstVideoFrame *in = &pictures[form->fields && y % 2];

    for (gint x = 0; x < width; x++) {
      gint from_x, from_y;
      guint8 value = k == 0 ? 16 : 128;

      if (source_of (form, width, height, x, y, &from_x, &from_y))
        value = ((guint8 *) GST_VIDEO_FRAME_COMP_DATA (in,
            k))[from_y * GST_VIDEO_FRAME_COMP_STRIDE (in, k) + from_x];
      if (depth == 8)
        row[x] = value;
      else
        ((guint16 *) row)[x] = (guint16) deepen (value, depth,
            out->info.colorimetry.transfer, k == 0);
    }
  }
}

static void
push_form (const Form *form, const GstVideoInfo *info, GstBuffer *now,
    GstBuffer *later, FrameScaler *scaler, SmallFrame *small)
{
  g_autoptr (GstBuffer) buffer = gst_buffer_new_and_alloc (info->size);
  GstVideoFrame in[2], out;
  GstVideoInfo from;

  gst_video_info_set_format (&from, GST_VIDEO_FORMAT_I420, VIEW_WIDTH,
      VIEW_HEIGHT);
  gst_video_frame_map (&in[0], &from, now, GST_MAP_READ);
  gst_video_frame_map (&in[1], &from, later, GST_MAP_READ);
  gst_video_frame_map (&out, info, buffer, GST_MAP_READWRITE);
  for (guint k = 0; k < 3; k++)
    fill_component (form, in, &out, k);
  frame_scaler_scale (scaler, &out, small);
  gst_video_frame_unmap (&out);
  gst_video_frame_unmap (&in[0]);
  gst_video_frame_unmap (&in[1]);
}

/* --- measuring them ----------------------------------------------------- */

/* The camera sways and pans slowly, a light goes down. */
static View
view_at (const Form *form, gdouble t)
{
  View view = VIEW_PLAIN;

  view.x = 0.1 * t + 0.002 * sin (2 * G_PI * 5 * t);
  view.zoom = exp (form->zoom * t);
  view.light = 1 - 0.2 * t;
  return view;
}

static void
analyze_form (const Form *form, const World *world, ShotAnalyzer *analyzer)
{
  gboolean turned = form->orientation != GST_VIDEO_ORIENTATION_IDENTITY;
  g_autoptr (FrameScaler) scaler = NULL;
  GstVideoInfo info;

  gst_video_info_set_format (&info, form->format,
      turned ? VIEW_HEIGHT : VIEW_WIDTH, turned ? VIEW_WIDTH : VIEW_HEIGHT);
  ck_assert (
      gst_video_colorimetry_from_string (&info.colorimetry, form->colorimetry));
  scaler = frame_scaler_new (&info, form->orientation);
  for (guint i = 0; i < N_FRAMES; i++) {
    View now = view_at (form, (gdouble) i / FPS);
    View later = view_at (form, (i + 0.5) / FPS);
    g_autoptr (GstBuffer) a = world_look (world, &now);
    g_autoptr (GstBuffer) b = world_look (world, &later);
    SmallFrame small;

    push_form (form, &info, a, b, scaler, &small);
    shot_analyzer_push (analyzer, &small, i * FRAME, FRAME);
  }
  shot_analyzer_finish (analyzer, FPS, 1);
}

static const GstMontageShot *
first_shot (const ShotAnalyzer *analyzer)
{
  return &g_array_index (shot_analyzer_get_list (analyzer)->shots,
      GstMontageShot, 0);
}

#define MEASURE(member, slack)                                                 \
  {                                                                            \
#member, G_STRUCT_OFFSET(GstMontageShot, member), slack                    \
  }

static const struct
{
  const gchar *name;
  gsize offset;
  gdouble slack;
} measures[] = {
    MEASURE (motion, 0.03),
    MEASURE (action, 0.03),
    MEASURE (pan_x, 0.01),
    MEASURE (pan_y, 0.01),
    MEASURE (zoom, 0.01),
    MEASURE (shake, 0.03),
    MEASURE (brightness, 0.02),
    MEASURE (contrast, 0.03),
    MEASURE (exposure, 0.02),
    MEASURE (underexposed, 0.02),
    MEASURE (overexposed, 0.02),
    MEASURE (sharpness, 0.03),
    MEASURE (motion_blur, 0.03),
    MEASURE (saturation, 0.02),
    MEASURE (colorfulness, 0.03),
    MEASURE (focus_x, 0.05),
    MEASURE (focus_y, 0.05),
};

/* @times_slack: how much farther than others it may be, where more changes. */
static void
compare (const Form *form, gdouble times_slack)
{
  const World *worlds[2];
  guint n = worlds_get (worlds);
  Form same = plain;

  same.zoom = form->zoom;
  for (guint w = 0; w < n; w++) {
    g_autoptr (ShotAnalyzer) a = shot_analyzer_new ();
    g_autoptr (ShotAnalyzer) b = shot_analyzer_new ();
    const GstMontageShot *expected, *shot;

    analyze_form (&same, worlds[w], a);
    analyze_form (form, worlds[w], b);
    expected = first_shot (a);
    shot = first_shot (b);
    ck_assert_uint_eq (shot_analyzer_get_list (b)->shots->len, 1);
    for (guint i = 0; i < G_N_ELEMENTS (measures); i++) {
      gdouble is = G_STRUCT_MEMBER (gdouble, shot, measures[i].offset);
      gdouble should = G_STRUCT_MEMBER (gdouble, expected, measures[i].offset);

      ck_assert_msg (fabs (is - should) <= times_slack * measures[i].slack,
          "%s: %s is %g, not %g, world %u", form->name, measures[i].name, is,
          should, w);
    }
    ck_assert_int_eq (shot->camera, expected->camera);
  }
}

GST_START_TEST (test_deep)
{
  static const Form forms[] = {
      {"10 bits", GST_VIDEO_FORMAT_I420_10LE, "bt709",
          GST_VIDEO_ORIENTATION_IDENTITY, FALSE, 1, 0.05},
      {"12 bits", GST_VIDEO_FORMAT_I420_12LE, "bt709",
          GST_VIDEO_ORIENTATION_IDENTITY, FALSE, 1, 0.05},
  };

  for (guint i = 0; i < G_N_ELEMENTS (forms); i++)
    compare (&forms[i], 0.5);
}
GST_END_TEST;

/* The sums of rows are of PQ or HLG levels, whose mean is not that of light. */
GST_START_TEST (test_hdr)
{
  static const Form forms[] = {
      {"PQ, 10 bits", GST_VIDEO_FORMAT_I420_10LE, "bt2100-pq",
          GST_VIDEO_ORIENTATION_IDENTITY, FALSE, 1, 0.05},
      {"PQ, 12 bits", GST_VIDEO_FORMAT_I420_12LE, "bt2100-pq",
          GST_VIDEO_ORIENTATION_IDENTITY, FALSE, 1, 0.05},
      {"HLG, 10 bits", GST_VIDEO_FORMAT_I420_10LE, "bt2100-hlg",
          GST_VIDEO_ORIENTATION_IDENTITY, FALSE, 1, 0.05},
  };

  for (guint i = 0; i < G_N_ELEMENTS (forms); i++)
    compare (&forms[i], 1);
}
GST_END_TEST;

GST_START_TEST (test_fields)
{
  static const Form form = {"fields", GST_VIDEO_FORMAT_I420, "bt709",
      GST_VIDEO_ORIENTATION_IDENTITY, TRUE, 1, 0.05};

  /* combs look smeared */
  compare (&form, 1.5);
}
GST_END_TEST;

/* Filmed upright, or lying with a tag. */
GST_START_TEST (test_turned)
{
  static const Form forms[] = {
      {"to the right", GST_VIDEO_FORMAT_I420, "bt709",
          GST_VIDEO_ORIENTATION_90R, FALSE, 1, 0.05},
      {"to the left", GST_VIDEO_FORMAT_I420, "bt709", GST_VIDEO_ORIENTATION_90L,
          FALSE, 1, 0.05},
  };

  for (guint i = 0; i < G_N_ELEMENTS (forms); i++)
    compare (&forms[i], 1);
}
GST_END_TEST;

/* Without a zoom: the edges of bars rest, so that the fit of the whole picture
 * finds less of one; what weighs transitions was fitted with that. */
GST_START_TEST (test_letterbox)
{
  static const Form form = {"letterbox", GST_VIDEO_FORMAT_I420, "bt709",
      GST_VIDEO_ORIENTATION_IDENTITY, FALSE, 0.745, 0};

  /* their edges do not smear either, across the camera's way */
  compare (&form, 2);
}
GST_END_TEST;

static Suite *
shotforms_suite (void)
{
  Suite *s = suite_create ("shotforms");
  TCase *tc = tcase_create ("forms");

  suite_add_tcase (s, tc);
  tcase_add_unchecked_fixture (tc, worlds_setup, worlds_teardown);
  tcase_add_test (tc, test_deep);
  tcase_add_test (tc, test_hdr);
  tcase_add_test (tc, test_fields);
  tcase_add_test (tc, test_turned);
  tcase_add_test (tc, test_letterbox);
  return s;
}

CLIP_TESTS_MAIN (shotforms)
