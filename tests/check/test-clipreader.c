/* SPDX-License-Identifier: LGPL-2.1-or-later */

/* Frames of a clip, wherever it is entered, whatever is left out before. */

#include "../media/barcode.h"
#include "../media/mediafile.h"
#include "clipreader.h"
#include "decodebranch.h"
#include "filmtest.h"

#include <gst/video/video.h>

#define SLOW_FPS 4
#define SLOW_FRAMES 120

static gchar *
uri_of (const gchar *path)
{
  gchar *uri = gst_filename_to_uri (path, NULL);

  ck_assert (uri != NULL);
  return uri;
}

static gboolean
draw_slow (guint32 *pixels, guint number, gpointer data)
{
  guint i;

  for (i = 0; i < 320 * 180; i++)
    pixels[i] = 0xff000000u | (i / 7 + number * 5) % 200;
  montage_barcode_write (pixels, 320, 180, 7, number);
  return TRUE;
}

/* Its pictures last longer than any margin before the one that is shown. */
static gchar *
slow_clip (void)
{
  const MontageVideoOptions options = {.codec = "h264",
      .width = 320,
      .height = 180,
      .fps_n = SLOW_FPS,
      .fps_d = 1,
      .n_frames = SLOW_FRAMES,
      .gop = 60,
      .bframes = 2,
      .bits = 8};
  gchar *path = film_test_path ("slow.mp4");
  g_autoptr (GError) error = NULL;

  montage_write_video (path, &options, draw_slow, NULL, &error);
  g_assert_no_error (error);
  return path;
}

/* The frame that is shown at every quarter of a frame of @frames, in turn. */
static void
check_frames (const gchar *path, guint fps, const guint *frames, guint n)
{
  g_autofree gchar *uri = uri_of (path);
  g_autoptr (ClipReader) reader = clip_reader_new (uri);
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  guint i, id, number;

  for (i = 0; i < n; i++) {
    g_autoptr (GError) error = NULL;
    ClipFrame frame;

    ck_assert (clip_reader_frame_at (reader,
        (4 * frames[i] + 1) * GST_SECOND / (4 * fps), cancellable, &frame,
        &error));
    g_assert_no_error (error);
    ck_assert (frame.sample != NULL);
    ck_assert (film_test_read (frame.sample, &id, &number));
    ck_assert_uint_eq (number, frames[i]);
    ck_assert (!frame.held);
  }
}

GST_START_TEST (test_frames_far_from_key_frames)
{
  const guint frames[] = {200, 201, 202, 70, 71, 249, 250, 251, 290, 40, 41, 42,
      120, 121, 150, 151, 299};
  g_autofree gchar *path = film_test_clip (CLIP_24);

  check_frames (path, 24, frames, G_N_ELEMENTS (frames));
}
GST_END_TEST;

GST_START_TEST (test_frames_of_a_slow_clip)
{
  const guint frames[] = {50, 51, 30, 31, 32, 33, 90, 58, 59, 60, 61, 22, 119};
  g_autofree gchar *path = slow_clip ();

  check_frames (path, SLOW_FPS, frames, G_N_ELEMENTS (frames));
}
GST_END_TEST;

/* Pulls all pictures from @time on, and returns how many came before. */
static guint
count_before (DecodeBranch *branch, GstClockTime time, GstClockTime end)
{
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  GstClockTime last = 0;
  guint n_before = 0, n_after = 0;

  while (last < end) {
    g_autoptr (GstSample) sample = NULL;

    ck_assert (decode_branch_pull (branch, &sample, cancellable, NULL));
    ck_assert (sample != NULL);
    last = decode_branch_sample_time (sample);
    n_before += last < time;
    n_after += last >= time && last < end;
  }
  ck_assert_uint_eq (n_after, 24);
  return n_before;
}

GST_START_TEST (test_branch_leaves_out_what_nobody_needs)
{
  g_autofree gchar *path = film_test_clip (CLIP_24);
  g_autofree gchar *uri = uri_of (path);
  g_autoptr (DecodeBranch) branch = decode_branch_new (uri, DECODE_PICTURES);
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GstSample) first = NULL;
  guint n_all;

  /* Until pictures come, there is nothing to seek in. */
  ck_assert (decode_branch_pull (branch, &first, cancellable, NULL));
  ck_assert (decode_branch_seek (branch, 8 * GST_SECOND));
  n_all = count_before (branch, 8 * GST_SECOND, 9 * GST_SECOND);
  ck_assert (!decode_branch_has_skipped (branch));
  decode_branch_set_needed (branch, 8 * GST_SECOND);
  ck_assert (decode_branch_seek (branch, 8 * GST_SECOND));
  ck_assert_uint_lt (count_before (branch, 8 * GST_SECOND, 9 * GST_SECOND),
      n_all * 2 / 3);
  ck_assert (decode_branch_has_skipped (branch));
}
GST_END_TEST;

static Suite *
clipreader_suite (void)
{
  Suite *suite = suite_create ("clipreader");
  TCase *tcase = tcase_create ("general");

  suite_add_tcase (suite, tcase);
  tcase_set_timeout (tcase, 120);
  tcase_add_unchecked_fixture (tcase, film_test_make_folder,
      film_test_remove_folder);
  tcase_add_test (tcase, test_frames_far_from_key_frames);
  tcase_add_test (tcase, test_frames_of_a_slow_clip);
  tcase_add_test (tcase, test_branch_leaves_out_what_nobody_needs);
  return suite;
}

GST_CHECK_MAIN (clipreader);
