/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * ToolRequirement:
 *
 * @package: Debian's package that has it, NULL for elements of our own
 * @needed: without it the main job, an mp4 of common clips, does not work
 */
typedef struct
{
  const gchar *element;
  const gchar *package;
  gboolean needed;
  const gchar *purpose;
} ToolRequirement;

/* All elements that are used; the last has no name. */
const ToolRequirement *tool_requirements (void);
/* @file is called like a plugin of this project. */
gboolean tool_is_own_plugin (const gchar *file);

G_END_DECLS
