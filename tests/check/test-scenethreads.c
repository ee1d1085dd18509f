/* SPDX-License-Identifier: LGPL-2.1-or-later */

/* sceneselect between threads of its own: what an application may do while it
 * works. Of most use under the thread sanitizer, see tests/run. */

#include <gst/check/gstcheck.h>
#include <gst/montage/montage.h>

#include "player.h"

#define N_FRAMES 500
#define LINE                                                                   \
  "videotestsrc pattern=ball num-buffers=" G_STRINGIFY (                       \
      N_FRAMES) " ! "                                                          \
                "video/x-raw,width=128,height=72,framerate=25/1 ! queue ! "    \
                "sceneselect name=tested ! queue ! fakesink sync=false"

typedef struct
{
  guint n_shots;
  GstMontageShotList *list; /* nullable: the last one */
} Found;

static void
take (GstMessage *message, gpointer data)
{
  Found *found = data;
  GstMontageShotList *list = NULL;
  GError *error = NULL;

  found->n_shots += gst_message_has_name (message, "GstMontageShot");
  if (gst_montage_message_parse_shots (message, &list, &error)) {
    g_clear_pointer (&found->list, gst_montage_shot_list_free);
    found->list = list;
  }
  g_assert_no_error (error);
}

GST_START_TEST (test_all_at_once)
{
  Found found = {0};
  Player player;

  player_init (&player, LINE, take, &found);
  player_play_disturbed (&player);
  player_clear (&player);
  fail_unless (found.list != NULL);
  fail_unless_equals_uint64 (found.list->duration, N_FRAMES * 40 * GST_MSECOND);
  fail_unless_equals_int (found.n_shots, found.list->shots->len);
  gst_montage_shot_list_free (found.list);
}
GST_END_TEST

GST_START_TEST (test_stops_and_seeks)
{
  Found found = {0};
  Player player;

  player_init (&player, LINE, take, &found);
  player_stop_and_seek (&player, GST_SECOND / 2);
  player_clear (&player);
  fail_unless (found.list != NULL);
  gst_montage_shot_list_free (found.list);
}
GST_END_TEST

static Suite *
scenethreads_suite (void)
{
  Suite *suite = suite_create ("scenethreads");
  TCase *tc = tcase_create ("general");

  suite_add_tcase (suite, tc);
  tcase_set_timeout (tc, 120);
  tcase_add_test (tc, test_all_at_once);
  tcase_add_test (tc, test_stops_and_seeks);
  return suite;
}

GST_CHECK_MAIN (scenethreads)
