/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <gst/montage/montage.h>

G_BEGIN_DECLS

/* Documents that users name; "-" is standard input. */

GstMontagePlan *tool_plan_load (const gchar *path, GError **error);
/* Instructions, or those of a plan. */
GstMontageInstructions *
tool_instructions_load (const gchar *path, GError **error);

G_END_DECLS
