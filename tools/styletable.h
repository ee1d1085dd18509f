/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <gst/montage/montage.h>

G_BEGIN_DECLS

/* @styles (of const GstMontageStyle *) as text: a list of what they are, then a
 * line per value and a column per style, as many columns at a time as fit
 * @width characters. Pure. */
gchar *tool_style_table (const GPtrArray *styles, guint width);
/* A field of instructions as text for people; also for cards. */
gchar *tool_field_text (const GValue *value);

G_END_DECLS
