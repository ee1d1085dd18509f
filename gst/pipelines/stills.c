/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "stills.h"

#include <stdio.h>
#include <string.h>

#include <gst/tag/tag.h>

#include "streamtype.h"

/* As in mediafiles.c: by name, whatever MIME database is installed. */
static const gchar *const extensions[] = {"bmp", "jpe", "jpeg", "jpg", "png",
    "tif", "tiff", "webp"};

/* Markers of JPEG: of application data, and of the picture itself. */
#define JPEG_APP1 0xe1
#define JPEG_SCAN 0xda

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

/* Streams in a container have their frames parsed and timed. */
static gboolean
is_file_itself (GstPad *pad)
{
  return !montage_stream_is_from (pad,
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

/* The next segment of a JPEG file; NULL where it is not to be read. */
static GstBuffer *
read_segment (FILE *file, guint8 *marker)
{
  guint8 head[4];
  gsize length;
  GstBuffer *buffer;
  GstMapInfo map;

  if (fread (head, 1, 4, file) != 4 || head[0] != 0xff)
    return NULL;
  *marker = head[1];
  length = GST_READ_UINT16_BE (head + 2);
  if (length < 2 || *marker == JPEG_SCAN)
    return NULL;
  buffer = gst_buffer_new_allocate (NULL, length - 2, NULL);
  gst_buffer_map (buffer, &map, GST_MAP_WRITE);
  length = fread (map.data, 1, map.size, file);
  gst_buffer_unmap (buffer, &map);
  if (length != gst_buffer_get_size (buffer))
    gst_clear_buffer (&buffer);
  return buffer;
}

static GstTagList *
read_exif (FILE *file)
{
  guint8 start[2], marker = 0;
  GstBuffer *segment;

  if (fread (start, 1, 2, file) != 2 || start[0] != 0xff || start[1] != 0xd8)
    return NULL;
  while ((segment = read_segment (file, &marker)) != NULL) {
    GstTagList *tags = NULL;

    if (marker == JPEG_APP1
        && gst_buffer_memcmp (segment, 0, "Exif\0", 6) == 0) {
      gst_buffer_resize (segment, 6, -1);
      tags = gst_tag_list_from_exif_buffer_with_tiff_header (segment);
    }
    gst_buffer_unref (segment);
    if (tags != NULL)
      return tags;
  }
  return NULL;
}

GstVideoOrientationMethod
montage_still_orientation (const gchar *uri)
{
  g_autofree gchar *path = g_filename_from_uri (uri, NULL, NULL);
  FILE *file = path ? fopen (path, "rbe") : NULL;
  GstVideoOrientationMethod method = GST_VIDEO_ORIENTATION_IDENTITY;
  g_autoptr (GstTagList) tags = NULL;

  if (!file)
    return method;
  tags = read_exif (file);
  fclose (file);
  if (tags)
    gst_video_orientation_from_tag (tags, &method);
  return method;
}
