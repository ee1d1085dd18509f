/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <gst/montage/montage.h>

G_BEGIN_DECLS

/* Every decision of the plan as a JSON document of its own, in the words of the
 * cards: "gst-montage/decisions", for logs and for other programs. */
gchar *tool_decisions_json (const GstMontagePlan *plan);
/* One cut of it, on one line. */
void
tool_decision_append (GString *out, const GstMontagePlan *plan, guint index);

G_END_DECLS
