/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <gst/gst.h>

G_BEGIN_DECLS

typedef enum
{
  TOOL_QUALITY_PREVIEW,
  TOOL_QUALITY_STANDARD,
  TOOL_QUALITY_HIGH,
  TOOL_QUALITY_MASTER,
  TOOL_N_QUALITIES
} ToolQuality;

/**
 * ToolEncoder:
 *
 * @element: factory name
 * @options: "name=value name=value", set with gst_util_set_object_arg(): names
 *   of flags and enums work there, while in an encoding profile they fail with
 *   a warning only
 * @quality: (nullable elements) further options, by #ToolQuality
 * @raw: caps of what it is fed with
 * @rate: the sample rate it is fed with, 0 for pictures
 * @priming: samples at @rate by which decoded sound comes late. The encoder
 *   puts them before the sound, GStreamer's muxers write nothing about it into
 *   the file, so players hear them.
 * @packet: whole packets of the priming are left out of the file, the rest is
 *   taken off the sound
 * @tail: samples of silence that it needs at the end to give out all sound
 * @package: (nullable) Debian's package that has it
 */
typedef struct
{
  const gchar *element;
  const gchar *options;
  const gchar *quality[TOOL_N_QUALITIES];
  const gchar *raw;
  const gchar *parser; /* nullable: element between encoder and muxer */
  const gchar *parser_package;
  guint rate;
  guint priming;
  guint packet;
  guint tail;
  const gchar *package;
} ToolEncoder;

typedef struct _ToolCodec ToolCodec;

struct _ToolCodec
{
  const gchar *name; /* as --profile takes it */
  const gchar *caps;
  const ToolEncoder *encoders[3]; /* best first, NULL at the end */
  const ToolCodec *sound;         /* nullable: that goes with it */
};

typedef struct
{
  const gchar *extension; /* "mp4" */
  const gchar *caps;
  const gchar *muxer;
  const gchar *muxer_options;
  const gchar *package;
  const gchar *scratch;      /* nullable: property for a temporary file */
  const ToolCodec *video[8]; /* the default first, NULL at the end */
  const ToolCodec *audio[8];
} ToolContainer;

/* By the extension of @path; NULL with an error that lists what there is. */
const ToolContainer *tool_container_for (const gchar *path, GError **error);
/* All of them, NULL at the end. */
const ToolContainer *const *tool_containers (void);
/* An element with @options set, or NULL with an error that names @package. */
GstElement *tool_element_make (const gchar *factory, const gchar *options,
    const gchar *package, GError **error);
/* TRUE where the factory is there, else an error that names @package; %NULL for
 * elements of our own. */
gboolean
tool_element_check (const gchar *factory, const gchar *package, GError **error);

G_END_DECLS
