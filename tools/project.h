/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <gst/montage/montage.h>

G_BEGIN_DECLS

/* Project files of editing tools. */

/* FALSE with an error where this build or this name does not allow it. */
gboolean tool_project_check (const gchar *path, GError **error);
gboolean tool_project_available (void);
/* The text of the project. */
gchar *tool_project_text (const GstMontagePlan *plan, GError **error);

G_END_DECLS
