/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <gst/montage/montage.h>

G_BEGIN_DECLS

/* Cut @index as a card for people: where, what, why and what else was
 * considered. */
gchar *tool_card_text (const GstMontagePlan *plan, guint index);
/* The same with all terms of the score, beside those of the runners-up. */
gchar *tool_card_full_text (const GstMontagePlan *plan, guint index);
/* The style that was applied, with all its values. */
gchar *tool_style_text (const GstMontageInstructions *instructions);

G_END_DECLS
