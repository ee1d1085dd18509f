/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <gst/montage/montage.h>

G_BEGIN_DECLS

/* How @instructions came about as a card for people: what was said, each field
 * that was decided with its words and how sure that is, what was left over,
 * notes; @steps: (element-type MontageDirectorStep): which models were asked. */
gchar *tool_reading_text (const GstMontageInstructions *instructions,
    const GPtrArray *steps);

G_END_DECLS
