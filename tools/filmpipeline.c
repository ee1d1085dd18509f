/* SPDX-License-Identifier: LGPL-2.1-or-later */
#ifdef HAVE_CONFIG_H
#include "config.h"
#endif

#include "filmpipeline.h"

#include <gst/montage/error.h>

#define POLL_INTERVAL (100 * GST_MSECOND)
#define PLUGIN_REMEDY "gst-montage-1.0 doctor"

GstElement *
tool_pipeline_add (GstElement *pipeline, const gchar *factory,
    const gchar *options, const gchar *package, GError **error)
{
  GstElement *element;

  if (error != NULL && *error != NULL)
    return NULL;
  element = tool_element_make (factory, options, package, error);
  if (element != NULL)
    gst_bin_add (GST_BIN (pipeline), element);
  return element;
}

GstElement *
tool_pipeline_add_filter (GstElement *pipeline, const GstCaps *caps,
    GError **error)
{
  GstElement *filter = tool_pipeline_add (pipeline, "capsfilter", "",
      "libgstreamer1.0-0", error);

  if (filter != NULL)
    g_object_set (filter, "caps", caps, NULL);
  return filter;
}

gboolean
tool_pipeline_link (GstElement *first, GstElement *second, GError **error)
{
  if (first != NULL && second != NULL && gst_element_link (first, second))
    return TRUE;
  /* Users can do nothing about it but look whether something is broken. */
  if (error != NULL && *error == NULL)
    g_set_error (error, GST_MONTAGE_ERROR, GST_MONTAGE_ERROR_MISSING,
        "The elements '%s' and '%s' do not fit together; run: " PLUGIN_REMEDY
        ".",
        first != NULL ? GST_OBJECT_NAME (first) : "",
        second != NULL ? GST_OBJECT_NAME (second) : "");
  return FALSE;
}

GstCaps *
tool_container_caps (const ToolContainer *container, const gchar *kind)
{
  g_autoptr (GstElementFactory)
      factory = gst_element_factory_find (container->muxer);
  const GList *item = factory != NULL
      ? gst_element_factory_get_static_pad_templates (factory)
      : NULL;

  for (; item != NULL; item = item->next) {
    GstStaticPadTemplate *template = item->data;

    if (template->direction == GST_PAD_SINK
        && g_str_has_prefix (template->name_template, kind))
      return gst_static_pad_template_get_caps (template);
  }
  return gst_caps_new_any ();
}

static void
take_error (GstMessage *message, GError **error)
{
  g_autoptr (GError) cause = NULL;
  g_autofree gchar *debug = NULL;
  gboolean full;

  gst_message_parse_error (message, &cause, &debug);
  GST_INFO ("%s (%s)", cause->message, debug);
  full = g_error_matches (cause, GST_RESOURCE_ERROR,
      GST_RESOURCE_ERROR_NO_SPACE_LEFT);
  g_set_error_literal (error, GST_MONTAGE_ERROR,
      full ? GST_MONTAGE_ERROR_IO : GST_MONTAGE_ERROR_MATERIAL, cause->message);
}

static void
take_warning (GstMessage *message, GPtrArray *notes)
{
  g_autoptr (GError) cause = NULL;

  gst_message_parse_warning (message, &cause, NULL);
  g_ptr_array_add (notes, g_strdup (cause->message));
}

static gboolean
wait (GstElement *pipeline, GCancellable *cancellable,
    void (*poll) (gpointer data), gpointer data, GPtrArray *notes,
    GError **error)
{
  g_autoptr (GstBus) bus = gst_element_get_bus (pipeline);

  while (!g_cancellable_set_error_if_cancelled (cancellable, error)) {
    g_autoptr (GstMessage)
        message = gst_bus_timed_pop_filtered (bus, POLL_INTERVAL,
            GST_MESSAGE_ERROR | GST_MESSAGE_WARNING | GST_MESSAGE_EOS);

    if (poll != NULL)
      poll (data);
    if (message == NULL)
      continue;
    if (GST_MESSAGE_TYPE (message) == GST_MESSAGE_EOS)
      return TRUE;
    if (GST_MESSAGE_TYPE (message) == GST_MESSAGE_WARNING) {
      take_warning (message, notes);
      continue;
    }
    take_error (message, error);
    return FALSE;
  }
  return FALSE;
}

gboolean
tool_pipeline_run (GstElement *pipeline, GCancellable *cancellable,
    void (*poll) (gpointer data), gpointer data, GPtrArray *notes,
    GError **error)
{
  gboolean ok;

  /* What fails here is on the bus. */
  gst_element_set_state (pipeline, GST_STATE_PLAYING);
  ok = wait (pipeline, cancellable, poll, data, notes, error);
  gst_element_set_state (pipeline, GST_STATE_NULL);
  return ok;
}
