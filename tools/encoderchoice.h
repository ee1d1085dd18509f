/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "encoders.h"

G_BEGIN_DECLS

/**
 * ToolEncoderWish:
 *
 * What an encoder has to be.
 *
 * @element: (nullable) "auto", "software", "hardware" or a factory's name
 * @coded: (nullable) what it has to give
 * @restriction: (nullable) what it is to be fed with
 * @preset: (nullable) a #GstPreset that it has to have
 */
typedef struct
{
  const ToolCodec *codec;
  const gchar *element;
  ToolQuality quality;
  GstCaps *coded;
  GstCaps *restriction;
  gchar *preset;
} ToolEncoderWish;

/**
 * ToolEncoderChoice:
 *
 * @encoder: owned; its strings are not
 * @options: all of them, with those of the quality
 */
typedef struct
{
  ToolEncoder *encoder;
  gchar *options;
} ToolEncoderChoice;

/* The encoders of the codec by rank, ours first where others are not above
 * primary; those that we know nothing of have to encode a few pictures first.
 * @notes: (of gchar *) what there is to say about it. */
gboolean tool_encoder_choose (ToolEncoderChoice *self,
    const ToolEncoderWish *wish, GPtrArray *notes, GError **error);
void tool_encoder_choice_clear (ToolEncoderChoice *self);
/* Whether @factory gives its work to a device. */
gboolean tool_encoder_is_hardware (const gchar *factory);

G_END_DECLS
