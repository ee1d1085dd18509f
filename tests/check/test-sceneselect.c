/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <gst/check/gstcheck.h>
#include <gst/check/gstharness.h>
#include <gst/montage/events.h>
#include <gst/video/video.h>

#define FRAME (40 * GST_MSECOND)

/* --- helpers ------------------------------------------------------------ */

static GstHarness *
new_harness (const gchar *caps)
{
  GstHarness *h = gst_harness_new ("sceneselect");

  if (caps)
    gst_harness_set_src_caps_str (h, caps);
  return h;
}

static gchar *
caps_of (const gchar *format, gint width, gint height, const gchar *more)
{
  return g_strdup_printf ("video/x-raw, format=(string)%s, width=(int)%d, "
                          "height=(int)%d, framerate=(fraction)25/1%s",
      format, width, height, more);
}

/* Stripes of scene @scene, in whatever the caps say, by writing bytes: each
 * plane the same, so any format shows them. */
static GstBuffer *
new_frame (GstHarness *h, guint scene, GstClockTime pts)
{
  g_autoptr (GstCaps) caps = gst_pad_get_current_caps (h->srcpad);
  GstVideoFrame frame;
  GstVideoInfo info;
  GstBuffer *buffer;

  ck_assert (gst_video_info_from_caps (&info, caps));
  buffer = gst_buffer_new_and_alloc (info.size);
  ck_assert (gst_video_frame_map (&frame, &info, buffer, GST_MAP_WRITE));
  for (guint p = 0; p < GST_VIDEO_FRAME_N_PLANES (&frame); p++) {
    gint stride = GST_VIDEO_FRAME_PLANE_STRIDE (&frame, p);
    guint8 *data = GST_VIDEO_FRAME_PLANE_DATA (&frame, p);
    gint height = GST_VIDEO_FRAME_COMP_HEIGHT (&frame, p);

    for (gint y = 0; y < height; y++) {
      for (gint x = 0; x < stride; x++) {
        gint at = (scene % 2 ? x * 64 / stride : y * 64 / height) + scene;

        data[y * stride + x] = (guint8) (40 + at * (scene + 3) * 11 % 180);
      }
    }
  }
  gst_video_frame_unmap (&frame);
  GST_BUFFER_PTS (buffer) = pts;
  GST_BUFFER_DURATION (buffer) = FRAME;
  return buffer;
}

/* Pushes @n frames; they must come out as they went in. */
static void
push_frames (GstHarness *h, guint scene, guint n, GstClockTime from)
{
  for (guint i = 0; i < n; i++) {
    GstBuffer *in = new_frame (h, scene, from + i * FRAME);
    g_autoptr (GstBuffer) out = NULL;

    gst_buffer_ref (in);
    ck_assert_int_eq (gst_harness_push (h, in), GST_FLOW_OK);
    out = gst_harness_pull (h);
    ck_assert (out == in);
    gst_buffer_unref (in);
  }
}

/* What came downstream; the shots must come before EOS, and once at most. */
static GstMontageShotList *
pull_list (GstHarness *h)
{
  GstMontageShotList *list = NULL;
  GstEvent *event;

  while ((event = gst_harness_try_pull_event (h))) {
    g_autoptr (GError) error = NULL;
    GstMontageShotList *one = NULL;
    gboolean eos = GST_EVENT_TYPE (event) == GST_EVENT_EOS;

    if (gst_montage_event_parse_shots (event, &one, &error)) {
      ck_assert (list == NULL);
      list = one;
    }
    g_assert_no_error (error);
    gst_event_unref (event);
    if (eos)
      break;
  }
  return list;
}

static GstMontageShotList *
finish (GstHarness *h)
{
  ck_assert (gst_harness_push_event (h, gst_event_new_eos ()));
  return pull_list (h);
}

static const GstMontageShot *
shot_at (const GstMontageShotList *list, guint i)
{
  return &g_array_index (list->shots, GstMontageShot, i);
}

/* --- tests -------------------------------------------------------------- */

