/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <string.h>

#include <glib/gstdio.h>
#include <gst/check/gstcheck.h>

/* Media files of a second or two, made with GStreamer in a folder that is
 * removed with them. */

static gchar *media_folder;

/* Prints why the test is skipped where @element is not there. */
static inline gboolean
media_has_element (const gchar *element)
{
  g_autoptr (GstElementFactory) factory = gst_element_factory_find (element);

  if (!factory)
    g_print ("SKIP: the element %s is not built\n", element);
  return factory != NULL;
}

static inline void
media_setup (void)
{
  media_folder = g_dir_make_tmp ("montage-media-XXXXXX", NULL);
  fail_unless (media_folder != NULL);
}

static inline void
media_remove (const gchar *path)
{
  GDir *dir = g_file_test (path, G_FILE_TEST_IS_DIR)
      ? g_dir_open (path, 0, NULL)
      : NULL;
  const gchar *name;

  while (dir && (name = g_dir_read_name (dir))) {
    g_autofree gchar *child = g_build_filename (path, name, NULL);

    media_remove (child);
  }
  if (dir)
    g_dir_close (dir);
  g_remove (path);
}

static inline void
media_teardown (void)
{
  media_remove (media_folder);
  g_clear_pointer (&media_folder, g_free);
}

static inline gchar *
media_path (const gchar *name)
{
  return g_build_filename (media_folder, name, NULL);
}

static inline gchar *
media_uri (const gchar *name)
{
  g_autofree gchar *path = media_path (name);

  return g_filename_to_uri (path, NULL, NULL);
}

/* Runs "@description ! filesink" to its end. */
static inline void
media_make (const gchar *name, const gchar *description)
{
  g_autofree gchar *path = media_path (name);
  g_autofree gchar *line = g_strconcat (description, " ! filesink name=file",
      NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (GstElement) pipeline = gst_parse_launch (line, &error);
  g_autoptr (GstElement) sink = NULL;
  g_autoptr (GstBus) bus = NULL;
  g_autoptr (GstMessage) message = NULL;

  fail_unless (pipeline && !error, "%s", error ? error->message : line);
  sink = gst_bin_get_by_name (GST_BIN (pipeline), "file");
  g_object_set (sink, "location", path, NULL);
  bus = gst_element_get_bus (pipeline);
  gst_element_set_state (pipeline, GST_STATE_PLAYING);
  message = gst_bus_timed_pop_filtered (bus, 60 * GST_SECOND,
      GST_MESSAGE_EOS | GST_MESSAGE_ERROR);
  fail_unless (message && GST_MESSAGE_TYPE (message) == GST_MESSAGE_EOS,
      "cannot make %s", name);
  gst_element_set_state (pipeline, GST_STATE_NULL);
}

/* @n_frames of 30 per second, without sound. */
static inline void
media_make_clip (const gchar *name, guint n_frames, const gchar *pattern)
{
  g_autofree gchar *line = g_strdup_printf (
      "videotestsrc num-buffers=%u pattern=%s ! "
      "video/x-raw,width=96,height=64,framerate=30/1 ! jpegenc ! avimux",
      n_frames, pattern);

  media_make (name, line);
}

/* The same with a tone. */
static inline void
media_make_clip_with_sound (const gchar *name, guint n_frames)
{
  g_autofree gchar *line = g_strdup_printf (
      "videotestsrc num-buffers=%u pattern=ball ! "
      "video/x-raw,width=96,height=64,framerate=30/1 ! jpegenc ! "
      "avimux name=mux audiotestsrc num-buffers=%u samplesperbuffer=1600 ! "
      "audio/x-raw,rate=48000,channels=1 ! mux. mux.",
      n_frames, n_frames);

  media_make (name, line);
}

/* A click every half second. */
static inline void
media_make_song (const gchar *name, guint seconds)
{
  g_autofree gchar *line = g_strdup_printf (
      "audiotestsrc wave=ticks tick-interval=500000000 num-buffers=%u "
      "samplesperbuffer=22050 ! audio/x-raw,rate=44100,channels=2 ! "
      "audioconvert ! vorbisenc ! oggmux",
      seconds * 2);

  media_make (name, line);
}

static inline void
media_write (const gchar *name, gconstpointer bytes, gsize length)
{
  g_autofree gchar *path = media_path (name);

  fail_unless (g_file_set_contents (path, bytes, (gssize) length, NULL));
}

/* The first @share of a hundred of another file. */
static inline void
media_truncate (const gchar *from, const gchar *name, gsize share)
{
  g_autofree gchar *path = media_path (from);
  g_autofree gchar *bytes = NULL;
  gsize length;

  fail_unless (g_file_get_contents (path, &bytes, &length, NULL));
  media_write (name, bytes, length * share / 100);
}
