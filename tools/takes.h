/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <gst/montage/montage.h>

G_BEGIN_DECLS

/* Several films of the same material. */

#define TOOL_TAKES_MAX 20

/* The name of take @take (from 0) of @n_takes: "film-1.mp4", or @path itself
 * where there is only one; "film-1.plan.json" for plans. */
gchar *tool_take_path (const gchar *path, guint take, guint n_takes);
/* How many cuts of @plan show another shot than @first does then. */
guint
tool_take_differences (const GstMontagePlan *plan, const GstMontagePlan *first);
/* A line about take @take of @plans (of GstMontagePlan). */
gchar *tool_take_text (const GPtrArray *plans, guint take);

G_END_DECLS