GST_START_TEST (test_list)
{
  g_autofree gchar *caps = caps_of ("I420", 320, 180, "");
  g_autoptr (GstMontageShotList) list = NULL;
  GstHarness *h = new_harness (caps);

  push_frames (h, 1, 30, 0);
  push_frames (h, 2, 50, 30 * FRAME);
  list = finish (h);
  ck_assert (list != NULL);
  ck_assert_uint_eq (list->shots->len, 2);
  ck_assert_uint_eq (shot_at (list, 0)->end, 30 * FRAME);
  ck_assert_uint_eq (shot_at (list, 1)->start, 30 * FRAME);
  ck_assert_uint_eq (shot_at (list, 1)->end, 80 * FRAME);
  ck_assert_uint_eq (list->duration, 80 * FRAME);
  ck_assert_uint_eq (list->width, 320);
  ck_assert_uint_eq (list->height, 180);
  ck_assert_int_eq (list->fps_n, 25);
  ck_assert_int_eq (list->fps_d, 1);
  ck_assert_str_eq (list->transfer, "sdr");
  ck_assert (list->codec == NULL && list->uri == NULL);
  gst_harness_teardown (h);
}
GST_END_TEST;

GST_START_TEST (test_formats)
{
  static const gchar *formats[] = {"I420", "YV12", "NV12", "NV21", "Y42B",
      "Y444", "YUY2", "UYVY", "GRAY8", "RGB", "BGR", "RGBx", "BGRA", "ARGB",
      "I420_10LE", "P010_10LE", "I422_10LE", "Y444_10LE", "I420_12LE", "v210",
      "AYUV", "GBR", "RGB16"};

  for (guint i = 0; i < G_N_ELEMENTS (formats); i++) {
    g_autofree gchar *caps = caps_of (formats[i], 162, 91, "");
    g_autoptr (GstMontageShotList) list = NULL;
    GstHarness *h = new_harness (caps);

    push_frames (h, 1, 12, 0);
    push_frames (h, 2, 12, 12 * FRAME);
    list = finish (h);
    ck_assert_msg (list->shots->len == 2, "%s: %u shots", formats[i],
        list->shots->len);
    ck_assert_uint_eq (shot_at (list, 1)->start, 12 * FRAME);
    gst_harness_teardown (h);
  }
}
GST_END_TEST;

GST_START_TEST (test_odd_sizes)
{
  static const gint sizes[][2] = {{1, 1}, {3, 3}, {161, 91}, {17, 300}};

  for (guint i = 0; i < G_N_ELEMENTS (sizes); i++) {
    g_autofree gchar *caps = caps_of ("I420", sizes[i][0], sizes[i][1], "");
    g_autoptr (GstMontageShotList) list = NULL;
    GstHarness *h = new_harness (caps);

    push_frames (h, 1, 5, 0);
    list = finish (h);
    ck_assert_uint_eq (list->shots->len, 1);
    ck_assert_uint_eq (list->width, sizes[i][0]);
    gst_harness_teardown (h);
  }
}
GST_END_TEST;

GST_START_TEST (test_refused_caps)
{
  g_autoptr (GstCaps)
      caps = gst_caps_from_string ("audio/x-raw, format=S16LE, rate=44100");
  GstHarness *h = new_harness (NULL);

  ck_assert (!gst_pad_query_accept_caps (GST_PAD_PEER (h->srcpad), caps));
  gst_harness_teardown (h);
}
GST_END_TEST;

GST_START_TEST (test_orientation_and_pixel_aspect)
{
  g_autofree gchar *caps = caps_of ("I420", 720, 576,
      ", pixel-aspect-ratio=(fraction)16/15");
  g_autoptr (GstMontageShotList) list = NULL;
  GstHarness *h = new_harness (caps);

  gst_harness_push_event (h,
      gst_event_new_tag (gst_tag_list_new (GST_TAG_IMAGE_ORIENTATION,
          "rotate-90", GST_TAG_VIDEO_CODEC, "H.264", NULL)));
  push_frames (h, 1, 3, 0);
  list = finish (h);
  ck_assert_uint_eq (list->width, 576);
  ck_assert_uint_eq (list->height, 768);
  ck_assert_str_eq (list->codec, "H.264");
  gst_harness_teardown (h);
}
GST_END_TEST;

GST_START_TEST (test_transfer)
{
  g_autofree gchar *caps = caps_of ("I420_10LE", 64, 64,
      ", colorimetry=(string)bt2100-pq");
  g_autoptr (GstMontageShotList) list = NULL;
  GstHarness *h = new_harness (caps);

  push_frames (h, 1, 3, 0);
  list = finish (h);
  ck_assert_str_eq (list->transfer, "pq");
  gst_harness_teardown (h);
}
GST_END_TEST;

