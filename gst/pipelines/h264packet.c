/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "h264packet.h"

gboolean
h264_caps_parse (const GstCaps *caps, guint *nal_length)
{
  const GstStructure *structure = gst_caps_get_structure (caps, 0);
  const GValue *codec_data = gst_structure_get_value (structure, "codec_data");
  guint8 byte = 0xff;

  if (!gst_structure_has_name (structure, "video/x-h264"))
    return FALSE;
  *nal_length = 0;
  if (codec_data != NULL && GST_VALUE_HOLDS_BUFFER (codec_data)) {
    gst_buffer_extract (gst_value_get_buffer (codec_data), 4, &byte, 1);
    *nal_length = (byte & 3) + 1;
  }
  return TRUE;
}

static gboolean
next_after_start_code (const guint8 **data, gsize *left, const guint8 **nal,
    gsize *size)
{
  while (
      *left > 3 && !((*data)[0] == 0 && (*data)[1] == 0 && (*data)[2] == 1)) {
    (*data)++;
    (*left)--;
  }
  if (*left <= 3)
    return FALSE;
  *data += 3;
  *left -= 3;
  *nal = *data;
  *size = *left;
  return TRUE;
}

gboolean
h264_next_nal (guint nal_length, const guint8 **data, gsize *left,
    const guint8 **nal, gsize *size)
{
  gsize length = 0;

  if (nal_length == 0)
    return next_after_start_code (data, left, nal, size);
  if (*left <= nal_length)
    return FALSE;
  for (guint i = 0; i < nal_length; i++)
    length = length << 8 | (*data)[i];
  *nal = *data + nal_length;
  *left -= nal_length;
  *size = MIN (length, *left);
  *data = *nal + *size;
  *left -= *size;
  return *size > 0;
}

gboolean
h264_packet_is_disposable (GstBuffer *buffer, guint nal_length)
{
  g_auto (GstBufferMapInfo) map = GST_MAP_INFO_INIT;
  const guint8 *data, *nal;
  gsize left, size;
  gboolean has_slices = FALSE;

  if (!gst_buffer_map (buffer, &map, GST_MAP_READ))
    return FALSE;
  data = map.data;
  left = map.size;
  while (h264_next_nal (nal_length, &data, &left, &nal, &size)) {
    guint type = nal[0] & 0x1f;

    if (type < H264_NAL_SLICE || type > H264_NAL_IDR)
      continue;
    if ((nal[0] >> 5 & 3) != 0)
      return FALSE;
    has_slices = TRUE;
  }
  return has_slices;
}
