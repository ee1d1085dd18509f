/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <gst/gst.h>

G_BEGIN_DECLS

/* A pipeline in threads of its own, and what an application may do meanwhile. */
typedef struct
{
  GstElement *pipeline;
  GstElement *element; /* borrowed */
  GstBus *bus;
  gboolean ended;
  void (*take) (GstMessage *message, gpointer data);
  gpointer data;
} Player;

/* @line holds an element "tested"; @take gets every message but errors, which
 * fail. */
void player_init (Player *self, const gchar *line,
    void (*take) (GstMessage *message, gpointer data), gpointer data);
void player_clear (Player *self);
/* Plays to the end, while properties are set and queries sent. */
void player_play_disturbed (Player *self);
/* Stops and seeks time and again, then plays to the end. */
void player_stop_and_seek (Player *self, GstClockTime step);

G_END_DECLS