GST_START_TEST (test_stream_time)
{
  g_autofree gchar *caps = caps_of ("I420", 64, 64, "");
  g_autoptr (GstMontageShotList) list = NULL;
  GstHarness *h = new_harness (caps);
  GstSegment segment;

  gst_segment_init (&segment, GST_FORMAT_TIME);
  segment.start = 100 * FRAME;
  segment.time = 7 * FRAME;
  gst_harness_push_event (h, gst_event_new_segment (&segment));
  push_frames (h, 1, 1, 90 * FRAME); /* nobody sees it */
  push_frames (h, 1, 20, 100 * FRAME);
  push_frames (h, 2, 20, 120 * FRAME);
  list = finish (h);
  ck_assert_uint_eq (list->shots->len, 2);
  ck_assert_uint_eq (shot_at (list, 0)->start, 7 * FRAME);
  ck_assert_uint_eq (shot_at (list, 0)->n_frames, 20);
  ck_assert_uint_eq (shot_at (list, 1)->start, 27 * FRAME);
  gst_harness_teardown (h);
}
GST_END_TEST;

GST_START_TEST (test_broken_time_stamps)
{
  static const GstClockTime times[] = {GST_CLOCK_TIME_NONE, 5 * FRAME,
      5 * FRAME, 2 * FRAME, GST_CLOCK_TIME_NONE, 9 * FRAME};
  g_autofree gchar *caps = caps_of ("I420", 64, 64, "");
  g_autoptr (GstMontageShotList) list = NULL;
  GstHarness *h = new_harness (caps);

  for (guint i = 0; i < G_N_ELEMENTS (times); i++) {
    GstBuffer *buffer = new_frame (h, 1, times[i]);

    GST_BUFFER_DURATION (buffer) = GST_CLOCK_TIME_NONE;
    ck_assert_int_eq (gst_harness_push (h, buffer), GST_FLOW_OK);
  }
  ck_assert (
      gst_harness_push_event (h, gst_event_new_gap (10 * FRAME, 2 * FRAME)));
  list = finish (h);
  ck_assert_uint_eq (list->shots->len, 1);
  ck_assert_uint_eq (shot_at (list, 0)->n_frames, 6);
  ck_assert_uint_ge (list->duration, 9 * FRAME);
  gst_harness_teardown (h);
}
GST_END_TEST;

GST_START_TEST (test_caps_change)
{
  g_autofree gchar *caps = caps_of ("I420", 320, 180, "");
  g_autofree gchar *other = caps_of ("NV12", 161, 91, "");
  g_autoptr (GstMontageShotList) list = NULL;
  GstHarness *h = new_harness (caps);

  push_frames (h, 1, 20, 0);
  gst_harness_set_src_caps_str (h, other);
  push_frames (h, 2, 20, 20 * FRAME);
  list = finish (h);
  ck_assert_uint_eq (list->shots->len, 2);
  ck_assert_uint_eq (shot_at (list, 1)->start, 20 * FRAME);
  ck_assert_uint_eq (list->width, 320);
  gst_harness_teardown (h);
}
GST_END_TEST;

GST_START_TEST (test_no_frames)
{
  g_autofree gchar *caps = caps_of ("I420", 64, 64, "");
  GstHarness *h = new_harness (caps);

  ck_assert (finish (h) == NULL);
  gst_harness_teardown (h);
}
GST_END_TEST;

GST_START_TEST (test_flush)
{
  g_autofree gchar *caps = caps_of ("I420", 64, 64, "");
  g_autoptr (GstMontageShotList) list = NULL;
  GstHarness *h = new_harness (caps);
  GstSegment segment;

  push_frames (h, 1, 20, 0);
  gst_harness_push_event (h, gst_event_new_flush_start ());
  gst_harness_push_event (h, gst_event_new_flush_stop (TRUE));
  gst_segment_init (&segment, GST_FORMAT_TIME);
  gst_harness_push_event (h, gst_event_new_segment (&segment));
  push_frames (h, 2, 10, 0);
  list = finish (h);
  ck_assert_uint_eq (list->shots->len, 1);
  ck_assert_uint_eq (shot_at (list, 0)->n_frames, 10);
  gst_harness_teardown (h);
}
GST_END_TEST;

GST_START_TEST (test_reuse)
{
  g_autofree gchar *caps = caps_of ("I420", 64, 64, "");
  GstHarness *h = new_harness (caps);

  for (guint i = 0; i < 2; i++) {
    g_autoptr (GstMontageShotList) list = NULL;

    push_frames (h, 1, 10 + i, 0);
    list = finish (h);
    ck_assert_uint_eq (list->shots->len, 1);
    ck_assert_uint_eq (shot_at (list, 0)->n_frames, 10 + i);
    ck_assert_int_eq (gst_element_set_state (h->element, GST_STATE_READY),
        GST_STATE_CHANGE_SUCCESS);
    ck_assert_int_eq (gst_element_set_state (h->element, GST_STATE_PLAYING),
        GST_STATE_CHANGE_SUCCESS);
    gst_harness_push_event (h, gst_event_new_stream_start ("again"));
    gst_harness_set_src_caps_str (h, caps);
  }
  gst_harness_teardown (h);
}
GST_END_TEST;

