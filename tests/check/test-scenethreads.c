/* SPDX-License-Identifier: LGPL-2.1-or-later */

/* sceneselect between threads of its own: what an application may do while it
 * works. Of most use under the thread sanitizer, see tests/run. */

#include <gst/check/gstcheck.h>
#include <gst/montage/montage.h>

#define N_FRAMES 500

typedef struct
{
  GstElement *pipeline;
  GstElement *sceneselect; /* borrowed */
  GstBus *bus;
  gboolean ended;
  guint n_shots;
  GstMontageShotList *list; /* nullable: the last one */
} Player;

static void
player_init (Player *self)
{
  *self = (Player){NULL};
  self->pipeline = gst_parse_launch (
      "videotestsrc pattern=ball num-buffers=" G_STRINGIFY (
          N_FRAMES) " ! video/x-raw,width=128,height=72,framerate=25/1 ! queue ! "
                    "sceneselect name=s ! queue ! fakesink sync=false",
      NULL);
  fail_unless (self->pipeline != NULL);
  self->sceneselect = gst_bin_get_by_name (GST_BIN (self->pipeline), "s");
  gst_object_unref (self->sceneselect);
  self->bus = gst_element_get_bus (self->pipeline);
}

static void
player_clear (Player *self)
{
  gst_element_set_state (self->pipeline, GST_STATE_NULL);
  gst_object_unref (self->bus);
  gst_object_unref (self->pipeline);
  g_clear_pointer (&self->list, gst_montage_shot_list_free);
}

static void
read_messages (Player *self)
{
  GstMessage *message;

  while ((message = gst_bus_timed_pop (self->bus, GST_MSECOND))) {
    GError *error = NULL;
    GstMontageShotList *list = NULL;

    fail_if (GST_MESSAGE_TYPE (message) == GST_MESSAGE_ERROR);
    self->ended |= GST_MESSAGE_TYPE (message) == GST_MESSAGE_EOS;
    self->n_shots += gst_message_has_name (message, "GstMontageShot");
    if (gst_montage_message_parse_shots (message, &list, &error)) {
      g_clear_pointer (&self->list, gst_montage_shot_list_free);
      self->list = list;
    }
    g_assert_no_error (error);
    gst_message_unref (message);
  }
}

/* Every property gets what it has. */
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
    if (specs[i]->flags & G_PARAM_WRITABLE)
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

  player_init (&player);
  gst_element_set_state (player.pipeline, GST_STATE_PLAYING);
  while (!player.ended) {
    touch_properties (player.sceneselect);
    ask (&player);
    read_messages (&player);
  }
  fail_unless (player.list != NULL);
  fail_unless_equals_uint64 (player.list->duration,
      N_FRAMES * 40 * GST_MSECOND);
  fail_unless_equals_int (player.n_shots, player.list->shots->len);
  player_clear (&player);
}
GST_END_TEST

GST_START_TEST (test_stops_and_seeks)
{
  Player player;

  player_init (&player);
  for (guint k = 0; k < 12; k++) {
    if (k % 4 == 0)
      gst_element_set_state (player.pipeline, GST_STATE_READY);
    gst_element_set_state (player.pipeline, GST_STATE_PLAYING);
    gst_element_get_state (player.pipeline, NULL, NULL, GST_CLOCK_TIME_NONE);
    g_object_set (player.sceneselect, "message", k % 2 == 0, NULL);
    read_messages (&player);
    gst_element_seek_simple (player.pipeline, GST_FORMAT_TIME,
        GST_SEEK_FLAG_FLUSH, k * GST_SECOND / 2);
  }
  while (!player.ended)
    read_messages (&player);
  fail_unless (player.list != NULL);
  player_clear (&player);
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
