/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <gst/montage/montage.h>

G_BEGIN_DECLS

/* Project files of editing tools, by the end of their names: .xges, .otio,
 * .edl, .markers.edl, .fcpxml, .mlt. */

/* A set of formats: bit i is the format of tool_project_suffix (i). */
typedef guint ToolProjectFormats;

/* The end of the names of format @index; NULL past the last one. */
const gchar *tool_project_suffix (guint index);
/* "xges,otio,edl", "none" or, where @text is NULL, what is written beside every
 * film. */
gboolean tool_project_formats (const gchar *option, const gchar *text,
    ToolProjectFormats *formats, GError **error);
/* FALSE with an error where this build or this name does not allow it. */
gboolean tool_project_check (const gchar *path, GError **error);
/* Whether this build writes projects of GES. */
gboolean tool_project_available (void);
/* The texts of the project at @path: one, or for long edit lists several. */
GStrv tool_project_texts (const GstMontagePlan *plan, const gchar *path,
    GstMontagePaths paths, GError **error);
/* Where text @part belongs: "film.edl", "film.2.edl", … */
gchar *tool_project_part_path (const gchar *path, guint part);

G_END_DECLS
