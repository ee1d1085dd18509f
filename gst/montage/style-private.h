/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <gst/montage/field.h>
#include <gst/montage/style.h>

G_BEGIN_DECLS

/**
 * GstMontageStyleCall:
 * @style: index of the style
 * @phrase: folded words, see words.h
 * @is_name: its name or title, else a keyword
 *
 * A phrase that calls a style.
 */
typedef struct
{
  guint style;
  gchar *phrase;
  gboolean is_name;
} GstMontageStyleCall;

extern const GstMontageDocument gst_montage_style_document;

/* Of GstMontageStyleCall, in order of the styles. */
const GArray *gst_montage_styles_get_calls (const GstMontageStyles *self);
/* "action, documentary, …", for messages. */
gchar *gst_montage_styles_list_names (const GstMontageStyles *self);

G_END_DECLS
