/* SPDX-License-Identifier: LGPL-2.1-or-later */

/* beatdetect between threads of its own: what an application may do while it
 * works. Of most use under the thread sanitizer, see tests/run. */

#include <gst/check/gstcheck.h>
#include <gst/montage/montage.h>

#include "player.h"

#define SECONDS 40
/* One tick in half a second. */
#define LINE                                                                   \
  "audiotestsrc wave=ticks tick-interval=500000000 samplesperbuffer=4410 "     \
  "num-buffers=400 ! audio/x-raw,rate=44100,channels=2 ! queue ! "             \
  "beatdetect name=tested ! queue ! fakesink sync=false"

typedef struct
{
  guint n_beats;
  GstMontageBeatGrid *grid; /* nullable: the first one */
} Found;

static void
take (GstMessage *message, gpointer data)
{
  Found *found = data;
  GError *error = NULL;

  found->n_beats += gst_message_has_name (message, "GstMontageBeat");
  if (!found->grid)
    gst_montage_message_parse_beats (message, &found->grid, &error);
  g_assert_no_error (error);
}

GST_START_TEST (test_all_at_once)
{
  Found found = {0};
  Player player;

  player_init (&player, LINE, take, &found);
  player_play_disturbed (&player);
  player_clear (&player);
  fail_unless (found.grid != NULL);
  fail_unless (fabs (found.grid->tempo - 120.0) < 1.0
          || fabs (found.grid->tempo - 60.0) < 1.0,
      "%f", found.grid->tempo);
  fail_unless (found.n_beats >= SECONDS / 2, "%u", found.n_beats);
  gst_montage_beat_grid_free (found.grid);
}
GST_END_TEST

GST_START_TEST (test_stops_and_seeks)
{
  Found found = {0};
  Player player;

  player_init (&player, LINE, take, &found);
  player_stop_and_seek (&player, GST_SECOND);
  player_clear (&player);
  fail_unless (found.grid != NULL);
  gst_montage_beat_grid_free (found.grid);
}
GST_END_TEST

static Suite *
beatthreads_suite (void)
{
  Suite *suite = suite_create ("beatthreads");
  TCase *tc = tcase_create ("general");

  suite_add_tcase (suite, tc);
  tcase_set_timeout (tc, 120);
  tcase_add_test (tc, test_all_at_once);
  tcase_add_test (tc, test_stops_and_seeks);
  return suite;
}

GST_CHECK_MAIN (beatthreads)
