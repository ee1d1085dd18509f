/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <gst/montage/montage.h>

G_BEGIN_DECLS

/**
 * ToolClipOptions:
 *
 * What is wanted of single clips: options of make, plan and replan.
 */
typedef struct
{
  /* as given */
  gchar **files;
  gchar **skip;
  gchar **show;
  gchar **first;
  gchar **last;
  gchar **order;
  gchar **pin;
  gchar **window;
  gchar **weight;
  gchar *scarce_text;
  /* what they mean */
  GstMontageClipRules *rules;
  gboolean given_order;
  gint scarcity; /* GstMontageScarcity */
} ToolClipOptions;

#define TOOL_CLIP_ENTRIES(self)                                                \
  {"clips", 0, 0, G_OPTION_ARG_FILENAME_ARRAY, &(self)->files,                 \
      "What is wanted of the clips, as a document", "FILE"},                   \
      {"skip", 0, 0, G_OPTION_ARG_FILENAME_ARRAY, &(self)->skip,               \
          "Do not show this clip; this and those below may be repeated",       \
          "NAME"},                                                             \
      {"show", 0, 0, G_OPTION_ARG_FILENAME_ARRAY, &(self)->show,               \
          "Show this clip though a document skips it", "NAME"},                \
      {"first", 0, 0, G_OPTION_ARG_FILENAME_ARRAY, &(self)->first,             \
          "Begin with this clip", "NAME"},                                     \
      {"last", 0, 0, G_OPTION_ARG_FILENAME_ARRAY, &(self)->last,               \
          "End with this clip", "NAME"},                                       \
      {"order", 0, 0, G_OPTION_ARG_FILENAME_ARRAY, &(self)->order,             \
          "Show these clips in this order; 'given': all, as they are given",   \
          "NAME,NAME..."},                                                     \
      {"pin", 0, 0, G_OPTION_ARG_FILENAME_ARRAY, &(self)->pin,                 \
          "Show this clip at this time of the film", "NAME@TIME[=IN[+LEN]]"},  \
      {"window", 0, 0, G_OPTION_ARG_FILENAME_ARRAY, &(self)->window,           \
          "Show only this part of the clip", "NAME=FROM-TO"},                  \
      {"weight", 0, 0, G_OPTION_ARG_FILENAME_ARRAY, &(self)->weight,           \
          "How readily to show this clip, 0 to 4; 1 is usual", "NAME=W"},      \
  {                                                                            \
    "scarce", 0, 0, G_OPTION_ARG_FILENAME, &(self)->scarce_text,               \
        "Too little footage: reuse, slow or shorten (default: reuse)", "HOW"   \
  }

/* Reads what is given into what it means. */
gboolean tool_clip_options_read (ToolClipOptions *self, GError **error);
void tool_clip_options_clear (ToolClipOptions *self);

G_END_DECLS
