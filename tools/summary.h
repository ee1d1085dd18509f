/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <gst/montage/montage.h>

G_BEGIN_DECLS

guint tool_n_clips_used (const GstMontagePlan *plan);
/* The film in a few lines: length, music, and its metrics in words. */
gchar *tool_summary_text (const GstMontagePlan *plan);

G_END_DECLS
