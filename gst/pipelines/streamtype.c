/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "streamtype.h"

#include <gst/pbutils/pbutils.h>

MontageStreamType
montage_stream_type (const GstCaps *caps)
{
  GstPbUtilsCapsDescriptionFlags flags;
  const gchar *name;

  if (!caps || gst_caps_is_any (caps) || gst_caps_is_empty (caps))
    return MONTAGE_STREAM_OTHER;
  name = gst_structure_get_name (gst_caps_get_structure (caps, 0));
  flags = gst_caps_is_fixed (caps)
      ? gst_pb_utils_get_caps_description_flags (caps)
      : 0;
  if (flags & GST_PBUTILS_CAPS_DESCRIPTION_FLAG_CONTAINER)
    return MONTAGE_STREAM_CONTAINER;
  if (g_str_has_prefix (name, "audio/"))
    return MONTAGE_STREAM_AUDIO;
  if (g_str_has_prefix (name, "video/") || g_str_has_prefix (name, "image/"))
    return MONTAGE_STREAM_VIDEO;
  /* Tags around a stream, encrypted streams: for decodebin to find out. */
  if (g_str_has_prefix (name, "application/")
      && !g_str_has_prefix (name, "application/x-subtitle"))
    return MONTAGE_STREAM_CONTAINER;
  return MONTAGE_STREAM_OTHER;
}

gboolean
montage_stream_is_from (GstPad *pad, GstElementFactoryListType type)
{
  g_autoptr (GstPad) target = GST_IS_GHOST_PAD (pad)
      ? gst_ghost_pad_get_target (GST_GHOST_PAD (pad))
      : gst_object_ref (pad);
  g_autoptr (GstElement) element = target ? gst_pad_get_parent_element (target)
                                          : NULL;
  GstElementFactory *factory = element ? gst_element_get_factory (element)
                                       : NULL;

  return factory && gst_element_factory_list_is_type (factory, type);
}
