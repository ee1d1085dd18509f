/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <gst/montage/montage.h>

#include "encoders.h"

G_BEGIN_DECLS

/**
 * ToolFormatOptions:
 *
 * How a film is to be written: options of all commands that write one. All are
 * nullable.
 *
 * @encoder: "auto", "software", "hardware" or a factory's name
 */
typedef struct
{
  gchar *profile;
  gchar *quality;
  gchar *encoder;
} ToolFormatOptions;

#define TOOL_FORMAT_ENTRIES(self, hidden)                                      \
  {"profile", 0, (hidden), G_OPTION_ARG_FILENAME, &(self)->profile,            \
      "The encoding: h264, h265, vp9, vp8, av1, prores, dnxhr, an encoding "   \
      "target, a .gep file or a description (default: by the film's name)",    \
      "PROFILE"},                                                              \
      {"quality", 0, (hidden), G_OPTION_ARG_FILENAME, &(self)->quality,        \
          "preview, standard, high or master (default: standard)", "NAME"},    \
  {                                                                            \
    "encoder", 0, (hidden), G_OPTION_ARG_FILENAME, &(self)->encoder,           \
        "auto, software, hardware or an encoder's name (default: auto)",       \
        "NAME"                                                                 \
  }

void tool_format_options_clear (ToolFormatOptions *self);

/**
 * ToolFilmFormat:
 *
 * How a film is written; picked once, before any work.
 *
 * @video_options, @audio_options: what the encoders are made with, of the form
 *   that tool_element_make() takes
 * @video_coded, @audio_coded: (nullable) caps that the encoders have to give
 * @output: size and frame rate that the profile asks for, 0 where it does not
 * @notes: (of gchar *) what there is to say of the choice
 */
typedef struct
{
  const ToolContainer *container;
  ToolEncoder *video;
  ToolEncoder *audio;
  ToolQuality quality;
  gchar *video_options;
  gchar *audio_options;
  gchar *video_coded;
  gchar *audio_coded;
  GstMontageOutput output;
  GPtrArray *notes;
} ToolFilmFormat;

/* For the film at @path. FALSE with a sentence where something that rendering
 * needs is not on this machine. */
gboolean tool_film_format_init (ToolFilmFormat *self, const gchar *path,
    const ToolFormatOptions *options, GError **error);
void tool_film_format_clear (ToolFilmFormat *self);
/* Sets in @output what is not given there and the profile asks for: a film that
 * is planned so needs no change. */
void
tool_film_format_prefer (const ToolFilmFormat *self, GstMontageOutput *output);
/* @plan as it is rendered: in the size of the quality and of the profile. NULL
 * where the profile or the encoder has no such pictures. */
GstMontagePlan *tool_film_format_plan (const ToolFilmFormat *self,
    const GstMontagePlan *plan, GError **error);
/* The encoders, with one sink and one source pad. */
GstElement *
tool_film_format_video_encoder (const ToolFilmFormat *self, GError **error);
GstElement *
tool_film_format_audio_encoder (const ToolFilmFormat *self, GError **error);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (ToolFilmFormat, tool_film_format_clear)

G_END_DECLS
