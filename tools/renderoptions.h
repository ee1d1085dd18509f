/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * ToolRenderOptions:
 *
 * How films are rendered: options of make, render and join.
 */
typedef struct
{
  /* as given */
  gchar *parts; /* nullable: folder */
  gchar *jobs_text;
  /* what they mean */
  guint n_jobs; /* 0: not given */
} ToolRenderOptions;

#define TOOL_RENDER_ENTRIES(self)                                              \
  {"parts", 0, 0, G_OPTION_ARG_FILENAME, &(self)->parts,                       \
      "Keep the parts of the film in this folder", "DIR"},                     \
  {                                                                            \
    "jobs", 'j', 0, G_OPTION_ARG_FILENAME, &(self)->jobs_text,                 \
        "Parts rendered at the same time; default: one per core", "N"          \
  }

gboolean tool_render_options_read (ToolRenderOptions *self, GError **error);
void tool_render_options_clear (ToolRenderOptions *self);

G_END_DECLS
