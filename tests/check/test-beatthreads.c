/* SPDX-License-Identifier: LGPL-2.1-or-later */

/* beatdetect between threads of its own: what an application may do while it
 * works. Of most use under the thread sanitizer, see tests/run. */

#include <gst/check/gstcheck.h>
#include <gst/montage/montage.h>

#define SECONDS 40

typedef struct
{
  GstElement *pipeline;
  GstElement *beatdetect; /* borrowed */
  GstBus *bus;
} Player;

static void
player_init (Player *self)
{
  /* One tick in half a second. */
  self->pipeline = gst_parse_launch (
      "audiotestsrc wave=ticks tick-interval=500000000 samplesperbuffer=4410 "
      "num-buffers=400 ! audio/x-raw,rate=44100,channels=2 ! queue ! "
      "beatdetect name=b ! queue ! fakesink sync=false",
      NULL);
  fail_unless (self->pipeline != NULL);
  self->beatdetect = gst_bin_get_by_name (GST_BIN (self->pipeline), "b");
  gst_object_unref (self->beatdetect);
  self->bus = gst_element_get_bus (self->pipeline);
}

static void
player_clear (Player *self)
{
  gst_element_set_state (self->pipeline, GST_STATE_NULL);
  gst_object_unref (self->bus);
  gst_object_unref (self->pipeline);
}

/* Reads messages until @wanted of the live beats, the end, or none is there. */
static guint
count_beats (Player *self, gboolean *ended, GstMontageBeatGrid **grid)
{
  GstMessage *message;
  guint n_beats = 0;

  while ((message = gst_bus_timed_pop (self->bus, GST_MSECOND))) {
    GError *error = NULL;

    fail_if (GST_MESSAGE_TYPE (message) == GST_MESSAGE_ERROR);
    *ended |= GST_MESSAGE_TYPE (message) == GST_MESSAGE_EOS;
    n_beats += gst_message_has_name (message, "GstMontageBeat");
    if (!*grid)
      gst_montage_message_parse_beats (message, grid, &error);
    g_assert_no_error (error);
    gst_message_unref (message);
  }
  return n_beats;
}

/* Every property that may be set while it plays gets what it has. */
static void
touch_properties (GstElement *element)
{
  guint n;
  g_autofree GParamSpec **specs =
      g_object_class_list_properties (G_OBJECT_GET_CLASS (element), &n);

  for (guint i = 0; i < n; i++) {
    g_auto (GValue) value = G_VALUE_INIT;

    if (specs[i]->owner_type != G_OBJECT_TYPE (element))
      continue;
    g_object_get_property (G_OBJECT (element), specs[i]->name, &value);
    g_object_set_property (G_OBJECT (element), specs[i]->name, &value);
  }
}

static void
ask (Player *self)
{
  g_autoptr (GstQuery) latency = gst_query_new_latency ();
  gint64 position;

  gst_element_query (self->pipeline, latency);
  gst_element_query_position (self->pipeline, GST_FORMAT_TIME, &position);
}

GST_START_TEST (test_all_at_once)
{
  Player player;
  gboolean ended = FALSE;
  guint n_beats = 0;
  g_autoptr (GstMontageBeatGrid) grid = NULL;

  player_init (&player);
  gst_element_set_state (player.pipeline, GST_STATE_PLAYING);
  while (!ended) {
    touch_properties (player.beatdetect);
    ask (&player);
    n_beats += count_beats (&player, &ended, &grid);
  }
  player_clear (&player);
  fail_unless (grid != NULL);
  fail_unless (fabs (grid->tempo - 120.0) < 1.0
          || fabs (grid->tempo - 60.0) < 1.0,
      "%f", grid->tempo);
  fail_unless (n_beats >= SECONDS / 2, "%u", n_beats);
}
GST_END_TEST

GST_START_TEST (test_stops_and_seeks)
{
  Player player;
  gboolean ended = FALSE;
  g_autoptr (GstMontageBeatGrid) grid = NULL;

  player_init (&player);
  for (guint k = 0; k < 12; k++) {
    if (k % 4 == 0)
      gst_element_set_state (player.pipeline, GST_STATE_READY);
    gst_element_set_state (player.pipeline, GST_STATE_PLAYING);
    gst_element_get_state (player.pipeline, NULL, NULL, GST_CLOCK_TIME_NONE);
    g_object_set (player.beatdetect, "message", k % 2 == 0, NULL);
    count_beats (&player, &ended, &grid);
    gst_element_seek_simple (player.pipeline, GST_FORMAT_TIME,
        GST_SEEK_FLAG_FLUSH, k * GST_SECOND);
  }
  while (!ended)
    count_beats (&player, &ended, &grid);
  player_clear (&player);
  fail_unless (grid != NULL);
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
