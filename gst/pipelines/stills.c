/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "stills.h"

#include <string.h>

/* As in mediafiles.c: by name, whatever MIME database is installed. */
static const gchar *const extensions[] = {"bmp", "jpe", "jpeg", "jpg", "png",
    "tif", "tiff", "webp"};

static const struct
{
  const gchar *media_type;
  const gchar *factory;
} helpers[] = {
    {"image/jpeg", "jpegparse"},
    {"image/bmp", "gdkpixbufdec"},
    {"image/tiff", "gdkpixbufdec"},
};

gboolean
montage_still_is_name (const gchar *name)
{
  const gchar *dot = strrchr (name, '.');

  for (guint i = 0; dot && i < G_N_ELEMENTS (extensions); i++)
    if (g_ascii_strcasecmp (dot + 1, extensions[i]) == 0)
      return TRUE;
  return FALSE;
}

/* Streams in a container have their frames parsed and timed. The pad is
 * decodebin's own, around that of the element. */
static gboolean
is_file_itself (GstPad *pad)
{
  g_autoptr (GstPad) target = GST_IS_GHOST_PAD (pad)
      ? gst_ghost_pad_get_target (GST_GHOST_PAD (pad))
      : gst_object_ref (pad);
  g_autoptr (GstElement) element = target ? gst_pad_get_parent_element (target)
                                          : NULL;
  GstElementFactory *factory = element ? gst_element_get_factory (element)
                                       : NULL;

  return factory
      && !gst_element_factory_list_is_type (factory,
          GST_ELEMENT_FACTORY_TYPE_DEMUXER | GST_ELEMENT_FACTORY_TYPE_PARSER);
}

static GstElementFactory *
find_helper (const GstCaps *caps)
{
  const GstStructure *structure = gst_caps_get_structure (caps, 0);

  for (guint i = 0; i < G_N_ELEMENTS (helpers); i++)
    if (gst_structure_has_name (structure, helpers[i].media_type))
      return gst_element_factory_find (helpers[i].factory);
  return NULL;
}

/* decodebin speaks in GValueArray. */
G_GNUC_BEGIN_IGNORE_DEPRECATIONS
static GValueArray *
on_autoplug_sort (GstElement *source, GstPad *pad, GstCaps *caps,
    GValueArray *factories, gpointer data)
{
  g_autoptr (GstElementFactory) helper = NULL;
  g_auto (GValue) value = G_VALUE_INIT;
  GValueArray *sorted;

  if (gst_caps_is_any (caps) || gst_caps_is_empty (caps)
      || !is_file_itself (pad))
    return NULL;
  helper = find_helper (caps);
  if (!helper)
    return NULL;
  g_value_init (&value, GST_TYPE_ELEMENT_FACTORY);
  g_value_set_object (&value, helper);
  sorted = g_value_array_copy (factories);
  return g_value_array_prepend (sorted, &value);
}
G_GNUC_END_IGNORE_DEPRECATIONS

void
montage_still_attach (GstElement *uridecodebin)
{
  g_signal_connect (uridecodebin, "autoplug-sort",
      G_CALLBACK (on_autoplug_sort), NULL);
}
