/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <gst/montage/montage.h>

G_BEGIN_DECLS

/* Cut @index as a card for people: where, what, why and what else was
 * considered. */
gchar *tool_card_text (const GstMontagePlan *plan, guint index);
/* The style that was applied, with all its values. */
gchar *tool_style_text (const GstMontageInstructions *instructions);
guint tool_n_clips_used (const GstMontagePlan *plan);
/* The film in a few lines: length, cuts, music, metrics. */
gchar *tool_summary_text (const GstMontagePlan *plan);

G_END_DECLS
