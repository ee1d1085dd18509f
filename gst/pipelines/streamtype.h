/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <gst/gst.h>

G_BEGIN_DECLS

typedef enum
{
  MONTAGE_STREAM_CONTAINER,
  MONTAGE_STREAM_AUDIO,
  MONTAGE_STREAM_VIDEO,
  MONTAGE_STREAM_OTHER
} MontageStreamType;

/* Of what @caps (nullable) stand for inside a file that is read. */
MontageStreamType montage_stream_type (const GstCaps *caps);
/* Whether @pad, or what decodebin's pad @pad stands for, is of an element of
 * that type. */
gboolean montage_stream_is_from (GstPad *pad, GstElementFactoryListType type);

G_END_DECLS
