/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <gst/montage/montage.h>

#include "terminal.h"

G_BEGIN_DECLS

/**
 * ToolDirecting:
 *
 * How a sentence is read: options of direct, make and plan.
 */
typedef struct
{
  gboolean offline;
  gchar *models; /* nullable: the user's */
  gchar *from;   /* nullable: the conversation so far */
  gboolean allow_slow;
} ToolDirecting;

#define TOOL_MODEL_ENTRIES(self)                                               \
  {"allow-slow-effects", 0, 0, G_OPTION_ARG_NONE, &(self)->allow_slow,         \
      "A model may turn stabilization and upscaling on", NULL},                \
      {"offline", 0, 0, G_OPTION_ARG_NONE, &(self)->offline,                   \
          "Ask no language model, whatever is set up", NULL},                  \
  {                                                                            \
    "models", 0, 0, G_OPTION_ARG_FILENAME, &(self)->models,                    \
        "The language models that may be asked; default: as set up", "FILE"    \
  }

#define TOOL_DIRECTING_ENTRIES(self)                                           \
  {"from", 0, 0, G_OPTION_ARG_FILENAME, &(self)->from,                         \
      "Instructions or a plan that the sentence changes", "FILE"},             \
      TOOL_MODEL_ENTRIES (self)

/* What the conversation has come to; @before is %NULL where there is none. */
gboolean tool_directing_load (const ToolDirecting *self,
    GstMontageInstructions **before, GError **error);
void tool_directing_clear (ToolDirecting *self);
/* "Asking Google AI …" */
void tool_asking (ToolTerminal *terminal, const gchar *backend);
/* "Small pictures of the shots are sent to Google AI …" */
void tool_sending_pictures (ToolTerminal *terminal, const gchar *backend);

G_END_DECLS