GST_START_TEST (test_two_instances)
{
  g_autofree gchar *caps = caps_of ("I420", 64, 64, "");
  g_autoptr (GstMontageShotList) first = NULL;
  g_autoptr (GstMontageShotList) second = NULL;
  GstHarness *a = new_harness (caps);
  GstHarness *b = new_harness (caps);

  for (guint i = 0; i < 20; i++) {
    push_frames (a, 1, 1, i * FRAME);
    push_frames (b, i / 10, 1, i * FRAME);
  }
  first = finish (a);
  second = finish (b);
  ck_assert_uint_eq (first->shots->len, 1);
  ck_assert_uint_eq (second->shots->len, 2);
  gst_harness_teardown (a);
  gst_harness_teardown (b);
}
GST_END_TEST;

/* Counts live messages and lists on the bus. */
static void
count_messages (GstBus *bus, guint *shots, guint *lists)
{
  GstMessage *message;

  *shots = *lists = 0;
  while ((message = gst_bus_pop_filtered (bus, GST_MESSAGE_ELEMENT))) {
    g_autoptr (GstMontageShotList) list = NULL;
    g_autoptr (GError) error = NULL;

    if (gst_message_has_name (message, "GstMontageShot"))
      (*shots)++;
    if (gst_montage_message_parse_shots (message, &list, &error))
      (*lists)++;
    g_assert_no_error (error);
    gst_message_unref (message);
  }
}

GST_START_TEST (test_messages)
{
  for (guint on = 0; on < 2; on++) {
    g_autofree gchar *caps = caps_of ("I420", 64, 64, "");
    g_autoptr (GstMontageShotList) list = NULL;
    g_autoptr (GstBus) bus = gst_bus_new ();
    GstHarness *h = new_harness (caps);
    gboolean message;
    guint shots, lists;

    gst_element_set_bus (h->element, bus);
    g_object_get (h->element, "message", &message, NULL);
    ck_assert (message);
    g_object_set (h->element, "message", on == 1, NULL);
    push_frames (h, 1, 20, 0);
    push_frames (h, 2, 200, 20 * FRAME);
    count_messages (bus, &shots, &lists);
    ck_assert_uint_eq (shots, on); /* the first one is known by now */
    ck_assert_uint_eq (lists, 0);
    list = finish (h);
    ck_assert_uint_eq (list->shots->len, 2);
    count_messages (bus, &shots, &lists);
    ck_assert_uint_eq (shots, on);
    ck_assert_uint_eq (lists, 1); /* in any case */
    gst_element_set_bus (h->element, NULL);
    gst_harness_teardown (h);
  }
}
GST_END_TEST;

GST_START_TEST (test_qos_ends_here)
{
  g_autofree gchar *caps = caps_of ("I420", 64, 64, "");
  GstHarness *h = new_harness (caps);
  GstEvent *event;

  push_frames (h, 1, 1, 0);
  gst_harness_push_upstream_event (h,
      gst_event_new_qos (GST_QOS_TYPE_UNDERFLOW, 2.0, 1000, 0));
  while ((event = gst_harness_try_pull_upstream_event (h))) {
    ck_assert_int_ne (GST_EVENT_TYPE (event), GST_EVENT_QOS);
    gst_event_unref (event);
  }
  gst_harness_teardown (h);
}
GST_END_TEST;

static Suite *
sceneselect_suite (void)
{
  Suite *s = suite_create ("sceneselect");
  TCase *general = tcase_create ("general");

  suite_add_tcase (s, general);
  tcase_set_timeout (general, 120);
  tcase_add_test (general, test_list);
  tcase_add_test (general, test_formats);
  tcase_add_test (general, test_odd_sizes);
  tcase_add_test (general, test_refused_caps);
  tcase_add_test (general, test_orientation_and_pixel_aspect);
  tcase_add_test (general, test_transfer);
  tcase_add_test (general, test_stream_time);
  tcase_add_test (general, test_broken_time_stamps);
  tcase_add_test (general, test_caps_change);
  tcase_add_test (general, test_no_frames);
  tcase_add_test (general, test_flush);
  tcase_add_test (general, test_reuse);
  tcase_add_test (general, test_two_instances);
  tcase_add_test (general, test_messages);
  tcase_add_test (general, test_qos_ends_here);
  return s;
}

GST_CHECK_MAIN (sceneselect);
