/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "player.h"

#include <gst/check/gstcheck.h>

void
player_init (Player *self, const gchar *line,
    void (*take) (GstMessage *message, gpointer data), gpointer data)
{
  *self = (Player){.take = take, .data = data};
  self->pipeline = gst_parse_launch (line, NULL);
  fail_unless (self->pipeline != NULL);
  self->element = gst_bin_get_by_name (GST_BIN (self->pipeline), "tested");
  gst_object_unref (self->element);
  self->bus = gst_element_get_bus (self->pipeline);
}

void
player_clear (Player *self)
{
  gst_element_set_state (self->pipeline, GST_STATE_NULL);
  gst_object_unref (self->bus);
  gst_object_unref (self->pipeline);
}

static void
read_messages (Player *self)
{
  GstMessage *message;

  while ((message = gst_bus_timed_pop (self->bus, GST_MSECOND))) {
    fail_if (GST_MESSAGE_TYPE (message) == GST_MESSAGE_ERROR);
    self->ended |= GST_MESSAGE_TYPE (message) == GST_MESSAGE_EOS;
    self->take (message, self->data);
    gst_message_unref (message);
  }
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

void
player_play_disturbed (Player *self)
{
  gst_element_set_state (self->pipeline, GST_STATE_PLAYING);
  while (!self->ended) {
    touch_properties (self->element);
    ask (self);
    read_messages (self);
  }
}

void
player_stop_and_seek (Player *self, GstClockTime step)
{
  for (guint k = 0; k < 12; k++) {
    if (k % 4 == 0)
      gst_element_set_state (self->pipeline, GST_STATE_READY);
    gst_element_set_state (self->pipeline, GST_STATE_PLAYING);
    gst_element_get_state (self->pipeline, NULL, NULL, GST_CLOCK_TIME_NONE);
    g_object_set (self->element, "message", k % 2 == 0, NULL);
    read_messages (self);
    gst_element_seek_simple (self->pipeline, GST_FORMAT_TIME,
        GST_SEEK_FLAG_FLUSH, k * step);
  }
  while (!self->ended)
    read_messages (self);
}
